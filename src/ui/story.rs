//! The story of one pinned unit: its arithmetic and its field, derived once and shown everywhere.

use std::collections::HashMap;

use super::action::UnitRef;
use super::studio::{Open, Seen};
use crate::explain::{ExplainError, Explanation, explain};
use crate::network::receptive::{NodeRegion, trace as field_of};
use crate::network::{Field, Layer};

/// What is told about the pinned unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    pub pin: UnitRef,
    /// `None` for a pixel of the image, which nothing computes.
    pub arithmetic: Option<Result<Explanation, ExplainError>>,
    /// What it sees of every node before it, itself first.
    pub regions: Vec<NodeRegion>,
    /// Where each node stands among the regions.
    places: HashMap<usize, usize>,
    /// The theoretical field of the pinned map's units on the image.
    pub field: Field,
}

impl Story {
    #[must_use]
    pub fn of(open: &Open, seen: &Seen, pin: UnitRef) -> Self {
        let UnitRef { node, unit } = pin;
        let network = &open.network;
        let computed = !matches!(network.nodes()[node].layer, Layer::Input { .. });
        let regions = field_of(network, node, unit);
        Self {
            pin,
            arithmetic: computed.then(|| explain(network, &seen.weights, &seen.trace, node, unit)),
            places: regions.iter().enumerate().map(|(i, region)| (region.node, i)).collect(),
            regions,
            field: open.fields.map(network, node, unit[0]),
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
        self.places.get(&index).map(|&place| &self.regions[place])
    }
}
