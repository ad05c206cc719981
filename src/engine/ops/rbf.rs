//! LeNet's output layer: the squared distance to one fixed picture per class,
//! `y[k] = Σ (x[i] − bitmap[k, i])²` (LeCun 1998, §II-B, equation 7).

use candle_core::{CpuStorage, CustomOp1, Layout, Result, Tensor};
use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use super::{gradient_if_tracked, packed, slice, values};
use crate::engine::lanes::{Cell, LANES, cells, cells_mut};
use crate::network;

/// Distances to `classes` pictures: `[n/8, c, h, w, 8]` → `[n/8, classes, 1, 1, 8]`.
#[derive(Clone, Debug)]
pub struct Rbf {
    classes: usize,
    /// `[classes, inputs]` of ±1.
    bitmaps: Vec<f32>,
}

impl Rbf {
    #[must_use]
    pub fn new(rbf: &network::Rbf) -> Self {
        let bitmaps = rbf.bitmaps.iter().flatten().map(|&bit| f32::from(bit)).collect();
        Self { classes: rbf.bitmaps.len(), bitmaps }
    }

    fn inputs(&self) -> usize {
        self.bitmaps.len() / self.classes
    }

    fn forward(&self, x: &[f32]) -> Vec<f32> {
        let level = Level::new();
        let inputs = self.inputs();
        let mut y = vec![0.0; x.len() / inputs * self.classes];
        y.par_chunks_mut(self.classes * LANES).zip(x.par_chunks(inputs * LANES)).for_each(
            |(y, x)| {
                let (x, y) = (cells(x), cells_mut(y));
                dispatch!(level, simd => {
                    for (bitmap, y) in self.bitmaps.chunks_exact(inputs).zip(y) {
                        distance(simd, x, bitmap).store_array(y);
                    }
                });
            },
        );
        y
    }

    /// `∂L/∂x[i] = Σ 2·gy[k]·(x[i] − bitmap[k, i])` over the classes k.
    fn input_gradient(&self, x: &[f32], gy: &[f32]) -> Vec<f32> {
        let level = Level::new();
        let inputs = self.inputs();
        let mut gx = vec![0.0; x.len()];
        let blocks = gx.par_chunks_mut(inputs * LANES).zip(x.par_chunks(inputs * LANES));
        blocks.zip(gy.par_chunks(self.classes * LANES)).for_each(|((gx, x), gy)| {
            let (x, gy, gx) = (cells(x), cells(gy), cells_mut(gx));
            dispatch!(level, simd => self.gradient_block(simd, x, gy, gx));
        });
        gx
    }

    #[inline(always)]
    fn gradient_block<S: Simd>(&self, simd: S, x: &[Cell], gy: &[Cell], gx: &mut [Cell]) {
        for (i, (x, gx)) in x.iter().zip(gx).enumerate() {
            let x = f32x8::load_array_ref(simd, x);
            let mut sum = f32x8::splat(simd, 0.0);
            for (bitmap, gy) in self.bitmaps.chunks_exact(self.inputs()).zip(gy) {
                sum = f32x8::load_array_ref(simd, gy).mul_add(x - bitmap[i], sum);
            }
            (sum * 2.0).store_array(gx);
        }
    }
}

#[inline(always)]
fn distance<S: Simd>(simd: S, x: &[Cell], bitmap: &[f32]) -> f32x8<S> {
    let mut sum = f32x8::splat(simd, 0.0);
    for (x, &bit) in x.iter().zip(bitmap) {
        let difference = f32x8::load_array_ref(simd, x) - bit;
        sum = difference.mul_add(difference, sum);
    }
    sum
}

impl CustomOp1 for Rbf {
    fn name(&self) -> &'static str {
        "rbf"
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, candle_core::Shape)> {
        Ok(packed(self.forward(slice(x, layout)?), [self.classes, 1, 1]))
    }

    fn bwd(&self, x: &Tensor, _y: &Tensor, gy: &Tensor) -> Result<Option<Tensor>> {
        let gy = gy.contiguous()?;
        let (x_values, gy) = (values(x)?, values(&gy)?);
        gradient_if_tracked(x, || self.input_gradient(&x_values, &gy))
    }
}

/// The distances of one input, as the formula above says them.
#[must_use]
pub fn reference(rbf: &network::Rbf, x: &[f64]) -> Vec<f64> {
    let distance =
        |bitmap: &Vec<i8>| bitmap.iter().zip(x).map(|(&bit, x)| (x - f64::from(bit)).powi(2)).sum();
    rbf.bitmaps.iter().map(distance).collect()
}
