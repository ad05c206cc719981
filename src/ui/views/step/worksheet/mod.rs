//! The worksheet: one partial sum as a student would write it, a product a row, over the figure.

mod grids;
mod table;

use egui::{Align, Align2, Area, Frame, Grid, Layout, Order, Ui};

use crate::explain::{Explanation, Part, Rule};
use crate::locale::{Message, equals, signed};
use crate::network::Activation;
use crate::ui::action::{Action, Dialog, UnitRef};
use crate::ui::cover::cover_place;
use crate::ui::replay::Now;
use crate::ui::scene::Worksheet;
use crate::ui::sheet::Sheet;
use crate::ui::studio::Open;
use crate::ui::theme::Type;
use crate::ui::widgets::{Icon, cell, chip, icon_button, number, number_colour, toggle};

const DECIMALS: usize = 4;
/// The largest side of a grid, and the largest cell.
const GRID: f32 = 200.0;
const CELL: f32 = 40.0;
const TABLE_WIDTH: f32 = 410.0;
const WIDEST_TABLE: f32 = 480.0;
/// Points that title, tabs and margins take, and the total under the table.
const HEAD: f32 = 132.0;
const TOTAL: f32 = 92.0;
/// More parts than this are not tabs but a stepper.
const MOST_TABS: usize = 8;

/// What one page of the worksheet is about.
struct Table<'a> {
    open: &'a Open,
    e: &'a Explanation,
    part: &'a Part,
    worksheet: Worksheet,
}

/// The product that time has come to.
fn product_now(sheet: &Sheet<'_>) -> Option<usize> {
    match sheet.studio.progress().map(|progress| progress.now) {
        Some(Now::Product(term)) => Some(term),
        _ => None,
    }
}

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
            ui.set_max_width((view.width() - 40.0).min(GRID + WIDEST_TABLE + 36.0));
            head(ui, sheet, open, e, worksheet);
            tabs(ui, sheet, e, worksheet);
            ui.add_space(4.0);
            let mut body = |ui: &mut Ui| {
                if wide {
                    ui.vertical(|ui| {
                        ui.set_width(GRID + 8.0);
                        grids::show(ui, sheet, seen, &Table { open, e, part, worksheet }, room);
                    });
                    ui.add_space(12.0);
                }
                ui.vertical(|ui| {
                    let beside = if wide { GRID + 20.0 } else { 0.0 };
                    ui.set_width((view.width() - 72.0 - beside).min(WIDEST_TABLE));
                    table::show(ui, sheet, &Table { open, e, part, worksheet }, room - TOTAL);
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
    let columns = open.network.vector_columns(first.source);
    let extent = [e.terms.len().div_ceil(columns), columns];
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
