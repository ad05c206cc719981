//! The inner loop of the convolution, forward and towards the input.
//!
//! A tile of neighbouring units in some output maps at once is kept in registers: a value that is loaded
//! serves all of its maps, a weight all of its columns.

use std::ops::Range;

use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use super::super::tile::{balanced, with_size};
use crate::engine::lanes::{Cell, LANES, cells, cells_mut};

/// Output maps that see the same planes are summed together, so many at most.
const MAPS: usize = 3;
/// Columns of one tile, of several maps and of one alone.
const TILE: usize = 4;
const LONG_TILE: usize = 8;

/// A correlation of padded planes with kernels; all sizes are `[rows, columns]`.
#[derive(Clone, Debug)]
pub struct Correlation {
    pub source: [usize; 2],
    /// Rows and columns of the source that may hold something else than padding; the others are skipped.
    pub live: [Range<usize>; 2],
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

/// Neighbouring output maps that see the same planes.
struct Group {
    first: usize,
    maps: usize,
    planes: Vec<usize>,
    /// For each plane and place in the kernel the weight of each map, next to each other.
    weights: Vec<f32>,
}

impl Group {
    /// All maps in groups.
    fn all(taps: &[Vec<Tap>], area: usize, weights: &[f32]) -> Vec<Self> {
        let planes = |map: usize| taps[map].iter().map(|tap| tap.plane);
        let mut groups = Vec::new();
        let mut first = 0;
        while first < taps.len() {
            let alike = (first + 1..taps.len()).take_while(|&map| planes(map).eq(planes(first)));
            // As even as can be: four maps are two and two.
            let run = 1 + alike.count();
            for maps in balanced(run, MAPS) {
                groups.push(Self::of(first + maps.start, maps.len(), taps, area, weights));
            }
            first += run;
        }
        groups
    }

    fn of(first: usize, maps: usize, taps: &[Vec<Tap>], area: usize, all: &[f32]) -> Self {
        let planes: Vec<usize> = taps[first].iter().map(|tap| tap.plane).collect();
        let mut weights = Vec::with_capacity(planes.len() * area * maps);
        for plane in 0..planes.len() {
            for place in 0..area {
                let of_maps = taps[first..][..maps].iter().map(|taps| taps[plane].kernel + place);
                weights.extend(of_maps.map(|weight| all[weight]));
            }
        }
        Self { first, maps, planes, weights }
    }
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
        let groups = Group::all(taps, self.kernel[0] * self.kernel[1], weights);
        let mut output = vec![0.0; source.len() / block_size * taps.len() * map_size];
        let mut rest = output.as_mut_slice();
        let mut jobs = Vec::with_capacity(source.len() / block_size * groups.len());
        for source in source.chunks_exact(block_size) {
            for group in &groups {
                let (own, others) = rest.split_at_mut(group.maps * map_size);
                rest = others;
                jobs.push((source, group, own));
            }
        }
        jobs.into_par_iter().for_each(|(source, group, output)| {
            let (source, output) = (cells(source), cells_mut(output));
            dispatch!(level, simd => self.group(simd, source, group, bias, output));
        });
        output
    }

    /// Some output maps of one block.
    #[inline(always)]
    fn group<S: Simd>(
        &self,
        simd: S,
        source: &[Cell],
        group: &Group,
        bias: &[f32],
        output: &mut [Cell],
    ) {
        with_size!(group.maps, [2 3], M => {
            let weights = group.weights.as_chunks::<M>().0;
            for (y, x) in self.tiles(TILE) {
                let at = [y, x.start];
                with_size!(x.len(), [1 2 3 4], T => {
                    self.tile::<S, M, T>(simd, source, group, weights, bias, at, output);
                });
            }
        }, else {
            let weights = group.weights.as_chunks::<1>().0;
            for (y, x) in self.tiles(LONG_TILE) {
                let at = [y, x.start];
                with_size!(x.len(), [1 2 3 4 5 6 7 8], T => {
                    self.tile::<S, 1, T>(simd, source, group, weights, bias, at, output);
                });
            }
        });
    }

    /// Rows of the output, cut into tiles of columns.
    fn tiles(&self, most: usize) -> impl Iterator<Item = (usize, Range<usize>)> {
        let columns = self.output[1];
        (0..self.output[0]).flat_map(move |y| balanced(columns, most).map(move |x| (y, x)))
    }

    /// `T` neighbouring units of one row in `M` maps.
    #[inline(always)]
    #[expect(clippy::too_many_arguments, reason = "all of them belong in registers")]
    fn tile<S: Simd, const M: usize, const T: usize>(
        &self,
        simd: S,
        source: &[Cell],
        group: &Group,
        weights: &[[f32; M]],
        bias: &[f32],
        [y, x]: [usize; 2],
        output: &mut [Cell],
    ) {
        let sums: [[f32x8<S>; T]; M] =
            std::array::from_fn(|m| [f32x8::splat(simd, bias[group.first + m]); T]);
        let sums = if self.stride[1] == 1 && self.dilation[1] == 1 {
            self.sums::<S, M, T, true>(simd, source, &group.planes, weights, [y, x], sums)
        } else {
            self.sums::<S, M, T, false>(simd, source, &group.planes, weights, [y, x], sums)
        };
        for (m, sums) in sums.into_iter().enumerate() {
            let first = (m * self.output[0] + y) * self.output[1] + x;
            for (cell, sum) in output[first..][..T].iter_mut().zip(sums) {
                sum.store_array(cell);
            }
        }
    }

    /// Adds all products; `DENSE` where stride and dilation along a row are 1.
    #[inline(always)]
    fn sums<S: Simd, const M: usize, const T: usize, const DENSE: bool>(
        &self,
        simd: S,
        source: &[Cell],
        planes: &[usize],
        weights: &[[f32; M]],
        [y, x]: [usize; 2],
        mut sums: [[f32x8<S>; T]; M],
    ) -> [[f32x8<S>; T]; M] {
        let [rows, columns] = self.kernel;
        let plane_size = self.source[0] * self.source[1];
        let [step, dilation] = if DENSE { [1, 1] } else { [self.stride[1], self.dilation[1]] };
        let reach = (T - 1) * step;
        let live = self.live_columns(x * step, reach);
        let Some(last) = live.clone().next_back() else { return sums };
        for (plane, kernel) in planes.iter().zip(weights.chunks_exact(rows * columns)) {
            let plane = &source[plane * plane_size..][..plane_size];
            for (ky, weights) in kernel.chunks_exact(columns).enumerate() {
                let row = y * self.stride[0] + ky * self.dilation[0];
                if !self.live[0].contains(&row) {
                    continue;
                }
                let row = &plane[row * self.source[1] + x * step..];
                let row = &row[live.start * dilation..=last * dilation + reach];
                // Slices of exactly the tile's reach: no access inside the loop is checked.
                let weights = &weights[live.clone()];
                if DENSE {
                    for (values, weights) in row.windows(T).zip(weights) {
                        add(simd, &mut sums, values, 1, weights);
                    }
                } else {
                    for (values, weights) in row.windows(reach + 1).step_by(dilation).zip(weights) {
                        add(simd, &mut sums, values, step, weights);
                    }
                }
            }
        }
        sums
    }

    /// The columns of the kernel that meet anything but padding in a tile from column `first` of the source
    /// to `reach` columns further.
    #[inline(always)]
    fn live_columns(&self, first: usize, reach: usize) -> Range<usize> {
        let (live, dilation) = (&self.live[1], self.dilation[1]);
        let start = live.start.saturating_sub(first + reach).div_ceil(dilation);
        let end = live.end.saturating_sub(first).div_ceil(dilation).min(self.kernel[1]);
        start.min(end)..end
    }
}

/// Adds the products of `T` values with one weight per map.
#[inline(always)]
fn add<S: Simd, const M: usize, const T: usize>(
    simd: S,
    sums: &mut [[f32x8<S>; T]; M],
    values: &[Cell],
    step: usize,
    weights: &[f32; M],
) {
    let weights = weights.map(|weight| f32x8::splat(simd, weight));
    for t in 0..T {
        let value = f32x8::load_array_ref(simd, &values[t * step]);
        for (sums, weight) in sums.iter_mut().zip(weights) {
            sums[t] = weight.mul_add(value, sums[t]);
        }
    }
}
