//! Signs that no font has, painted.

use egui::{Color32, Painter, Pos2, Response, Sense, Shape, Stroke, Ui, pos2, vec2};

use crate::ui::theme::Palette;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// Half dark, half light: the theme.
    HalfMoon,
    Close,
    Fit,
    Play,
    Pause,
    StepBack,
    StepForward,
    Present,
    More,
    Left,
    Right,
}

/// A button with a sign; `name` is said by its tooltip and to screen readers.
pub fn icon_button(ui: &mut Ui, palette: &Palette, icon: Icon, name: &str) -> Response {
    button(ui, palette, icon, name, None)
}

/// The one that stands out.
pub fn primary_icon_button(ui: &mut Ui, palette: &Palette, icon: Icon, name: &str) -> Response {
    button(ui, palette, icon, name, Some((palette.accent, palette.on_accent)))
}

fn button(
    ui: &mut Ui,
    palette: &Palette,
    icon: Icon,
    name: &str,
    colours: Option<(Color32, Color32)>,
) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(28.0, 28.0), Sense::click());
    let style = ui.style().interact(&response);
    let (fill, ink) = colours.unwrap_or((style.weak_bg_fill, palette.text));
    ui.painter().rect(rect, style.corner_radius, fill, style.bg_stroke, egui::StrokeKind::Inside);
    if response.has_focus() {
        let ring = Stroke::new(2.0, palette.accent);
        ui.painter().rect_stroke(rect, style.corner_radius, ring, egui::StrokeKind::Outside);
    }
    paint(ui.painter(), icon, rect.center(), ink);
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
        Icon::Play => {
            let corners = [vec2(-3.5, -5.5), vec2(-3.5, 5.5), vec2(6.0, 0.0)].map(|d| at + d);
            painter.add(Shape::convex_polygon(corners.to_vec(), colour, Stroke::NONE));
        }
        Icon::Pause => {
            for x in [-3.0, 3.0] {
                let bar = egui::Rect::from_center_size(at + vec2(x, 0.0), vec2(3.0, 11.0));
                painter.rect_filled(bar, 0.5, colour);
            }
        }
        Icon::StepBack | Icon::StepForward => {
            let side = if icon == Icon::StepBack { -1.0 } else { 1.0 };
            let place = |x: f32, y: f32| at + vec2(x * side, y);
            let corners = vec![place(-4.0, -5.0), place(-4.0, 5.0), place(3.0, 0.0)];
            painter.add(Shape::convex_polygon(corners, colour, Stroke::NONE));
            painter.line_segment([place(4.5, -5.0), place(4.5, 5.0)], stroke);
        }
        Icon::Present => {
            let screen = egui::Rect::from_center_size(at - vec2(0.0, 1.5), vec2(14.0, 9.0));
            painter.rect_stroke(screen, 1.0, stroke, egui::StrokeKind::Middle);
            painter.line_segment([at + vec2(-3.5, 6.0), at + vec2(3.5, 6.0)], stroke);
        }
        Icon::More => {
            for x in [-5.0, 0.0, 5.0] {
                painter.circle_filled(at + vec2(x, 0.0), 1.6, colour);
            }
        }
        Icon::Left | Icon::Right => {
            let side = if icon == Icon::Left { 1.0 } else { -1.0 };
            let tip = at - vec2(3.0 * side, 0.0);
            for y in [-4.5, 4.5] {
                painter.line_segment([tip, at + vec2(2.5 * side, y)], stroke);
            }
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
