//! Training images changed at random, anew in every epoch: the same thing, seen a little differently.

mod affine;
mod elastic;

use serde::{Deserialize, Serialize};

use super::rng::Rng;
use super::{EngineError, Setting};
use crate::network::Shape;
pub use affine::Affine;
pub use elastic::Elastic;

/// Pixels by which an image is shifted at most: the side of the largest.
const MOST_SHIFT: u32 = 4096;

/// How far an image may be changed, in this order: moved and mirrored by whole pixels, then bent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Augment {
    pub affine: Option<Affine>,
    pub elastic: Option<Elastic>,
    /// The image is cut out of itself with so many pixels of border around it, at a random place: rows and
    /// columns are shifted by up to as many.
    pub crop: u32,
    /// Half of the images, by chance, are mirrored left to right.
    pub mirror: bool,
}

impl From<Affine> for Augment {
    fn from(affine: Affine) -> Self {
        Self { affine: Some(affine), ..Self::default() }
    }
}

impl Augment {
    /// Whether every amount lies in its range.
    ///
    /// # Errors
    /// [`EngineError::Setting`] with the first that does not.
    pub fn check(&self) -> Result<(), EngineError> {
        let Self { affine, elastic, crop, mirror: _ } = self;
        affine.map_or(Ok(()), |affine| affine.check())?;
        elastic.map_or(Ok(()), Elastic::check)?;
        Setting::Crop.must((0..=MOST_SHIFT).contains(crop), crop)
    }

    /// Changes `image`, `[c, h, w]`, into `output`, by what the numbers in `seed` say. Pixels come from
    /// between four others (bilinear); beyond the border the image goes on as it ends.
    pub fn distort(&self, seed: &[u64], shape: Shape, image: &[f32], output: &mut [f32]) {
        let [_, h, w] = shape;
        let mut rng = Rng::new(seed);
        let affine = self.affine.unwrap_or_default().draw(&mut rng);
        let crop = (self.crop > 0).then(|| [self.offset(&mut rng), self.offset(&mut rng)]);
        let mirrored = self.mirror && rng.below(2) == 1;
        let bend = self.elastic.map(|elastic| elastic.draw([h, w], &mut rng));
        // From where a pixel comes: first bent and turned back, then moved.
        let source = |y: usize, x: usize| {
            let bent = bend.as_ref().map_or([0.0, 0.0], |bend| bend.at(y, x));
            let [mut row, mut column] =
                affine.source([h, w], y as f32 + bent[0], x as f32 + bent[1]);
            if let Some([down, right]) = crop {
                (row, column) = (row + down, column + right);
            }
            [row, if mirrored { (w as f32 - 1.0) - column } else { column }]
        };
        for (i, places) in (0..h * w).map(|i| (i, source(i / w, i % w))) {
            let (rows, down) = neighbours(places[0], h);
            let (columns, right) = neighbours(places[1], w);
            let maps = image.chunks_exact(h * w).zip(output.chunks_exact_mut(h * w));
            for (image, output) in maps {
                let along = |row: usize| {
                    let left = image[row * w + columns[0]];
                    left + right * (image[row * w + columns[1]] - left)
                };
                let upper = along(rows[0]);
                output[i] = upper + down * (along(rows[1]) - upper);
            }
        }
    }

    /// Whole pixels between minus and plus the border.
    fn offset(&self, rng: &mut Rng) -> f32 {
        rng.below(2 * self.crop as usize + 1) as f32 - self.crop as f32
    }
}

/// The two pixels around a position, and how far it lies from the first to the second (0…1).
fn neighbours(position: f32, side: usize) -> ([usize; 2], f32) {
    let position = position.clamp(0.0, (side - 1) as f32);
    let first = position as usize;
    ([first, (first + 1).min(side - 1)], position - first as f32)
}
