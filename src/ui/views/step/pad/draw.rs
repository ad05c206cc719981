//! A sheet to draw on: the pen, the eraser, one digit or a line, and what the network sees of it.

use egui::{Rect, Response, ScrollArea, Sense, Ui, Vec2, vec2};

use super::{keyboard, learn, named, pen};
use crate::data::drawing::HEIGHT;
use crate::ui::action::{Action, Touch};
use crate::ui::input::Input;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{Grey, framed, text, toggle};

/// Digits of a line, as the pad offers it.
const LINE_DIGITS: u32 = 5;
/// Side of what the network sees; the small one leaves room for what it may learn.
const SEEN: f32 = 128.0;
const SEEN_SMALL: f32 = 48.0;
/// Points that all of it takes, with two rows of remembered digits.
const ROOM: f32 = 300.0;

/// Pen, eraser, clear; a sheet for one digit or for a line.
pub fn tools(ui: &mut Ui, sheet: &mut Sheet<'_>) -> bool {
    let id = egui::Id::unique("eraser");
    let mut erase = ui.data_mut(|data| *data.get_temp_mut_or_default::<bool>(id));
    let lined = sheet.studio.drawing().is_some_and(|drawing| drawing.width > HEIGHT);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        ui.spacing_mut().button_padding.x = 8.0;
        for (on, key) in [(false, "pad-pen"), (true, "pad-eraser")] {
            let label = sheet.say(key);
            if toggle(ui, sheet.palette, erase == on, &label).clicked() {
                erase = on;
            }
        }
        let clear = sheet.say("pad-clear");
        if ui.button(clear).clicked() {
            sheet.act(Action::Touch(Touch::Clear));
            erase = false;
        }
        if !lined {
            ui.end_row();
        }
        for (digits, key) in [(1, "pad-one-digit"), (LINE_DIGITS, "pad-line")] {
            let label = sheet.say(key);
            let on = lined == (digits > 1);
            if toggle(ui, sheet.palette, on, &label).clicked() && !on {
                sheet.act(Action::Touch(Touch::Sheet { digits }));
                erase = false;
            }
        }
    });
    ui.data_mut(|data| data.insert_temp(id, erase));
    erase
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let Some(input) = &sheet.studio.input else { return };
    let side = ui.available_width();
    let erase = tools(ui, sheet);
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::click_and_drag());
    framed(ui, sheet.palette, "pad", &input.original, Grey::Ink, rect);
    pen::strokes(ui, sheet, &response, erase, |at| (at - rect.min) / side * HEIGHT as f32);
    by_keyboard(ui, sheet, &response, rect, side / HEIGHT as f32);
    named(sheet, &response, "pad-name");
    let blank = sheet.studio.drawing().is_none_or(crate::data::Drawing::is_blank);
    let taught = !sheet.studio.hand.digits.is_empty();
    let learns = sheet.studio.reads_one_digit();
    if !learns || (blank && !taught) {
        let hint = sheet.say("pad-hint");
        text(ui, hint, Type::Caption, sheet.palette.muted);
    }
    if !learns {
        return seen(ui, sheet, input, SEEN);
    }
    ScrollArea::vertical().id_salt("hand").auto_shrink(false).show(ui, |ui| {
        // Frames lie outside of what they frame.
        ui.set_clip_rect(ui.clip_rect().expand(1.0));
        // In a low window, what is remembered needs the room: the figure shows the image too.
        if !taught || ui.available_height() >= ROOM {
            seen(ui, sheet, input, SEEN_SMALL);
        }
        learn::show(ui, sheet);
    });
}

/// The keyboard's pen on the sheet that lies at `sheet_at`, a unit of it `scale` wide.
pub fn by_keyboard(
    ui: &Ui,
    sheet: &mut Sheet<'_>,
    response: &Response,
    sheet_at: Rect,
    scale: f32,
) {
    let width = sheet.studio.drawing().map_or(HEIGHT, |drawing| drawing.width);
    let grid = [HEIGHT as usize, width as usize];
    let Some(cursor) = keyboard::cursor(ui, response, grid) else { return };
    keyboard::show_cursor(ui, sheet, sheet_at, Vec2::splat(scale), cursor.at);
    if (cursor.marks || cursor.erases) && (cursor.begins || cursor.moved) {
        let points = vec![[cursor.at[1] as f32 + 0.5, cursor.at[0] as f32 + 0.5]];
        let (erase, begin) = (cursor.erases, cursor.begins);
        if begin {
            sheet.act(Action::BeginGesture);
        }
        sheet.act(Action::Touch(Touch::Pen { points, erase, begin }));
    }
}

/// What the network sees of the drawing.
fn seen(ui: &mut Ui, sheet: &Sheet<'_>, input: &Input, most: f32) {
    let side = (ui.available_height() - 34.0).clamp(SEEN_SMALL, most);
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
        framed(ui, sheet.palette, "pad-seen", &input.tensor, Grey::Ink, rect);
        ui.vertical(|ui| {
            let words = sheet.say("pad-seen");
            text(ui, words, Type::Caption, sheet.palette.muted);
        });
    });
}
