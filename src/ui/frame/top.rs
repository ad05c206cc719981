//! The top bar: network, input, colour range, language, theme, presentation.

use egui::{Align, ComboBox, Layout, RichText, Ui};

use super::more;
use crate::data::{Verdict, digits};
use crate::locale::Message;
use crate::network::{Network, zoo};
use crate::ui::action::{Action, Dialog, Touch};
use crate::ui::scene::{InputRef, NetworkRef, Pad, RangeChoice, View};
use crate::ui::settings::Change;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::views;
use crate::ui::widgets::{Icon, icon_button, text};

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    ui.horizontal_centered(|ui| {
        let narrow = ui.available_width() < 1040.0;
        match sheet.studio.scene.view {
            View::Step => {
                network(ui, sheet);
                input(ui, sheet, narrow);
            }
            View::Train => views::train::controls(ui, sheet),
            View::Parameters => views::parameters::controls(ui, sheet),
            View::Field => views::field::controls(ui, sheet),
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            right(ui, sheet, narrow);
        });
    });
}

/// Points that the bar needs to its right to hold the button for the stages, too.
const ROOM_FOR_STAGES: f32 = 400.0;

fn network(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    let title = studio.open.as_ref().map_or_else(String::new, |open| title_of(&open.network));
    let name = sheet.say("choose-network");
    let label = RichText::new(title).font(Type::Label.font());
    let combo =
        ComboBox::from_id_salt("network").selected_text(label).width(150.0).show_ui(ui, |ui| {
            for entry in zoo::ENTRIES {
                let network = (entry.build)();
                let reference = NetworkRef::Zoo(entry.name.into());
                let chosen = studio.scene.network == reference;
                let label = title_of(&network);
                if ui.selectable_label(chosen, label).clicked() {
                    sheet.actions.push(Action::Network(reference));
                }
            }
        });
    combo.response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, name.clone())
    });
    combo.response.on_hover_text(name);
}

/// The network's name and its year, where it has one.
fn title_of(network: &Network) -> String {
    match network.year {
        0 => network.title.clone(),
        year => format!("{} {year}", network.title),
    }
}

fn input(ui: &mut Ui, sheet: &mut Sheet<'_>, narrow: bool) {
    let studio = sheet.studio;
    if !narrow {
        let label = sheet.say("input");
        text(ui, label, Type::Body, sheet.palette.muted);
    }
    let what = sheet.tell(&describe_input(ui, sheet));
    let gallery = ui.button(what).on_hover_text(sheet.say("open-gallery"));
    if gallery.clicked() {
        sheet.act(Action::Open(Dialog::Gallery));
    }
    let draw = sheet.say("draw");
    if ui.button(draw).on_hover_text(sheet.say("draw-hint")).clicked() {
        let pad = if studio.scene.pad.is_open() { Pad::Closed } else { Pad::Draw };
        sheet.act(Action::Touch(Touch::Pad(pad)));
    }
    let open = sheet.say("open");
    if ui.button(open).on_hover_text(sheet.say("open-hint")).clicked() {
        sheet.act(Action::Open(Dialog::Path));
    }
    // In a small window it is in the menu.
    let tight = ui.available_width() < ROOM_FOR_STAGES;
    if studio.input.is_some() && !tight {
        let stages = sheet.say("stages");
        if ui.button(stages).on_hover_text(sheet.say("stages-hint")).clicked() {
            sheet.act(Action::Open(Dialog::Stages));
        }
    }
}

/// "#0007 · labelled 2", or the file's name, and what the application thinks of it.
fn describe_input(ui: &Ui, sheet: &Sheet<'_>) -> Message {
    let Some(input) = &sheet.studio.input else { return Message::new("input-loading") };
    let name = input_name(ui, sheet, &input.source.reference);
    let judged = !matches!(input.source.reference, InputRef::Digit(_) | InputRef::Drawing(_));
    let key = match (&input.source.verdict, sheet.studio.asks_about_photo()) {
        (Verdict::Digit, _) => "input-file",
        _ if !judged || input.keep_size => "input-file",
        (_, true) => "input-photo",
        (_, false) => "input-not-a-digit",
    };
    Message::new(key).with("file", name)
}

/// What an input is called.
pub fn input_name(ui: &Ui, sheet: &Sheet<'_>, reference: &InputRef) -> String {
    match reference {
        InputRef::Digit(index) => {
            let label = digits::bundled().labels().get(*index).copied().unwrap_or_default();
            let message = Message::new("input-digit")
                .with("index", format!("{index:04}"))
                .with("label", label);
            sheet.tell(&message)
        }
        InputRef::File { path, .. } => {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            let short: String = file.chars().take(24).collect();
            crate::ui::glyphs::visible(ui.ctx(), &Type::Body.font(), &short)
        }
        InputRef::Drawing(_) => sheet.say("input-drawing"),
        InputRef::Pasted { .. } => sheet.say("input-pasted"),
    }
}

/// From right to left.
fn right(ui: &mut Ui, sheet: &mut Sheet<'_>, narrow: bool) {
    more::show(ui, sheet);
    let present = sheet.say("present");
    if icon_button(ui, sheet.palette, Icon::Present, &present).clicked() {
        sheet.act(Action::Setting(Change::Present(true)));
    }
    let theme = sheet.say("other-theme");
    if icon_button(ui, sheet.palette, Icon::HalfMoon, &theme).clicked() {
        sheet.act(Action::Setting(Change::OtherTheme));
    }
    let language = ui.button("EN · 中").on_hover_text(sheet.say("other-language"));
    if language.clicked() {
        sheet.act(Action::Setting(Change::OtherLanguage));
    }
    if !narrow {
        let keys = ui.button("?").on_hover_text(sheet.say("keys-title"));
        if keys.clicked() {
            sheet.act(Action::Open(Dialog::Keys));
        }
        ui.add_space(6.0);
    }
    if sheet.studio.scene.view != View::Step {
        return;
    }
    let range = sheet.studio.scene.range;
    let name = sheet.say("colour-range");
    let combo = ComboBox::from_id_salt("range")
        .selected_text(sheet.say(key_of(range)))
        .width(84.0)
        .show_ui(ui, |ui| {
            for choice in RangeChoice::ALL {
                let label = sheet.say(key_of(choice));
                if ui.selectable_label(choice == range, label).clicked() {
                    sheet.actions.push(Action::Range(choice));
                }
            }
        });
    combo.response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, name.clone())
    });
    if !narrow {
        text(ui, name, Type::Body, sheet.palette.muted);
    }
}

const fn key_of(range: RangeChoice) -> &'static str {
    match range {
        RangeChoice::Map => "range-map",
        RangeChoice::Layer => "range-layer",
        RangeChoice::Network => "range-network",
    }
}
