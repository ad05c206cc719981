//! The figure as marks: for a file.

use super::stacks::BETWEEN;
use super::{growth, maps, narrate, rows, words};
use crate::paper::sketch::{Anchor, Hand, Role, Sketch};
use crate::ui::scene::{FieldPage, Subject, View};
use crate::ui::studio::Studio;

/// The figure that is shown, as marks: for a file.
#[must_use]
pub fn as_sketch(studio: &Studio) -> Option<Sketch> {
    const SIZE: [f32; 2] = [760.0, 420.0];
    let shown = &studio.scene.field;
    let lang = studio.settings.lang;
    if shown.page == FieldPage::Growth || shown.subject == Subject::Network {
        return Some(growth::plotted(studio, SIZE));
    }
    match shown.subject {
        Subject::Stacks => {
            let mut whole = Sketch::default();
            for (place, seer) in studio.field.stacks().enumerate() {
                let room = [SIZE[0] * 0.66, SIZE[1] - 56.0];
                let figure = if shown.maps && maps::legible(seer, room) {
                    maps::draw(studio, seer, room).0
                } else {
                    rows::draw(studio, place, room)?.0
                };
                let left = 24.0 + place as f32 * (room[0] + BETWEEN);
                let stack = shown.stacks.get(place)?;
                let title = words::stack(stack, lang);
                whole.text([left, 22.0], Anchor::Left, title, Hand::Title, Role::Text);
                let other = shown.stacks.get(1 - place).filter(|_| shown.stacks.len() > 1);
                let costs = words::costs(stack, other).text(lang);
                let costs = words::hidden(studio).map_or(costs, str::to_owned);
                whole.text([left, 42.0], Anchor::Left, costs, Hand::Caption, Role::Muted);
                whole.size = [left + room[0] + 24.0, whole.size[1].max(figure.size[1] + 72.0)];
                whole.place(figure, [left, 58.0]);
            }
            Some(whole)
        }
        Subject::Branches => Some(maps::draw(studio, studio.field.branches()?, SIZE).0),
        Subject::Network | Subject::Neocognitron => None,
    }
}

/// Whether the fields on screen are a table that can leave: the Neocognitron’s page has none of its own, and
/// the numbers of the network beside it are not the Neocognitron’s.
#[must_use]
pub fn has_table(studio: &Studio) -> bool {
    studio.scene.view == View::Field && studio.scene.field.subject != Subject::Neocognitron
}

/// What a figure in a file is called.
#[must_use]
pub fn title_of(studio: &Studio) -> String {
    narrate::sentence_of(studio).text(studio.settings.lang)
}
