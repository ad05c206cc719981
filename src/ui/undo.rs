//! Undo and redo as two stacks of scenes.

use super::scene::Scene;

/// Older scenes are forgotten.
const DEPTH: usize = 500;

/// The scenes before and after the present one.
#[derive(Clone, Debug, Default)]
pub struct Undo {
    before: Vec<Scene>,
    after: Vec<Scene>,
}

impl Undo {
    /// Remembers `scene` as it was before a change, and forgets what had been undone.
    pub fn remember(&mut self, scene: Scene) {
        self.after.clear();
        if self.before.len() == DEPTH {
            self.before.remove(0);
        }
        self.before.push(scene);
    }

    /// Puts the scene before `present` in its place, if there is one.
    pub fn undo(&mut self, present: &mut Scene) -> bool {
        Self::swap(&mut self.before, &mut self.after, present)
    }

    /// Puts the scene that was undone last in the place of `present`, if there is one.
    pub fn redo(&mut self, present: &mut Scene) -> bool {
        Self::swap(&mut self.after, &mut self.before, present)
    }

    fn swap(from: &mut Vec<Scene>, to: &mut Vec<Scene>, present: &mut Scene) -> bool {
        let Some(scene) = from.pop() else { return false };
        to.push(std::mem::replace(present, scene));
        true
    }
}
