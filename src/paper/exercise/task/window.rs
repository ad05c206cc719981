//! Pooling and subsampling: one window of one map.

use super::patch::value_of;
use super::{Site, ending, result};
use crate::explain::Term;
use crate::locale::{Message, equals, product_equals};
use crate::network::Layer;
use crate::paper::exercise::What;
use crate::paper::exercise::content::{Block, Cell, Grid, Line, Look};
use crate::paper::{DECIMALS, PaperError};

/// A window alone on the page may be so large.
const LARGEST: usize = 12;

/// The largest value of the window, to be circled.
pub fn largest(site: &Site<'_>) -> Result<Vec<Block>, PaperError> {
    let task = site.say(Message::new("exercise-task-largest"));
    let mut blocks = vec![Block::Task(task)];
    blocks.extend(window(site)?);
    blocks.push(result(site, Vec::new(), "="));
    Ok(blocks)
}

/// Coefficient × sum of the window, plus a bias where there is one.
pub fn coefficient(site: &Site<'_>) -> Result<Vec<Block>, PaperError> {
    let e = site.e;
    // Cells that do not count (padding of a mean) have weight 0.
    let counted: Vec<&Term> =
        e.terms.iter().filter(|term| term.weight.is_some_and(|weight| weight != 0.0)).collect();
    let coefficient = counted.first().and_then(|term| term.weight).unwrap_or(0.0);
    let mean = matches!(site.node().layer, Layer::PoolAvg(_));
    let task = if mean {
        Message::new("exercise-task-mean").with("terms", counted.len())
    } else {
        Message::new("exercise-task-coefficient")
    };
    let mut blocks = vec![Block::Task(site.say(task))];
    blocks.extend(window(site)?);
    let values: Vec<f64> = e.terms.iter().map(|term| term.value).collect();
    let sum: f64 = values.iter().sum();
    let label = if mean {
        Message::new("exercise-share").with("terms", counted.len())
    } else {
        Message::new("sum-coefficient")
    };
    let mut lines = vec![
        Line {
            label: site.say(Message::new("sum-of-four")),
            sign: equals(&values, sum, DECIMALS),
            cell: Cell::asked(What::Window, sum),
            total: false,
        },
        Line { label: site.say(label), sign: "×", cell: Cell::given(coefficient), total: false },
    ];
    let scaled: f64 = e.terms.iter().map(|term| term.product).sum();
    let sign = product_equals(sum, coefficient, scaled, DECIMALS);
    blocks.push(if e.bias.is_none() {
        result(site, lines, sign)
    } else {
        let label = site.say(Message::new("exercise-scaled"));
        let cell = Cell::asked(What::Scaled, scaled);
        lines.push(Line { label, sign, cell, total: true });
        ending(site, lines, &[scaled])
    });
    Ok(blocks)
}

/// The window as a grid, under a heading.
fn window(site: &Site<'_>) -> Result<[Block; 2], PaperError> {
    let terms = &site.e.terms;
    // A window at the border may be cut short, so its sides are counted from its cells.
    let columns = terms.iter().take_while(|term| term.input[1] == terms[0].input[1]).count();
    let rows = terms.len().div_ceil(columns.max(1));
    if rows > LARGEST || columns > LARGEST {
        let layer = site.node().name.clone();
        return Err(PaperError::Window { layer, rows, columns, limit: LARGEST });
    }
    let heading = Message::new("exercise-window")
        .with("source", site.source(&terms[0]))
        .with("map", terms[0].input[0]);
    let is_largest =
        |term: &Term| site.e.rule == crate::explain::Rule::Max && term.weight == Some(1.0);
    let cell = |term: &Term| {
        if is_largest(term) {
            Cell { number: term.value, look: Look::Ringed }
        } else {
            value_of(term)
        }
    };
    let grid = Grid {
        caption: String::new(),
        columns,
        cells: terms.iter().map(cell).collect(),
        rows_named: terms.iter().step_by(columns).map(|term| term.input[1].to_string()).collect(),
        columns_named: terms[..columns].iter().map(|term| term.input[2].to_string()).collect(),
    };
    let grid = Block::Grids { grids: vec![("", grid)], written: true, bitmap: None };
    Ok([site.heading(heading), grid])
}
