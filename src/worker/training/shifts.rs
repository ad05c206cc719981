//! How well a trained network reads images that lie elsewhere than those it learned from.

use super::judging::{MOST_TEST, Part};
use crate::engine::examples::{Examples, Shifted};
use crate::engine::{EngineError, Model};

/// The four directions of a shift.
const DIRECTIONS: [[isize; 2]; 4] = [[1, 0], [-1, 0], [0, 1], [0, -1]];

/// A measurement under way: distance by distance, in four directions each.
pub struct Shifts {
    most: usize,
    images: usize,
    /// For each distance that is done, the part of the images that are read right, 0 to 1.
    accuracy: Vec<f64>,
    /// Of the present distance.
    direction: usize,
    right: f64,
    part: Part,
}

impl Shifts {
    /// Measures up to a shift of `most` pixels.
    #[must_use]
    pub fn new(images: usize, most: usize) -> Self {
        let part = Part::new(images, MOST_TEST);
        Self { most, images, accuracy: Vec::new(), direction: 0, right: 0.0, part }
    }

    /// Judges a few images more; the accuracy by distance, from 0 on, when all are done.
    ///
    /// # Errors
    /// Images or labels that do not fit the model.
    pub fn go_on(
        &mut self,
        model: &Model,
        test: &dyn Examples,
    ) -> Result<Option<Vec<f64>>, EngineError> {
        let distance = self.accuracy.len() as isize;
        let [dy, dx] = DIRECTIONS[self.direction].map(|step| step * distance);
        self.part.go_on(model, &Shifted { all: test, dy, dx })?;
        if !self.part.is_done() {
            return Ok(None);
        }
        self.right += self.part.score().accuracy;
        self.part = Part::new(self.images, MOST_TEST);
        // Unmoved is the same in every direction.
        let directions = if distance == 0 { 1 } else { DIRECTIONS.len() };
        self.direction += 1;
        if self.direction == directions {
            self.accuracy.push(self.right / directions as f64);
            (self.direction, self.right) = (0, 0.0);
        }
        let done = self.accuracy.len() > self.most;
        Ok(done.then(|| std::mem::take(&mut self.accuracy)))
    }
}
