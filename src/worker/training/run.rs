//! One training.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::apart::{Apart, ApartRequest, Moment};
use super::data::seen;
use super::judging::Judging;
use super::report::{Mark, Read, Report, RunState, Snapshot, Spread, StepNote};
use super::shifts::Shifts;
use super::speed::Speed;
use super::{Pace, Plan, Sets};
use crate::array::Histogram;
use crate::data::LabelledImages;
use crate::engine::examples::{Examples, Scrambled, Shifted, batch, scramble};
use crate::engine::metrics::probabilities;
use crate::engine::{EngineError, Model, Trainer, lanes, seeded};
use crate::network::Shape;
use crate::worker::{RunId, WorkerError};

/// Steps are taken for so long before whatever else is asked for is looked at.
const PIECE: Duration = Duration::from_millis(12);
/// How often the window gets to see a training that goes as fast as it can.
const LIVE: Duration = Duration::from_millis(50);
/// Bins of the histograms of gradients.
const BINS: usize = 41;
/// Every scrambled set has the same order of pixels.
const SCRAMBLING: u64 = 1;
/// The history has a mark after every power of two, and so many in each epoch.
const MARKS_PER_EPOCH: u64 = 4;
/// An epoch of a few images of one's own is over in a step: their marks lie so many steps apart.
const OWN_MARK: u64 = 6;

/// A training and what it learns from.
pub struct Run {
    id: RunId,
    trainer: Trainer,
    sets: Arc<Sets>,
    /// Those of the set that are learned from.
    train: Arc<LabelledImages>,
    /// Steps between two marks, at least.
    apart: u64,
    /// Steps before the last mark.
    marked: u64,
    /// Where each pixel comes from, where they are scrambled.
    permutation: Option<Vec<usize>>,
    probe: usize,
    until: u64,
    pace: Pace,
    /// Steps taken at this pace.
    paced: u64,
    due: Option<Instant>,
    judging: Option<Pending>,
    shifts: Option<Shifts>,
    /// Why nothing more is to be done.
    failed: Option<Arc<WorkerError>>,
    shown: Option<Instant>,
    speed: Speed,
}

/// A mark that is being judged.
struct Pending {
    snapshot: Arc<Snapshot>,
    /// With the averaged weights, where there are such; else it is the one that learns.
    model: Option<Model>,
    judging: Judging,
}

impl Run {
    pub fn new(id: RunId, plan: &Plan, sets: Arc<Sets>, probe: usize) -> Result<Self, WorkerError> {
        let weights = match &plan.start {
            Some(weights) => (**weights).clone(),
            None => seeded::weights(&plan.network, plan.settings.seed)?,
        };
        let model = Model::new(&plan.network, &weights)?;
        let set = plan.own.as_ref().unwrap_or(&sets.train);
        let all = set.len();
        let count = plan.images.unwrap_or(usize::MAX).min(all);
        // Evenly among them: in a folder they lie class by class.
        let train = match plan.images {
            Some(most) if most < all => Arc::new(set.subset((0..count).map(|i| i * all / count))),
            Some(_) | None => Arc::clone(set),
        };
        if sets.test.is_empty() {
            return Err(EngineError::NoImages.into());
        }
        let trainer = Trainer::new(model, plan.settings.clone(), train.len())?;
        let [_, h, w] = plan.network.input();
        let permutation = plan.scrambled.then(|| scramble(SCRAMBLING, h, w));
        let mut run = Self {
            id,
            trainer,
            sets,
            train,
            apart: if plan.own.is_some() { OWN_MARK } else { 1 },
            marked: 0,
            permutation,
            probe,
            until: 0,
            pace: Pace::default(),
            paced: 0,
            due: None,
            judging: None,
            shifts: None,
            failed: None,
            shown: None,
            speed: Speed::default(),
        };
        // Said before the first step: images that do not fit, labels that name no class.
        run.begin_mark()?;
        Ok(run)
    }

    pub fn id(&self) -> RunId {
        self.id
    }

    pub fn go(&mut self, until: u64, pace: Pace) {
        if self.pace != pace || self.is_at_rest() {
            self.paced = 0;
        }
        (self.until, self.pace, self.due) = (until, pace, None);
    }

    pub fn pause(&mut self) -> Report {
        self.until = self.trainer.steps_done();
        if self.failed.is_none() && self.is_unmarked() {
            // An error is told when the next piece is done.
            drop(self.begin_mark());
        }
        let now = self.snapshot().ok();
        Report { now, ..self.report() }
    }

    /// The maps of another test image.
    pub fn look_at(&mut self, image: usize) -> Report {
        self.probe = image;
        let now = self.snapshot().ok();
        Report { now, ..self.report() }
    }

    fn is_at_rest(&self) -> bool {
        self.failed.is_some() || self.trainer.is_done() || self.trainer.steps_done() >= self.until
    }

    /// Whether there is anything to do.
    pub fn wants_to_go_on(&self) -> bool {
        let measures = self.judging.is_some() || self.shifts.is_some();
        self.failed.is_none() && (measures || !self.is_at_rest())
    }

    /// How long until it has to go on; `None`: not before an order.
    pub fn due_in(&self, now: Instant) -> Option<Duration> {
        if !self.wants_to_go_on() {
            return None;
        }
        let due = self.due.filter(|_| self.judging.is_none() && self.shifts.is_none());
        Some(due.map_or(Duration::ZERO, |due| due.saturating_duration_since(now)))
    }

    /// A piece of work: some images judged, or some steps. Tells what is new; `None`: nothing to show.
    pub fn go_on(&mut self, now: Option<Instant>) -> Option<Report> {
        match self.piece(now) {
            Ok(report) => report,
            Err(error) => {
                self.failed = Some(Arc::new(error.into()));
                self.judging = None;
                Some(self.report())
            }
        }
    }

    fn piece(&mut self, now: Option<Instant>) -> Result<Option<Report>, EngineError> {
        if let Some(mut pending) = self.judging.take() {
            let Pending { snapshot, model, judging } = &mut pending;
            let model = model.as_ref().unwrap_or_else(|| self.trainer.model());
            let done = self.on(&self.sets.test, |test| {
                self.on(&self.train, |train| judging.go_on(model, test, train))
            })?;
            let (test, train) = judging.scores();
            let (snapshot, verdicts) = (Arc::clone(snapshot), judging.verdicts());
            if !done {
                self.judging = Some(pending);
                return Ok(None);
            }
            let mark = Mark { snapshot: Arc::clone(&snapshot), test, train, verdicts };
            let mark = Arc::new(mark);
            return Ok(Some(Report {
                marks: vec![mark],
                now: Some(snapshot),
                sets: Some(Arc::clone(&self.sets)),
                ..self.report()
            }));
        }
        if let Some(mut shifts) = self.shifts.take() {
            let averaged = self.averaged()?;
            let model = averaged.as_ref().unwrap_or_else(|| self.trainer.model());
            let measured = self.on(&self.sets.test, |test| shifts.go_on(model, test))?;
            if measured.is_none() {
                self.shifts = Some(shifts);
                return Ok(None);
            }
            return Ok(Some(Report { shifts: measured, ..self.report() }));
        }
        self.steps(now).map(Some)
    }

    /// Takes steps, one where it waits between two of them.
    fn steps(&mut self, now: Option<Instant>) -> Result<Report, EngineError> {
        let began = Instant::now();
        self.due = None;
        let mut notes = Vec::new();
        let mut images = 0;
        while !self.is_at_rest() && self.judging.is_none() {
            let (shape, permutation) = (self.shape(), self.permutation.as_deref());
            let step = |examples: &dyn Examples| self.trainer.step(examples);
            let Some(progress) = seen(&self.train, shape, permutation, step)? else { break };
            let step = self.trainer.steps_done();
            let batch = self.trainer.settings().batch;
            // The last batch of an epoch may be smaller.
            images += if progress.epoch_is_done() { (progress.of - 1) % batch + 1 } else { batch };
            notes.push(StepNote {
                step,
                loss: progress.loss,
                learning_rate: progress.learning_rate,
            });
            if self.is_marked(step) {
                self.begin_mark()?;
            }
            self.paced += 1;
            if now.is_some()
                && let Some(wait) = self.pace.wait(self.paced)
            {
                self.due = Some(began + wait);
                break;
            }
            if now.is_some() && began.elapsed() >= PIECE {
                break;
            }
        }
        // Where it rests, the numbers are those of the weights that are seen.
        if self.is_at_rest() && self.is_unmarked() {
            self.begin_mark()?;
        }
        self.speed.took(images, began.elapsed());
        let images_per_second = self.speed.images_per_second();
        let live = match (now, self.shown) {
            (Some(now), Some(shown)) => now.duration_since(shown) >= LIVE,
            (Some(_), None) => true,
            // Without a clock nobody watches it on its way.
            (None, _) => false,
        };
        let now = if live || self.is_at_rest() || self.due.is_some() {
            self.shown = now;
            Some(self.snapshot()?)
        } else {
            None
        };
        Ok(Report { steps: notes, now, images_per_second, ..self.report() })
    }

    /// Whether the history has a mark after so many steps: the first ones, when much happens, lie closer.
    fn is_marked(&self, step: u64) -> bool {
        let quarter = (self.trainer.steps_per_epoch() as u64 / MARKS_PER_EPOCH).max(self.apart);
        step.is_power_of_two() || step.is_multiple_of(quarter) || self.trainer.is_done()
    }

    fn is_unmarked(&self) -> bool {
        self.judging.is_none() && self.marked != self.trainer.steps_done()
    }

    fn begin_mark(&mut self) -> Result<(), EngineError> {
        self.marked = self.trainer.steps_done();
        let judging = Judging::new(self.sets.test.len(), self.train.len());
        self.judging =
            Some(Pending { snapshot: self.snapshot()?, model: self.averaged()?, judging });
        Ok(())
    }

    /// The network with the weights that are handed out, where these are averages.
    fn averaged(&self) -> Result<Option<Model>, EngineError> {
        if self.trainer.settings().averaging.is_none() {
            return Ok(None);
        }
        Model::new(self.trainer.model().network(), &self.trainer.weights()?).map(Some)
    }

    fn shape(&self) -> Shape {
        self.trainer.model().network().input()
    }

    /// Lets `work` see images as this training sees them.
    fn on<R>(
        &self,
        images: &LabelledImages,
        work: impl FnOnce(&dyn Examples) -> Result<R, EngineError>,
    ) -> Result<R, EngineError> {
        seen(images, self.shape(), self.permutation.as_deref(), work)
    }

    pub fn measure_shifts(&mut self, most: usize) {
        self.shifts = Some(Shifts::new(self.sets.test.len(), most));
    }

    /// Reads a test image that was moved. Where pixels are scrambled, they are scrambled after that.
    pub fn read(&self, image: usize, shift: [i32; 2]) -> Result<Report, EngineError> {
        let [dy, dx] = shift.map(|by| by as isize);
        let image = image.min(self.sets.test.len().saturating_sub(1));
        let averaged = self.averaged()?;
        let model = averaged.as_ref().unwrap_or_else(|| self.trainer.model());
        let probabilities = seen(&self.sets.test, self.shape(), None, |test| {
            let moved = Shifted { all: test, dy, dx };
            match self.permutation.as_deref() {
                None => probabilities(model, &moved, image),
                Some(permutation) => {
                    let scrambled = Scrambled { all: &moved, permutation };
                    probabilities(model, &scrambled, image)
                }
            }
        })?;
        let read = Some(Read { image, shift, probabilities });
        Ok(Report { read, ..self.report() })
    }

    /// The step that would come next; `None` when all are done.
    pub fn take_apart(&mut self, request: &ApartRequest) -> Result<Option<Apart>, EngineError> {
        let (shape, permutation) = (self.shape(), self.permutation.as_deref());
        let next = |examples: &dyn Examples| self.trainer.next(examples);
        let Some(next) = seen(&self.train, shape, permutation, next)? else { return Ok(None) };
        let count = next.batch.labels.len();
        let images = (0..count).map(|image| self.trainer.image_of(&next, image));
        let images = images.collect::<Result<Vec<_>, _>>()?;
        let image = request.image.min(count.saturating_sub(1));
        let back = self.trainer.model().backward_trace(&images[image], next.batch.labels[image])?;
        let moments = self.trainer.moments()?.into_iter();
        let (tensor, index) = &request.weight;
        Ok(Some(Apart {
            run: self.id,
            generation: request.generation,
            weight: request.weight.clone(),
            step: self.trainer.steps_done(),
            learning_rate: next.learning_rate,
            image,
            loss: back.loss,
            trace: Arc::new(back.trace),
            gradients: Arc::new(back.gradients),
            gradient: Arc::new(self.trainer.gradient_of(&next)?),
            each: self.trainer.each_of(&next, tensor, *index)?,
            weights: Arc::new(self.trainer.model().weights()?),
            moments: moments
                .map(|(name, values)| Moment { name, values: Arc::new(values) })
                .collect(),
            images,
            labels: next.batch.labels,
        }))
    }

    fn snapshot(&self) -> Result<Arc<Snapshot>, EngineError> {
        let probe = self.probe.min(self.sets.test.len().saturating_sub(1));
        let image = self
            .on(&self.sets.test, |test| lanes::unpack(&batch(test, &[probe], None)?.images, 0))?;
        let label = self.sets.test.labels().get(probe).copied().unwrap_or_default();
        let averaged = self.averaged()?;
        let model = averaged.as_ref().unwrap_or_else(|| self.trainer.model());
        let gradients = self.trainer.gradients().map(|(name, values)| {
            let squares: f64 = values.iter().map(|&v| f64::from(v) * f64::from(v)).sum();
            let rms = (squares / values.len().max(1) as f64).sqrt();
            (name.to_owned(), Spread { rms, histogram: Histogram::of(values, BINS) })
        });
        Ok(Arc::new(Snapshot {
            step: self.trainer.steps_done(),
            epoch: self.trainer.epochs(),
            weights: Arc::new(self.trainer.weights()?),
            trace: Arc::new(model.trace(&image, &|| false)?),
            probe: (probe, label.into()),
            gradients: Arc::new(gradients.collect()),
        }))
    }

    fn report(&self) -> Report {
        let state = if let Some(error) = &self.failed {
            RunState::Failed(Arc::clone(error))
        } else if self.trainer.is_done() {
            RunState::Done
        } else if self.is_at_rest() {
            RunState::Paused
        } else {
            RunState::Going
        };
        Report {
            run: self.id,
            state,
            steps_done: self.trainer.steps_done(),
            steps_in_all: self.trainer.steps_in_all(),
            steps_per_epoch: self.trainer.steps_per_epoch() as u64,
            steps: Vec::new(),
            marks: Vec::new(),
            thinned: false,
            now: None,
            images_per_second: None,
            seconds: self.speed.seconds(),
            shifts: None,
            read: None,
            sets: None,
        }
    }
}
