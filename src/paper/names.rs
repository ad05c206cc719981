//! How units and maps are called in a line of text.

use crate::explain::{Explanation, Term};
use crate::network::{Network, Unit};

/// `C3[7,4,6]`, or `F6[11]` where the layer has one value per map.
pub fn unit(network: &Network, node: usize, [c, y, x]: Unit) -> String {
    let node = &network.nodes()[node];
    match node.output {
        [_, 1, 1] => format!("{}[{c}]", node.name),
        _ => format!("{}[{c},{y},{x}]", node.name),
    }
}

/// The cell that a term comes from; a padding cell has the row or column that lies outside.
pub fn term(network: &Network, term: &Term) -> String {
    let node = &network.nodes()[term.source];
    let [c, y, x] = term.input;
    match node.output {
        [_, 1, 1] => format!("{}[{c}]", node.name),
        _ => format!("{}[{c},{y},{x}]", node.name),
    }
}

/// One map of a layer.
pub fn map(network: &Network, source: usize, channel: usize) -> String {
    format!("{}[{channel}]", network.nodes()[source].name)
}

/// The largest of all values that a softmax reads; 0 where it reads none.
pub fn largest(e: &Explanation) -> f64 {
    let largest = e.terms.iter().map(|term| term.value).fold(f64::NEG_INFINITY, f64::max);
    if largest.is_finite() { largest } else { 0.0 }
}
