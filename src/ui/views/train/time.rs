//! The foot of the view: start, one step, again, speed.

use egui::{Button, RichText, Ui, vec2};

use crate::ui::action::{Action, TrainAction};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::{text, toggle};
use crate::worker::training::Pace;

pub fn time(ui: &mut Ui, sheet: &mut Sheet<'_>) {
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
        let words = sheet.say("train-again");
        let again = ui.add_enabled(begun, Button::new(words));
        if again.on_hover_text(sheet.say("train-again-hint")).clicked() {
            sheet.act(Action::Train(TrainAction::Again));
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
    });
}
