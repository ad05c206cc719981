//! Lines of text in the type scale.

use egui::{Color32, Label, Response, RichText, Ui};

use crate::ui::theme::{Palette, Type};

/// A line of text that wraps.
pub fn text(ui: &mut Ui, words: impl Into<String>, kind: Type, colour: Color32) -> Response {
    ui.add(Label::new(RichText::new(words).font(kind.font()).color(colour)).wrap())
}

/// A line of text that never wraps: for tables.
pub fn cell(ui: &mut Ui, words: impl Into<String>, kind: Type, colour: Color32) -> Response {
    ui.add(Label::new(RichText::new(words).font(kind.font()).color(colour)).extend())
}

/// The small capitals over a section. Chinese has no capitals and is left as it is.
pub fn section(ui: &mut Ui, palette: &Palette, words: &str) -> Response {
    let words = RichText::new(words.to_uppercase())
        .font(Type::Section.font())
        .extra_letter_spacing(0.8)
        .color(palette.muted);
    ui.add(Label::new(words).wrap())
}

/// Numerals say their sign by colour as well as by it.
#[must_use]
pub fn number_colour(palette: &Palette, value: f64) -> Color32 {
    if value < 0.0 {
        palette.negative
    } else if value > 0.0 {
        palette.positive
    } else {
        palette.muted
    }
}
