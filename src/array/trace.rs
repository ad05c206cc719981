//! Every value a network computed on one image.

use super::Array;

/// What one node computed, `[c, h, w]` each.
#[derive(Clone, Debug, PartialEq)]
pub struct NodeTrace {
    /// Before the activation.
    pub sum: Array,
    /// After it; shares memory with `sum` where there is no activation.
    pub output: Array,
}

/// One forward pass: an entry per node, in the network's order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Trace {
    pub nodes: Vec<NodeTrace>,
}

impl Trace {
    /// The output of node `index`.
    #[must_use]
    pub fn output(&self, index: usize) -> &Array {
        &self.nodes[index].output
    }

    /// The output of the last node.
    #[must_use]
    pub fn answer(&self) -> Option<&Array> {
        self.nodes.last().map(|node| &node.output)
    }
}
