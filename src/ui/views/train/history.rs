//! The moments of the training that are kept, as a strip of first kernels over a line of time.

use egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::thumbs::first_kernels;
use crate::locale::{Message, count};
use crate::ui::action::{Action, TrainAction};
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::Type;

/// Sides of a thumbnail, and the kernels in it.
const PICTURE: [f32; 2] = [66.0, 22.0];
const KERNELS: usize = 3;
const GAP: f32 = 12.0;
const STEP: f32 = 16.0;
const LINE: f32 = 22.0;
/// Points that the whole strip needs.
pub const HEIGHT: f32 = PICTURE[1] + STEP + LINE + 26.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun) {
    let key = if run.history.thinned { "train-history-thinned" } else { "train-history" };
    sheet.section(ui, &Message::new(key));
    let marks = run.history.marks();
    let width = ui.available_width();
    let (rect, response) =
        ui.allocate_exact_size(vec2(width, PICTURE[1] + STEP + LINE), Sense::click_and_drag());
    let palette = sheet.palette;
    let shown = sheet.studio.train_shown();
    let last = run.steps_in_all.max(1) as f32;
    let x = |step: u64| rect.left() + 6.0 + (step as f32 / last) * (rect.width() - 12.0);
    let line = rect.bottom() - LINE / 2.0;
    let head = x(shown.unwrap_or(run.steps_done));
    let painter = ui.painter();
    painter.hline(rect.x_range(), line, Stroke::new(3.0, palette.rail));
    painter.hline(rect.left()..=x(run.steps_done), line, Stroke::new(3.0, palette.played));
    painter.hline(rect.left()..=head, line, Stroke::new(3.0, palette.accent));
    for mark in marks {
        let at = pos2(x(mark.snapshot.step), line);
        painter.circle_filled(at, 2.0, palette.bar);
    }
    painter.circle_filled(pos2(head, line), 7.0, palette.accent);
    // As many moments as there is room for, evenly among those that are kept.
    let room = ((width + GAP) / (PICTURE[0] + GAP)).floor().max(1.0) as usize;
    let chosen = room.min(marks.len());
    let places = (0..chosen).map(|i| match chosen {
        1 => 0,
        _ => i * (marks.len() - 1) / (chosen - 1),
    });
    let each = if chosen > 1 { (width - PICTURE[0]) / (chosen - 1).max(1) as f32 } else { 0.0 };
    let each = each.min(PICTURE[0] + 2.0 * GAP);
    let mut clicked = None;
    for (i, place) in places.enumerate() {
        let mark = &marks[place];
        let step = mark.snapshot.step;
        let min = rect.min + vec2(i as f32 * each, 0.0);
        let frame = Rect::from_min_size(min, PICTURE.into());
        if let Some(kernels) = first_kernels(ui, &run.network, &mark.snapshot) {
            for kernel in 0..kernels.pictures.min(KERNELS) {
                let min = frame.min + vec2(kernel as f32 * PICTURE[1], 0.0);
                let rect = Rect::from_min_size(min, vec2(PICTURE[1] - 1.0, PICTURE[1]));
                kernels.paint(ui, kernel, rect);
            }
        }
        let present = shown.unwrap_or(run.steps_done) == step;
        let ink = if present { palette.accent } else { palette.muted };
        let at = pos2(frame.center().x, frame.bottom() + STEP / 2.0 + 1.0);
        let font = Type::SmallNumber.font();
        ui.painter().text(at, Align2::CENTER_CENTER, count(step.into()), font, ink);
        if present {
            let ring = Stroke::new(1.5, palette.accent);
            ui.painter().rect_stroke(frame.expand(2.0), 3.0, ring, StrokeKind::Outside);
        }
        let hit = frame.expand2(vec2(GAP / 2.0, 4.0));
        if response.clicked() && response.interact_pointer_pos().is_some_and(|p| hit.contains(p)) {
            clicked = Some(step);
        }
    }
    let name = sheet.say("train-history");
    let present = shown.unwrap_or(run.steps_done);
    response.widget_info(|| egui::WidgetInfo::slider(true, present as f64, name.clone()));
    if let Some(step) = clicked {
        sheet.act(Action::Train(TrainAction::Show(Some(step))));
        return;
    }
    let Some(pos) = response.interact_pointer_pos() else { return };
    let on_line = (pos.y - line).abs() < LINE || response.dragged();
    if (response.clicked() || response.dragged()) && on_line {
        let part = ((pos.x - rect.left() - 6.0) / (rect.width() - 12.0)).clamp(0.0, 1.0);
        let step = (part * last).round() as u64;
        sheet.act(Action::Train(TrainAction::Show(Some(step))));
    }
}
