//! The fully connected layer: `y[o] = b[o] + Σ w[o, i]·x[i]`.
//!
//! The three loops are shared with convolutions whose window is the whole input.

use candle_core::{CpuStorage, CustomOp3, Layout, Result, Tensor};
use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use super::tile::{balanced, with_size};
use super::{gradient_if_tracked, packed, planes, slice, values};
use crate::engine::lanes::{Cell, LANES, cells, cells_mut};
use crate::network::Shape;

/// Units (or inputs, on the way back) that are summed at once, sharing each value they load.
const TILE: usize = 8;

/// A fully connected layer: input `[n/8, c, h, w, 8]`, weight `[units, c·h·w]`, bias `[units]` →
/// `[n/8, c′, h′, w′, 8]` with c′·h′·w′ units.
#[derive(Clone, Copy, Debug)]
pub struct Linear {
    pub input: Shape,
    pub output: Shape,
}

impl CustomOp3 for Linear {
    fn name(&self) -> &'static str {
        "linear"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        weight: &CpuStorage,
        weight_layout: &Layout,
        bias: &CpuStorage,
        bias_layout: &Layout,
    ) -> Result<(CpuStorage, candle_core::Shape)> {
        let (x, weight) = (slice(x, x_layout)?, slice(weight, weight_layout)?);
        let y = forward(x, weight, slice(bias, bias_layout)?, self.input.iter().product());
        Ok(packed(y, self.output))
    }

    fn bwd(
        &self,
        x: &Tensor,
        weight: &Tensor,
        bias: &Tensor,
        _y: &Tensor,
        gy: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let gy = gy.contiguous()?;
        let (x_values, weight_values, gy) = (values(x)?, values(weight)?, values(&gy)?);
        let inputs = self.input.iter().product();
        let units = self.output.iter().product();
        Ok((
            gradient_if_tracked(x, || input_gradient(&gy, &weight_values, inputs))?,
            gradient_if_tracked(weight, || weight_gradient(&x_values, &gy, inputs, units))?,
            gradient_if_tracked(bias, || planes::map_sums(&gy, units, 1))?,
        ))
    }
}

/// y of every block; as many units as there are biases.
pub(super) fn forward(x: &[f32], weight: &[f32], bias: &[f32], inputs: usize) -> Vec<f32> {
    let level = Level::new();
    let mut y = vec![0.0; x.len() / inputs * bias.len()];
    y.par_chunks_mut(bias.len() * LANES).zip(x.par_chunks(inputs * LANES)).for_each(|(y, x)| {
        dispatch!(level, simd => forward_block(simd, cells(x), weight, bias, cells_mut(y)));
    });
    y
}

#[inline(always)]
fn forward_block<S: Simd>(simd: S, x: &[Cell], weight: &[f32], bias: &[f32], y: &mut [Cell]) {
    for units in balanced(y.len(), TILE) {
        let first = units.start;
        with_size!(units.len(), [1 2 3 4 5 6 7 8], T => {
            let mut sums: [f32x8<S>; T] =
                std::array::from_fn(|t| f32x8::splat(simd, bias[first + t]));
            let rows: [&[f32]; T] =
                std::array::from_fn(|t| &weight[(first + t) * x.len()..][..x.len()]);
            for (i, cell) in x.iter().enumerate() {
                let value = f32x8::load_array_ref(simd, cell);
                for (sum, row) in sums.iter_mut().zip(&rows) {
                    *sum = value.mul_add(f32x8::splat(simd, row[i]), *sum);
                }
            }
            for (cell, sum) in y[units].iter_mut().zip(sums) {
                sum.store_array(cell);
            }
        });
    }
}

/// `∂L/∂x[i] = Σ w[o, i]·gy[o]` of every block.
pub(super) fn input_gradient(gy: &[f32], weight: &[f32], inputs: usize) -> Vec<f32> {
    let level = Level::new();
    let units = weight.len() / inputs;
    let mut gx = vec![0.0; gy.len() / units * inputs];
    gx.par_chunks_mut(inputs * LANES).zip(gy.par_chunks(units * LANES)).for_each(|(gx, gy)| {
        dispatch!(level, simd => input_gradient_block(simd, cells(gy), weight, cells_mut(gx)));
    });
    gx
}

#[inline(always)]
fn input_gradient_block<S: Simd>(simd: S, gy: &[Cell], weight: &[f32], gx: &mut [Cell]) {
    let inputs = gx.len();
    for tile in balanced(inputs, TILE) {
        let first = tile.start;
        with_size!(tile.len(), [1 2 3 4 5 6 7 8], T => {
            let mut sums = [f32x8::splat(simd, 0.0); T];
            for (cell, row) in gy.iter().zip(weight.chunks_exact(inputs)) {
                let g = f32x8::load_array_ref(simd, cell);
                let weights = &row[first..][..T];
                for (sum, &weight) in sums.iter_mut().zip(weights) {
                    *sum = g.mul_add(f32x8::splat(simd, weight), *sum);
                }
            }
            for (cell, sum) in gx[tile].iter_mut().zip(sums) {
                sum.store_array(cell);
            }
        });
    }
}

/// Units and vectors of eight inputs whose weight gradients are summed at once.
const UNITS: usize = 4;
const VECTORS: usize = 3;

/// `∂L/∂w[o, i] = Σ gy[o]·x[i]` over all images, in parallel over units. The images move out of the
/// lanes first, so that eight inputs stand side by side and no lanes need adding up.
pub(super) fn weight_gradient(x: &[f32], gy: &[f32], inputs: usize, units: usize) -> Vec<f32> {
    let level = Level::new();
    let vectors = inputs.div_ceil(LANES);
    let mut images = vec![0.0; x.len() / inputs * vectors * LANES];
    images.par_chunks_mut(vectors * LANES * LANES).zip(x.par_chunks(inputs * LANES)).for_each(
        |(images, x)| {
            for (i, cell) in cells(x).iter().enumerate() {
                for (lane, &value) in cell.iter().enumerate() {
                    images[lane * vectors * LANES + i] = value;
                }
            }
        },
    );
    let mut gw = vec![0.0; units * inputs];
    gw.par_chunks_mut(UNITS * inputs).enumerate().for_each(|(index, gw)| {
        let rows = Rows { images: cells(&images), vectors, gy: cells(gy), units };
        dispatch!(level, simd => rows.gradient(simd, index * UNITS, gw, inputs));
    });
    gw
}

/// The inputs of every image as vectors of eight, and the gradients of all units.
struct Rows<'a> {
    images: &'a [Cell],
    vectors: usize,
    gy: &'a [Cell],
    units: usize,
}

impl Rows<'_> {
    /// The weights of the units from `unit` on, as many as `gw` has rows.
    #[inline(always)]
    fn gradient<S: Simd>(&self, simd: S, unit: usize, gw: &mut [f32], inputs: usize) {
        for vectors in balanced(self.vectors, VECTORS) {
            let columns = vectors.start * LANES..(vectors.end * LANES).min(inputs);
            with_size!(gw.len() / inputs, [1 2 3 4], U => {
                with_size!(vectors.len(), [1 2 3], V => {
                    let sums = self.tile::<S, U, V>(simd, unit, vectors.start);
                    for (gw, sums) in gw.chunks_exact_mut(inputs).zip(sums) {
                        let sums = sums.map(fearless_simd::SimdBase::to_array);
                        gw[columns.clone()]
                            .copy_from_slice(&sums.as_flattened()[..columns.len()]);
                    }
                });
            });
        }
    }

    #[inline(always)]
    fn tile<S: Simd, const U: usize, const V: usize>(
        &self,
        simd: S,
        unit: usize,
        vector: usize,
    ) -> [[f32x8<S>; V]; U] {
        let mut sums = [[f32x8::splat(simd, 0.0); V]; U];
        for (block, gy) in self.gy.chunks_exact(self.units).enumerate() {
            let gy = &gy[unit..][..U];
            for lane in 0..LANES {
                let image = &self.images[(block * LANES + lane) * self.vectors + vector..][..V];
                for (sums, gy) in sums.iter_mut().zip(gy) {
                    let g = f32x8::splat(simd, gy[lane]);
                    for (sum, x) in sums.iter_mut().zip(image) {
                        *sum = g.mul_add(f32x8::load_array_ref(simd, x), *sum);
                    }
                }
            }
        }
        sums
    }
}

/// The layer for one image, as the formula above says it.
#[must_use]
pub fn reference(x: &[f64], weight: &[f64], bias: &[f64]) -> Vec<f64> {
    let dot = |row: &[f64]| row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
    weight.chunks(x.len()).zip(bias).map(|(row, bias)| bias + dot(row)).collect()
}
