//! LeNet's output layer: the squared distance to one fixed picture per class, at each position by
//! itself, `y[k] = Σ (x[i] − bitmap[k, i])²` over the maps i (LeCun 1998, §II-B, equation 7).

use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use super::Fixed;
use crate::engine::lanes::{Cell, LANES, cells, cells_mut};
use crate::network::{self, Shape};

/// Distances to `classes` pictures of c cells: `[n/8, c, h, w, 8]` → `[n/8, classes, h, w, 8]`.
#[derive(Clone, Debug)]
pub struct Rbf {
    classes: usize,
    /// `[classes, c]` of ±1.
    bitmaps: Vec<f32>,
    /// Rows and columns of a map.
    positions: [usize; 2],
}

impl Rbf {
    /// `input` has as many maps as a picture has cells; the network has looked.
    #[must_use]
    pub fn new(rbf: &network::Rbf, [_, h, w]: Shape) -> Self {
        let bitmaps = rbf.bitmaps.iter().flatten().map(|&bit| f32::from(bit)).collect();
        Self { classes: rbf.bitmaps.len(), bitmaps, positions: [h, w] }
    }

    /// Cells of a picture.
    fn inputs(&self) -> usize {
        self.bitmaps.len() / self.classes
    }

    /// Places of a map.
    fn area(&self) -> usize {
        self.positions.iter().product()
    }

    #[inline(always)]
    fn gradient_block<S: Simd>(&self, simd: S, x: &[Cell], gy: &[Cell], gx: &mut [Cell]) {
        let area = self.area();
        for (at, (x, gx)) in x.iter().zip(gx).enumerate() {
            let (i, place) = (at / area, at % area);
            let x = f32x8::load_array_ref(simd, x);
            let mut sum = f32x8::splat(simd, 0.0);
            let gy = gy.iter().skip(place).step_by(area);
            for (bitmap, gy) in self.bitmaps.chunks_exact(self.inputs()).zip(gy) {
                sum = f32x8::load_array_ref(simd, gy).mul_add(x - bitmap[i], sum);
            }
            (sum * 2.0).store_array(gx);
        }
    }
}

impl Fixed for Rbf {
    fn shapes(&self) -> [Shape; 2] {
        let [h, w] = self.positions;
        [[self.inputs(), h, w], [self.classes, h, w]]
    }

    fn forward(&self, x: &[f32], y: &mut [f32]) {
        let level = Level::new();
        let (inputs, area) = (self.inputs(), self.area());
        let (from, to) = (inputs * area * LANES, self.classes * area * LANES);
        y.par_chunks_mut(to).zip(x.par_chunks(from)).for_each(|(y, x)| {
            let (x, y) = (cells(x), cells_mut(y));
            dispatch!(level, simd => {
                for (bitmap, y) in self.bitmaps.chunks_exact(inputs).zip(y.chunks_exact_mut(area)) {
                    for (place, y) in y.iter_mut().enumerate() {
                        distance(simd, x.iter().skip(place).step_by(area), bitmap).store_array(y);
                    }
                }
            });
        });
    }

    /// `∂L/∂x[i] = Σ 2·gy[k]·(x[i] − bitmap[k, i])` over the classes k.
    fn input_gradient(&self, x: &[f32], _y: &[f32], gy: &[f32], gx: &mut [f32]) {
        let level = Level::new();
        let (inputs, area) = (self.inputs(), self.area());
        let blocks =
            gx.par_chunks_mut(inputs * area * LANES).zip(x.par_chunks(inputs * area * LANES));
        blocks.zip(gy.par_chunks(self.classes * area * LANES)).for_each(|((gx, x), gy)| {
            let (x, gy, gx) = (cells(x), cells(gy), cells_mut(gx));
            dispatch!(level, simd => self.gradient_block(simd, x, gy, gx));
        });
    }
}

#[inline(always)]
fn distance<'a, S: Simd>(simd: S, x: impl Iterator<Item = &'a Cell>, bitmap: &[f32]) -> f32x8<S> {
    let mut sum = f32x8::splat(simd, 0.0);
    for (x, &bit) in x.zip(bitmap) {
        let difference = f32x8::load_array_ref(simd, x) - bit;
        sum = difference.mul_add(difference, sum);
    }
    sum
}

/// The distances of one image `[c, h, w]`, as the formula above says them.
#[must_use]
pub fn reference(rbf: &network::Rbf, [_, h, w]: Shape, x: &[f64]) -> Vec<f64> {
    let area = h * w;
    let distance = |bitmap: &[i8], place: usize| {
        let cells = bitmap.iter().enumerate();
        cells.map(|(i, &bit)| (x[i * area + place] - f64::from(bit)).powi(2)).sum()
    };
    rbf.bitmaps
        .iter()
        .flat_map(|bitmap| (0..area).map(move |place| distance(bitmap, place)))
        .collect()
}
