//! The keys.

use egui::{Grid, Ui};

use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{cell, text};

/// What to press, and the key of what it does.
const KEYS: [(&str, &str); 15] = [
    ("← →", "key-layer"),
    ("↑ ↓", "key-map"),
    ("Shift + ← → ↑ ↓", "key-unit"),
    ("Home End", "key-ends"),
    ("Enter", "key-enter"),
    ("Esc", "key-escape"),
    ("Backspace", "key-back"),
    ("F", "key-fit"),
    ("Ctrl + O", "key-open"),
    ("Ctrl + S", "key-save"),
    ("Ctrl + C", "key-copy"),
    ("Ctrl + Z · Ctrl + Shift + Z", "key-undo"),
    ("F2 · F3", "key-language-theme"),
    ("F1 · ?", "key-keys"),
    ("Ctrl + Q", "key-quit"),
];

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    Grid::new("keys").num_columns(2).spacing([24.0, 6.0]).show(ui, |ui| {
        for (press, key) in KEYS {
            cell(ui, press, Type::Number, sheet.palette.accent);
            cell(ui, sheet.say(key), Type::Body, sheet.palette.text);
            ui.end_row();
        }
    });
    let words = sheet.say("keys-mouse");
    ui.allocate_ui(egui::vec2(420.0, 40.0), |ui| {
        text(ui, words, Type::Caption, sheet.palette.muted);
    });
}
