//! Lines with a band around them: the mean over several seeds, and how far they differ.

use super::numerals::percent;
use crate::paper::sketch::{Anchor, Hand, Mark, Pen, Role, Sketch};
use crate::ui::widgets::axis;

const LEFT: f32 = 54.0;
const RIGHT: f32 = 128.0;
const TOP: f32 = 8.0;
const BOTTOM: f32 = 36.0;
const PITCH: f32 = 16.0;

/// Values by place: their mean, and from the least to the most.
pub struct Band {
    pub mean: Vec<f64>,
    pub least: Vec<f64>,
    pub most: Vec<f64>,
    pub role: Role,
    pub name: String,
}

impl Band {
    /// Of several curves; `None` without any.
    pub fn of(curves: &[&[f64]], role: Role, name: String) -> Option<Self> {
        let length = curves.iter().map(|curve| curve.len()).min().filter(|&length| length > 0)?;
        let at = |place: usize| curves.iter().map(move |curve| curve[place]);
        Some(Self {
            mean: (0..length).map(|i| at(i).sum::<f64>() / curves.len() as f64).collect(),
            least: (0..length).map(|i| at(i).fold(f64::INFINITY, f64::min)).collect(),
            most: (0..length).map(|i| at(i).fold(f64::NEG_INFINITY, f64::max)).collect(),
            role,
            name,
        })
    }
}

/// Parts of 1 over whole numbers up to `furthest`; `under` stands under the axis.
pub fn bands(all: &[Band], furthest: usize, under: String, size: [f32; 2]) -> Sketch {
    let [width, height] = size;
    let mut sketch = Sketch::new(size);
    let (right, bottom) = (width - RIGHT, height - BOTTOM);
    let x = |place: usize| LEFT + place as f32 / furthest.max(1) as f32 * (right - LEFT);
    let y = |part: f64| bottom - part as f32 * (bottom - TOP);
    for tick in [0.0, 0.25, 0.5, 0.75, 1.0] {
        sketch.line([LEFT, y(tick)], [right, y(tick)], Pen::new(Role::Hairline, 1.0));
        let label = format!("{:.0} %", 100.0 * tick);
        sketch.text([LEFT - 8.0, y(tick)], Anchor::Right, label, Hand::Number, Role::Muted);
    }
    for place in 0..=furthest {
        let at = [x(place), bottom + 12.0];
        sketch.text(at, Anchor::Middle, place.to_string(), Hand::Number, Role::Muted);
    }
    let at = [f32::midpoint(LEFT, right), bottom + 28.0];
    sketch.text(at, Anchor::Middle, under, Hand::Caption, Role::Muted);
    let mut ends = Vec::new();
    for band in all {
        for place in 1..band.mean.len() {
            let points = vec![
                [x(place - 1), y(band.least[place - 1])],
                [x(place), y(band.least[place])],
                [x(place), y(band.most[place])],
                [x(place - 1), y(band.most[place - 1])],
            ];
            sketch.marks.push(Mark::Polygon { points, fill: band.role.at(0.16) });
        }
        let points: Vec<[f32; 2]> =
            band.mean.iter().enumerate().map(|(place, &part)| [x(place), y(part)]).collect();
        let last = points.last().copied().unwrap_or([LEFT, bottom]);
        sketch.marks.push(Mark::Polyline { points, pen: Pen::new(band.role, 2.0) });
        let part = band.mean.last().copied().unwrap_or(0.0);
        ends.push((last, format!("{} {}", band.name, percent(part)), band.role));
    }
    ends.sort_by(|a, b| a.0[1].total_cmp(&b.0[1]));
    let at: Vec<f32> = ends.iter().map(|end| end.0[1]).collect();
    for (mark, (last, words, role)) in axis(&at, PITCH, bottom + 6.0).iter().zip(ends) {
        sketch.text([last[0] + 8.0, mark.label], Anchor::Left, words, Hand::Caption, role);
    }
    sketch
}
