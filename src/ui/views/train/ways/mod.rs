//! Three ways to connect, trained on the same images: who still reads a digit that moved, and who needs
//! neighbours.

mod digit;
mod results;

use egui::{Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, vec2};

use super::chart::{Band, bands};
use super::numerals::percent;
use super::thumbs::first_kernels;
use super::watch::is_high;
use crate::locale::{Lang, Message};
use crate::paper::sketch::{Anchor, Hand, Role, Sketch};
use crate::ui::scene::Varied;
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Studio, WAYS_SHIFT};
use crate::ui::theme::{Type, size};
use crate::ui::widgets::sketch::paint;
use crate::ui::widgets::{cell, text};
use digit::{Digit, drag, show_image};
pub use results::sentence;
use results::{
    WAYS, Way, about_scrambled, about_shift, failed, learned, params_of, right, seconds_of, ways,
};

/// The curves' height and an image's side in a low window, and how much larger they are in a high one.
const CURVES: f32 = 210.0;
const IMAGE: f32 = 76.0;
const LARGER: f32 = 1.7;

fn scale(ui: &Ui) -> f32 {
    if is_high(ui) { LARGER } else { 1.0 }
}

/// The figure that leaves the window: its curves, the line over them and the rows under them.
const FIGURE: [f32; 2] = [720.0, 260.0];
const TITLE: f32 = 24.0;
const ROW: f32 = 20.0;
/// Kernels with more columns are drawn larger.
const LARGE: usize = 16;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    let series = studio.scene.train.series.as_ref();
    let is_there = series.is_some_and(|series| series.what == Varied::Ways);
    ScrollArea::vertical().id_salt("ways").show(ui, |ui| {
        sheet.title(ui, &Message::new("ways-title"), Type::Title);
        if !is_there {
            let words = sheet.say("ways-intro");
            text(ui, words, Type::Body, sheet.palette.text);
            return;
        }
        ui.add_space(size::GAP);
        let ways = ways(studio);
        let half = (ui.available_width() - 40.0) / 2.0;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 40.0;
            ui.vertical(|ui| {
                ui.set_width(half);
                shifted(ui, sheet, &ways);
                ui.add_space(size::SECTION);
                drag(ui, sheet, &ways);
            });
            ui.vertical(|ui| {
                ui.set_width(half);
                scrambled(ui, sheet, &ways);
                ui.add_space(size::SECTION);
                table(ui, sheet, &ways);
            });
        });
    });
}

/// The role of a way's lines: convolution is the one that is taught.
const fn role(way: usize) -> Role {
    match way {
        0 => Role::Text,
        1 => Role::Bar,
        _ => Role::Accent,
    }
}

/// Accuracy by how many pixels a digit was moved.
fn of_shifts(ways: &[Way<'_>; 3], lang: Lang, size: [f32; 2]) -> Sketch {
    let all: Vec<Band> = ways
        .iter()
        .enumerate()
        .filter_map(|(way, known)| {
            let curves: Vec<&[f64]> =
                known.plain.iter().filter_map(|run| run.shifts.as_deref()).collect();
            Band::of(&curves, role(way), Message::new(WAYS[way]).text(lang))
        })
        .collect();
    bands(&all, WAYS_SHIFT, Message::new("ways-shift-pixels").text(lang), size)
}

/// The three ways as a figure: who reads what moved, and under it what each of them reads and takes.
pub fn sketch(studio: &Studio) -> Sketch {
    let lang = studio.settings.lang;
    let ways = ways(studio);
    let [width, plot] = FIGURE;
    let mut sketch = Sketch::new([width, TITLE + plot + ROW * 5.0]);
    let say = |key| Message::new(key).text(lang);
    sketch.text([0.0, TITLE / 2.0], Anchor::Left, say("ways-shift"), Hand::Label, Role::Text);
    sketch.place(of_shifts(&ways, lang, FIGURE), [0.0, TITLE]);
    let heads = [
        "ways-way",
        "ways-digits",
        "ways-pixels",
        "train-sweep-params",
        "ways-train",
        "train-sweep-time",
    ];
    let at = |column: usize, row: usize| {
        [column as f32 * width / heads.len() as f32, TITLE + plot + (row as f32 + 1.0) * ROW]
    };
    for (column, key) in heads.into_iter().enumerate() {
        sketch.text(at(column, 0), Anchor::Left, say(key), Hand::Caption, Role::Muted);
    }
    for (way, known) in ways.iter().enumerate() {
        let part = |part: Option<f64>| part.map_or_else(|| "–".into(), percent);
        let cells = [
            say(WAYS[way]),
            part(right(&known.plain)),
            part(right(&known.scrambled)),
            params_of(known),
            part(learned(known)),
            seconds_of(known, lang),
        ];
        for (column, words) in cells.into_iter().enumerate() {
            let hand = if column == 0 { Hand::Caption } else { Hand::Number };
            sketch.text(at(column, way + 1), Anchor::Left, words, hand, Role::Text);
        }
    }
    sketch
}

fn shifted(ui: &mut Ui, sheet: &Sheet<'_>, ways: &[Way<'_>; 3]) {
    sheet.section(ui, &Message::new("ways-shift"));
    let sketch = of_shifts(ways, sheet.lang, [ui.available_width(), CURVES * scale(ui)]);
    let (rect, response) = ui.allocate_exact_size(sketch.size.into(), Sense::hover());
    paint(ui.painter(), sheet.palette, rect.min, &sketch);
    let name = format!("{}: {}", sheet.say("ways-shift"), sketch.words());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
    if let Some((message, ahead)) = about_shift(ways) {
        text(ui, sheet.tell(&message), Type::Body, sheet.palette.text);
        if ahead {
            text(ui, sheet.say("ways-shift-why"), Type::Caption, sheet.palette.muted);
        }
    }
}

/// Accuracy on digits and on scrambled ones.
fn scrambled(ui: &mut Ui, sheet: &mut Sheet<'_>, ways: &[Way<'_>; 3]) {
    sheet.section(ui, &Message::new("ways-scrambled"));
    let palette = sheet.palette;
    let side = IMAGE * scale(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        if let Some(digit) = Digit::of(sheet.studio, ways) {
            let at = [0, 0];
            let plain = digit.kept(ui, "plain", at, || digit.moved(at));
            let mixed = digit.kept(ui, "mixed", at, || digit.mixed());
            for (key, image) in [("ways-as-it-is", &plain), ("ways-mixed", &mixed)] {
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 3.0;
                    ui.set_width(side);
                    let (rect, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
                    show_image(ui, key, image, rect);
                    let line = Stroke::new(1.0, palette.hairline);
                    ui.painter().rect_stroke(rect, 0.0, line, StrokeKind::Outside);
                    let words = Message::new(key).with("label", &digit.label);
                    text(ui, sheet.tell(&words), Type::Caption, palette.muted);
                });
            }
        }
        egui::Grid::new("scrambled").num_columns(3).spacing([14.0, 6.0]).show(ui, |ui| {
            for key in ["ways-way", "ways-digits", "ways-pixels"] {
                cell(ui, sheet.say(key), Type::Caption, palette.muted);
            }
            ui.end_row();
            for (way, known) in ways.iter().enumerate() {
                cell(ui, sheet.say(WAYS[way]), Type::Body, palette.text);
                for runs in [&known.plain, &known.scrambled] {
                    let words = right(runs).map_or_else(|| "–".into(), percent);
                    cell(ui, words, Type::StrongNumber, palette.text);
                }
                ui.end_row();
            }
        });
    });
    if let Some(message) = about_scrambled(ways) {
        text(ui, sheet.tell(&message), Type::Body, palette.text);
    }
}

/// What each way costs, and what its first layer looks like.
fn table(ui: &mut Ui, sheet: &Sheet<'_>, ways: &[Way<'_>; 3]) {
    sheet.section(ui, &Message::new("ways-table"));
    let palette = sheet.palette;
    egui::Grid::new("ways-table").num_columns(6).spacing([14.0, 8.0]).show(ui, |ui| {
        for key in [
            "ways-way",
            "train-sweep-params",
            "ways-train",
            "ways-test",
            "train-sweep-time",
            "ways-first",
        ] {
            cell(ui, sheet.say(key), Type::Caption, palette.muted);
        }
        ui.end_row();
        for (way, known) in ways.iter().enumerate() {
            cell(ui, sheet.say(WAYS[way]), Type::Body, palette.text);
            cell(ui, params_of(known), Type::Number, palette.text);
            for part in [learned(known), right(&known.plain)] {
                let words = part.map_or_else(|| "–".into(), percent);
                cell(ui, words, Type::StrongNumber, palette.text);
            }
            cell(ui, seconds_of(known, sheet.lang), Type::Number, palette.muted);
            first_layer(ui, known);
            ui.end_row();
        }
    });
    let failed = failed(sheet.studio);
    if failed > 0 {
        let message = Message::new("ways-failed").with_count("count", failed);
        text(ui, sheet.tell(&message), Type::Caption, palette.error);
    }
}

/// Some kernels of C1, as they are now: those of a local layer as a mosaic.
fn first_layer(ui: &mut Ui, way: &Way<'_>) {
    let run = way.plain.first().copied().or(way.any);
    let kernels = run.and_then(|run| first_kernels(ui, &run.network, run.now.as_ref()?));
    let Some(kernels) = kernels else {
        ui.label("–");
        return;
    };
    let is_large = kernels.columns > LARGE;
    let shown = if is_large { 2 } else { 4 }.min(kernels.pictures);
    let side = if is_large { 72.0 } else { 34.0 } * scale(ui);
    let (rect, _) = ui.allocate_exact_size(vec2((side + 4.0) * shown as f32, side), Sense::hover());
    for kernel in 0..shown {
        let min = rect.min + vec2(kernel as f32 * (side + 4.0), 0.0);
        kernels.paint(ui, kernel, Rect::from_min_size(min, vec2(side, side)));
    }
}
