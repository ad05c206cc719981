//! How a field grows from layer to layer, with the numbers of each step.
//!
//! size ← size + (kernel − 1)·dilation·jump, start ← start + first·jump, jump ← jump·stride, where the
//! window begins with the cell `first` (negative with padding). A fully connected or global node counts as
//! a window over its whole input. Where branches meet, the field is their union and no such step.

use super::super::connectivity::{Taps, reads};
use super::super::{Layer, Network};
use super::{Field, Fields};

/// One step along one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Of the node that is read.
    pub before: Along,
    /// Cells that are read.
    pub kernel: u64,
    /// From one of them to the next.
    pub dilation: u64,
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
    /// Along the rows and along the columns; `None` for the image, and where branches meet.
    pub steps: Option<[Step; 2]>,
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
            let steps = match nodes[node].layer {
                // Maps of a flattened picture see different cells each.
                Layer::Flatten | Layer::Concat | Layer::Add | Layer::Input { .. } => None,
                Layer::Conv(_)
                | Layer::Local(_)
                | Layer::Linear(_)
                | Layer::PoolMax(_)
                | Layer::PoolAvg(_)
                | Layer::GlobalAvg
                | Layer::Subsample(_)
                | Layer::Rbf(_)
                | Layer::Softmax
                | Layer::BatchNorm { .. }
                | Layer::Lrn(_)
                | Layer::Dropout { .. }
                | Layer::PadChannels { .. } => steps(network, fields, node),
            };
            Growth { node, field, steps }
        })
        .collect()
}

fn steps(network: &Network, fields: &Fields, node: usize) -> Option<[Step; 2]> {
    let inputs = &network.nodes()[node].inputs;
    let [source] = inputs[..] else { return None };
    let reads = reads(network, node, 0, 0, 0);
    let reads = reads.first()?;
    let (before, after) = (fields.node(source), fields.node(node));
    let along = |axis: usize, taps: Taps| {
        let (before, after) = (Along::of(&before, axis), Along::of(&after, axis));
        let stride = if before.jump == 0 { 0 } else { after.jump / before.jump };
        let (kernel, dilation) = (taps.count as u64, taps.step.unsigned_abs());
        let step = Step { before, kernel, dilation, first: taps.start, stride };
        // What the closed recurrence does not give is not shown as one.
        (kernel > 0 && step.after() == after).then_some(step)
    };
    Some([along(0, reads.rows)?, along(1, reads.columns)?])
}

impl Growth {
    /// Whether rows and columns grow alike, so that one of them tells both.
    #[must_use]
    pub fn is_square(&self) -> bool {
        Along::of(&self.field, 0) == Along::of(&self.field, 1)
            && self.steps.is_none_or(|[rows, columns]| rows == columns)
    }
}

impl Step {
    /// What the recurrence gives.
    #[must_use]
    pub const fn after(&self) -> Along {
        let Self { before: Along { size, jump, start }, kernel, dilation, first, stride } = *self;
        Along {
            size: size + (kernel - 1) * dilation * jump.unsigned_abs(),
            jump: jump * stride,
            start: start + first * jump,
        }
    }

    /// `1 + 2·1 = 3`; with holes between the cells `1 + 2·4·1 = 9`.
    #[must_use]
    pub fn size_text(&self) -> String {
        let Along { size, jump, .. } = self.before;
        let holes = if self.dilation > 1 { format!("·{}", self.dilation) } else { String::new() };
        format!("{size} + {}{holes}·{jump} = {}", self.kernel - 1, self.after().size)
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
