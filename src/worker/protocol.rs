//! What the window and the engine's thread say to each other.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use super::training::TrainingOrder;
use crate::array::{Array, Trace, Weights};
use crate::data::DataError;
use crate::engine::EngineError;
use crate::network::{Network, NetworkError, Shape, Unit};

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
    #[error(transparent)]
    Data(#[from] DataError),
}

/// Which weights a network is to run with.
#[derive(Clone, Debug, PartialEq)]
pub enum WeightSource {
    /// Those that ship with the application; seeded random ones for a network that has none.
    Bundled,
    File(PathBuf),
    /// These.
    Given(Arc<Weights>),
}

/// Where the weights of a run came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    Bundled,
    File(PathBuf),
    /// Those that were handed over with the network.
    Given,
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
    /// Look into the request slots.
    Look,
    /// What a training is to do.
    Train { run: RunId, order: TrainingOrder },
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
    /// A set of images for a training is being loaded.
    Loading {
        run: RunId,
        done: usize,
        of: usize,
    },
    /// What was asked about a training has no answer; the training itself goes on.
    Refused {
        run: RunId,
        error: Arc<WorkerError>,
    },
    /// There is no effective field; what else was asked for goes on.
    NoEffective {
        run: RunId,
        generation: u64,
        error: Arc<WorkerError>,
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

/// Whose effective field to compute, for a latest-value slot of its own: it never keeps a [`Request`]
/// waiting for longer than a batch of images, and none cancels it.
#[derive(Clone)]
pub struct EffectiveRequest {
    pub run: RunId,
    pub generation: u64,
    /// The image, the weights and the silent maps.
    pub pass: Pass,
    pub node: usize,
    pub unit: Unit,
    /// Images to average over as well, shaped like the pass's.
    pub average: Option<Images>,
}

/// Images that are prepared when they are first needed: by the worker, not by whoever asks.
pub type Images = Arc<LazyLock<Vec<Array>, Box<dyn FnOnce() -> Vec<Array> + Send>>>;

/// The answer to an [`EffectiveRequest`]: first without the average, then with it.
#[derive(Clone, Debug)]
pub struct EffectiveAnswer {
    pub run: RunId,
    pub generation: u64,
    /// |gradient| of the unit by the pixels of the pass's image, summed over its channels, `[h, w]`.
    pub here: Array,
    /// The mean of the same over the images, and on how many of them the unit was not silent.
    pub average: Option<(Array, usize)>,
}
