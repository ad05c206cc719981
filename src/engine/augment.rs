//! Random affine distortions of training images: the same digit, a little turned, stretched, slanted
//! and shifted, anew in every epoch.

use serde::{Deserialize, Serialize};

use super::rng::Rng;
use crate::network::Shape;

/// How far an image may be distorted; each amount is drawn evenly between minus and plus its limit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
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
    /// Distorts `image`, `[c, h, w]`, into `output`, by what the numbers in `seed` say. Pixels come
    /// from between four others (bilinear); beyond the border the image goes on as it ends.
    pub fn distort(&self, seed: &[u64], shape: Shape, image: &[f32], output: &mut [f32]) {
        let [_, h, w] = shape;
        let map = self.draw(&mut Rng::new(seed));
        for (image, output) in image.chunks_exact(h * w).zip(output.chunks_exact_mut(h * w)) {
            map.resample([h, w], image, output);
        }
    }

    fn draw(&self, rng: &mut Rng) -> Map {
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
struct Map {
    matrix: [[f32; 2]; 2],
    shift: [f32; 2],
}

impl Map {
    fn resample(&self, [h, w]: [usize; 2], image: &[f32], output: &mut [f32]) {
        let middle = [(h as f32 - 1.0) / 2.0, (w as f32 - 1.0) / 2.0];
        let source = |row: usize, y: f32, x: f32| {
            let [along_y, along_x] = self.matrix[row];
            along_y * y + along_x * x + middle[row] + self.shift[row]
        };
        for (y, output) in output.chunks_exact_mut(w).enumerate() {
            let y = y as f32 - middle[0];
            for (x, value) in output.iter_mut().enumerate() {
                let x = x as f32 - middle[1];
                let (rows, down) = neighbours(source(0, y, x), h);
                let (columns, right) = neighbours(source(1, y, x), w);
                let along = |row: usize| {
                    let left = image[row * w + columns[0]];
                    left + right * (image[row * w + columns[1]] - left)
                };
                let upper = along(rows[0]);
                *value = upper + down * (along(rows[1]) - upper);
            }
        }
    }
}

/// The two pixels around a position, and how far it lies from the first to the second (0…1).
fn neighbours(position: f32, side: usize) -> ([usize; 2], f32) {
    let position = position.clamp(0.0, (side - 1) as f32);
    let first = position as usize;
    ([first, (first + 1).min(side - 1)], position - first as f32)
}
