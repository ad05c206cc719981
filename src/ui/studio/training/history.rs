//! The moments of a training that are kept, in bounded memory.

use std::sync::Arc;

use crate::worker::training::{Mark, bytes_of, thin, thin_to};

/// Moments in the order of their steps.
#[derive(Clone, Debug, Default)]
pub struct History {
    marks: Vec<Arc<Mark>>,
    /// Whether some have been let go.
    pub thinned: bool,
}

impl History {
    /// Keeps one more moment; where there are too many, others are let go.
    pub fn keep(&mut self, mark: Arc<Mark>) {
        self.marks.retain(|known| known.snapshot.step < mark.snapshot.step);
        self.marks.push(mark);
        self.thinned |= thin(&mut self.marks);
    }

    /// Lets all go but the last one.
    pub fn keep_last(&mut self) {
        let others = self.marks.len().saturating_sub(1);
        self.marks.drain(..others);
        self.thinned |= others > 0;
    }

    /// Lets every other moment go.
    pub fn halve(&mut self) -> bool {
        let half = self.marks.len() / 2;
        let went = thin_to(&mut self.marks, half);
        self.thinned |= went;
        went
    }

    /// What all of it takes in memory, nearly.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.marks.iter().map(|mark| bytes_of(mark)).sum()
    }

    #[must_use]
    pub fn marks(&self) -> &[Arc<Mark>] {
        &self.marks
    }

    /// The moment after so many steps, or the last one before.
    #[must_use]
    pub fn at(&self, step: u64) -> Option<&Arc<Mark>> {
        self.marks.iter().rev().find(|mark| mark.snapshot.step <= step).or(self.marks.first())
    }

    #[must_use]
    pub fn last(&self) -> Option<&Arc<Mark>> {
        self.marks.last()
    }
}
