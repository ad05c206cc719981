//! Tapes that wait for the next pass.

use std::sync::{Mutex, PoisonError};

use super::Tape;

/// A tape with more values than this is let go after use: a whole batch with batch norm may need gigabytes.
const MOST_VALUES: usize = 1 << 23;

/// As many tapes as there were passes at once.
#[derive(Default)]
pub struct Tapes(Mutex<Vec<Tape>>);

impl Tapes {
    /// Works on a tape that nobody else works on; what it holds is of no meaning.
    pub fn with<R>(&self, work: impl FnOnce(&mut Tape) -> R) -> R {
        let mut tape = self.waiting(Vec::pop).unwrap_or_default();
        let result = work(&mut tape);
        if tape.size() <= MOST_VALUES {
            self.waiting(|tapes| tapes.push(tape));
        }
        result
    }

    fn waiting<R>(&self, change: impl FnOnce(&mut Vec<Tape>) -> R) -> R {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
