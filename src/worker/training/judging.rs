//! A training is judged in pieces, so that nothing waits for it.

use super::report::{Score, Verdicts};
use crate::engine::examples::Examples;
use crate::engine::metrics::{Judged, judge};
use crate::engine::{EngineError, Model};

/// Images that are judged at once: a few milliseconds of a small network.
const PIECE: usize = 64;
/// Test images, and images that are learned from, that are judged at most; they lie evenly in their set.
pub const MOST_TEST: usize = 2_000;
pub const MOST_TRAIN: usize = 500;

/// How far it has come.
pub struct Judging {
    test: Part,
    train: Part,
}

/// Some images of a set, being judged.
pub struct Part {
    numbers: Vec<usize>,
    judged: Vec<Judged>,
}

impl Part {
    /// At most so many of the images, evenly among them.
    #[must_use]
    pub fn new(images: usize, most: usize) -> Self {
        let count = images.min(most);
        let numbers = (0..count).map(|i| i * images / count).collect();
        Self { numbers, judged: Vec::with_capacity(count) }
    }

    #[must_use]
    pub fn is_done(&self) -> bool {
        self.judged.len() == self.numbers.len()
    }

    /// Judges a few more.
    ///
    /// # Errors
    /// Images or labels that do not fit the model.
    pub fn go_on(&mut self, model: &Model, images: &dyn Examples) -> Result<(), EngineError> {
        let rest = &self.numbers[self.judged.len()..];
        let piece = &rest[..rest.len().min(PIECE)];
        self.judged.extend(judge(model, images, piece)?);
        Ok(())
    }

    #[must_use]
    pub fn score(&self) -> Score {
        let images = self.judged.len();
        let count = images.max(1) as f64;
        let right = self.judged.iter().filter(|judged| judged.answer == judged.label).count();
        let loss = self.judged.iter().map(|judged| judged.loss).sum::<f64>();
        Score { images, loss: loss / count, accuracy: right as f64 / count }
    }
}

impl Judging {
    #[must_use]
    pub fn new(test_images: usize, train_images: usize) -> Self {
        Self { test: Part::new(test_images, MOST_TEST), train: Part::new(train_images, MOST_TRAIN) }
    }

    /// Judges a few images more; true when all are done.
    ///
    /// # Errors
    /// Images or labels that do not fit the model.
    pub fn go_on(
        &mut self,
        model: &Model,
        test: &dyn Examples,
        train: &dyn Examples,
    ) -> Result<bool, EngineError> {
        if !self.test.is_done() {
            self.test.go_on(model, test)?;
        } else if !self.train.is_done() {
            self.train.go_on(model, train)?;
        }
        Ok(self.test.is_done() && self.train.is_done())
    }

    /// On test images, and on some that are learned from.
    #[must_use]
    pub fn scores(&self) -> (Score, Score) {
        (self.test.score(), self.train.score())
    }

    #[must_use]
    pub fn verdicts(&self) -> Verdicts {
        let judged = &self.test.judged;
        Verdicts {
            numbers: self.test.numbers.iter().map(|&number| number as u32).collect(),
            labels: judged.iter().map(|judged| judged.label as u16).collect(),
            answers: judged.iter().map(|judged| judged.answer as u16).collect(),
            losses: judged.iter().map(|judged| judged.loss as f32).collect(),
        }
    }
}
