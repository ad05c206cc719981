//! What a training tells, in pieces that add up: whatever the window has not taken yet is in one report.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Sets, thin};
use crate::array::{Histogram, Trace, Weights};
use crate::worker::{RunId, WorkerError};

/// Steps of a report that nobody takes: with more, neighbours become one.
const MOST_STEPS: usize = 1 << 16;

/// One step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepNote {
    /// Steps done, this one included.
    pub step: u64,
    /// Mean loss of its batch, before the step.
    pub loss: f64,
    pub learning_rate: f64,
}

impl StepNote {
    /// Several steps as one: the last of them, with their mean loss.
    #[must_use]
    pub fn mean(notes: &[Self]) -> Option<Self> {
        let last = *notes.last()?;
        let loss = notes.iter().map(|note| note.loss).sum::<f64>() / notes.len() as f64;
        Some(Self { loss, ..last })
    }
}

/// How the numbers of a tensor are spread.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// √ of the mean square.
    pub rms: f64,
    /// `None` where there are no finite numbers.
    pub histogram: Option<Histogram>,
}

/// A training at one moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub step: u64,
    /// Epochs done, with the part of the present one.
    pub epoch: f64,
    pub weights: Arc<Weights>,
    /// What the network makes of the probe image.
    pub trace: Arc<Trace>,
    /// Number of the probe among the test images, and its label.
    pub probe: (usize, usize),
    /// Gradients of the last step by parameter; empty before the first.
    pub gradients: Arc<BTreeMap<String, Spread>>,
}

/// What the network says about the test images.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdicts {
    /// Number of each image among the test images.
    pub numbers: Vec<u32>,
    pub labels: Vec<u16>,
    /// The class that each is taken for.
    pub answers: Vec<u16>,
    /// Cross-entropy of each.
    pub losses: Vec<f32>,
}

/// How well a set of images is recognised.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    pub images: usize,
    /// Mean cross-entropy.
    pub loss: f64,
    /// 0 to 1.
    pub accuracy: f64,
}

/// A moment that stays in the history, judged on test images and on some that are learned from.
#[derive(Clone, Debug)]
pub struct Mark {
    pub snapshot: Arc<Snapshot>,
    pub test: Score,
    pub train: Score,
    pub verdicts: Verdicts,
}

/// One image, as a network reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    /// Number of the test image, and how far it was moved down and to the right.
    pub image: usize,
    pub shift: [i32; 2],
    /// Of each class.
    pub probabilities: Vec<f64>,
}

/// Where a training stands.
#[derive(Clone, Debug, Default)]
pub enum RunState {
    #[default]
    Paused,
    Going,
    /// All epochs are done.
    Done,
    /// It cannot go on; what is there stays.
    Failed(Arc<WorkerError>),
}

/// What happened in one training since the last report was taken.
#[derive(Clone, Debug)]
pub struct Report {
    pub run: RunId,
    pub state: RunState,
    pub steps_done: u64,
    /// Known from the first report on.
    pub steps_in_all: u64,
    pub steps_per_epoch: u64,
    pub steps: Vec<StepNote>,
    pub marks: Vec<Arc<Mark>>,
    /// Whether moments were let go because nobody took them.
    pub thinned: bool,
    /// The training as it is now.
    pub now: Option<Arc<Snapshot>>,
    /// While it is going: images learned from per second.
    pub images_per_second: Option<f64>,
    /// Seconds that its steps took, all together.
    pub seconds: f64,
    /// The part of the test images that are read right, by how many pixels they are shifted, from 0 on.
    pub shifts: Option<Vec<f64>>,
    pub read: Option<Read>,
    /// With every mark: what it is judged on.
    pub sets: Option<Arc<Sets>>,
}

impl Report {
    /// A training that cannot be begun or go on.
    #[must_use]
    pub fn failed(run: RunId, error: WorkerError) -> Self {
        Self { state: RunState::Failed(Arc::new(error)), ..Self::of(run) }
    }

    /// A training of which nothing is known yet.
    #[must_use]
    pub fn of(run: RunId) -> Self {
        Self {
            run,
            state: RunState::Paused,
            steps_done: 0,
            steps_in_all: 0,
            steps_per_epoch: 0,
            steps: Vec::new(),
            marks: Vec::new(),
            thinned: false,
            now: None,
            images_per_second: None,
            seconds: 0.0,
            shifts: None,
            read: None,
            sets: None,
        }
    }

    /// What came later, added.
    fn with(mut self, later: Self) -> Self {
        self.steps.extend(later.steps);
        if self.steps.len() > MOST_STEPS {
            self.steps = self.steps.chunks(2).filter_map(StepNote::mean).collect();
        }
        self.marks.extend(later.marks);
        self.thinned |= later.thinned | thin(&mut self.marks);
        self.now = later.now.or(self.now);
        self.images_per_second = later.images_per_second.or(self.images_per_second);
        self.seconds = self.seconds.max(later.seconds);
        self.shifts = later.shifts.or(self.shifts);
        self.read = later.read.or(self.read);
        self.sets = later.sets.or(self.sets);
        self.state = later.state;
        // A failure to begin knows no numbers.
        if later.steps_in_all > 0 {
            self.steps_done = later.steps_done;
            self.steps_in_all = later.steps_in_all;
            self.steps_per_epoch = later.steps_per_epoch;
        }
        self
    }
}

/// The reports of several trainings, one for each.
#[derive(Clone, Debug, Default)]
pub struct Reports(pub Vec<Report>);

impl Reports {
    #[must_use]
    pub fn with(mut self, report: Report) -> Self {
        match self.0.iter().position(|known| known.run == report.run) {
            Some(place) => {
                let known = self.0.remove(place);
                self.0.insert(place, known.with(report));
            }
            None => self.0.push(report),
        }
        self
    }
}
