//! Squared distance to a class bitmap: one row of the picture by hand, the other rows given.

use super::{Site, ending, terms};
use crate::locale::{Message, equals};
use crate::network::Layer;
use crate::paper::exercise::What;
use crate::paper::exercise::choice::Choice;
use crate::paper::exercise::content::{Bitmap, Block, Cell, Grid, Line};
use crate::paper::{DECIMALS, groups};

/// A wider or higher picture is asked for term by term.
const LARGEST: usize = 24;
const WIDEST: usize = 12;

pub fn blocks(site: &Site<'_>, choice: &mut Choice) -> Vec<Block> {
    let e = site.e;
    let Layer::Rbf(rbf) = &site.node().layer else { return terms::blocks(site, choice) };
    let [rows, columns] = rbf.picture;
    if rows > LARGEST || columns > WIDEST {
        return terms::blocks(site, choice);
    }
    let groups = groups::of(site.network, e);
    let row = choice.below(groups.len());
    let group = &groups[row];
    let own = &e.terms[group.terms.clone()];
    let source = site.source(&e.terms[0]);
    let task = Message::new("exercise-task-distance")
        .with("source", source)
        .with("label", site.network.label(e.unit[0]))
        .with("row", row);
    let squares = own.iter().zip(group.terms.clone());
    let squares = squares.map(|(term, index)| Cell::asked(What::Term(index), term.product));
    let values = own.iter().map(|term| Cell::given(term.value));
    let bits = own.iter().map(|term| Cell::given(term.weight.unwrap_or(0.0)));
    let strip = Grid {
        caption: String::new(),
        columns: own.len(),
        cells: values.chain(bits).chain(squares).collect(),
        rows_named: vec![
            source.to_owned(),
            site.say(Message::new("exercise-bitmap")),
            site.say(Message::new("exercise-square")),
        ],
        columns_named: (0..own.len()).map(|column| column.to_string()).collect(),
    };
    let ink = e.terms.iter().map(|term| term.weight.unwrap_or(0.0) > 0.0).collect();
    let products: Vec<f64> = own.iter().map(|term| term.product).collect();
    let line = Line {
        label: site.say(Message::new("exercise-row-sum").with("row", row)),
        sign: equals(&products, group.sum, DECIMALS),
        cell: Cell::asked(What::Row(row), group.sum),
        total: false,
    };
    let name = |row: usize| site.say(Message::new("exercise-row").with("row", row));
    let others = groups.iter().enumerate().filter(|(other, _)| *other != row);
    let others = others.map(|(other, group)| (name(other), group.sum)).collect();
    let sums: Vec<f64> = groups.iter().map(|group| group.sum).collect();
    vec![
        Block::Task(site.say(task)),
        site.heading(Message::new("exercise-row-of-picture").with("row", row)),
        Block::Grids {
            grids: vec![("", strip)],
            written: true,
            bitmap: Some(Bitmap { columns, ink, row }),
        },
        Block::Sum { lines: vec![line], curve: None },
        site.heading(Message::new("exercise-other-rows")),
        Block::Entries(others),
        site.heading(Message::new("exercise-all")),
        ending(site, Vec::new(), &sums),
    ]
}
