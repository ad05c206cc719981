//! One input map: patch × kernel = products, some of them to be filled in; then all maps together.

use super::{Site, ending};
use crate::explain::{Explanation, Part, Term};
use crate::locale::{Message, equals, product_equals};
use crate::paper::exercise::What;
use crate::paper::exercise::choice::Choice;
use crate::paper::exercise::content::{Block, Cell, Grid, Line, Look};
use crate::paper::{DECIMALS, names};

/// A window with more rows or columns cannot be read at this size.
const LARGEST: usize = 7;
/// Partial sums of so many other maps are printed one by one, of more as one number.
const MAPS: usize = 24;

/// `None` where a map gives too few or too many products for a grid.
pub fn blocks(site: &Site<'_>, choice: &mut Choice) -> Option<Vec<Block>> {
    let e = site.e;
    let fits = |part: &Part| {
        let [rows, columns] = part.extent;
        let cells = rows * columns;
        (2..=LARGEST * LARGEST).contains(&cells)
            && rows.max(columns) <= LARGEST
            && part.terms.len() == cells
    };
    if !e.parts.iter().all(fits) {
        return None;
    }
    // A map that gives nothing makes a dull exercise; one of those that give something is chosen.
    let chosen = *choice.some_of(0..e.parts.len(), 1, |part| e.parts[part].sum != 0.0).first()?;
    let part = &e.parts[chosen];
    let terms = &e.terms[part.terms.clone()];
    let candidates = part.terms.clone().filter(|&term| e.terms[term].inside);
    let asked =
        choice.some_of(candidates, blanks(terms.len()), |term| e.terms[term].product != 0.0);
    let several = e.parts.len() > 1;
    let task = if several { "exercise-task-patch" } else { "exercise-task-patch-alone" };
    let task = Message::new(task)
        .with("source", site.source(&terms[0]))
        .with("blanks", asked.len())
        .with("terms", terms.len())
        .with("maps", e.parts.len());
    let heading = Message::new("exercise-patch")
        .with("source", site.source(&terms[0]))
        .with("map", part.channel);
    let mut blocks = vec![Block::Task(site.say(task)), site.heading(heading)];
    blocks.push(factors(site, part, terms));
    blocks.push(products(site, part, &asked));
    let products: Vec<f64> = terms.iter().map(|term| term.product).collect();
    let partial = Line {
        label: site.say(Message::new("exercise-partial").with("map", part.channel)),
        sign: equals(&products, part.sum, DECIMALS),
        cell: Cell::asked(What::Part(chosen), part.sum),
        total: false,
    };
    if several {
        blocks.push(Block::Sum { lines: vec![partial], curve: None });
        let sums: Vec<f64> = e.parts.iter().map(|part| part.sum).collect();
        let others = e.parts.iter().enumerate().filter(|(i, _)| *i != chosen);
        let others: Vec<&Part> = others.map(|(_, part)| part).collect();
        if others.len() <= MAPS {
            blocks.push(site.heading(Message::new("exercise-other-maps")));
            blocks.push(Block::Entries(entries(site, &others)));
            blocks.push(site.heading(Message::new("exercise-all")));
            blocks.push(ending(site, Vec::new(), &sums));
        } else {
            blocks.push(site.heading(Message::new("exercise-all")));
            let rest: f64 = others.iter().map(|part| part.sum).sum();
            let label =
                site.say(Message::new("exercise-other-maps-rest").with("maps", others.len()));
            let line = Line { label, sign: "", cell: Cell::given(rest), total: false };
            blocks.push(ending(site, vec![line], &[part.sum, rest]));
        }
    } else {
        blocks.push(ending(site, vec![partial], &[part.sum]));
    }
    Some(blocks)
}

/// 9 of 25; at least one.
fn blanks(terms: usize) -> usize {
    (terms * 9).div_ceil(25)
}

/// What is read, and what it is multiplied by.
fn factors(site: &Site<'_>, part: &Part, terms: &[Term]) -> Block {
    let columns = part.extent[1];
    let position = |axis: usize| move |term: &Term| term.input[axis].to_string();
    let patch = Grid {
        caption: site.say(Message::new("exercise-patch-values")),
        columns,
        cells: terms.iter().map(value_of).collect(),
        rows_named: terms.iter().step_by(columns).map(position(1)).collect(),
        columns_named: terms[..columns].iter().map(position(2)).collect(),
    };
    let kernel = Grid {
        caption: site.say(Message::new("exercise-kernel")),
        columns,
        cells: terms.iter().map(|term| Cell::given(term.weight.unwrap_or(0.0))).collect(),
        rows_named: Vec::new(),
        columns_named: Vec::new(),
    };
    Block::Grids { grids: vec![("", patch), ("×", kernel)], written: false, bitmap: None }
}

pub fn value_of(term: &Term) -> Cell {
    let look = if term.inside { Look::Given } else { Look::Padding };
    Cell { number: term.value, look }
}

fn products(site: &Site<'_>, part: &Part, asked: &[usize]) -> Block {
    let e = site.e;
    let cell = |term: usize| {
        let product = e.terms[term].product;
        if asked.contains(&term) {
            Cell::asked(What::Term(term), product)
        } else {
            let look = if e.terms[term].inside { Look::Given } else { Look::Padding };
            Cell { number: product, look }
        }
    };
    let grid = Grid {
        caption: site.say(Message::new("exercise-products")),
        columns: part.extent[1],
        cells: part.terms.clone().map(cell).collect(),
        rows_named: Vec::new(),
        columns_named: Vec::new(),
    };
    let sign = products_equal(e, part);
    Block::Grids { grids: vec![(sign, grid)], written: true, bitmap: None }
}

/// `=` where every product is what the two shown numbers give.
fn products_equal(e: &Explanation, part: &Part) -> &'static str {
    let holds = |term: &Term| {
        let weight = term.weight.unwrap_or(0.0);
        product_equals(term.value, weight, term.product, DECIMALS) == "="
    };
    if e.terms[part.terms.clone()].iter().all(holds) { "=" } else { "≈" }
}

fn entries(site: &Site<'_>, parts: &[&Part]) -> Vec<(String, f64)> {
    let first = site.e.parts[0].source;
    let one_source = site.e.parts.iter().all(|part| part.source == first);
    let label = |part: &Part| {
        if one_source {
            site.say(Message::new("exercise-map").with("map", part.channel))
        } else {
            names::map(site.network, part.source, part.channel)
        }
    };
    parts.iter().map(|part| (label(part), part.sum)).collect()
}
