//! Sets of images are loaded beside everything else, one after the other; trainings wait for theirs.
//!
//! A folder of images takes seconds to minutes, and whatever else is asked of the worker is answered
//! meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use poll_promise::Promise;

use super::{DataRef, Plan, Sets, TrainingOrder};
use crate::data::DataError;
use crate::network::Shape;
use crate::worker::protocol::RunId;
use crate::worker::slot::Slot;

/// How often a set that is being loaded tells how far it is.
const TELLS: Duration = Duration::from_millis(100);
/// How often it is looked whether it is there.
pub const LOOKS: Duration = Duration::from_millis(10);
/// Sets that are kept in memory: another run on the same data begins at once.
const MOST_SETS: usize = 2;

/// A training whose set is not there yet.
pub struct Waiting {
    pub run: RunId,
    pub plan: Arc<Plan>,
    /// The test image whose maps are shown.
    pub probe: usize,
    /// What it is to do when it can begin.
    pub orders: Vec<TrainingOrder>,
}

impl Waiting {
    fn waits_for(&self, data: &DataRef, shape: Shape) -> bool {
        self.plan.data == *data && self.plan.network.input() == shape
    }
}

/// A set that is being loaded.
struct Load {
    data: DataRef,
    shape: Shape,
    sets: Promise<Result<Sets, DataError>>,
    /// Images that are done, of how many.
    progress: Slot<(usize, usize)>,
    stop: Arc<AtomicBool>,
    told: Option<Instant>,
}

impl Load {
    fn start(data: DataRef, shape: Shape) -> Self {
        let (progress, stop) = (Slot::default(), Arc::new(AtomicBool::new(false)));
        let (from, tells, stopped) = (data.clone(), progress.clone(), Arc::clone(&stop));
        let sets = Promise::spawn_thread("convscope-images", move || {
            Sets::load(&from, shape, &mut |done, of| {
                tells.put((done, of));
                !stopped.load(Ordering::Relaxed)
            })
        });
        Self { data, shape, sets, progress, stop, told: None }
    }
}

/// What a look at the loading has found.
pub enum Found {
    /// So many images, of how many, for the trainings that wait for them.
    Progress(Vec<RunId>, usize, usize),
    /// A set, or why there is none, and who waited for it.
    Sets(Result<Arc<Sets>, DataError>, Vec<Waiting>),
}

/// Sets that were loaded lately, the one that is being loaded, and the trainings that wait.
#[derive(Default)]
pub struct Loader {
    known: Vec<(DataRef, Shape, Arc<Sets>)>,
    load: Option<Load>,
    waiting: Vec<Waiting>,
}

impl Loader {
    /// Takes a training in until its set is there; what is in memory already is found at the next look.
    pub fn wait(&mut self, waiting: Waiting) {
        self.waiting.push(waiting);
    }

    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Whether the next look finds something for certain.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        self.waiting.first().is_some_and(|first| self.find(first).is_some())
    }

    /// The training of this name, if it waits.
    pub fn waiting(&mut self, run: RunId) -> Option<&mut Waiting> {
        self.waiting.iter_mut().find(|waiting| waiting.run == run)
    }

    /// It waits no longer; a set that nobody waits for is not loaded further. Tells whether it did wait.
    pub fn forget(&mut self, run: RunId) -> bool {
        let before = self.waiting.len();
        self.waiting.retain(|waiting| waiting.run != run);
        let wanted = |load: &Load| self.waiting.iter().any(|w| w.waits_for(&load.data, load.shape));
        if let Some(load) = self.load.take_if(|load| !wanted(load)) {
            load.stop.store(true, Ordering::Relaxed);
        }
        self.waiting.len() < before
    }

    /// What has come of the loading; `to_the_end` waits for it.
    pub fn look(&mut self, to_the_end: bool) -> Option<Found> {
        let first = self.waiting.first()?;
        let (data, shape) = (first.plan.data.clone(), first.plan.network.input());
        if let Some(sets) = self.find(first) {
            return Some(Found::Sets(Ok(sets), self.take(&data, shape)));
        }
        let Some(mut load) = self.load.take() else {
            self.load = Some(Load::start(data, shape));
            return None;
        };
        // How far it is comes before the end: whoever waits hears of both.
        if load.told.is_none_or(|told| told.elapsed() >= TELLS)
            && let Some((done, of)) = load.progress.take()
        {
            load.told = Some(Instant::now());
            let of_it = |waiting: &&Waiting| waiting.waits_for(&load.data, load.shape);
            let runs = self.waiting.iter().filter(of_it).map(|waiting| waiting.run).collect();
            self.load = Some(load);
            return Some(Found::Progress(runs, done, of));
        }
        if to_the_end {
            load.sets.block_until_ready();
        }
        match load.sets.try_take() {
            Ok(result) => {
                let result = result.map(|sets| self.keep(load.data.clone(), load.shape, sets));
                Some(Found::Sets(result, self.take(&load.data, load.shape)))
            }
            Err(sets) => {
                self.load = Some(Load { sets, ..load });
                None
            }
        }
    }

    fn find(&self, waiting: &Waiting) -> Option<Arc<Sets>> {
        let known = self.known.iter().find(|(data, shape, _)| waiting.waits_for(data, *shape));
        known.map(|(.., sets)| Arc::clone(sets))
    }

    fn keep(&mut self, data: DataRef, shape: Shape, sets: Sets) -> Arc<Sets> {
        let sets = Arc::new(sets);
        self.known.truncate(MOST_SETS - 1);
        self.known.insert(0, (data, shape, Arc::clone(&sets)));
        sets
    }

    /// Who waits for this set, no longer.
    fn take(&mut self, data: &DataRef, shape: Shape) -> Vec<Waiting> {
        let all = std::mem::take(&mut self.waiting);
        let (of_it, others) = all.into_iter().partition(|waiting| waiting.waits_for(data, shape));
        self.waiting = others;
        of_it
    }
}
