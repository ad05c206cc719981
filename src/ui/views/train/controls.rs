//! The plan, in the top bar: what is trained, on what, how. Everything opens the settings.

use egui::{ComboBox, RichText, Ui};

use super::numerals::plain;
use crate::locale::{Message, count};
use crate::network::zoo;
use crate::ui::action::{Action, Dialog, TrainAction};
use crate::ui::scene::{TrainNetwork, TrainPlan};
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::Type;
use crate::worker::training::{DataRef, Method, Schedule, SgdSettings};

/// The bar is narrower than this: seed and batch are asked for among the settings alone.
const ROOM_FOR_ALL: f32 = 860.0;
/// Letters of a set's name that have room in the bar.
const MOST_OF_TITLE: usize = 16;

pub fn controls(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let plan = sheet.studio.scene.train.plan.clone();
    let wide = ui.available_width() > ROOM_FOR_ALL;
    network(ui, sheet, &plan);
    let words = sheet.say("train-edit");
    if ui.button(words).on_hover_text(sheet.say("train-edit-hint")).clicked() {
        sheet.act(Action::Open(Dialog::Architecture));
    }
    let mut all = vec![
        (data(sheet, sheet.studio.training(), &plan), "train-data-hint"),
        (method(sheet, &plan), "train-method-hint"),
    ];
    if wide {
        let seed = Message::new("train-seed-is").with("seed", plan.settings.seed);
        let batch = Message::new("train-batch-is").with("batch", plan.settings.batch);
        all.push((sheet.tell(&seed), "train-seed-hint"));
        all.push((sheet.tell(&batch), "train-batch-hint"));
    }
    for (words, hint) in all {
        if ui.button(words).on_hover_text(sheet.say(hint)).clicked() {
            sheet.act(Action::Open(Dialog::Training));
        }
    }
}

/// Which network.
pub fn network(ui: &mut Ui, sheet: &mut Sheet<'_>, plan: &TrainPlan) {
    let known = sheet.studio.training().map(|run| run.network.title.clone());
    let title = known.unwrap_or_else(|| plan.network.name());
    let name = sheet.say("choose-network");
    let combo = ComboBox::from_id_salt(("train-network", ui.scope_id()))
        .selected_text(RichText::new(title).font(Type::Label.font()))
        .width(150.0)
        .show_ui(ui, |ui| {
            if let TrainNetwork::Design(design) = &plan.network {
                let _ = ui.selectable_label(true, design.short());
            }
            for entry in zoo::ENTRIES {
                let reference = TrainNetwork::Zoo(entry.name.into());
                let chosen = plan.network == reference;
                if ui.selectable_label(chosen, (entry.build)().title).clicked() {
                    let plan = TrainPlan { network: reference, ..plan.clone() };
                    sheet.actions.push(Action::Train(TrainAction::Plan(plan)));
                }
            }
        });
    combo.response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, name.clone())
    });
    combo.response.on_hover_text(name);
}

/// "4,000 digits": what a plan learns from, with the sets of its own training.
pub fn data(sheet: &Sheet<'_>, run: Option<&TrainRun>, plan: &TrainPlan) -> String {
    let sets = run.and_then(|run| run.sets.as_ref());
    let all = sets.map(|sets| sets.train.len());
    let images = match (plan.images, all) {
        (Some(most), Some(all)) => Some(most.min(all)),
        (one, other) => one.or(other),
    };
    let key = match (&plan.data, plan.scrambled) {
        (DataRef::Digits, false) => "train-data-digits",
        (DataRef::Digits, true) => "train-data-scrambled",
        (DataRef::Fashion | DataRef::Folder(_), false) => "train-data-images",
        (DataRef::Fashion | DataRef::Folder(_), true) => "train-data-images-scrambled",
    };
    let title: String = sets.map_or("", |sets| &sets.title).chars().take(MOST_OF_TITLE).collect();
    let count = images.map_or_else(|| "…".into(), |images| count(images as u128));
    sheet.tell(&Message::new(key).with("count", count).with("title", title))
}

/// What the images of a training are called: the bundled ones have a name in each language.
pub fn title_of(sheet: &Sheet<'_>, run: &TrainRun) -> String {
    match (&run.plan.data, &run.sets) {
        (DataRef::Digits, _) => sheet.say("train-set-digits"),
        (_, Some(sets)) => sets.title.clone(),
        (_, None) => "…".into(),
    }
}

/// "SGD 0.9 · lr 0.01 cosine".
pub fn method(sheet: &Sheet<'_>, plan: &TrainPlan) -> String {
    let settings = &plan.settings;
    let schedule = sheet.say(schedule_key(settings.schedule));
    let method = name_of(settings.method);
    format!("{method} · {} · {schedule}", rate(sheet, settings.learning_rate))
}

/// "lr 0.01".
pub fn rate(sheet: &Sheet<'_>, rate: f64) -> String {
    sheet.tell(&Message::new("train-rate-is").with("rate", plain(rate)))
}

/// The optimizer, in short.
pub fn name_of(method: Method) -> String {
    match method {
        Method::Sgd(SgdSettings { momentum, .. }) => format!("SGD {}", plain(momentum)),
        Method::Adam(adam) if adam.weight_decay > 0.0 => "AdamW".into(),
        Method::Adam(_) => "Adam".into(),
    }
}

pub const fn schedule_key(schedule: Schedule) -> &'static str {
    match schedule {
        Schedule::Constant => "train-schedule-constant",
        Schedule::Step => "train-schedule-step",
        Schedule::Cosine => "train-schedule-cosine",
        Schedule::OneCycle => "train-schedule-one-cycle",
    }
}
