//! Softmax: some exponentials by hand, their sum, and the own share of it.

use super::terms::rest;
use super::{Site, applied};
use crate::locale::{Message, equals, rounded, value};
use crate::network::Activation;
use crate::paper::exercise::What;
use crate::paper::exercise::choice::Choice;
use crate::paper::exercise::content::{Block, Cell, Curve, Line, Row};
use crate::paper::{DECIMALS, names};

/// Up to so many classes are all printed.
const ALL: usize = 12;
/// Of more, so many.
const SHOWN: usize = 6;
/// So many exponentials are asked for beside the own one.
const ASKED: usize = 3;

pub fn blocks(site: &Site<'_>, choice: &mut Choice) -> Vec<Block> {
    let e = site.e;
    let own = e.unit[0];
    let label = || site.network.label(own);
    let others = || (0..e.terms.len()).filter(|&class| class != own);
    // Most exponentials of a sure answer are 0.0000: those that are not come first.
    let seen = |class: usize| e.terms[class].product >= 5e-5;
    let mut shown = if e.terms.len() <= ALL {
        others().collect()
    } else {
        choice.some_of(others(), SHOWN - 1, seen)
    };
    let mut asked = choice.some_of(shown.iter().copied(), ASKED - 1, seen);
    let rest_of_them: Vec<usize> =
        shown.iter().copied().filter(|class| !asked.contains(class)).collect();
    asked.extend(choice.some_of(rest_of_them, 1, |_| true));
    asked.push(own);
    shown.push(own);
    shown.sort_unstable();
    let largest = names::largest(e);
    let row = |&class: &usize| {
        let term = &e.terms[class];
        let result = if asked.contains(&class) {
            Cell::asked(What::Term(class), term.product)
        } else {
            Cell::given(term.product)
        };
        let found = (rounded(term.value, DECIMALS) - rounded(largest, DECIMALS)).exp();
        Row {
            name: site.network.label(class),
            value: term.value,
            weight: None,
            sign: if same(found, term.product) { "=" } else { "≈" },
            result,
        }
    };
    let rows = shown.iter().map(row).collect();
    let task = Message::new("exercise-task-softmax").with("label", label());
    let heads = [String::new(), "z".into(), "e^(z − m)".into()];
    let mut addends: Vec<f64> = shown.iter().map(|&class| e.terms[class].product).collect();
    let mut lines = rest(site, &mut addends);
    lines.push(Line {
        label: site.say(Message::new("sum-denominator")),
        sign: equals(&addends, e.sum, DECIMALS),
        cell: Cell::asked(What::Sum, e.sum),
        total: true,
    });
    let exponential = e.terms[own].product;
    let share = exponential / e.sum;
    let found = rounded(exponential, DECIMALS) / rounded(e.sum, DECIMALS);
    let alone = e.activation == Activation::Identity;
    lines.push(Line {
        label: site.say(Message::new("exercise-share-of-all").with("label", label())),
        sign: if same(found, share) { "=" } else { "≈" },
        cell: Cell::asked(if alone { What::Output } else { What::Share }, share),
        total: false,
    });
    if !alone {
        lines.push(applied(e, share));
    }
    let curve = (!alone).then_some(Curve { activation: e.activation, x: share, y: e.output });
    let maximum = Line {
        label: site.say(Message::new("exercise-largest-score")),
        sign: "",
        cell: Cell::given(largest),
        total: false,
    };
    vec![
        Block::Task(site.say(task)),
        site.heading(Message::new("section-exponentials")),
        Block::Sum { lines: vec![maximum], curve: None },
        Block::Terms { heads, rows },
        Block::Sum { lines, curve },
    ]
}

/// Whether both are written the same.
fn same(a: f64, b: f64) -> bool {
    value(a, DECIMALS) == value(b, DECIMALS)
}
