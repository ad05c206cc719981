//! Small round buttons.

use egui::{Button, CornerRadius, Response, RichText, Ui};

use crate::ui::theme::{Palette, Type};

/// A question to click on.
pub fn chip(ui: &mut Ui, palette: &Palette, label: &str) -> Response {
    let text = RichText::new(label).font(Type::Caption.font()).color(palette.accent);
    let button =
        Button::new(text).corner_radius(CornerRadius::same(12)).min_size(egui::vec2(0.0, 24.0));
    ui.add(button)
}

/// One of several choices, the chosen one marked.
pub fn toggle(ui: &mut Ui, palette: &Palette, on: bool, label: &str) -> Response {
    let text = RichText::new(label).font(Type::Body.font()).color(palette.text);
    let fill = if on { palette.accent_soft } else { palette.panel };
    let response = ui.add(Button::new(text).fill(fill).selected(false));
    let name = label.to_owned();
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, on, name.clone())
    });
    response
}
