//! What the colours of the matrix mean where a pixel covers many cells.

use egui::{Rect, Sense, Stroke, StrokeKind, Ui, vec2};

use super::matrix::style;
use crate::render::WiringStyle;
use crate::ui::action::{Action, Connect};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{cell, colour, toggle};

/// Densities from hardly used to full; different weights from one to a million.
const DENSITIES: [f32; 6] = [1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1.0];
const DIFFERENT: [f32; 4] = [1.0, 1e2, 1e4, 1e6];
/// Points that switch and swatches need beside each other.
const ROOM_FOR_LEGEND: f32 = 290.0;
const SWATCH: egui::Vec2 = egui::vec2(11.0, 5.0);

/// From right to left: the legend, and the switch to colours by weight.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let palette = sheet.palette;
    if ui.available_width() > ROOM_FOR_LEGEND {
        swatches(ui, sheet, &style(palette));
        ui.add_space(6.0);
    }
    let on = sheet.studio.scene.parameters.by_identity;
    let label = sheet.say("by-identity");
    if toggle(ui, palette, on, &label).on_hover_text(sheet.say("by-identity-hint")).clicked() {
        sheet.act(Action::Parameters(Connect::ByIdentity(!on)));
    }
}

fn swatches(ui: &mut Ui, sheet: &Sheet<'_>, style: &WiringStyle) {
    let palette = sheet.palette;
    cell(ui, sheet.say("legend-full"), Type::Caption, palette.muted);
    let size = vec2(SWATCH.x * DENSITIES.len() as f32, SWATCH.y * DIFFERENT.len() as f32);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    for (row, &different) in DIFFERENT.iter().enumerate() {
        for (column, &density) in DENSITIES.iter().enumerate() {
            let at = rect.min + vec2(SWATCH.x * column as f32, SWATCH.y * row as f32);
            let fill = colour(style.colour(density, different));
            ui.painter().rect_filled(Rect::from_min_size(at, SWATCH), 0.0, fill);
        }
    }
    let line = Stroke::new(1.0, palette.hairline);
    ui.painter().rect_stroke(rect, 0.0, line, StrokeKind::Outside);
    cell(ui, sheet.say("legend-sparse"), Type::Caption, palette.muted);
    let name = sheet.say("legend-hint");
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
    response.on_hover_text(name);
}
