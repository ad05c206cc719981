//! Patch and kernel with their numbers in the cells.

use egui::Ui;

use super::{CELL, GRID, Table, product_now};
use crate::array::Range;
use crate::explain::{Rule, Term};
use crate::render::Scale;
use crate::ui::action::Action;
use crate::ui::scene::Worksheet;
use crate::ui::sheet::Sheet;
use crate::ui::studio::Seen;
use crate::ui::theme::Type;
use crate::ui::widgets::{Cells, text};

/// One grid: its name, its numbers, how they are coloured.
struct Numbers<'a> {
    key: &'static str,
    of: &'a dyn Fn(&Term) -> f64,
    scale: Scale,
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, seen: &Seen, table: &Table<'_>, room: f32) {
    let (e, part) = (table.e, table.part);
    let image = part.source == 0;
    let scale = if image { Scale::Grey { inverted: false } } else { Scale::Sequential };
    let values = Numbers { key: "worksheet-values", of: &|term| term.value, scale };
    let weight = |term: &Term| term.weight.unwrap_or(0.0);
    let key =
        if e.rule == Rule::SquaredDistance { "worksheet-bitmap" } else { "worksheet-weights" };
    let weights = Numbers { key, of: &weight, scale: Scale::Diverging };
    grid(ui, sheet, seen, table, &values, room);
    if matches!(e.rule, Rule::WeightedSum | Rule::SquaredDistance) {
        grid(ui, sheet, seen, table, &weights, room);
    }
}

fn grid(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    seen: &Seen,
    table: &Table<'_>,
    numbers: &Numbers<'_>,
    room: f32,
) {
    let Table { e, part, worksheet, .. } = table;
    let terms = &e.terms[part.terms.clone()];
    let columns = part.extent[1].max(1);
    let rows = terms.len().div_ceil(columns).max(1);
    // Two grids below each other, each under its name.
    let high = (room / 2.0 - 26.0).max(40.0) / rows as f32;
    let side = (GRID / columns.max(rows) as f32).min(CELL).min(high);
    text(ui, sheet.say(numbers.key), Type::Caption, sheet.palette.muted);
    let values: Vec<f64> = terms.iter().map(numbers.of).collect();
    let own: Vec<f32> = values.iter().map(|&n| n as f32).collect();
    let range = match numbers.scale {
        Scale::Diverging => Range::of(&own).map(Range::symmetric),
        Scale::Sequential | Scale::Grey { .. } => {
            Range::of(seen.trace.output(part.source).values())
        }
    };
    let outside: Vec<bool> = terms.iter().map(|term| !term.inside).collect();
    let marked = sheet.studio.hover.term.or(product_now(sheet)).or(worksheet.term);
    let cells = Cells {
        name: sheet.say(numbers.key),
        columns,
        values: &values,
        scale: numbers.scale,
        range: range.unwrap_or(Range { min: 0.0, max: 0.0 }),
        cell: side,
        marked: marked.filter(|term| part.terms.contains(term)).map(|term| term - part.terms.start),
        outside: Some(&outside),
    };
    let answer = cells.show(ui, sheet.palette);
    if let Some(cell) = answer.hovered {
        sheet.hover.term = Some(part.terms.start + cell);
    }
    if let Some(cell) = answer.clicked {
        let term = Some(part.terms.start + cell);
        sheet.act(Action::Worksheet(Some(Worksheet { term, ..*worksheet })));
    }
}
