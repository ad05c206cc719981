//! Turned, stretched, slanted and shifted.

use std::f32::consts::PI;

use serde::{Deserialize, Serialize};

use super::MOST_SHIFT;
use crate::engine::rng::Rng;
use crate::engine::{EngineError, Setting};

/// Columns per row, at most.
const MOST_SHEAR: f32 = 10.0;

/// How far an image may be distorted; each amount is drawn evenly between minus and plus its limit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Affine {
    /// Rotation in radians.
    pub rotation: f32,
    /// Stretching, as a part of the size, of rows and columns apart.
    pub scale: f32,
    /// Columns per row.
    pub shear: f32,
    /// Shift in pixels, of rows and columns apart.
    pub shift: f32,
}

impl Affine {
    /// Whether every amount lies in its range.
    pub(super) fn check(&self) -> Result<(), EngineError> {
        let Self { rotation, scale, shear, shift } = *self;
        Setting::Rotation.must((0.0..=PI).contains(&rotation), rotation)?;
        // Stretched by −1 there would be nothing left of an image.
        Setting::Scale.must((0.0..1.0).contains(&scale), scale)?;
        Setting::Shear.must((0.0..=MOST_SHEAR).contains(&shear), shear)?;
        Setting::Shift.must((0.0..=MOST_SHIFT as f32).contains(&shift), shift)
    }

    pub(super) fn draw(&self, rng: &mut Rng) -> Map {
        let (sin, cos) = (self.rotation * rng.symmetric()).sin_cos();
        let rows = 1.0 / (1.0 + self.scale * rng.symmetric());
        let columns = 1.0 / (1.0 + self.scale * rng.symmetric());
        let shear = self.shear * rng.symmetric();
        // Rotation × shear × stretching.
        let matrix = [
            [cos * rows, -sin * columns],
            [(sin + shear * cos) * rows, (cos - shear * sin) * columns],
        ];
        let shift = [self.shift * rng.symmetric(), self.shift * rng.symmetric()];
        Map { matrix, shift }
    }
}

/// Where each pixel comes from: `matrix` · (position from the middle) + `shift`, rows first.
pub(super) struct Map {
    matrix: [[f32; 2]; 2],
    shift: [f32; 2],
}

impl Map {
    /// The position, in an image of this size, that the pixel at row `y`, column `x` comes from.
    pub(super) fn source(&self, [h, w]: [usize; 2], y: f32, x: f32) -> [f32; 2] {
        let middle = [(h as f32 - 1.0) / 2.0, (w as f32 - 1.0) / 2.0];
        let (y, x) = (y - middle[0], x - middle[1]);
        [0, 1].map(|axis| {
            let [along_y, along_x] = self.matrix[axis];
            along_y * y + along_x * x + middle[axis] + self.shift[axis]
        })
    }
}
