//! Patch × kernel = products, a row per input map; one picture for units that read single values.

use egui::{Align, Layout, Ui, vec2};

use crate::array::Range;
use crate::explain::{Explanation, Part, Rule, Term};
use crate::locale::{Message, signed};
use crate::network::Layer;
use crate::render::Scale;
use crate::ui::action::{Action, UnitRef};
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Open, Seen};
use crate::ui::theme::Type;
use crate::ui::widgets::{Cells, cell, number_colour, section, text};

/// The widest that patch, kernel and products may be, each.
const GRID: f32 = 58.0;
/// The same for units that read single values.
const VECTOR: f32 = 66.0;
/// More input maps than this get smaller pictures.
const MANY: usize = 8;

/// The numbers of one row: its terms and how they are laid out.
struct Row<'a> {
    /// Which terms, for hovering and following.
    first: usize,
    terms: &'a [Term],
    columns: usize,
    label: String,
    sum: f64,
    cell: f32,
    /// One coefficient, or the largest: there is no picture of weights and products.
    values_alone: bool,
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, seen: &Seen, e: &Explanation) {
    let layer = &open.network.nodes()[e.node].layer;
    let single_values = e.parts.iter().all(|part| part.extent == [1, 1]) && e.parts.len() > 1;
    let key = match e.rule {
        Rule::WeightedSum if weights_are_coefficients(layer) => "section-window-sum",
        Rule::WeightedSum if single_values => "section-values-weights",
        Rule::WeightedSum => "section-patch-kernel",
        Rule::Max => "section-window",
        Rule::SquaredDistance => "section-distance",
        Rule::Softmax => "section-exponentials",
    };
    let words = sheet.say(key);
    section(ui, sheet.palette, &words);
    let ranges = Ranges::of(seen, e);
    let values_alone = e.rule == Rule::Max || weights_are_coefficients(layer);
    if single_values {
        let source = e.parts[0].source;
        let columns = match open.network.picture(source) {
            Some([_, columns]) => columns,
            None => (e.terms.len() as f32).sqrt().ceil() as usize,
        };
        let cell = (VECTOR / columns as f32).min(9.0);
        let row = Row {
            first: 0,
            terms: &e.terms,
            columns,
            label: open.network.nodes()[source].name.clone(),
            sum: e.sum - e.bias.unwrap_or(0.0),
            cell,
            values_alone: false,
        };
        show_row(ui, sheet, e, &ranges, &row);
    } else {
        for part in &e.parts {
            let row = row_of(open, e, part, values_alone);
            show_row(ui, sheet, e, &ranges, &row);
        }
    }
    if e.terms.iter().any(|term| !term.inside) {
        let words = sheet.say("padding-note");
        text(ui, words, Type::Caption, sheet.palette.muted);
    }
}

fn row_of<'a>(open: &Open, e: &'a Explanation, part: &Part, values_alone: bool) -> Row<'a> {
    let widest = if e.parts.len() > MANY { GRID * 0.66 } else { GRID };
    let [rows, columns] = part.extent;
    let longest = rows.max(columns) as f32;
    let several_sources = e.parts.iter().any(|other| other.source != part.source);
    let label = if several_sources {
        format!("{}[{}]", open.network.nodes()[part.source].name, part.channel)
    } else {
        part.channel.to_string()
    };
    Row {
        first: part.terms.start,
        terms: &e.terms[part.terms.clone()],
        columns,
        label,
        sum: part.sum,
        cell: if values_alone {
            (120.0 / longest).min(44.0)
        } else {
            (widest / longest).clamp(3.0, 26.0)
        },
        values_alone,
    }
}

/// Values share the source's range, weights and products one of their own around zero.
struct Ranges {
    values: Range,
    weights: Range,
    products: Range,
}

impl Ranges {
    fn of(seen: &Seen, e: &Explanation) -> Self {
        let none = Range { min: 0.0, max: 0.0 };
        let over = |number: &dyn Fn(&Term) -> f64| {
            let numbers: Vec<f32> = e.terms.iter().map(|term| number(term) as f32).collect();
            Range::of(&numbers).unwrap_or(none)
        };
        let source = e.terms.first().map(|term| term.source);
        let values = source.and_then(|node| Range::of(seen.trace.output(node).values()));
        Self {
            values: values.unwrap_or(none),
            weights: over(&|term| term.weight.unwrap_or(0.0)).symmetric(),
            products: over(&|term| term.product).symmetric(),
        }
    }
}

fn show_row(ui: &mut Ui, sheet: &mut Sheet<'_>, e: &Explanation, ranges: &Ranges, row: &Row<'_>) {
    let values: Vec<f64> = row.terms.iter().map(|term| term.value).collect();
    let weights: Vec<f64> = row.terms.iter().map(|term| term.weight.unwrap_or(0.0)).collect();
    let products: Vec<f64> = row.terms.iter().map(|term| term.product).collect();
    let outside: Vec<bool> = row.terms.iter().map(|term| !term.inside).collect();
    let image = e.terms.first().is_some_and(|term| term.source == 0);
    // F6 and the bitmap are to be compared by eye, so both have the same colours.
    let value_scale = match (image, e.rule) {
        (true, _) => Scale::Grey { inverted: false },
        (false, Rule::SquaredDistance) => Scale::Diverging,
        (false, Rule::WeightedSum | Rule::Max | Rule::Softmax) => Scale::Sequential,
    };
    let winner = || {
        (e.rule == Rule::Max).then(|| e.terms.iter().position(|term| term.weight == Some(1.0)))?
    };
    let marked = marked_term(sheet, e).or_else(winner).and_then(|term| {
        (row.first..row.first + row.terms.len()).contains(&term).then(|| term - row.first)
    });
    let mut touched = None;
    let palette = sheet.palette;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        let width = if row.label.len() > 3 { 52.0 } else { 22.0 };
        ui.allocate_ui_with_layout(vec2(width, 16.0), Layout::left_to_right(Align::Center), |ui| {
            cell(ui, row.label.as_str(), Type::SmallNumber, palette.muted);
        });
        let mut grid = |ui: &mut Ui, key, values: &[f64], scale, range, outside| {
            let name = sheet.tell(&Message::new(key).with("map", &row.label));
            let (columns, cell) = (row.columns, row.cell);
            let cells = Cells { name, columns, values, scale, range, cell, marked, outside };
            let answer = cells.show(ui, palette);
            touched = answer.hovered.map(|cell| (cell, answer.clicked.is_some())).or(touched);
        };
        let sign = |ui: &mut Ui, sign: &str| {
            text(ui, sign, Type::Caption, palette.muted);
        };
        grid(ui, "cells-patch", &values, value_scale, ranges.values, Some(&outside));
        match e.rule {
            _ if row.values_alone => {}
            Rule::WeightedSum | Rule::SquaredDistance => {
                sign(ui, if e.rule == Rule::WeightedSum { "×" } else { "−" });
                grid(ui, "cells-kernel", &weights, Scale::Diverging, ranges.weights, None);
                sign(ui, if e.rule == Rule::WeightedSum { "=" } else { "²" });
                grid(ui, "cells-products", &products, Scale::Diverging, ranges.products, None);
            }
            Rule::Max | Rule::Softmax => {
                sign(ui, "→");
                grid(ui, "cells-products", &products, Scale::Sequential, ranges.products, None);
            }
        }
        if !row.values_alone {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let colour = number_colour(palette, row.sum);
                cell(ui, signed(row.sum, 4), Type::Number, colour);
                cell(ui, "Σ", Type::Caption, palette.muted);
            });
        }
    });
    if let Some((cell, clicked)) = touched {
        let term = row.first + cell;
        sheet.hover.term = Some(term);
        if clicked && let Some((node, unit)) = e.terms[term].source_unit() {
            sheet.act(Action::Follow(UnitRef { node, unit }));
        }
    }
}

/// The term under the pointer, here or on the figure.
pub fn marked_term(sheet: &Sheet<'_>, e: &Explanation) -> Option<usize> {
    let hover = sheet.studio.hover;
    sheet.hover.term.or(hover.term).or_else(|| {
        let unit = hover.unit?;
        e.terms.iter().position(|term| term.source_unit() == Some((unit.node, unit.unit)))
    })
}

/// The node's kind decides the words for its weights.
pub fn weights_are_coefficients(layer: &Layer) -> bool {
    matches!(layer, Layer::Subsample(_))
}
