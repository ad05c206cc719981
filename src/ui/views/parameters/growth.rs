//! How the weights grow with the side of the image: the present one is marked.

use super::counts::{column_of, stop_of};
use crate::locale::{Message, count, superscript};
use crate::network::connect::{Setting, Stop};
use crate::paper::sketch::{Anchor, Hand, Mark, Pen, Role, Sketch};
use crate::ui::studio::Studio;
use crate::ui::widgets::axis;

/// The radius of the present point.
const POINT: f32 = 4.5;
/// Points per line.
const SAMPLES: u32 = 48;
/// Room for the numbers at the left, and for the names at the right.
const LEFT: f32 = 42.0;
const RIGHT: f32 = 92.0;
const BOTTOM: f32 = 34.0;
/// The lines go from the field to at least this side.
const FURTHEST: f64 = 10_000.0;

pub fn sketch(studio: &Studio, [width, height]: [f32; 2]) -> Sketch {
    let mut sketch = Sketch::new([width, height]);
    let say = |key| Message::new(key).text(studio.settings.lang);
    let shown = &studio.scene.parameters;
    let plot = Plot::of(&shown.setting, [width, height]);
    for (exponent, y) in plot.decades() {
        sketch.line([plot.left, y], [plot.right, y], Pen::new(Role::Hairline, 1.0));
        let label = format!("10{}", superscript(exponent));
        sketch.text([plot.left - 8.0, y], Anchor::Right, label, Hand::Caption, Role::Muted);
    }
    for (side, x) in plot.sides() {
        let at = [x, plot.bottom + 12.0];
        sketch.text(at, Anchor::Middle, side, Hand::Caption, Role::Muted);
    }
    let at = [f32::midpoint(plot.left, plot.right), height - 7.0];
    sketch.text(at, Anchor::Middle, say("growth-side"), Hand::Caption, Role::Muted);
    let here = plot.x(plot.side);
    sketch.line([here, plot.top], [here, plot.bottom], Pen::new(Role::Accent.at(0.25), 2.0));
    let current = column_of(shown.stop);
    let mut ends = Vec::new();
    for column in (0..3).filter(|&column| !shown.asked[column]) {
        let stop = stop_of(column, shown.stop);
        let ink = match column {
            _ if column == current => Role::Accent,
            0 => Role::Text,
            _ => Role::Bar,
        };
        let line = plot.line(&shown.setting, stop);
        if let Some(&last) = line.last() {
            ends.push((last, column, ink));
        }
        sketch.marks.push(Mark::Polyline { points: line, pen: Pen::new(ink, 1.8) });
        if let Some(value) = weights(&shown.setting, stop) {
            let [x, y] = plot.at(plot.side, value);
            let (min, size) = ([x - POINT, y - POINT], [2.0 * POINT, 2.0 * POINT]);
            sketch.rect([min, size], POINT, Some(ink.into()), None);
        }
    }
    ends.sort_by(|a, b| a.0[1].total_cmp(&b.0[1]));
    let heights: Vec<f32> = ends.iter().map(|(at, ..)| at[1]).collect();
    for (mark, (at, column, ink)) in axis(&heights, 15.0, plot.bottom + 8.0).iter().zip(ends) {
        let label = say(["growth-full", "growth-local", "growth-shared"][column]);
        sketch.text([at[0] + 7.0, mark.label], Anchor::Left, label, Hand::Caption, ink);
    }
    sketch
}

/// Both axes are logarithmic.
struct Plot {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    /// The longer side of the present image.
    side: f64,
    sides: [f64; 2],
    /// The power of ten at the top.
    decades: u32,
}

impl Plot {
    fn of(setting: &Setting, [width, height]: [f32; 2]) -> Self {
        let [_, rows, columns] = setting.image;
        let side = rows.max(columns) as f64;
        let first = setting.field[0].max(setting.field[1]).max(4) as f64;
        let sides = [first.min(side), FURTHEST.max(side)];
        let largest = resized(setting, sides[1])
            .and_then(|setting| weights(&setting, Stop::Full))
            .unwrap_or(10.0);
        Self {
            left: LEFT,
            right: (width - RIGHT).max(LEFT + 1.0),
            top: 8.0,
            bottom: height - BOTTOM,
            side,
            sides,
            decades: largest.log10().ceil().max(1.0) as u32,
        }
    }

    fn x(&self, side: f64) -> f32 {
        let part = (side / self.sides[0]).ln() / (self.sides[1] / self.sides[0]).ln().max(1e-9);
        self.left + part as f32 * (self.right - self.left)
    }

    fn at(&self, side: f64, value: f64) -> [f32; 2] {
        let part = value.max(1.0).log10() / f64::from(self.decades);
        [self.x(side), self.bottom - part as f32 * (self.bottom - self.top)]
    }

    fn decades(&self) -> Vec<(u32, f32)> {
        // At most six lines.
        let step = self.decades.div_ceil(5).max(1);
        let y = |exponent: u32| self.at(self.sides[0], 10f64.powi(exponent as i32))[1];
        (0..=self.decades).step_by(step as usize).map(|exponent| (exponent, y(exponent))).collect()
    }

    fn sides(&self) -> Vec<(String, f32)> {
        let powers = (1..8).map(|power| 10f64.powi(power));
        powers
            .filter(|side| (self.sides[0] * 0.999..=self.sides[1] * 1.001).contains(side))
            .map(|side| (count(side as u128), self.x(side)))
            .collect()
    }

    fn line(&self, setting: &Setting, stop: Stop) -> Vec<[f32; 2]> {
        let ratio = self.sides[1] / self.sides[0];
        (0..=SAMPLES)
            .filter_map(|i| {
                // Images have whole sides: those of the line do, too.
                let side = (self.sides[0] * ratio.powf(f64::from(i) / f64::from(SAMPLES))).round();
                let value = weights(&resized(setting, side)?, stop)?;
                Some(self.at(side, value))
            })
            .collect()
    }
}

/// `None` where this layer cannot be connected so: a field larger than the image, units without places.
fn weights(setting: &Setting, stop: Stop) -> Option<f64> {
    setting.check_stop(stop).ok()?;
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
