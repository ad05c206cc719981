//! What speaks for one class against another: the difference of two scores, taken apart into what
//! each unit that feeds them contributes.

use crate::array::{Trace, Weights};
use crate::network::{Activation, Layer, Network, Unit};

use super::{ExplainError, Explanation, explain};

/// The difference `score[a] − score[b]` at position (0, 0) of the scores:
/// `Σ product + bias = difference`.
///
/// Where scores are squared distances to bitmaps of ±1 the squares cancel,
/// `d²_a − d²_b = Σ f_i · 2·(b_{b,i} − b_{a,i})`: only cells where the bitmaps differ are terms, each
/// with weight ±4, and a **negative** product speaks for class a.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// a and b.
    pub classes: [usize; 2],
    /// Index of the node that feeds the scores.
    pub source: usize,
    pub terms: Vec<ContrastTerm>,
    /// The difference of the biases; 0 where there are none.
    pub bias: f64,
    pub difference: f64,
}

/// What one unit contributes to the difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ContrastTerm {
    /// In the source.
    pub unit: Unit,
    /// Its output.
    pub value: f64,
    /// What the difference gains per unit of value.
    pub weight: f64,
    /// value × weight.
    pub product: f64,
}

/// Takes the difference of two classes' scores apart.
///
/// # Errors
/// A class that the scores do not have, scores that are neither plain sums nor squared distances, or
/// weights of another network.
pub fn contrast(
    network: &Network,
    weights: &Weights,
    trace: &Trace,
    classes: [usize; 2],
) -> Result<Contrast, ExplainError> {
    let index = network.scores();
    let node = &network.nodes()[index];
    let no_contrast =
        || ExplainError::NoContrast { layer: node.name.clone(), kind: node.layer.kind() };
    // Behind an activation a difference of outputs is no sum any more.
    if node.activation != Activation::Identity {
        return Err(no_contrast());
    }
    let weight_of = weighing(&node.layer).ok_or_else(no_contrast)?;
    let of_class = |class| explain(network, weights, trace, index, [class, 0, 0]);
    let [a, b] = [of_class(classes[0])?, of_class(classes[1])?];
    let terms = differences(&a, &b, weight_of).ok_or_else(no_contrast)?;
    let bias = a.bias.unwrap_or(0.0) - b.bias.unwrap_or(0.0);
    let difference = terms.iter().map(|term| term.product).sum::<f64>() + bias;
    Ok(Contrast { classes, source: node.inputs[0], terms, bias, difference })
}

/// The weight of a cell in the difference, from its weights for class a and class b; `None` for a cell
/// that cannot tell them apart.
type Weighing = fn(f64, f64) -> Option<f64>;

/// How the scores of a layer weigh their inputs against each other; `None` where they do not.
fn weighing(layer: &Layer) -> Option<Weighing> {
    match layer {
        Layer::Conv(_) | Layer::Local(_) | Layer::Linear(_) => Some(|a, b| Some(a - b)),
        Layer::Rbf(_) => Some(|a, b| (a != b).then_some(2.0 * (b - a))),
        Layer::Input { .. }
        | Layer::PoolMax(_)
        | Layer::PoolAvg(_)
        | Layer::GlobalAvg
        | Layer::Subsample(_)
        | Layer::Softmax
        | Layer::BatchNorm { .. }
        | Layer::Lrn(_)
        | Layer::Dropout { .. }
        | Layer::Flatten
        | Layer::Concat
        | Layer::Add
        | Layer::PadChannels { .. } => None,
    }
}

/// The terms of both classes, cell by cell, without padding; `None` where they read different cells.
fn differences(a: &Explanation, b: &Explanation, weight_of: Weighing) -> Option<Vec<ContrastTerm>> {
    if a.terms.len() != b.terms.len() {
        return None;
    }
    let mut terms = Vec::with_capacity(a.terms.len());
    for (a, b) in a.terms.iter().zip(&b.terms) {
        if (a.source, a.input) != (b.source, b.input) {
            return None;
        }
        let weight = weight_of(a.weight?, b.weight?);
        let (Some((_, unit)), Some(weight)) = (a.source_unit(), weight) else { continue };
        terms.push(ContrastTerm { unit, value: a.value, weight, product: a.value * weight });
    }
    Some(terms)
}
