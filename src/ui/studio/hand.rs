//! The network learns a person's hand: digits are remembered, learned in a moment, and what was forgotten is
//! counted.

use std::sync::Arc;

use super::{Open, Studio, StudioError};
use crate::array::{Array, Weights};
use crate::data::LabelledImages;
use crate::network::{Domain, Network};
use crate::ui::action::HandAction;
use crate::ui::scene::{
    DocId, Document, HandDigits, Lesson, LessonPoint, MOST_DIGITS, NetworkRef, Scene, Trained,
};
use crate::worker::training::{Mark, Pace, Plan, Report, RunState, TrainingOrder, digit_byte};
use crate::worker::{Command, RunId};

/// The remark of weights that says how images are prepared for them: it holds for what they become.
const PREPROCESSING: &str = "preprocessing";

/// What is remembered, made ready to be seen, and what is being learned.
#[derive(Default)]
pub struct HandState {
    /// The images of the scene's digits, `[1, h, w]`, with their labels.
    pub digits: Vec<(Array, u8)>,
    /// The document that they are of.
    of: Option<DocId>,
    pub lesson: Option<Learning>,
}

/// Learning, under way.
pub struct Learning {
    run: RunId,
    network: Arc<Network>,
    /// The weights that it began with.
    start: Arc<Weights>,
    /// Network, weights and edits of the scene: with others the lesson is over.
    from: Scene,
    pub steps_done: u64,
    pub steps_in_all: u64,
    marks: Vec<Arc<Mark>>,
}

impl Learning {
    /// The last judgement; `None` before all steps are done.
    fn end(&self) -> Option<&Arc<Mark>> {
        let is_end = |mark: &&Arc<Mark>| mark.snapshot.step == self.steps_in_all;
        self.marks.last().filter(|_| self.steps_in_all > 0).filter(is_end)
    }

    fn is_of(&self, scene: &Scene) -> bool {
        let of =
            |scene: &Scene| (scene.network.clone(), scene.weights.clone(), scene.edits.clone());
        of(&self.from) == of(scene)
    }
}

impl Studio {
    pub(super) fn hand_action(&mut self, action: HandAction) {
        match action {
            HandAction::Remember(label) => self.remember_drawing(label),
            HandAction::Forget(place) => self.forget_digit(place),
            HandAction::Learn => self.learn_hand(),
            HandAction::Stop => self.stop_lesson(),
        }
    }

    /// Whether the open network can learn digits that are drawn.
    #[must_use]
    pub fn can_learn_a_hand(&self) -> bool {
        self.is_of_scene() && self.reads_one_digit()
    }

    /// Whether the open network reads one grey digit and tells the ten classes apart.
    #[must_use]
    pub fn reads_one_digit(&self) -> bool {
        let fits = |open: &Open| {
            let [channels, rows, columns] = open.network.input();
            let classes = open.network.nodes()[open.network.scores()].output;
            let digit = open.network.domain == Domain::Digit && classes == [10, 1, 1];
            digit && channels == 1 && rows == columns && open.slide.is_none()
        };
        self.open.as_ref().is_some_and(fits)
    }

    fn is_of_scene(&self) -> bool {
        self.opening.is_none()
            && self.open.as_ref().is_some_and(|open| {
                (&open.reference, &open.weights_from) == (&self.scene.network, &self.scene.weights)
            })
    }

    /// Whether what is drawn can be remembered.
    #[must_use]
    pub fn can_remember(&self) -> bool {
        let drawn = self.drawing().is_some_and(|drawing| !drawing.is_blank()) && !self.is_blank();
        let room = self.hand.digits.len() < MOST_DIGITS;
        drawn && room && self.can_learn_a_hand() && !self.is_remembered()
    }

    /// Whether what the network sees is one of the digits that are remembered: then the next stroke begins
    /// another one.
    #[must_use]
    pub fn is_remembered(&self) -> bool {
        let Some(input) = &self.input else { return false };
        let seen = input.tensor.values().iter().map(|&value| digit_byte(value));
        self.hand.digits.iter().any(|(image, _)| {
            let bytes = image.values().iter().map(|&grey| (grey * 255.0).round() as u8);
            image.shape() == input.tensor.shape() && bytes.eq(seen.clone())
        })
    }

    /// What learning did to the network that is shown.
    #[must_use]
    pub fn lesson(&self) -> Option<&Lesson> {
        let lesson = self.scene.hand.lesson.as_ref()?;
        (self.scene.network == NetworkRef::Trained(lesson.network.clone())).then_some(lesson)
    }

    fn remembered(&self) -> Option<LabelledImages> {
        self.documents.hand(self.scene.hand.digits.as_ref()?)?.images()
    }

    fn keep_digits(
        &mut self,
        [channels, rows, columns]: [usize; 3],
        pixels: Vec<u8>,
        labels: Vec<u8>,
    ) {
        let images = LabelledImages::of_shape([channels, rows, columns], pixels, labels).ok();
        let digits = images.and_then(|images| HandDigits::new(&images));
        self.scene.hand.digits = digits.map(|digits| self.documents.keep(Document::Hand(digits)));
    }

    fn remember_drawing(&mut self, label: u8) {
        let Some(input) = self.input.as_ref().filter(|_| self.can_remember()) else { return };
        let shape = input.tensor.chw();
        let drawn = input.tensor.values().iter().map(|&value| digit_byte(value));
        // Those of another size belong to another network.
        let known = self.remembered().filter(|images| images.shape() == shape);
        let (mut pixels, mut labels) = known.map_or_else(Default::default, |images| {
            (images.pixels().to_vec(), images.labels().to_vec())
        });
        pixels.extend(drawn);
        labels.push(label);
        self.keep_digits(shape, pixels, labels);
    }

    fn forget_digit(&mut self, place: usize) {
        let Some(images) = self.remembered() else { return };
        let others = images.subset((0..images.len()).filter(|&other| other != place));
        self.keep_digits(images.shape(), others.pixels().to_vec(), others.labels().to_vec());
    }

    fn learn_hand(&mut self) {
        let Some(open) = self.open.clone().filter(|_| self.can_learn_a_hand()) else { return };
        let Some(images) = self.remembered().filter(|_| self.hand.lesson.is_none()) else { return };
        let edits = self.scene.edits.clone();
        let start = self.effective_weights(&open, edits.as_ref());
        let network = Arc::clone(&open.network);
        let plan = Plan::of_own(Arc::clone(&network), Arc::clone(&start), Arc::new(images));
        self.last_run.0 += 1;
        let run = self.last_run;
        self.hand.lesson = Some(Learning {
            run,
            network,
            start,
            from: self.scene.clone(),
            steps_done: 0,
            steps_in_all: 0,
            marks: Vec::new(),
        });
        let probe = self.scene.train.probe;
        let begin = TrainingOrder::Begin { plan: Arc::new(plan), probe };
        self.worker.send(Command::Train { run, order: begin });
        let go = TrainingOrder::Go { until: u64::MAX, pace: Pace::Full };
        self.worker.send(Command::Train { run, order: go });
        self.listen();
    }

    fn stop_lesson(&mut self) {
        if let Some(Learning { run, .. }) = self.hand.lesson.take() {
            self.worker.send(Command::Train { run, order: TrainingOrder::Forget });
        }
    }

    pub(super) fn hear_lesson(&mut self, report: &Report) {
        let Some(lesson) = self.hand.lesson.as_mut().filter(|lesson| lesson.run == report.run)
        else {
            return;
        };
        if let RunState::Failed(error) = &report.state {
            self.stop_lesson();
            return self.fail(Arc::<crate::worker::WorkerError>::clone(error));
        }
        lesson.marks.extend(report.marks.iter().cloned());
        if report.steps_in_all > 0 {
            (lesson.steps_done, lesson.steps_in_all) = (report.steps_done, report.steps_in_all);
        }
    }

    /// What was learned takes the place of the weights that were there; undo brings those back.
    pub(super) fn take_lesson(&mut self) {
        let Some(learning) = self.hand.lesson.take_if(|learning| learning.end().is_some()) else {
            return;
        };
        let Learning { run, .. } = learning;
        self.worker.send(Command::Train { run, order: TrainingOrder::Forget });
        let Some(end) = learning.end().filter(|_| learning.is_of(&self.scene)) else { return };
        let mut weights = (*end.snapshot.weights).clone();
        let remark = learning.start.metadata.get_key_value(PREPROCESSING);
        weights.metadata.extend(remark.map(|(key, value)| (key.clone(), value.clone())));
        let steps = self.trained_steps().unwrap_or_default() + learning.steps_in_all;
        let Some(trained) = Trained::new(Arc::clone(&learning.network), &weights, steps) else {
            return self.fail(Arc::new(StudioError::TooManyWeights));
        };
        let before = self.state();
        let network = self.documents.keep(Document::Trained(trained));
        self.scene.hand.lesson = Some(lesson_of(&learning.marks, network.clone()));
        self.scene.network = NetworkRef::Trained(network);
        self.scene.weights = None;
        // They are in what was learned, or belong to what it was learned from.
        self.scene.edits = None;
        if let Some(beside) = &mut self.scene.beside {
            beside.edits = None;
        }
        self.knob = None;
        self.undo.remember(before, None);
    }

    /// A lesson of another network is over, and what is remembered can be seen.
    pub(super) fn reconcile_hand(&mut self) {
        if self.hand.lesson.as_ref().is_some_and(|lesson| !lesson.is_of(&self.scene)) {
            self.stop_lesson();
        }
        if self.hand.of == self.scene.hand.digits {
            return;
        }
        self.hand.of.clone_from(&self.scene.hand.digits);
        let images = self.remembered();
        let picture = |images: &LabelledImages, place: usize| {
            let pixels = images.image(place);
            let grey = |i: usize| f32::from(pixels[i]) / 255.0;
            (Array::from_fn(&images.shape(), grey), images.labels()[place])
        };
        self.hand.digits = images.map_or_else(Vec::new, |images| {
            (0..images.len()).map(|place| picture(&images, place)).collect()
        });
    }
}

fn lesson_of(marks: &[Arc<Mark>], network: DocId) -> Lesson {
    let right = |score: crate::worker::training::Score| {
        (score.accuracy * score.images as f64).round() as usize
    };
    let of = |score: fn(&Mark) -> usize| marks.first().map_or(0, |mark| score(mark));
    let point = |mark: &Arc<Mark>| LessonPoint {
        step: mark.snapshot.step,
        test: right(mark.test),
        own: right(mark.train),
    };
    Lesson {
        network,
        test: of(|mark| mark.test.images),
        own: of(|mark| mark.train.images),
        points: marks.iter().map(point).collect(),
    }
}
