//! What is to be trained, and what is asked of a training.

use std::sync::Arc;

use super::Pace;
use crate::array::Weights;
use crate::data::{DataRef, LabelledImages};
use crate::engine::Settings;
use crate::network::Network;

/// Everything that decides a training.
#[derive(Clone, Debug)]
pub struct Plan {
    pub network: Arc<Network>,
    /// The weights to begin with; without any, random ones from the seed of the settings.
    pub start: Option<Arc<Weights>>,
    /// Learned from in the place of the set's own images; it is still the set's test images that it is judged
    /// on.
    pub own: Option<Arc<LabelledImages>>,
    pub data: DataRef,
    /// Images to learn from, at most, evenly among those of the set: few are learned by heart.
    pub images: Option<usize>,
    /// All pixels of every image in one other order, the same for all: no neighbours are left.
    pub scrambled: bool,
    pub settings: Settings,
}

/// What the window wants a training to do.
#[derive(Clone, Debug)]
pub enum TrainingOrder {
    /// Prepares a training and shows it before its first step; `probe` is the test image whose maps are
    /// shown.
    Begin {
        plan: Arc<Plan>,
        probe: usize,
    },
    /// Takes steps until so many are done.
    Go {
        until: u64,
        pace: Pace,
    },
    /// No step after the present one.
    Pause,
    /// Shows the maps of another test image.
    Probe(usize),
    /// Measures how well shifted test images are read, up to so many pixels.
    MeasureShifts(usize),
    /// Reads one test image, moved down and to the right.
    Read {
        image: usize,
        shift: [i32; 2],
    },
    /// Waits no longer for its images.
    StopLoading,
    Forget,
}
