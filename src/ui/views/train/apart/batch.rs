//! What each image of the batch says about the weight; the gradient is their mean.

use std::sync::Arc;

use egui::{Color32, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::super::numerals::DECIMALS;
use crate::locale::{Message, signed};
use crate::ui::action::{Action, TrainAction};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{Grey, cell, number_colour, picture};
use crate::worker::training::Apart;

/// A row of sixteen has room.
const THUMBNAIL: f32 = 31.0;

/// What each image of the batch says; the gradient is their mean.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, apart: &Arc<Apart>) {
    let palette = sheet.palette;
    let all = apart.images.len();
    let message = Message::new("train-apart-batch").with_count("count", all);
    sheet.section(ui, &message);
    let per_row = ((ui.available_width() + 4.0) / (THUMBNAIL + 4.0)).floor().max(1.0) as usize;
    let shown = all.min(2 * per_row);
    let most = apart
        .each
        .as_ref()
        .map_or(1e-12, |each| each.iter().fold(1e-12_f64, |most, v| most.max(v.abs())));
    for first in (0..shown).step_by(per_row) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for image in first..(first + per_row).min(shown) {
                let bar = if apart.each.is_some() { 22.0 } else { 0.0 };
                let (whole, response) =
                    ui.allocate_exact_size(vec2(THUMBNAIL, THUMBNAIL + bar), Sense::click());
                let rect = Rect::from_min_size(whole.min, vec2(THUMBNAIL, THUMBNAIL));
                let texture = picture(ui, ("batch", image), &apart.images[image], Grey::Ink);
                let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                ui.painter().image(texture.id(), rect.shrink(1.0), uv, Color32::WHITE);
                let chosen = image == apart.image;
                let line = if chosen || response.hovered() {
                    Stroke::new(2.0, palette.accent)
                } else {
                    Stroke::new(1.0, palette.hairline)
                };
                ui.painter().rect_stroke(rect, 3.0, line, StrokeKind::Inside);
                let mut name = Message::new("train-apart-image").with("number", image);
                if let Some(own) = apart.each.as_ref().and_then(|each| each.get(image)) {
                    let middle = rect.bottom() + 2.0 + 9.0;
                    let height = (own / most) as f32 * 9.0;
                    let bar = Rect::from_two_pos(
                        pos2(rect.left() + 10.0, middle),
                        pos2(rect.right() - 10.0, middle - height),
                    );
                    ui.painter().rect_filled(bar, 0.0, number_colour(palette, *own));
                    ui.painter().hline(rect.x_range(), middle, Stroke::new(1.0, palette.hairline));
                    name = Message::new("train-apart-image-says")
                        .with("number", image)
                        .with("value", signed(*own, DECIMALS));
                }
                let name = sheet.tell(&name);
                let said = name.clone();
                response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, said.clone())
                });
                if response.clicked() {
                    sheet.act(Action::Train(TrainAction::Image(image)));
                }
                response.on_hover_text(name);
            }
        });
    }
    if shown < all {
        let message = Message::new("train-more").with("count", all - shown);
        cell(ui, sheet.tell(&message), Type::Caption, palette.muted);
    }
    let (tensor, index) = &apart.weight;
    let gradient = apart.gradient.tensors.get(tensor).and_then(|array| array.values().get(*index));
    ui.horizontal(|ui| {
        let key =
            if apart.each.is_some() { "train-apart-mean" } else { "train-apart-mean-coupled" };
        cell(ui, sheet.say(key), Type::Body, palette.muted);
        if let Some(&gradient) = gradient {
            let gradient = f64::from(gradient);
            cell(
                ui,
                signed(gradient, DECIMALS),
                Type::MiddleNumber,
                number_colour(palette, gradient),
            );
        }
    });
}
