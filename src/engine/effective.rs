//! The effective field of a unit: how much each pixel moves it, through real weights (Luo et al.,
//! "Understanding the Effective Receptive Field", 2016).

use super::{EngineError, Model, lanes};
use crate::array::Array;
use crate::network::{Shape, Unit};

/// Images that are worked on at once: one block, so that an average can be stopped soon.
pub const BATCH: usize = lanes::LANES;

/// Which unit of a model is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// Node and map of those that are silent, as in [`Model::trace_muted`].
    pub muted: &'a [(usize, usize)],
    pub node: usize,
    pub unit: Unit,
}

/// The average over many images.
#[derive(Clone, Debug, PartialEq)]
pub struct Effective {
    /// The mean of |gradient|, summed over the channels of the image, `[1, h, w]`.
    pub heat: Array,
    /// Images that it is the mean of.
    pub images: usize,
    /// Those of them on which the gradient is not 0 everywhere: the unit is not behind a dead ReLU.
    pub live: usize,
}

/// |gradient| of the unit on each image, summed over the image's channels: `[1, h, w]` each.
///
/// # Errors
/// As [`Model::unit_gradients`].
pub fn heats(
    model: &Model,
    images: &[Array],
    asked: Asked<'_>,
    cancelled: &dyn Fn() -> bool,
) -> Result<Vec<Array>, EngineError> {
    let Asked { muted, node, unit } = asked;
    let gradients = model.unit_gradients(images, muted, node, unit, cancelled)?;
    Ok(gradients.iter().map(heat).collect())
}

/// The average of [`heats`]. `cancelled` is asked between batches of eight images, and between nodes.
///
/// # Errors
/// As [`heats`], or [`EngineError::Cancelled`].
pub fn average(
    model: &Model,
    images: &[Array],
    asked: Asked<'_>,
    cancelled: &dyn Fn() -> bool,
) -> Result<Effective, EngineError> {
    let mut sum = HeatSum::new(model.network().input());
    for images in images.chunks(BATCH) {
        if cancelled() {
            return Err(EngineError::Cancelled);
        }
        heats(model, images, asked, cancelled)?.iter().for_each(|heat| sum.add(heat));
    }
    sum.mean().ok_or(EngineError::NoImages)
}

/// Heat maps added up, one after the other: always in the same order, so always the same bits.
#[derive(Clone, Debug)]
pub struct HeatSum {
    shape: Shape,
    values: Vec<f64>,
    images: usize,
    live: usize,
}

impl HeatSum {
    /// Of images `[c, h, w]`.
    #[must_use]
    pub fn new([_, h, w]: Shape) -> Self {
        Self { shape: [1, h, w], values: vec![0.0; h * w], images: 0, live: 0 }
    }

    /// Adds the heat of one image, `[1, h, w]`.
    pub fn add(&mut self, heat: &Array) {
        for (sum, &value) in self.values.iter_mut().zip(heat.values()) {
            *sum += f64::from(value);
        }
        self.images += 1;
        self.live += usize::from(heat.values().iter().any(|&value| value != 0.0));
    }

    /// How many images have been added.
    #[must_use]
    pub const fn images(&self) -> usize {
        self.images
    }

    /// The mean, if there is anything to take it of.
    #[must_use]
    pub fn mean(&self) -> Option<Effective> {
        let Self { shape, ref values, images, live } = *self;
        let mean = |i: usize| (values[i] / images as f64) as f32;
        (images > 0).then(|| Effective { heat: Array::from_fn(&shape, mean), images, live })
    }
}

fn heat(gradient: &Array) -> Array {
    let [channels, h, w] = gradient.chw();
    let values = gradient.values();
    Array::from_fn(&[1, h, w], |i| (0..channels).map(|c| values[c * h * w + i].abs()).sum())
}
