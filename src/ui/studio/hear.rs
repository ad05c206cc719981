//! What the worker and the promises bring.

use std::sync::Arc;

use super::{Notice, Open, Opening, Seen, Studio, activations};
use crate::array::{Range, Trace, Weights};
use crate::data::pipeline;
use crate::network::Domain;
use crate::network::receptive::Fields;
use crate::ui::action::Action;
use crate::ui::loading::Opened;
use crate::ui::navigate;
use crate::ui::scene::Scene;
use crate::ui::views::step::figure::Figure;
use crate::worker::{Answer, Event, Origin, Worker};

impl Studio {
    /// Drains what the worker and the promises have brought.
    pub fn drain(&mut self) {
        self.listen();
        while let Some(opened) = self.loading.ready() {
            self.take(opened);
        }
        self.reconcile();
    }

    pub(super) fn listen(&mut self) {
        while let Some(event) = self.worker.event() {
            self.hear(event);
        }
        while let Some(answer) = self.worker.answer() {
            self.hear_answer(answer);
        }
    }

    fn hear(&mut self, event: Event) {
        match event {
            Event::Opened { run, weights, origin } => {
                if let Some(opening) = self.opening.take_if(|opening| opening.run == run) {
                    self.take_network(opening, weights, origin);
                }
            }
            Event::Failed { run, error } => {
                if self.opening.take_if(|opening| opening.run == run).is_some() {
                    self.back_to_what_is_open();
                } else if self.open.as_ref().is_none_or(|open| open.run != run) {
                    return;
                }
                self.answered = self.generation;
                self.fail(error);
            }
            Event::Judged { run, classes } => {
                if self.open.as_ref().is_some_and(|open| open.run == run) {
                    self.judged = Some(classes);
                }
            }
            Event::Panicked { message } => {
                // What made the engine stop is not opened again.
                if self.opening.take().is_some() {
                    self.back_to_what_is_open();
                }
                self.answered = self.generation;
                self.notice = Some(Notice::WorkerEnded { message });
            }
        }
    }

    fn hear_answer(&mut self, answer: Answer) {
        let current = self.open.as_ref().is_some_and(|open| open.run == answer.run);
        if current && answer.generation == self.generation {
            self.show(answer.trace);
        }
    }

    fn take_network(&mut self, opening: Opening, weights: Arc<Weights>, origin: Origin) {
        let Opening { run, reference, weights_from, network } = opening;
        let stages =
            pipeline::of_weights(&weights.metadata).unwrap_or_else(|| match network.domain {
                Domain::Digit => pipeline::digit_file(),
                Domain::Photo => pipeline::squeezenet(),
            });
        self.open = Some(Open {
            run,
            reference,
            weights_from,
            fields: Arc::new(Fields::of(&network)),
            figure: Arc::new(Figure::of(&network)),
            network,
            weights,
            origin,
            stages,
        });
        (self.input, self.seen, self.story, self.judged) = (None, None, None, None);
        self.answered = self.generation;
        self.reconcile_input();
        self.find_a_pin();
    }

    /// The picture is not thrown away when the network does not have the pinned unit; the pin is.
    fn find_a_pin(&mut self) {
        if self.scene.pin.is_some() && self.pin().is_none() {
            self.scene.trail.clear();
            self.scene.pin =
                self.open.as_ref().and_then(|open| self.named(navigate::first(&open.network)));
        }
    }

    fn show(&mut self, trace: Arc<Trace>) {
        let Some(open) = &self.open else { return };
        let network_range = activations(&open.network)
            .filter_map(|node| Range::of(trace.output(node).values()))
            .reduce(Range::union);
        self.seen = Some(Seen { trace, network_range });
        self.answered = self.generation;
        self.story = None;
    }

    fn take(&mut self, opened: Opened) {
        match opened {
            Opened::Input { run, reference, loaded } => {
                let current = self.open.as_ref().is_some_and(|open| open.run == run);
                if !current || !reference.same_picture(&self.scene.input) {
                    return;
                }
                match loaded {
                    Ok(input) => self.take_input(*input),
                    Err(error) => self.refuse_input(Arc::new(error)),
                }
            }
            Opened::Broken(error) => self.refuse_input(error),
            Opened::Chosen(path) => self.carry_out([Action::OpenPath(path)]),
            Opened::Saved(Ok(path)) => self.notice = Some(Notice::SceneSaved(path)),
            Opened::Saved(Err(error)) => self.fail(error),
        }
    }

    /// After a failure: the scene shows again what is still there.
    pub(super) fn back_to_what_is_open(&mut self) {
        let first = Scene::default();
        let (network, weights) = match &self.open {
            Some(open) => (open.reference.clone(), open.weights_from.clone()),
            None => (first.network, first.weights),
        };
        self.scene.network = network;
        self.scene.weights = weights;
    }

    /// A worker in place of one that has ended: everything is opened anew.
    pub fn restart(&mut self, worker: Worker) {
        self.worker = worker;
        self.notice = None;
        self.open = None;
        self.opening = None;
        self.reconcile();
    }

    /// The person does not want to wait any more.
    pub(super) fn stop_waiting(&mut self) {
        self.loading.cancel();
        self.generation += 1;
        self.answered = self.generation;
        if self.opening.take().is_some() {
            self.back_to_what_is_open();
        }
        match &self.input {
            Some(input) => self.scene.input = input.reference.clone(),
            None => self.scene.input = Scene::default().input,
        }
    }
}
