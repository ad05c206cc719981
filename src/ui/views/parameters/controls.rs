//! The numbers of the layer, in the top bar.

use egui::{Align, ComboBox, Layout, RichText, Ui, vec2};

use crate::locale::Message;
use crate::network::Channels;
use crate::network::connect::{
    Border, Hidden, LARGEST_BYTES, LARGEST_HIDDEN, LARGEST_MAPS, LARGEST_SIDE, Quantity, Setting,
    legal_groups, legal_strides,
};
use crate::ui::action::{Action, Connect, Dialog, Preset};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{Entered, NumberField, cell, chip};

/// The field for a number holds no larger one exactly.
const MOST_TYPED: u64 = 1 << 53;
/// The menu of layers shows all of them at once.
const MENU: f32 = 320.0;
/// The bar is narrower than this: how many units is asked for among the options alone.
const ROOM_FOR_UNITS: f32 = 960.0;
/// And than this: words give way to the numbers.
const TIGHT: f32 = 820.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let words = ui.available_width() >= TIGHT;
    let units = ui.available_width() > ROOM_FOR_UNITS;
    ui.spacing_mut().item_spacing.x = 5.0;
    presets(ui, sheet);
    ui.add_space(6.0);
    let setting = sheet.studio.scene.parameters.setting.clone();
    let label = |ui: &mut Ui, sheet: &Sheet<'_>, key| {
        if words {
            ui.add_space(4.0);
            cell(ui, sheet.say(key), Type::Body, sheet.palette.muted);
        }
    };
    let times = |ui: &mut Ui, sheet: &Sheet<'_>| {
        cell(ui, "×", Type::Body, sheet.palette.muted);
    };
    label(ui, sheet, "setting-image");
    let [channels, rows, columns] = setting.image;
    number(ui, sheet, Quantity::Rows, rows, LARGEST_SIDE, |s, n| s.image[1] = n);
    times(ui, sheet);
    number(ui, sheet, Quantity::Columns, columns, LARGEST_SIDE, |s, n| s.image[2] = n);
    times(ui, sheet);
    number(ui, sheet, Quantity::Channels, channels, LARGEST_MAPS, |s, n| s.image[0] = n);
    if units {
        label(ui, sheet, "setting-hidden");
        hidden(ui, sheet, &setting);
    }
    label(ui, sheet, "setting-field");
    field(ui, sheet, &setting);
    label(ui, sheet, "setting-kernels");
    number(ui, sheet, Quantity::Kernels, setting.kernels, LARGEST_MAPS, |s, n| s.kernels = n);
    let options = ui.button(sheet.say("setting-options"));
    if options.on_hover_text(sheet.say("setting-options-hint")).clicked() {
        sheet.act(Action::Open(Dialog::LayerOptions));
    }
    if let Some(from) = &sheet.studio.scene.parameters.from {
        let back = Message::new("back-to-layer").with("layer", &from.node);
        if chip(ui, sheet.palette, &sheet.tell(&back)).clicked() {
            sheet.act(Action::Parameters(Connect::BackToLayer));
        }
    }
}

fn presets(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let shown = &sheet.studio.scene.parameters;
    let known = Preset::ALL.into_iter().find(|&preset| preset.setting().0 == shown.setting);
    let label = sheet.say(known.map_or("preset-own", Preset::key));
    let name = sheet.say("choose-preset");
    let width = if ui.available_width() < TIGHT { 130.0 } else { 200.0 };
    // The bar stays where it is, whatever the layer is called.
    let room = (vec2(width, 28.0), Layout::left_to_right(Align::Center));
    let combo = ui
        .allocate_ui_with_layout(room.0, room.1, |ui| {
            ui.set_width(width);
            ComboBox::from_id_salt("preset")
                .selected_text(RichText::new(label).font(Type::Label.font()))
                .width(width - 8.0)
                .height(MENU)
                .truncate()
                .show_ui(ui, |ui| {
                    for preset in Preset::ALL {
                        let label = sheet.say(preset.key());
                        if ui.selectable_label(known == Some(preset), label).clicked() {
                            sheet.actions.push(preset.action());
                        }
                    }
                })
        })
        .inner;
    combo.response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, name.clone())
    });
    combo.response.on_hover_text(name);
}

/// One number of the setting.
fn number(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    what: Quantity,
    value: u64,
    most: u64,
    put: impl Fn(&mut Setting, u64),
) {
    let name = sheet.say(name_of(what));
    let (response, entered) = NumberField { name: &name, value, most }.show(ui);
    if response.drag_started() || response.gained_focus() {
        sheet.act(Action::BeginGesture);
    }
    match entered {
        Entered::Nothing => {}
        Entered::Number(number) => {
            let mut setting = sheet.studio.scene.parameters.setting.clone();
            put(&mut setting, number);
            sheet.act(Action::Parameters(Connect::Setting(setting)));
        }
        Entered::Refused(text) => {
            sheet.act(Action::Parameters(Connect::Refused { what, text, most }));
        }
    }
}

const fn name_of(what: Quantity) -> &'static str {
    match what {
        Quantity::Rows => "quantity-rows",
        Quantity::Columns => "quantity-columns",
        Quantity::Channels => "quantity-channels",
        Quantity::Hidden => "quantity-hidden",
        Quantity::Field => "quantity-field",
        Quantity::Stride => "quantity-stride",
        Quantity::Kernels => "quantity-kernels",
        Quantity::Bytes => "quantity-bytes",
        Quantity::Dilation => "quantity-dilation",
        Quantity::Padding => "setting-padding",
    }
}

/// How many units: as many as pixels, a number, or as many as the fields have places.
fn hidden(ui: &mut Ui, sheet: &mut Sheet<'_>, setting: &Setting) {
    let known = match &setting.border {
        Border::Ignored(Hidden::Units(_)) => "hidden-units",
        Border::Ignored(Hidden::LikeImage) => "hidden-like-image",
        Border::Ignored(Hidden::MapPerKernel) => "hidden-map-per-kernel",
        Border::Same | Border::Valid | Border::Padded(_) => "hidden-by-places",
    };
    let units = match setting.border {
        Border::Ignored(Hidden::Units(units)) => units,
        _ => setting.image[1].saturating_mul(setting.image[2]).min(LARGEST_HIDDEN),
    };
    let ignored = |hidden| Border::Ignored(hidden);
    let choices = [
        ("hidden-like-image", ignored(Hidden::LikeImage)),
        ("hidden-units", ignored(Hidden::Units(units))),
        ("hidden-map-per-kernel", ignored(Hidden::MapPerKernel)),
        ("hidden-by-places", Border::Same),
    ];
    choose(ui, sheet, "quantity-hidden", known, 110.0, &choices, |setting, border| {
        setting.border = border.clone();
        if matches!(border, Border::Ignored(_)) {
            setting.stride = [1, 1];
            setting.dilation = [1, 1];
        }
    });
    if let Border::Ignored(Hidden::Units(units)) = setting.border {
        number(ui, sheet, Quantity::Hidden, units, MOST_TYPED, |setting, units| {
            setting.border = Border::Ignored(Hidden::Units(units));
        });
    }
}

/// One number for both sides, where they are alike or where the image is a line.
fn field(ui: &mut Ui, sheet: &mut Sheet<'_>, setting: &Setting) {
    let [rows, columns] = setting.field;
    let [_, image_rows, image_columns] = setting.image;
    let square = rows == columns;
    if image_rows > 1 {
        let most = if square { image_rows.min(image_columns) } else { image_rows };
        number(ui, sheet, Quantity::Field, rows, most, move |setting, side| {
            setting.field = if square { [side; 2] } else { [side, setting.field[1]] };
        });
    }
    if !square || image_rows == 1 {
        number(ui, sheet, Quantity::Field, columns, image_columns, |setting, side| {
            setting.field[1] = side;
        });
    }
}

/// What is not changed all the time.
pub fn options(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let setting = &sheet.studio.scene.parameters.setting.clone();
    ui.set_min_width(300.0);
    let row = |ui: &mut Ui, sheet: &Sheet<'_>, key| {
        cell(ui, sheet.say(key), Type::Body, sheet.palette.text);
    };
    egui::Grid::new("options").num_columns(2).spacing([16.0, 8.0]).show(ui, |ui| {
        row(ui, sheet, "setting-hidden");
        ui.horizontal(|ui| hidden(ui, sheet, setting));
        ui.end_row();
        row(ui, sheet, "setting-padding");
        let known = match setting.border {
            Border::Ignored(_) => "padding-ignored",
            Border::Same => "padding-same",
            Border::Valid => "padding-valid",
            Border::Padded(_) => "padding-own",
        };
        let rules = [
            ("padding-ignored", Border::Ignored(Hidden::LikeImage)),
            ("padding-same", Border::Same),
            ("padding-valid", Border::Valid),
        ];
        choose(ui, sheet, "setting-padding", known, 130.0, &rules, |setting, border| {
            setting.border = border.clone();
            // A stride that fitted one rule need not fit another.
            let legal = legal_strides(setting);
            setting.stride = setting.stride.map(|s| if legal.contains(&s) { s } else { 1 });
        });
        ui.end_row();
        row(ui, sheet, "quantity-stride");
        let strides: Vec<(String, u64)> =
            legal_strides(setting).into_iter().take(64).map(|s| (s.to_string(), s)).collect();
        let [down, across] = setting.stride;
        let known = if down == across { down.to_string() } else { format!("{down}×{across}") };
        choose_said(ui, sheet, "quantity-stride", &known, 70.0, &strides, |setting, stride| {
            setting.stride = [*stride; 2];
        });
        ui.end_row();
        row(ui, sheet, "setting-groups");
        match setting.channels {
            Channels::Groups(groups) => {
                let legal: Vec<(String, u64)> =
                    legal_groups(setting).into_iter().map(|g| (g.to_string(), g)).collect();
                let known = groups.to_string();
                choose_said(
                    ui,
                    sheet,
                    "setting-groups",
                    &known,
                    70.0,
                    &legal,
                    |setting, groups| {
                        setting.channels = Channels::Groups(*groups as usize);
                    },
                );
            }
            Channels::Table(_) => row(ui, sheet, "setting-table"),
        }
        ui.end_row();
        row(ui, sheet, "quantity-bytes");
        let bytes = setting.bytes_per_weight;
        number(ui, sheet, Quantity::Bytes, bytes, LARGEST_BYTES, |s, n| s.bytes_per_weight = n);
        ui.end_row();
        row(ui, sheet, "setting-bias");
        let mut bias = setting.bias;
        let name = sheet.say("setting-bias-on");
        if ui.checkbox(&mut bias, name).clicked() {
            let setting = Setting { bias, ..setting.clone() };
            sheet.act(Action::Parameters(Connect::Setting(setting)));
        }
        ui.end_row();
    });
}

fn choose<T>(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    name: &'static str,
    known: &'static str,
    width: f32,
    choices: &[(&'static str, T)],
    put: impl Fn(&mut Setting, &T),
) {
    let known = sheet.say(known);
    let said: Vec<(String, &T)> =
        choices.iter().map(|(key, value)| (sheet.say(key), value)).collect();
    choose_said(ui, sheet, name, &known, width, &said, |setting, value| put(setting, value));
}

fn choose_said<T>(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    name: &'static str,
    known: &str,
    width: f32,
    choices: &[(String, T)],
    put: impl Fn(&mut Setting, &T),
) {
    let name_said = sheet.say(name);
    let combo = ComboBox::from_id_salt((name, ui.scope_id()))
        .selected_text(known)
        .width(width)
        .show_ui(ui, |ui| {
            for (label, value) in choices {
                if ui.selectable_label(label == known, label).clicked() {
                    let mut setting = sheet.studio.scene.parameters.setting.clone();
                    put(&mut setting, value);
                    sheet.actions.push(Action::Parameters(Connect::Setting(setting)));
                }
            }
        });
    combo.response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, name_said.clone())
    });
    combo.response.on_hover_text(name_said);
}
