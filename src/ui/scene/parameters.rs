//! What the Parameters view shows.

use serde::{Deserialize, Serialize};

use super::Pin;
use crate::explain::three_ways::{FIELD, MAP};
use crate::network::Formula;
use crate::network::connect::{Counts, Setting, Stop};

/// A layer that is connected in three ways, and what is seen of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Parameters {
    pub setting: Setting,
    /// The view opens at the end of the way, where the three counts lie furthest apart and the matrix shows
    /// what a convolution is; whoever tells the story from its beginning opens the lecture.
    pub stop: Stop,
    /// Columns whose numbers are still to be guessed: fully, locally connected, convolutional.
    pub asked: [bool; 3],
    pub page: Page,
    /// Where the matrix is seen from.
    pub camera: MatrixCamera,
    /// Row and column of the cell that is touched: every cell with its weight lights up.
    pub touched: Option<[u64; 2]>,
    /// Cells in colours by weight, instead of all in one grey.
    pub by_identity: bool,
    pub trial: Trial,
    /// The layer of a network that this was, to go back to.
    pub from: Option<Pin>,
    /// The count that is opened to its formula.
    pub formula: Option<Opened>,
}

/// A count that is opened to its formula.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// Fully connected, locally connected, convolutional.
    pub way: usize,
    pub count: Count,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Count {
    Weights,
    Biases,
    /// Weights and biases.
    Params,
    Connections,
    Macs,
    Bytes,
}

impl Count {
    pub const ALL: [Self; 6] =
        [Self::Weights, Self::Biases, Self::Params, Self::Connections, Self::Macs, Self::Bytes];

    /// Its formula.
    #[must_use]
    pub fn of(self, counts: &Counts) -> Formula {
        match self {
            Self::Weights => counts.weights.clone(),
            Self::Biases => counts.biases.clone(),
            Self::Params => counts.params(),
            Self::Connections => counts.connections.clone(),
            Self::Macs => counts.macs.clone(),
            Self::Bytes => counts.bytes.clone(),
        }
    }
}

/// What stands beside the counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Page {
    /// In a narrow window, the counts themselves.
    Counts,
    /// The matrix y = W·x.
    #[default]
    Wiring,
    /// The three ways at work on a digit.
    Trial,
}

/// Where the matrix is seen from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum MatrixCamera {
    /// The whole matrix.
    #[default]
    Fit,
    /// The row and column in the middle, and cells per point.
    At { centre: [f64; 2], cells: f64 },
}

/// The three ways at work on a digit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Trial {
    /// How far the digit has been dragged.
    pub shift: Shift,
    /// Row and column of the unit whose weight is turned.
    pub unit: [usize; 2],
    /// Row and column of the weight in its kernel.
    pub weight: [usize; 2],
    /// How far that weight has been turned.
    pub turned: f32,
    /// Rows and columns that are added to the image, to see who can still work.
    pub larger: [usize; 2],
}

/// How far a digit may be dragged.
pub const FURTHEST: i32 = 8;
/// How far a weight may be turned.
pub const MOST_TURNED: f32 = 3.0;
/// How much wider or higher the image may be made.
pub const MOST_LARGER: usize = 16;

impl Trial {
    /// The same, with every number where there is something to show: a scene from a file may say anything.
    #[must_use]
    pub fn within_reach(&self) -> Self {
        let turned = if self.turned.is_finite() { self.turned } else { 0.0 };
        Self {
            shift: Shift {
                y: self.shift.y.clamp(-FURTHEST, FURTHEST),
                x: self.shift.x.clamp(-FURTHEST, FURTHEST),
            },
            unit: self.unit.map(|at| at.min(MAP - 1)),
            weight: self.weight.map(|at| at.min(FIELD - 1)),
            turned: turned.clamp(-MOST_TURNED, MOST_TURNED),
            larger: self.larger.map(|more| more.min(MOST_LARGER)),
        }
    }
}

/// Rows down and columns to the right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    pub y: i32,
    pub x: i32,
}
