//! What the worker does with each command, without the thread: the same code runs in tests and off
//! screen.

use std::sync::Arc;

use super::protocol::{Answer, Command, Event, Origin, Request, RunId, WeightSource, WorkerError};
use super::slot::Slot;
use crate::array::{Array, Trace, Weights};
use crate::engine::{self, EngineError, Model, seeded};
use crate::network::Network;

/// The seed of untrained weights.
const SEED: u64 = seeded::DEFAULT_SEED;

/// What the worker needs of an engine.
pub trait Runner {
    /// Makes `network` ready to run; afterwards [`Runner::trace`] runs it.
    ///
    /// # Errors
    /// If there are no such weights, they do not fit, or a kind of node cannot be run.
    fn open(
        &mut self,
        network: &Network,
        source: &WeightSource,
    ) -> Result<(Weights, Origin), WorkerError>;

    /// Runs the open network on one image.
    ///
    /// # Errors
    /// If nothing is open, the image does not fit, or `cancelled` said so between two nodes.
    fn trace(&mut self, input: &Array, cancelled: &dyn Fn() -> bool) -> Result<Trace, WorkerError>;

    /// The class that the open network takes each image for.
    ///
    /// # Errors
    /// As [`Runner::trace`].
    fn judge(&mut self, images: &[Array]) -> Result<Vec<usize>, WorkerError>;
}

/// The real engine.
#[derive(Default)]
pub struct CandleEngine {
    model: Option<Model>,
}

impl Runner for CandleEngine {
    fn open(
        &mut self,
        network: &Network,
        source: &WeightSource,
    ) -> Result<(Weights, Origin), WorkerError> {
        let (weights, origin) = match source {
            WeightSource::File(path) => {
                (engine::weight_file::read(path, network)?, Origin::File(path.clone()))
            }
            WeightSource::Bundled => match engine::bundled::weights(&network.name) {
                Some(weights) => (weights, Origin::Bundled),
                None => (engine::seeded::weights(network, SEED)?, Origin::Random),
            },
        };
        self.model = Some(Model::new(network, &weights)?);
        Ok((weights, origin))
    }

    fn trace(&mut self, input: &Array, cancelled: &dyn Fn() -> bool) -> Result<Trace, WorkerError> {
        Ok(self.model.as_ref().ok_or(WorkerError::NothingOpen)?.trace(input, cancelled)?)
    }

    fn judge(&mut self, images: &[Array]) -> Result<Vec<usize>, WorkerError> {
        let model = self.model.as_ref().ok_or(WorkerError::NothingOpen)?;
        Ok(engine::metrics::classes(model, images)?)
    }
}

/// The worker's state and its slots.
pub struct Desk<R> {
    runner: R,
    open: Option<RunId>,
    pub(super) requests: Slot<Request>,
    pub(super) answers: Slot<Answer>,
}

impl<R: Runner> Desk<R> {
    pub fn new(runner: R) -> Self {
        Self { runner, open: None, requests: Slot::default(), answers: Slot::default() }
    }

    /// Carries out one command and tells what came of it.
    pub fn carry_out(&mut self, command: Command, tell: &mut dyn FnMut(Event)) {
        match command {
            Command::Open { run, network, weights } => match self.runner.open(&network, &weights) {
                Ok((weights, origin)) => {
                    self.open = Some(run);
                    tell(Event::Opened { run, weights: Arc::new(weights), origin });
                }
                Err(error) => tell(Event::Failed { run, error: Arc::new(error) }),
            },
            Command::Judge { run, images } if self.open == Some(run) => {
                match self.runner.judge(&images) {
                    Ok(classes) => tell(Event::Judged { run, classes }),
                    Err(error) => tell(Event::Failed { run, error: Arc::new(error) }),
                }
            }
            // Only the slot is to be looked into; a stale judgement is dropped.
            Command::Look | Command::Judge { .. } => {}
        }
        self.look(tell);
    }

    /// Answers the request in the slot; one for a network that is not open is stale and dropped.
    fn look(&mut self, tell: &mut dyn FnMut(Event)) {
        while let Some(Request { run, generation, input }) = self.requests.take() {
            if self.open != Some(run) {
                continue;
            }
            let requests = self.requests.clone();
            match self.runner.trace(&input, &|| requests.is_full()) {
                Ok(trace) => self.answers.put(Answer { run, generation, trace: Arc::new(trace) }),
                Err(WorkerError::Engine(EngineError::Cancelled)) => {}
                Err(error) => tell(Event::Failed { run, error: Arc::new(error) }),
            }
        }
    }
}
