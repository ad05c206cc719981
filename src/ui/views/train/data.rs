//! The images, before anything is learned from them: some of each class, their mean, how many there are, and
//! how much a pixel says about those beside it.

use std::sync::Arc;

use egui::{Align2, Color32, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::controls::title_of;
use super::kept::kept;
use super::watch::is_high;
use crate::array::Array;
use crate::data::LabelledImages;
use crate::data::overview::{self, Distance, Means, Standardised};
use crate::locale::{Message, count, value};
use crate::paper::sketch::{Anchor, Hand, Mark, Pen, Role, Sketch};
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::sketch::paint;
use crate::ui::widgets::{Grey, cell, picture, text};
use crate::worker::training::{Sets, scramble};

/// Images that are looked at for means and correlations.
const LOOKED_AT: usize = 1_000;
const SEED: u64 = 1;
/// Pixels between two that are compared, at most.
const FURTHEST: usize = 12;
/// A row: so low in a low window that what the curve says is seen, too.
const SIDES: [f32; 2] = [26.0, 48.0];
const GAP: f32 = 4.0;
/// Classes that have a row.
const MOST_CLASSES: usize = 12;

/// Images of a class that are shown at most.
const MOST_SHOWN: usize = 12;

/// What is worked out once for a set.
struct Overview {
    counts: Vec<usize>,
    means: Means,
    /// Some images of each class.
    sample: Vec<Vec<Array>>,
    near: Vec<Distance>,
    scrambled: Vec<Distance>,
}

impl Overview {
    fn of(sets: &Sets) -> Self {
        let (images, classes) = (&sets.train, sets.classes.len());
        let numbers = overview::some(images, LOOKED_AT, SEED);
        let plain = Standardised::new(images, &numbers);
        let [_, h, w] = images.shape();
        let scrambled = plain.scrambled(&scramble(SEED, h, w));
        let sample = overview::sample(images, classes, MOST_SHOWN, SEED);
        let unpacked = |numbers: Vec<usize>| -> Vec<Array> {
            numbers.into_iter().map(|number| array_of(images, number)).collect()
        };
        Self {
            counts: overview::counts(images, classes),
            means: overview::means(images, &numbers, classes),
            sample: sample.into_iter().map(unpacked).collect(),
            near: plain.curve(FURTHEST.min(h.min(w) - 1)),
            scrambled: scrambled.curve(FURTHEST.min(h.min(w) - 1)),
        }
    }
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun) {
    let Some(sets) = run.sets.clone() else { return };
    let overview = kept(ui, "overview", &sets, (), || Arc::new(Overview::of(&sets)));
    ScrollArea::vertical().id_salt("data").show(ui, |ui| {
        let message = Message::new("data-title")
            .with("title", title_of(sheet, run))
            .with("train", count(sets.train.len() as u128))
            .with("test", count(sets.test.len() as u128));
        sheet.title(ui, &message, Type::Title);
        ui.add_space(size::GAP);
        classes(ui, sheet, &sets, &overview);
        ui.add_space(size::SECTION);
        sheet.section(ui, &Message::new("data-correlation"));
        let sketch = correlation(sheet, &overview, ui.available_width().min(540.0));
        let (rect, response) = ui.allocate_exact_size(sketch.size.into(), Sense::hover());
        paint(ui.painter(), sheet.palette, rect.min, &sketch);
        let name = format!("{}: {}", sheet.say("data-correlation"), sketch.words());
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
        });
        let near = overview.near.get(1).and_then(|distance| distance.both).unwrap_or(0.0);
        let far = overview.near.get(8).and_then(|distance| distance.both).unwrap_or(0.0);
        let message = Message::new("data-correlation-says")
            .with("near", value(near, 2))
            .with("far", value(far, 2));
        text(ui, sheet.tell(&message), Type::Body, sheet.palette.text);
    });
}

/// A row per class: its mean, how many there are, and some of them.
fn classes(ui: &mut Ui, sheet: &Sheet<'_>, sets: &Sets, overview: &Overview) {
    let palette = sheet.palette;
    let most = overview.counts.iter().copied().max().unwrap_or(1).max(1) as f32;
    let side = SIDES[usize::from(is_high(ui))];
    let names = 84.0;
    let bars = 92.0;
    let room = ui.available_width() - names - bars - side - 3.0 * 12.0;
    let shown = ((room + GAP) / (side + GAP)).floor().max(1.0) as usize;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 12.0;
        for (key, width) in
            [("data-class", names), ("data-count", bars), ("data-mean", side), ("data-some", 80.0)]
        {
            ui.allocate_ui(vec2(width, 16.0), |ui| {
                ui.set_min_width(width);
                cell(ui, sheet.say(key), Type::Caption, palette.muted);
            });
        }
    });
    ui.spacing_mut().item_spacing.y = 4.0;
    for (class, name) in sets.classes.iter().enumerate().take(MOST_CLASSES) {
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), side), Sense::hover());
        let painter = ui.painter();
        let middle = row.center().y;
        let short: String = name.chars().take(11).collect();
        let at = pos2(row.left(), middle);
        painter.text(at, Align2::LEFT_CENTER, short, Type::Body.font(), palette.text);
        let number = overview.counts.get(class).copied().unwrap_or(0);
        let left = row.left() + names + 12.0;
        let length = number as f32 / most * (bars - 44.0);
        let bar = Rect::from_min_size(pos2(left, middle - 5.0), vec2(length.max(1.0), 10.0));
        painter.rect_filled(bar, 2.0, palette.bar);
        let at = bar.right_center() + vec2(5.0, 0.0);
        let font = Type::SmallNumber.font();
        painter.text(at, Align2::LEFT_CENTER, count(number as u128), font, palette.muted);
        let mut left = left + bars + 12.0;
        let frame = |left: f32| Rect::from_min_size(pos2(left, row.top()), vec2(side, side));
        if let Some(mean) = overview.means.of_class.get(class).and_then(Option::as_ref) {
            image(ui, ("mean", class, 0), mean, frame(left));
        }
        left += side + 12.0;
        let some = overview.sample.get(class).map_or(&[][..], Vec::as_slice);
        for (place, shown) in some.iter().take(shown).enumerate() {
            image(ui, ("sample", class, place), shown, frame(left));
            left += side + GAP;
        }
    }
    if sets.classes.len() > MOST_CLASSES {
        let message = Message::new("train-more").with("count", sets.classes.len() - MOST_CLASSES);
        cell(ui, sheet.tell(&message), Type::Caption, palette.muted);
    }
}

fn array_of(images: &LabelledImages, number: usize) -> Array {
    let pixels = images.image(number);
    Array::from_fn(&images.shape(), |i| f32::from(pixels[i]) / 255.0)
}

fn image(ui: &Ui, place: (&'static str, usize, usize), image: &Array, rect: Rect) {
    let texture = picture(ui, ("data", place), image, Grey::Ink);
    let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter().image(texture.id(), rect, all, Color32::WHITE);
}

/// How alike two pixels are, by how far apart they are.
fn correlation(sheet: &Sheet<'_>, overview: &Overview, width: f32) -> Sketch {
    let (height, left, right) = (170.0, 40.0, width - 120.0);
    let (top, bottom) = (8.0, height - 34.0);
    let mut sketch = Sketch::new([width, height]);
    let furthest = overview.near.len().saturating_sub(1).max(1) as f32;
    let x = |distance: usize| left + distance as f32 / furthest * (right - left);
    let y = |part: f64| bottom - (part.clamp(-0.2, 1.0) as f32 + 0.2) / 1.2 * (bottom - top);
    for tick in [0.0, 0.5, 1.0] {
        sketch.line([left, y(tick)], [right, y(tick)], Pen::new(Role::Hairline, 1.0));
        let words = value(tick, 1);
        sketch.text([left - 8.0, y(tick)], Anchor::Right, words, Hand::Number, Role::Muted);
    }
    for distance in (0..overview.near.len()).step_by(2) {
        let at = [x(distance), bottom + 12.0];
        sketch.text(at, Anchor::Middle, distance.to_string(), Hand::Number, Role::Muted);
    }
    let at = [f32::midpoint(left, right), bottom + 27.0];
    let words = sheet.say("data-distance");
    sketch.text(at, Anchor::Middle, words, Hand::Caption, Role::Muted);
    let lines = [
        (&overview.near, Role::Accent, "data-as-they-are"),
        (&overview.scrambled, Role::Bar, "data-scrambled"),
    ];
    for (line, role, key) in lines {
        let points: Vec<[f32; 2]> =
            line.iter().filter_map(|point| Some([x(point.distance), y(point.both?)])).collect();
        // The names stand where the lines are furthest apart.
        let named = points.get(2).copied().unwrap_or([left, top]);
        let at = match role {
            Role::Accent => [named[0] + 10.0, named[1] - 12.0],
            _ => [right + 8.0, points.last().map_or(top, |last| last[1]) - 12.0],
        };
        sketch.marks.push(Mark::Polyline { points, pen: Pen::new(role, 2.0) });
        sketch.text(at, Anchor::Left, sheet.say(key), Hand::Label, role);
    }
    sketch
}
