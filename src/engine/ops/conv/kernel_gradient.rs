//! The gradient of a convolution's kernels.
//!
//! ```text
//! ∂L/∂w[o, slot, ky, kx] =
//!     Σ over images, y, x of gy[o, y, x] · x[c, y·stride + ky·dilation, x·stride + kx·dilation]
//! ```
//!
//! with the input already padded. Five taps of the kernels of two maps are summed at once, in lanes; the lanes
//! are added up once at the end.

use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use super::super::tile::{balanced, with_size};
use crate::engine::lanes::{Cell, cells};
use crate::network::connectivity::Link;
use crate::network::{self, Window};

/// Taps and output maps summed in one pass.
const TAPS: usize = 5;
const MAPS: usize = 2;

/// The sizes: `source` is the padded input plane, `planes` how many of them a block has.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub window: Window,
    pub source: [usize; 2],
    pub planes: usize,
    pub output: network::Shape,
    pub slots: usize,
}

/// The gradient `[maps, slots, kh, kw]`; kernels without a link stay 0. In parallel over output maps.
pub fn run(shape: &Shape, links: &[Vec<Link>], source: &[f32], gy: &[f32]) -> Vec<f32> {
    let level = Level::new();
    let area = shape.window.area();
    let of_map = shape.slots * area;
    let mut gradient = vec![0.0; links.len() * of_map];
    gradient.par_chunks_mut(MAPS * of_map).enumerate().for_each(|(index, kernels)| {
        let first = index * MAPS;
        let planes = Planes { shape, source: cells(source), gy: cells(gy) };
        for slot in 0..shape.slots {
            let channels: Vec<Option<usize>> = links[first..][..kernels.len() / of_map]
                .iter()
                .map(|links| links.iter().find(|link| link.slot == slot).map(|l| l.channel))
                .collect();
            match channels[..] {
                // Both maps see the same plane: what is loaded serves both.
                [Some(channel), Some(other)] if channel == other => {
                    let (one, two) = kernels.split_at_mut(of_map);
                    let kernels = [one, two].map(|kernel| &mut kernel[slot * area..][..area]);
                    dispatch!(level, simd => planes.gradient(simd, channel, [first, first + 1], kernels));
                }
                _ => {
                    for (m, kernels) in kernels.chunks_exact_mut(of_map).enumerate() {
                        let Some(channel) = channels[m] else { continue };
                        let kernel = [&mut kernels[slot * area..][..area]];
                        dispatch!(level, simd => planes.gradient(simd, channel, [first + m], kernel));
                    }
                }
            }
        }
    });
    gradient
}

/// All padded input planes, and the gradients of all output planes.
struct Planes<'a> {
    shape: &'a Shape,
    source: &'a [Cell],
    gy: &'a [Cell],
}

impl Planes<'_> {
    /// The kernels between one channel and `M` maps.
    #[inline(always)]
    fn gradient<S: Simd, const M: usize>(
        &self,
        simd: S,
        channel: usize,
        maps: [usize; M],
        mut kernels: [&mut [f32]; M],
    ) {
        for range in balanced(self.shape.window.area(), TAPS) {
            let first = range.start;
            with_size!(range.len(), [1 2 3 4 5], T => {
                let sums: [[f32; T]; M] = if self.shape.window.stride[1] == 1 {
                    self.some_taps::<S, M, T, true>(simd, channel, maps, first)
                } else {
                    self.some_taps::<S, M, T, false>(simd, channel, maps, first)
                };
                for (kernel, sums) in kernels.iter_mut().zip(sums) {
                    kernel[range.clone()].copy_from_slice(&sums);
                }
            });
        }
    }

    /// `T` taps of `M` kernels from number `first` on; `DENSE` where the stride along a row is 1.
    #[inline(always)]
    fn some_taps<S: Simd, const M: usize, const T: usize, const DENSE: bool>(
        &self,
        simd: S,
        channel: usize,
        maps: [usize; M],
        first: usize,
    ) -> [[f32; T]; M] {
        let Shape { window, source: [height, width], planes, output, .. } = *self.shape;
        let Window { kernel, stride, dilation, .. } = window;
        let [all_maps, rows, columns] = output;
        let step = if DENSE { 1 } else { stride[1] };
        let reach = (columns - 1) * step + 1;
        let starts: [usize; T] = std::array::from_fn(|t| {
            let (ky, kx) = ((first + t) / kernel[1], (first + t) % kernel[1]);
            ky * dilation[0] * width + kx * dilation[1]
        });
        let mut sums = [[f32x8::splat(simd, 0.0); T]; M];
        let (source_area, area) = (height * width, rows * columns);
        let blocks = self.source.chunks_exact(planes * source_area);
        for (source, gy) in blocks.zip(self.gy.chunks_exact(all_maps * area)) {
            let source = &source[channel * source_area..][..source_area];
            for y in 0..rows {
                let source = &source[y * stride[0] * width..];
                // One slice per tap and map, all of one length: no access inside the loop is checked.
                let taps: [&[Cell]; T] = starts.map(|start| &source[start..][..reach]);
                let gys: [&[Cell]; M] = maps.map(|map| &gy[map * area + y * columns..][..columns]);
                for x in 0..columns {
                    let gys: [f32x8<S>; M] =
                        std::array::from_fn(|m| f32x8::load_array_ref(simd, &gys[m][x]));
                    for (t, tap) in taps.iter().enumerate() {
                        let value = f32x8::load_array_ref(simd, &tap[x * step]);
                        for (sums, gy) in sums.iter_mut().zip(gys) {
                            sums[t] = gy.mul_add(value, sums[t]);
                        }
                    }
                }
            }
        }
        sums.map(|sums| sums.map(f32x8::reduce_sum))
    }
}
