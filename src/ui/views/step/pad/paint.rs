//! Painting single pixels of what the network sees.

use egui::{PointerButton, Rect, Sense, Ui, vec2};

use super::{fitted, keyboard, named, reset};
use crate::data::Stage;
use crate::data::pipeline::{INK, PAPER};
use crate::locale::{Message, signed};
use crate::ui::action::{Action, Touch};
use crate::ui::input::Input;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{Grey, framed, text, toggle};

/// Painting single pixels of what the network sees.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let Some(input) = &sheet.studio.input else { return };
    let id = egui::Id::unique("paper-brush");
    let mut paper = ui.data_mut(|data| *data.get_temp_mut_or_default::<bool>(id));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (on, key) in [(false, "paint-ink"), (true, "paint-paper")] {
            let label = sheet.say(key);
            if toggle(ui, sheet.palette, paper == on, &label).clicked() {
                paper = on;
            }
        }
    });
    ui.data_mut(|data| data.insert_temp(id, paper));
    let [_, rows, columns] = input.tensor.chw();
    let size = fitted(&input.tensor, vec2(ui.available_width(), ui.available_width()));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click_and_drag());
    framed(ui, sheet.palette, "paint", &input.tensor, Grey::Ink, rect);
    named(sheet, &response, "paint-name");
    let pixel = |at: egui::Pos2| {
        let place = (at - rect.min) / size * vec2(columns as f32, rows as f32);
        let inside = place.min_elem() >= 0.0 && place.x < columns as f32 && place.y < rows as f32;
        inside.then_some((place.y as usize, place.x as usize))
    };
    let [low, high] = ends(input);
    let mark = |sheet: &mut Sheet<'_>, (y, x): (usize, usize), value: f32| {
        if input.tensor.at([0, y, x]) != value {
            let pixel = (y * columns + x) as u32;
            sheet.act(Action::Touch(Touch::Paint { pixel, value }));
        }
    };
    if response.is_pointer_button_down_on() {
        let (pressed, right, moved) = ui.input(|input| {
            let right = input.pointer.button_down(PointerButton::Secondary);
            (input.pointer.any_pressed(), right, input.pointer.delta())
        });
        if pressed {
            sheet.act(Action::BeginGesture);
        }
        if let Some(end) = response.interact_pointer_pos() {
            // A quick hand leaves no gaps.
            let start = if pressed { end } else { end - moved };
            let steps = ((end - start).length() / (size.x / columns as f32)).ceil().max(1.0);
            for step in 0..=steps as usize {
                let at = start + (end - start) * (step as f32 / steps);
                if let Some(cell) = pixel(at) {
                    mark(sheet, cell, if paper || right { low } else { high });
                }
            }
        }
    }
    if let Some(cursor) = keyboard::cursor(ui, &response, [rows, columns]) {
        let cell = size / vec2(columns as f32, rows as f32);
        keyboard::show_cursor(ui, sheet, rect, cell, cursor.at);
        if cursor.begins {
            sheet.act(Action::BeginGesture);
        }
        if cursor.marks || cursor.erases {
            let value = if paper || cursor.erases { low } else { high };
            mark(sheet, (cursor.at[0], cursor.at[1]), value);
        }
    }
    let words = match response.hover_pos().and_then(pixel) {
        Some((y, x)) => sheet.tell(
            &Message::new("paint-pixel")
                .with("row", y)
                .with("column", x)
                .with("value", signed(f64::from(input.tensor.at([0, y, x])), 3)),
        ),
        None => sheet.say("paint-hint"),
    };
    text(ui, words, Type::Caption, sheet.palette.muted);
    if let Some((y, x)) = response.hover_pos().and_then(pixel) {
        let cell = size / vec2(columns as f32, rows as f32);
        let min = rect.min + vec2(x as f32, y as f32) * cell;
        let line = egui::Stroke::new(1.5, sheet.palette.accent);
        ui.painter().rect_stroke(
            Rect::from_min_size(min, cell),
            0.0,
            line,
            egui::StrokeKind::Outside,
        );
    }
    reset(ui, sheet);
}

/// The values of paper and of ink after preprocessing.
fn ends(input: &Input) -> [f32; 2] {
    let normalised = input.stages.iter().rev().find_map(|stage| match stage {
        Stage::Normalise { paper, ink } => Some([*paper, *ink]),
        _ => None,
    });
    normalised.unwrap_or([PAPER, INK])
}
