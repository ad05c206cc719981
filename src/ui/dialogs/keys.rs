//! The keys.

use egui::{Grid, Ui};

use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{cell, text};

/// What to press, and the key of what it does.
const KEYS: [(&str, &str); 29] = [
    ("1 · 3 · 4", "key-views"),
    ("← →", "key-layer"),
    ("↑ ↓", "key-map"),
    ("Shift + ← → ↑ ↓", "key-unit"),
    ("Home End", "key-ends"),
    ("Enter", "key-enter"),
    ("Esc", "key-escape"),
    ("Backspace", "key-back"),
    ("F", "key-fit"),
    ("Space · Shift + Space", "key-play"),
    (", .", "key-step-time"),
    ("[ ]", "key-speed"),
    ("D", "key-draw"),
    ("M", "key-mute"),
    ("C · Alt + ↑ ↓ · Delete", "key-fields"),
    ("Ctrl + K", "key-palette"),
    ("Ctrl + E", "key-export"),
    ("Ctrl + V", "key-paste"),
    ("PageUp PageDown", "key-slides"),
    ("F4 · F11", "key-present"),
    ("H · L", "key-cover"),
    ("Ctrl + + − 0", "key-scale"),
    ("Ctrl + O", "key-open"),
    ("Ctrl + S", "key-save"),
    ("Ctrl + C", "key-copy"),
    ("Ctrl + Z · Ctrl + Shift + Z", "key-undo"),
    ("F2 · F3", "key-language-theme"),
    ("F1 · ?", "key-keys"),
    ("Ctrl + Q", "key-quit"),
];

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    // Two columns of keys, so that all of them fit into a small window.
    Grid::new("keys").num_columns(4).spacing([20.0, 6.0]).show(ui, |ui| {
        let half = KEYS.len().div_ceil(2);
        for row in 0..half {
            for (press, key) in [KEYS.get(row), KEYS.get(row + half)].into_iter().flatten() {
                cell(ui, *press, Type::Number, sheet.palette.accent);
                cell(ui, sheet.say(key), Type::Body, sheet.palette.text);
            }
            ui.end_row();
        }
    });
    let words = sheet.say("keys-mouse");
    ui.allocate_ui(egui::vec2(420.0, 40.0), |ui| {
        text(ui, words, Type::Caption, sheet.palette.muted);
    });
}
