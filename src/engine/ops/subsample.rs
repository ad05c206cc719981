//! LeNet's subsampling: `y[c] = coefficient[c] · Σ + bias[c]`, where Σ is the sum of the window and
//! padding cells are zeros (LeCun 1998, §II-B).

use candle_core::{CpuStorage, CustomOp3, Layout, Result, Tensor};
use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use super::windows::{Window, Windows};
use super::{gradient_if_tracked, packed, planes, slice, values};
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

    fn plane(&self) -> usize {
        self.input[1] * self.input[2] * LANES
    }

    fn forward(&self, x: &[f32], coefficient: &[f32], bias: &[f32]) -> Vec<f32> {
        let level = Level::new();
        let (from, to) = (self.plane(), self.windows.len() * LANES);
        let mut y = vec![0.0; x.len() / from * to];
        y.par_chunks_mut(to).zip(x.par_chunks(from)).enumerate().for_each(|(index, (y, x))| {
            let map = index % coefficient.len();
            let (x, y) = (cells(x), cells_mut(y));
            dispatch!(level, simd => {
                for (window, y) in self.windows.iter().zip(y) {
                    let sum = sum(simd, x, window) * coefficient[map] + bias[map];
                    sum.store_array(y);
                }
            });
        });
        y
    }

    fn input_gradient(&self, gy: &[f32], coefficient: &[f32]) -> Vec<f32> {
        let level = Level::new();
        let (from, to) = (self.plane(), self.windows.len() * LANES);
        let mut gx = vec![0.0; gy.len() / to * from];
        gx.par_chunks_mut(from).zip(gy.par_chunks(to)).enumerate().for_each(|(index, (gx, gy))| {
            let coefficient = coefficient[index % coefficient.len()];
            let (gy, gx) = (cells(gy), cells_mut(gx));
            dispatch!(level, simd => {
                for (window, gy) in self.windows.iter().zip(gy) {
                    let share = f32x8::load_array_ref(simd, gy) * coefficient;
                    for cell in window.cells() {
                        (f32x8::load_array_ref(simd, &gx[cell]) + share).store_array(&mut gx[cell]);
                    }
                }
            });
        });
        gx
    }

    fn coefficient_gradient(&self, x: &[f32], gy: &[f32]) -> Vec<f32> {
        let level = Level::new();
        let (from, to) = (self.plane() / LANES, self.windows.len());
        let maps = self.input[0];
        let gradient = |map| {
            let x = cells(x).chunks(from).skip(map).step_by(maps);
            let gy = cells(gy).chunks(to).skip(map).step_by(maps);
            dispatch!(level, simd => {
                let mut total = f32x8::splat(simd, 0.0);
                for (x, gy) in x.zip(gy) {
                    for (window, gy) in self.windows.iter().zip(gy) {
                        total = sum(simd, x, window).mul_add(f32x8::load_array_ref(simd, gy), total);
                    }
                }
                total.reduce_sum()
            })
        };
        (0..maps).into_par_iter().map(gradient).collect()
    }
}

#[inline(always)]
fn sum<S: Simd>(simd: S, x: &[Cell], window: Window) -> f32x8<S> {
    let mut sum = f32x8::splat(simd, 0.0);
    for cell in window.cells() {
        sum += f32x8::load_array_ref(simd, &x[cell]);
    }
    sum
}

impl CustomOp3 for Subsample {
    fn name(&self) -> &'static str {
        "subsample"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        coefficient: &CpuStorage,
        coefficient_layout: &Layout,
        bias: &CpuStorage,
        bias_layout: &Layout,
    ) -> Result<(CpuStorage, candle_core::Shape)> {
        let coefficient = slice(coefficient, coefficient_layout)?;
        let y = self.forward(slice(x, x_layout)?, coefficient, slice(bias, bias_layout)?);
        Ok(packed(y, self.output))
    }

    fn bwd(
        &self,
        x: &Tensor,
        coefficient: &Tensor,
        bias: &Tensor,
        _y: &Tensor,
        gy: &Tensor,
    ) -> Result<(Option<Tensor>, Option<Tensor>, Option<Tensor>)> {
        let gy = gy.contiguous()?;
        let (x_values, factor, gy) = (values(x)?, values(coefficient)?, values(&gy)?);
        let maps = self.input[0];
        Ok((
            gradient_if_tracked(x, || self.input_gradient(&gy, &factor))?,
            gradient_if_tracked(coefficient, || self.coefficient_gradient(&x_values, &gy))?,
            gradient_if_tracked(bias, || planes::map_sums(&gy, maps, self.windows.len()))?,
        ))
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
