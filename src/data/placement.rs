//! Where an image lies: moved, turned and scaled about its middle.

use std::ops::RangeInclusive;

/// How the remark `source` of a weight file says that images were shifted, turned and scaled in training.
pub const TRAINED_WITH: &str = "affine distortions";

use serde::{Deserialize, Serialize};

use crate::array::{Array, MapView};

/// How much smaller or larger a placement may make things.
pub const SCALES: RangeInclusive<f32> = 0.25..=4.0;

/// How far a placement may move things along an axis, in pixels: over the widest pad.
pub const MAX_SHIFT: f32 = 512.0;

/// Scaled first, then turned, then moved; the identity by default.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Placement {
    /// Rows (down) and columns (to the right), in pixels.
    pub shift: [f32; 2],
    /// Degrees, clockwise.
    pub turn: f32,
    /// Factor of every length.
    pub scale: f32,
}

impl Default for Placement {
    fn default() -> Self {
        Self { shift: [0.0; 2], turn: 0.0, scale: 1.0 }
    }
}

impl Placement {
    /// Whether it leaves everything where it is; whole turns do.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        self.shift == [0.0; 2] && self.turn % 360.0 == 0.0 && self.scale == 1.0
    }

    /// The nearest placement within [`SCALES`], ±[`MAX_SHIFT`] and ±180°; what is no number becomes
    /// that of the identity.
    #[must_use]
    pub fn clamped(self) -> Self {
        let or = |value: f32, usual: f32| if value.is_nan() { usual } else { value };
        let shift = self.shift.map(|way| or(way, 0.0).clamp(-MAX_SHIFT, MAX_SHIFT));
        let scale = or(self.scale, 1.0).clamp(*SCALES.start(), *SCALES.end());
        let turn = if !self.turn.is_finite() {
            0.0
        } else if self.turn.abs() <= 180.0 {
            self.turn
        } else {
            180.0 - (180.0 - self.turn).rem_euclid(360.0)
        };
        Self { shift, turn, scale }
    }

    /// Where `point` comes to lie, both `[x, y]` in pixels with y down (the shift alone is written
    /// rows first), scaled and turned about `centre`.
    #[must_use]
    pub fn point(&self, point: [f32; 2], centre: [f32; 2]) -> [f32; 2] {
        // What does not move keeps its bits.
        if self.is_identity() {
            return point;
        }
        let from_centre = [0, 1].map(|axis| (point[axis] - centre[axis]) * self.scale);
        let [x, y] = turned(from_centre, self.turn);
        let [rows, columns] = self.shift;
        [centre[0] + x + columns, centre[1] + y + rows]
    }

    /// Every map of `image`, `[c, h, w]`, moved, turned and scaled about the image's middle as
    /// [`Placement::clamped`] says, by bilinear interpolation. Cells from beyond the image are
    /// `outside`. The identity returns the same memory; shifts by whole pixels and quarter turns of
    /// squares keep every value.
    #[must_use]
    pub fn apply(&self, image: &Array, outside: f32) -> Array {
        if self.is_identity() {
            return image.clone();
        }
        let placement = self.clamped();
        let [_, height, width] = image.chw();
        let middle = [width, height].map(|side| (side as f32 - 1.0) / 2.0);
        Array::from_fn(image.shape(), |i| {
            let (channel, y, x) = (i / (height * width), i / width % height, i % width);
            let source = placement.origin([x as f32, y as f32], middle);
            sample(image.map(channel), source, outside)
        })
    }

    /// The point that comes to lie at `point`: the inverse of [`Placement::point`].
    fn origin(&self, point: [f32; 2], centre: [f32; 2]) -> [f32; 2] {
        let [rows, columns] = self.shift;
        let moved = [point[0] - columns - centre[0], point[1] - rows - centre[1]];
        let [x, y] = turned(moved, -self.turn);
        [centre[0] + x / self.scale, centre[1] + y / self.scale]
    }
}

/// `[x, y]` turned clockwise (y is down) by `degrees`; exactly so for quarter turns, whose sine is no
/// floating-point number's.
fn turned([x, y]: [f32; 2], degrees: f32) -> [f32; 2] {
    let quarters = (degrees / 90.0).round();
    let (sin, cos) = (degrees - 90.0 * quarters).to_radians().sin_cos();
    let [x, y] = [x * cos - y * sin, x * sin + y * cos];
    match quarters.rem_euclid(4.0) as u8 {
        1 => [-y, x],
        2 => [-x, -y],
        3 => [y, -x],
        _ => [x, y],
    }
}

/// The value between the four cells around `[x, y]`.
fn sample(map: MapView<'_>, [x, y]: [f32; 2], outside: f32) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let at = |y: f32, x: f32| {
        let inside = (0.0..map.height as f32).contains(&y) && (0.0..map.width as f32).contains(&x);
        if inside { map.at(y as usize, x as usize) } else { outside }
    };
    let row = |y: f32| mix(at(y, left), at(y, left + 1.0), x - left);
    mix(row(top), row(top + 1.0), y - top)
}

/// Equal values stay exactly what they are, and with `t` = 0 the second one is not looked at.
fn mix(a: f32, b: f32, t: f32) -> f32 {
    if t == 0.0 { a } else { a + (b - a) * t }
}
