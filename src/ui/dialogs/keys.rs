//! The keys: those of the view, then those that hold everywhere.

use egui::{Grid, Ui};

use crate::ui::scene::View;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{cell, text};

/// What to press, and the key of what it does.
type Entry = (&'static str, &'static str);

const STEP: &[Entry] = &[
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
];

const PARAMETERS: &[Entry] = &[
    ("← → · , .", "key-stop"),
    ("Home End", "key-stop-ends"),
    ("↑ ↓ · Shift + ← →", "key-cell"),
    ("Enter", "key-touch"),
    ("Esc", "key-leave-matrix"),
    ("F", "key-fit-matrix"),
    ("Backspace", "key-back-to-layer"),
];

const TRAIN: &[Entry] = &[
    ("Space", "key-train"),
    (".", "key-train-step"),
    ("← →", "key-train-history"),
    ("Home End", "key-train-ends"),
    ("↑ ↓", "key-train-layer"),
    ("Enter", "key-page"),
    ("Esc", "key-train-leave"),
];

const FIELD: &[Entry] = &[
    ("← → · , .", "key-layer"),
    ("↑ ↓", "key-stack"),
    ("Shift + ← → ↑ ↓", "key-unit"),
    ("Home End", "key-ends"),
    ("Enter", "key-page"),
    ("Esc", "key-leave-page"),
    ("F", "key-middle"),
    ("C", "key-compare"),
    ("Alt + ↑ ↓ · Delete", "key-move-layer"),
];

const EVERYWHERE: &[Entry] = &[
    ("1 · 2 · 3 · 4", "key-views"),
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

/// The keys of a view, and what the pointer does there.
const fn of_view(view: View) -> (&'static [Entry], &'static str) {
    match view {
        View::Step => (STEP, "keys-mouse"),
        View::Train => (TRAIN, "keys-mouse-train"),
        View::Parameters => (PARAMETERS, "keys-mouse-parameters"),
        View::Field => (FIELD, "keys-mouse-field"),
    }
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let (own, mouse) = of_view(sheet.studio.scene.view);
    // Side by side, so that all of them fit into a small window.
    Grid::new("keys").num_columns(4).spacing([20.0, 6.0]).show(ui, |ui| {
        for row in 0..own.len().max(EVERYWHERE.len()) {
            for keys in [own, EVERYWHERE] {
                let (press, key) = keys.get(row).copied().unzip();
                cell(ui, press.unwrap_or_default(), Type::Number, sheet.palette.accent);
                let words = key.map(|key| sheet.say(key)).unwrap_or_default();
                cell(ui, words, Type::Body, sheet.palette.text);
            }
            ui.end_row();
        }
    });
    let words = sheet.say(mouse);
    ui.allocate_ui(egui::vec2(420.0, 40.0), |ui| {
        text(ui, words, Type::Caption, sheet.palette.muted);
    });
}
