//! What is on screen, in one sentence; and what has to be said beside the counts.

use crate::locale::{Message, count};
use crate::network::connect::{Border, Counts, Hidden, Setting, Stop};
use crate::ui::scene::Page;
use crate::ui::studio::Studio;

/// The narrator's sentence.
#[must_use]
pub fn sentence_of(studio: &Studio) -> Message {
    let shown = &studio.scene.parameters;
    if shown.page == Page::Trial {
        return Message::new("narrator-trial");
    }
    if shown.asked[super::counts::column_of(shown.stop)] {
        return Message::new("narrator-asked");
    }
    let counts = shown.setting.counts(shown.stop);
    let with_counts = |message: Message| with_counts(message, &counts);
    let sides = |[rows, columns]: [u64; 2]| format!("{rows}×{columns}");
    match shown.stop {
        Stop::Full => with_counts(Message::new("narrator-full")),
        Stop::Field(field) => {
            with_counts(Message::new("narrator-field").with("field", sides(field)))
        }
        Stop::Local => {
            with_counts(Message::new("narrator-local").with("field", sides(shown.setting.field)))
        }
        Stop::Tiles(tile) => with_counts(Message::new("narrator-tiles").with("tile", sides(tile))),
        Stop::Shared => {
            let local = shown.setting.counts(Stop::Local);
            let unshared = local.weights.value().unwrap_or(0);
            // A map per kernel makes more connections than one map had.
            let same = local.macs.value() == counts.macs.value();
            let key = if same { "narrator-shared" } else { "narrator-shared-maps" };
            with_counts(Message::new(key))
                .with("unshared", count(unshared))
                .with("maps", count(shown.setting.kernels.into()))
        }
    }
}

fn with_counts(message: Message, counts: &Counts) -> Message {
    let said = |formula: &crate::network::Formula| formula.value().map(count).unwrap_or_default();
    message.with("weights", said(&counts.weights)).with("connections", said(&counts.connections))
}

/// What the border rule means, and where the text counts otherwise.
#[must_use]
pub fn notes(studio: &Studio) -> Vec<Message> {
    let shown = &studio.scene.parameters;
    let setting = &shown.setting;
    let mut notes = Vec::new();
    notes.push(match &setting.border {
        Border::Ignored(_) if studio.wiring.as_ref().is_some_and(|w| w.hanging() > 0) => {
            Message::new("note-border-hanging")
        }
        Border::Ignored(_) => Message::new("note-border-ignored"),
        Border::Same | Border::Padded(_) => Message::new("note-border-same"),
        Border::Valid => Message::new("note-border-valid"),
    });
    if *setting == Setting::default() && shown.stop.is_sharing() {
        notes.push(Message::new("note-text-work"));
    }
    if setting.field == [setting.image[1], setting.image[2]] {
        notes.push(Message::new("note-field-is-image"));
    }
    if let Border::Ignored(hidden) = &setting.border
        && setting.kernels > 1
    {
        notes.push(match hidden {
            Hidden::MapPerKernel => Message::new("note-map-per-kernel"),
            Hidden::LikeImage | Hidden::Units(_) => Message::new("note-units-in-all"),
        });
    }
    notes
}
