//! How the weights grow with the side of the image: the present one is marked.

use super::counts::column_of;
use crate::locale::{Message, count, superscript};
use crate::paper::sketch::{Anchor, Hand, Mark, Pen, Role, Sketch};
use crate::ui::scene::Count;
use crate::ui::studio::{Column, Studio};
use crate::ui::widgets::axis;

/// The radius of the present point.
const POINT: f32 = 4.5;
/// Room for the numbers at the left, and for the names at the right.
const LEFT: f32 = 42.0;
const RIGHT: f32 = 92.0;
const BOTTOM: f32 = 34.0;

pub fn sketch(studio: &Studio, [width, height]: [f32; 2]) -> Sketch {
    let mut sketch = Sketch::new([width, height]);
    let say = |key| Message::new(key).text(studio.settings.lang);
    let shown = &studio.scene.parameters;
    let Some(connected) = &studio.connected else { return sketch };
    let columns = &connected.columns;
    let sides = shown.setting.sides().map(|side| side as f64);
    // What is hidden does not show on the axis either.
    let told: Vec<usize> = (0..3).filter(|&column| !studio.hides(column, Count::Weights)).collect();
    let plot = Plot::of(told.iter().map(|&column| &columns[column]), sides, [width, height]);
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
    let side = shown.setting.side() as f64;
    let here = plot.x(side);
    sketch.line([here, plot.top], [here, plot.bottom], Pen::new(Role::Accent.at(0.25), 2.0));
    let current = column_of(shown.stop);
    let mut ends = Vec::new();
    for column in told {
        let ink = match column {
            _ if column == current => Role::Accent,
            0 => Role::Text,
            _ => Role::Bar,
        };
        let line = columns[column].growth.iter();
        let line: Vec<_> = line.map(|&(side, weights)| plot.at(side as f64, weights)).collect();
        if let Some(&last) = line.last() {
            ends.push((last, column, ink));
        }
        sketch.marks.push(Mark::Polyline { points: line, pen: Pen::new(ink, 1.8) });
        if let Ok(weights) = columns[column].counts.weights.value() {
            let [x, y] = plot.at(side, weights);
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
    /// The shortest and the longest side.
    sides: [f64; 2],
    /// The power of ten at the top.
    decades: u32,
}

impl Plot {
    fn of<'a>(
        columns: impl Iterator<Item = &'a Column>,
        sides: [f64; 2],
        [width, height]: [f32; 2],
    ) -> Self {
        let ends = columns.filter_map(|column| column.growth.last());
        let largest = ends.map(|&(_, weights)| weights).max().unwrap_or(10) as f64;
        Self {
            left: LEFT,
            right: (width - RIGHT).max(LEFT + 1.0),
            top: 8.0,
            bottom: height - BOTTOM,
            sides,
            decades: largest.log10().ceil().max(1.0) as u32,
        }
    }

    fn x(&self, side: f64) -> f32 {
        let part = (side / self.sides[0]).ln() / (self.sides[1] / self.sides[0]).ln().max(1e-9);
        self.left + part as f32 * (self.right - self.left)
    }

    fn at(&self, side: f64, weights: u128) -> [f32; 2] {
        let part = (weights.max(1) as f64).log10() / f64::from(self.decades);
        [self.x(side), self.bottom - part as f32 * (self.bottom - self.top)]
    }

    fn decades(&self) -> Vec<(u32, f32)> {
        // At most six lines.
        let step = self.decades.div_ceil(5).max(1);
        let y = |exponent: u32| self.at(self.sides[0], 10_u128.pow(exponent))[1];
        (0..=self.decades).step_by(step as usize).map(|exponent| (exponent, y(exponent))).collect()
    }

    fn sides(&self) -> Vec<(String, f32)> {
        let powers = (1..8).map(|power| 10f64.powi(power));
        powers
            .filter(|side| (self.sides[0] * 0.999..=self.sides[1] * 1.001).contains(side))
            .map(|side| (count(side as u128), self.x(side)))
            .collect()
    }
}
