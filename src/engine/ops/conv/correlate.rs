//! The inner loop of the convolution, forward and towards the input.
//!
//! A tile of neighbouring units in some output maps at once is kept in registers: a value that is loaded
//! serves all of its maps, a weight all of its columns. Where neighbouring units read neighbouring cells, a
//! vector holds two of them, which is what a register of 512 bits takes.

use std::ops::Range;

use fearless_simd::{Level, Simd, dispatch, f32x8, f32x16, prelude::*};
use rayon::prelude::*;

use super::super::jobs_at_once;
use super::super::tile::{balanced, registers, wide, with_size};
use crate::engine::lanes::LANES;

/// Output maps that see the same planes are summed together, so many at most.
const MAPS: usize = 3;
/// The same where a register holds two cells.
const WIDE_MAPS: usize = 4;
/// Registers of one map in a tile, by the number of maps: what keeps both multipliers busy and leaves room
/// for a value and the weights.
const TILES: [usize; WIDE_MAPS] = [7, 6, 4, 3];

/// How padded planes are correlated; all sizes are `[rows, columns]`.
#[derive(Clone, Debug)]
pub struct Geometry {
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

/// A correlation of `planes` planes per block with kernels.
#[derive(Clone, Debug)]
pub struct Correlation {
    geometry: Geometry,
    planes: usize,
    groups: Vec<Group>,
}

/// Neighbouring output maps that see the same planes.
#[derive(Clone, Debug)]
struct Group {
    first: usize,
    maps: usize,
    planes: Vec<usize>,
    /// For each plane the kernel of each map.
    kernels: Vec<usize>,
    /// Where its packed weights are.
    weights: Range<usize>,
}

impl Correlation {
    /// `taps` has an entry per output map.
    pub fn new(geometry: Geometry, planes: usize, taps: &[Vec<Tap>]) -> Self {
        let most = if wide(Level::new()) { WIDE_MAPS } else { MAPS };
        let seen = |map: usize| taps[map].iter().map(|tap| tap.plane);
        let mut groups: Vec<Group> = Vec::new();
        let (mut first, mut weights) = (0, 0);
        while first < taps.len() {
            let alike = (first + 1..taps.len()).take_while(|&map| seen(map).eq(seen(first)));
            // As even as can be: with three at most, four maps are two and two.
            let run = 1 + alike.count();
            for maps in balanced(run, most) {
                let (first, maps) = (first + maps.start, maps.len());
                let own = &taps[first..][..maps];
                let kernels: Vec<usize> = (0..taps[first].len())
                    .flat_map(|plane| own.iter().map(move |taps| taps[plane].kernel))
                    .collect();
                let end = weights + kernels.len() * geometry.kernel[0] * geometry.kernel[1];
                let planes = seen(first).collect();
                groups.push(Group { first, maps, planes, kernels, weights: weights..end });
                weights = end;
            }
            first += run;
        }
        Self { geometry, planes, groups }
    }

    /// The weights in the order in which they are read: for each group, plane and place in the kernel those
    /// of all maps.
    pub fn pack(&self, weights: &[f32]) -> Vec<f32> {
        let area = self.geometry.kernel[0] * self.geometry.kernel[1];
        let mut packed = Vec::with_capacity(self.groups.last().map_or(0, |last| last.weights.end));
        for group in &self.groups {
            for kernels in group.kernels.chunks_exact(group.maps) {
                for place in 0..area {
                    packed.extend(kernels.iter().map(|kernel| weights[kernel + place]));
                }
            }
        }
        packed
    }

    /// Correlates every block of `source`, `[n/8, planes, rows, columns, 8]`, with packed weights.
    pub fn run(&self, source: &[f32], weights: &[f32], bias: Option<&[f32]>, output: &mut [f32]) {
        let level = Level::new();
        let Geometry { source: [rows, columns], output: [height, width], .. } = self.geometry;
        let block_size = self.planes * rows * columns * LANES;
        let map_size = height * width * LANES;
        let mut rest = output;
        let mut jobs = Vec::with_capacity(source.len() / block_size * self.groups.len());
        for source in source.chunks_exact(block_size) {
            for group in &self.groups {
                let (own, others) = rest.split_at_mut(group.maps * map_size);
                rest = others;
                jobs.push((source, group, own));
            }
        }
        let work = weights.len() * height * width / self.groups.len().max(1);
        jobs.into_par_iter().with_min_len(jobs_at_once(work)).for_each(
            |(source, group, output)| {
                let maps = GroupOf { geometry: &self.geometry, source, group, weights, bias };
                dispatch!(level, simd => maps.run(simd, output));
            },
        );
    }
}

/// Some output maps of one block.
struct GroupOf<'a> {
    geometry: &'a Geometry,
    source: &'a [f32],
    group: &'a Group,
    weights: &'a [f32],
    bias: Option<&'a [f32]>,
}

impl GroupOf<'_> {
    #[inline(always)]
    fn run<S: Simd>(&self, simd: S, output: &mut [f32]) {
        let Geometry { stride, dilation, output: [_, width], .. } = self.geometry;
        if stride[1] == 1 && dilation[1] == 1 && *width > 1 {
            self.maps::<S, f32x16<S>, true>(simd, output);
        } else {
            self.maps::<S, f32x8<S>, false>(simd, output);
        }
    }

    /// With vectors of `V`; `DENSE` where stride and dilation along a row are 1.
    #[inline(always)]
    fn maps<S: Simd, V: SimdFloat<S, Element = f32>, const DENSE: bool>(
        &self,
        simd: S,
        output: &mut [f32],
    ) {
        with_size!(self.group.maps, [1 2 3 4], M => {
            let width = self.geometry.output[1];
            let cells = V::LEN / LANES;
            let most = longest::<S, V>(M).min(width / cells);
            for tile in balanced(width.div_ceil(cells), most) {
                // The last one may begin a column early, and computes that again.
                let x = (tile.start * cells).min(width - tile.len() * cells);
                with_size!(tile.len(), [1 2 3 4 5 6 7], T => {
                    // The others are not even compiled.
                    if const { T <= longest::<S, V>(M) } {
                        // A function of its own, which the compiler can keep in registers.
                        simd.vectorize(
                            #[inline(always)]
                            || self.strip::<S, V, M, T, DENSE>(simd, x, output),
                        );
                    }
                });
            }
        });
    }

    /// `T` vectors of neighbouring units from column `x` on, in all rows of `M` maps.
    #[inline(always)]
    #[expect(clippy::needless_range_loop, reason = "the arrays stay in registers this way")]
    fn strip<
        S: Simd,
        V: SimdFloat<S, Element = f32>,
        const M: usize,
        const T: usize,
        const DENSE: bool,
    >(
        &self,
        simd: S,
        x: usize,
        output: &mut [f32],
    ) {
        let Geometry { source, kernel: [rows, columns], stride, dilation, .. } = self.geometry;
        let [height, width] = self.geometry.output;
        let weights = self.weights[self.group.weights.clone()].as_chunks::<M>().0;
        let plane_size = source[0] * source[1] * LANES;
        let [step, dilated] = if DENSE { [1, 1] } else { [stride[1], dilation[1]] };
        // From the first cell of the tile to the last, and from one vector to the next.
        let reach = (T * V::LEN / LANES - 1) * step;
        let next = V::LEN / LANES * step * LANES;
        let live = self.geometry.live_columns(x * step, reach);
        let mut bias = [0.0; M];
        if let Some(all) = self.bias {
            bias.copy_from_slice(&all[self.group.first..][..M]);
        }
        for y in 0..height {
            let mut sums = [[V::splat(simd, 0.0); T]; M];
            for m in 0..M {
                sums[m] = [V::splat(simd, bias[m]); T];
            }
            for (kernel, &plane) in weights.chunks_exact(rows * columns).zip(&self.group.planes) {
                let plane = &self.source[plane * plane_size..][..plane_size];
                for (ky, weights) in kernel.chunks_exact(*columns).enumerate() {
                    let row = y * stride[0] + ky * dilation[0];
                    if !self.geometry.live[0].contains(&row) {
                        continue;
                    }
                    let row = &plane[(row * source[1] + x * step) * LANES..];
                    for kx in live.start..live.end {
                        let weights = &weights[kx];
                        // A slice of exactly the tile's reach: no access to it is checked.
                        let values = &row[kx * dilated * LANES..][..(reach + 1) * LANES];
                        for t in 0..T {
                            let value = V::from_slice(simd, &values[t * next..][..V::LEN]);
                            for m in 0..M {
                                let weight = V::splat(simd, weights[m]);
                                sums[m][t] = value.mul_add(weight, sums[m][t]);
                            }
                        }
                    }
                }
            }
            for m in 0..M {
                let first = ((m * height + y) * width + x) * LANES;
                let cells = &mut output[first..][..T * V::LEN];
                for t in 0..T {
                    sums[m][t].store_slice(&mut cells[t * V::LEN..][..V::LEN]);
                }
            }
        }
    }
}

/// Vectors of one map in a tile of some maps.
const fn longest<S: Simd, V: SimdBase<S>>(maps: usize) -> usize {
    let vectors = TILES[maps - 1] / registers::<S, V>();
    if vectors == 0 { 1 } else { vectors }
}

impl Geometry {
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
