//! The four numbers of a training.

use egui::{Ui, vec2};

use super::numerals::percent;
use crate::locale::{Message, count, value};
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::Type;
use crate::ui::widgets::cell;
use crate::worker::training::RunState;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun) {
    let studio = sheet.studio;
    let right = studio.train_mark().map_or_else(|| "–".into(), |mark| percent(mark.test.accuracy));
    let shown = studio.train_shown().unwrap_or(run.steps_done);
    let step = format!("{} / {}", count(shown.into()), count(run.steps_in_all.into()));
    let speed = run.images_per_second.filter(|_| run.steps_done > 0);
    let speed = speed.map_or_else(|| "–".into(), |images| count(rounded(images)));
    let left = match run.state {
        RunState::Done => sheet.say("train-done"),
        RunState::Failed(_) => sheet.say("train-stopped"),
        RunState::Paused | RunState::Going => run
            .seconds_left(studio.scene.train.pace)
            .filter(|_| run.steps_done > 0)
            .map_or_else(|| "–".into(), |seconds| duration(sheet, seconds)),
    };
    let all = [
        ("train-number-right", right),
        ("train-number-step", step),
        ("train-number-speed", speed),
        ("train-number-left", left),
    ];
    // The steps are two numbers.
    let whole = ui.available_width();
    let parts = [0.22, 0.33, 0.25, 0.2];
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for ((key, number), part) in all.into_iter().zip(parts) {
            let width = whole * part;
            ui.allocate_ui(vec2(width, 44.0), |ui| {
                ui.set_min_width(width);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    sheet.section(ui, &Message::new(key));
                    cell(ui, number, Type::MiddleNumber, sheet.palette.text);
                });
            });
        }
    });
}

/// Two digits say enough about a speed.
fn rounded(number: f64) -> u128 {
    let unit = 10f64.powf((number.max(1.0).log10().floor() - 1.0).max(0.0));
    ((number / unit).round() * unit) as u128
}

fn duration(sheet: &Sheet<'_>, seconds: f64) -> String {
    let message = if seconds < 90.0 {
        let digits = value(seconds, usize::from(seconds < 10.0));
        Message::new("train-seconds").with("count", digits)
    } else {
        Message::new("train-minutes").with("count", value(seconds / 60.0, 0))
    };
    sheet.tell(&message)
}
