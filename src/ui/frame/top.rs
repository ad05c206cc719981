//! The top bar: network, input, colour range, language, theme.

use egui::{Align, ComboBox, Layout, RichText, Ui};

use crate::data::Verdict;
use crate::locale::Message;
use crate::network::{Network, zoo};
use crate::ui::action::{Action, Dialog};
use crate::ui::scene::{InputRef, NetworkRef, RangeChoice};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{Icon, icon_button, text, toggle};

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    ui.horizontal_centered(|ui| {
        let narrow = ui.available_width() < 1040.0;
        network(ui, sheet);
        input(ui, sheet, narrow);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            right(ui, sheet, narrow);
        });
    });
}

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
    let open = sheet.say("open");
    if ui.button(open).on_hover_text(sheet.say("open-hint")).clicked() {
        sheet.act(Action::Open(Dialog::Path));
    }
    if studio.input.is_some() {
        let stages = sheet.say("stages");
        if ui.button(stages).on_hover_text(sheet.say("stages-hint")).clicked() {
            sheet.act(Action::Open(Dialog::Stages));
        }
    }
}

/// "#0007 · labelled 2", or the file's name.
fn describe_input(ui: &Ui, sheet: &Sheet<'_>) -> Message {
    let Some(input) = &sheet.studio.input else { return Message::new("input-loading") };
    match &input.reference {
        InputRef::Digit(index) => Message::new("input-digit")
            .with("index", format!("{index:04}"))
            .with("label", input.label.map_or_else(String::new, |label| label.to_string())),
        InputRef::File { path, .. } => {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            let short: String = file.chars().take(24).collect();
            let key = match (&input.verdict, sheet.studio.asks_about_photo()) {
                (Verdict::Digit, _) => "input-file",
                (_, true) => "input-photo",
                (_, false) => "input-not-a-digit",
            };
            Message::new(key)
                .with("file", crate::ui::glyphs::visible(ui.ctx(), &Type::Body.font(), &short))
        }
    }
}

/// From right to left.
fn right(ui: &mut Ui, sheet: &mut Sheet<'_>, narrow: bool) {
    let theme = sheet.say("other-theme");
    if icon_button(ui, sheet.palette, Icon::HalfMoon, &theme).clicked() {
        sheet.act(Action::OtherTheme);
    }
    let language = ui.button("EN · 中").on_hover_text(sheet.say("other-language"));
    if language.clicked() {
        sheet.act(Action::OtherLanguage);
    }
    let keys = ui.button("?").on_hover_text(sheet.say("keys-title"));
    if keys.clicked() {
        sheet.act(Action::Open(Dialog::Keys));
    }
    ui.add_space(6.0);
    let diverging = sheet.studio.scene.diverging;
    let label = sheet.say("signed-colours");
    if toggle(ui, sheet.palette, diverging, &label)
        .on_hover_text(sheet.say("signed-colours-hint"))
        .clicked()
    {
        sheet.act(Action::Diverging(!diverging));
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
