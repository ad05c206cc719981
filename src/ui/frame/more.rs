//! The menu with what is not needed all the time.

use egui::{Button, Popup, ScrollArea, Ui};

use crate::ui::action::{Action, Dialog, Slides, Touch};
use crate::ui::lectures::Lecture;
use crate::ui::scene::{Beside, InputRef};
use crate::ui::settings::{Change, SCALES};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{Icon, icon_button, text};

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let name = sheet.say("more");
    let button = icon_button(ui, sheet.palette, Icon::More, &name);
    Popup::menu(&button).show(|ui| {
        ui.set_min_width(230.0);
        let room = (ui.ctx().content_rect().height() - 76.0).max(120.0);
        ScrollArea::vertical().max_height(room).show(ui, |ui| entries(ui, sheet));
    });
}

fn entries(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    let settings = studio.settings;
    let mut entry = |ui: &mut Ui, key, keys: &str, on: bool, action: Action| {
        let label = sheet.say(key);
        let button = Button::selectable(on, label).shortcut_text(keys);
        if ui.add(button).clicked() {
            sheet.act(action);
        }
    };
    entry(ui, "go-to", "Ctrl+K", false, Action::Open(Dialog::Palette));
    entry(ui, "copy-and-save", "Ctrl+E", false, Action::Open(Dialog::Export));
    entry(ui, "save-scene", "Ctrl+S", false, Action::Open(Dialog::Save));
    entry(ui, "paste-picture", "Ctrl+V", false, Action::Paste);
    entry(ui, "stages-hint", "", false, Action::Open(Dialog::Stages));
    if matches!(studio.scene.input, InputRef::File { .. } | InputRef::Pasted { .. }) {
        let kept = studio.scene.handling.keep_size;
        entry(ui, "keep-size", "", kept, Action::Touch(Touch::KeepSize(!kept)));
    }
    ui.separator();
    let diverging = studio.scene.diverging;
    entry(ui, "signed-colours", "", diverging, Action::Diverging(!diverging));
    let compared = studio.scene.beside.is_some();
    let other = (!compared).then(|| Beside {
        input: studio.scene.input.clone(),
        handling: studio.scene.handling.clone(),
        edits: studio.scene.edits.clone(),
    });
    entry(ui, "compare", "", compared, Action::Beside(other));
    ui.separator();
    for lecture in Lecture::ALL {
        entry(ui, lecture.key(), "", false, Action::Slides(Slides::Lecture(lecture)));
    }
    entry(ui, "slide-add", "", false, Action::Slides(Slides::Add));
    let covered = studio.covered.is_some();
    entry(ui, "cover-numbers", "H", covered, Action::Cover(!covered));
    entry(ui, "speaker-window", "F4", studio.speaker, Action::Speaker(!studio.speaker));
    ui.separator();
    entry(ui, "both-languages", "", settings.both, Action::Setting(Change::Both(!settings.both)));
    entry(
        ui,
        "reduced-motion",
        "",
        settings.still,
        Action::Setting(Change::Still(!settings.still)),
    );
    entry(ui, "keys-title", "F1", false, Action::Open(Dialog::Keys));
    ui.horizontal(|ui| {
        text(ui, sheet.say("scale"), Type::Body, sheet.palette.text);
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding.x = 4.0;
        for scale in SCALES {
            let label = format!("{}", (scale * 100.0).round());
            let chosen = (settings.scale - scale).abs() < 0.01;
            if ui.add(Button::selectable(chosen, label)).clicked() {
                sheet.act(Action::Setting(Change::Scale(scale)));
            }
        }
    });
    recent(ui, sheet);
}

/// What was looked at lately.
fn recent(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    if studio.recent.len() < 2 {
        return;
    }
    ui.separator();
    text(ui, sheet.say("recent"), Type::Caption, sheet.palette.muted);
    for reference in &studio.recent {
        let label = super::top::input_name(ui, sheet, reference);
        let shown = reference.same_picture(&studio.scene.input);
        if ui.add(Button::selectable(shown, label)).clicked() && !shown {
            let mut reference = reference.clone();
            if let InputRef::File { anyway, .. } | InputRef::Pasted { anyway, .. } = &mut reference
            {
                *anyway = false;
            }
            sheet.act(Action::Input(reference));
        }
    }
}
