//! The counts as bars on a logarithmic scale.

use egui::{Align2, Rect, Sense, Ui, pos2, vec2};

use super::counts::{NAMES, column_of, stop_of};
use crate::locale::{Message, count, powers};
use crate::ui::action::Count;
use crate::ui::cover::cover_place;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;

const ROW: f32 = 34.0;
const BAR: f32 = 8.0;
/// Room for the names before the bars, and for the numbers behind them.
const NAMES_WIDTH: f32 = 112.0;
const NUMBERS_WIDTH: f32 = 150.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    sheet.section(ui, &Message::new("section-bars"));
    let palette = sheet.palette;
    let shown = &sheet.studio.scene.parameters;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), 3.0 * ROW), Sense::hover());
    let room = (rect.width() - NAMES_WIDTH - NUMBERS_WIDTH).max(20.0);
    let values = [0, 1, 2].map(|column| {
        let counts = shown.setting.counts(stop_of(column, shown.stop));
        [Count::Weights, Count::Connections].map(|what| what.of(&counts).value().unwrap_or(0))
    });
    let largest = values.iter().flatten().copied().max().unwrap_or(1).max(10);
    let length = |value: u128| {
        // One weight is a point, so that every bar is seen.
        let part = (value.max(1) as f64).log10() / (largest as f64).log10();
        (part as f32 * room).max(2.0)
    };
    let painter = ui.painter();
    for (column, [weights, connections]) in values.into_iter().enumerate() {
        let top = rect.top() + ROW * column as f32;
        let current = column_of(shown.stop) == column;
        let ink = if current { palette.accent } else { palette.text };
        let name = sheet.say(NAMES[column]);
        let at = pos2(rect.left(), top + 12.0);
        painter.text(at, Align2::LEFT_CENTER, name, Type::Caption.font(), ink);
        let lines = [
            (weights, "bar-weights", if current { palette.accent } else { palette.bar }),
            (connections, "bar-connections", palette.bar.gamma_multiply(0.45)),
        ];
        for (line, (value, key, fill)) in lines.into_iter().enumerate() {
            let y = top + 7.0 + 12.0 * line as f32;
            let what = [Count::Weights, Count::Connections][line];
            let covered =
                shown.asked[column] || sheet.is_covered(cover_place(("count", column, what)));
            let left = rect.left() + NAMES_WIDTH;
            let width = if covered { 0.0 } else { length(value) };
            let bar = Rect::from_min_size(pos2(left, y - BAR / 2.0), vec2(width, BAR));
            painter.rect_filled(bar, 2.0, fill);
            let number = match covered {
                true => "?".into(),
                false => powers(value).unwrap_or_else(|| count(value)),
            };
            let words = sheet.tell(&Message::new(key).with("count", number));
            let at = pos2(bar.right() + 8.0, y);
            painter.text(at, Align2::LEFT_CENTER, words, Type::Caption.font(), palette.muted);
        }
    }
    let name = sheet.say("section-bars");
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
}
