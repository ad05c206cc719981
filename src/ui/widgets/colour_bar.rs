//! The key to a colour scale: a bar with its ends and zero written beside it.

use egui::{Align2, Mesh, Rect, Sense, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

use super::colour;
use crate::array::Range;
use crate::locale::value;
use crate::render::Scale;
use crate::ui::theme::{Palette, Type};

const STEPS: usize = 64;
const HEIGHT: f32 = 10.0;

/// A bar `width` points wide under its caption.
pub fn colour_bar(
    ui: &mut Ui,
    palette: &Palette,
    caption: &str,
    scale: Scale,
    range: Range,
    width: f32,
) {
    let (area, response) = ui.allocate_exact_size(vec2(width, 44.0), Sense::hover());
    let range = scale.span(range);
    let painter = ui.painter();
    painter.text(area.left_top(), Align2::LEFT_TOP, caption, Type::Caption.font(), palette.muted);
    let bar = Rect::from_min_size(pos2(area.left(), area.top() + 17.0), vec2(width, HEIGHT));
    let mut mesh = Mesh::default();
    for step in 0..STEPS {
        let t = (step as f32 + 0.5) / STEPS as f32;
        let left = bar.left() + bar.width() * step as f32 / STEPS as f32;
        let rect =
            Rect::from_min_size(pos2(left, bar.top()), vec2(width / STEPS as f32 + 0.5, HEIGHT));
        mesh.add_colored_rect(rect.intersect(bar), colour(scale.colour(t)));
    }
    painter.add(Shape::mesh(mesh));
    painter.rect_stroke(bar, 0.0, Stroke::new(1.0, palette.hairline), StrokeKind::Outside);
    let below = bar.bottom() + 3.0;
    let font = Type::SmallNumber.font();
    let number = |v: f32| value(f64::from(v), 2);
    painter.text(
        pos2(bar.left(), below),
        Align2::LEFT_TOP,
        number(range.min),
        font.clone(),
        palette.muted,
    );
    painter.text(
        pos2(bar.right(), below),
        Align2::RIGHT_TOP,
        number(range.max),
        font.clone(),
        palette.muted,
    );
    let zero = bar.left() + bar.width() * range.position(0.0);
    if range.min < 0.0 && range.max > 0.0 {
        // Zero is marked on the bar itself; its numeral only where it does not meet the ends'.
        painter.vline(zero, bar.y_range(), Stroke::new(2.0, palette.canvas));
        if zero - bar.left() > 40.0 && bar.right() - zero > 40.0 {
            painter.text(pos2(zero, below), Align2::CENTER_TOP, "0", font, palette.muted);
        }
    }
    let name = format!("{caption}: {} … {}", number(range.min), number(range.max));
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
}
