//! What the window and the engine's thread say to each other.

use std::path::PathBuf;
use std::sync::Arc;

use crate::array::{Array, Trace, Weights};
use crate::engine::EngineError;
use crate::network::{Network, NetworkError, Shape};

/// Names one opened network; a newer one makes the older stale.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RunId(pub u64);

/// Why the worker has no answer.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    #[error("no network is open; choose one")]
    NothingOpen,
    #[error("the network cannot slide over this image: {0}; choose an ordinary one")]
    Slide(#[from] NetworkError),
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
        /// An image of another shape, over which the network is to slide.
        slide: Option<Shape>,
        weights: WeightSource,
    },
    /// Look into the request slot.
    Look,
    /// Say which class each image is taken for.
    Judge { run: RunId, images: Arc<[Array]> },
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

/// One run of the open network.
#[derive(Clone, Debug)]
pub struct Pass {
    /// `[c, h, w]`, as the network wants it.
    pub input: Array,
    /// In the place of the weights that it was opened with.
    pub weights: Option<Arc<Weights>>,
    /// Node and map of those that are silent.
    pub muted: Arc<[(usize, usize)]>,
}

/// What to look at, for the latest-value slot.
#[derive(Clone, Debug)]
pub struct Request {
    pub run: RunId,
    pub generation: u64,
    /// Each is answered with a trace.
    pub passes: Vec<Pass>,
    /// Two classes: what on the image of the first pass speaks for the one and against the other?
    pub question: Option<[usize; 2]>,
}

/// The answer to a request.
#[derive(Clone, Debug)]
pub struct Answer {
    pub run: RunId,
    pub generation: u64,
    /// A trace per pass.
    pub traces: Vec<Arc<Trace>>,
    /// The gradient of the difference of the two scores with respect to the image, `[c, h, w]`.
    pub gradient: Option<Array>,
}
