//! One unit of a network, and what it sees of everything before it.

use std::sync::Arc;

use super::super::SharedError;
use super::ends::Ends;
use crate::network::receptive::growth::{Growth, growth};
use crate::network::receptive::{
    Bounds, Fields, NodePaths, NodeRegion, paths_through, trace, trace_maps,
};
use crate::network::{Field, Network};
use crate::ui::action::UnitRef;
use crate::ui::scene::Spot;

/// A network, one of its units, and what that unit sees.
#[derive(Clone, Debug)]
pub struct Seer {
    pub network: Arc<Network>,
    pub fields: Arc<Fields>,
    pub growth: Arc<[Growth]>,
    pub unit: UnitRef,
    /// Whether the unit stands for those of all maps in its place, as the ways are counted.
    pub all_maps: bool,
    /// What it sees of every node before it, itself first.
    pub regions: Vec<NodeRegion>,
    /// The theoretical field of the unit's map, or of all maps together.
    pub field: Field,
    /// From which pixels the most and the fewest ways lead to it; `None` where none does, or too many to
    /// count.
    pub ends: Option<Ends>,
    /// The ways from each cell of each node to it; `None` where they are too many to count.
    ways: Option<Arc<[NodePaths]>>,
}

impl Seer {
    /// One unit of one map.
    pub(super) fn of(network: Arc<Network>, fields: Arc<Fields>, unit: UnitRef) -> Self {
        let growth = growth(&network, &fields).into();
        Self::looking(network, fields, growth, (unit, false))
    }

    /// The units of all maps in one place: behind branches each map alone would see one of them only.
    fn of_all_maps(network: Arc<Network>, fields: Arc<Fields>, unit: UnitRef) -> Self {
        let growth = growth(&network, &fields).into();
        Self::looking(network, fields, growth, (unit, true))
    }

    /// With another unit of the same network.
    pub(super) fn at(&self, unit: UnitRef) -> Self {
        let (network, fields) = (Arc::clone(&self.network), Arc::clone(&self.fields));
        Self::looking(network, fields, Arc::clone(&self.growth), (unit, self.all_maps))
    }

    fn looking(
        network: Arc<Network>,
        fields: Arc<Fields>,
        growth: Arc<[Growth]>,
        (unit, all_maps): (UnitRef, bool),
    ) -> Self {
        let UnitRef { node, unit: at @ [map, y, x] } = unit;
        let ways = ways(&network, unit);
        let on_image = ways.as_ref().and_then(|ways| ways.iter().find(|ways| ways.node == 0));
        let (regions, field) = if all_maps {
            let maps = (0..network.nodes()[node].output[0]).collect();
            (trace_maps(&network, node, maps, [y, x]), fields.node(node))
        } else {
            (trace(&network, node, at), fields.map(&network, node, map))
        };
        Self {
            regions,
            field,
            ends: on_image.and_then(|ways| Ends::of(&ways.paths)),
            ways,
            network,
            fields,
            growth,
            unit,
            all_maps,
        }
    }

    /// What the unit sees of node `index`.
    #[must_use]
    pub fn region(&self, index: usize) -> Option<&NodeRegion> {
        self.regions.iter().find(|region| region.node == index)
    }

    /// The ways from each cell of node `index`; `None` where there are none, or too many to count.
    #[must_use]
    pub fn paths_of(&self, index: usize) -> Option<&NodePaths> {
        self.ways.as_ref()?.iter().find(|ways| ways.node == index)
    }

    /// What it sees of the image, as the rule has it, and what of that exists: rows and columns.
    #[must_use]
    pub fn sides_on_image(&self) -> [[u64; 2]; 2] {
        let sides = |bounds: Bounds| bounds.sides().map(|side| side as u64);
        self.region(0).map_or([[0; 2]; 2], |region| {
            [region.bounds, region.bounds.clipped(self.network.input())].map(sides)
        })
    }

    /// Whether any pixel leads to it; where the ways are too many to count, its box tells.
    #[must_use]
    pub fn sees_image(&self) -> bool {
        match self.ways {
            Some(_) => self.ends.is_some(),
            None => self.sides_on_image()[1].iter().all(|&side| side > 0),
        }
    }
}

fn ways(network: &Network, UnitRef { node, unit: [_, y, x] }: UnitRef) -> Option<Arc<[NodePaths]>> {
    paths_through(network, node, [y, x]).ok().map(Into::into)
}

/// The known one with the unit that is asked for, or a new one.
pub(super) fn looking(
    known: Option<&Seer>,
    spot: Option<Spot>,
    make: impl FnOnce() -> Result<Network, SharedError>,
) -> Result<Seer, SharedError> {
    if let Some(seer) = known {
        let unit = unit_of(&seer.network, spot);
        return Ok(if seer.unit == unit { seer.clone() } else { seer.at(unit) });
    }
    let network = Arc::new(make()?);
    let fields = Arc::new(Fields::of(&network));
    let unit = unit_of(&network, spot);
    Ok(Seer::of_all_maps(network, fields, unit))
}

/// The unit of a spot, as near to it as the network has one; the middle of the last layer for none.
fn unit_of(network: &Network, spot: Option<Spot>) -> UnitRef {
    let last = network.nodes().len() - 1;
    let node = spot.map_or(last, |spot| spot.layer.min(last));
    let [_, h, w] = network.nodes()[node].output;
    let [y, x] = spot.map_or([(h - 1) / 2, (w - 1) / 2], |spot| spot.at);
    UnitRef { node, unit: [0, y.min(h - 1), x.min(w - 1)] }
}
