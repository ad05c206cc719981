//! The story of one pinned unit: its arithmetic and its field, derived once and shown everywhere.

use crate::array::{Trace, Weights};
use crate::explain::{ExplainError, Explanation, explain};
use crate::network::receptive::{NodeRegion, trace as field_of};
use crate::network::{Layer, Network};

use super::action::UnitRef;

/// What is told about the pinned unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    pub pin: UnitRef,
    /// `None` for a pixel of the image, which nothing computes.
    pub arithmetic: Option<Result<Explanation, ExplainError>>,
    /// What it sees of every node before it, itself first.
    pub regions: Vec<NodeRegion>,
}

impl Story {
    #[must_use]
    pub fn of(network: &Network, weights: &Weights, trace: &Trace, pin: UnitRef) -> Self {
        let UnitRef { node, unit } = pin;
        let computed = !matches!(network.nodes()[node].layer, Layer::Input { .. });
        Self {
            pin,
            arithmetic: computed.then(|| explain(network, weights, trace, node, unit)),
            regions: field_of(network, node, unit),
        }
    }

    /// The arithmetic, where there is one.
    #[must_use]
    pub fn explanation(&self) -> Option<&Explanation> {
        self.arithmetic.as_ref()?.as_ref().ok()
    }

    /// What it sees of node `index`.
    #[must_use]
    pub fn region(&self, index: usize) -> Option<&NodeRegion> {
        self.regions.iter().find(|region| region.node == index)
    }
}
