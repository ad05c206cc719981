//! Undo and redo as two stacks of states.
//!
//! What belongs together — a stroke of the pen, a turn of the wheel, a moving camera — is one entry:
//! only the state before the first of a run of alike changes is remembered.

use std::collections::BTreeSet;

use super::action::Gesture;
use super::scene::{DocId, State};

/// Older states are forgotten.
const DEPTH: usize = 500;

/// The states before and after the present one.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    before: Vec<State>,
    after: Vec<State>,
    /// What the last entry was made for, while it may still go on.
    gesture: Option<Gesture>,
}

impl Undo {
    /// Remembers `state` as it was before a change, and forgets what had been undone. A change that
    /// goes on with the gesture of the last one belongs to that one.
    pub fn remember(&mut self, state: State, gesture: Option<Gesture>) {
        self.after.clear();
        let goes_on = gesture.is_some() && gesture == self.gesture;
        self.gesture = gesture;
        if goes_on {
            return;
        }
        if self.before.len() == DEPTH {
            self.before.remove(0);
        }
        self.before.push(state);
    }

    /// The next change is one of its own, whatever it is.
    pub fn end_gesture(&mut self) {
        self.gesture = None;
    }

    /// Puts the state before `present` in its place, if there is one.
    pub fn undo(&mut self, present: &mut State) -> bool {
        self.gesture = None;
        Self::swap(&mut self.before, &mut self.after, present)
    }

    /// Puts the state that was undone last in the place of `present`, if there is one.
    pub fn redo(&mut self, present: &mut State) -> bool {
        self.gesture = None;
        Self::swap(&mut self.after, &mut self.before, present)
    }

    fn swap(from: &mut Vec<State>, to: &mut Vec<State>, present: &mut State) -> bool {
        let Some(state) = from.pop() else { return false };
        to.push(std::mem::replace(present, state));
        true
    }

    /// Every document that can still come back.
    pub fn documents(&self, named: &mut BTreeSet<DocId>) {
        for state in self.before.iter().chain(&self.after) {
            state.documents(named);
        }
    }
}
