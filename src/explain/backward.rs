//! The arithmetic of one gradient: what every use of a weight adds to it, what a unit hands back to what
//! it read, and what arrives at a unit from all that read it.
//!
//! Everything is a sum of products of numbers that the forward and the backward pass left behind; the sums
//! are what the engine learns from.

mod unit;
mod weight;

pub use unit::{Reader, Share, UnitGradient};
pub use weight::{BackTerm, WeightGradient};

use super::{ExplainError, Explanation, Normalisation, Rule, Term};
use crate::array::{Trace, Weights};
use crate::network::{Network, Unit};

/// One image that went through a network and back.
#[derive(Clone, Copy, Debug)]
pub struct Pass<'a> {
    pub network: &'a Network,
    pub weights: &'a Weights,
    /// What was computed.
    pub trace: &'a Trace,
    /// The derivative of the loss by all of it.
    pub gradients: &'a Trace,
}

impl Pass<'_> {
    /// ∂L/∂sum of a unit.
    fn at_sum(&self, node: usize, unit: Unit) -> f64 {
        f64::from(self.gradients.nodes[node].sum.at(unit))
    }

    /// A value of a node; `None` in the padding.
    fn value(&self, node: usize, [c, y, x]: [i64; 3]) -> Option<f64> {
        let output = self.trace.output(node);
        let inside = [c, y, x].iter().zip(output.chw()).all(|(&at, n)| (0..n as i64).contains(&at));
        inside.then(|| f64::from(output.at([c as usize, y as usize, x as usize])))
    }

    fn check(&self, node: usize, [c, y, x]: Unit) -> Result<(), ExplainError> {
        let known = &self.network.nodes()[node];
        let [maps, rows, columns] = known.output;
        if c < maps && y < rows && x < columns {
            return Ok(());
        }
        let (layer, unit) = (known.name.clone(), [c, y, x]);
        Err(ExplainError::Outside { layer, unit, maps, rows, columns })
    }
}

/// The derivative of a unit's sum, as the engine traces it, by the value of one of its terms.
fn derivative(network: &Network, e: &Explanation, term: &Term) -> f64 {
    match e.rule {
        Rule::WeightedSum | Rule::Max => term.weight.unwrap_or(0.0),
        Rule::SquaredDistance => 2.0 * (term.value - term.weight.unwrap_or(0.0)),
        // p = own share: ∂p/∂own = p·(1 − p), by another share q: −p·q.
        Rule::Softmax => {
            let share = |product: f64| product / e.sum;
            let own = share(e.terms[e.unit[0]].product);
            let is_own = f64::from(u8::from(term.input[0] == e.unit[0] as i64));
            own * (is_own - share(term.product))
        }
        // y = x·d^−β with d = k + α·Σ x².
        Rule::Lrn => Normalisation::of(network, e).map_or(0.0, |n| {
            let is_own = f64::from(u8::from(term.input[0] == e.unit[0] as i64));
            let through = 2.0 * n.alpha * n.beta * n.own * term.value / n.divisor;
            (is_own - through) * n.divisor.powf(-n.beta)
        }),
    }
}
