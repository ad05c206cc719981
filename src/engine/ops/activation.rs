//! What is applied to every value of a node: ReLU, sigmoid, tanh, scaled tanh.
//!
//! Gradients are computed from the output: ReLU' is 0 at 0 (as PyTorch has it), sigmoid' = y(1 − y),
//! tanh' = 1 − y². A value that is not a number stays one: it must show.

use candle_core::{CpuStorage, CustomOp1, Layout, Result, Tensor};
use fearless_simd::{Level, Select, Simd, dispatch, prelude::*};
use rayon::prelude::*;

use super::{gradient_if_tracked, slice, values};
use crate::engine::lanes::LANES;
use crate::network::{Activation, SCALED_TANH_AMPLITUDE, SCALED_TANH_SLOPE};

/// Values of one parallel piece.
const PIECE: usize = 1 << 16;

/// An activation as an operation on a packed tensor of any shape.
#[derive(Clone, Copy, Debug)]
pub struct Activate(pub Activation);

/// Applies a function to all values, in vectors as wide as the machine's. (A macro, because a function that is
/// handed over is compiled for no machine in particular.)
macro_rules! map {
    ($simd:expr, $values:expr, $function:ident) => {{
        let mut vectors = $values.chunks_exact_mut(S::f32s::LEN);
        for vector in &mut vectors {
            $function($simd, S::f32s::from_slice($simd, vector)).store_slice(vector);
        }
        let rest = vectors.into_remainder();
        let mut vector = S::f32s::splat($simd, 0.0);
        vector.as_mut_slice()[..rest.len()].copy_from_slice(rest);
        rest.copy_from_slice(&$function($simd, vector).as_slice()[..rest.len()]);
    }};
}

impl Activate {
    /// Each value becomes its activation.
    pub(in crate::engine) fn apply(self, values: &mut [f32]) {
        let level = Level::new();
        let pieces = values.par_chunks_mut(PIECE);
        pieces.for_each(|values| dispatch!(level, simd => self.apply_piece(simd, values)));
    }

    #[inline(always)]
    fn apply_piece<S: Simd>(self, simd: S, values: &mut [f32]) {
        match self.0 {
            Activation::Identity => {}
            Activation::Relu => map!(simd, values, relu),
            Activation::Sigmoid => map!(simd, values, sigmoid),
            Activation::Tanh => map!(simd, values, tanh),
            Activation::ScaledTanh => map!(simd, values, scaled_tanh),
        }
    }

    /// The gradient of each output `y` becomes that of its input.
    pub(in crate::engine) fn chain(self, y: &[f32], gradient: &mut [f32]) {
        let level = Level::new();
        gradient.par_chunks_mut(PIECE).zip(y.par_chunks(PIECE)).for_each(|(gradient, y)| {
            dispatch!(level, simd => self.chain_piece(simd, y, gradient));
        });
    }

    #[inline(always)]
    fn chain_piece<S: Simd>(self, simd: S, y: &[f32], gradient: &mut [f32]) {
        let one = S::f32s::splat(simd, 1.0);
        let zero = S::f32s::splat(simd, 0.0);
        match self.0 {
            Activation::Identity => {}
            Activation::Relu => scale(simd, y, gradient, |y| y.simd_gt(zero).select(one, zero)),
            Activation::Sigmoid => scale(simd, y, gradient, |y| y * (one - y)),
            Activation::Tanh => scale(simd, y, gradient, |y| one - y * y),
            Activation::ScaledTanh => {
                // With y = A·tanh(Sx): y' = A·S·(1 − (y/A)²) = A·S − (S/A)·y².
                let slope = (SCALED_TANH_AMPLITUDE * SCALED_TANH_SLOPE) as f32;
                let slope = S::f32s::splat(simd, slope);
                let bend = (SCALED_TANH_SLOPE / SCALED_TANH_AMPLITUDE) as f32;
                scale(simd, y, gradient, |y| slope - y * y * bend);
            }
        }
    }
}

#[inline(always)]
fn scale<S: Simd>(
    simd: S,
    y: &[f32],
    gradient: &mut [f32],
    derivative: impl Fn(S::f32s) -> S::f32s,
) {
    let (whole, rest) = y.split_at(y.len() / S::f32s::LEN * S::f32s::LEN);
    let (gradient, gradient_rest) = gradient.split_at_mut(whole.len());
    let vectors = whole.chunks_exact(S::f32s::LEN).zip(gradient.chunks_exact_mut(S::f32s::LEN));
    for (y, gradient) in vectors {
        let slope = derivative(S::f32s::from_slice(simd, y));
        (S::f32s::from_slice(simd, gradient) * slope).store_slice(gradient);
    }
    if !rest.is_empty() {
        let mut y = S::f32s::splat(simd, 0.0);
        y.as_mut_slice()[..rest.len()].copy_from_slice(rest);
        let slope = derivative(y);
        gradient_rest.iter_mut().zip(slope.as_slice()).for_each(|(g, slope)| *g *= slope);
    }
}

#[inline(always)]
fn relu<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let zero = S::f32s::splat(simd, 0.0);
    x.simd_le(zero).select(zero, x)
}

#[inline(always)]
fn sigmoid<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    let half = S::f32s::splat(simd, 0.5);
    tanh(simd, x * half).mul_add(half, half)
}

#[inline(always)]
fn scaled_tanh<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
    tanh(simd, x * SCALED_TANH_SLOPE as f32) * SCALED_TANH_AMPLITUDE as f32
}

/// tanh as a rational function of x, P(x)/Q(x), odd over even; beyond ±7.905 it is ±1 in `f32`. The
/// coefficients are those of Eigen's `generic_fast_tanh_float`; the error stays below 4·10⁻⁷.
#[inline(always)]
fn tanh<S: Simd>(simd: S, x: S::f32s) -> S::f32s {
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
    let near = x.min(S::f32s::splat(simd, REACH)).max(S::f32s::splat(simd, -REACH));
    let square = near * near;
    let y = near * horner(simd, &P, square) / horner(simd, &Q, square);
    x.simd_eq(x).select(y, x)
}

/// A polynomial, the highest coefficient first.
#[inline(always)]
fn horner<S: Simd, const N: usize>(simd: S, coefficients: &[f32; N], x: S::f32s) -> S::f32s {
    let mut sum = S::f32s::splat(simd, coefficients[0]);
    for &coefficient in &coefficients[1..] {
        sum = sum.mul_add(x, S::f32s::splat(simd, coefficient));
    }
    sum
}

impl CustomOp1 for Activate {
    fn name(&self) -> &'static str {
        self.0.name().unwrap_or("identity")
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, candle_core::Shape)> {
        let mut y = slice(x, layout)?.to_vec();
        self.apply(&mut y);
        Ok((CpuStorage::F32(y), layout.shape().clone()))
    }

    fn bwd(&self, x: &Tensor, y: &Tensor, gy: &Tensor) -> Result<Option<Tensor>> {
        let gy = gy.contiguous()?;
        let (y, gy) = (values(y)?, values(&gy)?);
        gradient_if_tracked(x, |gx| {
            gx.copy_from_slice(&gy);
            self.chain(&y, gx);
        })
    }
}

/// The activation of every value: [`Activation::apply`].
#[must_use]
pub fn reference(activation: Activation, x: &[f64]) -> Vec<f64> {
    x.iter().map(|&x| activation.apply(x)).collect()
}

const _: () = assert!(PIECE.is_multiple_of(LANES), "a piece holds whole cells");
