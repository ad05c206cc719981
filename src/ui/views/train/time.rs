//! The foot of the view: start, one step, again, speed.

use egui::{Button, RichText, Ui, vec2};

use crate::locale::{Message, count};
use crate::ui::action::{Action, TrainAction};
use crate::ui::scene::{Series, TrainPage, Varied};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{text, toggle};
use crate::worker::training::Pace;

pub fn time(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    if sheet.studio.scene.train.page == TrainPage::Ways {
        return series(ui, sheet);
    }
    let Some(run) = sheet.studio.training() else { return };
    let going = run.is_going();
    let begun = run.steps_done > 0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        let key = match (going, begun, run.can_go_on()) {
            (true, ..) => "train-pause",
            (false, _, false) => "train-again-start",
            (false, false, _) => "train-start",
            (false, true, _) => "train-go-on",
        };
        let palette = sheet.palette;
        let words =
            RichText::new(sheet.say(key)).font(Type::Strong.font()).color(palette.on_accent);
        let primary = Button::new(words).fill(palette.accent).min_size(vec2(96.0, 28.0));
        if ui.add_enabled(run.is_prepared(), primary).clicked() {
            sheet.act(Action::Train(TrainAction::Toggle));
        }
        let words = sheet.say("train-one-step");
        let one = ui.add_enabled(!going && run.can_go_on(), Button::new(words));
        if one.on_hover_text(sheet.say("train-one-step-hint")).clicked() {
            sheet.act(Action::Train(TrainAction::OneStep));
        }
        if !begun || run.can_go_on() {
            // After the last step the first button is this one.
            let words = sheet.say("train-again");
            let again = ui.add_enabled(begun, Button::new(words));
            if again.on_hover_text(sheet.say("train-again-hint")).clicked() {
                sheet.act(Action::Train(TrainAction::Again));
            }
        }
        ui.add_space(12.0);
        text(ui, sheet.say("train-pace"), Type::Body, palette.muted);
        ui.spacing_mut().item_spacing.x = 4.0;
        for pace in Pace::ALL {
            let label = match pace {
                Pace::Accelerating => sheet.say("train-pace-accelerating"),
                Pace::One => "1".into(),
                Pace::Four => "4".into(),
                Pace::Twenty => "20".into(),
                Pace::Full => sheet.say("train-pace-full"),
            };
            let on = sheet.studio.scene.train.pace == pace;
            if toggle(ui, palette, on, &label).on_hover_text(sheet.say("train-pace-hint")).clicked()
            {
                sheet.act(Action::Train(TrainAction::Pace(pace)));
            }
        }
        ui.add_space(12.0);
        let inside = Button::new(sheet.say("train-look-inside"));
        let can = sheet.studio.train_moment().is_some();
        let hint = sheet.say("train-look-inside-hint");
        if ui.add_enabled(can, inside).on_hover_text(hint).clicked() {
            sheet.act(Action::Train(TrainAction::LookInside(None)));
        }
    });
}

/// The three ways are trained one after the other.
fn series(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let studio = sheet.studio;
    let there = studio.scene.train.series.as_ref().is_some_and(|s| s.what == Varied::Ways);
    let going = studio.series_is_going();
    let (done, all) = studio.series_progress();
    let key = match (there, going) {
        (false, _) => "ways-start",
        (true, true) => "train-series-pause",
        (true, false) => "train-series-go",
    };
    let palette = sheet.palette;
    ui.horizontal(|ui| {
        let words =
            RichText::new(sheet.say(key)).font(Type::Strong.font()).color(palette.on_accent);
        let primary = Button::new(words).fill(palette.accent).min_size(vec2(96.0, 28.0));
        if ui.add_enabled(!there || done < all, primary).clicked() {
            let action = if there {
                TrainAction::SeriesGoes(!going)
            } else {
                let base = studio.ways_base();
                TrainAction::Series(Some(Series { what: Varied::Ways, base, done: 0 }))
            };
            sheet.act(Action::Train(action));
        }
        if there {
            let message = Message::new("train-series-done").with("done", done).with("all", all);
            text(ui, sheet.tell(&message), Type::Body, palette.muted);
        }
        let mut all = studio.series().into_iter().filter_map(|(_, run)| run);
        if let Some(run) = all.find(|run| run.is_going()) {
            let message = Message::new("ways-present")
                .with("network", &run.network.title)
                .with("step", count(run.steps_done.into()))
                .with("steps", count(run.steps_in_all.into()));
            text(ui, sheet.tell(&message), Type::Body, palette.muted);
        }
    });
}
