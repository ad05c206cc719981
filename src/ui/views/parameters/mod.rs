//! The Parameters view: one layer, connected fully, locally and with shared weights.

mod bars;
mod connect;
mod controls;
pub mod counts;
mod formula;
mod growth;
mod legend;
mod matrix;
mod narrate;
mod places;
mod sample;
mod slice;
mod strips;
mod trial;
mod wiring;

pub use controls::{options, show as controls};
pub use narrate::sentence_of;
pub use slice::sketch as slice_sketch;

use egui::{Align, Layout, Rect, ScrollArea, Sense, Ui, UiBuilder, pos2, vec2};

use crate::locale::Message;
use crate::paper::sketch::Sketch;
use crate::ui::studio::Studio;
use crate::ui::widgets::sketch::paint;

use crate::ui::action::{Action, Connect};
use crate::ui::scene::Page;
use crate::ui::sheet::Sheet;
use crate::ui::theme::size;
use crate::ui::widgets::toggle;

/// Points from which counts and matrix stand side by side.
const ROOM_FOR_BOTH: f32 = 960.0;
/// How much of the width the counts take.
const COUNTS: f32 = 0.56;
/// Points that the bars and the growth need.
const BARS: f32 = 140.0;
const LEAST_GROWTH: f32 = 200.0;
/// The growth is as high as there is room for, between these.
const LOWEST: f32 = 92.0;
const HIGHEST: f32 = 420.0;
/// Points kept for each note under the growth.
const NOTE: f32 = 36.0;

/// Draws the view in what is left of `ui`.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let whole = ui.max_rect().shrink2(vec2(size::FIGURE_MARGIN, 12.0));
    ui.scope_builder(UiBuilder::new().max_rect(whole), |ui| {
        connect::show(ui, sheet);
        let area = Rect::from_min_max(pos2(whole.left(), ui.cursor().top() + 4.0), whole.max);
        if area.width() >= ROOM_FOR_BOTH {
            let middle = (area.left() + area.width() * COUNTS).round();
            let left = area.with_max_x(middle - size::FIGURE_MARGIN);
            let right = area.with_min_x(middle + size::FIGURE_MARGIN);
            counts::hairline(ui, sheet, area.with_min_x(middle));
            within(ui, left, |ui| numbers(ui, sheet));
            within(ui, right, |ui| {
                pages(ui, sheet, &[Page::Wiring, Page::Trial]);
                page(ui, sheet, false);
            });
        } else {
            within(ui, area, |ui| {
                pages(ui, sheet, &[Page::Counts, Page::Wiring, Page::Trial]);
                match sheet.studio.scene.parameters.page {
                    Page::Counts => numbers(ui, sheet),
                    Page::Wiring | Page::Trial => page(ui, sheet, true),
                }
            });
        }
    });
}

fn within(ui: &mut Ui, rect: Rect, add: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.set_clip_rect(rect.expand(2.0).intersect(ui.clip_rect()));
        add(ui);
    });
}

/// What is beside the counts, or in their place.
fn page(ui: &mut Ui, sheet: &mut Sheet<'_>, alone: bool) {
    match sheet.studio.scene.parameters.page {
        Page::Counts | Page::Wiring => wiring::show(ui, sheet, alone),
        Page::Trial => {
            ScrollArea::vertical().id_salt("trial").show(ui, |ui| trial::show(ui, sheet));
        }
    }
}

fn pages(ui: &mut Ui, sheet: &mut Sheet<'_>, pages: &[Page]) {
    let shown = sheet.studio.scene.parameters.page;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for &page in pages {
            let key = match page {
                Page::Counts => "page-counts",
                Page::Wiring => "page-wiring",
                Page::Trial => "page-trial",
            };
            let first_of_two = page == Page::Wiring && !pages.contains(&Page::Counts);
            let on = page == shown || (first_of_two && shown == Page::Counts);
            let label = sheet.say(key);
            if toggle(ui, sheet.palette, on, &label).clicked() {
                sheet.act(Action::Parameters(Connect::Page(page)));
            }
        }
        if shown == Page::Wiring || (shown == Page::Counts && !pages.contains(&Page::Counts)) {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| legend::show(ui, sheet));
        }
    });
}

/// Counts, bars, growth, notes.
fn numbers(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    ScrollArea::vertical().id_salt("numbers").show(ui, |ui| {
        let bottom = ui.max_rect().bottom();
        // On a projector nothing is half there.
        let presenting = sheet.studio.settings.presenting;
        counts::show(ui, sheet);
        if presenting && bottom - ui.cursor().top() < BARS {
            return;
        }
        ui.add_space(size::SECTION);
        sheet.section(ui, &Message::new("section-bars"));
        figure(ui, sheet, "section-bars", &bars::sketch(sheet.studio, ui.available_width()));
        if presenting && bottom - ui.cursor().top() < LEAST_GROWTH {
            return;
        }
        ui.add_space(size::GAP);
        let notes = narrate::notes(sheet.studio).len() as f32 * NOTE;
        let left = bottom - ui.cursor().top() - notes - 3.0 * size::GAP - 18.0;
        sheet.section(ui, &Message::new("section-growth"));
        let size = [ui.available_width(), left.clamp(LOWEST, HIGHEST)];
        figure(ui, sheet, "section-growth", &growth::sketch(sheet.studio, size));
        ui.add_space(size::GAP);
        counts::notes(ui, sheet);
    });
}

/// A figure made of marks, with a name.
fn figure(ui: &mut Ui, sheet: &Sheet<'_>, key: &'static str, sketch: &Sketch) {
    let (rect, response) = ui.allocate_exact_size(sketch.size.into(), Sense::hover());
    paint(ui.painter(), sheet.palette, rect.min, sketch);
    let name = sheet.say(key);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
}

/// What of the view is made of lines and words: the slice, the bars, the growth.
#[must_use]
pub fn as_sketch(studio: &Studio) -> Sketch {
    const WIDTH: f32 = 640.0;
    const GROWTH: f32 = 260.0;
    const GAP: f32 = 20.0;
    let parts = [
        slice::sketch(studio, WIDTH, None),
        bars::sketch(studio, WIDTH),
        growth::sketch(studio, [WIDTH, GROWTH]),
    ];
    let height: f32 = parts.iter().map(|part| part.size[1] + GAP).sum();
    let mut whole = Sketch::new([WIDTH + 2.0 * GAP, height + GAP]);
    let mut top = GAP;
    for part in parts {
        let height = part.size[1];
        whole.place(part, [GAP, top]);
        top += height + GAP;
    }
    whole
}
