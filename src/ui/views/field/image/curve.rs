//! A curve along the columns of the image.

use egui::{Painter, Rect, Stroke};

use crate::ui::sheet::Sheet;

/// Steps as high as the values, over the whole width.
pub fn curve(painter: &Painter, frame: Rect, values: &[f64], stroke: Stroke) {
    let most = values.iter().copied().fold(0.0, f64::max).max(1e-30);
    let width = frame.width() / values.len().max(1) as f32;
    let base = frame.bottom() - 6.0;
    let y_of = |value: f64| base - (value / most) as f32 * (frame.height() - 20.0);
    // Steps as separate lines: a joint of a path would swell where the curve is level.
    let mut before = base;
    for (i, &value) in values.iter().enumerate() {
        let (left, y) = (frame.left() + i as f32 * width, y_of(value));
        let reach = stroke.width / 2.0;
        if (before - y).abs() > 0.01 {
            painter.vline(left, before.min(y) - reach..=before.max(y) + reach, stroke);
        }
        painter.hline(left..=left + width, y, stroke);
        before = y;
    }
}

/// Where the theoretical field begins and ends.
pub fn edges(painter: &Painter, sheet: &Sheet<'_>, frame: Rect, ends: [i64; 2], columns: usize) {
    for end in ends {
        let x = frame.left() + end as f32 * frame.width() / columns.max(1) as f32;
        painter.vline(x, frame.y_range(), Stroke::new(1.5, sheet.palette.amber));
    }
}
