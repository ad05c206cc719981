//! The arithmetic of one unit, from the weights and the trace: pure, and quick enough for a hover.
//!
//! Always Σ product + (bias or 0) = Σ partial sums + (bias or 0) = sum, and the output is what the
//! engine computed (contract §4).

pub mod backward;
mod compose;
mod contrast;
pub mod curves;
pub mod place;
mod reading;
pub mod replay;
mod rules;
pub mod three_ways;

use crate::array::{Trace, Weights};
use crate::network::{Activation, Layer, Network, Unit};

pub use compose::{composed, correlated};
pub use contrast::{Contrast, ContrastTerm, contrast};
pub use reading::{Reading, read_line};

/// How the terms of a unit become its sum and its output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Σ value × weight + bias.
    WeightedSum,
    /// The largest value; weight 1 marks the first one in scan order.
    Max,
    /// Σ (value − weight)².
    SquaredDistance,
    /// own / Σ e^(z − max).
    Softmax,
    /// own · (k + α·Σ value²)^−β.
    Lrn,
}

impl Rule {
    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::WeightedSum => "weighted_sum",
            Self::Max => "max",
            Self::SquaredDistance => "squared_distance",
            Self::Softmax => "softmax",
            Self::Lrn => "lrn",
        }
    }
}

/// One value a unit reads, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// Index of the node it comes from.
    pub source: usize,
    /// Channel, row and column there; outside the map for a padding cell.
    pub input: [i64; 3],
    /// Whether it is a cell of the map, not of the padding.
    pub inside: bool,
    pub value: f64,
    pub weight: Option<f64>,
    pub product: f64,
}

impl Term {
    /// The unit it comes from; `None` for a padding cell.
    #[must_use]
    pub fn source_unit(&self) -> Option<(usize, Unit)> {
        self.inside.then(|| (self.source, self.input.map(|i| i as usize)))
    }
}

/// The products that one input map contributes.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub source: usize,
    pub channel: usize,
    /// Rows and columns of the window on that map.
    pub extent: [usize; 2],
    /// Where its terms stand among all terms.
    pub terms: std::ops::Range<usize>,
    pub sum: f64,
}

/// One unit, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    pub node: usize,
    pub unit: Unit,
    pub rule: Rule,
    pub terms: Vec<Term>,
    pub parts: Vec<Part>,
    pub bias: Option<f64>,
    pub sum: f64,
    pub activation: Activation,
    pub output: f64,
}

impl Explanation {
    /// What the activation is applied to: the sum, the own share of it (softmax), or the own value divided
    /// (local response normalisation).
    #[must_use]
    pub fn argument(&self, network: &Network) -> f64 {
        match self.rule {
            Rule::WeightedSum | Rule::Max | Rule::SquaredDistance => self.sum,
            Rule::Softmax => self.terms[self.unit[0]].product / self.sum,
            Rule::Lrn => Normalisation::of(network, self).map_or(self.sum, |n| n.quotient()),
        }
    }

    /// What the first `terms` terms come to by themselves, without the bias: their sum, or the largest
    /// of their values.
    #[must_use]
    pub fn so_far(&self, terms: usize) -> f64 {
        let terms = self.terms.iter().take(terms);
        match self.rule {
            Rule::Max => {
                let inside = terms.filter(|term| term.inside);
                inside.map(|term| term.value).reduce(f64::max).unwrap_or(0.0)
            }
            Rule::WeightedSum | Rule::SquaredDistance | Rule::Softmax | Rule::Lrn => {
                terms.map(|term| term.product).sum()
            }
        }
    }
}

/// What local response normalisation does to a unit beyond the sum of squares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normalisation {
    /// The unit's own value.
    pub own: f64,
    pub k: f64,
    /// What the sum is multiplied by.
    pub alpha: f64,
    pub beta: f64,
    /// k + α·sum.
    pub divisor: f64,
}

impl Normalisation {
    /// own · divisor^−β.
    #[must_use]
    pub fn quotient(&self) -> f64 {
        self.own * self.divisor.powf(-self.beta)
    }

    /// Of a unit that the rule [`Rule::Lrn`] explains.
    #[must_use]
    pub fn of(network: &Network, e: &Explanation) -> Option<Self> {
        let Layer::Lrn(lrn) = &network.nodes()[e.node].layer else { return None };
        let own = e.terms.iter().find(|term| term.input[0] == e.unit[0] as i64)?.value;
        let (alpha, divisor) = (lrn.factor(), lrn.divisor(e.sum));
        Some(Self { own, k: lrn.k, alpha, beta: lrn.beta, divisor })
    }
}

/// Why a unit cannot be explained.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExplainError {
    #[error(
        "the unit {unit:?} is outside {layer}, which has {maps} maps of {rows}×{columns}; \
             count from 0"
    )]
    Outside { layer: String, unit: Unit, maps: usize, rows: usize, columns: usize },
    #[error("{layer} is the image itself: nothing is computed there; choose a later layer")]
    Input { layer: String },
    #[error(
        "{layer} of kind {kind} gives scores that are neither plain sums nor squared distances, so two \
         classes cannot be compared input by input; choose another network"
    )]
    NoContrast { layer: String, kind: &'static str },
    #[error("the weights have no tensor {tensor}; open weights made for this network")]
    NoWeight { tensor: String },
    #[error("the network has no number {index} in {tensor}, counted from 0; choose another one")]
    NoParameter { tensor: String, index: usize },
}

/// Takes unit (channel, row, column) of node `index` apart.
///
/// # Errors
/// A unit outside its layer, the input, or weights of another network.
pub fn explain(
    network: &Network,
    weights: &Weights,
    trace: &Trace,
    index: usize,
    unit: Unit,
) -> Result<Explanation, ExplainError> {
    let node = &network.nodes()[index];
    let [maps, rows, columns] = node.output;
    let layer = || node.name.clone();
    if unit.iter().zip(node.output).any(|(&at, size)| at >= size) {
        return Err(ExplainError::Outside { layer: layer(), unit, maps, rows, columns });
    }
    let at = rules::Site { network, weights, trace, index, unit };
    match &node.layer {
        Layer::Input { .. } => Err(ExplainError::Input { layer: layer() }),
        Layer::Conv(conv) => rules::conv(&at, conv),
        Layer::Local(local) => rules::local(&at, local),
        Layer::Linear(linear) => rules::linear(&at, linear),
        Layer::Subsample(_) => rules::subsample(&at),
        Layer::PoolMax(pool) => Ok(rules::pool_max(&at, pool)),
        Layer::PoolAvg(pool) => Ok(rules::pool_avg(&at, pool)),
        Layer::Rbf(rbf) => Ok(rules::rbf(&at, rbf)),
        Layer::Softmax => Ok(rules::softmax(&at)),
        Layer::GlobalAvg => Ok(rules::global_avg(&at)),
        Layer::BatchNorm { epsilon } => rules::batch_norm(&at, *epsilon),
        // A network that is not being trained drops nothing.
        Layer::Add
        | Layer::Concat
        | Layer::Flatten
        | Layer::Dropout { .. }
        | Layer::PadChannels { .. } => Ok(rules::sum_of_ones(&at)),
        Layer::Lrn(lrn) => Ok(rules::lrn(&at, lrn)),
    }
}
