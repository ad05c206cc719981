//! LeNet reads a line: an input wider than the network was made for, and underneath the answer at each
//! position. The same weights, whatever the size (LeCun 1998, §VII: space displacement networks).

use egui::{Align2, FontId, Rect, Sense, Stroke, Ui, pos2, vec2};

use super::pad;
use crate::data::drawing::HEIGHT;
use crate::explain::{Reading, read_line};
use crate::locale::Message;
use crate::ui::action::{Action, Touch, UnitRef};
use crate::ui::scene::Pad;
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Open, Seen, Studio};
use crate::ui::theme::Type;
use crate::ui::widgets::{Grey, chip, framed, text};

/// The largest that a pixel of the strip is drawn.
const LARGEST_PIXEL: f32 = 4.5;
const TABS: f32 = 36.0;
const ANSWERS: f32 = 34.0;
const SENTENCE: f32 = 26.0;
/// A squared distance that is this large is as good as no answer.
const FAR: f32 = 60.0;

/// Whether the network slides over a wide picture, or a wide sheet is to be drawn on.
#[must_use]
pub fn is_wide(studio: &Studio) -> bool {
    let slides = studio.open.as_ref().is_some_and(|open| open.slide.is_some());
    let lined = studio.drawing().is_some_and(|drawing| drawing.width > HEIGHT);
    slides || lined
}

/// Rows and columns of the strip.
fn size(studio: &Studio) -> [usize; 2] {
    let tensor = studio.input.as_ref().map(|input| input.tensor.chw());
    tensor.map_or([32, 160], |[_, h, w]| [h, w])
}

fn scale(room: f32, studio: &Studio) -> f32 {
    let [_, columns] = size(studio);
    ((room - 32.0) / columns as f32).min(LARGEST_PIXEL)
}

/// How high the whole is in so much room.
pub fn height(room: f32, studio: &Studio) -> f32 {
    let [rows, _] = size(studio);
    TABS + rows as f32 * scale(room, studio) + ANSWERS + SENTENCE + 44.0
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    let Some(input) = &studio.input else { return };
    let erase = ui
        .horizontal(|ui| {
            if studio.drawing().is_some() && studio.scene.pad == Pad::Draw {
                let erase = pad::draw::tools(ui, sheet);
                for (other, key) in [(Pad::Move, "pad-move"), (Pad::Paint, "pad-paint")] {
                    let label = sheet.say(key);
                    if chip(ui, sheet.palette, &label).clicked() {
                        sheet.act(Action::Touch(Touch::Pad(other)));
                    }
                }
                return erase;
            }
            if studio.drawing().is_some() {
                let draw = sheet.say("pad-draw");
                if chip(ui, sheet.palette, &draw).clicked() {
                    sheet.act(Action::Touch(Touch::Pad(Pad::Draw)));
                }
            } else {
                let back = sheet.say("one-digit-again");
                if chip(ui, sheet.palette, &back).clicked() {
                    sheet.act(Action::Touch(Touch::KeepSize(false)));
                }
            }
            false
        })
        .inner;
    let scale = scale(ui.available_width() + 32.0, studio);
    let [rows, columns] = size(studio);
    let strip = vec2(columns as f32, rows as f32) * scale;
    let (rect, response) = ui.allocate_exact_size(strip, Sense::click_and_drag());
    framed(ui, sheet.palette, "strip", &input.tensor, Grey::Ink, rect);
    pad::named(sheet, &response, "strip-name");
    if studio.drawing().is_some() && studio.scene.pad == Pad::Draw {
        // The sheet lies in the middle of the strip.
        let border = (rows as f32 - HEIGHT as f32) / 2.0;
        pad::pen::strokes(ui, sheet, &response, erase, |at| {
            (at - rect.min) / scale - vec2(0.0, border)
        });
        let sheet_at = rect.translate(vec2(0.0, border * scale));
        pad::draw::by_keyboard(ui, sheet, &response, sheet_at, scale);
    }
    let (Some(open), Some(seen)) = (&studio.open, &studio.seen) else {
        let hint = sheet.say("line-empty");
        text(ui, hint, Type::Body, sheet.palette.muted);
        return;
    };
    if open.slide.is_some() {
        answers(ui, sheet, open, seen, rect, scale);
    }
}

/// The nearest class at each position, and the digits that are read.
fn answers(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, seen: &Seen, strip: Rect, scale: f32) {
    let network = &open.network;
    let node = network.scores();
    let scores = seen.trace.output(node);
    let [classes, _, positions] = scores.chw();
    let field = open.fields.map(network, node, 0);
    let (jump, width) = (field.jump[1] as f32, field.size[1] as f32);
    let read = read_line(network, scores, field.jump[1].max(1) as usize);
    let (row, _) = ui.allocate_exact_size(vec2(strip.width(), ANSWERS), Sense::hover());
    let palette = sheet.palette;
    let lower = network.lower_is_better();
    let sign = if lower { 1.0 } else { -1.0 };
    for position in 0..positions {
        let score = |class: usize| scores.at([class, 0, position]);
        let order = |a: &usize, b: &usize| (sign * score(*a)).total_cmp(&(sign * score(*b)));
        let Some(best) = (0..classes).min_by(order) else { continue };
        let x = strip.left() + (position as f32 * jump + width / 2.0) * scale;
        let cell =
            Rect::from_center_size(pos2(x, row.center().y), vec2(jump * scale, row.height()));
        let id = ui.scope_id().with(("position", position));
        let response = ui.interact(cell, id, Sense::click());
        let is_read = read.iter().any(|r: &Reading| r.position == position);
        let sure = if lower { (1.0 - score(best) / FAR).clamp(0.15, 1.0) } else { 0.5 };
        let unit = UnitRef { node, unit: [best, 0, position] };
        let pinned =
            sheet.studio.pin().is_some_and(|pin| pin.node == node && pin.unit[2] == position);
        let (font, ink) = if is_read {
            (FontId::new(20.0, Type::StrongNumber.family()), palette.accent)
        } else {
            (Type::SmallNumber.font(), palette.muted.gamma_multiply(sure))
        };
        let covered = sheet.studio.covered.is_some();
        let label = if covered { "•".to_owned() } else { network.label(best) };
        ui.painter().text(cell.center(), Align2::CENTER_CENTER, &label, font, ink);
        if pinned || response.hovered() {
            let left = strip.left() + position as f32 * jump * scale;
            let window =
                Rect::from_min_size(pos2(left, strip.top()), vec2(width * scale, strip.height()));
            let line = Stroke::new(if pinned { 2.0 } else { 1.0 }, palette.amber);
            ui.painter().rect_stroke(window, 0.0, line, egui::StrokeKind::Inside);
        }
        let message = Message::new("position-name").with("position", position).with("label", label);
        let name = sheet.tell(&message);
        response.widget_info(|| {
            egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, pinned, name.clone())
        });
        if response.clicked() {
            sheet.act(Action::Pin(unit));
        }
    }
    if sheet.studio.covered.is_some() {
        return;
    }
    let words: String = read.iter().map(|reading| network.label(reading.class)).collect();
    let message = if words.is_empty() {
        Message::new("line-reads-nothing")
    } else {
        Message::new("line-reads").with("text", words).with_count("positions", positions)
    };
    text(ui, sheet.tell(&message), Type::Body, palette.text);
}
