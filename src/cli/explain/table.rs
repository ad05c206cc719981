//! The arithmetic for people: products, partial sums, bias, activation.

use crate::cli::table::Table;
use crate::explain::{Explanation, Part, Rule, Term};
use crate::locale::{count, signed, value};
use crate::network::{Activation, Network};

/// With more terms than this only the largest are written out.
const ALL: usize = 40;
/// So many of them then.
const LARGEST: usize = 20;
/// Places behind the point.
const PLACES: usize = 4;

pub fn text(network: &Network, explanation: &Explanation) -> String {
    let node = &network.nodes()[explanation.node];
    let [c, y, x] = explanation.unit;
    let mut text = format!(
        "{}[{c},{y},{x}] in {}: {} {}\n\n{}",
        node.name,
        network.title,
        count(explanation.terms.len() as u128),
        what(explanation.rule),
        terms(network, explanation)
    );
    text += &remark(explanation);
    if explanation.parts.len() > 1 {
        text += &format!("\n{}", parts(network, explanation));
    }
    text += &format!("\n{}", ending(explanation));
    if explanation.terms.iter().any(|term| !term.inside) {
        text += "\nCells marked · lie in the padding and count as 0.\n";
    }
    text
}

const fn what(rule: Rule) -> &'static str {
    match rule {
        Rule::WeightedSum => "products, added up",
        Rule::Max => "values, of which the largest counts",
        Rule::SquaredDistance => "squared differences, added up",
        Rule::Softmax => "exponentials, of which its own share counts",
    }
}

/// A row per term: `S2[1,4,6]  −0.1000 × 0.2500 = −0.0250`.
fn terms(network: &Network, explanation: &Explanation) -> Table {
    let value_name = if explanation.rule == Rule::Softmax { "z" } else { "value" };
    let mut table = Table::new().words("reads").figures(value_name).words("");
    table = table
        .figures(weight_name(explanation.rule))
        .words("")
        .figures(product_name(explanation.rule));
    for term in shown(explanation) {
        let [c, y, x] = term.input;
        let mark = if term.inside { "" } else { " ·" };
        let cell = format!("{}[{c},{y},{x}]{mark}", network.nodes()[term.source].name);
        let sign = match explanation.rule {
            Rule::WeightedSum | Rule::Max => "×",
            Rule::SquaredDistance => "−",
            Rule::Softmax => "",
        };
        table.row([
            cell,
            value(term.value, PLACES),
            sign.to_owned(),
            term.weight.map_or_else(String::new, |weight| value(weight, PLACES)),
            equals(explanation.rule, term).to_owned(),
            value(term.product, PLACES),
        ]);
    }
    table
}

const fn weight_name(rule: Rule) -> &'static str {
    match rule {
        Rule::WeightedSum => "weight",
        Rule::Max => "chosen",
        Rule::SquaredDistance => "bitmap",
        Rule::Softmax => "",
    }
}

const fn product_name(rule: Rule) -> &'static str {
    match rule {
        Rule::WeightedSum | Rule::Max => "product",
        Rule::SquaredDistance => "squared",
        Rule::Softmax => "e^(z − max)",
    }
}

/// All terms in order, or the largest ones.
fn shown(explanation: &Explanation) -> Vec<&Term> {
    let mut terms: Vec<&Term> = explanation.terms.iter().collect();
    if terms.len() > ALL {
        terms.sort_by(|a, b| b.product.abs().total_cmp(&a.product.abs()));
        terms.truncate(LARGEST);
    }
    terms
}

fn remark(explanation: &Explanation) -> String {
    let all = explanation.terms.len();
    if all <= ALL {
        return String::new();
    }
    let shown: f64 = shown(explanation).iter().map(|term| term.product).sum();
    let bias = explanation.bias.unwrap_or(0.0);
    let rest = explanation.sum - bias - shown;
    format!(
        "These are the {LARGEST} largest; the other {} give {} together (--format json has all).\n",
        count((all - LARGEST) as u128),
        signed(rest, PLACES)
    )
}

/// `=`, or `≈` where the rounded numbers shown do not give the rounded result.
fn equals(rule: Rule, term: &Term) -> &'static str {
    let (v, w) = (rounded(term.value), rounded(term.weight.unwrap_or(0.0)));
    let result = match rule {
        Rule::WeightedSum | Rule::Max => v * w,
        Rule::SquaredDistance => (v - w) * (v - w),
        Rule::Softmax => return "",
    };
    if value(result, PLACES) == value(term.product, PLACES) { "=" } else { "≈" }
}

fn rounded(number: f64) -> f64 {
    let unit = 10f64.powi(PLACES as i32);
    (number * unit).round() / unit
}

/// A row per map read.
fn parts(network: &Network, explanation: &Explanation) -> Table {
    let mut table = Table::new().words("map").figures("terms").figures("partial sum");
    for Part { source, channel, terms, sum, .. } in &explanation.parts {
        table.row([
            format!("{}[{channel}]", network.nodes()[*source].name),
            count(terms.len() as u128),
            signed(*sum, PLACES),
        ]);
    }
    table
}

/// Bias, sum, activation, output.
fn ending(explanation: &Explanation) -> Table {
    let mut table = Table::new().words("").words("").figures("");
    if let Some(bias) = explanation.bias {
        table.row(["bias".into(), String::new(), signed(bias, PLACES)]);
    }
    let addends = explanation.parts.iter().map(|part| part.sum).chain(explanation.bias);
    let total: f64 = addends.map(rounded).sum();
    let sign = if value(total, PLACES) == value(explanation.sum, PLACES) { "=" } else { "≈" };
    table.row(["sum".into(), sign.into(), signed(explanation.sum, PLACES)]);
    let output = signed(explanation.output, PLACES);
    match (explanation.rule, explanation.activation) {
        (Rule::Softmax, _) => {
            table.row(["output = own share of the sum".into(), "=".into(), output])
        }
        (_, Activation::Identity) => table.row(["output".into(), "=".into(), output]),
        (_, activation) => {
            table.row([format!("output = {}", activation.formula()), "=".into(), output]);
        }
    }
    table
}
