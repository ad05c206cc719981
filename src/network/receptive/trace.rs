//! The field of one unit, followed back through every layer to the image.

use super::super::connectivity::reads;
use super::super::{Channels, Conv, Layer, Network, Shape, Unit};
use super::Channelset;

/// A half-open box of cells; with padding it may reach beyond the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub y0: i64,
    pub x0: i64,
    pub y1: i64,
    pub x1: i64,
}

impl Bounds {
    /// The cells that exist on a map of this height and width.
    #[must_use]
    pub fn clipped(self, [_, h, w]: Shape) -> Self {
        let (h, w) = (h as i64, w as i64);
        Self {
            y0: self.y0.clamp(0, h),
            x0: self.x0.clamp(0, w),
            y1: self.y1.clamp(0, h),
            x1: self.x1.clamp(0, w),
        }
    }

    /// Rows and columns.
    #[must_use]
    pub fn sides(self) -> [usize; 2] {
        [(self.y1 - self.y0).max(0) as usize, (self.x1 - self.x0).max(0) as usize]
    }

    fn union(self, other: Self) -> Self {
        Self {
            y0: self.y0.min(other.y0),
            x0: self.x0.min(other.x0),
            y1: self.y1.max(other.y1),
            x1: self.x1.max(other.x1),
        }
    }
}

/// What a unit sees of one earlier node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeRegion {
    pub node: usize,
    pub channels: Channelset,
    /// The smallest box holding what is seen, before clipping.
    pub bounds: Bounds,
}

/// What unit (c, y, x) of node `index` sees of every node it depends on, itself first, the image last.
#[must_use]
pub fn trace(network: &Network, index: usize, [c, y, x]: Unit) -> Vec<NodeRegion> {
    trace_maps(network, index, Channelset::from([c]), [y, x])
}

/// What the units at row `y`, column `x` of several maps of node `index` see together.
#[must_use]
pub fn trace_maps(
    network: &Network,
    index: usize,
    channels: Channelset,
    [y, x]: [usize; 2],
) -> Vec<NodeRegion> {
    let (y, x) = (y as i64, x as i64);
    let mut regions: Vec<Option<NodeRegion>> = vec![None; index + 1];
    regions[index] = Some(NodeRegion {
        node: index,
        channels,
        bounds: Bounds { y0: y, x0: x, y1: y + 1, x1: x + 1 },
    });
    for node in (0..=index).rev() {
        if let Some(region) = regions[node].take() {
            for source in sources(network, &region) {
                merge(&mut regions[source.node], source);
            }
            regions[node] = Some(region);
        }
    }
    regions.into_iter().rev().flatten().collect()
}

fn merge(known: &mut Option<NodeRegion>, new: NodeRegion) {
    match known {
        Some(region) => {
            region.channels.extend(new.channels);
            region.bounds = region.bounds.union(new.bounds);
        }
        None => *known = Some(new),
    }
}

/// What the units of a region read directly. Windows keep their order, so the first and the last unit
/// along each axis give the whole box.
fn sources(network: &Network, region: &NodeRegion) -> Vec<NodeRegion> {
    let node = &network.nodes()[region.node];
    let Bounds { y0, x0, y1, x1 } = region.bounds;
    let alike = maps_read_alike(&node.layer);
    let channels = region.channels.iter().take(if alike { 1 } else { usize::MAX });
    channels
        .flat_map(|&c| {
            [(y0, x0), (y1 - 1, x1 - 1)].map(|(y, x)| reads(network, region.node, c, y, x))
        })
        .flatten()
        .map(|reads| {
            let (rows, columns) = (reads.rows.span(), reads.columns.span());
            NodeRegion {
                node: node.inputs[reads.input],
                channels: reads.channels.into_iter().collect(),
                bounds: Bounds { y0: rows.start, x0: columns.start, y1: rows.end, x1: columns.end },
            }
        })
        .collect()
}

/// Whether all maps of a layer read the same, so that one speaks for them.
fn maps_read_alike(layer: &Layer) -> bool {
    match layer {
        Layer::Conv(Conv { channels: Channels::Groups(groups), .. }) => *groups == 1,
        Layer::Local(_) | Layer::Linear(_) | Layer::Rbf(_) | Layer::Softmax => true,
        Layer::Conv(Conv { channels: Channels::Table(_), .. })
        | Layer::Input { .. }
        | Layer::PoolMax(_)
        | Layer::PoolAvg(_)
        | Layer::GlobalAvg
        | Layer::Subsample(_)
        | Layer::BatchNorm { .. }
        | Layer::Lrn(_)
        | Layer::Dropout { .. }
        | Layer::Flatten
        | Layer::Concat
        | Layer::Add
        | Layer::PadChannels { .. } => false,
    }
}
