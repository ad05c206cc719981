//! Receptive fields: which pixels a unit can see, in theory and before clipping at the border.
//!
//! The recurrence is the usual one (size grows by (span − 1)·jump, jump by the stride), kept here as
//! exact **sets** of pixels, so that branches, dilation and strides wider than a kernel are right
//! too: a field is a union of products of rows and columns. Fully connected and global nodes count
//! as convolutions whose kernel is their whole input (contract §3).

mod cells;
pub mod energy;
pub mod growth;
mod paths;
mod trace;

pub use paths::{MOST_CELLS, NodePaths, NotCounted, Paths, paths, paths_through};
pub use trace::{Bounds, NodeRegion, trace, trace_maps};

use std::collections::{BTreeSet, HashMap};

use super::connectivity::{Reads, Taps, reads};
use super::{Layer, Network, Shape};
use cells::Cells;

/// The theoretical field of a node's units on the image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Rows and columns of the smallest box that holds the field.
    pub size: [u64; 2],
    /// How many pixels the field moves from one unit to the next.
    pub jump: [i64; 2],
    /// First row and column that unit (0, 0) sees; negative with padding.
    pub start: [i64; 2],
    /// Whether the field is that whole box.
    pub exact: bool,
}

#[derive(Clone, Debug)]
struct NodeCells {
    cells: Cells,
    jump: [i64; 2],
}

/// The fields of all nodes, derived once.
#[derive(Clone, Debug)]
pub struct Fields {
    nodes: Vec<NodeCells>,
}

impl Fields {
    #[must_use]
    pub fn of(network: &Network) -> Self {
        let mut fields = Self { nodes: Vec::with_capacity(network.nodes().len()) };
        for index in 0..network.nodes().len() {
            let node = fields.derive(network, index);
            fields.nodes.push(node);
        }
        fields
    }

    /// The field of node `index`, all of its maps together.
    #[must_use]
    pub fn node(&self, index: usize) -> Field {
        self.nodes[index].field()
    }

    /// The field of one map's units: behind a concatenation or a table, fewer branches than the node's.
    #[must_use]
    pub fn map(&self, network: &Network, index: usize, map: usize) -> Field {
        let jump = self.nodes[index].jump;
        let cells = self.map_cells(network, (index, map), &mut HashMap::new());
        NodeCells { cells, jump }.field()
    }

    fn derive(&self, network: &Network, index: usize) -> NodeCells {
        let node = &network.nodes()[index];
        if node.inputs.is_empty() {
            return NodeCells { cells: Cells::single(), jump: [1, 1] };
        }
        let mut cells = Cells::default();
        for reads in reads_of_all_maps(network, index, [0, 0]) {
            let source = &self.nodes[node.inputs[reads.input]];
            cells.add(source.cells.spread(reads.rows, reads.columns, source.jump));
        }
        let before = self.nodes[node.inputs[0]].jump;
        let stride = strides(&node.layer, network.input_shapes(index)[0], node.output);
        NodeCells { cells, jump: [before[0] * stride[0], before[1] * stride[1]] }
    }

    /// Nodes of many maps and branches meet the same map again and again: each is derived once.
    fn map_cells(
        &self,
        network: &Network,
        (index, map): (usize, usize),
        known: &mut HashMap<(usize, usize), Cells>,
    ) -> Cells {
        if let Some(cells) = known.get(&(index, map)) {
            return cells.clone();
        }
        let node = &network.nodes()[index];
        let mut cells = Cells::default();
        for reads in reads(network, index, map, 0, 0) {
            let source = node.inputs[reads.input];
            let jump = self.nodes[source].jump;
            if reads.channels.len() == network.nodes()[source].output[0] {
                let all = &self.nodes[source].cells;
                cells.add(all.spread(reads.rows, reads.columns, jump));
            } else {
                for &channel in &reads.channels {
                    let one = self.map_cells(network, (source, channel), known);
                    cells.add(one.spread(reads.rows, reads.columns, jump));
                }
            }
        }
        if cells.is_empty() {
            cells.clone_from(&self.nodes[index].cells);
        }
        known.insert((index, map), cells.clone());
        cells
    }
}

impl NodeCells {
    fn field(&self) -> Field {
        let [rows, columns] = self.cells.bounds();
        Field {
            size: [rows.end.abs_diff(rows.start), columns.end.abs_diff(columns.start)],
            jump: self.jump,
            start: [rows.start, columns.start],
            exact: self.cells.fill_their_bounds(),
        }
    }
}

/// What the units at row `y`, column `x` read, all maps together: rows and columns, an entry per input.
fn reads_of_all_maps(network: &Network, index: usize, [y, x]: [i64; 2]) -> Vec<Reads> {
    let node = &network.nodes()[index];
    match node.layer {
        Layer::Concat => (0..node.inputs.len())
            .map(|input| Reads {
                input,
                channels: Vec::new(),
                rows: Taps { start: y, ..Taps::ONE },
                columns: Taps { start: x, ..Taps::ONE },
            })
            .collect(),
        Layer::Flatten => {
            let [_, h, w] = network.input_shapes(index)[0];
            vec![Reads {
                input: 0,
                channels: Vec::new(),
                rows: Taps::whole(h),
                columns: Taps::whole(w),
            }]
        }
        _ => reads(network, index, 0, y, x),
    }
}

/// How far the field moves on the input from one unit to the next.
fn strides(layer: &Layer, [_, h, w]: Shape, [_, rows, columns]: Shape) -> [i64; 2] {
    if let Some(window) = layer.window() {
        return window.stride.map(|s| s as i64);
    }
    match layer {
        // Uneven windows have no one stride; this is the one of most of them.
        Layer::PoolMax(_) | Layer::PoolAvg(_) => [(h / rows) as i64, (w / columns) as i64],
        // Units of a fully connected layer arranged as maps all see the same.
        Layer::Linear(_) if rows * columns > 1 => [0, 0],
        _ => [1, 1],
    }
}

/// The maps of one node, as a set.
pub type Channelset = BTreeSet<usize>;
