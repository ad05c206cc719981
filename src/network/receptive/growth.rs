//! How a field grows from layer to layer, with the numbers of each step.
//!
//! size ← size + (span − 1)·jump, start ← start + first·jump, jump ← jump·stride, where the window
//! covers `span` cells from `first` on (negative with padding). A fully connected or global node counts as
//! a window over its whole input. Where branches meet, the field is their union and no such step.

use super::super::connectivity::reads;
use super::super::{Layer, Network};
use super::{Field, Fields};

/// One step along the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Of the node that is read.
    pub before: Along,
    /// Cells from the first to the last one that is read, holes counted.
    pub span: u64,
    /// The cell that the window begins with.
    pub first: i64,
    /// How far the window moves.
    pub stride: i64,
}

/// A field along one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Along {
    pub size: u64,
    pub jump: i64,
    pub start: i64,
}

/// A node and how its field comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Growth {
    pub node: usize,
    pub field: Field,
    /// `None` for the image, and where branches meet.
    pub step: Option<Step>,
}

impl Along {
    /// Along the rows (axis 0) or columns.
    #[must_use]
    pub const fn of(field: &Field, axis: usize) -> Self {
        Self { size: field.size[axis], jump: field.jump[axis], start: field.start[axis] }
    }
}

/// Every node, the image first.
#[must_use]
pub fn growth(network: &Network, fields: &Fields) -> Vec<Growth> {
    let nodes = network.nodes();
    (0..nodes.len())
        .map(|node| {
            let field = fields.node(node);
            let step = match nodes[node].layer {
                // Maps of a flattened picture see different cells each.
                Layer::Flatten | Layer::Concat | Layer::Add | Layer::Input { .. } => None,
                _ => step(network, fields, node),
            };
            Growth { node, field, step }
        })
        .collect()
}

fn step(network: &Network, fields: &Fields, node: usize) -> Option<Step> {
    let inputs = &network.nodes()[node].inputs;
    let [source] = inputs[..] else { return None };
    let rows = reads(network, node, 0, 0, 0).first()?.rows;
    let before = Along::of(&fields.node(source), 0);
    let after = Along::of(&fields.node(node), 0);
    let stride = if before.jump == 0 { 0 } else { after.jump / before.jump };
    let step = Step { before, span: rows.last() as u64 + 1, first: rows.start, stride };
    // What the closed recurrence does not give is not shown as one.
    (step.after() == after).then_some(step)
}

impl Step {
    /// What the recurrence gives.
    #[must_use]
    pub const fn after(&self) -> Along {
        let Self { before: Along { size, jump, start }, span, first, stride } = *self;
        Along {
            size: size + (span - 1) * jump.unsigned_abs(),
            jump: jump * stride,
            start: start + first * jump,
        }
    }

    /// `1 + 2·1 = 3`.
    #[must_use]
    pub fn size_text(&self) -> String {
        let Along { size, jump, .. } = self.before;
        format!("{size} + {}·{jump} = {}", self.span - 1, self.after().size)
    }

    /// `1·2 = 2`.
    #[must_use]
    pub fn jump_text(&self) -> String {
        format!("{}·{} = {}", self.before.jump, self.stride, self.after().jump)
    }

    /// `0 − 1·1 = −1`.
    #[must_use]
    pub fn start_text(&self) -> String {
        let Along { jump, start, .. } = self.before;
        let sign = if self.first < 0 { "−" } else { "+" };
        let (start, after) = (signed(start), signed(self.after().start));
        format!("{start} {sign} {}·{jump} = {after}", self.first.abs())
    }
}

/// With a real minus.
fn signed(number: i64) -> String {
    if number < 0 { format!("−{}", number.unsigned_abs()) } else { number.to_string() }
}
