//! Small parts that views are made of.

mod axis;
mod cells;
mod chip;
mod colour_bar;
mod curve;
mod histogram;
mod icon;
mod notice;
mod text;

pub use axis::{Mark, axis};
pub use cells::{Cells, CellsResponse};
pub use chip::{chip, toggle};
pub use colour_bar::colour_bar;
pub use curve::curve;
pub use histogram::histogram;
pub use icon::{Icon, icon_button};
pub use notice::{Look, notice};
pub use text::{number_colour, section, text};

use egui::Color32;

use crate::render::Rgba;

/// An opaque colour of the renderer, for egui.
#[must_use]
pub fn colour(Rgba([r, g, b, a]): Rgba) -> Color32 {
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

/// The other way round.
#[must_use]
pub fn rgba(colour: Color32) -> Rgba {
    Rgba(colour.to_srgba_unmultiplied())
}
