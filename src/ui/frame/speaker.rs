//! The speaker's window: notes, what comes next, and how long the talk has lasted.

use egui::{Align, CentralPanel, Frame, Layout, Margin, ScrollArea, Ui};

use super::slides::title_of;
use crate::locale::{Lang, Message};
use crate::ui::action::{Action, Slides};
use crate::ui::settings::Change;
use crate::ui::sheet::Sheet;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{text, toggle};

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, seconds: Option<f64>) {
    let settings = &sheet.studio.settings;
    sheet.lang = settings.speaker_lang.unwrap_or(settings.lang);
    let frame = Frame::new().fill(sheet.palette.panel).inner_margin(Margin::same(20));
    CentralPanel::default().frame(frame).show(ui, |ui| {
        head(ui, sheet, seconds);
        ui.add_space(size::SECTION);
        notes(ui, sheet);
    });
}

/// Where the talk is, the time, the language, back and on.
fn head(ui: &mut Ui, sheet: &mut Sheet<'_>, seconds: Option<f64>) {
    let palette = sheet.palette;
    let deck = &sheet.studio.deck;
    ui.horizontal(|ui| {
        let place = if deck.is_empty() {
            sheet.say("speaker-no-slides")
        } else {
            let message = Message::new("speaker-place")
                .with("number", deck.current() + 1)
                .with("count", deck.slides().len());
            sheet.tell(&message)
        };
        text(ui, place, Type::Body, palette.muted);
        if let Some(seconds) = seconds {
            let time = format!("{:02}:{:02}", seconds as u64 / 60, seconds as u64 % 60);
            text(ui, time, Type::Big, palette.text).on_hover_text(sheet.say("speaker-time"));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let next = sheet.say("speaker-next");
            if ui.button(next).clicked() {
                sheet.act(Action::Slides(Slides::Next));
            }
            let back = sheet.say("speaker-back");
            if ui.button(back).clicked() {
                sheet.act(Action::Slides(Slides::Previous));
            }
            for (lang, label) in [(Lang::Zh, "中文"), (Lang::En, "English")] {
                if toggle(ui, palette, sheet.lang == lang, label).clicked() {
                    sheet.act(Action::Setting(Change::SpeakerLanguage(Some(lang))));
                }
            }
        });
    });
}

fn notes(ui: &mut Ui, sheet: &Sheet<'_>) {
    let palette = sheet.palette;
    let deck = &sheet.studio.deck;
    if deck.is_empty() {
        text(ui, sheet.say("speaker-how"), Type::Notes, palette.text);
        return;
    }
    let scene = deck.slide().unwrap_or(&sheet.studio.scene);
    text(ui, title_of(sheet, scene, deck.current()), Type::Big, palette.text);
    let room = (ui.available_height() - 96.0).max(60.0);
    ScrollArea::vertical().id_salt("notes").max_height(room).auto_shrink(false).show(ui, |ui| {
        let words = match scene.notes.in_language(sheet.lang) {
            ("", _) => sheet.say("speaker-no-notes"),
            (notes, false) => notes.to_owned(),
            (notes, true) => sheet.tell(&Message::new("in-other-language").with("text", notes)),
        };
        text(ui, words, Type::Notes, palette.text);
    });
    ui.add_space(8.0);
    sheet.section(ui, &Message::new("speaker-comes-next"));
    let next = match deck.next() {
        Some(next) => title_of(sheet, next, deck.current() + 1),
        None => sheet.say("speaker-the-end"),
    };
    text(ui, next, Type::Title, palette.muted);
}
