//! How the weights grow with the side of the image: the present one is marked.

use egui::{Align2, Pos2, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use super::counts::{column_of, stop_of};
use crate::locale::{Message, count, superscript};
use crate::network::connect::{Setting, Stop};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::axis;

/// Points per line.
const SAMPLES: u32 = 48;
/// Room for the numbers at the left, and for the names at the right.
const LEFT: f32 = 42.0;
const RIGHT: f32 = 92.0;
const BOTTOM: f32 = 34.0;
/// The lines go from the field to at least this side.
const FURTHEST: f64 = 10_000.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, height: f32) {
    sheet.section(ui, &Message::new("section-growth"));
    let palette = sheet.palette;
    let shown = &sheet.studio.scene.parameters;
    let size = vec2(ui.available_width(), height.max(90.0));
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let plot = Plot::of(&shown.setting, rect);
    let painter = ui.painter();
    let thin = Stroke::new(1.0, palette.hairline);
    for (exponent, y) in plot.decades() {
        painter.hline(plot.area.x_range(), y, thin);
        let at = pos2(plot.area.left() - 8.0, y);
        let label = format!("10{}", superscript(exponent));
        painter.text(at, Align2::RIGHT_CENTER, label, Type::Caption.font(), palette.muted);
    }
    for (side, x) in plot.sides() {
        let at = pos2(x, plot.area.bottom() + 5.0);
        painter.text(at, Align2::CENTER_TOP, side, Type::Caption.font(), palette.muted);
    }
    let at = pos2(plot.area.center().x, rect.bottom());
    let caption = sheet.say("growth-side");
    painter.text(at, Align2::CENTER_BOTTOM, caption, Type::Caption.font(), palette.muted);
    let here = plot.x(plot.side);
    painter.vline(here, plot.area.y_range(), Stroke::new(2.0, palette.played));
    let current = column_of(shown.stop);
    let mut ends = Vec::new();
    for column in 0..3 {
        let stop = stop_of(column, shown.stop);
        if shown.asked[column] {
            continue;
        }
        let ink = match column {
            _ if column == current => palette.accent,
            0 => palette.text,
            _ => palette.bar,
        };
        let line = plot.line(&shown.setting, stop);
        if let Some(&last) = line.last() {
            ends.push((last, column, ink));
        }
        painter.add(Shape::line(line, Stroke::new(1.8, ink)));
        if let Some(value) = weights(&shown.setting, stop) {
            painter.circle_filled(plot.at(plot.side, value), 4.5, ink);
        }
    }
    ends.sort_by(|a, b| a.0.y.total_cmp(&b.0.y));
    let heights: Vec<f32> = ends.iter().map(|(at, ..)| at.y - rect.top()).collect();
    for (mark, (at, column, ink)) in axis(&heights, 15.0, plot.area.height() + 8.0).iter().zip(ends)
    {
        let label = sheet.say(["growth-full", "growth-local", "growth-shared"][column]);
        let at = pos2(at.x + 7.0, rect.top() + mark.label);
        painter.text(at, Align2::LEFT_CENTER, label, Type::Caption.font(), ink);
    }
    let name = sheet.say("section-growth");
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
}

/// Both axes are logarithmic.
struct Plot {
    area: Rect,
    /// The longer side of the present image.
    side: f64,
    sides: [f64; 2],
    /// Powers of ten.
    top: u32,
}

impl Plot {
    fn of(setting: &Setting, rect: Rect) -> Self {
        let area = Rect::from_min_max(
            pos2(rect.left() + LEFT, rect.top() + 8.0),
            pos2(rect.right() - RIGHT, rect.bottom() - BOTTOM),
        );
        let [_, rows, columns] = setting.image;
        let side = rows.max(columns) as f64;
        let first = setting.field[0].max(setting.field[1]).max(4) as f64;
        let sides = [first.min(side), FURTHEST.max(side)];
        let largest = resized(setting, sides[1])
            .and_then(|setting| weights(&setting, Stop::Full))
            .unwrap_or(10.0);
        Self { area, side, sides, top: largest.log10().ceil().max(1.0) as u32 }
    }

    fn x(&self, side: f64) -> f32 {
        let part = (side / self.sides[0]).ln() / (self.sides[1] / self.sides[0]).ln().max(1e-9);
        self.area.left() + part as f32 * self.area.width()
    }

    fn at(&self, side: f64, value: f64) -> Pos2 {
        let part = value.max(1.0).log10() / f64::from(self.top);
        pos2(self.x(side), self.area.bottom() - part as f32 * self.area.height())
    }

    fn decades(&self) -> Vec<(u32, f32)> {
        // At most six lines.
        let step = self.top.div_ceil(5).max(1);
        let y = |exponent: u32| self.at(self.sides[0], 10f64.powi(exponent as i32)).y;
        (0..=self.top).step_by(step as usize).map(|exponent| (exponent, y(exponent))).collect()
    }

    fn sides(&self) -> Vec<(String, f32)> {
        let powers = (1..8).map(|power| 10f64.powi(power));
        powers
            .filter(|side| (self.sides[0] * 0.999..=self.sides[1] * 1.001).contains(side))
            .map(|side| (count(side as u128), self.x(side)))
            .collect()
    }

    fn line(&self, setting: &Setting, stop: Stop) -> Vec<Pos2> {
        let ratio = self.sides[1] / self.sides[0];
        (0..=SAMPLES)
            .filter_map(|i| {
                let side = self.sides[0] * ratio.powf(f64::from(i) / f64::from(SAMPLES));
                let value = weights(&resized(setting, side)?, stop)?;
                Some(self.at(side, value))
            })
            .collect()
    }
}

/// `None` where the field is larger than the image.
fn weights(setting: &Setting, stop: Stop) -> Option<f64> {
    if let Stop::Field(field) = stop
        && (0..2).any(|axis| field[axis] > setting.image[axis + 1])
    {
        return None;
    }
    setting.counts(stop).weights.value().ok().map(|value| value as f64)
}

/// The same layer on an image whose longer side is this; `None` where the field does not fit.
fn resized(setting: &Setting, side: f64) -> Option<Setting> {
    let [channels, rows, columns] = setting.image;
    let factor = side / rows.max(columns) as f64;
    // A line stays a line.
    let scaled = |side: u64| match side {
        1 => 1,
        side => ((side as f64 * factor).round() as u64).max(1),
    };
    let setting = Setting { image: [channels, scaled(rows), scaled(columns)], ..setting.clone() };
    let fits = [0, 1].iter().all(|&axis| setting.field[axis] <= setting.image[axis + 1]);
    fits.then_some(setting)
}
