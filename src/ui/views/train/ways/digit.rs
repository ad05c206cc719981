//! One digit in the hand: it is dragged, and each way reads it.

use std::sync::Arc;

use egui::{Color32, Rect, Response, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::results::{WAYS, Way};
use super::scale;
use crate::array::Array;
use crate::locale::Message;
use crate::ui::action::{Action, TrainAction};
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Studio, TrainRun};
use crate::ui::theme::Type;
use crate::ui::views::train::kept::kept;
use crate::ui::views::train::numerals::percent;
use crate::ui::widgets::{Grey, arrows, cell, picture, text};
use crate::worker::training::{Sets, scramble};

const DIGIT: f32 = 112.0;
/// Pixels that it can be moved by.
const FURTHEST: i32 = 8;

/// The test image of the drag, in the hand and read.
pub struct Digit {
    sets: Arc<Sets>,
    number: usize,
    /// Rows and columns of the sheet that the network sees.
    extent: [usize; 2],
    pub label: String,
}

impl Digit {
    pub fn of(studio: &Studio, ways: &[Way<'_>; 3]) -> Option<Self> {
        let run = ways.iter().find_map(|way| way.any)?;
        let sets = Arc::clone(run.sets.as_ref()?);
        let number = studio.scene.train.probe.min(sets.test.len().checked_sub(1)?);
        let [_, rows, columns] = run.network.input();
        let label = run.class_name(usize::from(*sets.test.labels().get(number)?));
        Some(Self { sets, number, extent: [rows, columns], label })
    }

    /// On its sheet, moved down and to the right.
    pub fn moved(&self, shift: [i32; 2]) -> Array {
        let (pixels, shape) = (self.sets.test.image(self.number), self.sets.test.shape());
        let image = Array::from_fn(&shape, |i| f32::from(pixels[i]) / 255.0);
        on_sheet(&image, self.extent, shift)
    }

    /// In its place, with all pixels in the other order.
    pub fn mixed(&self) -> Array {
        let (plain, [rows, columns]) = (self.moved([0, 0]), self.extent);
        let places = scramble(1, rows, columns);
        let area = rows * columns;
        Array::from_fn(plain.shape(), |i| plain.values()[i / area * area + places[i % area]])
    }

    /// One of the two, made once.
    pub fn kept(
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

pub fn show_image(ui: &Ui, place: &'static str, image: &Array, rect: Rect) {
    let texture = picture(ui, ("ways", place), image, Grey::Ink);
    let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
    ui.painter().image(texture.id(), rect, all, Color32::WHITE);
}

/// The first training of a way: the one that the worker has kept.
fn first<'a>(way: &Way<'a>) -> Option<&'a TrainRun> {
    way.plain.iter().find(|run| run.is_kept()).copied()
}

/// One digit in the hand: who still reads it?
pub fn drag(ui: &mut Ui, sheet: &mut Sheet<'_>, ways: &[Way<'_>; 3]) {
    if ways.iter().all(|way| first(way).is_none()) {
        return;
    }
    sheet.section(ui, &Message::new("ways-drag"));
    let studio = sheet.studio;
    let palette = sheet.palette;
    let Some(digit) = Digit::of(studio, ways) else { return };
    let shift = studio.scene.train.shift;
    let moved = digit.kept(ui, "moved", shift, || digit.moved(shift));
    let side = DIGIT * scale(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 20.0;
        let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::drag());
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
    let by = (at - press) / (response.rect.width() / columns as f32);
    let shift = [reach(from[0] + by.y.round() as i32), reach(from[1] + by.x.round() as i32)];
    Pulled { shift, by_key: false }
}
