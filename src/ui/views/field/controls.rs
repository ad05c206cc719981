//! Examples in the top bar, and above the figure which picture of them is shown.

use egui::{Align, ComboBox, Layout, Response, RichText, Ui};

use super::words;
use crate::locale::Message;
use crate::ui::action::{Action, Dialog, FieldAction, FieldPreset};
use crate::ui::scene::{FieldPage, Subject};
use crate::ui::sheet::Sheet;
use crate::ui::studio::field_pages;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::toggle;

/// The examples, in the top bar.
pub fn controls(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let names: Vec<String> =
        FieldPreset::ALL.iter().map(|preset| Message::new(preset.key()).text(sheet.lang)).collect();
    let font = Type::Body.font();
    let ink = sheet.palette.text;
    let width = |name: &String| {
        ui.painter().layout_no_wrap(name.clone(), font.clone(), ink).size().x + 20.0 + size::GAP
    };
    let needed: f32 = names.iter().map(width).sum();
    // What stands to the right of them has its room first.
    let shown = FieldPreset::shown_by(&sheet.studio.scene);
    if needed + 250.0 <= ui.available_width() {
        for (preset, name) in FieldPreset::ALL.into_iter().zip(names) {
            let response = toggle(ui, sheet.palette, shown == Some(preset), &name);
            if hinted(response, sheet, preset).clicked() {
                sheet.act(preset.action());
            }
        }
        return;
    }
    let name = sheet.say("field-examples");
    let combo = ComboBox::from_id_salt("field-examples")
        .selected_text(RichText::new(&name).font(Type::Label.font()))
        .height(400.0)
        .show_ui(ui, |ui| {
            for (preset, name) in FieldPreset::ALL.into_iter().zip(names) {
                let response = ui.selectable_label(shown == Some(preset), name);
                if hinted(response, sheet, preset).clicked() {
                    sheet.act(preset.action());
                }
            }
        });
    combo.response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, name.clone())
    });
}

/// With what there is to say about an example in its tooltip.
fn hinted(response: Response, sheet: &Sheet<'_>, preset: FieldPreset) -> Response {
    match preset.hint() {
        Some(key) => response.on_hover_text(sheet.say(key)),
        None => response,
    }
}

/// Which picture, and how it is drawn.
pub fn pages(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let shown = &sheet.studio.scene.field;
    let all = field_pages(shown);
    if all.len() > 1 {
        for page in all {
            // The figure of an open network is its growth.
            let grows = shown.subject == Subject::Network && page == FieldPage::Figure;
            let key = if grows { key_of(FieldPage::Growth) } else { key_of(page) };
            let name = Message::new(key).text(sheet.lang);
            if toggle(ui, sheet.palette, page == shown.page, &name).clicked() {
                sheet.act(Action::Field(FieldAction::Page(page)));
            }
        }
    }
    // From right to left: the last first.
    let choices: &[(&'static str, bool, FieldAction)] = match shown.subject {
        Subject::Stacks if shown.page == FieldPage::Figure => &[
            ("field-two-d", shown.maps, FieldAction::Maps(true)),
            ("field-one-d", !shown.maps, FieldAction::Maps(false)),
        ],
        Subject::Network if sheet.studio.can_average() => &[
            ("field-average", shown.average, FieldAction::Average(true)),
            ("field-this-image", !shown.average, FieldAction::Average(false)),
        ],
        Subject::Stacks | Subject::Network | Subject::Branches | Subject::Neocognitron => &[],
    };
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if words::hidden(sheet.studio).is_some() {
            let words = sheet.say("field-answer");
            if ui.button(words).clicked() {
                sheet.act(Action::Reveal(words::answer_place()));
                if shown.asked {
                    sheet.act(Action::Field(FieldAction::Page(shown.page)));
                }
            }
        }
        for (key, on, action) in choices {
            let name = Message::new(key).text(sheet.lang);
            if toggle(ui, sheet.palette, *on, &name).clicked() {
                sheet.act(Action::Field(action.clone()));
            }
        }
        if shown.subject == Subject::Network {
            let name = sheet.say("field-choose-image");
            if ui.button(name).clicked() {
                sheet.act(Action::Open(Dialog::Gallery));
            }
        }
    });
}

const fn key_of(page: FieldPage) -> &'static str {
    match page {
        FieldPage::Figure => "field-page-figure",
        FieldPage::Growth => "field-page-growth",
        FieldPage::Table => "field-page-table",
        FieldPage::Image => "field-page-image",
        FieldPage::Compose => "field-page-compose",
    }
}
