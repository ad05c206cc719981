//! The Step view: the network as a figure, from the image to the answer, and what is laid over it.

mod badges;
mod camera;
mod canvas;
mod compare;
mod fields;
pub mod figure;
mod heading;
mod heat;
mod links;
mod loupe;
mod maps;
mod pad;
mod reader;
mod scores;
mod time;
mod worksheet;

pub use reader::is_wide;

use egui::{CentralPanel, Frame, Margin, Panel, Rect, Ui};

use super::super::scene::Pad;
use super::super::sheet::Sheet;
use super::super::theme::size;

/// Points that a figure needs under a line.
const LOWEST_FIGURE: f32 = 150.0;

/// Draws the view in what is left of `ui`, and tells where the figure is.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) -> Rect {
    let studio = sheet.studio;
    let palette = sheet.palette;
    let card = Frame::new().fill(palette.panel).inner_margin(Margin::symmetric(16, 12));
    if reader::is_wide(studio) {
        Panel::top("reader")
            .exact_size(reader::height(ui.available_width(), studio))
            .resizable(false)
            .frame(card)
            .show(ui, |ui| reader::show(ui, sheet));
    }
    let drawn_above = reader::is_wide(studio) && studio.scene.pad == Pad::Draw;
    if studio.scene.pad.is_open() && !drawn_above {
        Panel::left("pad")
            .exact_size(size::PAD_WIDTH)
            .resizable(false)
            .frame(card)
            .show(ui, |ui| pad::show(ui, sheet));
    }
    let canvas = CentralPanel::default().frame(Frame::new().fill(palette.canvas));
    canvas
        .show(ui, |ui| {
            let rect = ui.max_rect();
            // Under a line in a low window there is no room for a figure that can be read.
            if !reader::is_wide(studio) || rect.height() >= LOWEST_FIGURE {
                figure(ui, sheet);
            }
            rect
        })
        .inner
}

/// The figure alone, with the table over it if that is open.
pub fn figure(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    let compared = studio.scene.beside.is_some();
    match studio.seen.as_ref().and_then(|seen| seen.beside.as_ref()) {
        Some(other) if compared => compare::show(ui, sheet, other),
        _ => canvas::show(ui, sheet),
    }
    worksheet::show(ui, sheet);
}
