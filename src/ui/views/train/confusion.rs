//! What is taken for what, the digits of one cell, and the worst mistakes.

use std::sync::Arc;

use egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::digits::{Tile, tile};
use crate::locale::{Message, count};
use crate::ui::action::{Action, TrainAction};
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::{Type, contrast};
use crate::ui::widgets::text;
use crate::worker::training::{Mark, Verdicts};

/// Points for the names of the classes at the left and below.
const NAMES: f32 = 22.0;
/// And for how many of each class are read right.
const RIGHT: f32 = 38.0;
/// A side of a digit that can be clicked.
const DIGIT: f32 = 44.0;
/// The widest and narrowest cell.
const CELLS: [f32; 2] = [14.0, 30.0];

/// How often each class is taken for each other, `[label][answer]`.
pub fn matrix(verdicts: &Verdicts, classes: usize) -> Vec<Vec<usize>> {
    let mut matrix = vec![vec![0; classes]; classes];
    for (&label, &answer) in verdicts.labels.iter().zip(&verdicts.answers) {
        if let Some(cell) =
            matrix.get_mut(usize::from(label)).and_then(|row| row.get_mut(usize::from(answer)))
        {
            *cell += 1;
        }
    }
    matrix
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun, mark: &Arc<Mark>) {
    sheet.section(ui, &Message::new("train-confusion"));
    let scores = run.network.scores();
    let classes = run.network.nodes()[scores].output[0];
    let matrix = matrix(&mark.verdicts, classes);
    let room = ui.available_size();
    let side = ((room.y - NAMES - 20.0).min(room.x * 0.5) - NAMES) / classes.max(1) as f32;
    let side = side.clamp(CELLS[0], CELLS[1]).floor();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        ui.vertical(|ui| cells(ui, sheet, run, &matrix, side));
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            beside(ui, sheet, run, mark, &matrix);
        });
    });
}

fn cells(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun, matrix: &[Vec<usize>], side: f32) {
    let classes = matrix.len();
    let square = NAMES + side * classes as f32;
    let size = vec2(square + RIGHT, square);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let palette = sheet.palette;
    let painter = ui.painter();
    let origin = rect.min + vec2(NAMES, 0.0);
    let cell = |label: usize, answer: usize| {
        let at = origin + vec2(answer as f32, label as f32) * side;
        Rect::from_min_size(at, Vec2::splat(side)).shrink(0.75)
    };
    let wrong = matrix.iter().enumerate().flat_map(|(label, row)| {
        row.iter().enumerate().filter(move |&(answer, _)| answer != label).map(|(_, &n)| n)
    });
    let most = wrong.max().unwrap_or(0).max(1);
    let chosen = sheet.studio.scene.train.cell;
    for (label, row) in matrix.iter().enumerate() {
        let all: usize = row.iter().sum();
        for (answer, &number) in row.iter().enumerate() {
            let rect = cell(label, answer);
            let fill = if label == answer {
                let part = number as f32 / all.max(1) as f32;
                palette.canvas.lerp_to_gamma(palette.text, 0.06 + 0.86 * part * part)
            } else if number == 0 {
                palette.rail
            } else {
                let part = number as f32 / most as f32;
                palette.canvas.lerp_to_gamma(palette.positive, 0.25 + 0.75 * part)
            };
            painter.rect_filled(rect, 2.0, fill);
            let written = number > 0 && side >= 16.0 && (label != answer || side >= 22.0);
            if written {
                let ink = if contrast(fill, palette.text) >= contrast(fill, palette.canvas) {
                    palette.text
                } else {
                    palette.canvas
                };
                let font = Type::SmallNumber.font();
                painter.text(rect.center(), Align2::CENTER_CENTER, number, font, ink);
            }
            if chosen == Some([label, answer]) {
                let ring = Stroke::new(2.0, palette.accent);
                painter.rect_stroke(rect, 2.0, ring, StrokeKind::Outside);
            }
        }
    }
    for (class, row) in matrix.iter().enumerate() {
        let name: String = run.class_name(class).chars().take(3).collect();
        let middle = (class as f32 + 0.5) * side;
        let font = Type::SmallNumber.font();
        let at = pos2(origin.x - 8.0, origin.y + middle);
        painter.text(at, Align2::RIGHT_CENTER, &name, font.clone(), palette.muted);
        let all: usize = row.iter().sum();
        if all > 0 {
            let right = 100.0 * row[class] as f64 / all as f64;
            let at = pos2(origin.x + side * classes as f32 + 6.0, origin.y + middle);
            let words = format!("{right:.0} %");
            painter.text(at, Align2::LEFT_CENTER, words, font.clone(), palette.text);
        }
        let at = pos2(origin.x + middle, origin.y + side * classes as f32 + 10.0);
        painter.text(at, Align2::CENTER_CENTER, &name, font, palette.muted);
    }
    let under = |pos: egui::Pos2| {
        let place = (pos - origin) / side;
        let inside = place.x >= 0.0 && place.y >= 0.0;
        let (label, answer) = (place.y as usize, place.x as usize);
        (inside && label < classes && answer < classes).then_some([label, answer])
    };
    let name = sheet.say("train-confusion");
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
    let hovered = response.hover_pos().and_then(under);
    if response.clicked()
        && let Some(cell) = hovered
    {
        let cell = (chosen != Some(cell)).then_some(cell);
        sheet.act(Action::Train(TrainAction::Cell(cell)));
    }
    if let Some([label, answer]) = hovered {
        let message = Message::new("train-cell")
            .with("label", run.class_name(label))
            .with("answer", run.class_name(answer))
            .with("count", count(matrix[label][answer] as u128));
        response.on_hover_text(sheet.tell(&message));
    }
}

/// The digits of the chosen cell, and the worst mistakes.
fn beside(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    run: &TrainRun,
    mark: &Arc<Mark>,
    matrix: &[Vec<usize>],
) {
    let per_row = ((ui.available_width() + 6.0) / (DIGIT + 6.0)).floor().max(1.0) as usize;
    let verdicts = &mark.verdicts;
    if let Some([label, answer]) = sheet.studio.scene.train.cell {
        let told =
            Message::new(if label == answer { "train-cell-right" } else { "train-cell-wrong" })
                .with("label", run.class_name(label))
                .with("answer", run.class_name(answer))
                .with(
                    "count",
                    matrix.get(label).and_then(|row| row.get(answer)).copied().unwrap_or(0),
                );
        text(ui, sheet.tell(&told), Type::Strong, sheet.palette.text);
        let wanted = |place: &usize| {
            (usize::from(verdicts.labels[*place]), usize::from(verdicts.answers[*place]))
                == (label, answer)
        };
        let mut places: Vec<usize> = (0..verdicts.labels.len()).filter(wanted).collect();
        places.sort_by(|&a, &b| verdicts.losses[b].total_cmp(&verdicts.losses[a]));
        places.truncate(2 * per_row);
        tiles(ui, sheet, run, verdicts, &places, per_row, false);
    } else {
        text(ui, sheet.say("train-cell-hint"), Type::Caption, sheet.palette.muted);
    }
    ui.add_space(4.0);
    sheet.section(ui, &Message::new("train-worst"));
    let is_wrong = |place: &usize| verdicts.labels[*place] != verdicts.answers[*place];
    let mut worst: Vec<usize> = (0..verdicts.labels.len()).filter(is_wrong).collect();
    worst.sort_by(|&a, &b| verdicts.losses[b].total_cmp(&verdicts.losses[a]));
    let rows = if sheet.studio.scene.train.cell.is_some() { 1 } else { 2 };
    worst.truncate(rows * per_row);
    if worst.is_empty() {
        text(ui, sheet.say("train-no-mistakes"), Type::Caption, sheet.palette.muted);
    }
    tiles(ui, sheet, run, verdicts, &worst, per_row, true);
}

fn tiles(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    run: &TrainRun,
    verdicts: &Verdicts,
    places: &[usize],
    per_row: usize,
    named: bool,
) {
    for row in places.chunks(per_row) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for &place in row {
                let (label, answer) = (verdicts.labels[place], verdicts.answers[place]);
                let name = |class: u16| run.class_name(usize::from(class));
                let under = named.then(|| format!("{}→{}", name(label), name(answer)));
                let number = verdicts.numbers[place] as usize;
                tile(ui, sheet, run, Tile { number, side: DIGIT, under });
            }
        });
    }
}
