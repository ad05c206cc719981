//! Bringing what is derived from the scene up to date with it.

use std::sync::Arc;

use super::{Opening, SharedError, Studio, UnknownNetwork};
use crate::array::Array;
use crate::data::{Split, digits};
use crate::network::{Domain, Network, zoo};
use crate::ui::input::{self, Input};
use crate::ui::loading::network_file;
use crate::ui::scene::{InputRef, NetworkRef, Scene};
use crate::ui::story::Story;
use crate::ui::studio::Notice;
use crate::worker::{Command, Request, WeightSource};

/// Networks with more input values than this do not judge a thousand digits at once.
const MOST_JUDGED_VALUES: usize = 1 << 14;

impl Studio {
    pub(super) fn reconcile(&mut self) {
        self.reconcile_network();
        self.reconcile_input();
        self.reconcile_story();
    }

    fn reconcile_network(&mut self) {
        if matches!(self.notice, Some(Notice::WorkerEnded { .. })) {
            return;
        }
        let wanted = (&self.scene.network, &self.scene.weights);
        let under_way = match (&self.opening, &self.open) {
            (Some(opening), _) => Some((&opening.reference, &opening.weights_from)),
            (None, Some(open)) => Some((&open.reference, &open.weights_from)),
            (None, None) => None,
        };
        if under_way == Some(wanted) {
            return;
        }
        match find_network(&self.scene.network) {
            Ok(network) => self.ask_to_open(Arc::new(network)),
            Err(error) => {
                self.fail(error);
                self.back_to_what_is_open();
            }
        }
    }

    fn ask_to_open(&mut self, network: Arc<Network>) {
        self.last_run.0 += 1;
        let run = self.last_run;
        let weights = match &self.scene.weights {
            Some(path) => WeightSource::File(path.clone()),
            None => WeightSource::Bundled,
        };
        self.opening = Some(Opening {
            run,
            reference: self.scene.network.clone(),
            weights_from: self.scene.weights.clone(),
            network: Arc::clone(&network),
        });
        self.worker.send(Command::Open { run, network, weights });
        self.listen();
    }

    pub(super) fn reconcile_input(&mut self) {
        let Some(open) = &self.open else { return };
        if self.asks_about_photo() {
            // Before any score, the question.
            (self.seen, self.story, self.asked) = (None, None, false);
        }
        let present = self.input.as_ref();
        if present.is_some_and(|input| input.reference.same_picture(&self.scene.input)) {
            if !self.asked {
                self.request();
            }
            return;
        }
        match &self.scene.input {
            InputRef::Digit(_) => {
                match input::load(&self.scene.input, &open.network, &open.stages) {
                    Ok(input) => self.take_input(input),
                    Err(error) => self.refuse_input(Arc::new(error)),
                }
            }
            InputRef::File { .. } => {
                let (run, network) = (open.run, Arc::clone(&open.network));
                self.loading.load(run, self.scene.input.clone(), network, open.stages.clone());
            }
        }
    }

    pub(super) fn take_input(&mut self, input: Input) {
        self.input = Some(input);
        self.asked = false;
        self.reconcile_input();
    }

    /// A picture that cannot be read: the one before is still there.
    pub(super) fn refuse_input(&mut self, error: SharedError) {
        self.fail(error);
        self.scene.input = match &self.input {
            Some(input) => input.reference.clone(),
            None => Scene::default().input,
        };
        self.reconcile_input();
    }

    /// Asks for the trace of the present input, once: what failed would fail again.
    fn request(&mut self) {
        if self.asks_about_photo() {
            return;
        }
        let (Some(open), Some(input)) = (&self.open, &self.input) else { return };
        self.asked = true;
        self.generation += 1;
        let (run, generation, input) = (open.run, self.generation, input.tensor.clone());
        self.worker.request(Request { run, generation, input });
        self.listen();
    }

    fn reconcile_story(&mut self) {
        let pin = self.pin();
        if self.story.as_ref().map(|story| story.pin) == pin && pin.is_some() {
            return;
        }
        self.story = match (&self.open, &self.seen, pin) {
            (Some(open), Some(seen), Some(pin)) => Some(Story::of(open, &seen.trace, pin)),
            _ => None,
        };
    }

    /// Asks once what the network takes the test digits for.
    pub(super) fn judge(&mut self) {
        let Some(open) = &self.open else { return };
        let (run, shape) = (open.run, open.network.input());
        let small = shape.iter().product::<usize>() <= MOST_JUDGED_VALUES;
        if self.judged.is_some() || open.network.domain != Domain::Digit || !small {
            return;
        }
        let images: Result<Vec<Array>, _> = digits::range(Split::Test)
            .map(|index| input::digit_tensor(index, shape, &open.stages))
            .collect();
        match images {
            Ok(images) => self.worker.send(Command::Judge { run, images: images.into() }),
            Err(error) => self.fail(Arc::new(error)),
        }
    }
}

fn find_network(reference: &NetworkRef) -> Result<Network, SharedError> {
    match reference {
        NetworkRef::Zoo(name) => zoo::find(name)
            .ok_or_else(|| -> SharedError { Arc::new(UnknownNetwork { name: name.clone() }) }),
        NetworkRef::File(path) => network_file(path),
    }
}
