//! The moments of a training that are kept, in bounded memory.

use std::sync::Arc;

use crate::worker::training::Mark;

/// Moments that are kept, and the bytes of their weights in all.
const MOST: usize = 96;
const MOST_BYTES: usize = 192 << 20;

/// Moments in the order of their steps.
#[derive(Clone, Debug, Default)]
pub struct History {
    marks: Vec<Arc<Mark>>,
    /// Whether some have been let go.
    pub thinned: bool,
}

impl History {
    /// Keeps one more moment. Where there are too many, the one whose neighbours lie closest together, as
    /// parts of their step, is let go; the first and the last stay.
    pub fn keep(&mut self, mark: Arc<Mark>) {
        self.marks.retain(|known| known.snapshot.step < mark.snapshot.step);
        let bytes = bytes_of(&mark).max(1);
        self.marks.push(mark);
        let most = MOST.min(MOST_BYTES / bytes).max(3);
        while self.marks.len() > most {
            let step = |place: usize| self.marks[place].snapshot.step as f64;
            let gap = |&place: &usize| (step(place + 1) + 1.0) / (step(place - 1) + 1.0);
            let closest = (1..self.marks.len() - 1).min_by(|a, b| gap(a).total_cmp(&gap(b)));
            let Some(closest) = closest else { return };
            self.marks.remove(closest);
            self.thinned = true;
        }
    }

    /// Lets all go but the last one.
    pub fn keep_last(&mut self) {
        self.marks.drain(..self.marks.len().saturating_sub(1));
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

fn bytes_of(mark: &Mark) -> usize {
    mark.snapshot.weights.tensors.values().map(|array| array.len() * 4).sum()
}
