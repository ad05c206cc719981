//! The explanation as JSON (contract §4).

use serde::Serialize;

use crate::explain::{Explanation, Term};
use crate::network::{Network, Unit};

#[derive(Serialize)]
pub struct Report {
    layer: String,
    unit: Unit,
    kind: &'static str,
    rule: &'static str,
    terms: Vec<TermReport>,
    /// The map that each partial sum comes from.
    partial_channels: Vec<usize>,
    partial_sums: Vec<f64>,
    bias: Option<f64>,
    sum: f64,
    activation: Option<&'static str>,
    output: f64,
}

#[derive(Serialize)]
struct TermReport {
    source: String,
    input: [i64; 3],
    inside: bool,
    value: f64,
    weight: Option<f64>,
    product: f64,
}

impl Report {
    pub fn of(network: &Network, explanation: &Explanation) -> Self {
        let node = &network.nodes()[explanation.node];
        let term = |term: &Term| TermReport {
            source: network.nodes()[term.source].name.clone(),
            input: term.input,
            inside: term.inside,
            value: term.value,
            weight: term.weight,
            product: term.product,
        };
        Self {
            layer: node.name.clone(),
            unit: explanation.unit,
            kind: node.layer.kind(),
            rule: explanation.rule.name(),
            terms: explanation.terms.iter().map(term).collect(),
            partial_channels: explanation.parts.iter().map(|part| part.channel).collect(),
            partial_sums: explanation.parts.iter().map(|part| part.sum).collect(),
            bias: explanation.bias,
            sum: explanation.sum,
            activation: explanation.activation.name(),
            output: explanation.output,
        }
    }
}
