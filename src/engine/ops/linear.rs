//! The fully connected layer: `y[o] = b[o] + Σ w[o, i]·x[i]`.
//!
//! Convolutions whose window is the whole input are computed as one.

use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use super::tile::{balanced, with_size};
use super::{Own, Trained, jobs_at_once, volume};
use crate::engine::lanes::{Cell, LANES, cells, cells_mut};
use crate::network::Shape;

/// Units that are summed at once, sharing each value they load.
const TILE: usize = 8;
/// Images and vectors of inputs that are summed at once on the way back to the inputs; units and vectors on
/// the way to the weights.
const ROWS: usize = 4;
const VECTORS: usize = 3;

/// A fully connected layer: input `[n/8, c, h, w, 8]`, weight `[units, c·h·w]`, bias `[units]` →
/// `[n/8, c′, h′, w′, 8]` with c′·h′·w′ units.
#[derive(Clone, Copy, Debug)]
pub struct Linear {
    pub input: Shape,
    pub output: Shape,
}

impl Linear {
    fn inputs(&self) -> usize {
        volume(self.input)
    }

    fn units(&self) -> usize {
        volume(self.output)
    }
}

impl Trained for Linear {
    fn shapes(&self) -> [Shape; 2] {
        [self.input, self.output]
    }

    fn forward(&self, x: &[f32], own: Own<'_>, y: &mut [f32]) {
        let (level, inputs, units) = (Level::new(), self.inputs(), self.units());
        let blocks = y.par_chunks_mut(units * LANES).zip(x.par_chunks(inputs * LANES));
        blocks.with_min_len(jobs_at_once(units * inputs)).for_each(|(y, x)| {
            let (x, y) = (cells(x), cells_mut(y));
            dispatch!(level, simd => forward_block(simd, x, own.weight, own.bias, y));
        });
    }

    /// `∂L/∂x[i] = Σ w[o, i]·gy[o]`.
    fn input_gradient(&self, gy: &[f32], own: Own<'_>, gx: &mut [f32]) {
        let (level, inputs, units) = (Level::new(), self.inputs(), self.units());
        let blocks = gx.par_chunks_mut(inputs * LANES).zip(gy.par_chunks(units * LANES));
        blocks.with_min_len(jobs_at_once(units * inputs)).for_each(|(gx, gy)| {
            let (gy, gx) = (cells(gy), cells_mut(gx));
            dispatch!(level, simd => input_gradient_block(simd, gy, own.weight, gx));
        });
    }

    /// `∂L/∂w[o, i] = Σ gy[o]·x[i]` over all images, in parallel over units. The images move out of the
    /// lanes first, so that inputs stand side by side as the weights do.
    fn weight_gradient(&self, x: &[f32], gy: &[f32], gw: &mut [f32]) {
        let (level, inputs, units) = (Level::new(), self.inputs(), self.units());
        let mut images = Vec::with_capacity(x.len());
        for x in x.chunks_exact(inputs * LANES) {
            for lane in 0..LANES {
                images.extend(cells(x).iter().map(|cell| cell[lane]));
            }
        }
        let rows = gw.par_chunks_mut(ROWS * inputs).enumerate();
        let work = ROWS * inputs * (x.len() / LANES / inputs);
        rows.with_min_len(jobs_at_once(work)).for_each(|(index, gw)| {
            let rows = Rows { images: &images, inputs, gy: cells(gy), units };
            dispatch!(level, simd => rows.add_gradient(simd, index * ROWS, gw));
        });
    }
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

#[inline(always)]
#[expect(clippy::needless_range_loop, reason = "the arrays stay in registers this way")]
fn input_gradient_block<S: Simd>(simd: S, gy: &[Cell], weight: &[f32], gx: &mut [Cell]) {
    let inputs = gx.len();
    for vectors in balanced(inputs.div_ceil(S::f32s::LEN), VECTORS) {
        let first = vectors.start * S::f32s::LEN;
        with_size!(vectors.len(), [1 2 3], V => {
            for lanes in [0..ROWS, ROWS..LANES] {
                let mut sums = [[S::f32s::splat(simd, 0.0); V]; ROWS];
                for (cell, row) in gy.iter().zip(weight.chunks_exact(inputs)) {
                    let weights = &row[first..];
                    for v in 0..V {
                        let weight = load(simd, weights, v);
                        for r in 0..ROWS {
                            let g = S::f32s::splat(simd, cell[lanes.start + r]);
                            sums[r][v] = weight.mul_add(g, sums[r][v]);
                        }
                    }
                }
                let gx = &mut gx[first..];
                for (lane, sums) in lanes.zip(sums) {
                    for (cells, sum) in gx.chunks_mut(S::f32s::LEN).zip(sums) {
                        for (cell, &value) in cells.iter_mut().zip(sum.as_slice()) {
                            cell[lane] = value;
                        }
                    }
                }
            }
        });
    }
}

/// The inputs of every image side by side, and the gradients of all units.
struct Rows<'a> {
    images: &'a [f32],
    inputs: usize,
    gy: &'a [Cell],
    units: usize,
}

impl Rows<'_> {
    /// Adds to the weights of the units from `unit` on, as many as `gw` has rows.
    #[inline(always)]
    fn add_gradient<S: Simd>(&self, simd: S, unit: usize, gw: &mut [f32]) {
        for vectors in balanced(self.inputs.div_ceil(S::f32s::LEN), VECTORS) {
            let first = vectors.start * S::f32s::LEN;
            with_size!(gw.len() / self.inputs, [1 2 3 4], U => {
                with_size!(vectors.len(), [1 2 3], V => {
                    simd.vectorize(
                        #[inline(always)]
                        || self.tile::<S, U, V>(simd, unit, first, gw),
                    );
                });
            });
        }
    }

    /// `V` vectors of inputs from number `first` on, of `U` units.
    #[inline(always)]
    #[expect(clippy::needless_range_loop, reason = "the arrays stay in registers this way")]
    fn tile<S: Simd, const U: usize, const V: usize>(
        &self,
        simd: S,
        unit: usize,
        first: usize,
        gw: &mut [f32],
    ) {
        let mut sums = [[S::f32s::splat(simd, 0.0); V]; U];
        for (sums, gw) in sums.iter_mut().zip(gw.chunks_exact(self.inputs)) {
            for (v, sum) in sums.iter_mut().enumerate() {
                *sum = load(simd, &gw[first..], v);
            }
        }
        let blocks = self.images.chunks_exact(self.inputs * LANES);
        for (images, gy) in blocks.zip(self.gy.chunks_exact(self.units)) {
            let gy = &gy[unit..][..U];
            for (lane, image) in images.chunks_exact(self.inputs).enumerate() {
                let image = &image[first..];
                for v in 0..V {
                    let x = load(simd, image, v);
                    for u in 0..U {
                        let g = S::f32s::splat(simd, gy[u][lane]);
                        sums[u][v] = x.mul_add(g, sums[u][v]);
                    }
                }
            }
        }
        for (sums, gw) in sums.iter().zip(gw.chunks_exact_mut(self.inputs)) {
            for (gw, sum) in gw[first..].chunks_mut(S::f32s::LEN).zip(sums) {
                if gw.len() == S::f32s::LEN {
                    sum.store_slice(gw);
                } else {
                    gw.copy_from_slice(&sum.as_slice()[..gw.len()]);
                }
            }
        }
    }
}

/// Vector number `v` of a row; zeros behind its end.
#[inline(always)]
fn load<S: Simd>(simd: S, row: &[f32], v: usize) -> S::f32s {
    let from = &row[v * S::f32s::LEN..];
    if let Some(whole) = from.get(..S::f32s::LEN) {
        return S::f32s::from_slice(simd, whole);
    }
    let mut rest = S::f32s::splat(simd, 0.0);
    rest.as_mut_slice()[..from.len()].copy_from_slice(from);
    rest
}

/// The layer for one image, as the formula above says it.
#[must_use]
pub fn reference(x: &[f64], weight: &[f64], bias: &[f64]) -> Vec<f64> {
    let dot = |row: &[f64]| row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
    weight.chunks(x.len()).zip(bias).map(|(row, bias)| bias + dot(row)).collect()
}
