//! Trainings beside each other, and one setting swept.

use egui::{Button, Grid, ScrollArea, Sense, Ui, vec2};

use super::controls::{name_of, rate, schedule_key};
use super::numerals::{percent, plain};
use super::sweep;
use crate::locale::{Message, count};
use crate::network::cost;
use crate::ui::action::{Action, Dialog, TrainAction};
use crate::ui::scene::{Series, TrainPlan, Varied};
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{Icon, cell, icon_button, text, toggle};
use crate::worker::training::RunState;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun) {
    ScrollArea::vertical().id_salt("runs").show(ui, |ui| {
        list(ui, sheet);
        ui.add_space(size::GAP);
        ui.horizontal(|ui| {
            let words = sheet.say("train-change-one");
            let hint = sheet.say("train-change-one-hint");
            if ui.button(words).on_hover_text(hint).clicked() {
                sheet.act(Action::Open(Dialog::Training));
            }
        });
        ui.add_space(size::SECTION);
        sheet.section(ui, &Message::new("train-sweep"));
        choose(ui, sheet, run);
        let is_sweep = |series: &Series| Varied::SWEEPS.contains(&series.what);
        if sheet.studio.scene.train.series.as_ref().is_some_and(is_sweep) {
            sweep::show(ui, sheet);
        } else {
            text(ui, sheet.say("train-sweep-hint"), Type::Caption, sheet.palette.muted);
        }
    });
}

/// The trainings that have begun.
fn list(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    sheet.section(ui, &Message::new("train-runs"));
    let studio = sheet.studio;
    let present = &studio.scene.train.plan;
    // Those of a series stand in its figure.
    let members = studio.series();
    let beside = |run: &TrainRun| studio.scene.train.beside.contains(&run.plan);
    let is_member =
        |run: &TrainRun| !beside(run) && members.iter().any(|(member, _)| member.plan == run.plan);
    let all: Vec<&TrainRun> = studio
        .trainings()
        .iter()
        .filter(|run| run.plan == *present || (run.steps_done > 0 && !is_member(run)))
        .collect();
    let plans: Vec<&TrainPlan> = all.iter().map(|run| &run.plan).collect();
    let varied = Differences::between(&plans);
    Grid::new("runs").num_columns(6).spacing([14.0, 6.0]).show(ui, |ui| {
        for run in &all {
            row(ui, sheet, run, &varied);
            ui.end_row();
        }
    });
}

fn row(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun, varied: &Differences) {
    let (studio, palette) = (sheet.studio, sheet.palette);
    let train = &studio.scene.train;
    let is_present = run.plan == train.plan;
    let place = studio.trainings_beside().position(|other| other.plan == run.plan);
    let colour = match place {
        _ if is_present => palette.accent,
        Some(place) => palette.identity[place % palette.identity.len()],
        None => palette.rail,
    };
    let (rect, swatch) = ui.allocate_exact_size(vec2(16.0, 16.0), Sense::click());
    ui.painter().rect_filled(rect.shrink(2.0), 3.0, colour);
    let name = sheet.say("train-beside");
    swatch.widget_info(|| {
        egui::WidgetInfo::selected(
            egui::accesskit::Role::CheckBox,
            !is_present,
            place.is_some(),
            name.clone(),
        )
    });
    if place.is_none() && !is_present {
        let line = egui::Stroke::new(1.0, palette.bar);
        ui.painter().rect_stroke(rect.shrink(2.0), 3.0, line, egui::StrokeKind::Inside);
    }
    if swatch.on_hover_text(sheet.say("train-beside-hint")).clicked() && !is_present {
        let on = place.is_none();
        sheet.act(Action::Train(TrainAction::Beside(run.plan.clone(), on)));
    }
    let kind = if is_present { Type::Strong } else { Type::Body };
    let words = varied.words(sheet, run);
    ui.allocate_ui(vec2(230.0, 18.0), |ui| {
        ui.set_max_width(230.0);
        let label =
            egui::Label::new(egui::RichText::new(&words).font(kind.font()).color(palette.text));
        if ui.add(label.truncate().sense(Sense::click())).on_hover_text(&words).clicked() {
            sheet.act(Action::Train(TrainAction::Open(run.plan.clone())));
        }
    });
    let params = cost::totals(&run.network).map_or_else(|_| "–".into(), |all| count(all.params));
    cell(ui, params, Type::Number, palette.muted).on_hover_text(sheet.say("train-run-params"));
    let right = run.history.last().map_or_else(|| "–".into(), |mark| percent(mark.test.accuracy));
    cell(ui, right, Type::StrongNumber, palette.text);
    let state = match &run.state {
        RunState::Failed(_) => {
            Message::new("train-run-stopped").with("step", count(run.steps_done.into()))
        }
        RunState::Done => Message::new("train-run-done").with("seconds", plain_seconds(run)),
        RunState::Going | RunState::Paused => Message::new("train-run-at")
            .with("step", count(run.steps_done.into()))
            .with("steps", count(run.steps_in_all.into())),
    };
    cell(ui, sheet.tell(&state), Type::Caption, palette.muted);
    let remove = sheet.say("train-run-remove");
    if is_present {
        ui.label("");
    } else if icon_button(ui, palette, Icon::Close, &remove).clicked() {
        sheet.act(Action::Train(TrainAction::Remove(run.plan.clone())));
    }
}

fn plain_seconds(run: &TrainRun) -> String {
    crate::locale::value(run.seconds, 1)
}

/// In what some plans differ: nothing else needs to be said about each.
struct Differences {
    network: bool,
    data: bool,
    method: bool,
    rate: bool,
    schedule: bool,
    batch: bool,
    epochs: bool,
    seed: bool,
    augment: bool,
    frozen: bool,
}

impl Differences {
    fn between(plans: &[&TrainPlan]) -> Self {
        fn differ<T: PartialEq>(plans: &[&TrainPlan], of: impl Fn(&TrainPlan) -> T) -> bool {
            let mut values = plans.iter().map(|plan| of(plan));
            let first = values.next();
            values.any(|value| Some(value) != first)
        }
        Self {
            data: differ(plans, |plan| (plan.data.clone(), plan.images, plan.scrambled)),
            network: differ(plans, |plan| plan.network.clone()),
            method: differ(plans, |plan| plan.settings.method),
            rate: differ(plans, |plan| plan.settings.learning_rate),
            schedule: differ(plans, |plan| plan.settings.schedule),
            batch: differ(plans, |plan| plan.settings.batch),
            epochs: differ(plans, |plan| plan.settings.epochs),
            seed: differ(plans, |plan| plan.settings.seed),
            augment: differ(plans, |plan| plan.settings.augment),
            frozen: differ(plans, |plan| plan.settings.frozen.clone()),
        }
    }

    fn words(&self, sheet: &Sheet<'_>, run: &TrainRun) -> String {
        let plan = &run.plan;
        let settings = &plan.settings;
        let mut parts = Vec::new();
        if self.network {
            parts.push(run.network.title.clone());
        }
        if self.data {
            parts.push(super::controls::data(sheet, Some(run), plan));
        }
        if self.method {
            parts.push(name_of(settings.method));
        }
        if self.rate {
            parts.push(rate(sheet, settings.learning_rate));
        }
        if self.schedule {
            parts.push(sheet.say(schedule_key(settings.schedule)));
        }
        let said = |message: Message| sheet.tell(&message);
        if self.batch {
            parts.push(said(Message::new("train-batch-is").with("batch", settings.batch)));
        }
        if self.epochs {
            parts.push(said(Message::new("train-epochs-is").with("epochs", settings.epochs)));
        }
        if self.seed {
            parts.push(said(Message::new("train-seed-is").with("seed", settings.seed)));
        }
        if self.augment {
            let key =
                if settings.augment.is_some() { "train-augmented" } else { "train-not-augmented" };
            parts.push(sheet.say(key));
        }
        if self.frozen && !settings.frozen.is_empty() {
            let layers = settings.frozen.join(", ");
            parts.push(said(Message::new("train-frozen-is").with("layers", layers)));
        }
        if parts.is_empty() {
            // Nothing else to tell them apart by.
            parts.push(run.network.title.clone());
        }
        parts.join(" · ")
    }
}

/// Which setting is swept, and whether it goes on.
fn choose(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun) {
    let known = sheet.studio.scene.train.series.as_ref().map(|series| series.what);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for what in Varied::SWEEPS {
            let label = sheet.say(key_of(what));
            let wanted = Series { what, base: run.plan.clone(), done: 0 };
            let possible = wanted.is_possible();
            ui.add_enabled_ui(possible, |ui| {
                if toggle(ui, sheet.palette, known == Some(what), &label).clicked() {
                    sheet.act(Action::Train(TrainAction::Series(Some(wanted))));
                }
            });
        }
        if known.is_some_and(|what| Varied::SWEEPS.contains(&what)) {
            let (done, all) = sheet.studio.series_progress();
            let going = sheet.studio.series_is_going();
            let key = if going { "train-series-pause" } else { "train-series-go" };
            if done < all && ui.add(Button::new(sheet.say(key))).clicked() {
                sheet.act(Action::Train(TrainAction::SeriesGoes(!going)));
            }
            let message = Message::new("train-series-done").with("done", done).with("all", all);
            cell(ui, sheet.tell(&message), Type::Caption, sheet.palette.muted);
        }
    });
}

pub const fn key_of(what: Varied) -> &'static str {
    match what {
        Varied::Kernels => "train-sweep-kernels",
        Varied::KernelSize => "train-sweep-size",
        Varied::Depth => "train-sweep-depth",
        Varied::LearningRate => "train-sweep-rate",
        Varied::Ways => "train-page-ways",
    }
}

/// What stands under a point of a sweep.
pub fn value_of(what: Varied, value: f64) -> String {
    match what {
        Varied::KernelSize => format!("{value}×{value}"),
        Varied::LearningRate => plain(value),
        Varied::Kernels | Varied::Depth | Varied::Ways => format!("{value}"),
    }
}
