//! The step that a training would take next, taken apart.

use std::sync::Arc;

use crate::array::{Array, Trace, Weights};
use crate::worker::RunId;

/// Which step, and what of it; for a latest-value slot.
#[derive(Clone, Debug, PartialEq)]
pub struct ApartRequest {
    pub run: RunId,
    pub generation: u64,
    /// Place in the batch of the image whose way back is wanted; beyond its end: the last.
    pub image: usize,
    /// A parameter and the place of one number in it: what each image of the batch says about it is told.
    pub weight: (String, usize),
}

/// One of the optimizer's memories, by parameter: `velocity`, `first_moment`, `second_moment`.
#[derive(Clone, Debug)]
pub struct Moment {
    pub name: &'static str,
    pub values: Arc<Weights>,
}

/// The next step.
#[derive(Clone, Debug)]
pub struct Apart {
    pub run: RunId,
    pub generation: u64,
    pub weight: (String, usize),
    /// Steps done before it.
    pub step: u64,
    pub learning_rate: f64,
    /// The images of its batch, `[c, h, w]`, distorted where they are learned from like that.
    pub images: Vec<Array>,
    pub labels: Vec<usize>,
    /// The place of the image whose way back this is.
    pub image: usize,
    /// Its loss, everything computed from it, and the derivative of the loss by all of that.
    pub loss: f64,
    pub trace: Arc<Trace>,
    pub gradients: Arc<Trace>,
    /// Mean over the batch, by parameter.
    pub gradient: Arc<Weights>,
    /// What each image says about the weight: the gradient is their mean. `None` where images depend on each
    /// other (batch norm), where dropout takes other units for other places in a batch, or where it would take
    /// long.
    pub each: Option<Vec<f64>>,
    /// Before the step.
    pub weights: Arc<Weights>,
    pub moments: Vec<Moment>,
}
