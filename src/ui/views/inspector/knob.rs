//! One knob: a weight or a bias in the hand. The wheel turns it, and everything follows.

use egui::{Align, DragValue, Frame, Layout, Margin, Ui};

use crate::explain::place;
use crate::locale::{Message, signed};
use crate::network::handmade::{Flip, Handmade};
use crate::ui::action::{Action, Edit};
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Knob, Open, Seen};
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{Icon, icon_button, text};

/// One notch of the wheel, as a part of the largest weight of the tensor.
const NOTCH: f32 = 0.05;
/// Points that egui counts for one notch.
const NOTCH_POINTS: f32 = 40.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, seen: &Seen) {
    card(ui, sheet, open, seen);
    // Under the card, which stays where it is while its number is turned.
    edited(ui, sheet);
}

fn card(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, seen: &Seen) {
    let Some(knob) = sheet.studio.knob.clone() else { return };
    let Some(tensor) = seen.weights.tensors.get(&knob.tensor) else { return };
    let (Some(&now), Some(&was)) = (
        tensor.values().get(knob.index),
        open.weights.tensors.get(&knob.tensor).and_then(|t| t.values().get(knob.index)),
    ) else {
        return;
    };
    let largest = tensor.values().iter().fold(0.0f32, |most, v| most.max(v.abs()));
    let notch = (largest * NOTCH).max(0.001);
    let palette = sheet.palette;
    let card = Frame::new()
        .fill(palette.accent_soft)
        .corner_radius(size::BUTTON_RADIUS)
        .inner_margin(Margin::symmetric(10, 8));
    let response = card
        .show(ui, |ui| {
            ui.horizontal(|ui| {
                sheet.section(ui, &Message::new("section-knob"));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let close = sheet.say("close");
                    if icon_button(ui, palette, Icon::Close, &close).clicked() {
                        sheet.act(Action::Knob(None));
                    }
                });
            });
            value(ui, sheet, &knob, now, was, notch);
            kernel(ui, sheet, open, &knob);
        })
        .response;
    wheel(ui, sheet, &knob, response.rect, notch);
    ui.add_space(4.0);
}

fn value(ui: &mut Ui, sheet: &mut Sheet<'_>, knob: &Knob, now: f32, was: f32, notch: f32) {
    ui.horizontal(|ui| {
        let name = format!("{}[{}]", knob.tensor, knob.index);
        text(ui, name, Type::SmallNumber, sheet.palette.text);
        let mut turned = now;
        let number = DragValue::new(&mut turned).speed(notch / 10.0).fixed_decimals(4);
        let response = ui.add(number);
        let label = sheet.say("knob-value");
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::accesskit::Role::SpinButton, true, &label)
        });
        if response.drag_started() {
            sheet.act(Action::BeginGesture);
        }
        if turned != now {
            turn(sheet, knob, turned - now);
        }
        if now != was {
            let before = Message::new("knob-before").with("value", signed(f64::from(was), 4));
            let label = sheet.tell(&before);
            if ui.button(label).clicked() {
                turn(sheet, knob, was - now);
            }
        }
    });
    let hint = sheet.say("knob-hint");
    text(ui, hint, Type::Caption, sheet.palette.muted);
}

fn turn(sheet: &mut Sheet<'_>, knob: &Knob, by: f32) {
    let Knob { tensor, index } = knob.clone();
    sheet.act(Action::Edit(Edit::Turn { tensor, index, by }));
}

/// The wheel over the card turns the number instead of scrolling the page.
fn wheel(ui: &Ui, sheet: &mut Sheet<'_>, knob: &Knob, rect: egui::Rect, notch: f32) {
    if !ui.rect_contains_pointer(rect) {
        return;
    }
    let scrolled = ui.input_mut(|input| {
        let notches: f32 = input
            .events
            .iter()
            .filter_map(|event| match event {
                egui::Event::MouseWheel { unit, delta, .. } => Some(match unit {
                    egui::MouseWheelUnit::Point => delta.y / NOTCH_POINTS,
                    egui::MouseWheelUnit::Line | egui::MouseWheelUnit::Page => delta.y,
                }),
                _ => None,
            })
            .sum();
        input.smooth_scroll_delta = egui::Vec2::ZERO;
        notches
    });
    if scrolled != 0.0 {
        turn(sheet, knob, scrolled * notch);
    }
}

/// The whole kernel that the weight belongs to: flipped, or a hand-made one in its place.
fn kernel(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, knob: &Knob) {
    let studio = sheet.studio;
    let Some(story) = &studio.story else { return };
    let Some(e) = story.explanation() else { return };
    let name = &open.network.nodes()[e.node].name;
    if knob.tensor != format!("{name}.weight") {
        return;
    }
    let found = e.parts.iter().enumerate().find_map(|(index, part)| {
        let first = place::kernel(&open.network, e, index)?;
        let len = part.extent[0] * part.extent[1];
        (len > 1 && (first..first + len).contains(&knob.index)).then_some((first, part.extent))
    });
    let Some((first, extent)) = found else { return };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let label = sheet.say("kernel-replace");
        ui.menu_button(label, |ui| {
            for with in Handmade::ALL {
                let label = sheet.say(key_of(with));
                if ui.button(label).clicked() {
                    let tensor = knob.tensor.clone();
                    let edit = Edit::Replace { tensor, first, extent, with };
                    sheet.act(Action::Edit(edit));
                }
            }
        });
        for (flip, key) in
            [(Flip::Rows, "kernel-flip-rows"), (Flip::Columns, "kernel-flip-columns")]
        {
            let label = sheet.say(key);
            if ui.button(label).clicked() {
                let tensor = knob.tensor.clone();
                sheet.act(Action::Edit(Edit::Flip { tensor, first, extent, flip }));
            }
        }
    });
}

const fn key_of(kernel: Handmade) -> &'static str {
    match kernel {
        Handmade::HorizontalEdge => "kernel-horizontal-edge",
        Handmade::VerticalEdge => "kernel-vertical-edge",
        Handmade::Blur => "kernel-blur",
        Handmade::Sharpen => "kernel-sharpen",
        Handmade::Gabor0 => "kernel-gabor-0",
        Handmade::Gabor45 => "kernel-gabor-45",
        Handmade::Gabor90 => "kernel-gabor-90",
        Handmade::Gabor135 => "kernel-gabor-135",
        Handmade::Zero => "kernel-zero",
    }
}

/// That the network is not as it was, and the way back.
fn edited(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let Some(id) = &sheet.studio.scene.edits else { return };
    let count = sheet.studio.edits(Some(id)).count();
    ui.horizontal(|ui| {
        let words = sheet.tell(&Message::new("edited-count").with_count("count", count));
        text(ui, words, Type::Strong, sheet.palette.amber_text);
        let reset = sheet.say("edited-reset");
        if ui.button(reset).clicked() {
            sheet.act(Action::Edit(Edit::Reset));
        }
    });
}
