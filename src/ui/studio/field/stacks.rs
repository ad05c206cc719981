//! Stacks that are changed: their layers, their numbers, one or two of them.

use std::sync::Arc;

use super::super::{Notice, SharedError, Studio};
use crate::network::stack::{Stack, StackError, StackKind, StackLayer};
use crate::ui::scene::{Spot, Subject};

impl Studio {
    /// Another stack in the place of one; a stack that cannot be is told, and the last good one kept.
    pub(super) fn set_stack(&mut self, place: usize, stack: Stack) {
        match self.stacks_with(place, stack) {
            Ok(stacks) => {
                let shown = &mut self.scene.field;
                if let (Some(known), Some(new)) = (shown.stacks.get(place), stacks.get(place)) {
                    if known.layers.len() != new.layers.len() {
                        // The unit may be in a layer that is no longer there.
                        shown.spots[place.min(1)] = None;
                    }
                    shown.stacks = stacks;
                    shown.active = place;
                }
                if self.refuses_a_stack() {
                    self.notice = None;
                }
            }
            Err(error) => self.refuse_stack(error),
        }
    }

    /// The stacks with another one in its place. They are compared on one image: with another side of it
    /// all have that side, or none.
    fn stacks_with(&self, place: usize, stack: Stack) -> Result<Vec<Stack>, StackError> {
        let mut stacks = self.scene.field.stacks.clone();
        let Some(known) = stacks.get_mut(place) else { return Ok(stacks) };
        let (before, side) = (known.side, stack.side);
        *known = stack;
        if before != side {
            for stack in &mut stacks {
                stack.side = side;
            }
        }
        stacks.iter().try_for_each(Stack::check)?;
        Ok(stacks)
    }

    /// Why there is no such stack; the next good one takes the sentence away.
    pub(super) fn refuse_stack(&mut self, error: StackError) {
        self.fail(Arc::new(error));
    }

    /// Whether the notice on screen says why there is no such stack.
    fn refuses_a_stack(&self) -> bool {
        let of_stack = |error: &SharedError| error.is::<StackError>();
        matches!(&self.notice, Some(Notice::Failed(error)) if of_stack(error))
    }

    /// Changes the active stack at a layer: the one that is named, else the selected one, else the last.
    pub(super) fn change_stack(
        &mut self,
        layer: Option<usize>,
        change: impl FnOnce(&mut Stack, usize),
    ) {
        let shown = &self.scene.field;
        // What is not on screen is not changed.
        if shown.subject != Subject::Stacks {
            return;
        }
        let (place, selected) = (shown.active, layer.or(shown.selected));
        let Some(stack) = shown.stack() else { return };
        let last = stack.layers.len() - 1;
        let mut stack = stack.clone();
        let layer = selected.unwrap_or(last).min(last);
        change(&mut stack, layer);
        self.set_stack(place, stack);
        let shown = &mut self.scene.field;
        let left = shown.stack().map_or(0, |stack| stack.layers.len());
        if shown.selected.is_some_and(|selected| selected >= left) {
            shown.selected = left.checked_sub(1);
        }
    }

    /// Takes a layer away; the last one stays.
    pub(super) fn remove_layer(&mut self, layer: Option<usize>) {
        let shown = &self.scene.field;
        if shown.subject == Subject::Stacks && shown.stack().is_some_and(|s| s.layers.len() == 1) {
            self.refuse_stack(StackError::OnlyLayer);
            return;
        }
        self.change_stack(layer, |stack, layer| {
            stack.layers.remove(layer);
        });
        self.look_at_selected();
    }

    /// The figure shows the layer whose row is selected: the unit in its middle.
    fn look_at_selected(&mut self) {
        let shown = &mut self.scene.field;
        let (Some(selected), Some(stack)) = (shown.selected, shown.stack()) else { return };
        let Ok(network) = stack.network() else { return };
        let layer = selected + 1;
        let spot = network.nodes().get(layer).map(|node| {
            let [_, h, w] = node.output;
            Spot { layer, at: [(h - 1) / 2, (w - 1) / 2] }
        });
        shown.spots[shown.active.min(1)] = spot;
    }

    pub(super) fn add_layer(&mut self, kind: StackKind) {
        let layer = match kind {
            StackKind::Conv => StackLayer::conv(3, 1),
            StackKind::MaxPool | StackKind::AveragePool => {
                StackLayer { kind, ..StackLayer::pool(2) }
            }
        };
        let shown = &self.scene.field;
        if shown.subject != Subject::Stacks {
            return;
        }
        let place = shown.active;
        let Some(mut stack) = shown.stack().cloned() else { return };
        stack.layers.push(layer);
        let last = stack.layers.len() - 1;
        self.set_stack(place, stack);
        let shown = &mut self.scene.field;
        if shown.stack().is_some_and(|stack| stack.layers.len() == last + 1) {
            shown.selected = Some(last);
        }
    }

    pub(super) fn move_layer(&mut self, layer: Option<usize>, down: bool) {
        let Some(stack) = self.scene.field.stack() else { return };
        let last = stack.layers.len() - 1;
        let from = layer.or(self.scene.field.selected).unwrap_or(last).min(last);
        let to = if down { (from + 1).min(last) } else { from.saturating_sub(1) };
        self.reorder(from, to);
    }

    /// Takes a layer out and puts it in another place.
    pub(super) fn reorder(&mut self, from: usize, to: usize) {
        let shown = &self.scene.field;
        let layers = shown.stack().map_or(0, |stack| stack.layers.len());
        if shown.subject != Subject::Stacks || from == to || from.max(to) >= layers {
            return;
        }
        let before = shown.stack().cloned();
        self.change_stack(Some(from), |stack, from| {
            let layer = stack.layers.remove(from);
            stack.layers.insert(to, layer);
        });
        let alike = self.scene.field.stack() == before.as_ref();
        if !alike || !self.refuses_a_stack() {
            self.scene.field.selected = Some(to);
            self.look_at_selected();
        }
    }

    /// A second stack beside the first, or the active one alone again.
    pub(super) fn compare_stacks(&mut self) {
        let shown = &mut self.scene.field;
        if shown.subject != Subject::Stacks {
            return;
        }
        let Some(stack) = shown.stack().cloned() else { return };
        if shown.stacks.len() == 1 {
            shown.stacks.push(stack);
            shown.spots[1] = shown.spots[0];
            shown.active = 1;
        } else {
            shown.spots = [shown.spots[shown.active.min(1)], None];
            shown.stacks = vec![stack];
            shown.active = 0;
        }
        shown.selected = None;
    }
}
