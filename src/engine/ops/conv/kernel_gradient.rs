//! The gradient of a convolution's kernels.
//!
//! ```text
//! ∂L/∂w[o, slot, ky, kx] =
//!     Σ over images, y, x of gy[o, y, x] · x[c, y·stride + ky·dilation, x·stride + kx·dilation]
//! ```
//!
//! with the input already padded. Up to ten taps of a kernel are summed at once, in lanes; the lanes
//! are added up once at the end.

use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use super::super::tile::{balanced, with_size};
use crate::engine::lanes::{Cell, LANES, cells};
use crate::network::connectivity::Link;
use crate::network::{self, Window};

/// Taps summed in one pass.
const TAPS: usize = 10;

/// The sizes: `source` is the padded input plane, `planes` how many of them a block has.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub window: Window,
    pub source: [usize; 2],
    pub planes: usize,
    pub output: network::Shape,
    pub slots: usize,
}

/// The gradient `[maps, slots, kh, kw]`; kernels without a link stay 0. In parallel over kernels.
pub fn run(shape: &Shape, links: &[Vec<Link>], source: &[f32], gy: &[f32]) -> Vec<f32> {
    let level = Level::new();
    let area = shape.window.area();
    let mut gradient = vec![0.0; links.len() * shape.slots * area];
    gradient.par_chunks_mut(area).enumerate().for_each(|(index, kernel)| {
        let (map, slot) = (index / shape.slots, index % shape.slots);
        let Some(link) = links[map].iter().find(|link| link.slot == slot) else { return };
        let [h, w] = shape.source;
        let source = every_plane(source, shape.planes, link.channel, h * w);
        let [maps, rows, columns] = shape.output;
        let gy = every_plane(gy, maps, map, rows * columns);
        dispatch!(level, simd => kernel_gradient(simd, shape, source, gy, kernel));
    });
    gradient
}

/// Plane `index` of every block of `planes` planes of `area` cells.
fn every_plane(
    values: &[f32],
    planes: usize,
    index: usize,
    area: usize,
) -> impl Iterator<Item = &[Cell]> + Clone {
    values.chunks_exact(area * LANES).skip(index).step_by(planes).map(cells)
}

#[inline(always)]
fn kernel_gradient<'a, S: Simd>(
    simd: S,
    shape: &Shape,
    source: impl Iterator<Item = &'a [Cell]> + Clone,
    gy: impl Iterator<Item = &'a [Cell]> + Clone,
    kernel: &mut [f32],
) {
    for range in balanced(kernel.len(), TAPS) {
        let first = range.start;
        let blocks = source.clone().zip(gy.clone());
        let taps = &mut kernel[range];
        with_size!(taps.len(), [1 2 3 4 5 6 7 8 9 10], T => {
            let sums: [f32; T] = if shape.window.stride[1] == 1 {
                some_taps::<S, T, true>(simd, shape, blocks, first)
            } else {
                some_taps::<S, T, false>(simd, shape, blocks, first)
            };
            taps.copy_from_slice(&sums);
        });
    }
}

/// `T` taps of one kernel from number `first` on; `DENSE` where the stride along a row is 1.
#[inline(always)]
fn some_taps<'a, S: Simd, const T: usize, const DENSE: bool>(
    simd: S,
    shape: &Shape,
    blocks: impl Iterator<Item = (&'a [Cell], &'a [Cell])>,
    first: usize,
) -> [f32; T] {
    let Window { kernel, stride, dilation, .. } = shape.window;
    let columns = shape.output[2];
    let step = if DENSE { 1 } else { stride[1] };
    let reach = (columns - 1) * step + 1;
    let starts: [usize; T] = std::array::from_fn(|t| {
        let (ky, kx) = ((first + t) / kernel[1], (first + t) % kernel[1]);
        ky * dilation[0] * shape.source[1] + kx * dilation[1]
    });
    let mut sums = [f32x8::splat(simd, 0.0); T];
    for (source, gy) in blocks {
        for (y, gy) in gy.chunks_exact(columns).enumerate() {
            let source = &source[y * stride[0] * shape.source[1]..];
            // One slice per tap, all of one length: no access inside the loop is checked.
            let rows: [&[Cell]; T] = starts.map(|start| &source[start..][..reach]);
            for x in 0..columns {
                let g = f32x8::load_array_ref(simd, &gy[x]);
                for (sum, row) in sums.iter_mut().zip(&rows) {
                    *sum = g.mul_add(f32x8::load_array_ref(simd, &row[x * step]), *sum);
                }
            }
        }
    }
    sums.map(f32x8::reduce_sum)
}
