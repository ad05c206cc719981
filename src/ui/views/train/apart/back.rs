//! The way back through the layers: how the loss moves with every value.

use egui::{Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, vec2};

use super::super::watch::thumbnail;
use crate::array::Array;
use crate::locale::Message;
use crate::network::Layer;
use crate::ui::action::{Action, TrainAction};
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::Type;
use crate::ui::widgets::{cell, text};
use crate::worker::training::Apart;

/// The gradients by the values of every layer, from the scores back to the image; one of them is looked at.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun, apart: &Apart, own: usize) {
    sheet.section(ui, &Message::new("train-apart-back"));
    ui.add_space(5.0);
    let nodes = run.network.nodes();
    let scores = run.network.scores();
    let shown: Vec<usize> = (1..=scores).rev().collect();
    let palette = sheet.palette;
    let side = 52.0;
    ScrollArea::horizontal().id_salt("way-back").show(ui, |ui| {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for (place, &node) in shown.iter().enumerate() {
                if place > 0 {
                    ui.vertical(|ui| {
                        ui.add_space(side / 2.0 - 8.0);
                        cell(ui, "→", Type::Body, palette.muted);
                    });
                }
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 3.0;
                    let gradient = &apart.gradients.nodes[node].output;
                    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
                    mosaic(ui, rect, gradient, run.network.vector_columns(node));
                    if node == own {
                        let ring = Stroke::new(2.0, palette.accent);
                        ui.painter().rect_stroke(rect.expand(2.0), 2.0, ring, StrokeKind::Outside);
                    }
                    let name = &nodes[node].name;
                    if response.clicked() {
                        sheet.act(Action::Train(TrainAction::Layer(name.clone())));
                    }
                    response.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, name.clone())
                    });
                    cell(ui, name, Type::Caption, palette.text);
                });
            }
        });
    });
    let has_max = nodes.iter().any(|node| matches!(node.layer, Layer::PoolMax(_)));
    let key = if has_max { "train-apart-routing" } else { "train-apart-back-hint" };
    text(ui, sheet.say(key), Type::Caption, palette.muted);
}

/// Up to sixteen maps side by side, each over the whole layer's range; a vector as rows of squares.
fn mosaic(ui: &Ui, rect: Rect, gradient: &Array, columns: usize) {
    let [c, h, w] = gradient.chw();
    let reach = gradient.values().iter().fold(1e-12_f32, |most, v| most.max(v.abs()));
    if h * w == 1 {
        let columns = columns.clamp(1, 12);
        return thumbnail(ui, rect, gradient.values(), columns, reach);
    }
    let side = (1..=4).find(|side| side * side >= c).unwrap_or(4);
    let tile = vec2(rect.width() / side as f32, rect.height() / side as f32);
    for map in 0..c.min(side * side) {
        let min = rect.min + vec2((map % side) as f32 * tile.x, (map / side) as f32 * tile.y);
        let tile = Rect::from_min_size(min, tile).shrink(0.5);
        thumbnail(ui, tile, &gradient.values()[map * h * w..][..h * w], w, reach);
    }
}
