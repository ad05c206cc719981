//! The PyTorch fixtures, and the weights and images they were made from (`tests/fixtures`).

use std::path::PathBuf;

use convscope::array::{Array, TensorFile, Weights};
use convscope::engine::{lanes, seeded};
use convscope::network::Network;

/// The labels of the three images.
pub const LABELS: [usize; 3] = [3, 1, 7];

/// A fixture file.
pub fn file(name: &str) -> TensorFile {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures")).join(name);
    TensorFile::read(&path).unwrap()
}

/// Seeded weights, with biases and coefficients that would show mistakes.
pub fn weights(network: &Network) -> Weights {
    let mut weights = seeded::weights(network, 1).unwrap();
    for (name, array) in &mut weights.tensors {
        let shape = array.shape().to_vec();
        if name.ends_with(".bias") {
            *array = Array::from_fn(&shape, |j| (0.01 * (j as f64 % 7.0 - 3.0)) as f32);
        }
        if name.ends_with(".coefficient") {
            *array = Array::from_fn(&shape, |j| (0.25 + 0.02 * j as f64) as f32);
        }
    }
    weights
}

/// Image n of the three.
pub fn image(n: usize) -> Array {
    Array::from_fn(&[1, 32, 32], |i| {
        let (y, x) = ((i / 32) as f64, (i % 32) as f64);
        let n = n as f64;
        ((0.37 * (n + 1.0) * y * 0.5 + 0.61 * x + n).sin() * 0.8) as f32
    })
}

/// All three, packed.
pub fn images() -> candle_core::Tensor {
    let images = [image(0), image(1), image(2)];
    lanes::pack_arrays(&images.iter().collect::<Vec<_>>(), [1, 32, 32]).unwrap()
}

/// Asserts that two lists agree, each value to `tolerance` relative to max(1, |expected|).
#[track_caller]
pub fn assert_close(what: &str, found: &[f32], expected: &[f32], tolerance: f32) {
    assert_eq!(found.len(), expected.len(), "{what}: number of values");
    for (i, (&found, &expected)) in found.iter().zip(expected).enumerate() {
        let error = (found - expected).abs() / expected.abs().max(1.0);
        assert!(error <= tolerance, "{what}[{i}]: {found} instead of {expected}, error {error:e}");
    }
}
