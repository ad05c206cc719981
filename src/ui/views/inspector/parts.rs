//! Patch × kernel = products, a row per input map; one picture for units that read single values.

use egui::{Align, Layout, Ui, vec2};

use crate::array::Range;
use crate::explain::{Explanation, Part, Rule, Term, place};
use crate::locale::{Message, signed};
use crate::network::Layer;
use crate::render::Scale;
use crate::ui::action::{Action, UnitRef};
use crate::ui::cover::cover_place;
use crate::ui::replay::{Now, Progress};
use crate::ui::scene::Worksheet;
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Knob, Open, Seen};
use crate::ui::theme::Type;
use crate::ui::widgets::{Cells, cell, number, number_colour, text};

/// The widest that patch, kernel and products may be, each.
const GRID: f32 = 58.0;
/// A grid is no narrower, however large everything is drawn.
const NARROWEST_GRID: f32 = 24.0;
/// What stands beside the three: the map's number, the signs, the sum.
const BESIDE_GRIDS: f32 = 164.0;
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
    /// The input map that it stands for, where it stands for one.
    part: Option<usize>,
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
        Rule::Lrn => "section-neighbours",
    };
    sheet.section(ui, &Message::new(key));
    let ranges = Ranges::of(seen, e);
    let values_alone = e.rule == Rule::Max || weights_are_coefficients(layer);
    if single_values {
        let source = e.parts[0].source;
        let columns = open.network.vector_columns(source);
        let room = ((ui.available_width() - BESIDE_GRIDS - 30.0) / 3.0).max(NARROWEST_GRID);
        let cell = (VECTOR.min(room) / columns as f32).min(9.0);
        let row = Row {
            first: 0,
            terms: &e.terms,
            columns,
            label: open.network.nodes()[source].name.clone(),
            sum: e.sum - e.bias.unwrap_or(0.0),
            cell,
            values_alone: false,
            part: None,
        };
        show_row(ui, sheet, open, e, &ranges, &row);
    } else {
        for (place, part) in e.parts.iter().enumerate() {
            let room = ((ui.available_width() - BESIDE_GRIDS) / 3.0).max(NARROWEST_GRID);
            let row = row_of(open, e, (place, part), values_alone, room);
            show_row(ui, sheet, open, e, &ranges, &row);
        }
    }
    if e.terms.iter().any(|term| !term.inside) {
        let words = sheet.say("padding-note");
        text(ui, words, Type::Caption, sheet.palette.muted);
    }
}

fn row_of<'a>(
    open: &Open,
    e: &'a Explanation,
    (place, part): (usize, &Part),
    values_alone: bool,
    room: f32,
) -> Row<'a> {
    let widest = if e.parts.len() > MANY { GRID * 0.66 } else { GRID }.min(room);
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
        part: Some(place),
    }
}

/// The sign of the sum, which opens its table.
fn worksheet_button(ui: &mut Ui, sheet: &Sheet<'_>, row: &Row<'_>) -> bool {
    let sigma = egui::RichText::new("Σ").font(Type::Caption.font()).color(sheet.palette.accent);
    let response = ui.add(egui::Button::new(sigma).frame(false).small());
    let name = sheet.tell(&Message::new("open-worksheet").with("map", &row.label));
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, name.clone())
    });
    response.on_hover_text(name).clicked()
}

/// How much of a row that time has not come to is seen.
const NOT_YET: f32 = 0.25;

/// Where a row stands in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Present {
    Done,
    Now,
    NotYet,
}

impl Present {
    fn of(progress: Option<Progress>, row: &Row<'_>) -> Self {
        let Some(progress) = progress else { return Self::Done };
        let now = match progress.now {
            Now::Part(part) | Now::Partial(part) => row.part == Some(part),
            Now::Product(term) => (row.first..row.first + row.terms.len()).contains(&term),
            Now::Bias | Now::Result => false,
        };
        if now {
            Self::Now
        } else if row.first >= progress.terms && progress.now != Now::Result {
            Self::NotYet
        } else {
            Self::Done
        }
    }
}

/// The cell of the kernel that is taken in hand.
fn knob_in(sheet: &Sheet<'_>, open: &Open, e: &Explanation, row: &Row<'_>) -> Option<usize> {
    let knob = sheet.studio.knob.as_ref()?;
    let name = &open.network.nodes()[e.node].name;
    (0..row.terms.len()).find(|&cell| {
        place::weight(&open.network, e, row.first + cell).is_some_and(|place| {
            place.index == knob.index && knob.tensor == format!("{name}.{}", place.part)
        })
    })
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

fn show_row(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    open: &Open,
    e: &Explanation,
    ranges: &Ranges,
    row: &Row<'_>,
) {
    let present = Present::of(sheet.studio.progress(), row);
    if present == Present::NotYet {
        ui.set_opacity(NOT_YET);
    }
    let values: Vec<f64> = row.terms.iter().map(|term| term.value).collect();
    let weights: Vec<f64> = row.terms.iter().map(|term| term.weight.unwrap_or(0.0)).collect();
    let products: Vec<f64> = row.terms.iter().map(|term| term.product).collect();
    let outside: Vec<bool> = row.terms.iter().map(|term| !term.inside).collect();
    let image = e.terms.first().is_some_and(|term| term.source == 0);
    // F6 and the bitmap are to be compared by eye, so both have the same colours.
    let value_scale = match (image, e.rule) {
        (true, _) => Scale::Grey { inverted: false },
        (false, Rule::SquaredDistance) => Scale::Diverging,
        (false, Rule::WeightedSum | Rule::Max | Rule::Softmax | Rule::Lrn) => Scale::Sequential,
    };
    let winner = || {
        (e.rule == Rule::Max).then(|| e.terms.iter().position(|term| term.weight == Some(1.0)))?
    };
    let marked = marked_term(sheet, e).or_else(winner).and_then(|term| {
        (row.first..row.first + row.terms.len()).contains(&term).then(|| term - row.first)
    });
    let mut touched = None;
    let mut turned = None;
    let mut over_knob = false;
    let palette = sheet.palette;
    let knob = knob_in(sheet, open, e, row);
    let row_rect = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        let width = if row.label.len() > 3 { 52.0 } else { 22.0 };
        ui.allocate_ui_with_layout(vec2(width, 16.0), Layout::left_to_right(Align::Center), |ui| {
            cell(ui, row.label.as_str(), Type::SmallNumber, palette.muted);
        });
        let mut grid = |ui: &mut Ui, key, values: &[f64], scale, range, outside| {
            let name = sheet.tell(&Message::new(key).with("map", &row.label));
            let (columns, cell) = (row.columns, row.cell);
            let kernel = key == "cells-kernel";
            let marked = if kernel { knob.or(marked) } else { marked };
            let cells = Cells { name, columns, values, scale, range, cell, marked, outside };
            let answer = cells.show(ui, palette);
            over_knob |= kernel && answer.hovered.is_some() && answer.hovered == knob;
            // A weight is taken in hand; anything else is followed to its source.
            let follows = answer.clicked.filter(|_| !kernel);
            turned = answer.clicked.filter(|_| kernel).or(turned);
            touched = answer.hovered.map(|cell| (cell, follows.is_some())).or(touched);
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
            Rule::Max | Rule::Softmax | Rule::Lrn => {
                sign(ui, "→");
                grid(ui, "cells-products", &products, Scale::Sequential, ranges.products, None);
            }
        }
        if !row.values_alone {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let colour = number_colour(palette, row.sum);
                let place = cover_place(("part", e.node, e.unit, row.first));
                // A sum that is being made is not there yet.
                let sum = match (present, sheet.studio.progress()) {
                    (Present::Now, Some(Progress { now: Now::Product(term), .. })) => {
                        row.terms[..=term - row.first].iter().map(|term| term.product).sum()
                    }
                    _ => row.sum,
                };
                let digits = signed(sum, 4);
                let covered = sheet.is_covered(place);
                if number(ui, palette, &digits, Type::Number, colour, covered) {
                    sheet.actions.push(Action::Reveal(place));
                }
                if worksheet_button(ui, sheet, row)
                    && let Some(part) = row.part
                {
                    let worksheet = Some(Worksheet { part, term: None });
                    sheet.actions.push(Action::Worksheet(worksheet));
                }
            });
        }
    });
    if present == Present::Now {
        let rect = row_rect.response.rect.expand2(vec2(4.0, 2.0));
        let line = egui::Stroke::new(1.5, palette.accent);
        ui.painter().rect_stroke(rect, 4.0, line, egui::StrokeKind::Outside);
    }
    ui.set_opacity(1.0);
    if over_knob {
        super::knob::wheel_over_cell(ui, sheet, open);
    }
    if let Some(cell) = turned
        && let Some(place) = place::weight(&open.network, e, row.first + cell)
    {
        let tensor = format!("{}.{}", open.network.nodes()[e.node].name, place.part);
        sheet.act(Action::Knob(Some(Knob { tensor, index: place.index })));
    }
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
