//! The Parameters view: one layer, connected fully, locally and with shared weights.

use egui::Ui;

use crate::locale::Message;
use crate::ui::sheet::Sheet;
use crate::ui::studio::Studio;

/// Draws the view in what is left of `ui`.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let _ = (ui, sheet);
}

/// The layer's numbers, in the top bar.
pub fn controls(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let _ = (ui, sheet);
}

/// What is on screen, in one sentence.
#[must_use]
pub fn sentence_of(studio: &Studio) -> Message {
    let _ = studio;
    Message::new("narrator-waiting")
}
