//! Windows over the figure; at most one is open, Esc closes it.

mod export;
mod gallery;
mod keys;
mod notes;
mod palette;
mod path;
mod save;
mod stages;

use egui::{Align2, Context, ScrollArea, Ui, Window};

use super::action::{Action, Dialog};
use super::errors::sentence;
use super::glyphs::visible;
use super::sheet::Sheet;
use super::studio::Notice;
use super::theme::Type;
use super::views::{parameters, train};
use super::widgets::{Icon, NOTICE_WORDS, icon_button, text};
use crate::locale::Message;

pub fn show(ctx: &Context, sheet: &mut Sheet<'_>) {
    let Some(dialog) = sheet.studio.dialog else { return };
    let key = match dialog {
        Dialog::Gallery => "gallery-title",
        Dialog::Stages => "stages-title",
        Dialog::LayerOptions => "setting-options-title",
        Dialog::Training => "train-settings",
        Dialog::Architecture => "design-title",
        Dialog::Keys => "keys-title",
        Dialog::Path => "path-title",
        Dialog::Palette => "palette-title",
        Dialog::Export => "copy-and-save",
        Dialog::Notes => "slide-words",
        Dialog::Save => "save-title",
    };
    let title = sheet.say(key);
    Window::new(title)
        .id(egui::Id::unique(("dialog", dialog)))
        .title_bar(false)
        .resizable(false)
        .collapsible(false)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
        .show(ctx, |ui| {
            header(ui, sheet, key);
            failure(ui, sheet);
            // What a small window cannot hold scrolls; some dialogs scroll by themselves.
            let room = (ctx.content_rect().height() - 96.0).max(120.0);
            // Only what is higher than the window scrolls.
            let area = ScrollArea::vertical().max_height(room).min_scrolled_height(room);
            area.show(ui, |ui| match dialog {
                Dialog::Gallery => gallery::show(ui, sheet),
                Dialog::Stages => stages::show(ui, sheet),
                Dialog::LayerOptions => parameters::options(ui, sheet),
                Dialog::Training => train::settings(ui, sheet),
                Dialog::Architecture => train::architecture(ui, sheet),
                Dialog::Keys => keys::show(ui, sheet),
                Dialog::Path => path::show(ui, sheet),
                Dialog::Palette => palette::show(ui, sheet),
                Dialog::Export => export::show(ui, sheet),
                Dialog::Notes => notes::show(ui, sheet),
                Dialog::Save => save::show(ui, sheet),
            });
        });
}

/// What has gone wrong is told where it was asked for, not under the window.
fn failure(ui: &mut Ui, sheet: &Sheet<'_>) {
    let Some(Notice::Failed(error)) = &sheet.studio.notice else { return };
    let words = visible(ui.ctx(), &Type::Body.font(), &sentence(sheet.lang, &**error));
    ui.scope(|ui| {
        ui.set_max_width(NOTICE_WORDS);
        text(ui, words, Type::Body, sheet.palette.error);
    });
    ui.add_space(6.0);
}

fn header(ui: &mut Ui, sheet: &mut Sheet<'_>, key: &'static str) {
    ui.horizontal(|ui| {
        sheet.title(ui, &Message::new(key), Type::Title);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let close = sheet.say("close");
            if icon_button(ui, sheet.palette, Icon::Close, &close).clicked() {
                sheet.act(Action::CloseDialog);
            }
        });
    });
    ui.add_space(4.0);
}
