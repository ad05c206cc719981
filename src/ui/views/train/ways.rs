//! Three ways to connect, trained on the same images: who still reads a digit that moved, and who needs
//! neighbours.

use std::sync::Arc;

use egui::{Color32, Rect, Response, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::chart::{Band, bands};
use super::kept::kept;
use super::numerals::{duration, percent};
use super::thumbs::first_kernels;
use crate::array::Array;
use crate::locale::{Lang, Message, count};
use crate::network::cost;
use crate::paper::sketch::{Anchor, Hand, Role, Sketch};
use crate::ui::action::{Action, TrainAction};
use crate::ui::scene::{Member, Varied};
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Studio, TrainRun, WAYS_SHIFT};
use crate::ui::theme::{Type, size};
use crate::ui::widgets::sketch::paint;
use crate::ui::widgets::{Grey, arrows, cell, picture, text};
use crate::worker::training::{RunState, Sets, scramble};

/// The names of the three ways.
const WAYS: [&str; 3] = ["growth-full", "growth-local", "growth-shared"];
const DIGIT: f32 = 112.0;
/// The figure that leaves the window: its curves, the line over them and the rows under them.
const FIGURE: [f32; 2] = [720.0, 260.0];
const TITLE: f32 = 24.0;
const ROW: f32 = 20.0;
/// Pixels that it can be moved by.
const FURTHEST: i32 = 8;
/// Kernels with more columns are drawn larger.
const LARGE: usize = 16;

/// What is known of one way: a value per seed.
#[derive(Default)]
struct Way<'a> {
    plain: Vec<&'a TrainRun>,
    scrambled: Vec<&'a TrainRun>,
    any: Option<&'a TrainRun>,
}

fn ways(studio: &Studio) -> [Way<'_>; 3] {
    let mut ways: [Way<'_>; 3] = Default::default();
    for (Member { value, plan, .. }, run) in studio.series() {
        let (Some(run), Some(way)) = (run, ways.get_mut(*value as usize)) else { continue };
        if !plan.scrambled {
            way.any = way.any.or(Some(run));
        }
        // One that failed is no result.
        if !(run.is_finished() && matches!(run.state, RunState::Done)) {
            continue;
        }
        if plan.scrambled { way.scrambled.push(run) } else { way.plain.push(run) }
    }
    ways
}

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
    let sketch = of_shifts(ways, sheet.lang, [ui.available_width(), 210.0]);
    let (rect, response) = ui.allocate_exact_size(sketch.size.into(), Sense::hover());
    paint(ui.painter(), sheet.palette, rect.min, &sketch);
    let name = format!("{}: {}", sheet.say("ways-shift"), sketch.words());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
    if let Some(message) = about_shift(ways) {
        text(ui, sheet.tell(&message), Type::Body, sheet.palette.text);
    }
}

fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let numbers: Vec<f64> = numbers.collect();
    (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / numbers.len() as f64)
}

fn right(runs: &[&TrainRun]) -> Option<f64> {
    mean(runs.iter().filter_map(|run| Some(run.history.last()?.test.accuracy)))
}

/// Two parts of 1 that differ by less are alike: chance alone moves a thousand images by about as much.
const ALIKE: f64 = 0.01;

/// What the measured numbers say about a shift of two pixels.
fn about_shift(ways: &[Way<'_>; 3]) -> Option<Message> {
    let at = |way: &Way<'_>| {
        mean(way.plain.iter().filter_map(|run| run.shifts.as_ref()?.get(2).copied()))
    };
    let [full, local, conv] = [at(&ways[0])?, at(&ways[1])?, at(&ways[2])?];
    let key = if conv > full.max(local) + ALIKE { "ways-shift-won" } else { "ways-shift-even" };
    let message = Message::new(key);
    Some(
        message
            .with("full", percent(full))
            .with("local", percent(local))
            .with("conv", percent(conv)),
    )
}

/// What the view says in one sentence.
pub fn sentence(studio: &Studio) -> Message {
    if let Some((done, all)) = studio.series_taking_up() {
        return Message::new("ways-taking-up").with("done", done).with("all", all);
    }
    let ways = ways(studio);
    let news = about_shift(&ways).or_else(|| about_scrambled(&ways));
    news.unwrap_or_else(|| Message::new("ways-narrator"))
}

/// Accuracy on digits and on scrambled ones.
fn scrambled(ui: &mut Ui, sheet: &mut Sheet<'_>, ways: &[Way<'_>; 3]) {
    sheet.section(ui, &Message::new("ways-scrambled"));
    let palette = sheet.palette;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        if let Some(digit) = Digit::of(sheet.studio, ways) {
            let at = [0, 0];
            let plain = digit.kept(ui, "plain", at, || digit.moved(at));
            let mixed = digit.kept(ui, "mixed", at, || digit.mixed());
            for (key, image) in [("ways-as-it-is", &plain), ("ways-mixed", &mixed)] {
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 3.0;
                    ui.set_width(76.0);
                    let (rect, _) = ui.allocate_exact_size(vec2(76.0, 76.0), Sense::hover());
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

fn about_scrambled(ways: &[Way<'_>; 3]) -> Option<Message> {
    let [full, conv] = [right(&ways[0].scrambled)?, right(&ways[2].scrambled)?];
    let key = if conv > full + ALIKE {
        "ways-scrambled-won"
    } else if full > conv + ALIKE {
        "ways-scrambled-lost"
    } else {
        "ways-scrambled-even"
    };
    Some(Message::new(key).with("full", percent(full)).with("conv", percent(conv)))
}

/// The test image of the drag, in the hand and read.
struct Digit {
    sets: Arc<Sets>,
    number: usize,
    /// Rows and columns of the sheet that the network sees.
    extent: [usize; 2],
    label: String,
}

impl Digit {
    fn of(studio: &Studio, ways: &[Way<'_>; 3]) -> Option<Self> {
        let run = ways.iter().find_map(|way| way.any)?;
        let sets = Arc::clone(run.sets.as_ref()?);
        let number = studio.scene.train.probe.min(sets.test.len().checked_sub(1)?);
        let [_, rows, columns] = run.network.input();
        let label = run.class_name(usize::from(*sets.test.labels().get(number)?));
        Some(Self { sets, number, extent: [rows, columns], label })
    }

    /// On its sheet, moved down and to the right.
    fn moved(&self, shift: [i32; 2]) -> Array {
        let (pixels, shape) = (self.sets.test.image(self.number), self.sets.test.shape());
        let image = Array::from_fn(&shape, |i| f32::from(pixels[i]) / 255.0);
        on_sheet(&image, self.extent, shift)
    }

    /// In its place, with all pixels in the other order.
    fn mixed(&self) -> Array {
        let (plain, [rows, columns]) = (self.moved([0, 0]), self.extent);
        let places = scramble(1, rows, columns);
        let area = rows * columns;
        Array::from_fn(plain.shape(), |i| plain.values()[i / area * area + places[i % area]])
    }

    /// One of the two, made once.
    fn kept(
        &self,
        ui: &Ui,
        place: &'static str,
        shift: [i32; 2],
        make: impl FnOnce() -> Array,
    ) -> Array {
        kept(ui, ("digit", place), &self.sets, (self.number, self.extent, shift), make)
    }
}

/// An image in the middle of a sheet, moved down and to the right.
fn on_sheet(image: &Array, [rows, columns]: [usize; 2], shift: [i32; 2]) -> Array {
    let [c, h, w] = image.chw();
    let offset = |outer: usize, inner: usize, by: i32| (outer - inner) as i32 / 2 + by;
    let (top, left) = (offset(rows, h, shift[0]), offset(columns, w, shift[1]));
    Array::from_fn(&[c, rows, columns], |i| {
        let (map, place) = (i / (rows * columns), i % (rows * columns));
        let (y, x) = ((place / columns) as i32 - top, (place % columns) as i32 - left);
        let inside = (0..h as i32).contains(&y) && (0..w as i32).contains(&x);
        if inside { image.at([map, y as usize, x as usize]) } else { 0.0 }
    })
}

fn show_image(ui: &Ui, place: &'static str, image: &Array, rect: Rect) {
    let texture = picture(ui, ("ways", place), image, Grey::Ink);
    let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter().image(texture.id(), rect, all, Color32::WHITE);
}

/// The first training of a way: the one that the worker has kept.
fn first<'a>(way: &Way<'a>) -> Option<&'a TrainRun> {
    way.plain.iter().find(|run| run.is_kept()).copied()
}

/// One digit in the hand: who still reads it?
fn drag(ui: &mut Ui, sheet: &mut Sheet<'_>, ways: &[Way<'_>; 3]) {
    if ways.iter().all(|way| first(way).is_none()) {
        return;
    }
    sheet.section(ui, &Message::new("ways-drag"));
    let studio = sheet.studio;
    let palette = sheet.palette;
    let Some(digit) = Digit::of(studio, ways) else { return };
    let shift = studio.scene.train.shift;
    let moved = digit.kept(ui, "moved", shift, || digit.moved(shift));
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 20.0;
        let (rect, response) = ui.allocate_exact_size(vec2(DIGIT, DIGIT), Sense::drag());
        show_image(ui, "drag", &moved, rect);
        let line = if response.has_focus() {
            Stroke::new(2.0, palette.accent)
        } else {
            Stroke::new(1.0, palette.hairline)
        };
        ui.painter().rect_stroke(rect, 0.0, line, StrokeKind::Outside);
        let name = sheet.say("ways-drag-hint");
        let message = Message::new("ways-moved").with("down", shift[0]).with("right", shift[1]);
        let at = sheet.tell(&message);
        response.widget_info(|| {
            let said = format!("{name} {at}");
            egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, said)
        });
        let wanted = pulled(ui, &response, digit.extent[1], shift);
        if response.drag_started() || wanted.by_key {
            sheet.act(Action::BeginGesture);
        }
        if wanted.shift != shift {
            sheet.act(Action::Train(TrainAction::Shift(wanted.shift)));
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 6.0;
            for (way, known) in ways.iter().enumerate() {
                ui.horizontal(|ui| {
                    ui.allocate_ui(vec2(120.0, 18.0), |ui| {
                        ui.set_min_width(120.0);
                        cell(ui, sheet.say(WAYS[way]), Type::Body, palette.text);
                    });
                    let read = first(known).and_then(|run| Some((run, run.read.as_ref()?)));
                    let Some((run, read)) =
                        read.filter(|(_, read)| (read.image, read.shift) == (digit.number, shift))
                    else {
                        cell(ui, "…", Type::Body, palette.muted);
                        return;
                    };
                    let best = (0..read.probabilities.len())
                        .max_by(|&a, &b| read.probabilities[a].total_cmp(&read.probabilities[b]));
                    let Some(best) = best else { return };
                    let answer = run.class_name(best);
                    let (sign, ink) = if answer == digit.label {
                        ("✓", palette.accent)
                    } else {
                        ("✗", palette.error)
                    };
                    cell(ui, sign, Type::Strong, ink);
                    let words = format!("{answer}  {}", percent(read.probabilities[best]));
                    cell(ui, words, Type::StrongNumber, palette.text);
                });
            }
            text(ui, at, Type::Caption, palette.muted);
            text(ui, name, Type::Caption, palette.muted);
        });
    });
}

/// Where the digit is to be.
struct Pulled {
    shift: [i32; 2],
    by_key: bool,
}

/// By the pointer from where it was when the drag began, or by the arrows pixel by pixel.
fn pulled(ui: &Ui, response: &Response, columns: usize, shift: [i32; 2]) -> Pulled {
    let reach = |at: i32| at.clamp(-FURTHEST, FURTHEST);
    if let Some([down, right]) = arrows(ui, response)
        && [down, right] != [0, 0]
    {
        let shift = [reach(shift[0] + down as i32), reach(shift[1] + right as i32)];
        return Pulled { shift, by_key: true };
    }
    if response.drag_started() {
        ui.data_mut(|data| data.insert_temp(response.id, shift));
    }
    let from = ui.data(|data| data.get_temp::<[i32; 2]>(response.id));
    let (press, at) =
        (ui.input(|input| input.pointer.press_origin()), response.interact_pointer_pos());
    let (true, Some(from), Some(press), Some(at)) = (response.dragged(), from, press, at) else {
        return Pulled { shift, by_key: false };
    };
    let by = (at - press) / (DIGIT / columns as f32);
    let shift = [reach(from[0] + by.y.round() as i32), reach(from[1] + by.x.round() as i32)];
    Pulled { shift, by_key: false }
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
    let failed = |run: &&TrainRun| matches!(run.state, RunState::Failed(_));
    let series = sheet.studio.series();
    let failed = series.iter().filter_map(|(_, run)| *run).filter(failed).count();
    if failed > 0 {
        let message = Message::new("ways-failed").with_count("count", failed);
        text(ui, sheet.tell(&message), Type::Caption, palette.error);
    }
}

fn params_of(way: &Way<'_>) -> String {
    let params = way.any.and_then(|run| cost::totals(&run.network).ok());
    params.map_or_else(|| "–".into(), |all| count(all.params))
}

/// The part of what was learned from that is read right.
fn learned(way: &Way<'_>) -> Option<f64> {
    mean(way.plain.iter().filter_map(|run| Some(run.history.last()?.train.accuracy)))
}

fn seconds_of(way: &Way<'_>, lang: Lang) -> String {
    let seconds = mean(way.plain.iter().map(|run| run.seconds));
    seconds.map_or_else(|| "–".into(), |seconds| duration(seconds).text(lang))
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
    let side = if is_large { 72.0 } else { 34.0 };
    let (rect, _) = ui.allocate_exact_size(vec2((side + 4.0) * shown as f32, side), Sense::hover());
    for kernel in 0..shown {
        let min = rect.min + vec2(kernel as f32 * (side + 4.0), 0.0);
        kernels.paint(ui, kernel, Rect::from_min_size(min, vec2(side, side)));
    }
}
