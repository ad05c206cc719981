//! The inner loop of the convolution, forward and towards the input.

use std::ops::Range;

use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use super::super::tile::{balanced, with_size};
use crate::engine::lanes::{Cell, LANES, cells, cells_mut};

/// Columns of one tile: their sums stay in registers, a broadcast weight serves all of them.
const TILE: usize = 10;

/// A correlation of padded planes with kernels; all sizes are `[rows, columns]`.
#[derive(Clone, Debug)]
pub struct Correlation {
    pub source: [usize; 2],
    /// Rows of the source that may hold something else than padding; the others are skipped.
    pub live: Range<usize>,
    pub output: [usize; 2],
    pub kernel: [usize; 2],
    pub stride: [usize; 2],
    pub dilation: [usize; 2],
}

/// A source plane that an output map sees, and where its kernel begins among the weights.
#[derive(Clone, Copy, Debug)]
pub struct Tap {
    pub plane: usize,
    pub kernel: usize,
}

impl Correlation {
    /// Correlates every block of `source`, `[n/8, planes, rows, columns, 8]`; `taps` has an entry
    /// per output map.
    pub fn run(
        &self,
        source: &[f32],
        planes: usize,
        taps: &[Vec<Tap>],
        weights: &[f32],
        bias: &[f32],
    ) -> Vec<f32> {
        let level = Level::new();
        let block_size = planes * self.source[0] * self.source[1] * LANES;
        let map_size = self.output[0] * self.output[1] * LANES;
        let mut output = vec![0.0; source.len() / block_size * taps.len() * map_size];
        output.par_chunks_mut(map_size).enumerate().for_each(|(index, output)| {
            let (block, map) = (index / taps.len(), index % taps.len());
            let source = cells(&source[block * block_size..][..block_size]);
            let output = cells_mut(output);
            dispatch!(level, simd => self.map(simd, source, &taps[map], weights, bias[map], output));
        });
        output
    }

    /// One output map of one block.
    #[inline(always)]
    fn map<S: Simd>(
        &self,
        simd: S,
        source: &[Cell],
        taps: &[Tap],
        weights: &[f32],
        bias: f32,
        output: &mut [Cell],
    ) {
        for (y, row) in output.chunks_exact_mut(self.output[1]).enumerate() {
            for columns in balanced(self.output[1], TILE) {
                let x = columns.start;
                let tile = &mut row[columns];
                with_size!(tile.len(), [1 2 3 4 5 6 7 8 9 10], T => {
                    if self.stride[1] == 1 {
                        self.tile::<S, T, true>(simd, source, taps, weights, bias, [y, x], tile);
                    } else {
                        self.tile::<S, T, false>(simd, source, taps, weights, bias, [y, x], tile);
                    }
                });
            }
        }
    }

    /// `T` neighbouring units of one row; `DENSE` where the stride along it is 1.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "all of them belong in registers")]
    fn tile<S: Simd, const T: usize, const DENSE: bool>(
        &self,
        simd: S,
        source: &[Cell],
        taps: &[Tap],
        weights: &[f32],
        bias: f32,
        [y, x]: [usize; 2],
        output: &mut [Cell],
    ) {
        let [kernel_rows, kernel_columns] = self.kernel;
        let plane_size = self.source[0] * self.source[1];
        let step = if DENSE { 1 } else { self.stride[1] };
        let mut sums = [f32x8::splat(simd, bias); T];
        for tap in taps {
            let plane = &source[tap.plane * plane_size..][..plane_size];
            let kernel = &weights[tap.kernel..][..kernel_rows * kernel_columns];
            for (ky, kernel) in kernel.chunks_exact(kernel_columns).enumerate() {
                let row = y * self.stride[0] + ky * self.dilation[0];
                if !self.live.contains(&row) {
                    continue;
                }
                let row = &plane[row * self.source[1]..][..self.source[1]];
                for (kx, &weight) in kernel.iter().enumerate() {
                    let weight = f32x8::splat(simd, weight);
                    // The slice has exactly the tile's reach, so that no access is checked again.
                    let values = &row[x * step + kx * self.dilation[1]..][..=((T - 1) * step)];
                    for (t, sum) in sums.iter_mut().enumerate() {
                        *sum = weight.mul_add(f32x8::load_array_ref(simd, &values[t * step]), *sum);
                    }
                }
            }
        }
        for (cell, sum) in output.iter_mut().zip(sums) {
            sum.store_array(cell);
        }
    }
}
