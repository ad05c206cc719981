//! Everything that decides a training, with the ranges that make sense and what each means.

use egui::{ComboBox, DragValue, Grid, Ui};

use super::controls::{network, schedule_key};
use super::numerals::plain;
use crate::locale::{Message, count};
use crate::ui::action::{Action, TrainAction};
use crate::ui::scene::{TrainNetwork, TrainPlan};
use crate::ui::sheet::Sheet;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{cell, text, toggle};
use crate::worker::training::{
    AdamSettings, Affine, Augment, DataRef, Elastic, Method, Schedule, SgdSettings,
    TrainingSettings,
};

const MOST_EPOCHS: usize = 200;
const MOST_BATCH: usize = 512;
const RATES: [f64; 2] = [1e-5, 1.0];
const MOST_DECAY: f64 = 0.1;
/// Pixels that a crop moves an image by, at most, when it is switched on.
const CROP: u32 = 4;

pub fn settings(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let plan = sheet.studio.scene.train.plan.clone();
    let mut wanted = plan.clone();
    ui.set_min_width(460.0);
    let words = sheet.say("train-settings-intro");
    text(ui, words, Type::Caption, sheet.palette.muted);
    ui.add_space(4.0);
    Grid::new("training").num_columns(2).spacing([20.0, 7.0]).show(ui, |ui| {
        row(ui, sheet, "train-network", "train-network-hint");
        network(ui, sheet, &plan);
        ui.end_row();
        data(ui, sheet, &plan);
        images(ui, sheet, &mut wanted);
        optimizer(ui, sheet, &mut wanted.settings);
        run(ui, sheet, &mut wanted.settings);
    });
    ui.add_space(size::GAP);
    augmentation(ui, sheet, &mut wanted.settings);
    frozen(ui, sheet, &mut wanted.settings);
    if wanted != plan {
        sheet.act(Action::Train(TrainAction::Plan(wanted)));
    }
}

fn row(ui: &mut Ui, sheet: &Sheet<'_>, key: &'static str, hint: &'static str) {
    cell(ui, sheet.say(key), Type::Body, sheet.palette.text).on_hover_text(sheet.say(hint));
}

/// What is learned from: bundled digits, Fashion-MNIST, or a folder.
fn data(ui: &mut Ui, sheet: &mut Sheet<'_>, plan: &TrainPlan) {
    row(ui, sheet, "train-data", "train-data-choose-hint");
    let sets = [DataRef::Digits, DataRef::Fashion];
    let known = sets.iter().position(|set| *set == plan.data);
    let words = [sheet.say("train-set-digits"), "Fashion-MNIST".to_owned()];
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for (place, words) in words.iter().enumerate() {
                if toggle(ui, sheet.palette, known == Some(place), words).clicked() {
                    sheet.act(Action::Train(TrainAction::Data(sets[place].clone())));
                }
            }
            let words = sheet.say("train-set-folder");
            if toggle(ui, sheet.palette, known.is_none(), &words).clicked() {
                sheet.act(Action::Train(TrainAction::ChooseFolder));
            }
        });
        // The system's dialog may never come: a path can always be typed.
        let id = egui::Id::unique(("train-folder", sheet.studio.dialogs_opened));
        let present = match &plan.data {
            DataRef::Folder(path) => path.display().to_string(),
            DataRef::Digits | DataRef::Fashion => String::new(),
        };
        let mut typed = ui.data_mut(|data| data.get_temp_mut_or(id, present).clone());
        let hint = sheet.say("train-folder-hint");
        let edit = egui::TextEdit::singleline(&mut typed).desired_width(280.0).hint_text(&hint);
        let response = ui.add(edit);
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::accesskit::Role::TextInput, true, hint.clone())
        });
        let entered = response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        if entered && !typed.trim().is_empty() {
            sheet.act(Action::OpenPaths(vec![typed.trim().into()]));
        }
        ui.data_mut(|data| data.insert_temp(id, typed));
        colour(ui, sheet, plan);
    });
    ui.end_row();
}

/// Pictures of a folder are learned from in grey or in colour; a network that can be edited reads either.
fn colour(ui: &mut Ui, sheet: &mut Sheet<'_>, plan: &TrainPlan) {
    let (DataRef::Folder(_), Some(mut design)) = (&plan.data, plan.network.design()) else {
        return;
    };
    let mut on = design.input[0] == 3;
    let words = sheet.say("train-colour");
    let hint = sheet.say("train-colour-hint");
    if ui.checkbox(&mut on, words).on_hover_text(hint).clicked() {
        design.input[0] = if on { 3 } else { 1 };
        let plan = TrainPlan { network: TrainNetwork::of(design), ..plan.clone() };
        sheet.act(Action::Train(TrainAction::Plan(plan)));
    }
}

fn images(ui: &mut Ui, sheet: &mut Sheet<'_>, plan: &mut TrainPlan) {
    row(ui, sheet, "train-images", "train-images-hint");
    let all = sheet.studio.training().and_then(|run| run.sets.as_ref().map(|s| s.train.len()));
    let name = sheet.say("train-images");
    ui.horizontal(|ui| {
        if let Some(all) = all {
            let shown = plan.images.unwrap_or(all).min(all);
            let mut images = shown;
            number(ui, &name, DragValue::new(&mut images).range(1..=all).speed(20));
            // Looking at it decides nothing.
            if images != shown {
                plan.images = (images < all).then_some(images);
            }
        } else {
            // How many there are is not known yet.
            let words = plan.images.map_or_else(|| "…".into(), |most| count(most as u128));
            let button = ui.add_enabled(false, egui::Button::new(words));
            button.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::Button, false, name.clone())
            });
        }
        let words = sheet.say("train-scrambled");
        let hint = sheet.say("train-scrambled-hint");
        ui.checkbox(&mut plan.scrambled, words).on_hover_text(hint);
    });
    ui.end_row();
}

/// A number that is dragged or typed, with a name for screen readers. One beyond the range, which a scene may
/// hold, is shown and not changed.
fn number(ui: &mut Ui, name: &str, drag: DragValue<'_>) -> egui::Response {
    let drag = drag.update_while_editing(false).clamp_existing_to_range(false);
    let response = ui.add(drag);
    let name = name.to_owned();
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::SpinButton, true, name.clone())
    });
    response
}

fn optimizer(ui: &mut Ui, sheet: &mut Sheet<'_>, settings: &mut TrainingSettings) {
    row(ui, sheet, "train-optimizer", "train-optimizer-hint");
    let known = match settings.method {
        Method::Sgd(_) => 0,
        Method::Adam(adam) => 1 + usize::from(adam.weight_decay > 0.0),
    };
    let names = ["SGD", "Adam", "AdamW"];
    let chosen = choose(ui, sheet, "train-optimizer", names.map(str::to_owned), known);
    if let Some(chosen) = chosen.filter(|&chosen| chosen != known) {
        settings.method = match chosen {
            0 => Method::Sgd(SgdSettings::default()),
            1 => Method::Adam(AdamSettings::default()),
            _ => Method::Adam(AdamSettings { weight_decay: 0.01, ..AdamSettings::default() }),
        };
        // Adam's steps are as long as the rate, whatever the gradient: it needs a smaller one.
        settings.learning_rate = if chosen == 0 { 0.01 } else { 0.002 };
    }
    ui.end_row();
    row(ui, sheet, "train-rate", "train-rate-hint");
    ui.horizontal(|ui| {
        let name = sheet.say("train-rate");
        let rate = settings.learning_rate;
        let drag = DragValue::new(&mut settings.learning_rate)
            .range(RATES[0]..=RATES[1])
            .speed(rate * 0.02)
            .custom_formatter(|rate, _| plain(rate));
        number(ui, &name, drag);
        let schedules = [Schedule::Constant, Schedule::Step, Schedule::Cosine, Schedule::OneCycle];
        let words = schedules.map(|schedule| sheet.say(schedule_key(schedule)));
        let known = schedules.iter().position(|&s| s == settings.schedule).unwrap_or(0);
        if let Some(chosen) = choose(ui, sheet, "train-schedule", words, known) {
            settings.schedule = schedules[chosen];
        }
    });
    ui.end_row();
    if let Method::Sgd(sgd) = &mut settings.method {
        row(ui, sheet, "train-momentum", "train-momentum-hint");
        let name = sheet.say("train-momentum");
        number(ui, &name, DragValue::new(&mut sgd.momentum).range(0.0..=0.99).speed(0.01));
        ui.end_row();
    }
    let decay = match &mut settings.method {
        Method::Sgd(sgd) => Some(&mut sgd.weight_decay),
        Method::Adam(adam) if adam.weight_decay > 0.0 => Some(&mut adam.weight_decay),
        Method::Adam(_) => None,
    };
    if let Some(decay) = decay {
        row(ui, sheet, "train-decay", "train-decay-hint");
        let name = sheet.say("train-decay");
        let drag = DragValue::new(decay)
            .range(0.0..=MOST_DECAY)
            .speed(0.0002)
            .custom_formatter(|decay, _| plain(decay));
        number(ui, &name, drag);
        ui.end_row();
    }
}

fn run(ui: &mut Ui, sheet: &mut Sheet<'_>, settings: &mut TrainingSettings) {
    row(ui, sheet, "train-batch", "train-batch-hint");
    let name = sheet.say("train-batch");
    number(ui, &name, DragValue::new(&mut settings.batch).range(1..=MOST_BATCH).speed(0.5));
    ui.end_row();
    row(ui, sheet, "train-epochs", "train-epochs-hint");
    let name = sheet.say("train-epochs");
    number(ui, &name, DragValue::new(&mut settings.epochs).range(1..=MOST_EPOCHS).speed(0.1));
    ui.end_row();
    row(ui, sheet, "train-seed", "train-seed-hint");
    let name = sheet.say("train-seed");
    number(ui, &name, DragValue::new(&mut settings.seed).range(0..=999_999).speed(0.1));
    ui.end_row();
}

/// A list of words; tells which was chosen.
fn choose<const N: usize>(
    ui: &mut Ui,
    sheet: &Sheet<'_>,
    key: &'static str,
    words: [String; N],
    known: usize,
) -> Option<usize> {
    let name = sheet.say(key);
    let mut chosen = None;
    let combo = ComboBox::from_id_salt((key, ui.scope_id()))
        .selected_text(words[known].clone())
        .width(120.0)
        .show_ui(ui, |ui| {
            for (place, words) in words.iter().enumerate() {
                if ui.selectable_label(place == known, words).clicked() {
                    chosen = Some(place);
                }
            }
        });
    combo.response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, name.clone())
    });
    chosen
}

/// How images are changed a little, anew in every epoch. What a switch does is told with the plan's own
/// numbers, or with those that it would bring.
fn augmentation(ui: &mut Ui, sheet: &mut Sheet<'_>, settings: &mut TrainingSettings) {
    sheet.section(ui, &Message::new("train-augment"));
    let before = settings.augment.unwrap_or_default();
    let mut augment = before;
    ui.horizontal_wrapped(|ui| {
        let switch = |ui: &mut Ui, on: bool, key, hint: Message| {
            let mut now = on;
            let words = sheet.say(key);
            ui.checkbox(&mut now, words).on_hover_text(sheet.tell(&hint));
            (now != on).then_some(now)
        };
        let hint = about_affine(augment.affine.unwrap_or(GENTLE));
        if let Some(on) = switch(ui, augment.affine.is_some(), "train-affine", hint) {
            augment.affine = on.then_some(GENTLE);
        }
        let hint = Message::new("train-elastic-hint");
        if let Some(on) = switch(ui, augment.elastic.is_some(), "train-elastic", hint) {
            augment.elastic = on.then(Elastic::default);
        }
        let shift = if augment.crop > 0 { augment.crop } else { CROP };
        let hint = Message::new("train-crop-hint").with("shift", shift);
        if let Some(on) = switch(ui, augment.crop > 0, "train-crop", hint) {
            augment.crop = if on { CROP } else { 0 };
        }
        let hint = Message::new("train-mirror-hint");
        if let Some(on) = switch(ui, augment.mirror, "train-mirror", hint) {
            augment.mirror = on;
        }
    });
    if augment != before {
        settings.augment = (augment != Augment::default()).then_some(augment);
    }
}

fn about_affine(Affine { rotation, scale, shear, shift }: Affine) -> Message {
    Message::new("train-affine-hint")
        .with("turn", plain(rotation.into()))
        .with("stretch", format!("{} %", plain(100.0 * f64::from(scale))))
        .with("slant", plain(shear.into()))
        .with("shift", plain(shift.into()))
}

/// As the bundled weights were trained.
const GENTLE: Affine = Affine { rotation: 0.2, scale: 0.12, shear: 0.15, shift: 2.0 };

/// Layers that stay as they are.
fn frozen(ui: &mut Ui, sheet: &mut Sheet<'_>, settings: &mut TrainingSettings) {
    let Some(run) = sheet.studio.training() else { return };
    let learns = |name: &String| {
        run.now.as_ref().is_some_and(|now| {
            now.weights
                .tensors
                .keys()
                .any(|tensor| tensor.rsplit_once('.').map(|t| t.0) == Some(name))
        })
    };
    let nodes: Vec<String> =
        run.network.nodes().iter().map(|node| node.name.clone()).filter(learns).collect();
    ui.add_space(size::GAP);
    let response = sheet.section(ui, &Message::new("train-frozen"));
    response.on_hover_text(sheet.say("train-frozen-hint"));
    ui.horizontal_wrapped(|ui| {
        for node in nodes {
            let mut on = settings.frozen.contains(&node);
            if ui.checkbox(&mut on, &node).clicked() {
                settings.frozen.retain(|frozen| *frozen != node);
                if on {
                    settings.frozen.push(node);
                }
            }
        }
    });
}
