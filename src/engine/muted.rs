//! Which maps of which nodes are silenced in a pass: their outputs are zeros, and everything
//! downstream follows.

use std::collections::BTreeMap;

use candle_core::Tensor;

use super::ops::mute::Mute;
use crate::network::Network;

/// The muted maps of a network, by node.
#[derive(Clone, Debug, Default)]
pub struct Muted {
    of_node: BTreeMap<usize, Mute>,
}

impl Muted {
    /// Map `m` of node `n` for every pair (n, m); pairs that name nothing are ignored.
    pub fn new(network: &Network, pairs: &[(usize, usize)]) -> Self {
        let mut of_node = BTreeMap::new();
        for (index, node) in network.nodes().iter().enumerate() {
            let maps: Vec<usize> = pairs
                .iter()
                .filter(|&&(n, map)| n == index && map < node.output[0])
                .map(|&(_, map)| map)
                .collect();
            if !maps.is_empty() {
                of_node.insert(index, Mute::new(node.output, maps));
            }
        }
        Self { of_node }
    }

    /// The output of node `index` as the nodes behind it get it; the same tensor where nothing is
    /// muted.
    pub fn output(&self, index: usize, output: Tensor) -> candle_core::Result<Tensor> {
        match self.of_node.get(&index) {
            Some(mute) => output.apply_op1(mute.clone()),
            None => Ok(output),
        }
    }

    /// What is silenced of node `index`.
    pub fn of(&self, index: usize) -> Option<&Mute> {
        self.of_node.get(&index)
    }
}
