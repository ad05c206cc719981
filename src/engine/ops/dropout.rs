//! Dropout in training: a value is 0 with probability `rate`, else it is divided by 1 − rate, so that
//! its mean stays (Srivastava et al., "Dropout", 2014). In a network that is not being trained it does
//! nothing.
//!
//! Which values are dropped follows from a key, the image's place in the batch and the value's place in
//! the image alone: neither the number of threads nor the way a batch is cut changes it.

use candle_core::{CpuStorage, CustomOp1, Layout, Result, Tensor};
use rayon::prelude::*;

use super::{gradient_if_tracked, packed, slice, values, volume};
use crate::engine::lanes::{LANES, cells_mut};
use crate::engine::rng::splitmix64;
use crate::network::Shape;

/// Dropout of an input of one shape, `[n/8, c, h, w, 8]` → the same.
#[derive(Clone, Copy, Debug)]
pub struct Dropout {
    pub shape: Shape,
    /// The part of the values that is dropped, 0 ≤ rate < 1.
    pub rate: f64,
    /// Another one for every node and step.
    pub key: u64,
    /// The place in the batch of the first image.
    pub first_image: usize,
}

impl Dropout {
    /// What a value is multiplied by: 0, or 1/(1 − rate).
    #[must_use]
    pub fn factor(&self, image: usize, place: usize) -> f32 {
        let size: usize = self.shape.iter().product();
        let number = ((self.first_image + image) * size + place) as u64;
        let drawn = splitmix64(self.key.wrapping_add(number)) >> 40;
        let dropped = (drawn as f64) < self.rate * f64::from(1 << 24);
        if dropped { 0.0 } else { (1.0 / (1.0 - self.rate)) as f32 }
    }

    /// Forward and back are the same: a product with the mask.
    pub(in crate::engine) fn mask(&self, values: &mut [f32]) {
        let block = volume(self.shape) * LANES;
        values.par_chunks_mut(block).enumerate().for_each(|(block, values)| {
            for (place, cell) in cells_mut(values).iter_mut().enumerate() {
                for (lane, value) in cell.iter_mut().enumerate() {
                    *value *= self.factor(block * LANES + lane, place);
                }
            }
        });
    }
}

impl CustomOp1 for Dropout {
    fn name(&self) -> &'static str {
        "dropout"
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, candle_core::Shape)> {
        let mut y = slice(x, layout)?.to_vec();
        self.mask(&mut y);
        Ok(packed(y, self.shape))
    }

    fn bwd(&self, x: &Tensor, _y: &Tensor, gy: &Tensor) -> Result<Option<Tensor>> {
        let gy = gy.contiguous()?;
        let gy = values(&gy)?;
        gradient_if_tracked(x, |gx| {
            gx.copy_from_slice(&gy);
            self.mask(gx);
        })
    }
}
