//! The locally connected layer: a convolution's wiring, with a kernel and a bias of its own for every
//! unit.
//!
//! ```text
//! y[o, y, x] = b[o, y, x] + Σ over c, ky, kx of
//!     w[o, y, x, c, ky, kx] · x[c, y·stride − top + ky·dilation, x·stride − left + kx·dilation]
//! ```

use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use super::planes::{Margin, Placement};
use super::tile::{balanced, with_size};
use super::{Own, Trained, jobs_at_once, volume};
use crate::engine::lanes::{Cell, LANES, cells, cells_mut};
use crate::network::{self, Shape, Window};

/// Neighbouring units that are summed at once.
const TILE: usize = 8;

/// A locally connected layer over an input of one shape: input `[n/8, c, h, w, 8]`, weight
/// `[maps, h′, w′, c, kh, kw]`, bias `[maps, h′, w′]` → `[n/8, maps, h′, w′, 8]`.
#[derive(Clone, Copy, Debug)]
pub struct Local {
    pub window: Window,
    pub input: Shape,
    pub output: Shape,
}

impl Local {
    fn padded(&self) -> Placement {
        let [_, h, w] = self.input;
        Placement::padded([h, w], self.window.padding)
    }

    /// Values of a padded block.
    fn block(&self) -> usize {
        let [rows, columns] = self.padded().to;
        self.input[0] * rows * columns * LANES
    }

    /// Weights of one unit.
    fn kernel(&self) -> usize {
        self.input[0] * self.window.area()
    }

    /// The rows of a padded block that a unit at row `y`, column `x` reads, in the order of its weights: each
    /// as the place of its first cell.
    #[inline(always)]
    fn rows(&self, y: usize, x: usize) -> impl Iterator<Item = usize> {
        let [h, w] = self.padded().to;
        let Window { kernel, stride, dilation, .. } = self.window;
        (0..self.input[0]).flat_map(move |c| {
            (0..kernel[0])
                .map(move |ky| (c * h + y * stride[0] + ky * dilation[0]) * w + x * stride[1])
        })
    }

    #[inline(always)]
    fn forward_block<S: Simd>(
        &self,
        simd: S,
        x: &[Cell],
        weight: &[f32],
        bias: &[f32],
        y: &mut [Cell],
    ) {
        let [_, rows, columns] = self.output;
        for (line, y) in y.chunks_exact_mut(columns).enumerate() {
            for tile in balanced(columns, TILE) {
                let (unit, at) = (line * columns + tile.start, [line % rows, tile.start]);
                with_size!(tile.len(), [1 2 3 4 5 6 7 8], T => {
                    let sums: [f32x8<S>; T] = self.tile(simd, x, weight, bias, unit, at);
                    for (cell, sum) in y[tile].iter_mut().zip(sums) {
                        sum.store_array(cell);
                    }
                });
            }
        }
    }

    /// `T` neighbouring units from number `unit` on, each with weights of its own.
    #[inline(always)]
    fn tile<S: Simd, const T: usize>(
        &self,
        simd: S,
        x: &[Cell],
        weight: &[f32],
        bias: &[f32],
        unit: usize,
        [row, column]: [usize; 2],
    ) -> [f32x8<S>; T] {
        let (kernel, columns) = (self.kernel(), self.window.kernel[1]);
        let (step, dilation) = (self.window.stride[1], self.window.dilation[1]);
        let mut sums: [f32x8<S>; T] = std::array::from_fn(|t| f32x8::splat(simd, bias[unit + t]));
        let weights: [&[f32]; T] =
            std::array::from_fn(|t| &weight[(unit + t) * kernel..][..kernel]);
        for (line, start) in self.rows(row, column).enumerate() {
            for kx in 0..columns {
                let values = &x[start + kx * dilation..][..=((T - 1) * step)];
                for (t, sum) in sums.iter_mut().enumerate() {
                    let value = f32x8::load_array_ref(simd, &values[t * step]);
                    let weight = f32x8::splat(simd, weights[t][line * columns + kx]);
                    *sum = value.mul_add(weight, *sum);
                }
            }
        }
        sums
    }

    #[inline(always)]
    fn input_gradient_block<S: Simd>(&self, simd: S, gy: &[Cell], weight: &[f32], gx: &mut [Cell]) {
        let [_, rows, columns] = self.output;
        let (taps, dilation) = (self.window.kernel[1], self.window.dilation[1]);
        for (unit, cell) in gy.iter().enumerate() {
            let g = f32x8::load_array_ref(simd, cell);
            let kernel = &weight[unit * self.kernel()..][..self.kernel()];
            let starts = self.rows(unit / columns % rows, unit % columns);
            for (start, weights) in starts.zip(kernel.chunks_exact(taps)) {
                let cells = &mut gx[start..][..=((taps - 1) * dilation)];
                for (cell, &weight) in cells.iter_mut().step_by(dilation).zip(weights) {
                    let sum = f32x8::load_array_ref(simd, cell);
                    g.mul_add(f32x8::splat(simd, weight), sum).store_array(cell);
                }
            }
        }
    }

    #[inline(always)]
    fn kernel_gradient<'a, S: Simd>(
        &self,
        simd: S,
        unit: usize,
        blocks: impl Iterator<Item = (&'a [Cell], &'a Cell)> + Clone,
        gw: &mut [f32],
    ) {
        let [_, rows, columns] = self.output;
        let (taps, dilation) = (self.window.kernel[1], self.window.dilation[1]);
        let starts = self.rows(unit / columns % rows, unit % columns);
        for (start, gw) in starts.zip(gw.chunks_exact_mut(taps)) {
            for (kx, gw) in gw.iter_mut().enumerate() {
                let mut sum = f32x8::splat(simd, 0.0);
                for (x, gy) in blocks.clone() {
                    let g = f32x8::load_array_ref(simd, gy);
                    sum = g.mul_add(f32x8::load_array_ref(simd, &x[start + kx * dilation]), sum);
                }
                *gw += sum.reduce_sum();
            }
        }
    }
}

impl Trained for Local {
    fn shapes(&self) -> [Shape; 2] {
        [self.input, self.output]
    }

    fn forward(&self, x: &[f32], own: Own<'_>, y: &mut [f32]) {
        let (level, block) = (Level::new(), self.block());
        Margin::new(self.padded()).spread(x, |x| {
            y.par_chunks_mut(own.bias.len() * LANES).zip(x.par_chunks(block)).for_each(|(y, x)| {
                let (x, y) = (cells(x), cells_mut(y));
                dispatch!(level, simd => self.forward_block(simd, x, own.weight, own.bias, y));
            });
        });
    }

    fn input_gradient(&self, gy: &[f32], own: Own<'_>, gx: &mut [f32]) {
        let (level, block) = (Level::new(), self.block());
        let outputs = volume(self.output) * LANES;
        Margin::new(self.padded()).gather(gx, |gx| {
            gx.par_chunks_mut(block).zip(gy.par_chunks(outputs)).for_each(|(gx, gy)| {
                let (gy, gx) = (cells(gy), cells_mut(gx));
                gx.fill([0.0; LANES]);
                dispatch!(level, simd => self.input_gradient_block(simd, gy, own.weight, gx));
            });
        });
    }

    /// In parallel over units: each has weights of its own.
    fn weight_gradient(&self, x: &[f32], gy: &[f32], gw: &mut [f32]) {
        let (level, units) = (Level::new(), volume(self.output));
        let block = self.block() / LANES;
        Margin::new(self.padded()).spread(x, |x| {
            let kernels = gw.par_chunks_mut(self.kernel()).enumerate();
            let work = self.kernel() * (cells(x).len() / block);
            kernels.with_min_len(jobs_at_once(work)).for_each(|(unit, gw)| {
                let gy = cells(gy).iter().skip(unit).step_by(units);
                let blocks = cells(x).chunks(block).zip(gy);
                dispatch!(level, simd => self.kernel_gradient(simd, unit, blocks, gw));
            });
        });
    }
}

/// The layer for one image `[c, h, w]`, as the formula above says it.
#[must_use]
pub fn reference(
    local: &network::Local,
    [c, h, w]: Shape,
    [maps, rows, columns]: Shape,
    x: &[f64],
    weight: &[f64],
    bias: &[f64],
) -> Vec<f64> {
    let mut weights = weight.iter();
    let mut output = Vec::with_capacity(maps * rows * columns);
    for (unit, &bias) in bias.iter().enumerate() {
        let (row, column) = (unit / columns % rows, unit % columns);
        let mut sum = bias;
        for channel in 0..c {
            for y in local.window.taps(0, row as i64).positions() {
                for x_ in local.window.taps(1, column as i64).positions() {
                    let weight = weights.next().copied().unwrap_or_default();
                    if (0..h as i64).contains(&y) && (0..w as i64).contains(&x_) {
                        sum += weight * x[(channel * h + y as usize) * w + x_ as usize];
                    }
                }
            }
        }
        output.push(sum);
    }
    output
}
