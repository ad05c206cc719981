//! Small parts that views are made of.

mod axis;
mod cells;
mod chip;
mod colour_bar;
mod curve;
mod histogram;
mod icon;
mod notice;
mod number_field;
mod picture;
mod signed_field;
pub mod sketch;
mod text;

pub use axis::{Mark, axis};
pub use cells::{Cells, CellsResponse, NUMBERED, arrows, cursor_id, decimals_in, has_cursor};
pub use chip::{chip, toggle};
pub use colour_bar::colour_bar;
pub use curve::curve;
pub use histogram::histogram;
pub use icon::{Icon, icon_button, primary_icon_button};
pub use notice::{Look, NOTICE_WORDS, notice};
pub use number_field::{Entered, NumberField};
pub use picture::{Grey, framed, picture};
pub use signed_field::{SignedField, Typed};
pub use text::{cell, number, number_colour, section, text, title_with};

use egui::Color32;

use super::theme::contrast;
use crate::render::Rgba;

/// An opaque colour of the renderer, for egui.
#[must_use]
pub fn colour(Rgba([r, g, b, a]): Rgba) -> Color32 {
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

/// Black or white, whichever can be read on `ground`.
#[must_use]
pub fn ink_on(ground: Color32) -> Color32 {
    if contrast(ground, Color32::BLACK) >= contrast(ground, Color32::WHITE) {
        Color32::BLACK
    } else {
        Color32::WHITE
    }
}

/// The other way round.
#[must_use]
pub fn rgba(colour: Color32) -> Rgba {
    Rgba(colour.to_srgba_unmultiplied())
}
