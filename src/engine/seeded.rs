//! Random weights that another program can make too, in ten lines (contract, §5).
//!
//! Element i of tensor `name` is √(g/fan_in)·u with u in −1 ≤ u < 1 from
//! splitmix64((fnv1a64(name) XOR seed) + i); g is 6 before a ReLU (He 2015), else 3 (LeCun 1998b:
//! variance 1/fan_in). Biases and β are 0, γ 1, running mean 0, running variance 1, subsampling
//! coefficients ¼, kernels without a link 0.

use super::EngineError;
use super::fit::{self, Needed};
use super::rng::{fnv1a64, splitmix64, symmetric};
use crate::array::{Array, Weights};
use crate::network::connectivity::fan_in;
use crate::network::{Activation, Network};

/// The seed where none is given.
pub const DEFAULT_SEED: u64 = 1;

/// Random weights for every tensor of the network.
///
/// # Errors
/// If the network is too large to hold; nothing is reserved before that is known.
pub fn weights(network: &Network, seed: u64) -> Result<Weights, EngineError> {
    let mut weights = Weights::default();
    for needed in fit::needed(network)? {
        let array = match needed.part {
            "weight" => weight(network, &needed, seed),
            "coefficient" => Array::full(&needed.shape, 0.25),
            "gamma" | "running_variance" => Array::full(&needed.shape, 1.0),
            _ => Array::full(&needed.shape, 0.0),
        };
        weights.tensors.insert(needed.name, array);
    }
    Ok(weights)
}

fn weight(network: &Network, needed: &Needed, seed: u64) -> Array {
    let gain = match network.nodes()[needed.node].activation {
        Activation::Relu => 6.0,
        Activation::Identity | Activation::Sigmoid | Activation::Tanh | Activation::ScaledTanh => {
            3.0
        }
    };
    let maps = network.nodes()[needed.node].output[0];
    let reaches: Vec<f64> =
        (0..maps).map(|map| (gain / fan_in(network, needed.node, map) as f64).sqrt()).collect();
    let start = fnv1a64(&needed.name) ^ seed;
    let size: usize = needed.shape.iter().product();
    let mut values: Vec<f32> = (0..size)
        .map(|i| {
            let u = symmetric(splitmix64(start.wrapping_add(i as u64)));
            (reaches[i / (size / maps)] * u) as f32
        })
        .collect();
    for (map, input) in fit::unlinked(network, needed) {
        let area = size / (needed.shape[0] * needed.shape[1]);
        values[(map * needed.shape[1] + input) * area..][..area].fill(0.0);
    }
    Array::new(&needed.shape, values).expect("one value per place of the shape")
}
