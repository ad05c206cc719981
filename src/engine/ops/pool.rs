//! Maximum and average pooling: overlapping windows, ceil mode, padding counted or not, adaptive.
//!
//! max: the largest cell of the window; padding never wins, and the gradient goes to the first
//! largest in scan order. average: the sum of the window over the number of its cells; padding cells
//! are zeros and count if `count_padding` is set, cells beyond the padding (ceil mode) never do.

use std::ops::Range;

use fearless_simd::{Level, Select, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use super::windows::{Windows, quad_rows, quad_shares, quad_sum};
use super::{Fixed, jobs_at_once};
use crate::engine::lanes::{Cell, LANES, cells, cells_mut};
use crate::network::{self, PoolExtent, Shape};

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Max,
    Average,
}

/// Pooling of an input of one shape: `[n/8, c, h, w, 8]` → `[n/8, c, h′, w′, 8]`.
#[derive(Clone, Debug)]
pub struct Pool {
    kind: Kind,
    input: Shape,
    output: Shape,
    windows: Windows,
}

impl Pool {
    /// `output` is the shape that [`network::shape::infer`] gives for `input`.
    #[must_use]
    pub fn new(kind: Kind, pool: &network::Pool, input: Shape, output: Shape) -> Self {
        let [_, h, w] = input;
        let windows = Windows::new(
            [h, w],
            [output[1], output[2]],
            |axis, i| pool.taps(axis, i, input[axis + 1]),
            |axis| counted(pool, axis, input[axis + 1]),
        );
        Self { kind, input, output, windows }
    }

    /// Values of a map, as it arrives and as it leaves.
    fn planes(&self) -> [usize; 2] {
        [self.input[1] * self.input[2] * LANES, self.windows.len() * LANES]
    }
}

impl Fixed for Pool {
    fn shapes(&self) -> [Shape; 2] {
        [self.input, self.output]
    }

    fn forward(&self, x: &[f32], y: &mut [f32]) {
        let (level, [from, to]) = (Level::new(), self.planes());
        let maps = y.par_chunks_mut(to).zip(x.par_chunks(from));
        maps.with_min_len(jobs_at_once(from / LANES)).for_each(|(y, x)| {
            let (x, y) = (cells(x), cells_mut(y));
            dispatch!(level, simd => forward(simd, self.kind, &self.windows, x, y));
        });
    }

    fn input_gradient(&self, x: &[f32], y: &[f32], gy: &[f32], gx: &mut [f32]) {
        let (level, [from, to]) = (Level::new(), self.planes());
        let maps = gx.par_chunks_mut(from).zip(x.par_chunks(from)).zip(y.par_chunks(to));
        let maps = maps.zip(gy.par_chunks(to)).with_min_len(jobs_at_once(from / LANES));
        maps.for_each(|(((gx, x), y), gy)| {
            let (x, y, gy, gx) = (cells(x), cells(y), cells(gy), cells_mut(gx));
            let windows = &self.windows;
            gx.fill([0.0; LANES]);
            match self.kind {
                Kind::Max => dispatch!(level, simd => max_gradient(simd, windows, x, y, gy, gx)),
                Kind::Average => dispatch!(level, simd => mean_gradient(simd, windows, gy, gx)),
            }
        });
    }
}

/// The positions along an axis that an average's divisor counts.
fn counted(pool: &network::Pool, axis: usize, side: usize) -> Range<i64> {
    match &pool.extent {
        PoolExtent::Window { window, .. } if pool.count_padding => {
            let [before, after] = window.padding.along(axis);
            -(before as i64)..(side + after) as i64
        }
        PoolExtent::Window { .. } | PoolExtent::Adaptive { .. } => 0..side as i64,
    }
}

#[inline(always)]
fn forward<S: Simd>(simd: S, kind: Kind, windows: &Windows, x: &[Cell], y: &mut [Cell]) {
    match (kind, windows.quads) {
        (Kind::Average, true) => quad_means(simd, windows, x, y),
        (Kind::Max, _) => {
            for (window, y) in windows.iter().zip(y) {
                max(simd, x, window.cells()).store_array(y);
            }
        }
        (Kind::Average, false) => {
            for (window, y) in windows.iter().zip(y) {
                mean(simd, x, window.cells(), window.divisor()).store_array(y);
            }
        }
    }
}

#[inline(always)]
fn quad_means<S: Simd>(simd: S, windows: &Windows, x: &[Cell], y: &mut [Cell]) {
    let [_, columns] = windows.widths();
    for line in windows.lines() {
        let rows = quad_rows(windows, line, x);
        let y = &mut y[line.output..][..columns];
        for (i, y) in y.iter_mut().enumerate() {
            (quad_sum(simd, rows, i) * 0.25).store_array(y);
        }
    }
}

/// 0 where a window has no cells: nothing infinite comes from padding alone.
#[inline(always)]
fn max<S: Simd>(simd: S, x: &[Cell], cells: impl Iterator<Item = usize>) -> f32x8<S> {
    let mut values = cells.map(|cell| f32x8::load_array_ref(simd, &x[cell]));
    let Some(mut best) = values.next() else { return f32x8::splat(simd, 0.0) };
    // A value that is not a number stays: it must show, not hide behind a comparison. (0 times it is none,
    // either; 0 times any other is 0.)
    let mut poison = best * 0.0;
    for value in values {
        best = best.max(value);
        poison += value * 0.0;
    }
    best + poison
}

#[inline(always)]
fn mean<S: Simd>(
    simd: S,
    x: &[Cell],
    cells: impl Iterator<Item = usize>,
    divisor: usize,
) -> f32x8<S> {
    let mut sum = f32x8::splat(simd, 0.0);
    for cell in cells {
        sum += f32x8::load_array_ref(simd, &x[cell]);
    }
    sum * (1.0 / divisor as f32)
}

/// `gx` holds zeros.
#[inline(always)]
fn max_gradient<S: Simd>(
    simd: S,
    windows: &Windows,
    x: &[Cell],
    y: &[Cell],
    gy: &[Cell],
    gx: &mut [Cell],
) {
    for (window, (y, gy)) in windows.iter().zip(y.iter().zip(gy)) {
        to_winner(simd, window.cells(), x, [y, gy], gx);
    }
}

/// Adds the gradient of one window to the first cell that equals the maximum.
#[inline(always)]
fn to_winner<S: Simd>(
    simd: S,
    cells: impl Iterator<Item = usize>,
    x: &[Cell],
    [y, gy]: [&Cell; 2],
    gx: &mut [Cell],
) {
    let zero = f32x8::splat(simd, 0.0);
    let y = f32x8::load_array_ref(simd, y);
    // What is left of the gradient in each lane.
    let mut rest = f32x8::load_array_ref(simd, gy);
    for cell in cells {
        let wins = f32x8::load_array_ref(simd, &x[cell]).simd_eq(y);
        let sum = f32x8::load_array_ref(simd, &gx[cell]) + wins.select(rest, zero);
        sum.store_array(&mut gx[cell]);
        rest = wins.select(zero, rest);
    }
}

/// `gx` holds zeros.
#[inline(always)]
fn mean_gradient<S: Simd>(simd: S, windows: &Windows, gy: &[Cell], gx: &mut [Cell]) {
    if windows.quads {
        return quad_shares(simd, windows, 0.25, gy, gx);
    }
    for (window, gy) in windows.iter().zip(gy) {
        let share = f32x8::load_array_ref(simd, gy) * (1.0 / window.divisor() as f32);
        for cell in window.cells() {
            (f32x8::load_array_ref(simd, &gx[cell]) + share).store_array(&mut gx[cell]);
        }
    }
}

/// Pooling of one image `[c, h, w]`, unit by unit.
#[must_use]
pub fn reference(
    kind: Kind,
    pool: &network::Pool,
    [c, h, w]: Shape,
    [_, rows, columns]: Shape,
    x: &[f64],
) -> Vec<f64> {
    let mut output = Vec::with_capacity(c * rows * columns);
    for unit in 0..c * rows * columns {
        let (channel, row, column) =
            (unit / (rows * columns), unit / columns % rows, unit % columns);
        let (mut largest, mut sum, mut count) = (f64::NEG_INFINITY, 0.0, 0);
        for y in pool.taps(0, row as i64, h).positions() {
            for x_ in pool.taps(1, column as i64, w).positions() {
                let inside = (0..h as i64).contains(&y) && (0..w as i64).contains(&x_);
                if inside {
                    let value = x[(channel * h + y as usize) * w + x_ as usize];
                    largest = largest.max(value);
                    sum += value;
                }
                let counts = counted(pool, 0, h).contains(&y) && counted(pool, 1, w).contains(&x_);
                count += usize::from(counts);
            }
        }
        output.push(match kind {
            Kind::Max => largest,
            Kind::Average => sum / count as f64,
        });
    }
    output
}
