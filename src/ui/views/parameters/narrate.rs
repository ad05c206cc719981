//! What is on screen, in one sentence; and what has to be said beside the counts.

use super::counts::column_of;
use crate::locale::{Message, count};
use crate::network::connect::{Border, Counts, Hidden, Setting, Stop};
use crate::ui::scene::Page;
use crate::ui::studio::{Connected, Studio};

/// The narrator's sentence.
#[must_use]
pub fn sentence_of(studio: &Studio) -> Message {
    let shown = &studio.scene.parameters;
    if shown.page == Page::Trial {
        return Message::new("narrator-trial");
    }
    let column = column_of(shown.stop);
    if shown.asked[column] {
        return Message::new("narrator-asked");
    }
    if studio.hides_of(column) {
        return Message::new("narrator-covered");
    }
    let Some(connected) = &studio.connected else { return Message::new("narrator-waiting") };
    let sides = |[rows, columns]: [u64; 2]| format!("{rows}×{columns}");
    let message = match shown.stop {
        Stop::Full => Message::new("narrator-full"),
        Stop::Field(field) => Message::new("narrator-field").with("field", sides(field)),
        Stop::Local => Message::new("narrator-local").with("field", sides(shown.setting.field)),
        Stop::Tiles(tile) => about_tiles(studio, connected).with("tile", sides(tile)),
        Stop::Shared => about_sharing(studio, connected),
    };
    with_counts(message, &connected.columns[column].counts)
        .with("maps", count(shown.setting.kernels.into()))
}

/// What sharing in tiles leaves as it was, and what it changes.
fn about_tiles(studio: &Studio, connected: &Connected) -> Message {
    let compares = !studio.hides_of(1);
    Message::new(match Change::of(connected) {
        Change::Nothing if compares => "narrator-nobody-shares",
        Change::Weights if compares => "narrator-tiles",
        Change::Nothing | Change::Weights => "narrator-tiles-alone",
        Change::WeightsAndConnections => "narrator-tiles-maps",
    })
}

/// The same where all units of a map share.
fn about_sharing(studio: &Studio, connected: &Connected) -> Message {
    let compares = !studio.hides_of(1);
    let unshared = connected.columns[1].counts.weights.value().unwrap_or(0);
    match Change::of(connected) {
        Change::Nothing if compares => Message::new("narrator-nobody-shares"),
        Change::Weights if compares => {
            Message::new("narrator-shared").with("unshared", count(unshared))
        }
        Change::Nothing | Change::Weights => Message::new("narrator-shared-alone"),
        Change::WeightsAndConnections => Message::new("narrator-shared-maps"),
    }
}

/// What sharing changes of the locally connected layer.
enum Change {
    /// No two units have a kernel in common.
    Nothing,
    Weights,
    /// A map per kernel makes more connections than one map had.
    WeightsAndConnections,
}

impl Change {
    fn of(connected: &Connected) -> Self {
        let [local, shared] = [1, 2].map(|column| &connected.columns[column].counts);
        if local.macs.value() != shared.macs.value() {
            Self::WeightsAndConnections
        } else if local.weights.value() == shared.weights.value() {
            Self::Nothing
        } else {
            Self::Weights
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
    let Some(connected) = &studio.connected else { return Vec::new() };
    let mut notes = vec![Message::new(about_border(setting, shown.stop, connected))];
    let told = (0..3).all(|column| !studio.hides_of(column));
    // It tells of the numbers of that stop.
    if *setting == Setting::default() && shown.stop == Stop::Shared && told {
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

fn about_border(setting: &Setting, stop: Stop, connected: &Connected) -> &'static str {
    let larger = matches!(stop, Stop::Field(_)) && connected.hanging > 0;
    match &setting.border {
        Border::Ignored(_) if connected.hanging > 0 => "note-border-hanging",
        Border::Ignored(_) => "note-border-ignored",
        // The places are those of the field in question.
        Border::Same | Border::Valid | Border::Padded(_) if larger => "note-border-larger",
        Border::Same | Border::Padded(_) if connected.pads => "note-border-same",
        Border::Same | Border::Valid | Border::Padded(_) => "note-border-valid",
    }
}
