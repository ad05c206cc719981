//! What stands on the page, as data: the drawing and the list of blanks both read it.

use super::What;
use crate::network::Activation;

/// One number on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    pub number: f64,
    pub look: Look,
}

/// How a number is shown on page 1; page 2 shows all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Given,
    /// Outside the map: it counts as 0.
    Padding,
    /// To be worked out.
    Asked(What),
    /// Printed; to be circled by the student, and circled in the key.
    Ringed,
}

impl Cell {
    pub const fn given(number: f64) -> Self {
        Self { number, look: Look::Given }
    }

    pub const fn asked(what: What, number: f64) -> Self {
        Self { number, look: Look::Asked(what) }
    }
}

/// Numbers in rows and columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    pub caption: String,
    pub columns: usize,
    /// Row by row.
    pub cells: Vec<Cell>,
    /// Names of the rows and of the columns; empty where they have none.
    pub rows_named: Vec<String>,
    pub columns_named: Vec<String>,
}

/// One term with its factors: `S4[3,1,2]  0.1234 × −0.5678 ≈ …`.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub name: String,
    pub value: f64,
    /// The sign between value and weight, and the weight; `None` for exponentials.
    pub weight: Option<(&'static str, f64)>,
    pub sign: &'static str,
    pub result: Cell,
}

/// One line of the written sum.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub label: String,
    pub sign: &'static str,
    pub cell: Cell,
    /// Whether a rule stands above it, as above the sum of a column.
    pub total: bool,
}

/// A small picture of a class bitmap with one row marked.
#[derive(Clone, Debug, PartialEq)]
pub struct Bitmap {
    pub columns: usize,
    /// Row by row; `true` is ink.
    pub ink: Vec<bool>,
    pub row: usize,
}

/// The activation function, with the unit's point on the key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    pub activation: Activation,
    pub x: f64,
    pub y: f64,
}

/// Something on the page, from top to bottom.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// What to do.
    Task(String),
    Heading(String),
    /// A remark in small type.
    Note(String),
    /// Grids side by side, each with the sign before it.
    Grids {
        grids: Vec<(&'static str, Grid)>,
        /// Whether a student writes into it, so that its rows must be high.
        written: bool,
        bitmap: Option<Bitmap>,
    },
    /// Terms one below the other, under the names of their columns.
    Terms {
        heads: [String; 3],
        rows: Vec<Row>,
    },
    /// Small numbers with their names, in columns.
    Entries(Vec<(String, f64)>),
    Sum {
        lines: Vec<Line>,
        curve: Option<Curve>,
    },
}

impl Block {
    /// Every number on it that may be a blank.
    pub fn cells(&self) -> Vec<&Cell> {
        match self {
            Self::Task(_) | Self::Heading(_) | Self::Note(_) | Self::Entries(_) => Vec::new(),
            Self::Grids { grids, .. } => grids.iter().flat_map(|(_, grid)| &grid.cells).collect(),
            Self::Terms { rows, .. } => rows.iter().map(|row| &row.result).collect(),
            Self::Sum { lines, .. } => lines.iter().map(|line| &line.cell).collect(),
        }
    }
}
