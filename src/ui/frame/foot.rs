//! The foot: time, the narrator's sentence, who draws.

use egui::{Align, Layout, Ui, vec2};

use super::{narrator, timeline};
use crate::render::Backend;
use crate::ui::errors::sentence;
use crate::ui::scene::View;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::text;

/// Room for the status line.
const STATUS: f32 = 190.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    match sheet.studio.scene.view {
        View::Step => timeline::show(ui, sheet),
        View::Parameters | View::Field => {}
    }
    let presenting = sheet.studio.settings.presenting;
    ui.horizontal(|ui| {
        let taken = if presenting { 0.0 } else { STATUS };
        let room = (ui.available_width() - taken).max(0.0);
        ui.allocate_ui_with_layout(vec2(room, 20.0), Layout::left_to_right(Align::Center), |ui| {
            narration(ui, sheet);
        });
        if presenting {
            return;
        }
        let status = status(sheet);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let hint = sentence(sheet.lang, sheet.painter.status());
            text(ui, status, Type::Caption, sheet.palette.muted).on_hover_text(hint);
        });
    });
}

/// The narrator's sentence, which a screen reader says when it changes.
pub fn narration(ui: &mut Ui, sheet: &Sheet<'_>) {
    let words = narrator::sentence_of(sheet.studio).text(sheet.lang);
    let label = egui::RichText::new(&words).font(Type::Body.font()).color(sheet.palette.text);
    let label = ui.add(egui::Label::new(label).truncate());
    ui.ctx().accesskit_node_builder(label.id, |node| {
        node.set_live(egui::accesskit::Live::Polite);
        node.set_label(words.clone());
    });
}

fn status(sheet: &Sheet<'_>) -> String {
    if sheet.studio.is_waiting() {
        return sheet.say("status-computing");
    }
    sheet.say(match sheet.painter.status().backend() {
        Backend::Gpu => "status-gpu",
        Backend::Cpu => "status-cpu",
    })
}
