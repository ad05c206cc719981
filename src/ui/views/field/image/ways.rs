//! How many ways lead from each pixel to the unit, on the image and along its middle row.

use egui::{Align2, Mesh, Painter, Rect, Shape, Stroke, StrokeKind, Ui};

use super::curve::{curve, edges};
use super::pixels::{Pixels, grid, paper};
use crate::locale::{Message, count};
use crate::network::receptive::{Bounds, Paths};
use crate::ui::sheet::Sheet;
use crate::ui::studio::Seer;
use crate::ui::theme::Type;
use crate::ui::views::field::{access, words};
use crate::ui::widgets::ink_on;

/// Pictures with more cells on a side are drawn from blocks of cells.
const FINEST: usize = 96;

/// How many ways lead from each pixel to the unit.
pub fn show(
    ui: &mut Ui,
    sheet: &Sheet<'_>,
    seer: &Seer,
    title: Option<&str>,
    frame: Rect,
) -> String {
    let [_, rows, columns] = seer.network.input();
    // Of a stack only the surroundings of the field are shown, so that the numbers can be read.
    let told = words::is_told(sheet.studio, seer, 0);
    let near = title.filter(|_| told).and_then(|_| surroundings(seer));
    let pixels = match near {
        Some(near) => Pixels::cut(frame, [rows, columns], near),
        None => Pixels::new(frame, [rows, columns]),
    };
    let painter = ui.painter_at(frame.expand(2.0));
    paper(&painter, sheet, &pixels);
    let with_title = |words: String| match title {
        Some(title) => format!("{title}: {words}"),
        None => words,
    };
    let name = sheet.say("field-picture-ways");
    if !told {
        access::picture(ui, frame, &name, "");
        return String::new();
    }
    let Some(ways) = seer.paths_of(0) else {
        access::picture(ui, frame, &name, "");
        return with_title(sheet.say("field-ways-too-many"));
    };
    let paths = &ways.paths;
    let most = paths.most().max(1) as f32;
    let hidden = words::hidden(sheet.studio).is_some();
    let step = rows.max(columns).div_ceil(FINEST);
    let mut mesh = Mesh::default();
    let b = paths.bounds;
    for y in (b.y0..b.y1).step_by(step) {
        for x in (b.x0..b.x1).step_by(step) {
            let ways = paths.at([y, x]);
            if ways > 0 {
                let ends = Bounds { y0: y, x0: x, y1: y + step as i64, x1: x + step as i64 };
                // How many ways there are must not show before it is told.
                let share = if hidden { 0.4 } else { share_of_most(ways, most) };
                mesh.add_colored_rect(
                    pixels.boxed(ends),
                    sheet.palette.amber.gamma_multiply(share),
                );
            }
        }
    }
    painter.add(Shape::mesh(mesh));
    grid(&painter, sheet, &pixels);
    let numbered = pixels.cell >= 17.0 && !hidden;
    let content = if numbered { listed(paths) } else { String::new() };
    access::picture(ui, frame, &name, &content);
    if numbered {
        numerals(&painter, sheet, &pixels, paths);
    }
    let Some(ends) = seer.ends else {
        return with_title(sheet.say("field-ways-none"));
    };
    let message = Message::new("field-ways")
        .with("corner", count(ends.corner))
        .with("most", count(ends.most));
    with_title(sheet.tell(&message))
}

/// The ways from each pixel, row by row.
fn listed(paths: &Paths) -> String {
    let [_, columns] = paths.bounds.sides();
    let rows = paths
        .counts
        .chunks(columns.max(1))
        .map(|row| row.iter().map(|&ways| count(ways)).collect::<Vec<_>>().join(" "));
    rows.collect::<Vec<_>>().join("; ")
}

fn numerals(painter: &Painter, sheet: &Sheet<'_>, pixels: &Pixels, paths: &Paths) {
    let (b, most) = (paths.bounds, paths.most().max(1) as f32);
    for y in b.y0..b.y1 {
        for x in b.x0..b.x1 {
            let ways = paths.at([y, x]);
            let words = count(ways);
            if ways > 0 && words.len() as f32 * 7.0 < pixels.cell {
                let cell = pixels.boxed(Bounds { y0: y, x0: x, y1: y + 1, x1: x + 1 });
                let ground = sheet
                    .palette
                    .panel
                    .lerp_to_gamma(sheet.palette.amber, share_of_most(ways, most));
                let (font, ink) = (Type::SmallNumber.font(), ink_on(ground));
                painter.text(cell.center(), Align2::CENTER_CENTER, words, font, ink);
            }
        }
    }
}

/// How much amber a pixel with so many ways has; the fewest can be seen, too.
fn share_of_most(ways: u128, most: f32) -> f32 {
    0.12 + 0.88 * ways as f32 / most
}

/// The square of pixels around everything that the units of a comparison see.
fn surroundings(seer: &Seer) -> Option<Bounds> {
    let b = seer.paths_of(0)?.paths.bounds;
    let [_, rows, columns] = seer.network.input();
    let most = rows.min(columns) as i64;
    let side = ((b.y1 - b.y0).max(b.x1 - b.x0) + 2).min(most);
    let first = |a: i64, z: i64, all: usize| {
        (i64::midpoint(a, z - 1) - (side - 1) / 2).clamp(0, all as i64 - side)
    };
    let (y0, x0) = (first(b.y0, b.y1, rows), first(b.x0, b.x1, columns));
    Some(Bounds { y0, x0, y1: y0 + side, x1: x0 + side })
}

/// The ways along the middle row.
pub fn profile(ui: &mut Ui, sheet: &Sheet<'_>, seer: &Seer, frame: Rect) -> String {
    access::picture(ui, frame, &sheet.say("field-picture-profile"), "");
    let palette = sheet.palette;
    let painter = ui.painter_at(frame.expand(2.0));
    painter.rect_stroke(frame, 0.0, Stroke::new(1.0, palette.hairline), StrokeKind::Outside);
    let Some(ways) = seer.paths_of(0) else { return sheet.say("field-ways-too-many") };
    let (paths, columns) = (&ways.paths, seer.network.input()[2]);
    let b = paths.bounds;
    let row = i64::midpoint(b.y0, (b.y1 - 1).max(b.y0));
    let values: Vec<f64> = (0..columns as i64).map(|x| paths.at([row, x]) as f64).collect();
    if words::hidden(sheet.studio).is_none() {
        curve(&painter, frame, &values, Stroke::new(2.0, palette.amber_text));
    }
    if words::is_told(sheet.studio, seer, 0) {
        edges(&painter, sheet, frame, [b.x0, b.x1], columns);
    }
    sheet.say("field-profile-ways")
}
