//! One knob: a weight or a bias in the hand. The wheel turns it, and everything follows.

use egui::{Align, DragValue, Frame, Layout, Margin, Ui};

use crate::array::Array;
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
    // Above the card: its panel grows upwards, and the card stays where it is while its number is
    // turned.
    edited(ui, sheet);
    card(ui, sheet, open, seen);
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
    let notch = notch_of(tensor);
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
    if ui.rect_contains_pointer(response.rect) {
        wheel(ui, sheet, &knob, notch);
    }
    ui.add_space(4.0);
}

fn value(ui: &mut Ui, sheet: &mut Sheet<'_>, knob: &Knob, now: f32, was: f32, notch: f32) {
    let name = name_of(sheet, knob);
    text(ui, name, Type::SmallNumber, sheet.palette.text);
    ui.horizontal(|ui| {
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
        let before = Message::new("knob-before").with("value", signed(f64::from(was), 4));
        let label = sheet.tell(&before);
        // It is always there, so that nothing moves when the first turn is made.
        if ui.add_enabled(now != was, egui::Button::new(label)).clicked() {
            let Knob { tensor, index } = knob.clone();
            sheet.act(Action::Edit(Edit::Restore { tensor, index }));
        }
    });
    let hint = sheet.say("knob-hint");
    text(ui, hint, Type::Caption, sheet.palette.muted);
}

/// `C3[7] · S2[2] (3, 1)`: whose weight, for which input map, where in the kernel; the tensor and the
/// place where the pinned unit does not use it.
fn name_of(sheet: &Sheet<'_>, knob: &Knob) -> String {
    let pinned = || {
        let open = sheet.studio.open.as_ref()?;
        let e = sheet.studio.story.as_ref()?.explanation()?;
        let node = &open.network.nodes()[e.node].name;
        let is_knob = |place: place::Place| {
            place.index == knob.index && knob.tensor == format!("{node}.{}", place.part)
        };
        if place::bias(&open.network, e).is_some_and(is_knob) {
            return Some(format!("{node}[{}] · {}", e.unit[0], sheet.say("sum-bias")));
        }
        let term = (0..e.terms.len())
            .find(|&term| place::weight(&open.network, e, term).is_some_and(is_knob))?;
        let part = e.parts.iter().find(|part| part.terms.contains(&term))?;
        let source = &open.network.nodes()[part.source].name;
        let (cell, columns) = (term - part.terms.start, part.extent[1].max(1));
        let (row, column) = (cell / columns, cell % columns);
        let map = e.unit[0];
        Some(format!("{node}[{map}] · {source}[{}] ({row}, {column})", part.channel))
    };
    pinned().unwrap_or_else(|| format!("{}[{}]", knob.tensor, knob.index))
}

fn turn(sheet: &mut Sheet<'_>, knob: &Knob, by: f32) {
    let Knob { tensor, index } = knob.clone();
    sheet.act(Action::Edit(Edit::Turn { tensor, index, by }));
}

/// What one notch of the wheel does to a weight of this tensor.
fn notch_of(tensor: &Array) -> f32 {
    let largest = tensor.values().iter().fold(0.0f32, |most, v| most.max(v.abs()));
    (largest * NOTCH).max(0.001)
}

/// The wheel over the weight in the hand, where it stands in its kernel.
pub fn wheel_over_cell(ui: &Ui, sheet: &mut Sheet<'_>, open: &Open) {
    let Some(knob) = sheet.studio.knob.clone() else { return };
    if let Some(tensor) = open.weights.tensors.get(&knob.tensor) {
        wheel(ui, sheet, &knob, notch_of(tensor));
    }
}

/// The wheel turns the number instead of scrolling the page.
fn wheel(ui: &Ui, sheet: &mut Sheet<'_>, knob: &Knob, notch: f32) {
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
        for (flip, key) in [
            (Flip::Rows, "kernel-flip-rows"),
            (Flip::Columns, "kernel-flip-columns"),
            (Flip::Both, "kernel-flip-both"),
        ] {
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
    ui.horizontal_wrapped(|ui| {
        let words = sheet.tell(&Message::new("edited-count").with_count("count", count));
        text(ui, words, Type::Strong, sheet.palette.amber_text);
        let reset = sheet.say("edited-reset");
        if ui.button(reset).clicked() {
            sheet.act(Action::Edit(Edit::Reset));
        }
    });
}
