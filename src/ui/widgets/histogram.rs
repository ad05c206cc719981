//! How the values of a map are spread.

use egui::{Align2, Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::array::Histogram;
use crate::locale::value;
use crate::ui::theme::{Palette, Type};

const HEIGHT: f32 = 64.0;
const BELOW: f32 = 16.0;

/// The histogram with `mark`, this unit's value, on it.
pub fn histogram(ui: &mut Ui, palette: &Palette, name: &str, histogram: &Histogram, mark: f32) {
    let (area, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT + BELOW), Sense::hover());
    let rect = Rect::from_min_size(area.min, vec2(area.width(), HEIGHT));
    let most = histogram.counts.iter().copied().max().unwrap_or(1).max(1) as f32;
    let width = rect.width() / histogram.counts.len() as f32;
    let painter = ui.painter();
    for (bin, &count) in histogram.counts.iter().enumerate() {
        let height = count as f32 / most * (HEIGHT - 2.0);
        let left = rect.left() + bin as f32 * width;
        let bar = Rect::from_min_max(
            pos2(left + 0.5, rect.bottom() - height),
            pos2(left + width - 0.5, rect.bottom()),
        );
        painter.rect_filled(bar, 0.0, palette.bar);
    }
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, palette.hairline));
    let x = rect.left() + rect.width() * histogram.range.position(mark);
    painter.vline(x, rect.y_range(), Stroke::new(2.0, palette.accent));
    let font = Type::SmallNumber.font();
    let number = |v: f32| value(f64::from(v), 2);
    let below = rect.bottom() + 3.0;
    painter.text(
        pos2(rect.left(), below),
        Align2::LEFT_TOP,
        number(histogram.range.min),
        font.clone(),
        palette.muted,
    );
    painter.text(
        pos2(rect.right(), below),
        Align2::RIGHT_TOP,
        number(histogram.range.max),
        font,
        palette.muted,
    );
    let name = name.to_owned();
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
}
