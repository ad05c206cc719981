//! The pen of the keyboard: the same marks without a pointer.

use egui::{Key, Rect, Response, Ui, Vec2, vec2};

use crate::ui::sheet::Sheet;

/// A pen for the keyboard: the arrows move it over a grid while the pad has the focus. Tells where it
/// stands, whether it has just moved, and the key that marks there.
pub fn cursor(ui: &Ui, response: &Response, [rows, columns]: [usize; 2]) -> Option<Cursor> {
    if !response.has_focus() {
        return None;
    }
    let filter = egui::EventFilter {
        horizontal_arrows: true,
        vertical_arrows: true,
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let id = response.id.with("cursor");
    let before = ui.data(|data| data.get_temp(id)).unwrap_or([rows / 2, columns / 2]);
    let cursor = ui.input(|input| {
        let pressed = |key| input.num_presses(key) as isize;
        let go = |at: usize, by: isize, end: usize| {
            at.saturating_add_signed(by).min(end.saturating_sub(1))
        };
        let at = [
            go(before[0], pressed(Key::ArrowDown) - pressed(Key::ArrowUp), rows),
            go(before[1], pressed(Key::ArrowRight) - pressed(Key::ArrowLeft), columns),
        ];
        Cursor {
            at,
            moved: at != before,
            marks: input.key_down(Key::Space),
            erases: input.key_down(Key::Delete),
            begins: input.key_pressed(Key::Space) || input.key_pressed(Key::Delete),
        }
    });
    ui.data_mut(|data| {
        data.insert_temp(id, cursor.at);
        data.insert_temp(crate::ui::widgets::cursor_id(), response.id);
    });
    Some(cursor)
}

/// Where the keyboard's pen stands, row and column, and what it does.
#[derive(Clone, Copy)]
pub struct Cursor {
    pub at: [usize; 2],
    pub moved: bool,
    pub marks: bool,
    pub erases: bool,
    pub begins: bool,
}

/// A ring around the cell of the cursor.
pub fn show_cursor(ui: &Ui, sheet: &Sheet<'_>, rect: Rect, cell: Vec2, [y, x]: [usize; 2]) {
    let min = rect.min + vec2(x as f32, y as f32) * cell;
    let line = egui::Stroke::new(2.0, sheet.palette.accent);
    let cell = Rect::from_min_size(min, cell);
    ui.painter().rect_stroke(cell, 0.0, line, egui::StrokeKind::Outside);
}
