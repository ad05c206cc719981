//! Local response normalisation across maps (Krizhevsky 2012, §3.3):
//! `y[c] = x[c] · d[c]^−β` with `d[c] = k + α·Σ x²` over the maps around c.
//!
//! ```text
//! ∂L/∂x[c] = gy[c]·d[c]^−β − 2αβ·x[c]·Σ over j whose sum holds c of gy[j]·x[j]·d[j]^(−β−1)
//! ```

use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use super::{Fixed, volume};
use crate::engine::lanes::{Cell, LANES, cells, cells_mut};
use crate::network::connectivity::lrn_channels;
use crate::network::{self, Shape};

/// Normalisation of an input of one shape, `[n/8, c, h, w, 8]` → the same.
#[derive(Clone, Copy, Debug)]
pub struct Lrn {
    shape: Shape,
    size: usize,
    /// α, divided by the size where the description says so.
    alpha: f32,
    beta: f32,
    k: f32,
}

impl Lrn {
    #[must_use]
    pub fn new(lrn: &network::Lrn, shape: Shape) -> Self {
        let network::Lrn { size, beta, k, .. } = *lrn;
        Self { shape, size, alpha: lrn.factor() as f32, beta: beta as f32, k: k as f32 }
    }

    #[inline(always)]
    fn forward_block<S: Simd>(&self, simd: S, x: &[Cell], y: &mut [Cell]) {
        let area = self.shape[1] * self.shape[2];
        for (i, y) in y.iter_mut().enumerate() {
            let (map, place) = (i / area, i % area);
            let scale = self.power(simd, self.divisor(simd, x, map, place));
            (f32x8::load_array_ref(simd, &x[i]) * scale).store_array(y);
        }
    }

    /// d of one map at one place.
    #[inline(always)]
    fn divisor<S: Simd>(&self, simd: S, x: &[Cell], map: usize, place: usize) -> f32x8<S> {
        let [maps, h, w] = self.shape;
        let mut sum = f32x8::splat(simd, 0.0);
        for other in lrn_channels(self.size, map, maps) {
            let value = f32x8::load_array_ref(simd, &x[other * h * w + place]);
            sum = value.mul_add(value, sum);
        }
        sum.mul_add(f32x8::splat(simd, self.alpha), f32x8::splat(simd, self.k))
    }

    /// d^−β. The exponent that everybody uses, ¾, is two square roots.
    #[inline(always)]
    fn power<S: Simd>(&self, simd: S, d: f32x8<S>) -> f32x8<S> {
        let one = f32x8::splat(simd, 1.0);
        if self.beta == 0.75 {
            let root = d.sqrt();
            return one / (root * root.sqrt());
        }
        f32x8::load_array(simd, d.to_array().map(|value| value.powf(-self.beta)))
    }

    #[inline(always)]
    fn gradient_block<S: Simd>(&self, simd: S, x: &[Cell], gy: &[Cell], gx: &mut [Cell]) {
        let [maps, h, w] = self.shape;
        let area = h * w;
        let back = -2.0 * self.alpha * self.beta;
        let mut shares = vec![[0.0; LANES]; maps];
        for place in 0..area {
            // First what each map's sum passes back, then what arrives at each map.
            for (map, share) in shares.iter_mut().enumerate() {
                let i = map * area + place;
                let d = self.divisor(simd, x, map, place);
                let scale = self.power(simd, d);
                let g = f32x8::load_array_ref(simd, &gy[i]);
                (g * scale).store_array(&mut gx[i]);
                (g * f32x8::load_array_ref(simd, &x[i]) * scale / d).store_array(share);
            }
            for map in 0..maps {
                let mut sum = f32x8::splat(simd, 0.0);
                // The sums that hold this map: the window turned round.
                for other in lrn_holders(self.size, map, maps) {
                    sum += f32x8::load_array_ref(simd, &shares[other]);
                }
                let cell = &mut gx[map * area + place];
                let x = f32x8::load_array_ref(simd, &x[map * area + place]);
                let own = f32x8::load_array_ref(simd, cell);
                (x * back).mul_add(sum, own).store_array(cell);
            }
        }
    }
}

impl Fixed for Lrn {
    fn shapes(&self) -> [Shape; 2] {
        [self.shape; 2]
    }

    fn forward(&self, x: &[f32], y: &mut [f32]) {
        let level = Level::new();
        let block = volume(self.shape) * LANES;
        y.par_chunks_mut(block).zip(x.par_chunks(block)).for_each(|(y, x)| {
            let (x, y) = (cells(x), cells_mut(y));
            dispatch!(level, simd => self.forward_block(simd, x, y));
        });
    }

    fn input_gradient(&self, x: &[f32], _y: &[f32], gy: &[f32], gx: &mut [f32]) {
        let level = Level::new();
        let block = volume(self.shape) * LANES;
        let blocks = gx.par_chunks_mut(block).zip(x.par_chunks(block));
        blocks.zip(gy.par_chunks(block)).for_each(|((gx, x), gy)| {
            let (x, gy, gx) = (cells(x), cells(gy), cells_mut(gx));
            dispatch!(level, simd => self.gradient_block(simd, x, gy, gx));
        });
    }
}

/// The maps whose sum holds map `c`.
fn lrn_holders(size: usize, c: usize, maps: usize) -> std::ops::Range<usize> {
    let (before, after) = (size.saturating_sub(1) / 2, size / 2);
    c.saturating_sub(after)..(c + before + 1).min(maps)
}

/// Normalisation of one image `[c, h, w]`, as the formula above says it.
#[must_use]
pub fn reference(lrn: &network::Lrn, [c, h, w]: Shape, x: &[f64]) -> Vec<f64> {
    let area = h * w;
    let divisor = |map: usize, place: usize| {
        let squares = lrn_channels(lrn.size, map, c).map(|other| x[other * area + place].powi(2));
        lrn.divisor(squares.sum())
    };
    (0..x.len()).map(|i| x[i] * divisor(i / area, i % area).powf(-lrn.beta)).collect()
}
