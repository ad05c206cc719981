//! Long sums: some of the terms to be worked out, the rest given as one number.

use super::{Site, ending};
use crate::explain::{Rule, Term};
use crate::locale::{Message, product_equals, rounded, value};
use crate::paper::exercise::What;
use crate::paper::exercise::choice::Choice;
use crate::paper::exercise::content::{Block, Cell, Line, Row};
use crate::paper::{DECIMALS, names};

/// So many products are worked out by hand.
const CHOSEN: usize = 6;
/// So many plain values are added by hand.
const PLAIN: usize = 8;

/// Products (or squares) of a seeded choice of terms.
pub fn blocks(site: &Site<'_>, choice: &mut Choice) -> Vec<Block> {
    let e = site.e;
    // Zeros (a ReLU that is off, the padding) give nothing to compute.
    let worth = |term: usize| e.terms[term].inside && e.terms[term].product != 0.0;
    let chosen = choice.some_of(0..e.terms.len(), CHOSEN, worth);
    let counted = |key| Message::new(key).with("terms", e.terms.len()).with("chosen", chosen.len());
    let keys = if chosen.len() < e.terms.len() {
        ["exercise-task-terms", "exercise-terms"]
    } else {
        ["exercise-task-terms-all", "exercise-terms-all"]
    };
    let [task, heading] = keys.map(counted);
    let mut blocks = vec![Block::Task(site.say(task)), site.heading(heading)];
    let squares = e.rule == Rule::SquaredDistance;
    let heads = if squares {
        ["exercise-value", "exercise-bitmap", "exercise-square"].map(|key| named(site, key))
    } else {
        ["exercise-value", "exercise-weight", "exercise-product"].map(|key| named(site, key))
    };
    let row = |&term: &usize| row(site, term);
    blocks.push(Block::Terms { heads, rows: chosen.iter().map(row).collect() });
    let mut addends: Vec<f64> = chosen.iter().map(|&term| e.terms[term].product).collect();
    let lines = rest(site, &mut addends);
    blocks.push(ending(site, lines, &addends));
    blocks
}

/// The sentence of a key without variables; the keys stand above as literals.
fn named(site: &Site<'_>, key: &'static str) -> String {
    site.say(Message::new(key))
}

/// What the terms that were not chosen give together, added to the addends.
pub fn rest(site: &Site<'_>, addends: &mut Vec<f64>) -> Vec<Line> {
    let e = site.e;
    let others = e.terms.len() - addends.len();
    if others == 0 {
        return Vec::new();
    }
    let all: f64 = e.terms.iter().map(|term| term.product).sum();
    let rest = all - addends.iter().sum::<f64>();
    addends.push(rest);
    let label = site.say(Message::new("exercise-rest").with("terms", others));
    vec![Line { label, sign: "", cell: Cell::given(rest), total: false }]
}

fn row(site: &Site<'_>, index: usize) -> Row {
    let term = &site.e.terms[index];
    let weight = term.weight.unwrap_or(0.0);
    let (between, sign) = if site.e.rule == Rule::SquaredDistance {
        ("−", square_equals(term))
    } else {
        ("×", product_equals(term.value, weight, term.product, DECIMALS))
    };
    Row {
        name: names::term(site.network, term),
        value: term.value,
        weight: Some((between, weight)),
        sign,
        result: Cell::asked(What::Term(index), term.product),
    }
}

/// `=` where the square of the shown difference is the shown square.
pub fn square_equals(term: &Term) -> &'static str {
    let difference = rounded(term.value, DECIMALS) - rounded(term.weight.unwrap_or(0.0), DECIMALS);
    let shown = value(difference * difference, DECIMALS) == value(term.product, DECIMALS);
    if shown { "=" } else { "≈" }
}

/// Add and what passes values on: the values themselves, to be added.
pub fn plain_sum(site: &Site<'_>, choice: &mut Choice) -> Vec<Block> {
    let e = site.e;
    let chosen = choice.some_of(0..e.terms.len(), PLAIN, |_| true);
    let line = |&term: &usize| {
        let term = &e.terms[term];
        let label = names::term(site.network, term);
        Line { label, sign: "", cell: Cell::given(term.value), total: false }
    };
    let mut lines: Vec<Line> = chosen.iter().map(line).collect();
    let mut addends: Vec<f64> = chosen.iter().map(|&term| e.terms[term].product).collect();
    lines.extend(rest(site, &mut addends));
    let task = Block::Task(site.say(Message::new("exercise-task-add")));
    vec![task, ending(site, lines, &addends)]
}
