//! What the worker does with each command, without the thread: the same code runs in tests and off
//! screen.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::effective::{Job, Step};
use super::protocol::{
    Answer, Command, EffectiveAnswer, EffectiveRequest, Event, Origin, Pass, Request, RunId,
    WeightSource, WorkerError,
};
use super::slot::Slot;
use super::training::Trainings;
use crate::array::{Array, Trace, Weights};
use crate::engine::effective::{Asked, heats};
use crate::engine::{self, EngineError, Model, seeded};
use crate::network::{Network, Shape, Unit};

/// The seed of untrained weights.
const SEED: u64 = seeded::DEFAULT_SEED;

/// What the worker needs of an engine.
pub trait Runner {
    /// Makes `network`, as it is or sliding over a larger image, ready to run; afterwards
    /// [`Runner::trace`] runs it.
    ///
    /// # Errors
    /// If there are no such weights, they do not fit, or a kind of node cannot be run.
    fn open(
        &mut self,
        network: &Network,
        slide: Option<Shape>,
        source: &WeightSource,
    ) -> Result<(Weights, Origin), WorkerError>;

    /// Runs the open network on one image.
    ///
    /// # Errors
    /// If nothing is open, the image or the weights do not fit, or `cancelled` said so between two
    /// nodes.
    fn trace(&mut self, pass: &Pass, cancelled: &dyn Fn() -> bool) -> Result<Trace, WorkerError>;

    /// The gradient of the difference between the scores of two classes, with respect to the image.
    ///
    /// # Errors
    /// As [`Runner::trace`], or a class that does not exist.
    fn gradient(&mut self, pass: &Pass, classes: [usize; 2]) -> Result<Array, WorkerError>;

    /// The class that the open network takes each image for.
    ///
    /// # Errors
    /// As [`Runner::trace`].
    fn judge(&mut self, images: &[Array]) -> Result<Vec<usize>, WorkerError>;

    /// |gradient| of one unit by the pixels of each image, summed over its channels, `[1, h, w]` each;
    /// weights and silent maps are those of `pass`. There are few images, at most eight.
    ///
    /// # Errors
    /// As [`Runner::trace`], or a unit that does not exist.
    fn heats(
        &mut self,
        pass: &Pass,
        images: &[Array],
        node: usize,
        unit: Unit,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<Array>, WorkerError>;
}

/// The real engine.
#[derive(Default)]
pub struct CandleEngine {
    model: Option<Model>,
    /// The network with other weights than it was opened with: those that were asked for last.
    edited: Vec<(Arc<Weights>, Model)>,
}

/// Edited models that are kept: one for each side of a comparison.
const MOST_EDITED: usize = 2;

impl CandleEngine {
    fn model(&mut self, weights: Option<&Arc<Weights>>) -> Result<&Model, WorkerError> {
        let opened = self.model.as_ref().ok_or(WorkerError::NothingOpen)?;
        let Some(weights) = weights else { return Ok(opened) };
        let known = self.edited.iter().position(|(known, _)| Arc::ptr_eq(known, weights));
        let place = if let Some(place) = known {
            place
        } else {
            let model = Model::new(opened.network(), weights)?;
            self.edited.truncate(MOST_EDITED - 1);
            self.edited.insert(0, (Arc::clone(weights), model));
            0
        };
        Ok(&self.edited[place].1)
    }
}

impl Runner for CandleEngine {
    fn open(
        &mut self,
        network: &Network,
        slide: Option<Shape>,
        source: &WeightSource,
    ) -> Result<(Weights, Origin), WorkerError> {
        let (weights, origin) = match source {
            WeightSource::File(path) => {
                (engine::weight_file::read(path, network)?, Origin::File(path.clone()))
            }
            WeightSource::Given(weights) => ((**weights).clone(), Origin::Given),
            WeightSource::Bundled => match engine::bundled::weights(&network.name) {
                Some(weights) => (weights, Origin::Bundled),
                None => (engine::seeded::weights(network, SEED)?, Origin::Random),
            },
        };
        self.edited.clear();
        let Some(shape) = slide else {
            self.model = Some(Model::new(network, &weights)?);
            return Ok((weights, origin));
        };
        let sliding = network.sliding(shape)?;
        let weights = engine::reshaped(&sliding, &weights);
        self.model = Some(Model::new(&sliding, &weights)?);
        Ok((weights, origin))
    }

    fn trace(&mut self, pass: &Pass, cancelled: &dyn Fn() -> bool) -> Result<Trace, WorkerError> {
        let model = self.model(pass.weights.as_ref())?;
        Ok(model.trace_muted(&pass.input, &pass.muted, cancelled)?)
    }

    fn gradient(&mut self, pass: &Pass, classes: [usize; 2]) -> Result<Array, WorkerError> {
        let model = self.model(pass.weights.as_ref())?;
        Ok(model.image_gradient(&pass.input, &pass.muted, classes)?)
    }

    fn judge(&mut self, images: &[Array]) -> Result<Vec<usize>, WorkerError> {
        let model = self.model.as_ref().ok_or(WorkerError::NothingOpen)?;
        Ok(engine::metrics::classes(model, images)?)
    }

    fn heats(
        &mut self,
        pass: &Pass,
        images: &[Array],
        node: usize,
        unit: Unit,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<Array>, WorkerError> {
        let model = self.model(pass.weights.as_ref())?;
        let asked = Asked { muted: &pass.muted, node, unit };
        Ok(heats(model, images, asked, cancelled)?)
    }
}

/// The worker's state and its slots.
pub struct Desk<R> {
    runner: R,
    open: Option<RunId>,
    /// A request for a network that is still to be opened.
    early: Option<Request>,
    pub(super) requests: Slot<Request>,
    pub(super) answers: Slot<Answer>,
    pub(super) effective_requests: Slot<EffectiveRequest>,
    pub(super) effective_answers: Slot<EffectiveAnswer>,
    /// The effective field that is worked on when nothing else is to be done.
    job: Option<Job>,
    pub(super) trainings: Trainings,
}

impl<R: Runner> Desk<R> {
    pub fn new(runner: R) -> Self {
        Self {
            runner,
            open: None,
            early: None,
            requests: Slot::default(),
            answers: Slot::default(),
            effective_requests: Slot::default(),
            effective_answers: Slot::default(),
            job: None,
            trainings: Trainings::default(),
        }
    }

    /// Carries out one command and tells what came of it.
    pub fn carry_out(&mut self, command: Command, tell: &mut dyn FnMut(Event)) {
        match command {
            Command::Open { run, network, slide, weights } => {
                match self.runner.open(&network, slide, &weights) {
                    Ok((weights, origin)) => {
                        self.open = Some(run);
                        tell(Event::Opened { run, weights: Arc::new(weights), origin });
                    }
                    Err(error) => tell(Event::Failed { run, error: Arc::new(error) }),
                }
            }
            Command::Judge { run, images } if self.open == Some(run) => {
                match self.runner.judge(&images) {
                    Ok(classes) => tell(Event::Judged { run, classes }),
                    Err(error) => tell(Event::Failed { run, error: Arc::new(error) }),
                }
            }
            Command::Train { run, order } => self.trainings.carry_out(run, order, tell),
            // Only the slots are to be looked into; a stale judgement is dropped.
            Command::Look | Command::Judge { .. } => {}
        }
        self.look(tell);
    }

    /// Whether a piece of work is left that [`Desk::go_on`] would do.
    #[must_use]
    pub fn has_work(&self) -> bool {
        self.job.is_some() || self.trainings.want_to_go_on()
    }

    /// How long until a piece of work is to be done; `None`: not before a command.
    #[must_use]
    pub fn due_in(&self, now: Instant) -> Option<Duration> {
        if self.job.is_some() { Some(Duration::ZERO) } else { self.trainings.due_in(now) }
    }

    /// Answers what was asked for in the meantime, then does one piece of the work that is left; without a
    /// clock nothing waits for its time. Tells whether there is anything new to show.
    pub fn go_on(&mut self, now: Option<Instant>, tell: &mut dyn FnMut(Event)) -> bool {
        let answered = self.look(tell);
        let Some(mut job) = self.job.take() else {
            return self.trainings.go_on(now, tell) || answered;
        };
        let (requests, newer) = (self.requests.clone(), self.effective_requests.clone());
        let (run, generation) = (job.request.run, job.request.generation);
        match job.step(&mut self.runner, &|| requests.is_full() || newer.is_full()) {
            Ok(Step::Last(answer)) => {
                self.effective_answers.put(answer);
            }
            Ok(Step::First(answer)) => {
                self.effective_answers.put(answer);
                self.job = Some(job);
            }
            Ok(Step::GoOn) | Err(WorkerError::Engine(EngineError::Cancelled)) => {
                self.job = Some(job);
                return answered;
            }
            Err(error) => tell(Event::NoEffective { run, generation, error: Arc::new(error) }),
        }
        true
    }

    /// Answers the request in the slot; one for a network that is not open any more is stale and dropped. An
    /// effective field is only taken up. Tells whether there is anything new.
    fn look(&mut self, tell: &mut dyn FnMut(Event)) -> bool {
        let mut answered = false;
        let open = self.open;
        let of_open = |early: &mut Request| open == Some(early.run);
        while let Some(request) = self.requests.take().or_else(|| self.early.take_if(of_open)) {
            if self.open != Some(request.run) {
                // A newer one waits for its network.
                self.early = Some(request).filter(|request| self.open < Some(request.run));
                continue;
            }
            let run = request.run;
            match self.answer(request) {
                Ok(answer) => {
                    self.answers.put(answer);
                    answered = true;
                }
                Err(WorkerError::Engine(EngineError::Cancelled)) => {}
                Err(error) => {
                    tell(Event::Failed { run, error: Arc::new(error) });
                    answered = true;
                }
            }
        }
        if let Some(request) = self.effective_requests.take() {
            self.job = Some(Job::new(request));
        }
        self.job.take_if(|job| self.open != Some(job.request.run));
        answered
    }

    fn answer(&mut self, request: Request) -> Result<Answer, WorkerError> {
        let Request { run, generation, passes, question } = request;
        let requests = self.requests.clone();
        let mut traces = Vec::with_capacity(passes.len());
        for pass in &passes {
            traces.push(Arc::new(self.runner.trace(pass, &|| requests.is_full())?));
        }
        let gradient = match (question, passes.first()) {
            (Some(classes), Some(pass)) => Some(self.runner.gradient(pass, classes)?),
            _ => None,
        };
        Ok(Answer { run, generation, traces, gradient })
    }
}
