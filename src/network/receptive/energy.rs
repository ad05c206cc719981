//! How an effective field spreads over the theoretical one: figures of a heat map `[h, w]`, whose
//! values are |gradient| per pixel.
//!
//! Energy is the square of the heat. Values that are not finite have none.

use std::ops::Range;

use super::Bounds;
use crate::array::Array;

/// What a heat map adds up to along both axes.
#[derive(Clone, Debug, PartialEq)]
pub struct Profiles {
    /// The sum of each row.
    pub rows: Vec<f64>,
    /// The sum of each column.
    pub columns: Vec<f64>,
}

/// The central quarter of a box, rows and columns in pixels: half as high and half as wide, so that it has
/// a quarter of the area. With n rows it runs from n/4 to 3n/4 from the box's edge, so unless n is a
/// multiple of four it cuts through pixels (at a half of one if n is even, at a quarter if n is odd).
#[must_use]
pub fn central_quarter(Bounds { y0, x0, y1, x1 }: Bounds) -> [Range<f64>; 2] {
    [(y0, y1), (x0, x1)].map(|(start, end)| {
        let (start, side) = (start as f64, end as f64 - start as f64);
        start + side / 4.0..start + side * 3.0 / 4.0
    })
}

/// The part, 0 to 1, of a heat map's energy that lies in the central quarter of `bounds`
/// ([`central_quarter`]). A pixel that the cut goes through counts with the part of it that lies inside. An
/// even spread gives a quarter. `None` where there is no energy at all.
#[must_use]
pub fn share_in_quarter(heat: &Array, bounds: Bounds) -> Option<f64> {
    let [_, height, width] = heat.chw();
    let [rows, columns] = central_quarter(bounds);
    let covered = |range: &Range<f64>, side: usize| -> Vec<f64> {
        let pixels = (0..side).map(|at| at as f64);
        pixels.map(|at| (range.end.min(at + 1.0) - range.start.max(at)).max(0.0)).collect()
    };
    let (rows, columns) = (covered(&rows, height), covered(&columns, width));
    let (mut all, mut inside) = (0.0, 0.0);
    for (i, value) in finite(heat).enumerate() {
        let energy = value * value;
        all += energy;
        inside += energy * rows[i / width % height] * columns[i % width];
    }
    (all > 0.0).then(|| inside / all)
}

/// The sums of all rows and of all columns.
#[must_use]
pub fn profiles(heat: &Array) -> Profiles {
    let [_, height, width] = heat.chw();
    let mut profiles = Profiles { rows: vec![0.0; height], columns: vec![0.0; width] };
    for (i, value) in finite(heat).enumerate() {
        profiles.rows[i / width % height] += value;
        profiles.columns[i % width] += value;
    }
    profiles
}

/// The largest value of a pixel; 0 where there is none.
#[must_use]
pub fn maximum(heat: &Array) -> f32 {
    finite(heat).fold(0.0, f64::max) as f32
}

fn finite(heat: &Array) -> impl Iterator<Item = f64> {
    heat.values().iter().map(|&value| if value.is_finite() { f64::from(value) } else { 0.0 })
}
