//! The foot: the layers in a row, the narrator's sentence, who draws.

use egui::scroll_area::ScrollBarVisibility;
use egui::{Align, Align2, Layout, Rect, ScrollArea, Sense, Ui, vec2};

use super::narrator;
use crate::network::Layer;
use crate::render::Backend;
use crate::ui::action::Action;
use crate::ui::errors::sentence;
use crate::ui::navigate::to_layer;
use crate::ui::sheet::Sheet;
use crate::ui::studio::Open;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::text;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let words = narrator::sentence_of(sheet.studio).text(sheet.lang);
    layers(ui, sheet);
    ui.horizontal(|ui| {
        let status = status(sheet);
        let room = ui.available_width() - 190.0;
        ui.allocate_ui_with_layout(vec2(room, 20.0), Layout::left_to_right(Align::Center), |ui| {
            let label =
                egui::RichText::new(&words).font(Type::Body.font()).color(sheet.palette.text);
            let label = ui.add(egui::Label::new(label).truncate());
            live(ui, &label, &words);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let hint = sentence(sheet.lang, sheet.painter.status());
            text(ui, status, Type::Caption, sheet.palette.muted).on_hover_text(hint);
        });
    });
}

/// A screen reader says the narrator's sentence when it changes.
fn live(ui: &Ui, label: &egui::Response, words: &str) {
    ui.ctx().accesskit_node_builder(label.id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
        node.set_label(words.to_owned());
    });
}

fn status(sheet: &Sheet<'_>) -> String {
    if sheet.studio.is_waiting() {
        return sheet.say("status-computing");
    }
    sheet.say(match sheet.painter.status().backend() {
        Backend::Gpu => "status-gpu",
        Backend::Cpu => "status-cpu",
    })
}

/// A segment per layer; a click pins the unit there that stands for the same place.
fn layers(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    let Some(open) = &studio.open else { return };
    let nodes = open.network.nodes();
    let room = ui.available_width();
    let gap = 4.0;
    let width = ((room + gap) / nodes.len() as f32 - gap).max(NARROWEST);
    let length = (width + gap) * nodes.len() as f32 - gap;
    ScrollArea::horizontal().scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden).show(
        ui,
        |ui| {
            let (bar, _) = ui.allocate_exact_size(vec2(length.max(room), 26.0), Sense::hover());
            segments(ui, sheet, open, bar, width, gap);
        },
    );
}

/// A segment is no narrower, so that it can be hit; many of them scroll.
const NARROWEST: f32 = 22.0;

fn segments(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, bar: Rect, width: f32, gap: f32) {
    let palette = sheet.palette;
    let nodes = open.network.nodes();
    let pin = sheet.studio.pin();
    for (index, node) in nodes.iter().enumerate() {
        let left = bar.left() + index as f32 * (width + gap);
        let rect = Rect::from_min_size(egui::pos2(left, bar.top()), vec2(width, bar.height()));
        let response = ui.interact(rect, ui.scope_id().with(("layer", index)), Sense::click());
        let own = pin.is_some_and(|pin| pin.node == index);
        let feeds = sheet.studio.story.as_ref().is_some_and(|story| story.region(index).is_some());
        let (fill, ink) = match (own, feeds, response.hovered()) {
            (true, _, _) => (palette.accent, palette.on_accent),
            (_, true, _) => (palette.accent_soft, palette.text),
            (_, _, true) => (palette.hover, palette.text),
            _ => (palette.rail, palette.muted),
        };
        let name = match node.layer {
            Layer::Input { .. } => sheet.say("input-layer"),
            _ => node.name.clone(),
        };
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, f32::from(size::MAP_RADIUS), fill);
        if width > 30.0 {
            let at = rect.left_center() + vec2(8.0, 0.0);
            painter.text(at, Align2::LEFT_CENTER, &name, Type::Caption.font(), ink);
        }
        if response.has_focus() {
            let ring = egui::Stroke::new(2.0, palette.accent);
            ui.painter().rect_stroke(rect, 3.0, ring, egui::StrokeKind::Outside);
        }
        response.widget_info(|| {
            egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, own, name.clone())
        });
        if response.clicked() {
            sheet.act(Action::Pin(to_layer(&open.network, index, pin)));
        }
    }
}
