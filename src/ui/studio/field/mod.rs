//! The Receptive field view: other stacks, another unit, and everything that follows from them.

mod composed;
mod ends;
mod heat;
mod moves;
mod presets;
pub mod rows;
mod seer;
mod stacks;

use std::sync::Arc;

pub use composed::Outcome;
pub use ends::Ends;
pub use heat::Heated;
pub use moves::pages;
pub use rows::Rows;
pub use seer::Seer;

use super::{RunId, SharedError, Studio};
use crate::network::stack::{Stack, branching};
use crate::ui::action::FieldAction;
use crate::ui::navigate;
use crate::ui::scene::{Composition, FieldPage, Subject, View};
use composed::Composed;
use seer::looking;

/// What has been derived for the view, and from what.
#[derive(Clone, Debug, Default)]
pub struct FieldState {
    stacks: Vec<Shown>,
    branches: Option<Seer>,
    network: Option<(RunId, Seer)>,
    heat: Option<Heated>,
    composed: Option<Composed>,
}

/// A stack that is shown.
#[derive(Clone, Debug)]
struct Shown {
    stack: Stack,
    seer: Seer,
    rows: Rows,
}

impl FieldState {
    /// One stack or two, in the order of the scene.
    pub fn stacks(&self) -> impl Iterator<Item = &Seer> {
        self.stacks.iter().map(|shown| &shown.seer)
    }

    #[must_use]
    pub fn stack(&self, place: usize) -> Option<&Seer> {
        self.stacks.get(place).map(|shown| &shown.seer)
    }

    /// The layers of a stack as rows of cells.
    #[must_use]
    pub fn rows(&self, place: usize) -> Option<&Rows> {
        self.stacks.get(place).map(|shown| &shown.rows)
    }

    /// The columns that the rows of all stacks together stand over.
    #[must_use]
    pub fn extent(&self) -> [f64; 2] {
        let all = self.stacks.iter().map(|shown| shown.rows.extent);
        all.reduce(|[a, b], [c, d]| [a.min(c), b.max(d)]).unwrap_or([0.0, 1.0])
    }

    #[must_use]
    pub fn branches(&self) -> Option<&Seer> {
        self.branches.as_ref()
    }

    /// The open network; `None` until it is open.
    #[must_use]
    pub fn network(&self) -> Option<&Seer> {
        self.network.as_ref().map(|(_, seer)| seer)
    }

    /// The gradient that is shown: of this image, or the mean over the digits.
    #[must_use]
    pub fn heat(&self) -> Option<&Heated> {
        self.heat.as_ref()
    }

    /// What two kernels do to an image; `None` where they are not shown.
    #[must_use]
    pub fn outcome(&self) -> Option<&Outcome> {
        self.composed.as_ref().map(|composed| &composed.outcome)
    }
}

impl Studio {
    /// Whose field the keys and the table are about.
    #[must_use]
    pub fn seer(&self) -> Option<&Seer> {
        match self.scene.field.subject {
            Subject::Stacks => self.field.stack(self.scene.field.active),
            Subject::Branches => self.field.branches(),
            Subject::Network | Subject::Neocognitron => self.field.network(),
        }
    }

    pub(super) fn field_action(&mut self, action: FieldAction) {
        let shown = &mut self.scene.field;
        match action {
            FieldAction::Preset(preset) => self.field_preset(preset),
            // The page that is shown, chosen once more, answers what was asked.
            FieldAction::Page(page) if page == shown.page => shown.asked = false,
            FieldAction::Page(page) => shown.page = page,
            FieldAction::Maps(on) => shown.maps = on,
            FieldAction::Average(on) => shown.average = on,
            FieldAction::Stack(place, stack) => self.set_stack(place, stack),
            FieldAction::Add(kind) => self.add_layer(kind),
            FieldAction::Remove(layer) => self.remove_layer(layer),
            FieldAction::Move(layer, down) => self.move_layer(layer, down),
            FieldAction::Reorder { from, to } => self.reorder(from, to),
            FieldAction::Refused(error) => self.refuse_stack(error),
            FieldAction::Select(place, layer) => {
                if let Some(stack) = shown.stacks.get(place) {
                    shown.active = place;
                    shown.selected = layer.filter(|&layer| layer < stack.layers.len());
                }
            }
            FieldAction::Spot(place, spot) => self.set_spot(place, spot),
            FieldAction::Branch(spot) => shown.branch = spot,
            FieldAction::Compare => self.compare_stacks(),
            FieldAction::Composition(composition) => {
                if composition.check().is_ok() {
                    shown.composition = composition;
                }
            }
        }
    }

    /// Everything that the view shows, made anew where the scene has changed.
    pub(super) fn reconcile_field(&mut self) {
        if self.scene.view != View::Field {
            return;
        }
        // A scene from a file may say anything. What is wrong first is told; nothing is left to be wrong.
        let mut told = None;
        while let Err(error) = self.scene.field.check() {
            self.scene.field.mend(&error);
            told.get_or_insert(error);
        }
        if let Some(error) = told {
            self.fail(Arc::new(error));
        }
        match self.scene.field.subject {
            Subject::Stacks => self.reconcile_stacks(),
            Subject::Branches => self.reconcile_branches(),
            Subject::Network | Subject::Neocognitron => self.reconcile_open(),
        }
        self.field.heat = self.heated();
        self.field.composed = self.composed();
    }

    fn reconcile_stacks(&mut self) {
        let shown = &self.scene.field;
        let known = std::mem::take(&mut self.field.stacks);
        let made: Result<Vec<Shown>, SharedError> = shown
            .stacks
            .iter()
            .enumerate()
            .map(|(place, stack)| {
                let known = known.get(place).filter(|known| known.stack == *stack);
                let make = || stack.network().map_err(|error| -> SharedError { Arc::new(error) });
                let spot = shown.spots[place.min(1)];
                let seer = looking(known.map(|known| &known.seer), spot, make)?;
                let rows = match known {
                    Some(known) if known.seer.unit == seer.unit => known.rows.clone(),
                    Some(_) | None => Rows::of(&seer),
                };
                Ok(Shown { stack: stack.clone(), seer, rows })
            })
            .collect();
        match made {
            Ok(made) => self.field.stacks = made,
            Err(error) => self.fail(error),
        }
    }

    fn reconcile_branches(&mut self) {
        let known = self.field.branches.take();
        let make = || branching().map_err(|error| -> SharedError { Arc::new(error) });
        match looking(known.as_ref(), self.scene.field.branch, make) {
            Ok(seer) => self.field.branches = Some(seer),
            Err(error) => self.fail(error),
        }
    }

    fn reconcile_open(&mut self) {
        let Some(open) = &self.open else {
            self.field.network = None;
            return;
        };
        let last = open.network.nodes().len() - 1;
        let pin = self.pin().unwrap_or_else(|| navigate::to_layer(&open.network, last, None));
        let known = self.field.network.take().filter(|(run, _)| *run == open.run);
        let seer = match known {
            Some((_, seer)) if seer.unit == pin => seer,
            Some((_, seer)) => seer.at(pin),
            None => Seer::of(Arc::clone(&open.network), Arc::clone(&open.fields), pin),
        };
        self.field.network = Some((open.run, seer));
    }
}
