//! What the worker and the promises bring.

use std::sync::Arc;

use super::{Compared, Notice, Open, Opening, Seen, Studio, activations};
use crate::array::{Array, NodeTrace, Range, Trace, Weights};
use crate::data::pipeline;
use crate::network::Domain;
use crate::network::receptive::Fields;
use crate::ui::action::Action;
use crate::ui::loading::Opened;
use crate::ui::scene::{Document, InputRef, Scene};
use crate::ui::views::step::figure::Figure;
use crate::worker::{Answer, Event, Origin, Worker};

impl Studio {
    /// Drains what the worker and the promises have brought.
    pub fn drain(&mut self) {
        self.listen();
        while let Some(opened) = self.loading.ready() {
            self.take(opened);
        }
        self.take_lesson();
        self.reconcile();
    }

    pub(super) fn listen(&mut self) {
        while let Some(event) = self.worker.event() {
            self.hear(event);
        }
        while let Some(answer) = self.worker.answer() {
            self.hear_answer(answer);
        }
        for report in self.worker.reports().0 {
            self.hear_lesson(&report);
            self.hear_training(report);
        }
        while let Some(apart) = self.worker.apart() {
            self.hear_apart(apart);
        }
        while let Some(answer) = self.worker.effective() {
            self.hear_effective(answer);
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
                if let Some(opening) = self.opening.take_if(|opening| opening.run == run) {
                    self.give_up_opening(&opening);
                } else if self.open.as_ref().is_none_or(|open| open.run != run) {
                    return;
                } else {
                    self.give_up_request();
                }
                self.answered = self.generation;
                self.fail(error);
            }
            Event::Loading { run, done, of } => self.hear_loading(run, done, of),
            Event::Judged { run, classes } => {
                if self.open.as_ref().is_some_and(|open| open.run == run) {
                    self.judged = Some(classes);
                }
            }
            Event::Refused { run, error } => {
                if self.trainings.knows(run) {
                    self.fail(error);
                }
            }
            Event::NoEffective { run, generation, error } => {
                let open = self.open.as_ref().is_some_and(|open| open.run == run);
                if open && self.effective.fails(generation) {
                    self.fail(error);
                }
            }
            Event::Panicked { message } => {
                // What made the engine stop is not opened again.
                if let Some(opening) = self.opening.take() {
                    self.give_up_opening(&opening);
                }
                self.answered = self.generation;
                self.effective.give_up();
                self.hand.lesson = None;
                self.notice = Some(Notice::WorkerEnded { message });
            }
        }
    }

    fn hear_answer(&mut self, answer: Answer) {
        let current = self.open.as_ref().is_some_and(|open| open.run == answer.run);
        if current && answer.generation == self.generation {
            self.show(answer);
        }
    }

    fn take_network(&mut self, opening: Opening, weights: Arc<Weights>, origin: Origin) {
        let Opening { run, reference, weights_from, slide, network } = opening;
        let stages =
            pipeline::of_weights(&weights.metadata).unwrap_or_else(|| match network.domain {
                Domain::Digit => pipeline::digit_file(),
                Domain::Photo => pipeline::squeezenet(),
            });
        let base_input = network.input();
        let network = match slide.map(|shape| network.sliding(shape)) {
            Some(Ok(sliding)) => Arc::new(sliding),
            // The worker has made the same network slide.
            Some(Err(_)) | None => network,
        };
        let same_stages = self.open.as_ref().is_some_and(|open| open.stages == stages);
        self.open = Some(Open {
            run,
            reference,
            weights_from,
            slide,
            base_input,
            fields: Arc::new(Fields::of(&network)),
            figure: Arc::new(Figure::of(&network)),
            network,
            weights,
            origin,
            stages,
        });
        (self.seen, self.story, self.judged, self.asked) = (None, None, None, None);
        self.effective = super::EffectiveState::default();
        self.shown = None;
        if !same_stages {
            (self.input, self.beside) = (None, None);
        }
        self.edited.clear();
        self.replay = None;
        self.answered = self.generation;
        if !self.untried {
            self.find_a_pin();
        }
    }

    fn show(&mut self, answer: Answer) {
        let (Some(open), Some(asked)) = (self.open.clone(), self.asked.clone()) else { return };
        let mut traces = answer.traces.into_iter();
        let Some(trace) = traces.next() else { return };
        let network_range = activations(&open.network)
            .filter_map(|node| Range::of(trace.output(node).values()))
            .reduce(Range::union);
        let edits = asked.edits();
        self.seen = Some(Seen {
            weights: self.effective_weights(&open, edits),
            muted: self.edits(edits).muted_in(&open.network).into(),
            original: edits.and_then(|_| traces.next()),
            beside: traces.next().map(|other| Compared {
                difference: Arc::new(difference(&trace, &other)),
                trace: other,
            }),
            gradient: answer.gradient,
            trace,
            network_range,
        });
        self.answered = self.generation;
        self.story = None;
        self.shown = Some(self.scene.clone());
    }

    /// A network that is not opened after all: the one that is open stays.
    fn give_up_opening(&mut self, opening: &Opening) {
        if opening.slide.is_some() {
            self.scene.handling.keep_size = false;
        }
        self.back_to_what_is_open();
    }

    /// What was asked for does not come: the scene goes back to what is shown, or nothing is.
    fn give_up_request(&mut self) {
        let Some(shown) = self.shown.take() else {
            (self.seen, self.story) = (None, None);
            return;
        };
        self.scene.input = shown.input;
        self.scene.handling = shown.handling;
        self.scene.edits = shown.edits;
        self.scene.beside = shown.beside;
        self.scene.question = shown.question;
    }

    fn take(&mut self, opened: Opened) {
        match opened {
            Opened::Input { target, reference, handling, loaded } => {
                let wanted = self.wanted_input(target);
                // While a picture is dragged, an answer that is a little late is better than none.
                let same_picture =
                    wanted.as_ref().is_some_and(|(wanted, _)| wanted.same_picture(&reference));
                let as_wanted = wanted.is_some_and(|(_, how)| {
                    (how.raw, how.keep_size, &how.stages)
                        == (handling.raw, handling.keep_size, &handling.stages)
                });
                match loaded {
                    Ok(input) if same_picture => self.take_input(target, *input),
                    Err(error) if same_picture && as_wanted => {
                        self.refuse_input(target, Arc::new(error));
                    }
                    Ok(_) | Err(_) => {}
                }
            }
            Opened::Broken { target: Some(target), error } => self.refuse_input(target, error),
            Opened::Chosen(path) => self.carry_out([Action::OpenPaths(vec![path])]),
            Opened::Pasted(Ok(picture)) => {
                let picture = self.documents.keep(Document::Picture(picture));
                self.carry_out([Action::Input(InputRef::Pasted { picture, anyway: false })]);
            }
            Opened::Saved(Ok(Some(path))) => self.notice = Some(Notice::Saved(path)),
            Opened::Saved(Ok(None)) => self.notice = Some(Notice::Copied),
            Opened::Broken { target: None, error }
            | Opened::Pasted(Err(error))
            | Opened::Saved(Err(error)) => self.fail(error),
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
        // The engine that knew them is gone; the scene says how far the present one had come.
        self.trainings = super::training::Trainings::default();
        self.hand.lesson = None;
        self.reconcile();
    }

    /// The person does not want to wait any more.
    pub(super) fn stop_waiting(&mut self) {
        self.loading.cancel();
        self.generation += 1;
        self.answered = self.generation;
        self.effective.give_up();
        match self.opening.take() {
            Some(opening) => self.give_up_opening(&opening),
            None => self.give_up_request(),
        }
        self.back_to_the_last_input();
        if self.beside.is_none() {
            self.scene.beside = None;
        }
    }
}

/// Outputs of two passes through the same network, the second taken from the first.
fn difference(a: &Trace, b: &Trace) -> Trace {
    let nodes = a.nodes.iter().zip(&b.nodes).map(|(a, b)| {
        let (x, y) = (a.output.values(), b.output.values());
        let output = Array::from_fn(a.output.shape(), |i| x[i] - y[i]);
        NodeTrace { sum: output.clone(), output }
    });
    Trace { nodes: nodes.collect() }
}
