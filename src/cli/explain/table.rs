//! The arithmetic for people: products, partial sums, bias, activation.

use crate::cli::table::Table;
use crate::explain::{Explanation, Normalisation, Part, Rule, Term};
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
    let heading = format!(
        "{}[{c},{y},{x}] in {}: {} {}\n",
        node.name,
        network.title,
        count(explanation.terms.len() as u128),
        what(explanation.rule)
    );
    let mut paragraphs =
        vec![heading, terms(network, explanation).to_string() + &remark(explanation)];
    if has_parts(explanation) {
        paragraphs.push(parts(network, explanation).to_string());
    }
    paragraphs.push(ending(network, explanation).to_string());
    if explanation.terms.iter().any(|term| !term.inside) {
        paragraphs.push("Cells marked · lie in the padding and count as 0.".into());
    }
    paragraphs.join("\n")
}

const fn what(rule: Rule) -> &'static str {
    match rule {
        Rule::WeightedSum => "products, added up",
        Rule::Max => "values, of which the largest counts",
        Rule::SquaredDistance => "squared differences, added up",
        Rule::Softmax => "exponentials, of which its own share counts",
        Rule::Lrn => "squares, added up: a power of k + α times them divides its own value",
    }
}

/// A row per term: `S2[1,4,6]  −0.1000 × 0.2500 = −0.0250`.
fn terms(network: &Network, explanation: &Explanation) -> Table {
    let rule = explanation.rule;
    let [value_name, weight_name, product_name] = match rule {
        Rule::WeightedSum => ["value", "weight", "product"],
        Rule::Max => ["value", "", ""],
        Rule::SquaredDistance => ["value", "bitmap", "squared"],
        Rule::Softmax => ["z", "", "e^(z − max)"],
        Rule::Lrn => ["value", "", "squared"],
    };
    let mut table = Table::new().words("reads").figures(value_name).words("");
    table = table.figures(weight_name).words("").figures(product_name);
    for term in shown(explanation) {
        let [c, y, x] = term.input;
        let mark = if term.inside { "" } else { " ·" };
        let cell = format!("{}[{c},{y},{x}]{mark}", network.nodes()[term.source].name);
        let product = value(term.product, PLACES);
        let rest = match (rule, term.weight) {
            (Rule::WeightedSum, Some(weight)) => {
                ["×", &value(weight, PLACES), equals(rule, term), &product]
            }
            (Rule::SquaredDistance, Some(bit)) => {
                ["−", &signed(bit, 0), equals(rule, term), &product]
            }
            (Rule::Max, Some(1.0)) => ["← the largest", "", "", ""],
            (Rule::Max, _) => [""; 4],
            (_, _) => ["", "", "", &product],
        };
        let row = [cell, value(term.value, PLACES)];
        table.row(row.into_iter().chain(rest.map(str::to_owned)));
    }
    table
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
    format!(
        "These are the {LARGEST} largest; the other {} give {} together (--format json has all).\n",
        count((all - LARGEST) as u128),
        signed(not_shown(explanation), PLACES)
    )
}

/// What the terms that are not written out give together.
fn not_shown(explanation: &Explanation) -> f64 {
    let shown: f64 = shown(explanation).iter().map(|term| term.product).sum();
    explanation.sum - explanation.bias.unwrap_or(0.0) - shown
}

/// Whether the sum goes by maps: several, with several terms each.
fn has_parts(explanation: &Explanation) -> bool {
    let parts = &explanation.parts;
    parts.len() > 1 && parts.iter().any(|part| part.terms.len() > 1)
}

/// `=`, or `≈` where the rounded numbers shown do not give the rounded result.
fn equals(rule: Rule, term: &Term) -> &'static str {
    let (v, w) = (rounded(term.value), rounded(term.weight.unwrap_or(0.0)));
    let result = match rule {
        Rule::WeightedSum => v * w,
        Rule::SquaredDistance => (v - w) * (v - w),
        Rule::Max | Rule::Softmax | Rule::Lrn => return "",
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
fn ending(network: &Network, explanation: &Explanation) -> Table {
    let mut table = Table::new().words("").words("").figures("");
    if let Some(bias) = explanation.bias {
        table.row(["bias".into(), String::new(), signed(bias, PLACES)]);
    }
    let sign = if value(shown_total(explanation), PLACES) == value(explanation.sum, PLACES) {
        "="
    } else {
        "≈"
    };
    table.row(["sum".into(), sign.into(), signed(explanation.sum, PLACES)]);
    let output = signed(explanation.output, PLACES);
    match (explanation.rule, explanation.activation) {
        (Rule::Lrn, activation) => {
            if let Some(normal) = Normalisation::of(network, explanation) {
                let Normalisation { own, k, alpha, beta, divisor } = normal;
                let label = format!("d = {k} + {alpha} · sum");
                table.row([label, "=".into(), value(divisor, PLACES)]);
                let x = signed(normal.quotient(), PLACES);
                table.row([format!("{} / d^{beta}", signed(own, PLACES)), "=".into(), x]);
            }
            let applied = match activation {
                Activation::Identity => "output".into(),
                activation => format!("output = {}", activation.formula()),
            };
            table.row([applied, "=".into(), output]);
        }
        (Rule::Softmax, _) => {
            table.row(["output = own share of the sum".into(), "=".into(), output]);
        }
        (_, Activation::Identity) => table.row(["output".into(), "=".into(), output]),
        (_, activation) => {
            table.row([format!("output = {}", activation.formula()), "=".into(), output]);
        }
    }
    table
}

/// The sum of the rounded addends that the reader has just seen.
fn shown_total(explanation: &Explanation) -> f64 {
    let products = || shown(explanation).into_iter().map(|term| term.product);
    let addends: Vec<f64> = if has_parts(explanation) {
        explanation.parts.iter().map(|part| part.sum).collect()
    } else if explanation.terms.len() <= ALL {
        products().collect()
    } else {
        products().chain([not_shown(explanation)]).collect()
    };
    addends.into_iter().chain(explanation.bias).map(rounded).sum()
}
