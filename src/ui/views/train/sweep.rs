//! One setting swept: accuracy, parameters and time over its values, in one plot.

use egui::{Sense, Ui};

use super::numerals::{duration, percent};
use super::runs::{key_of, value_of};
use super::watch::is_high;
use crate::locale::{Lang, Message, count, value};
use crate::paper::sketch::{Anchor, Hand, Mark, Pen, Role, Sketch};
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Studio, TrainRun};
use crate::ui::widgets::sketch::paint;
use crate::worker::training::RunState;

/// The figure in a low window and in a high one.
const SIZES: [[f32; 2]; 2] = [[620.0, 230.0], [860.0, 400.0]];
const LEFT: f32 = 84.0;
const TOP: f32 = 16.0;
/// Rows of numbers under the plot.
const ROW: f32 = 17.0;
const BELOW: f32 = 4.0 * ROW + FIRST_ROW - 4.0;
/// From the axis to the first row.
const FIRST_ROW: f32 = 22.0;
const POINT: f32 = 4.0;
/// Distances of the marks of the axis.
const STEPS: [f64; 5] = [0.01, 0.02, 0.05, 0.1, 0.25];

pub fn show(ui: &mut Ui, sheet: &Sheet<'_>) {
    let [width, height] = SIZES[usize::from(is_high(ui))];
    let sketch = sketch(sheet.studio, [ui.available_width().min(width), height]);
    let (rect, response) = ui.allocate_exact_size(sketch.size.into(), Sense::hover());
    paint(ui.painter(), sheet.palette, rect.min, &sketch);
    let name = format!("{}: {}", sheet.say("train-sweep"), sketch.words());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
}

/// Accuracy as a line, and under each value what it costs.
pub fn sketch(studio: &Studio, size: [f32; 2]) -> Sketch {
    let [width, height] = size;
    let mut sketch = Sketch::new(size);
    let Some(series) = &studio.scene.train.series else { return sketch };
    let members = studio.series();
    let say = |key| Message::new(key).text(studio.settings.lang);
    let bottom = height - BELOW;
    let each = (width - LEFT) / members.len().max(1) as f32;
    let x = |place: usize| LEFT + (place as f32 + 0.5) * each;
    let results: Vec<Option<f64>> = members
        .iter()
        .map(|(_, run)| {
            let run = run.filter(|run| run.is_finished())?;
            matches!(run.state, RunState::Done)
                .then(|| run.history.last())?
                .map(|mark| mark.test.accuracy)
        })
        .collect();
    let least = results.iter().flatten().copied().fold(1.0, f64::min);
    // About four marks, at round numbers.
    let step = STEPS.into_iter().find(|step| (1.0 - least) / step <= 4.0).unwrap_or(0.25);
    let least = (least / step).floor() * step;
    let y = |part: f64| bottom - ((part - least) / (1.0 - least).max(1e-9)) as f32 * (bottom - TOP);
    let ticks = (0..=((1.0 - least) / step).round() as usize).map(|i| least + i as f64 * step);
    for tick in ticks {
        let at = y(tick);
        sketch.line([LEFT, at], [width, at], Pen::new(Role::Hairline, 1.0));
        let words = format!("{:.0} %", 100.0 * tick);
        sketch.text([LEFT - 8.0, at], Anchor::Right, words, Hand::Number, Role::Muted);
    }
    let points: Vec<[f32; 2]> = results
        .iter()
        .enumerate()
        .filter_map(|(place, part)| Some([x(place), y((*part)?)]))
        .collect();
    if points.len() > 1 {
        let pen = Pen::new(Role::Accent, 2.0);
        sketch.marks.push(Mark::Polyline { points: points.clone(), pen });
    }
    for [px, py] in points {
        let (min, size) = ([px - POINT, py - POINT], [2.0 * POINT; 2]);
        sketch.rect([min, size], POINT, Some(Role::Accent.into()), None);
    }
    let rows = [key_of(series.what), "train-sweep-right", "train-sweep-params", "train-sweep-time"];
    for (row, key) in rows.into_iter().enumerate() {
        let at = [LEFT - 8.0, bottom + FIRST_ROW + row as f32 * ROW];
        sketch.text(at, Anchor::Right, say(key), Hand::Caption, Role::Muted);
    }
    for (place, (member, run)) in members.iter().enumerate() {
        let at = |row: usize| [x(place), bottom + FIRST_ROW + row as f32 * ROW];
        let words = value_of(series.what, member.value);
        sketch.text(at(0), Anchor::Middle, words, Hand::StrongNumber, Role::Text);
        let failed = run.is_some_and(|run| matches!(run.state, RunState::Failed(_)));
        let words = match results[place] {
            Some(part) => percent(part),
            None if failed => say("train-diverged"),
            None if run.is_some_and(TrainRun::is_going) => "…".into(),
            None => "–".into(),
        };
        sketch.text(at(1), Anchor::Middle, words, Hand::Number, Role::Text);
        let words =
            member.params.map_or_else(|| "–".into(), |all| short(all, studio.settings.lang));
        sketch.text(at(2), Anchor::Middle, words, Hand::Number, Role::Muted);
        let seconds = run.filter(|run| run.is_finished()).map(|run| run.seconds);
        let words = seconds.map_or_else(|| "–".into(), |s| duration(s).text(studio.settings.lang));
        sketch.text(at(3), Anchor::Middle, words, Hand::Number, Role::Muted);
    }
    sketch
}

/// A count in few signs: `61,706`, `1.2 M`.
fn short(number: u128, lang: Lang) -> String {
    if number < 1_000_000 {
        return count(number);
    }
    let millions = value(number as f64 / 1e6, 1);
    Message::new("train-millions").with("count", millions).text(lang)
}
