//! LeNet's subsampling: `y[c] = coefficient[c] · Σ + bias[c]`, where Σ is the sum of the window and
//! padding cells are zeros (LeCun 1998, §II-B).

use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use super::windows::{Windows, quad_rows, quad_shares, quad_sum};
use super::{Own, Trained, jobs_at_once};
use crate::engine::lanes::{Cell, LANES, cells, cells_mut};
use crate::network::{self, Shape};

/// Subsampling of an input of one shape: input `[n/8, c, h, w, 8]`, coefficient `[c]`, bias `[c]` →
/// `[n/8, c, h′, w′, 8]`.
#[derive(Clone, Debug)]
pub struct Subsample {
    input: Shape,
    output: Shape,
    windows: Windows,
}

impl Subsample {
    /// `output` is the shape that [`network::shape::infer`] gives for `input`.
    #[must_use]
    pub fn new(window: &network::Window, input: Shape, output: Shape) -> Self {
        let [_, h, w] = input;
        let windows = Windows::new(
            [h, w],
            [output[1], output[2]],
            |axis, i| window.taps(axis, i),
            |axis| 0..input[axis + 1] as i64,
        );
        Self { input, output, windows }
    }

    /// Values of a map, as it arrives and as it leaves.
    fn planes(&self) -> [usize; 2] {
        [self.input[1] * self.input[2] * LANES, self.windows.len() * LANES]
    }
}

impl Trained for Subsample {
    fn shapes(&self) -> [Shape; 2] {
        [self.input, self.output]
    }

    fn forward(&self, x: &[f32], own: Own<'_>, y: &mut [f32]) {
        let (level, [from, to], maps) = (Level::new(), self.planes(), self.input[0]);
        let planes = y.par_chunks_mut(to).zip(x.par_chunks(from)).enumerate();
        planes.with_min_len(jobs_at_once(from / LANES)).for_each(|(index, (y, x))| {
            let (coefficient, bias) = (own.weight[index % maps], own.bias[index % maps]);
            let (x, y) = (cells(x), cells_mut(y));
            dispatch!(level, simd => {
                sums(simd, &self.windows, x, y);
                for y in y {
                    let sum = f32x8::load_array_ref(simd, y);
                    (sum * coefficient + bias).store_array(y);
                }
            });
        });
    }

    fn input_gradient(&self, gy: &[f32], own: Own<'_>, gx: &mut [f32]) {
        let (level, [from, to]) = (Level::new(), self.planes());
        let planes = gx.par_chunks_mut(from).zip(gy.par_chunks(to)).enumerate();
        planes.with_min_len(jobs_at_once(from / LANES)).for_each(|(index, (gx, gy))| {
            let coefficient = own.weight[index % self.input[0]];
            let (gy, gx) = (cells(gy), cells_mut(gx));
            gx.fill([0.0; LANES]);
            dispatch!(level, simd => share(simd, &self.windows, coefficient, gy, gx));
        });
    }

    fn weight_gradient(&self, x: &[f32], gy: &[f32], gw: &mut [f32]) {
        let (level, [from, to], maps) = (Level::new(), self.planes(), self.input[0]);
        let add = |(map, gw): (usize, &mut f32)| {
            let x = cells(x).chunks(from / LANES).skip(map).step_by(maps);
            let gy = cells(gy).chunks(to / LANES).skip(map).step_by(maps);
            *gw += dispatch!(level, simd => {
                let mut total = f32x8::splat(simd, 0.0);
                let mut found = vec![[0.0; LANES]; to / LANES];
                for (x, gy) in x.zip(gy) {
                    sums(simd, &self.windows, x, &mut found);
                    for (sum, gy) in found.iter().zip(gy) {
                        let sum = f32x8::load_array_ref(simd, sum);
                        total = sum.mul_add(f32x8::load_array_ref(simd, gy), total);
                    }
                }
                total.reduce_sum()
            });
        };
        let work = jobs_at_once(x.len() / LANES / maps);
        gw.par_iter_mut().enumerate().with_min_len(work).for_each(add);
    }
}

/// The sum of each window.
#[inline(always)]
fn sums<S: Simd>(simd: S, windows: &Windows, x: &[Cell], y: &mut [Cell]) {
    if windows.quads {
        let [_, columns] = windows.widths();
        for line in windows.lines() {
            let rows = quad_rows(windows, line, x);
            let y = &mut y[line.output..][..columns];
            for (i, y) in y.iter_mut().enumerate() {
                quad_sum(simd, rows, i).store_array(y);
            }
        }
        return;
    }
    for (window, y) in windows.iter().zip(y) {
        sum(simd, x, window.cells()).store_array(y);
    }
}

#[inline(always)]
fn sum<S: Simd>(simd: S, x: &[Cell], cells: impl Iterator<Item = usize>) -> f32x8<S> {
    let mut sum = f32x8::splat(simd, 0.0);
    for cell in cells {
        sum += f32x8::load_array_ref(simd, &x[cell]);
    }
    sum
}

/// Adds to each cell what its windows send back; `gx` holds zeros.
#[inline(always)]
fn share<S: Simd>(simd: S, windows: &Windows, coefficient: f32, gy: &[Cell], gx: &mut [Cell]) {
    if windows.quads {
        return quad_shares(simd, windows, coefficient, gy, gx);
    }
    for (window, gy) in windows.iter().zip(gy) {
        let share = f32x8::load_array_ref(simd, gy) * coefficient;
        for cell in window.cells() {
            (f32x8::load_array_ref(simd, &gx[cell]) + share).store_array(&mut gx[cell]);
        }
    }
}

/// Subsampling of one image `[c, h, w]`, unit by unit.
#[must_use]
pub fn reference(
    window: &network::Window,
    [c, h, w]: Shape,
    [_, rows, columns]: Shape,
    x: &[f64],
    coefficient: &[f64],
    bias: &[f64],
) -> Vec<f64> {
    let mut output = Vec::with_capacity(c * rows * columns);
    for unit in 0..c * rows * columns {
        let (channel, row, column) =
            (unit / (rows * columns), unit / columns % rows, unit % columns);
        let mut sum = 0.0;
        for y in window.taps(0, row as i64).positions() {
            for x_ in window.taps(1, column as i64).positions() {
                if (0..h as i64).contains(&y) && (0..w as i64).contains(&x_) {
                    sum += x[(channel * h + y as usize) * w + x_ as usize];
                }
            }
        }
        output.push(coefficient[channel] * sum + bias[channel]);
    }
    output
}
