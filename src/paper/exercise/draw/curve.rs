//! The curve of an activation function, with the unit's point on the key.

use super::super::content::Curve;
use super::{ACCENT, FRAME, HAIR, HAIRLINE, MUTED, Pen, style};
use crate::paper::sheet::Align;
use crate::paper::typeface::Face;

impl Pen<'_> {
    /// φ over x, and on the key the unit's point.
    pub fn curve(&mut self, curve: Curve, [left, top, width, height]: [f32; 4]) {
        const STEPS: usize = 96;
        let Curve { activation, x, y } = curve;
        if !(x.is_finite() && y.is_finite()) {
            return;
        }
        // Wide enough for the bend of every function; a point further out widens it, on both pages alike.
        let reach = 4f64.max(1.15 * x.abs());
        let samples: Vec<[f64; 2]> = (0..=STEPS)
            .map(|i| reach * (2.0 * i as f64 / STEPS as f64 - 1.0))
            .map(|x| [x, activation.apply(x)])
            .collect();
        let low = samples.iter().map(|[_, y]| *y).fold(0.0, f64::min);
        let high = samples.iter().map(|[_, y]| *y).fold(0.0, f64::max);
        let margin = 0.1 * (high - low).max(f64::MIN_POSITIVE);
        let (low, high) = (low - margin, high + margin);
        let place = |x: f64, y: f64| {
            let across = (x + reach) / (2.0 * reach);
            let up = (y - low) / (high - low);
            [left + width * across as f32, top + height * (1.0 - up as f32)]
        };
        self.sheet.rect([left, top, width, height], None, Some((HAIR, HAIRLINE)));
        self.sheet.line(place(-reach, 0.0), place(reach, 0.0), FRAME, HAIRLINE);
        self.sheet.line(place(0.0, low), place(0.0, high), FRAME, HAIRLINE);
        let points: Vec<[f32; 2]> = samples.iter().map(|&[x, y]| place(x, y)).collect();
        self.sheet.curve(&points, if self.key { FRAME } else { ACCENT }, 1.2);
        let axis = style(Face::Number, 7.0, MUTED);
        let [x_axis, zero] = place(reach, 0.0);
        self.sheet.text([x_axis - 3.0, zero - 3.0], Align::Right, axis, "x", 20.0);
        self.sheet.text([left + width / 2.0 + 3.0, top + 8.0], Align::Left, axis, "y", 20.0);
        if self.key {
            let [px, py] = place(x, y);
            self.sheet.line([px, zero], [px, py], ACCENT, 0.6);
            self.sheet.ring([px - 2.6, py - 2.6, 5.2, 5.2], Some(ACCENT), None);
        }
    }
}
