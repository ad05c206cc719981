//! Signs that no font has, painted.

use egui::{Color32, Painter, Pos2, Response, Sense, Shape, Stroke, Ui, pos2, vec2};

use crate::ui::theme::Palette;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Half dark, half light: the theme.
    HalfMoon,
    Close,
    Fit,
}

/// A button with a sign; `name` is said by its tooltip and to screen readers.
pub fn icon_button(ui: &mut Ui, palette: &Palette, icon: Icon, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(28.0, 28.0), Sense::click());
    let style = ui.style().interact(&response);
    ui.painter().rect(
        rect,
        style.corner_radius,
        style.weak_bg_fill,
        style.bg_stroke,
        egui::StrokeKind::Inside,
    );
    if response.has_focus() {
        let ring = Stroke::new(2.0, palette.accent);
        ui.painter().rect_stroke(rect, style.corner_radius, ring, egui::StrokeKind::Outside);
    }
    paint(ui.painter(), icon, rect.center(), palette.text);
    let name = name.to_owned();
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, name.clone())
    });
    response.on_hover_text(name)
}

fn paint(painter: &Painter, icon: Icon, at: Pos2, colour: Color32) {
    let stroke = Stroke::new(1.5, colour);
    match icon {
        Icon::HalfMoon => {
            painter.circle_stroke(at, 6.5, stroke);
            let half = (0..=24).map(|i| {
                let angle = std::f32::consts::PI * (i as f32 / 24.0 - 0.5);
                at + 6.5 * vec2(angle.cos(), angle.sin())
            });
            painter.add(Shape::convex_polygon(half.collect(), colour, Stroke::NONE));
        }
        Icon::Close => {
            let d = 4.5;
            painter.line_segment([at - vec2(d, d), at + vec2(d, d)], stroke);
            painter.line_segment([at + vec2(-d, d), at + vec2(d, -d)], stroke);
        }
        Icon::Fit => {
            for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                let corner = pos2(at.x + 6.5 * x, at.y + 6.5 * y);
                painter.line_segment([corner, corner - vec2(4.5 * x, 0.0)], stroke);
                painter.line_segment([corner, corner - vec2(0.0, 4.5 * y)], stroke);
            }
        }
    }
}
