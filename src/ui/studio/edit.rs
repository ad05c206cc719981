//! Changing the network by hand: one knob, a kernel, a silent map.

use std::sync::Arc;

use super::{Open, Studio};
use crate::array::Weights;
use crate::network::handmade::flipped;
use crate::ui::action::Edit;
use crate::ui::scene::{DocId, Document, Edits};

/// Edits that are kept as weights: one for each side of a comparison, and the one before.
const MOST_EDITED: usize = 3;

impl Studio {
    pub(super) fn edit(&mut self, edit: Edit) {
        let Some(open) = &self.open else { return };
        let original = Arc::clone(&open.weights);
        let mut edits = self.edits(self.scene.edits.as_ref());
        match edit {
            Edit::Turn { tensor, index, by } => {
                if let Some(value) = present(&edits, &original, &tensor, index) {
                    edits.set(&original, &tensor, index, tidy(value + by));
                }
            }
            Edit::Restore { tensor, index } => edits.restore(&tensor, index),
            Edit::Replace { tensor, first, extent, with } => {
                for (offset, value) in with.kernel(extent).into_iter().enumerate() {
                    edits.set(&original, &tensor, first + offset, value);
                }
            }
            Edit::Flip { tensor, first, extent: [rows, columns], flip } => {
                let number = |offset| {
                    present(&edits, &original, &tensor, first + offset).unwrap_or_default()
                };
                let kernel: Vec<f32> = (0..rows * columns).map(number).collect();
                for (offset, value) in
                    flipped(&kernel, [rows, columns], flip).into_iter().enumerate()
                {
                    edits.set(&original, &tensor, first + offset, value);
                }
            }
            Edit::Mute { node, map } => edits.toggle_muted(&node, map),
            Edit::Reset => edits = Edits::default(),
        }
        self.scene.edits = (!edits.is_empty()).then(|| self.documents.keep(Document::Edits(edits)));
    }

    /// Edits and painted pixels belong to one network; they mean nothing in another.
    pub(super) fn forget_edits(&mut self) {
        self.scene.edits = None;
        self.scene.handling.paint = None;
        if let Some(beside) = &mut self.scene.beside {
            beside.edits = None;
            beside.handling.paint = None;
        }
        self.knob = None;
    }

    /// The edits of a document; none where there is no document.
    #[must_use]
    pub fn edits(&self, id: Option<&DocId>) -> Edits {
        id.and_then(|id| self.documents.edits(id)).cloned().unwrap_or_default()
    }

    /// The weights with these edits in them; those of the open network where there are none.
    pub(super) fn effective_weights(&mut self, open: &Open, id: Option<&DocId>) -> Arc<Weights> {
        let edits = match id.and_then(|id| Some((id, self.documents.edits(id)?))) {
            Some((id, edits)) if !edits.weights.is_empty() => (id, edits),
            _ => return Arc::clone(&open.weights),
        };
        let (id, edits) = edits;
        if let Some((_, known)) = self.edited.iter().find(|(known, _)| known == id) {
            return Arc::clone(known);
        }
        let weights = Arc::new(edits.apply(&open.weights));
        self.edited.truncate(MOST_EDITED - 1);
        self.edited.insert(0, (id.clone(), Arc::clone(&weights)));
        weights
    }
}

/// A number as it is now.
fn present(edits: &Edits, original: &Weights, tensor: &str, index: usize) -> Option<f32> {
    let edited = edits.weights.get(tensor).and_then(|places| places.get(&index));
    edited.or_else(|| original.tensors.get(tensor)?.values().get(index)).copied()
}

/// Many small turns leave no crumbs of rounding.
fn tidy(value: f32) -> f32 {
    (value * 1e4).round() / 1e4
}
