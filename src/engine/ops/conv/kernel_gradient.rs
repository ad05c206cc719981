//! The gradient of a convolution's kernels.
//!
//! ```text
//! ∂L/∂w[o, slot, ky, kx] =
//!     Σ over images, y, x of gy[o, y, x] · x[c, y·stride + ky·dilation, x·stride + kx·dilation]
//! ```
//!
//! with the input already padded. Five neighbouring taps of the kernels of some maps that see the same plane
//! are summed at once, in lanes; the lanes are added up once at the end.

use std::ops::Range;

use fearless_simd::{Level, Simd, dispatch, f32x8, f32x16, prelude::*};
use rayon::prelude::*;

use super::super::jobs_at_once;
use super::super::tile::{balanced, wide, with_size};
use super::correlate::Tap;
use crate::engine::lanes::LANES;
use crate::network::{Shape, Window};

/// Taps and output maps summed in one pass.
const TAPS: usize = 5;
const MAPS: usize = 2;
/// The same where a register holds two cells and there are twice as many.
const WIDE_MAPS: usize = 3;

/// The gradient of all kernels of a convolution.
#[derive(Clone, Debug)]
pub struct KernelGradient {
    window: Window,
    /// Of a padded input plane, and how many there are.
    source: [usize; 2],
    planes: usize,
    output: Shape,
    jobs: Vec<Job>,
}

/// The kernels between one plane and some output maps that see it.
#[derive(Clone, Debug)]
struct Job {
    plane: usize,
    maps: Vec<usize>,
    /// Where each map's kernel begins among the weights.
    kernels: Vec<usize>,
}

impl KernelGradient {
    /// `readers` has for each input plane the output maps that see it, as the taps of the way back.
    pub fn new(readers: &[Vec<Tap>], window: Window, source: [usize; 2], output: Shape) -> Self {
        let most = if wide(Level::new()) { WIDE_MAPS } else { MAPS };
        let mut jobs = Vec::new();
        for (plane, taps) in readers.iter().enumerate() {
            for some in balanced(taps.len(), most) {
                let (maps, kernels) = taps[some].iter().map(|tap| (tap.plane, tap.kernel)).unzip();
                jobs.push(Job { plane, maps, kernels });
            }
        }
        Self { window, source, planes: readers.len(), output, jobs }
    }

    /// Adds to the gradient `[maps, slots, kh, kw]`; kernels without a link stay as they are. In parallel
    /// over kernels.
    pub fn add(&self, source: &[f32], gy: &[f32], gradient: &mut [f32]) {
        let (level, area) = (Level::new(), self.window.area());
        let kernels: usize = self.jobs.iter().map(|job| job.maps.len()).sum();
        let mut found = vec![0.0; kernels * area];
        let mut rest = found.as_mut_slice();
        let mut jobs = Vec::with_capacity(self.jobs.len());
        for job in &self.jobs {
            let (own, others) = rest.split_at_mut(job.maps.len() * area);
            rest = others;
            jobs.push((job, own));
        }
        let work = gy.len() / LANES * self.planes * area / self.jobs.len().max(1);
        jobs.into_par_iter().with_min_len(jobs_at_once(work)).for_each(|(job, found)| {
            let pass = Pass { shape: self, job, source, gy };
            dispatch!(level, simd => pass.run(simd, found));
        });
        let places = self.jobs.iter().flat_map(|job| &job.kernels);
        for (&place, found) in places.zip(found.chunks_exact(area)) {
            let sums = &mut gradient[place..][..area];
            sums.iter_mut().zip(found).for_each(|(sum, found)| *sum += found);
        }
    }
}

/// One job on some blocks.
struct Pass<'a> {
    shape: &'a KernelGradient,
    job: &'a Job,
    source: &'a [f32],
    gy: &'a [f32],
}

impl Pass<'_> {
    /// Fills the kernels of all maps, one after the other.
    #[inline(always)]
    fn run<S: Simd>(&self, simd: S, found: &mut [f32]) {
        with_size!(self.job.maps.len(), [1 2 3], M => {
            let Window { kernel, stride, .. } = self.shape.window;
            for row in 0..kernel[0] {
                for taps in balanced(kernel[1], TAPS) {
                    let first = [row, taps.start];
                    with_size!(taps.len(), [1 2 3 4 5], T => {
                        // A function of its own, which the compiler can keep in registers.
                        let sums: [[f32; T]; M] = simd.vectorize(
                            #[inline(always)]
                            || if const { S::f32s::LEN == 2 * LANES } && stride[1] == 1 {
                                self.two_columns(simd, first)
                            } else {
                                let all = 0..self.shape.output[2];
                                self.columns::<S, f32x8<S>, M, T>(simd, first, all)
                            },
                        );
                        for (m, sums) in sums.iter().enumerate() {
                            let first = (m * kernel[0] + row) * kernel[1] + taps.start;
                            found[first..][..T].copy_from_slice(sums);
                        }
                    });
                }
            }
        });
    }

    /// Two columns of a row at once, and the last alone where their number is odd.
    #[inline(always)]
    fn two_columns<S: Simd, const M: usize, const T: usize>(
        &self,
        simd: S,
        first: [usize; 2],
    ) -> [[f32; T]; M] {
        let columns = self.shape.output[2];
        let even = columns / 2 * 2;
        let mut sums = self.columns::<S, f32x16<S>, M, T>(simd, first, 0..even);
        if even < columns {
            let rest = self.columns::<S, f32x8<S>, M, T>(simd, first, even..columns);
            for (sum, rest) in sums.as_flattened_mut().iter_mut().zip(rest.as_flattened()) {
                *sum += rest;
            }
        }
        sums
    }

    /// `T` neighbouring taps of `M` kernels from the place `[ky, kx]` on, summed over some columns of the output.
    #[inline(always)]
    fn columns<S: Simd, V: SimdFloat<S, Element = f32>, const M: usize, const T: usize>(
        &self,
        simd: S,
        [ky, kx]: [usize; 2],
        columns: Range<usize>,
    ) -> [[f32; T]; M] {
        let KernelGradient { window, source: [height, width], planes, output, .. } = self.shape;
        let Window { stride, dilation, .. } = *window;
        let (source_area, area) = (height * width * LANES, output[1] * output[2] * LANES);
        let cells = V::LEN / LANES;
        let reach = (T - 1) * dilation[1] * LANES + V::LEN;
        let mut sums = [[V::splat(simd, 0.0); T]; M];
        let blocks = self.source.chunks_exact(planes * source_area);
        for (source, gy) in blocks.zip(self.gy.chunks_exact(output[0] * area)) {
            let source = &source[self.job.plane * source_area..][..source_area];
            let mut of_maps: [&[f32]; M] = [&[]; M];
            for m in 0..M {
                of_maps[m] = &gy[self.job.maps[m] * area..][..area];
            }
            for y in 0..output[1] {
                let row = (y * stride[0] + ky * dilation[0]) * width + kx * dilation[1];
                let mut x = columns.start;
                while x < columns.end {
                    let taps = &source[(row + x * stride[1]) * LANES..][..reach];
                    let place = (y * output[2] + x) * LANES;
                    let mut gys = [V::splat(simd, 0.0); M];
                    for m in 0..M {
                        gys[m] = V::from_slice(simd, &of_maps[m][place..][..V::LEN]);
                    }
                    for t in 0..T {
                        let tap = &taps[t * dilation[1] * LANES..][..V::LEN];
                        let value = V::from_slice(simd, tap);
                        for m in 0..M {
                            sums[m][t] = gys[m].mul_add(value, sums[m][t]);
                        }
                    }
                    x += cells;
                }
            }
        }
        let mut totals = [[0.0; T]; M];
        for m in 0..M {
            for t in 0..T {
                totals[m][t] = sums[m][t].reduce_sum();
            }
        }
        totals
    }
}
