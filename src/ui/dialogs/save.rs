//! Saving the scene, or the slides: a typed path, or the system's dialog where there is one.

use std::path::PathBuf;

use egui::{Id, TextEdit, Ui};

use super::path::field;
use crate::ui::action::Action;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::text;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let slides = !sheet.studio.deck.is_empty();
    let words = sheet.say(if slides { "save-slides" } else { "save-view" });
    text(ui, words, Type::Body, sheet.palette.text);
    let label = sheet.say("save-path");
    let label = text(ui, label, Type::Caption, sheet.palette.muted);
    let id = Id::unique(("save-path", sheet.studio.dialogs_opened));
    let mut typed: String = ui
        .data_mut(|data| data.get_temp::<String>(id))
        .unwrap_or_else(|| if slides { "slides.json" } else { "scene.json" }.to_owned());
    let edit = TextEdit::singleline(&mut typed).desired_width(420.0).font(Type::Number.font());
    let entered = field(ui, edit, label.id);
    ui.horizontal(|ui| {
        let save = sheet.say("export-save");
        if (ui.button(save).clicked() || entered) && !typed.trim().is_empty() {
            let path = PathBuf::from(typed.trim());
            sheet.act(Action::SaveScene(Some(path)));
        }
        let choose = sheet.say("save-choose");
        if ui.button(choose).clicked() {
            sheet.act(Action::SaveScene(None));
        }
    });
    ui.data_mut(|data| data.insert_temp(id, typed));
}
