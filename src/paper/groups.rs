//! Terms that belong together on paper: those of one input map, or one row of a class bitmap.

use std::ops::Range;

use super::names;
use crate::explain::Explanation;
use crate::network::{Layer, Network};

/// Some terms that stand in a row, and what they give.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The map, as in `S2[3]`, or the row of the picture, as in `row 3`.
    pub place: Place,
    pub terms: Range<usize>,
    pub sum: f64,
}

/// What a group's terms have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Map { source: usize, channel: usize },
    Row(usize),
}

impl Group {
    /// Its name in a line of text.
    pub fn name(&self, network: &Network) -> String {
        match self.place {
            Place::Map { source, channel } => names::map(network, source, channel),
            Place::Row(row) => format!("row {row}"),
        }
    }
}

/// The groups of an explanation, in the order of its terms.
pub fn of(network: &Network, e: &Explanation) -> Vec<Group> {
    match &network.nodes()[e.node].layer {
        Layer::Rbf(rbf) => rows(e, rbf.picture[1]),
        _ => maps(e),
    }
}

fn maps(e: &Explanation) -> Vec<Group> {
    let group = |part: &crate::explain::Part| Group {
        place: Place::Map { source: part.source, channel: part.channel },
        terms: part.terms.clone(),
        sum: part.sum,
    };
    e.parts.iter().map(group).collect()
}

/// Rows of a picture `columns` wide; a bitmap's cells are its terms, row by row.
fn rows(e: &Explanation, columns: usize) -> Vec<Group> {
    e.terms
        .chunks(columns.max(1))
        .enumerate()
        .map(|(row, terms)| {
            let start = row * columns.max(1);
            let sum = terms.iter().map(|term| term.product).sum();
            Group { place: Place::Row(row), terms: start..start + terms.len(), sum }
        })
        .collect()
}
