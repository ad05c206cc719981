//! What is applied to every value of a node: ReLU, sigmoid, tanh, scaled tanh.
//!
//! Gradients are computed from the output: ReLU' is 0 at 0 (as PyTorch has it), sigmoid' = y(1 − y),
//! tanh' = 1 − y². A value that is not a number stays one: it must show.

use candle_core::{CpuStorage, CustomOp1, Layout, Result, Tensor};
use fearless_simd::{Level, Select, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use super::{gradient_if_tracked, slice, values};
use crate::engine::lanes::{Cell, LANES, cells, cells_mut};
use crate::network::{Activation, SCALED_TANH_AMPLITUDE, SCALED_TANH_SLOPE};

/// Values of one parallel piece.
const PIECE: usize = 1 << 13;

/// An activation as an operation on a packed tensor of any shape.
#[derive(Clone, Copy, Debug)]
pub struct Activate(pub Activation);

impl Activate {
    fn forward(self, x: &[f32]) -> Vec<f32> {
        let level = Level::new();
        let mut y = vec![0.0; x.len()];
        y.par_chunks_mut(PIECE).zip(x.par_chunks(PIECE)).for_each(|(y, x)| {
            let (x, y) = (cells(x), cells_mut(y));
            dispatch!(level, simd => self.forward_piece(simd, x, y));
        });
        y
    }

    #[inline(always)]
    fn forward_piece<S: Simd>(self, simd: S, x: &[Cell], y: &mut [Cell]) {
        match self.0 {
            Activation::Identity => y.copy_from_slice(x),
            Activation::Relu => map(simd, x, y, relu),
            Activation::Sigmoid => map(simd, x, y, sigmoid),
            Activation::Tanh => map(simd, x, y, tanh),
            Activation::ScaledTanh => map(simd, x, y, scaled_tanh),
        }
    }

    fn input_gradient(self, y: &[f32], gy: &[f32]) -> Vec<f32> {
        let level = Level::new();
        let mut gx = vec![0.0; y.len()];
        let pieces = gx.par_chunks_mut(PIECE).zip(y.par_chunks(PIECE));
        pieces.zip(gy.par_chunks(PIECE)).for_each(|((gx, y), gy)| {
            let (y, gy, gx) = (cells(y), cells(gy), cells_mut(gx));
            dispatch!(level, simd => self.gradient_piece(simd, y, gy, gx));
        });
        gx
    }

    #[inline(always)]
    fn gradient_piece<S: Simd>(self, simd: S, y: &[Cell], gy: &[Cell], gx: &mut [Cell]) {
        let one = f32x8::splat(simd, 1.0);
        let zero = f32x8::splat(simd, 0.0);
        match self.0 {
            Activation::Identity => gx.copy_from_slice(gy),
            Activation::Relu => scale(simd, y, gy, gx, |y| y.simd_gt(zero).select(one, zero)),
            Activation::Sigmoid => scale(simd, y, gy, gx, |y| y * (one - y)),
            Activation::Tanh => scale(simd, y, gy, gx, |y| one - y * y),
            Activation::ScaledTanh => {
                // With y = A·tanh(Sx): y' = A·S·(1 − (y/A)²) = A·S − (S/A)·y².
                let slope = f32x8::splat(simd, (SCALED_TANH_AMPLITUDE * SCALED_TANH_SLOPE) as f32);
                let bend = (SCALED_TANH_SLOPE / SCALED_TANH_AMPLITUDE) as f32;
                scale(simd, y, gy, gx, |y| slope - y * y * bend);
            }
        }
    }
}

#[inline(always)]
fn map<S: Simd>(simd: S, x: &[Cell], y: &mut [Cell], f: impl Fn(S, f32x8<S>) -> f32x8<S>) {
    for (x, y) in x.iter().zip(y) {
        f(simd, f32x8::load_array_ref(simd, x)).store_array(y);
    }
}

#[inline(always)]
fn scale<S: Simd>(
    simd: S,
    y: &[Cell],
    gy: &[Cell],
    gx: &mut [Cell],
    derivative: impl Fn(f32x8<S>) -> f32x8<S>,
) {
    for ((y, gy), gx) in y.iter().zip(gy).zip(gx) {
        let slope = derivative(f32x8::load_array_ref(simd, y));
        (f32x8::load_array_ref(simd, gy) * slope).store_array(gx);
    }
}

#[inline(always)]
fn relu<S: Simd>(simd: S, x: f32x8<S>) -> f32x8<S> {
    let zero = f32x8::splat(simd, 0.0);
    x.simd_le(zero).select(zero, x)
}

#[inline(always)]
fn sigmoid<S: Simd>(simd: S, x: f32x8<S>) -> f32x8<S> {
    let half = f32x8::splat(simd, 0.5);
    tanh(simd, x * half).mul_add(half, half)
}

#[inline(always)]
fn scaled_tanh<S: Simd>(simd: S, x: f32x8<S>) -> f32x8<S> {
    tanh(simd, x * SCALED_TANH_SLOPE as f32) * SCALED_TANH_AMPLITUDE as f32
}

/// tanh as a rational function of x, P(x)/Q(x), odd over even; beyond ±7.905 it is ±1 in `f32`. The
/// coefficients are those of Eigen's `generic_fast_tanh_float`; the error stays below 4·10⁻⁷.
#[inline(always)]
fn tanh<S: Simd>(simd: S, x: f32x8<S>) -> f32x8<S> {
    const REACH: f32 = 7.905_311;
    const P: [f32; 7] = [
        -2.760_768_5e-16,
        2.000_188e-13,
        -8.604_672e-11,
        5.122_297e-8,
        1.485_722_4e-5,
        6.372_619_3e-4,
        4.893_524_6e-3,
    ];
    const Q: [f32; 4] = [1.198_258_4e-6, 1.185_347_1e-4, 2.268_434_6e-3, 4.893_525e-3];
    let near = x.min(f32x8::splat(simd, REACH)).max(f32x8::splat(simd, -REACH));
    let square = near * near;
    let horner = |coefficients: &[f32]| {
        let mut sum = f32x8::splat(simd, coefficients[0]);
        for &coefficient in &coefficients[1..] {
            sum = sum.mul_add(square, f32x8::splat(simd, coefficient));
        }
        sum
    };
    let y = near * horner(&P) / horner(&Q);
    x.simd_eq(x).select(y, x)
}

impl CustomOp1 for Activate {
    fn name(&self) -> &'static str {
        self.0.name().unwrap_or("identity")
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, candle_core::Shape)> {
        let y = self.forward(slice(x, layout)?);
        Ok((CpuStorage::F32(y), layout.shape().clone()))
    }

    fn bwd(&self, x: &Tensor, y: &Tensor, gy: &Tensor) -> Result<Option<Tensor>> {
        let gy = gy.contiguous()?;
        let (y, gy) = (values(y)?, values(&gy)?);
        gradient_if_tracked(x, || self.input_gradient(&y, &gy))
    }
}

/// The activation of every value: [`Activation::apply`].
#[must_use]
pub fn reference(activation: Activation, x: &[f64]) -> Vec<f64> {
    x.iter().map(|&x| activation.apply(x)).collect()
}

const _: () = assert!(PIECE.is_multiple_of(LANES), "a piece holds whole cells");
