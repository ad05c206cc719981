//! The foot: time, the narrator's sentence, who draws.

use egui::text::LayoutJob;
use egui::{Align, Layout, Ui, vec2};

use super::{narrator, timeline};
use crate::render::Backend;
use crate::ui::errors::sentence;
use crate::ui::scene::View;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::views;
use crate::ui::widgets::{cell, text};

/// Room for the status line.
const STATUS: f32 = 190.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    match sheet.studio.scene.view {
        View::Step => timeline::show(ui, sheet),
        View::Train => views::train::time(ui, sheet),
        View::Parameters | View::Field => {}
    }
    let presenting = sheet.studio.settings.presenting;
    let hint = hint(ui, sheet).filter(|_| !presenting);
    ui.horizontal(|ui| {
        let taken = if presenting { 0.0 } else { STATUS };
        let taken = taken + hint.as_ref().map_or(0.0, |(_, width)| width + 16.0);
        let room = (ui.available_width() - taken).max(0.0);
        ui.allocate_ui_with_layout(vec2(room, 20.0), Layout::left_to_right(Align::Center), |ui| {
            narration(ui, sheet);
        });
        if presenting {
            return;
        }
        let status = status(sheet);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let why = sentence(sheet.lang, sheet.painter.status());
            text(ui, status, Type::Caption, sheet.palette.muted).on_hover_text(why);
            if let Some((hint, _)) = hint {
                ui.add_space(8.0);
                cell(ui, hint, Type::Caption, sheet.palette.muted);
            }
        });
    });
}

/// The keys of the Receptive field view and their width, where the narrator leaves room for them.
fn hint(ui: &Ui, sheet: &Sheet<'_>) -> Option<(String, f32)> {
    if sheet.studio.scene.view != View::Field {
        return None;
    }
    let key = views::field::hint_of(sheet.studio)?;
    let width = |words: &str, kind: Type| {
        ui.painter().layout_no_wrap(words.to_owned(), kind.font(), sheet.palette.text).size().x
    };
    let hint = sheet.say(key);
    let needed = width(&hint, Type::Caption);
    let told = width(&narrator::sentence_of(sheet.studio).text(sheet.lang), Type::Body);
    (told + needed + STATUS + 40.0 < ui.available_width()).then_some((hint, needed))
}

/// The narrator's sentence, which a screen reader says when it changes.
pub fn narration(ui: &mut Ui, sheet: &Sheet<'_>) {
    let words = narrator::sentence_of(sheet.studio).text(sheet.lang);
    let (ink, room) = (sheet.palette.text, ui.available_width());
    let line = ui.painter().layout_no_wrap(words.clone(), Type::Body.font(), ink);
    // A sentence that is too long for one line stands on two smaller ones.
    let told = if line.size().x <= room {
        line
    } else {
        let mut job = LayoutJob::simple(words.clone(), Type::Caption.font(), ink, room);
        job.wrap.max_rows = 2;
        ui.painter().layout_job(job)
    };
    let label = ui.add(egui::Label::new(told));
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
