//! What is done in the Receptive field view.

use crate::network::stack::{Stack, StackError, StackKind};
use crate::ui::scene::{Composition, FieldPage, Spot};

/// What is done in the Receptive field view. Stacks are named by their place, 0 or 1.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldAction {
    Preset(FieldPreset),
    Page(FieldPage),
    /// Whole maps, or one row of cells.
    Maps(bool),
    /// Heat averaged over the test digits, or of this image.
    Average(bool),
    /// Another stack; one that there is not is told, and the last good one kept.
    Stack(usize, Stack),
    /// A layer more on the active stack.
    Add(StackKind),
    /// A layer less: this one, the selected one, or the last.
    Remove(Option<usize>),
    /// The same layer one place earlier, or (`true`) later.
    Move(Option<usize>, bool),
    /// A layer of the active stack in another place.
    Reorder {
        from: usize,
        to: usize,
    },
    /// What was typed is no such number.
    Refused(StackError),
    Select(usize, Option<usize>),
    /// Another unit of a stack; `None` for the middle of the last layer.
    Spot(usize, Option<Spot>),
    /// Another unit of the network with branches.
    Branch(Option<Spot>),
    /// Two stacks, or one.
    Compare,
    Composition(Composition),
}

/// A comparison that is ready to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldPreset {
    /// 7×7 or three 3×3.
    Seven,
    /// 5×5 or two 3×3.
    Five,
    Dilated,
    StrideOrPool,
    /// Two kernels become one.
    Compose,
    /// LeNet-5 on a digit.
    LeNet,
    Branches,
    /// Far more layers than the image has room for.
    Deep,
    Neocognitron,
}
