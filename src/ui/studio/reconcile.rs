//! Bringing what is derived from the scene up to date with it.

use std::sync::Arc;

use super::{Opening, SharedError, Studio, StudioError};
use crate::array::{Array, TensorFileError, Weights};
use crate::data::{Split, digits};
use crate::network::{Domain, Network, Shape, zoo};
use crate::ui::action::NamedUnit;
use crate::ui::input;
use crate::ui::loading::network_file;
use crate::ui::navigate;
use crate::ui::scene::{DocId, NetworkRef, Time};
use crate::ui::story::Story;
use crate::ui::studio::Notice;
use crate::worker::{Command, Pass, Request, RunId, WeightSource};

/// Networks with more input values than this do not judge a thousand digits at once.
const MOST_JUDGED_VALUES: usize = 1 << 14;

/// What is asked of the engine: the same is not asked twice.
#[derive(Clone, Debug)]
pub struct Wanted {
    run: RunId,
    input: Array,
    edits: Option<DocId>,
    beside: Option<(Array, Option<DocId>)>,
    question: Option<[usize; 2]>,
}

impl Wanted {
    pub(super) fn edits(&self) -> Option<&DocId> {
        self.edits.as_ref()
    }

    fn is_same(&self, other: &Self) -> bool {
        let beside = match (&self.beside, &other.beside) {
            (Some((a, x)), Some((b, y))) => a.same_memory(b) && x == y,
            (None, None) => true,
            _ => false,
        };
        self.run == other.run
            && self.input.same_memory(&other.input)
            && (&self.edits, self.question) == (&other.edits, other.question)
            && beside
    }
}

impl Studio {
    pub(super) fn reconcile(&mut self) {
        self.reconcile_connected();
        self.reconcile_training();
        self.reconcile_network();
        self.reconcile_inputs();
        self.reconcile_hand();
        if self.open.is_some() && self.opening.is_none() && self.slide_has_changed() {
            // The picture decides how wide the network is.
            self.reconcile_network();
            self.reconcile_inputs();
        }
        self.request_if_new();
        self.reconcile_time();
        self.reconcile_story();
        self.reconcile_field();
        self.reconcile_effective();
        // A unit's time hangs on its story.
        self.reconcile_time();
    }

    fn slide_has_changed(&self) -> bool {
        self.input.is_some()
            && self.open.as_ref().map(|open| open.slide) != Some(self.wanted_slide())
    }

    fn reconcile_network(&mut self) {
        if matches!(self.notice, Some(Notice::WorkerEnded { .. })) {
            return;
        }
        let known = match (&self.opening, &self.open) {
            (Some(opening), _) => Some((&opening.reference, &opening.weights_from, opening.slide)),
            (None, Some(open)) => Some((&open.reference, &open.weights_from, open.slide)),
            (None, None) => None,
        };
        let same_network = known.is_some_and(|(reference, weights, _)| {
            (reference, weights) == (&self.scene.network, &self.scene.weights)
        });
        let of_scene = self.open.as_ref().is_some_and(|open| {
            (&open.reference, &open.weights_from) == (&self.scene.network, &self.scene.weights)
        });
        let slide = match (same_network, &self.input) {
            (true, Some(_)) if of_scene => self.wanted_slide(),
            // What is under way may be just what the next picture needs.
            (true, _) => known.and_then(|(.., slide)| slide),
            (false, _) => None,
        };
        if same_network && known.is_some_and(|(.., present)| present == slide) {
            return;
        }
        match self.find_network() {
            Ok(network) => self.ask_to_open(Arc::new(network), slide),
            Err(error) => {
                self.fail(error);
                self.back_to_what_is_open();
            }
        }
    }

    fn ask_to_open(&mut self, network: Arc<Network>, slide: Option<Shape>) {
        self.last_run.0 += 1;
        let run = self.last_run;
        let weights = match (&self.scene.weights, self.trained_weights()) {
            (Some(path), _) => WeightSource::File(path.clone()),
            (None, None) => WeightSource::Bundled,
            (None, Some(Ok(weights))) => WeightSource::Given(Arc::new(weights)),
            (None, Some(Err(error))) => {
                self.fail(Arc::new(error));
                return self.back_to_what_is_open();
            }
        };
        self.opening = Some(Opening {
            run,
            reference: self.scene.network.clone(),
            weights_from: self.scene.weights.clone(),
            slide,
            network: Arc::clone(&network),
        });
        self.worker.send(Command::Open { run, network, slide, weights });
        self.listen();
    }

    /// The shape of the image that the open network was made for.
    pub(super) fn base_input(&self) -> Option<Shape> {
        self.open.as_ref().map(|open| open.base_input)
    }

    /// Asks for what the scene shows, once: what failed would fail again.
    fn request_if_new(&mut self) {
        if self.opening.is_some() {
            return;
        }
        if self.asks_about_photo() || self.is_blank() {
            // Before any score, the question; and on an empty pad there is none.
            (self.seen, self.story, self.asked) = (None, None, None);
            self.answered = self.generation;
            return;
        }
        let (Some(open), Some(input)) = (&self.open, &self.input) else { return };
        let beside = match (&self.scene.beside, &self.beside) {
            (Some(beside), Some(input)) => Some((input.tensor.clone(), beside.edits.clone())),
            _ => None,
        };
        let wanted = Wanted {
            run: open.run,
            input: input.tensor.clone(),
            edits: self.scene.edits.clone(),
            beside,
            question: self.question(),
        };
        let right_shape = input.tensor.chw() == open.network.input();
        if !right_shape || self.asked.as_ref().is_some_and(|asked| asked.is_same(&wanted)) {
            return;
        }
        self.request(wanted);
    }

    fn request(&mut self, wanted: Wanted) {
        let own = self.pass(wanted.input.clone(), wanted.edits.as_ref());
        let mut passes = vec![own];
        if wanted.edits.is_some() {
            passes.push(self.pass(wanted.input.clone(), None));
        }
        if let Some((input, edits)) = &wanted.beside {
            passes.push(self.pass(input.clone(), edits.as_ref()));
        }
        self.generation += 1;
        let (run, generation, question) = (wanted.run, self.generation, wanted.question);
        self.asked = Some(wanted);
        self.worker.request(Request { run, generation, passes, question });
        self.listen();
    }

    pub(super) fn pass(&mut self, input: Array, edits: Option<&DocId>) -> Pass {
        let Some(open) = self.open.clone() else {
            return Pass { input, weights: None, muted: Arc::default() };
        };
        let weights = self.effective_weights(&open, edits);
        let muted = self.edits(edits).muted_in(&open.network);
        let edited = !Arc::ptr_eq(&weights, &open.weights);
        Pass { input, weights: edited.then_some(weights), muted: muted.into() }
    }

    fn reconcile_story(&mut self) {
        if self.untried && self.is_settled() && !self.is_waiting() && !self.slide_has_changed() {
            self.untried = false;
            self.tell_missing_unit();
        }
        let pin = self.pin();
        if self.story.as_ref().map(|story| story.pin) == pin && pin.is_some() {
            return;
        }
        self.story = match (&self.open, &self.seen, pin) {
            (Some(open), Some(seen), Some(pin)) => Some(Story::of(open, seen, pin)),
            _ => None,
        };
        let told = self.story.as_ref().filter(|_| self.is_settled());
        if told.is_some_and(|story| story.explanation().is_none()) {
            // A pixel has no arithmetic to write down.
            self.scene.worksheet = None;
        }
    }

    /// A scene from a file may name a unit that its network does not have.
    fn tell_missing_unit(&mut self) {
        let (Some(pin), None, Some(open)) = (&self.scene.pin, self.pin(), &self.open) else {
            return;
        };
        let unit = NamedUnit::from(pin).to_string();
        let network = open.network.title.clone();
        self.fail(Arc::new(StudioError::NoUnit { unit, network }));
        self.find_a_pin();
    }

    /// The picture is not thrown away when the network does not have the pinned unit; the pin is.
    pub(super) fn find_a_pin(&mut self) {
        if self.scene.pin.is_some() && self.pin().is_none() {
            self.scene.trail.clear();
            self.scene.time = Time::Rest;
            self.scene.pin =
                self.open.as_ref().and_then(|open| self.named(navigate::first(&open.network)));
        }
    }

    /// Asks once what the network takes the test digits for.
    pub(super) fn judge(&mut self) {
        let Some(open) = &self.open else { return };
        let (run, shape) = (open.run, open.network.input());
        let small = shape.iter().product::<usize>() <= MOST_JUDGED_VALUES;
        let fits = open.slide.is_none() && open.network.domain == Domain::Digit && small;
        if self.judged.is_some() || !fits {
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

impl Studio {
    fn find_network(&self) -> Result<Network, SharedError> {
        let unknown =
            |name: String| -> SharedError { Arc::new(StudioError::UnknownNetwork { name }) };
        match &self.scene.network {
            NetworkRef::Zoo(name) => zoo::find(name).ok_or_else(|| unknown(name.clone())),
            NetworkRef::File(path) => network_file(path),
            NetworkRef::Trained(id) => {
                let trained = self.documents.trained(id);
                trained
                    .map(|trained| (**trained.network()).clone())
                    .ok_or_else(|| unknown(id.to_string()))
            }
        }
    }

    /// The weights that a network trained in the window brings with it.
    fn trained_weights(&self) -> Option<Result<Weights, TensorFileError>> {
        let NetworkRef::Trained(id) = &self.scene.network else { return None };
        Some(self.documents.trained(id)?.weights())
    }
}
