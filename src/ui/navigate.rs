//! Where the keyboard takes the pin.

use super::action::{Direction, UnitRef};
use crate::network::{Layer, Network, Unit};

/// The unit that is pinned when nothing else says which: the middle of the first computed layer.
#[must_use]
pub fn first(network: &Network) -> UnitRef {
    middle(network, 1.min(network.nodes().len() - 1), 0)
}

/// The unit one step from `pin`; from nowhere, the first one.
#[must_use]
pub fn step(network: &Network, pin: Option<UnitRef>, direction: Direction) -> UnitRef {
    let Some(UnitRef { node, unit }) = pin else { return first(network) };
    let [c, h, w] = network.nodes()[node].output;
    let [map, y, x] = unit;
    let last = network.nodes().len() - 1;
    let in_layer = |unit| UnitRef { node, unit };
    match direction {
        Direction::PreviousLayer => to_layer(network, node.saturating_sub(1), pin),
        Direction::NextLayer => to_layer(network, (node + 1).min(last), pin),
        Direction::FirstLayer => to_layer(network, 0, pin),
        Direction::LastLayer => to_layer(network, last, pin),
        Direction::PreviousMap => in_layer([(map + c - 1) % c, y, x]),
        Direction::NextMap => in_layer([(map + 1) % c, y, x]),
        Direction::Up => in_layer([map, y.saturating_sub(1), x]),
        Direction::Down => in_layer([map, (y + 1).min(h - 1), x]),
        Direction::Left => in_layer([map, y, x.saturating_sub(1)]),
        Direction::Right => in_layer([map, y, (x + 1).min(w - 1)]),
    }
}

/// The unit of another layer at the same place of the picture, in the same map if there is one.
#[must_use]
pub fn to_layer(network: &Network, node: usize, from: Option<UnitRef>) -> UnitRef {
    let Some(from) = from else { return middle(network, node, 0) };
    let [_, from_h, from_w] = network.nodes()[from.node].output;
    let [c, h, w] = network.nodes()[node].output;
    let [map, y, x] = from.unit;
    let scaled = |at: usize, from: usize, to: usize| ((2 * at + 1) * to / (2 * from)).min(to - 1);
    UnitRef { node, unit: [map.min(c - 1), scaled(y, from_h, h), scaled(x, from_w, w)] }
}

fn middle(network: &Network, node: usize, map: usize) -> UnitRef {
    let [_, h, w] = network.nodes()[node].output;
    UnitRef { node, unit: [map, h / 2, w / 2] }
}

/// The unit of the first computed layer that stands over the middle of what `unit` of `node` sees.
#[must_use]
pub fn beginning(network: &Network, node: usize, unit: Unit) -> UnitRef {
    let regions = crate::network::receptive::trace(network, node, unit);
    let first = network
        .nodes()
        .iter()
        .position(|node| !matches!(node.layer, Layer::Input { .. }))
        .unwrap_or(0);
    let Some(region) = regions.iter().find(|region| region.node == first) else {
        return middle(network, first, 0);
    };
    let shape @ [_, h, w] = network.nodes()[first].output;
    let seen = region.bounds.clipped(shape);
    let centre = |a: i64, b: i64, side: usize| (i64::midpoint(a, b).max(0) as usize).min(side - 1);
    let map = region.channels.first().copied().unwrap_or(0);
    UnitRef { node: first, unit: [map, centre(seen.y0, seen.y1, h), centre(seen.x0, seen.x1, w)] }
}
