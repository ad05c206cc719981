//! The losses of all steps, in bounded memory.

use crate::worker::training::StepNote;

/// Notes that are kept; with more, neighbours become one.
const MOST: usize = 1 << 14;

/// The loss over the steps. One point may stand for several steps.
#[derive(Clone, Debug, Default)]
pub struct Curve {
    notes: Vec<StepNote>,
    /// Steps that one point stands for.
    each: usize,
    /// Steps that wait until they are enough for a point.
    waiting: Vec<StepNote>,
}

impl Curve {
    pub fn extend(&mut self, notes: impl IntoIterator<Item = StepNote>) {
        self.each = self.each.max(1);
        for note in notes {
            self.waiting.push(note);
            if self.waiting.len() == self.each {
                self.notes.extend(StepNote::mean(&self.waiting));
                self.waiting.clear();
            }
            if self.notes.len() == MOST {
                self.notes = self.notes.chunks(2).filter_map(StepNote::mean).collect();
                self.each *= 2;
            }
        }
    }

    #[must_use]
    pub fn points(&self) -> &[StepNote] {
        &self.notes
    }

    /// The loss of the latest step.
    #[must_use]
    pub fn latest(&self) -> Option<StepNote> {
        self.waiting.last().or(self.notes.last()).copied()
    }

    /// Smoothed over about `span` steps, with what lies before each point counting less and less.
    pub fn smoothed(&self, span: f64) -> impl Iterator<Item = (u64, f64)> {
        let keep = (-(self.each.max(1) as f64) / span.max(1e-9)).exp();
        let (mut sum, mut weight) = (0.0, 0.0);
        let point = move |note: &StepNote| {
            (sum, weight) = (keep * sum + note.loss, keep * weight + 1.0);
            (note.step, sum / weight)
        };
        self.notes.iter().map(point)
    }
}
