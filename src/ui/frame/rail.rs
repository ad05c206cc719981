//! The left rail: the views that exist.

use egui::{Align2, Rect, Sense, Ui, vec2};

use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;

/// Number key, and the key of its name. A view that does not exist yet is not here.
const VIEWS: [(&str, &str); 1] = [("1", "view-step")];

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let palette = sheet.palette;
    let full = ui.max_rect();
    let painter = ui.painter().clone();
    let mark = full.center_top() + vec2(0.0, 26.0);
    painter.text(mark, Align2::CENTER_CENTER, "C", Type::Title.font(), palette.text);
    for (place, (number, key)) in VIEWS.into_iter().enumerate() {
        let top = full.top() + 52.0 + 56.0 * place as f32;
        let rect = Rect::from_min_size(egui::pos2(full.left(), top), vec2(full.width(), 56.0));
        let response = ui.interact(rect, ui.scope_id().with(key), Sense::click());
        let name = sheet.say(key);
        painter.rect_filled(rect, 0.0, palette.panel);
        let edge = Rect::from_min_size(rect.min, vec2(3.0, rect.height()));
        painter.rect_filled(edge, 0.0, palette.accent);
        let at = rect.center() - vec2(0.0, 8.0);
        painter.text(at, Align2::CENTER_CENTER, number, Type::Title.font(), palette.accent);
        let at = rect.center() + vec2(0.0, 12.0);
        painter.text(at, Align2::CENTER_CENTER, &name, Type::Section.font(), palette.accent);
        response.widget_info(|| {
            egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, true, name.clone())
        });
    }
}
