//! Opening: the system's dialog, or a typed path where that dialog does not come.

use std::path::PathBuf;

use egui::{Id, TextEdit, Ui};

use crate::ui::action::Action;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::text;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let choose = sheet.say("choose-file");
    if ui.button(choose).clicked() {
        sheet.act(Action::ChooseFile);
        sheet.act(Action::CloseDialog);
    }
    let paste = sheet.say("paste-picture");
    if ui.button(paste).clicked() {
        sheet.act(Action::Paste);
        sheet.act(Action::CloseDialog);
    }
    let label = sheet.say("type-a-path");
    let label = text(ui, label, Type::Caption, sheet.palette.muted);
    let id = Id::unique(("open-path", sheet.studio.dialogs_opened));
    let mut typed: String = ui.data_mut(|data| data.get_temp_mut_or_default::<String>(id).clone());
    let edit = TextEdit::singleline(&mut typed).desired_width(420.0).font(Type::Number.font());
    let entered = field(ui, edit, label.id);
    let go = sheet.say("open-path");
    if (ui.button(go).clicked() || entered) && !typed.trim().is_empty() {
        sheet.act(Action::OpenPaths(vec![PathBuf::from(typed.trim())]));
        sheet.act(Action::CloseDialog);
    }
    ui.data_mut(|data| data.insert_temp(id, typed));
    let words = sheet.say("open-kinds");
    ui.allocate_ui(egui::vec2(420.0, 40.0), |ui| {
        text(ui, words, Type::Caption, sheet.palette.muted);
    });
}

/// The one field of a dialog: it has the focus from the start. Tells whether Enter ended it.
pub fn field(ui: &mut Ui, edit: TextEdit<'_>, label: Id) -> bool {
    let response = ui.add(edit).labelled_by(label);
    if !response.has_focus() && !response.lost_focus() {
        response.request_focus();
    }
    response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter))
}
