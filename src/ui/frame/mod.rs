//! Everything around the view: rail, top bar, foot, inspector, dialogs. [`draw`] is the whole window:
//! the application and the off-screen pictures call the same function.

mod caption;
mod foot;
mod more;
mod narrator;
mod notices;
mod rail;
mod slides;
mod speaker;
mod spotlight;
mod timeline;
mod top;

pub use caption::source_of;
pub use narrator::sentence_of as narrate;
pub use rail::name_of;

use egui::{CentralPanel, Frame, Margin, Panel, Stroke, Ui};

use super::action::Action;
use super::platform::painter::Painter;
use super::scene::View;
use super::sheet::Sheet;
use super::studio::{Hover, Studio};
use super::theme::size;
use super::{dialogs, views};

/// What a frame brought: wishes, and what is under the pointer.
pub struct Outcome {
    pub actions: Vec<Action>,
    pub hover: Hover,
}

/// A presentation in a narrower window has no inspector: one large picture, the rest as chips.
const ROOM_FOR_INSPECTOR: f32 = 1000.0;
const ROOM_FOR_BOTH: f32 = 1090.0;

/// Draws the window.
pub fn draw(ui: &mut Ui, studio: &Studio, painter: &mut Painter) -> Outcome {
    let mut sheet = Sheet::new(studio, painter);
    let palette = sheet.palette;
    let presenting = studio.settings.presenting;
    let bar = Frame::new().fill(palette.panel).inner_margin(Margin::symmetric(14, 8));
    if presenting {
        slides::title(ui, &mut sheet);
    } else {
        Panel::left("rail")
            .exact_size(size::RAIL_WIDTH)
            .resizable(false)
            .frame(Frame::new().fill(palette.rail))
            .show(ui, |ui| rail::show(ui, &mut sheet));
        Panel::top("top")
            .exact_size(size::BAR_HEIGHT)
            .resizable(false)
            .frame(bar)
            .show(ui, |ui| top::show(ui, &mut sheet));
    }
    let foot_height = match studio.scene.view {
        View::Step | View::Train => size::FOOT_HEIGHT,
        View::Parameters | View::Field => size::BAR_HEIGHT,
    };
    Panel::bottom("foot")
        .exact_size(foot_height)
        .resizable(false)
        .frame(bar)
        .show(ui, |ui| foot::show(ui, &mut sheet));
    if !studio.deck.is_empty() && !presenting {
        Panel::bottom("slides")
            .exact_size(size::SLIDES_HEIGHT)
            .resizable(false)
            .frame(Frame::new().fill(palette.rail).inner_margin(Margin::symmetric(14, 8)))
            .show(ui, |ui| slides::strip(ui, &mut sheet));
    }
    match studio.scene.view {
        View::Step => step(ui, &mut sheet),
        View::Train => plain(ui, &mut sheet, views::train::show),
        View::Parameters => plain(ui, &mut sheet, views::parameters::show),
        View::Field => plain(ui, &mut sheet, views::field::show),
    }
    dialogs::show(ui.ctx(), &mut sheet);
    if studio.spotlight {
        spotlight::show(ui.ctx());
    }
    Outcome { actions: sheet.actions, hover: sheet.hover }
}

/// A view that fills the middle.
fn plain(ui: &mut Ui, sheet: &mut Sheet<'_>, view: impl FnOnce(&mut Ui, &mut Sheet<'_>)) {
    let canvas = Frame::new().fill(sheet.palette.canvas);
    CentralPanel::default().frame(canvas).show(ui, |ui| {
        let rect = ui.max_rect();
        view(ui, sheet);
        notices::show(ui, sheet, rect);
    });
}

/// The Step view with its inspector.
fn step(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let (studio, palette) = (sheet.studio, sheet.palette);
    let presenting = studio.settings.presenting;
    let width = ui.available_width();
    // Beside an open pad the inspector needs room, too: the figure goes first.
    let beside_pad = studio.scene.pad.is_open() && !views::step::is_wide(studio);
    let needed = if beside_pad { ROOM_FOR_BOTH } else { ROOM_FOR_INSPECTOR };
    let asked = studio.settings.inspector || studio.question().is_some();
    let inspected = width >= needed || !(presenting || beside_pad) || (presenting && asked);
    if inspected {
        Panel::right("inspector")
            .exact_size(inspector_width(ui.available_width()))
            .resizable(false)
            .frame(Frame::new().fill(palette.panel).inner_margin(Margin {
                left: 16,
                right: 10,
                top: 14,
                bottom: 8,
            }))
            .show(ui, |ui| views::inspector::show(ui, sheet));
    }
    CentralPanel::default().frame(Frame::new().fill(palette.canvas).stroke(Stroke::NONE)).show(
        ui,
        |ui| {
            let canvas = views::step::show(ui, sheet);
            if !inspected {
                caption::chips(ui, sheet);
            }
            notices::show(ui, sheet, canvas);
        },
    );
}

/// Draws the figure alone with its caption: what is copied and saved.
pub fn draw_figure(ui: &mut Ui, studio: &Studio, painter: &mut Painter) -> Outcome {
    let mut sheet = Sheet::new(studio, painter);
    let canvas = Frame::new().fill(sheet.palette.canvas);
    Panel::bottom("caption")
        .exact_size(size::BAR_HEIGHT)
        .resizable(false)
        .show_separator_line(false)
        .frame(canvas.inner_margin(Margin::symmetric(24, 8)))
        .show(ui, |ui| caption::sentence(ui, &sheet));
    CentralPanel::default().frame(canvas).show(ui, |ui| match studio.scene.view {
        View::Step => views::step::figure(ui, &mut sheet),
        View::Train => views::train::show(ui, &mut sheet),
        View::Parameters => views::parameters::show(ui, &mut sheet),
        View::Field => views::field::figure(ui, &mut sheet),
    });
    Outcome { actions: sheet.actions, hover: sheet.hover }
}

/// Draws the speaker's window; `seconds` is how long the talk has lasted.
pub fn draw_speaker(
    ui: &mut Ui,
    studio: &Studio,
    painter: &mut Painter,
    seconds: Option<f64>,
) -> Outcome {
    let mut sheet = Sheet::new(studio, painter);
    speaker::show(ui, &mut sheet, seconds);
    Outcome { actions: sheet.actions, hover: sheet.hover }
}

/// The inspector gives way where the window is narrow, so that the figure stays readable.
fn inspector_width(available: f32) -> f32 {
    size::INSPECTOR_WIDTH.min(available * 0.36)
}
