//! What is on screen, in one sentence.

use super::compose;
use super::words::{self, Question};
use crate::locale::{Message, count};
use crate::ui::scene::{FieldPage, Subject};
use crate::ui::studio::{Seer, Studio};

/// Where branches meet, the field is their union.
fn union_sentence(seer: &Seer) -> Message {
    let size = words::sides_of(seer.field.size);
    if seer.field.exact {
        return Message::new("field-union-exact").with("size", size);
    }
    let cells =
        seer.paths_of(0).map_or(0, |ways| ways.paths.counts.iter().filter(|&&n| n > 0).count());
    Message::new("field-union-holes")
        .with("size", size)
        .with("cells", cells)
        .with("all", seer.field.size[0] * seer.field.size[1])
}

/// What is on screen, in one sentence.
#[must_use]
pub fn sentence_of(studio: &Studio) -> Message {
    let shown = &studio.scene.field;
    if shown.subject == Subject::Neocognitron {
        return Message::new("field-narrator-neocognitron");
    }
    if !shown.asked && words::hidden(studio).is_some() {
        return Message::new("narrator-covered");
    }
    if shown.page == FieldPage::Compose {
        return compose::sentence(studio);
    }
    let Some(seer) = studio.seer() else { return Message::new("narrator-waiting") };
    if let Some(question) = words::question(studio) {
        return Message::new(match question {
            Question::Ways => "field-asked-count",
            Question::Weights => "field-asked-weights",
            Question::Reach => "field-asked",
        });
    }
    if shown.subject == Subject::Branches {
        return union_sentence(seer);
    }
    let unit = words::unit(studio, seer);
    if shown.subject == Subject::Network
        && let Some(share) = studio.field.heat().and_then(|heat| heat.share)
    {
        let average = shown.average && studio.can_average();
        let key = if average { "field-narrator-mean" } else { "field-narrator-share" };
        return Message::new(key).with("unit", unit).with("percent", (100.0 * share).round());
    }
    if !seer.sees_image() {
        return Message::new("field-narrator-nothing").with("unit", unit);
    }
    match seer.ends {
        Some(ends) if ends.most > ends.least => {
            let middle = ends.middle_leads();
            let (key, few) = if middle {
                ("field-narrator", ends.corner)
            } else {
                ("field-narrator-uneven", ends.least)
            };
            Message::new(key)
                .with("unit", unit)
                .with("most", count(ends.most))
                .with_message("corner", ways_of(few))
        }
        Some(_) => Message::new("field-narrator-even").with("unit", unit),
        None => {
            let [all, there] = seer.sides_on_image();
            let key = if all == there { "field-narrator-many" } else { "field-narrator-large" };
            Message::new(key)
                .with("unit", unit)
                .with("size", words::sides_of(all))
                .with("there", words::sides_of(there))
        }
    }
}

/// The keys that do something on what is shown; `None` where none does.
#[must_use]
pub fn hint_of(studio: &Studio) -> Option<&'static str> {
    let shown = &studio.scene.field;
    match (shown.subject, shown.page) {
        (Subject::Neocognitron, _) | (_, FieldPage::Compose) => None,
        (Subject::Stacks, _) => Some("field-hint"),
        (Subject::Network | Subject::Branches, _) => Some("field-hint-unit"),
    }
}

fn ways_of(ways: u128) -> Message {
    match usize::try_from(ways) {
        Ok(ways) => Message::new("field-ways-count").with_count("count", ways),
        Err(_) => Message::new("field-ways-many").with("count", count(ways)),
    }
}
