//! An activation function with one unit's point on it.

use egui::{Align2, Pos2, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use crate::locale::signed;
use crate::network::Activation;
use crate::ui::theme::{Palette, Type};

const HEIGHT: f32 = 112.0;
const SAMPLES: usize = 96;

/// The curve of `activation` around (x, y), as wide as there is room.
pub fn curve(ui: &mut Ui, palette: &Palette, name: &str, activation: Activation, x: f64, y: f64) {
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let reach = (x.abs() * 1.15).max(3.0);
    let value = |x: f64| activation.apply(x);
    let (mut low, mut high) = (value(-reach).min(0.0).min(y), value(reach).max(0.0).max(y));
    let margin = (high - low).max(1e-6) * 0.12;
    (low, high) = (low - margin, high + margin);
    let place = |x: f64, y: f64| -> Pos2 {
        pos2(
            rect.left() + ((x + reach) / (2.0 * reach)) as f32 * rect.width(),
            rect.bottom() - ((y - low) / (high - low)) as f32 * rect.height(),
        )
    };
    let painter = ui.painter().with_clip_rect(rect);
    let thin = Stroke::new(1.0, palette.hairline);
    painter.hline(rect.x_range(), place(0.0, 0.0).y, thin);
    painter.vline(place(0.0, 0.0).x, rect.y_range(), thin);
    let line = (0..=SAMPLES).map(|i| {
        let x = -reach + 2.0 * reach * i as f64 / SAMPLES as f64;
        place(x, value(x))
    });
    painter.add(Shape::line(line.collect(), Stroke::new(1.6, palette.text)));
    let point = place(x, y);
    let guide = Stroke::new(1.0, palette.accent);
    let axis = place(0.0, 0.0);
    painter.extend(Shape::dashed_line(&[pos2(point.x, axis.y), point], guide, 3.0, 3.0));
    painter.extend(Shape::dashed_line(&[pos2(axis.x, point.y), point], guide, 3.0, 3.0));
    painter.circle_filled(point, 4.5, palette.accent);
    point_labels(&painter, palette, rect, point, axis, x, y);
    let name = name.to_owned();
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
}

/// The two coordinates, each on the side of its axis where the curve is not.
fn point_labels(
    painter: &egui::Painter,
    palette: &Palette,
    rect: Rect,
    point: Pos2,
    axis: Pos2,
    x: f64,
    y: f64,
) {
    let font = Type::SmallNumber.font();
    let below = y >= 0.0;
    let align = if below { Align2::CENTER_TOP } else { Align2::CENTER_BOTTOM };
    let at = pos2(
        point.x.clamp(rect.left() + 22.0, rect.right() - 22.0),
        axis.y + if below { 3.0 } else { -3.0 },
    );
    painter.text(at, align, signed(x, 2), font.clone(), palette.muted);
    let right = x < 0.0;
    let align = if right { Align2::LEFT_CENTER } else { Align2::RIGHT_CENTER };
    let at = pos2(axis.x + if right { 5.0 } else { -5.0 }, point.y);
    painter.text(at, align, signed(y, 2), font, palette.accent);
}
