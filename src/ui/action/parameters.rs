//! What is done in the Parameters view.

use crate::network::connect::{Quantity, Setting, Stop};
use crate::ui::scene::{MatrixCamera, Opened, Page, Trial};

/// What is done in the Parameters view.
#[derive(Clone, Debug, PartialEq)]
pub enum Connect {
    /// Another layer; one that there is not is told, and the last good one kept.
    Setting(Setting),
    /// What was typed is no such number.
    Refused {
        what: Quantity,
        text: String,
        most: u64,
    },
    Stop(Stop),
    /// So many stops on, or back.
    Move(i32),
    /// Uncovers one of the three columns, or covers it again.
    Ask(usize, bool),
    Page(Page),
    Camera(MatrixCamera),
    /// Row and column of a cell.
    Touch(Option<[u64; 2]>),
    ByIdentity(bool),
    Trial(Trial, Hand),
    /// What was typed moves no digit, or turns no weight.
    RefusedShift(String),
    RefusedTurn(String),
    /// A layer of the open network, by its node.
    FromLayer(usize),
    /// Back to the layer that it came from.
    BackToLayer,
    Preset(Preset),
    /// Opens a count to its formula, or closes it.
    Formula(Option<Opened>),
}

/// What a person's hand does in the trial: what it does on and on is one step of undo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// Drags the digit.
    Drags,
    /// Turns the weight.
    Turns,
    /// Chooses a unit or a weight, or switches something.
    Chooses,
}

/// A layer that is ready to be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// 24 units on 24 inputs: all cells can be seen.
    Toy,
    /// A million units on a million pixels.
    Course,
    LeNetC1,
    LeNetC3,
    AlexNetConv1,
    AlexNetFc6,
}
