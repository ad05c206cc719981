//! Layers that are added, taken away, put in another place or made into another kind.

use egui::{Rect, Response, Sense, Ui};

use super::numbers::{entered, send};
use crate::locale::Message;
use crate::network::stack::{LARGEST_SIDE, Stack, StackKind, StackLayer, StackPart};
use crate::ui::action::{Action, FieldAction};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::views::field::words;
use crate::ui::widgets::{Icon, cell, chip, icon_button, toggle};

/// A layer on its way to another place.
struct Held(usize);

/// A row is dragged by its name and dropped on the row whose place it takes.
pub fn drop_on(ui: &mut Ui, sheet: &mut Sheet<'_>, handle: &Response, place: usize) {
    handle.dnd_set_drag_payload(Held(place));
    let row = Rect::from_x_y_ranges(ui.clip_rect().x_range(), handle.rect.y_range());
    let target = ui.interact(row, handle.id.with("row"), Sense::hover());
    if let Some(held) = target.dnd_hover_payload::<Held>() {
        let edge = if held.0 < place { row.bottom() } else { row.top() };
        let width = ui.min_rect().width();
        let line = handle.rect.left()..=handle.rect.left() + width;
        ui.painter().hline(line, edge, egui::Stroke::new(2.0, sheet.palette.accent));
        ui.set_cursor_icon(egui::CursorIcon::Grabbing);
    }
    if let Some(held) = target.dnd_release_payload::<Held>() {
        let from = held.0;
        sheet.act(Action::Field(FieldAction::Reorder { from, to: place }));
    }
}

fn named(ui: &Ui, response: &Response, name: String) {
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name));
}

/// What can be done with a whole layer: another kind, its ReLU, its place, or away with it.
fn tools(ui: &mut Ui, sheet: &mut Sheet<'_>, stack: &Stack, place: usize, name: &str) {
    let active = sheet.studio.scene.field.active;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding = egui::vec2(6.0, 1.0);
        ui.spacing_mut().interact_size.y = 22.0;
        let layer = stack.layers[place];
        let change = |sheet: &mut Sheet<'_>, layer: StackLayer| {
            let mut stack = stack.clone();
            stack.layers[place] = layer;
            sheet.act(Action::BeginGesture);
            sheet.act(Action::Field(FieldAction::Stack(active, stack)));
        };
        let kind = Message::new(key_of(layer.kind)).text(sheet.lang);
        if ui.button(&kind).on_hover_text(sheet.say("field-other-kind")).clicked() {
            let at = StackKind::ALL.iter().position(|&kind| kind == layer.kind).unwrap_or(0);
            let kind = StackKind::ALL[(at + 1) % StackKind::ALL.len()];
            let mut other = StackLayer { kind, ..layer };
            other.padding = other.padding.min(other.most_padding());
            change(sheet, other);
        }
        if layer.kind == StackKind::Conv && toggle(ui, sheet.palette, layer.relu, "ReLU").clicked()
        {
            change(sheet, StackLayer { relu: !layer.relu, ..layer });
        }
        for (sign, key, down) in [("↑", "field-earlier", false), ("↓", "field-later", true)] {
            let words = Message::new(key).with("layer", name).text(sheet.lang);
            let button = ui.button(sign);
            named(ui, &button, words.clone());
            if button.on_hover_text(words).clicked() {
                sheet.act(Action::Field(FieldAction::Move(Some(place), down)));
            }
        }
        let words = Message::new("field-remove").with("layer", name).text(sheet.lang);
        if icon_button(ui, sheet.palette, Icon::Close, &words).clicked() {
            sheet.act(Action::Field(FieldAction::Remove(Some(place))));
        }
    });
}

const fn key_of(kind: StackKind) -> &'static str {
    match kind {
        StackKind::Conv => "field-kind-conv",
        StackKind::MaxPool => "field-kind-max",
        StackKind::AveragePool => "field-kind-average",
    }
}

/// In less room the tools of a layer stand under the buttons.
const ROOM_FOR_ONE_LINE: f32 = 640.0;

/// How high the lines under the table are in so much room.
pub fn height(wide: f32) -> f32 {
    if wide < ROOM_FOR_ONE_LINE { 68.0 } else { 40.0 }
}

/// Layers more, and the image's size; then the selected layer, so that the buttons keep their place.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, stack: &Stack) {
    let below = ui.available_width() < ROOM_FOR_ONE_LINE;
    let selected = sheet.studio.scene.field.selected;
    ui.horizontal(|ui| {
        for (key, kind) in
            [("field-add-conv", StackKind::Conv), ("field-add-pool", StackKind::MaxPool)]
        {
            let words = Message::new(key).text(sheet.lang);
            if chip(ui, sheet.palette, &words).clicked() {
                sheet.act(Action::Field(FieldAction::Add(kind)));
            }
        }
        ui.add_space(8.0);
        let words = sheet.say("field-side");
        cell(ui, &words, Type::Caption, sheet.palette.muted);
        let range = (StackPart::Side, [1, LARGEST_SIDE]);
        if let Some(side) = entered(ui, sheet, &words, range, stack.side) {
            send(sheet, Stack { side, ..stack.clone() });
        }
        if !below {
            ui.add_space(12.0);
            of_selected(ui, sheet, stack);
        }
        if selected.is_none() && ui.available_width() > 360.0 {
            cell(ui, sheet.say("field-reorder-hint"), Type::Caption, sheet.palette.muted);
        }
    });
    if below {
        ui.horizontal(|ui| of_selected(ui, sheet, stack));
    }
}

fn of_selected(ui: &mut Ui, sheet: &mut Sheet<'_>, stack: &Stack) {
    let selected = sheet.studio.scene.field.selected;
    let Some(place) = selected.filter(|&place| place < stack.layers.len()) else { return };
    let name = sheet.studio.seer().map(|seer| words::layer(sheet.studio, seer, place + 1));
    let name = name.unwrap_or_default();
    cell(ui, &name, Type::Number, sheet.palette.text);
    tools(ui, sheet, stack, place, &name);
}
