//! What a cell of the matrix is, on small images: the unit, the pixel it reads, the place in the kernel.

use egui::{Color32, Rect, Sense, Stroke, StrokeKind, Ui, vec2};

use super::counts;
use super::matrix::LookedAt;
use crate::locale::{Message, count};
use crate::network::wiring::{Sharing, Weight, WeightPosition, Wiring};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::text;

/// The side of the small images, and the width that they and their words take.
const SIDE: f32 = 72.0;
pub const WIDTH: f32 = 132.0;
/// A kernel with more cells along a side is drawn without them.
const MOST_CELLS: usize = 16;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, wiring: &Wiring, looked_at: LookedAt) {
    let palette = sheet.palette;
    ui.set_width(WIDTH - 12.0);
    let weight = looked_at.and_then(|[row, column]| wiring.weight_at(row, column));
    let position = weight.and_then(|weight| wiring.position_of(weight));
    let unit = looked_at.map(|[row, _]| wiring.unit_of(row));
    let pixel = looked_at.map(|[_, column]| wiring.pixel_of(column));
    let title = |ui: &mut Ui, key| {
        text(ui, sheet.say(key), Type::Caption, palette.muted);
    };
    title(ui, "places-input");
    let input = frame(ui, sheet, [wiring.input[1], wiring.input[2]]);
    if let Some([_, y, x]) = unit {
        let bounds = |axis: usize, unit: usize| {
            let axis = wiring.axis(axis);
            let first = axis.first_cell(unit) as f32;
            (first, first + axis.span() as f32)
        };
        let ((top, bottom), (left, right)) = (bounds(0, y), bounds(1, x));
        let field = input.part([top, left], [bottom, right]);
        let line = Stroke::new(1.6, palette.amber);
        ui.painter_at(input.rect.expand(2.0)).rect_stroke(field, 0.0, line, StrokeKind::Outside);
    }
    if let Some([_, y, x]) = pixel {
        dot(ui, input.cell([y, x]), palette.accent);
    }
    title(ui, "places-output");
    let output = frame(ui, sheet, [wiring.output[1], wiring.output[2]]);
    if let Some(position) = &position {
        let (rows, columns) = (&position.rows, &position.columns);
        let tile = output
            .part([rows.start as f32, columns.start as f32], [rows.end as f32, columns.end as f32]);
        ui.painter().rect_filled(tile, 0.0, palette.identity[0].gamma_multiply(0.35));
    }
    if let Some([_, y, x]) = unit {
        dot(ui, output.cell([y, x]), palette.accent);
    }
    title(ui, "places-kernel");
    kernel(ui, sheet, wiring, position.as_ref());
}

/// The same in words.
pub fn words(ui: &mut Ui, sheet: &Sheet<'_>, wiring: &Wiring, looked_at: LookedAt) {
    let weight = looked_at.and_then(|[row, column]| wiring.weight_at(row, column));
    let position = weight.and_then(|weight| wiring.position_of(weight));
    let column = counts::column_of(sheet.studio.scene.parameters.stop);
    let told = !sheet.studio.hides_of(column);
    let message = message(wiring, looked_at, weight, position.as_ref(), told);
    text(ui, sheet.tell(&message), Type::Caption, sheet.palette.text);
}

/// An image to scale.
struct Small {
    rect: Rect,
    cell: egui::Vec2,
}

impl Small {
    fn part(&self, [top, left]: [f32; 2], [bottom, right]: [f32; 2]) -> Rect {
        let at = |y: f32, x: f32| self.rect.min + vec2(x * self.cell.x, y * self.cell.y);
        Rect::from_min_max(at(top, left), at(bottom, right))
    }

    fn cell(&self, [y, x]: [usize; 2]) -> Rect {
        let (y, x) = (y as f32, x as f32);
        self.part([y, x], [y + 1.0, x + 1.0])
    }
}

fn frame(ui: &mut Ui, sheet: &Sheet<'_>, [rows, columns]: [usize; 2]) -> Small {
    let longest = rows.max(columns).max(1) as f32;
    let cell = SIDE / longest;
    // A line is still seen.
    let size = vec2(columns as f32 * cell, (rows as f32 * cell).max(5.0));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let palette = sheet.palette;
    let line = Stroke::new(1.0, palette.hairline);
    ui.painter().rect(rect, 0.0, palette.panel, line, StrokeKind::Outside);
    Small { rect, cell: vec2(size.x / columns.max(1) as f32, size.y / rows.max(1) as f32) }
}

fn dot(ui: &Ui, cell: Rect, colour: Color32) {
    // A single pixel of a large image is a point.
    let size = cell.size().max(vec2(3.5, 3.5));
    ui.painter().rect_filled(Rect::from_center_size(cell.center(), size), 0.0, colour);
}

fn kernel(ui: &mut Ui, sheet: &Sheet<'_>, wiring: &Wiring, position: Option<&WeightPosition>) {
    let palette = sheet.palette;
    let [rows, columns] = wiring.kernel();
    let small = frame(ui, sheet, [rows, columns]);
    if rows.max(columns) <= MOST_CELLS {
        let line = Stroke::new(1.0, palette.hairline);
        for y in 0..rows {
            for x in 0..columns {
                ui.painter().rect_stroke(small.cell([y, x]), 0.0, line, StrokeKind::Inside);
            }
        }
    }
    if let Some(position) = position {
        dot(ui, small.cell(position.tap), palette.identity[0]);
    }
}

/// `told`: how often a weight is used is not still to be guessed.
fn message(
    wiring: &Wiring,
    looked_at: LookedAt,
    weight: Option<Weight>,
    position: Option<&WeightPosition>,
    told: bool,
) -> Message {
    let Some([row, column]) = looked_at else { return Message::new("places-nothing") };
    let ([m, y, x], [c, iy, ix]) = (wiring.unit_of(row), wiring.pixel_of(column));
    let unit = format!("[{m}]({y}, {x})");
    let pixel = format!("[{c}]({iy}, {ix})");
    match (weight, position) {
        (Some(weight), Some(position)) => {
            let [ky, kx] = position.tap;
            Message::new(if told { "places-weight" } else { "places-weight-covered" })
                .with("unit", unit)
                .with("pixel", pixel)
                .with("row", ky)
                .with("column", kx)
                .with("uses", count(wiring.uses(weight)))
                .with_message(
                    "others",
                    match wiring.sharing {
                        Sharing::None => Message::new("places-unshared"),
                        Sharing::Tiles(_) => Message::new("places-shared"),
                    },
                )
        }
        _ => Message::new("places-unused").with("unit", unit).with("pixel", pixel),
    }
}
