//! Softmax over the maps, at each position by itself: `y[c] = e^(x[c] − max) / Σ e^(x − max)`.

use rayon::prelude::*;

use super::Fixed;
use crate::engine::lanes::LANES;
use crate::network::Shape;

/// Softmax of an input of one shape, `[n/8, c, h, w, 8]` → the same.
#[derive(Clone, Copy, Debug)]
pub struct Softmax(pub Shape);

impl Softmax {
    /// Values of a block, and the distance between the same place of two maps.
    fn sizes(self) -> (usize, usize) {
        let Self([c, h, w]) = self;
        (c * h * w * LANES, h * w * LANES)
    }
}

impl Fixed for Softmax {
    fn shapes(&self) -> [Shape; 2] {
        [self.0; 2]
    }

    fn forward(&self, x: &[f32], y: &mut [f32]) {
        let (block, map) = self.sizes();
        y.copy_from_slice(x);
        y.par_chunks_mut(block).for_each(|y| {
            for place in 0..map {
                let classes = || (place..block).step_by(map);
                let max = classes().map(|i| y[i]).fold(f32::NEG_INFINITY, f32::max);
                classes().for_each(|i| y[i] = (y[i] - max).exp());
                let sum: f32 = classes().map(|i| y[i]).sum();
                classes().for_each(|i| y[i] /= sum);
            }
        });
    }

    /// `∂L/∂x[c] = y[c]·(gy[c] − Σ gy·y)`.
    fn input_gradient(&self, _x: &[f32], y: &[f32], gy: &[f32], gx: &mut [f32]) {
        let (block, map) = self.sizes();
        let blocks = gx.par_chunks_mut(block).zip(y.par_chunks(block));
        blocks.zip(gy.par_chunks(block)).for_each(|((gx, y), gy)| {
            for place in 0..map {
                let classes = || (place..block).step_by(map);
                let mean: f32 = classes().map(|i| y[i] * gy[i]).sum();
                classes().for_each(|i| gx[i] = y[i] * (gy[i] - mean));
            }
        });
    }
}

/// Softmax of one image `[c, h, w]`, as the formula above says it.
#[must_use]
pub fn reference([c, h, w]: Shape, x: &[f64]) -> Vec<f64> {
    let area = h * w;
    let classes = |place: usize| (0..c).map(move |class| x[class * area + place % area]);
    (0..x.len())
        .map(|place| {
            let max = classes(place).fold(f64::NEG_INFINITY, f64::max);
            (x[place] - max).exp() / classes(place).map(|x| (x - max).exp()).sum::<f64>()
        })
        .collect()
}
