//! What the window and the engine's thread say to each other.

use std::path::PathBuf;
use std::sync::Arc;

use crate::array::{Array, Trace, Weights};
use crate::engine::EngineError;
use crate::network::Network;

/// Names one opened network; a newer one makes the older stale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunId(pub u64);

/// Why the worker has no answer.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    #[error("no network is open; choose one")]
    NothingOpen,
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// Which weights a network is to run with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WeightSource {
    /// Those that ship with the application; seeded random ones for a network that has none.
    Bundled,
    File(PathBuf),
}

/// Where the weights of a run came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    Bundled,
    File(PathBuf),
    /// Seeded random numbers: nothing has been learned.
    Random,
}

/// What the window asks for.
#[derive(Clone, Debug)]
pub enum Command {
    Open {
        run: RunId,
        network: Arc<Network>,
        weights: WeightSource,
    },
    /// Look into the request slot.
    Look,
    /// Say which class each image is taken for.
    Judge {
        run: RunId,
        images: Arc<[Array]>,
    },
}

/// What the worker tells.
#[derive(Clone, Debug)]
pub enum Event {
    Opened {
        run: RunId,
        weights: Arc<Weights>,
        origin: Origin,
    },
    Failed {
        run: RunId,
        error: Arc<WorkerError>,
    },
    Judged {
        run: RunId,
        classes: Vec<usize>,
    },
    /// The thread has ended; nothing more comes from it.
    Panicked {
        message: String,
    },
}

/// An image to look at, for the latest-value slot.
#[derive(Clone, Debug)]
pub struct Request {
    pub run: RunId,
    pub generation: u64,
    /// `[c, h, w]`, as the network wants it.
    pub input: Array,
}

/// The trace of a request.
#[derive(Clone, Debug)]
pub struct Answer {
    pub run: RunId,
    pub generation: u64,
    pub trace: Arc<Trace>,
}
