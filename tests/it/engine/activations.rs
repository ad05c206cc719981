//! Activations at the places where they usually go wrong.

use candle_core::{Device, Tensor, Var};
use convscope::engine::ops::activation::Activate;
use convscope::network::Activation;

const ALL: [Activation; 5] = [
    Activation::Identity,
    Activation::Relu,
    Activation::Sigmoid,
    Activation::Tanh,
    Activation::ScaledTanh,
];

fn apply(activation: Activation, x: &[f32]) -> Vec<f32> {
    let padded = x.len().next_multiple_of(8);
    let mut values = x.to_vec();
    values.resize(padded, 0.0);
    let x_tensor = Tensor::from_vec(values, padded, &Device::Cpu).unwrap();
    let mut y: Vec<f32> = x_tensor.apply_op1(Activate(activation)).unwrap().to_vec1().unwrap();
    y.truncate(x.len());
    y
}

#[test]
fn they_follow_f64_everywhere() {
    let x: Vec<f32> = (-40_000..=40_000).map(|i| i as f32 * 0.000_5).collect();
    for activation in ALL {
        for (&x, y) in x.iter().zip(apply(activation, &x)) {
            let expected = activation.apply(x.into());
            let error = (f64::from(y) - expected).abs() / expected.abs().max(1.0);
            assert!(error < 4e-7, "{activation:?}({x}) = {y} instead of {expected}");
        }
    }
}

#[test]
fn near_zero_tanh_keeps_its_relative_accuracy() {
    let x: Vec<f32> = (1..80).map(|i| 1.5f32.powi(-i)).collect();
    for (&x, y) in x.iter().zip(apply(Activation::Tanh, &x)) {
        let expected = f64::from(x).tanh();
        assert!((f64::from(y) / expected - 1.0).abs() < 4e-7, "tanh({x}) = {y}");
    }
}

#[test]
fn far_out_they_are_at_their_limits_and_nothing_that_is_no_number_hides() {
    let x = [f32::INFINITY, f32::NEG_INFINITY, 1e30, -1e30];
    let close = |found: &[f32], expected: [f32; 4]| {
        found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-6)
    };
    assert!(close(&apply(Activation::Tanh, &x), [1.0, -1.0, 1.0, -1.0]));
    assert!(close(&apply(Activation::Sigmoid, &x), [1.0, 0.0, 1.0, 0.0]));
    for activation in ALL {
        assert!(apply(activation, &[f32::NAN])[0].is_nan(), "{activation:?}");
    }
}

#[test]
fn the_slope_of_relu_at_zero_is_zero() {
    let x = Var::from_vec(vec![0.0f32, -0.0, 1.0, -1.0, 0.0, 0.0, 0.0, 0.0], 8, &Device::Cpu);
    let x = x.unwrap();
    let y = x.apply_op1(Activate(Activation::Relu)).unwrap();
    let gradients = y.sum_all().unwrap().backward().unwrap();
    let slopes: Vec<f32> = gradients.get(&x).unwrap().to_vec1().unwrap();
    assert_eq!(slopes, [0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
}
