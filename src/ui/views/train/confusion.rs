//! What is taken for what, the digits of one cell, and the worst mistakes.

use std::sync::Arc;

use egui::{Align2, Rect, Response, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use super::digits::{Tile, tile};
use super::numerals::percent;
use super::short::short_names;
use crate::locale::{Message, count};
use crate::ui::action::{Action, TrainAction};
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::{Type, contrast};
use crate::ui::widgets::{arrows, text};
use crate::worker::training::{Mark, Verdicts};

/// Points for the names of the classes at the left, at least, and below.
const NAMES: f32 = 22.0;
/// And for how many of each class are read right.
const RIGHT: f32 = 38.0;
/// A side of a digit that can be clicked.
const DIGIT: f32 = 44.0;
/// The narrowest and the widest cell.
const CELLS: [f32; 2] = [5.0, 30.0];
/// Points from one name to the next, at least; of smaller cells only some are named.
const PITCH: f32 = 12.0;
/// Points of a letter; those of Chinese are wider.
const LETTER: [f32; 2] = [7.0, 12.0];

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

/// The classes, and what they are called where there is little room.
struct Classes {
    short: Vec<String>,
    /// Points that the widest short name takes.
    width: f32,
}

impl Classes {
    fn of(run: &TrainRun, count: usize) -> Self {
        let names: Vec<String> = (0..count).map(|class| run.class_name(class)).collect();
        let short = short_names(&names);
        let of = |name: &String| -> f32 {
            name.chars().map(|letter| LETTER[usize::from(!letter.is_ascii())]).sum()
        };
        let width = short.iter().map(of).fold(0.0, f32::max);
        Self { short, width }
    }
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun, mark: &Arc<Mark>) {
    sheet.section(ui, &Message::new("train-confusion"));
    let scores = run.network.scores();
    let count = run.network.nodes()[scores].output[0];
    let matrix = matrix(&mark.verdicts, count);
    let classes = Classes::of(run, count);
    let left = (classes.width + 10.0).max(NAMES);
    let room = ui.available_size();
    let half = room.x * 0.5;
    let side = ((room.y - NAMES - 20.0).min(half) - left) / count.max(1) as f32;
    let side = side.clamp(CELLS[0], CELLS[1]);
    let side = if side < PITCH { side } else { side.floor() };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        let size = vec2(left + side * count as f32 + RIGHT, side * count as f32 + NAMES);
        if size.x > half + RIGHT + 1.0 || size.y > room.y {
            // Hundreds of classes scroll, and the mistakes stay beside them.
            let area = ScrollArea::both().id_salt("confusion").max_width(half + RIGHT);
            area.max_height(room.y).show(ui, |ui| {
                cells(ui, sheet, run, &matrix, &classes, [left, side]);
            });
        } else {
            ui.vertical(|ui| cells(ui, sheet, run, &matrix, &classes, [left, side]));
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            beside(ui, sheet, run, mark, &matrix, &classes);
        });
    });
}

/// `left`: points of the names; `side`: of a cell.
fn cells(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    run: &TrainRun,
    matrix: &[Vec<usize>],
    names: &Classes,
    [left, side]: [f32; 2],
) {
    let classes = matrix.len();
    let square = side * classes as f32;
    let size = vec2(left + square + RIGHT, square + NAMES);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let cursor = cursor(ui, &response, sheet.studio.scene.train.cell, classes);
    let palette = sheet.palette;
    let painter = ui.painter();
    let origin = rect.min + vec2(left, 0.0);
    let cell = |label: usize, answer: usize| {
        let at = origin + vec2(answer as f32, label as f32) * side;
        Rect::from_min_size(at, Vec2::splat(side)).shrink(if side < PITCH { 0.25 } else { 0.75 })
    };
    let wrong = matrix.iter().enumerate().flat_map(|(label, row)| {
        row.iter().enumerate().filter(move |&(answer, _)| answer != label).map(|(_, &n)| n)
    });
    let most = wrong.max().unwrap_or(0).max(1);
    let chosen = sheet.studio.scene.train.cell;
    // Small cells are thousands: one shape.
    let mut small = egui::Mesh::default();
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
            if side < PITCH {
                small.add_colored_rect(rect, fill);
                continue;
            }
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
        }
    }
    painter.add(egui::Shape::mesh(small));
    for (at, width) in [(chosen, 2.0), (cursor, 3.0)] {
        if let Some([label, answer]) = at.filter(|at| at.iter().all(|&class| class < classes)) {
            let ring = Stroke::new(width, palette.accent);
            let radius = if side < PITCH { 0.0 } else { 2.0 };
            painter.rect_stroke(cell(label, answer), radius, ring, StrokeKind::Outside);
        }
    }
    let every = |points: f32| (points / side).ceil().max(1.0) as usize;
    let (per_row, per_column) = (every(PITCH), every(names.width + 4.0));
    let font = Type::SmallNumber.font();
    for (class, row) in matrix.iter().enumerate() {
        let name = &names.short[class];
        let middle = (class as f32 + 0.5) * side;
        let at = pos2(origin.x - 8.0, origin.y + middle);
        if class % per_row == 0 {
            painter.text(at, Align2::RIGHT_CENTER, name, font.clone(), palette.muted);
        }
        if let Some(part) = right_of(row, class) {
            let at = pos2(origin.x + square + 6.0, origin.y + middle);
            if per_row == 1 {
                let words = format!("{:.0} %", 100.0 * part);
                painter.text(at, Align2::LEFT_CENTER, words, font.clone(), palette.text);
            } else {
                // No room for a number in each row.
                let length = part as f32 * (RIGHT - 8.0);
                let bar =
                    Rect::from_min_size(at - vec2(0.0, side * 0.35), vec2(length, side * 0.7));
                painter.rect_filled(bar, 0.0, palette.bar);
            }
        }
        let at = pos2(origin.x + middle, origin.y + square + 10.0);
        if class % per_column == 0 {
            painter.text(at, Align2::CENTER_CENTER, name, font.clone(), palette.muted);
        }
    }
    let told = |[label, answer]: [usize; 2]| {
        Message::new("train-cell")
            .with("label", run.class_name(label))
            .with("answer", run.class_name(answer))
            .with("count", count(matrix[label][answer] as u128))
    };
    let name = match cursor {
        Some(cell) => format!("{}: {}", sheet.say("train-confusion"), sheet.tell(&told(cell))),
        None => sheet.say("train-confusion"),
    };
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
    let class_at = |points: f32| {
        let class = (points / side).floor();
        (0.0..classes as f32).contains(&class).then_some(class as usize)
    };
    let under = response.hover_pos().map(|pos| {
        let place = pos - origin;
        (class_at(place.y), class_at(place.x))
    });
    let hovered = match under {
        Some((Some(label), Some(answer))) => Some([label, answer]),
        _ => None,
    };
    if response.clicked()
        && let Some(cell) = if response.interact_pointer_pos().is_some() { hovered } else { cursor }
    {
        let cell = (chosen != Some(cell)).then_some(cell);
        sheet.act(Action::Train(TrainAction::Cell(cell)));
    }
    let hint = match under {
        Some((Some(label), Some(answer))) => Some(sheet.tell(&told([label, answer]))),
        // The whole name of a class, and how many of it are read right.
        Some((Some(class), None)) => right_of(&matrix[class], class).map(|part| {
            let message = Message::new("train-class-right").with("label", run.class_name(class));
            sheet.tell(&message.with("right", percent(part)))
        }),
        Some((None, Some(class))) => Some(run.class_name(class)),
        Some((None, None)) | None => None,
    };
    if let Some(hint) = hint {
        response.on_hover_text(hint);
    }
}

/// The part of a class that is read right; `None` where there is none of it.
fn right_of(row: &[usize], class: usize) -> Option<f64> {
    let all: usize = row.iter().sum();
    (all > 0).then(|| row[class] as f64 / all as f64)
}

/// The cell that the keyboard stands on, while the matrix has the focus: `[label, answer]`. It begins at the
/// chosen one.
fn cursor(
    ui: &Ui,
    response: &Response,
    chosen: Option<[usize; 2]>,
    classes: usize,
) -> Option<[usize; 2]> {
    let moved = arrows(ui, response)?;
    let last = classes.checked_sub(1)?;
    let id = response.id.with("cursor");
    let at = ui.data(|data| data.get_temp::<[usize; 2]>(id)).or(chosen).unwrap_or_default();
    let at = [0, 1].map(|axis| at[axis].saturating_add_signed(moved[axis]).min(last));
    ui.data_mut(|data| data.insert_temp(id, at));
    Some(at)
}

/// The digits of the chosen cell, and the worst mistakes.
fn beside(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    run: &TrainRun,
    mark: &Arc<Mark>,
    matrix: &[Vec<usize>],
    names: &Classes,
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
        tiles(ui, sheet, run, verdicts, &places, per_row, None);
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
    tiles(ui, sheet, run, verdicts, &worst, per_row, Some(names));
}

/// `names`: what is taken for what stands under each, in short.
fn tiles(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    run: &TrainRun,
    verdicts: &Verdicts,
    places: &[usize],
    per_row: usize,
    names: Option<&Classes>,
) {
    for row in places.chunks(per_row) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for &place in row {
                let of = |class: &[u16]| usize::from(class[place]);
                let (label, answer) = (of(&verdicts.labels), of(&verdicts.answers));
                let number = verdicts.numbers[place] as usize;
                let under = names.and_then(|names| {
                    Some(format!("{}→{}", names.short.get(label)?, names.short.get(answer)?))
                });
                let said = format!("{} → {}", run.class_name(label), run.class_name(answer));
                tile(ui, sheet, run, Tile { number, side: DIGIT, under, said: Some(said) });
            }
        });
    }
}
