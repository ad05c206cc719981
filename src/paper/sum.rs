//! The sum of one unit as text: for a chat, a mail or a calculator, and for a paper.

mod latex;

pub use latex::latex;

use super::groups::{self, Group};
use super::names;
use crate::explain::{Explanation, Normalisation, Rule};
use crate::network::{Activation, Network};

/// The unit, a line per partial sum, bias, sum, activation and result, with all digits.
///
/// The minus is ASCII, so that a line can be pasted into a calculator.
#[must_use]
pub fn text(network: &Network, e: &Explanation) -> String {
    let mut lines: Vec<[String; 2]> = Vec::new();
    let mut line = |label: String, number: f64| lines.push([label, plain(number)]);
    match e.rule {
        Rule::WeightedSum | Rule::SquaredDistance => {
            for group in groups::of(network, e) {
                line(label(network, &group), group.sum);
            }
            if let Some(bias) = e.bias {
                line("+ bias".into(), bias);
            }
            line(format!("{} sum x", equals(network, e)), e.sum);
        }
        Rule::Lrn => {
            for term in &e.terms {
                let value = plain(term.value);
                line(format!("+ ({value})^2 for {}", names::term(network, term)), term.product);
            }
            line("= sum".into(), e.sum);
            if let Some(normal) = Normalisation::of(network, e) {
                let Normalisation { k, alpha, divisor, .. } = normal;
                line(format!("d = {k} + {alpha} * sum"), divisor);
            }
        }
        Rule::Max => {
            for term in &e.terms {
                line(names::term(network, term), term.value);
            }
            line("= largest x".into(), e.sum);
        }
        Rule::Softmax => {
            let largest = names::largest(e);
            for term in &e.terms {
                let value = plain(term.value);
                let name = names::term(network, term);
                line(format!("+ exp({value} - {}) for {name}", plain(largest)), term.product);
            }
            line("= sum".into(), e.sum);
        }
    }
    let heading = format!(
        "{} in {}: {} {}",
        names::unit(network, e.node, e.unit),
        network.title,
        e.terms.len(),
        what(e)
    );
    let width = lines.iter().map(|[label, _]| label.chars().count()).max().unwrap_or(0);
    let row = |[label, number]: [String; 2]| {
        let space = width - label.chars().count();
        // A number without a minus stands one place further right, so that digits stand in columns.
        let sign = if number.starts_with('-') { "" } else { " " };
        format!("  {label}{:space$}  {sign}{number}\n", "")
    };
    let rows: String = lines.into_iter().map(row).collect();
    format!("{heading}\n{rows}{}", ending(network, e))
}

const fn what(e: &Explanation) -> &'static str {
    match (e.rule, e.terms.len()) {
        (Rule::WeightedSum, 1) => "product",
        (Rule::WeightedSum, _) => "products, added up",
        (Rule::Max, _) => "values, of which the largest counts",
        (Rule::SquaredDistance, _) => "squared differences, added up",
        (Rule::Softmax, _) => "exponentials, of which its own share counts",
        (Rule::Lrn, _) => "squares, added up: a power of k + α times them divides its own value",
    }
}

fn label(network: &Network, group: &Group) -> String {
    let terms = group.terms.len();
    let terms = if terms == 1 { String::new() } else { format!(" ({terms} terms)") };
    format!("+ {}{terms}", group.name(network))
}

/// `=` where adding the numbers above in their order gives exactly the sum, `≈` where it is off in the
/// last digits (the terms were added one by one).
fn equals(network: &Network, e: &Explanation) -> &'static str {
    let groups = groups::of(network, e);
    let sum = groups.iter().map(|group| group.sum).sum::<f64>() + e.bias.unwrap_or(0.0);
    if sum == e.sum { "=" } else { "≈" }
}

fn ending(network: &Network, e: &Explanation) -> String {
    let output = plain(e.output);
    if let (Rule::Lrn, Some(normal)) = (e.rule, Normalisation::of(network, e)) {
        let Normalisation { own, beta, .. } = normal;
        let quotient = plain(normal.quotient());
        return match e.activation {
            Activation::Identity => format!("y = {} / d^{beta} = {output}\n", plain(own)),
            activation => format!(
                "x = {} / d^{beta} = {quotient}\ny = {} = {output}\n",
                plain(own),
                activation.formula()
            ),
        };
    }
    match (e.rule, e.activation) {
        (Rule::Softmax, Activation::Identity) => {
            let own = plain(e.terms[e.unit[0]].product);
            format!("y = {own} / {} = {output}\n", plain(e.sum))
        }
        (_, Activation::Identity) => format!("y = x = {output}\n"),
        (_, activation) => format!("y = {} = {output}\n", activation.formula()),
    }
}

/// All digits, with an ASCII minus; never "-0".
fn plain(number: f64) -> String {
    (number + 0.0).to_string()
}
