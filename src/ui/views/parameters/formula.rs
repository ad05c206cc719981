//! A count opened to its formula: the numbers in it, and what each of them counts.

use egui::{Frame, Grid, Margin, Ui};

use super::counts::formula_text;
use crate::locale::{Message, count};
use crate::network::Formula;
use crate::network::connect::Counts;
use crate::ui::action::{Action, Connect};
use crate::ui::export::{Export, To, What};
use crate::ui::glossary::factor;
use crate::ui::scene::Opened;
use crate::ui::sheet::Sheet;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{Icon, cell, icon_button, text};

pub fn card(ui: &mut Ui, sheet: &mut Sheet<'_>, opened: Opened, counts: &Counts) {
    let palette = sheet.palette;
    let formula = opened.count.of(counts);
    Frame::new()
        .fill(palette.accent_soft)
        .corner_radius(size::BUTTON_RADIUS)
        .inner_margin(Margin::symmetric(10, 8))
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                sheet.section(ui, &Message::new(opened.count.key()));
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
                    let close = sheet.say("close");
                    if icon_button(ui, palette, Icon::Close, &close).clicked() {
                        sheet.act(Action::Parameters(Connect::Formula(None)));
                    }
                });
            });
            let value = formula.value().map(count).unwrap_or_default();
            let words = format!("{} = {value}", formula_text(&formula));
            text(ui, words, Type::Number, palette.text);
            Grid::new("factors").num_columns(2).spacing([8.0, 2.0]).show(ui, |ui| {
                for (value, name) in factors(&formula) {
                    cell(ui, count(value), Type::SmallNumber, palette.text);
                    cell(ui, sheet.say(factor(name)), Type::Caption, palette.muted);
                    ui.end_row();
                }
            });
            ui.horizontal(|ui| {
                for (key, latex) in [("copy-text", false), ("copy-latex", true)] {
                    let label = sheet.say(key);
                    if ui.button(label).clicked() {
                        let what = What::Count { opened, latex };
                        sheet.act(Action::Export(Export { what, to: To::Clipboard }));
                    }
                }
            });
        });
}

/// Every named number of a formula once.
fn factors(formula: &Formula) -> Vec<(u128, &'static str)> {
    let mut all = Vec::new();
    gather(formula, &mut all);
    all
}

fn gather(formula: &Formula, all: &mut Vec<(u128, &'static str)>) {
    match formula {
        Formula::Number { value, name: Some(name) } => {
            if !all.contains(&(*value, name)) {
                all.push((*value, name));
            }
        }
        Formula::Number { name: None, .. } => {}
        Formula::Sum(parts) | Formula::Product(parts) | Formula::Dot(parts) => {
            for part in parts {
                gather(part, all);
            }
        }
    }
}
