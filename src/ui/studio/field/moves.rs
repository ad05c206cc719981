//! Another unit, another picture: what the keys of the view do.

use super::super::Studio;
use super::Seer;
use crate::ui::action::{Action, Direction, UnitRef};
use crate::ui::navigate;
use crate::ui::scene::{FieldPage, FieldScene, Spot, Subject};

impl Studio {
    pub(super) fn set_spot(&mut self, place: usize, spot: Option<Spot>) {
        let shown = &mut self.scene.field;
        if place >= shown.stacks.len() {
            return;
        }
        shown.active = place;
        shown.spots[place.min(1)] = spot;
        // Where the other one is as large there, both are looked at in the same place.
        let other = 1 - place.min(1);
        let (Some(spot), Some(this), Some(that)) =
            (spot, self.field.stack(place), self.field.stack(other))
        else {
            return;
        };
        let last = |seer: &Seer| seer.network.nodes().len() - 1;
        let size = |seer: &Seer, node: usize| seer.network.nodes()[node].output;
        if spot.layer == last(this) && size(this, spot.layer) == size(that, last(that)) {
            self.scene.field.spots[other] = Some(Spot { layer: last(that), at: spot.at });
        }
    }

    /// The arrows.
    pub(in crate::ui::studio) fn step_in_field(&mut self, direction: Direction) {
        let shown = &self.scene.field;
        match shown.subject {
            Subject::Network | Subject::Neocognitron => {
                if let Some(open) = &self.open {
                    let unit = navigate::step(&open.network, self.pin(), direction);
                    self.act(Action::Pin(unit));
                }
            }
            Subject::Stacks => {
                let last = shown.stacks.len() - 1;
                match direction {
                    Direction::PreviousMap => self.scene.field.active = 0,
                    Direction::NextMap => self.scene.field.active = last,
                    _ => {
                        let place = shown.active;
                        if let Some(spot) = self.field.stack(place).map(|s| stepped(s, direction)) {
                            self.set_spot(place, Some(spot));
                        }
                    }
                }
            }
            Subject::Branches => {
                let spot = self.field.branches().map(|seer| stepped(seer, direction));
                self.scene.field.branch = spot.or(self.scene.field.branch);
            }
        }
    }

    /// Enter: the next picture.
    pub(in crate::ui::studio) fn next_field_page(&mut self) {
        let pages = pages(&self.scene.field);
        let shown = &mut self.scene.field;
        let place = pages.iter().position(|&page| page == shown.page).map_or(0, |place| place + 1);
        if let Some(&page) = pages.get(place % pages.len().max(1)) {
            shown.page = page;
        }
    }

    /// Esc: no layer is changed any more, the first picture, the unit in the middle.
    pub(in crate::ui::studio) fn out_of_field(&mut self) {
        let shown = &mut self.scene.field;
        if shown.selected.take().is_some() {
            return;
        }
        if shown.page != FieldPage::Figure {
            shown.page = FieldPage::Figure;
            return;
        }
        self.centre_field();
    }

    /// F: the unit in the middle of the last layer.
    pub(in crate::ui::studio) fn centre_field(&mut self) {
        let shown = &mut self.scene.field;
        (shown.spots, shown.branch) = ([None, None], None);
    }
}

/// One step from the unit that is looked at.
fn stepped(seer: &Seer, direction: Direction) -> Spot {
    let UnitRef { node, unit: [_, y, x] } =
        navigate::step(&seer.network, Some(seer.unit), direction);
    Spot { layer: node, at: [y, x] }
}

/// The pictures that there are of a subject, in their order.
#[must_use]
pub fn pages(shown: &FieldScene) -> Vec<FieldPage> {
    match shown.subject {
        Subject::Stacks => vec![
            FieldPage::Figure,
            FieldPage::Growth,
            FieldPage::Image,
            FieldPage::Table,
            FieldPage::Compose,
        ],
        Subject::Network => vec![FieldPage::Figure, FieldPage::Image, FieldPage::Table],
        Subject::Branches => {
            vec![FieldPage::Figure, FieldPage::Growth, FieldPage::Image, FieldPage::Table]
        }
        Subject::Neocognitron => vec![FieldPage::Figure],
    }
}
