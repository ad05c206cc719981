//! The worksheet: one partial sum as a student would write it, a product a row, over the figure.

use egui::{
    Align, Align2, Area, Frame, Grid, Layout, Order, ScrollArea, Sense, Ui, UiBuilder, vec2,
};

use crate::array::Range;
use crate::explain::{Explanation, Part, Rule, Term};
use crate::locale::{Message, equals, product_equals, rounded, signed, value};
use crate::network::Activation;
use crate::render::Scale;
use crate::ui::action::{Action, Dialog, UnitRef};
use crate::ui::cover::cover_place;
use crate::ui::replay::{Now, Progress};
use crate::ui::scene::Worksheet;
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Open, Seen};
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{
    Cells, Icon, cell, chip, icon_button, number, number_colour, text, toggle,
};

const DECIMALS: usize = 4;
/// The largest side of a grid, and the largest cell.
const GRID: f32 = 200.0;
const CELL: f32 = 40.0;
/// Rows of the table that are visible at once, at most.
const ROW: f32 = 22.0;
const TABLE_WIDTH: f32 = 410.0;
const WIDEST_TABLE: f32 = 480.0;
/// Points that title, tabs and margins take, and the total under the table.
const HEAD: f32 = 132.0;
const TOTAL: f32 = 92.0;
/// More parts than this are not tabs but a stepper.
const MOST_TABS: usize = 8;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    let (Some(worksheet), Some(open), Some(seen)) =
        (studio.scene.worksheet, &studio.open, &studio.seen)
    else {
        return;
    };
    let Some(e) = studio.story.as_ref().and_then(|story| story.explanation()) else { return };
    let Some(part) = part_of(open, e, worksheet) else { return };
    let part = &part;
    let view = ui.max_rect();
    let area = Area::new(egui::Id::unique("worksheet"))
        .order(Order::Middle)
        .pivot(Align2::CENTER_CENTER)
        .fixed_pos(view.center())
        .constrain_to(view);
    area.show(ui.ctx(), |ui| {
        let frame = Frame::popup(ui.style()).inner_margin(16);
        frame.show(ui, |ui| {
            // Beside each other where there is room, else below each other.
            let wide = view.width() > TABLE_WIDTH + GRID + 80.0;
            let room = (view.height() - HEAD).max(120.0);
            ui.set_max_width(view.width() - 40.0);
            head(ui, sheet, open, e, worksheet);
            tabs(ui, sheet, e, worksheet);
            ui.add_space(4.0);
            let mut body = |ui: &mut Ui| {
                if wide {
                    ui.vertical(|ui| {
                        ui.set_width(GRID + 8.0);
                        grids(ui, sheet, seen, e, part, worksheet, room);
                    });
                    ui.add_space(12.0);
                }
                ui.vertical(|ui| {
                    let beside = if wide { GRID + 20.0 } else { 0.0 };
                    ui.set_width((view.width() - 72.0 - beside).min(WIDEST_TABLE));
                    table(ui, sheet, open, e, part, worksheet, room);
                    total(ui, sheet, e);
                });
            };
            ui.horizontal_top(|ui| body(ui));
        });
    });
}

/// Whether the unit reads single values: one table holds them all.
fn reads_single_values(e: &Explanation) -> bool {
    e.parts.iter().all(|part| part.extent == [1, 1])
}

/// What the table shows: one input map, or all values where each map gives only one.
fn part_of(open: &Open, e: &Explanation, worksheet: Worksheet) -> Option<Part> {
    let first = e.parts.first()?;
    if !reads_single_values(e) {
        return e.parts.get(worksheet.part).cloned();
    }
    let columns = match open.network.picture(first.source) {
        Some([_, columns]) => columns,
        None => (e.terms.len() as f32).sqrt().ceil() as usize,
    };
    let extent = [e.terms.len().div_ceil(columns.max(1)), columns];
    let sum = e.parts.iter().map(|part| part.sum).sum();
    Some(Part { extent, terms: 0..e.terms.len(), sum, ..first.clone() })
}

fn head(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, e: &Explanation, worksheet: Worksheet) {
    ui.horizontal(|ui| {
        let unit = open.unit_name(UnitRef { node: e.node, unit: e.unit });
        let message = Message::new("worksheet-title").with("unit", unit);
        sheet.title(ui, &message, Type::Title);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = sheet.say("close");
            if icon_button(ui, sheet.palette, Icon::Close, &close).clicked() {
                sheet.act(Action::Worksheet(None));
            }
            let copy = sheet.say("copy-and-save");
            if chip(ui, sheet.palette, &copy).clicked() {
                sheet.act(Action::Open(Dialog::Export));
            }
            if worksheet.term.is_some() {
                let all = sheet.say("worksheet-all");
                if chip(ui, sheet.palette, &all).clicked() {
                    let worksheet = Worksheet { term: None, ..worksheet };
                    sheet.act(Action::Worksheet(Some(worksheet)));
                }
            }
        });
    });
}

/// A tab per input map.
fn tabs(ui: &mut Ui, sheet: &mut Sheet<'_>, e: &Explanation, worksheet: Worksheet) {
    if e.parts.len() < 2 || reads_single_values(e) {
        return;
    }
    let go = |part| Action::Worksheet(Some(Worksheet { part, term: None }));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if e.parts.len() > MOST_TABS {
            let last = e.parts.len() - 1;
            let (back, on) = (sheet.say("worksheet-back"), sheet.say("worksheet-on"));
            if icon_button(ui, sheet.palette, Icon::StepBack, &back).clicked() {
                sheet.act(go(worksheet.part.saturating_sub(1)));
            }
            let message = Message::new("worksheet-part")
                .with("map", e.parts[worksheet.part].channel)
                .with("number", worksheet.part + 1)
                .with("count", e.parts.len());
            cell(ui, sheet.tell(&message), Type::Body, sheet.palette.text);
            if icon_button(ui, sheet.palette, Icon::StepForward, &on).clicked() {
                sheet.act(go((worksheet.part + 1).min(last)));
            }
            return;
        }
        for (place, part) in e.parts.iter().enumerate() {
            let message = Message::new("worksheet-map").with("map", part.channel);
            let label = sheet.tell(&message);
            if toggle(ui, sheet.palette, place == worksheet.part, &label).clicked() {
                sheet.act(go(place));
            }
        }
    });
}

/// The numbers of one grid: its name, its values, how they are coloured.
struct Grd<'a> {
    key: &'static str,
    values: &'a dyn Fn(&Term) -> f64,
    scale: Scale,
}

/// Patch, kernel and products with their numbers in the cells.
fn grids(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    seen: &Seen,
    e: &Explanation,
    part: &Part,
    worksheet: Worksheet,
    room: f32,
) {
    let terms = &e.terms[part.terms.clone()];
    let columns = part.extent[1].max(1);
    let rows = terms.len().div_ceil(columns);
    // Two grids below each other, each under its name.
    let high = (room / 2.0 - 26.0).max(40.0) / rows as f32;
    let side = (GRID / columns.max(rows) as f32).min(CELL).min(high);
    let image = part.source == 0;
    let values = if image { Scale::Grey { inverted: false } } else { Scale::Sequential };
    let all = [
        Grd { key: "worksheet-values", values: &|term| term.value, scale: values },
        Grd {
            key: "worksheet-weights",
            values: &|term| term.weight.unwrap_or(0.0),
            scale: Scale::Diverging,
        },
    ];
    for grid in all {
        if e.rule == Rule::Softmax && grid.key == "worksheet-weights" {
            continue;
        }
        text(ui, sheet.say(grid.key), Type::Caption, sheet.palette.muted);
        let numbers: Vec<f64> = terms.iter().map(grid.values).collect();
        let own: Vec<f32> = numbers.iter().map(|&n| n as f32).collect();
        let range = match grid.scale {
            Scale::Diverging => Range::of(&own).map(Range::symmetric),
            _ => Range::of(seen.trace.output(part.source).values()),
        };
        let outside: Vec<bool> = terms.iter().map(|term| !term.inside).collect();
        let cells = Cells {
            name: sheet.say(grid.key),
            columns,
            values: &numbers,
            scale: grid.scale,
            range: range.unwrap_or(Range { min: 0.0, max: 0.0 }),
            cell: side,
            marked: marked(sheet, part, worksheet),
            outside: Some(&outside),
        };
        let answer = cells.show(ui, sheet.palette);
        if let Some(cell) = answer.hovered {
            sheet.hover.term = Some(part.terms.start + cell);
        }
        if let Some(cell) = answer.clicked {
            let term = Some(part.terms.start + cell);
            sheet.act(Action::Worksheet(Some(Worksheet { term, ..worksheet })));
        }
    }
}

/// The cell of the product that is looked at, or of the one that time has come to.
fn marked(sheet: &Sheet<'_>, part: &Part, worksheet: Worksheet) -> Option<usize> {
    let now = match sheet.studio.progress().map(|progress| progress.now) {
        Some(Now::Product(term)) => Some(term),
        _ => None,
    };
    let term = sheet.studio.hover.term.or(now).or(worksheet.term)?;
    part.terms.contains(&term).then(|| term - part.terms.start)
}

fn table(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    open: &Open,
    e: &Explanation,
    part: &Part,
    worksheet: Worksheet,
    room: f32,
) {
    let palette = sheet.palette;
    let heads = match e.rule {
        Rule::SquaredDistance => "worksheet-head-squares",
        Rule::Softmax => "worksheet-head-exponentials",
        Rule::WeightedSum | Rule::Max => "worksheet-head",
    };
    text(ui, sheet.say(heads), Type::Caption, palette.muted);
    let running: Vec<f64> = e.terms[part.terms.clone()]
        .iter()
        .scan(0.0, |sum, term| {
            *sum += term.product;
            Some(*sum)
        })
        .collect();
    let progress = sheet.studio.progress();
    let height = (room - TOTAL).max(60.0);
    let mut area = ScrollArea::vertical().id_salt(("worksheet", e.unit, worksheet.part));
    if let Some(row) = newly_marked(ui, sheet, part, worksheet) {
        // What is looked at, or what time has come to, is in the middle.
        area = area.vertical_scroll_offset((row as f32 * ROW - height / 2.0).max(0.0));
    }
    area.max_height(height).show_rows(
        ui,
        ROW - ui.spacing().item_spacing.y,
        part.terms.len(),
        |ui, rows| {
            for row in rows {
                let index = part.terms.start + row;
                if arrived(progress, index) {
                    line(ui, sheet, open, e, index, running[row], worksheet);
                } else {
                    cell(ui, "·", Type::Number, palette.muted);
                }
            }
        },
    );
}

/// The row to scroll to: that of the term that is looked at or that time has come to, when it is another one
/// than before.
fn newly_marked(ui: &Ui, sheet: &Sheet<'_>, part: &Part, worksheet: Worksheet) -> Option<usize> {
    let now = match sheet.studio.progress().map(|progress| progress.now) {
        Some(Now::Product(term)) => Some(term),
        _ => None,
    };
    let term = now.or(worksheet.term).filter(|term| part.terms.contains(term))?;
    let id = egui::Id::unique("worksheet-row");
    let before = ui.data_mut(|data| {
        let before = data.get_temp::<usize>(id);
        data.insert_temp(id, term);
        before
    });
    (before != Some(term)).then(|| term - part.terms.start)
}

/// Whether time has come to this product.
fn arrived(progress: Option<Progress>, term: usize) -> bool {
    progress.is_none_or(|progress| term < progress.terms || progress.now == Now::Result)
}

/// value × weight = product, and the sum so far.
fn line(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    open: &Open,
    e: &Explanation,
    index: usize,
    running: f64,
    worksheet: Worksheet,
) {
    let term = &e.terms[index];
    let palette = sheet.palette;
    let chosen = worksheet.term == Some(index);
    let place = cover_place(("worksheet", e.node, e.unit, index));
    let covered = sheet.is_covered(place);
    // The row lies under its numbers, so that a covered one can be clicked.
    let size = vec2(ui.available_width(), ROW - ui.spacing().item_spacing.y);
    let (whole, response) = ui.allocate_exact_size(size, Sense::click());
    if chosen || response.hovered() || response.has_focus() {
        let radius = f32::from(size::MAP_RADIUS);
        let colour = if chosen { palette.accent_soft } else { palette.hover };
        ui.painter().rect_filled(whole.expand2(vec2(4.0, 0.0)), radius, colour);
    }
    let (source, shown, sign) = words_of(open, e, term);
    let name = format!("{source}: {shown} {sign} {}", signed(term.product, DECIMALS));
    response.widget_info(|| {
        let role = egui::accesskit::Role::Button;
        egui::WidgetInfo::selected(role, true, chosen, name.clone())
    });
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(whole).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let strong = if chosen { Type::StrongNumber } else { Type::Number };
        fixed(ui, 86.0, source, Type::SmallNumber, palette.muted);
        fixed(ui, 136.0, shown, strong, palette.text);
        cell(ui, sign, strong, palette.muted);
        let colour = number_colour(palette, term.product);
        if number(ui, palette, &signed(term.product, DECIMALS), strong, colour, covered) {
            sheet.act(Action::Reveal(place));
        }
        if !covered {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let colour = number_colour(palette, running);
                cell(ui, signed(running, DECIMALS), Type::SmallNumber, colour);
                cell(ui, "Σ", Type::Caption, palette.muted);
            });
        }
    });
    if response.hovered() || response.has_focus() {
        sheet.hover.term = Some(index);
    }
    if response.double_clicked()
        && let Some((node, unit)) = term.source_unit()
    {
        sheet.act(Action::Follow(UnitRef { node, unit }));
    } else if response.clicked() {
        let term = Some(index);
        sheet.act(Action::Worksheet(Some(Worksheet { term, ..worksheet })));
    }
}

/// Words that end at the same place in every row.
fn fixed(ui: &mut Ui, width: f32, words: String, kind: Type, colour: egui::Color32) {
    let room = vec2(width, ui.available_height());
    ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_width(width);
        cell(ui, words, kind, colour);
    });
}

/// Where a term comes from, what is done to it, and whether the shown numbers give the shown result.
fn words_of(open: &Open, e: &Explanation, term: &Term) -> (String, String, &'static str) {
    let [c, y, x] = term.input;
    let source = match term.source_unit() {
        Some((node, unit)) => open.unit_name(UnitRef { node, unit }),
        None => format!("{}[{c}]({y},{x})", open.network.nodes()[term.source].name),
    };
    let weight = term.weight.unwrap_or(0.0);
    let (shown, sign) = match e.rule {
        Rule::SquaredDistance => (
            format!("({} − {})²", value(term.value, DECIMALS), value(weight, 0)),
            product_sign(rounded(term.value, DECIMALS) - weight, term.product),
        ),
        Rule::Softmax => (format!("e^({} − max)", value(term.value, 2)), "="),
        Rule::WeightedSum | Rule::Max => (
            format!("{} × {}", signed(term.value, DECIMALS), signed(weight, DECIMALS)),
            product_equals(term.value, weight, term.product, DECIMALS),
        ),
    };
    (source, shown, sign)
}

/// `=` where the square of the shown difference is what is shown.
fn product_sign(shown: f64, product: f64) -> &'static str {
    product_equals(shown, shown, product, DECIMALS)
}

/// From the partial sums to the number.
fn total(ui: &mut Ui, sheet: &mut Sheet<'_>, e: &Explanation) {
    let palette = sheet.palette;
    if sheet.studio.progress().is_some_and(|progress| progress.now != Now::Result) {
        return;
    }
    ui.separator();
    Grid::new("worksheet-total").num_columns(2).spacing([16.0, 2.0]).show(ui, |ui| {
        let mut line = |ui: &mut Ui, label: String, digits: String, colour| {
            cell(ui, label, Type::Body, palette.text);
            let place = cover_place(("worksheet-total", e.node, e.unit, ui.next_auto_id()));
            let covered = sheet.is_covered(place);
            if number(ui, palette, &digits, Type::StrongNumber, colour, covered) {
                sheet.actions.push(Action::Reveal(place));
            }
            ui.end_row();
        };
        let parts: Vec<f64> = e.parts.iter().map(|part| part.sum).collect();
        if e.rule == Rule::WeightedSum && (e.parts.len() > 1 || e.bias.is_some()) {
            let parts = if reads_single_values(e) { vec![parts.iter().sum()] } else { parts };
            let shown: Vec<f64> = parts.iter().copied().chain(e.bias).collect();
            let mut words: Vec<String> =
                parts.iter().take(6).map(|&sum| signed(sum, DECIMALS)).collect();
            if parts.len() > 6 {
                words.push("…".into());
            }
            words.extend(e.bias.map(|bias| signed(bias, DECIMALS)));
            let sum = format!("{} {}", equals(&shown, e.sum, DECIMALS), signed(e.sum, DECIMALS));
            line(ui, words.join(" "), sum, number_colour(palette, e.sum));
        }
        let output = signed(e.output, DECIMALS);
        let formula = match (e.activation, e.rule) {
            (Activation::Identity, Rule::SquaredDistance) => "d² = Σ".into(),
            (Activation::Identity, _) => "y".into(),
            (activation, _) => format!("y = {}", activation.formula()),
        };
        line(ui, formula, output, palette.accent);
    });
}
