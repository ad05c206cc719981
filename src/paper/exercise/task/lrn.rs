//! Local response normalisation: the squares of the neighbouring maps, their sum, and what it divides.

use super::{Site, applied};
use crate::explain::Normalisation;
use crate::locale::{Message, equals, rounded, value};
use crate::network::Activation;
use crate::paper::exercise::What;
use crate::paper::exercise::content::{Block, Cell, Curve, Line, Row};
use crate::paper::{DECIMALS, names};

pub fn blocks(site: &Site<'_>) -> Vec<Block> {
    let e = site.e;
    let Some(normal) = Normalisation::of(site.network, e) else { return Vec::new() };
    let Normalisation { own, k, alpha, beta, divisor } = normal;
    let row = |(index, term): (usize, &crate::explain::Term)| Row {
        name: names::term(site.network, term),
        value: term.value,
        weight: None,
        sign: sign(rounded(term.value, DECIMALS).powi(2), term.product),
        result: Cell::asked(What::Term(index), term.product),
    };
    let rows = e.terms.iter().enumerate().map(row).collect();
    let squares: Vec<f64> = e.terms.iter().map(|term| term.product).collect();
    let alone = e.activation == Activation::Identity;
    let quotient = normal.quotient();
    let sum = Line {
        label: site.say(Message::new("sum-squares")),
        sign: equals(&squares, e.sum, DECIMALS),
        cell: Cell::asked(What::Sum, e.sum),
        total: true,
    };
    let divided_by = Line {
        label: format!("d = {k} + {alpha} · Σ"),
        sign: sign(k + alpha * rounded(e.sum, DECIMALS), divisor),
        cell: Cell::asked(What::Divisor, divisor),
        total: false,
    };
    let found = rounded(own, DECIMALS) * rounded(divisor, DECIMALS).powf(-beta);
    let divided = Line {
        label: format!("{} / d^{beta}", value(own, DECIMALS)),
        sign: sign(found, quotient),
        cell: Cell::asked(if alone { What::Output } else { What::Share }, quotient),
        total: false,
    };
    let mut lines = vec![sum, divided_by, divided];
    if !alone {
        lines.push(applied(e, quotient));
    }
    let curve = (!alone).then_some(Curve { activation: e.activation, x: quotient, y: e.output });
    let task = Message::new("exercise-task-lrn").with("maps", e.terms.len());
    vec![
        Block::Task(site.say(task)),
        site.heading(Message::new("section-neighbours")),
        Block::Terms { heads: [String::new(), "a".into(), "a²".into()], rows },
        Block::Sum { lines, curve },
    ]
}

/// `=` where both are written the same.
fn sign(found: f64, shown: f64) -> &'static str {
    if value(found, DECIMALS) == value(shown, DECIMALS) { "=" } else { "≈" }
}
