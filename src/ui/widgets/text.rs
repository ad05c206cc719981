//! Lines of text in the type scale.

use egui::text::{LayoutJob, TextFormat};
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

/// The small capitals over a section, the other language's words beside them. Chinese has no capitals
/// and is left as it is.
pub fn section(ui: &mut Ui, palette: &Palette, words: &str, other: Option<&str>) -> Response {
    let mut job = LayoutJob::default();
    let format = |kind: Type, spacing| TextFormat {
        extra_letter_spacing: spacing,
        ..TextFormat::simple(kind.font(), palette.muted)
    };
    job.append(&words.to_uppercase(), 0.0, format(Type::Section, 0.8));
    if let Some(other) = other {
        job.append(other, 8.0, format(Type::Caption, 0.0));
    }
    ui.add(Label::new(job).wrap())
}

/// A title, the other language's words small beside it.
pub fn title_with(
    ui: &mut Ui,
    palette: &Palette,
    words: &str,
    other: Option<&str>,
    kind: Type,
) -> Response {
    let mut job = LayoutJob::default();
    job.append(words, 0.0, TextFormat::simple(kind.font(), palette.text));
    if let Some(other) = other {
        job.append(other, 8.0, TextFormat::simple(Type::Caption.font(), palette.muted));
    }
    ui.add(Label::new(job).wrap())
}

/// A number that may be covered: a click uncovers it. Tells whether that was asked for.
pub fn number(
    ui: &mut Ui,
    palette: &Palette,
    digits: &str,
    kind: Type,
    colour: Color32,
    covered: bool,
) -> bool {
    if !covered {
        cell(ui, digits, kind, colour);
        return false;
    }
    let words = RichText::new("•••").font(kind.font()).color(palette.text);
    ui.add(egui::Button::new(words).small().fill(palette.accent_soft)).clicked()
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
