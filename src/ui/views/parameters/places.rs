//! What a cell of the matrix is, on small images: the unit, the pixel it reads, the place in the kernel.

use egui::{Align2, Color32, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::matrix::LookedAt;
use crate::locale::{Message, count};
use crate::network::wiring::{Weight, WeightPosition, Wiring};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;
use crate::ui::widgets::text;

/// The side of the small images.
pub const SIDE: f32 = 78.0;
pub const HEIGHT: f32 = SIDE + 40.0;
/// A kernel with more cells along a side is drawn without them.
const MOST_CELLS: usize = 16;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, wiring: &Wiring, looked_at: LookedAt) {
    let palette = sheet.palette;
    let size = vec2(ui.available_width(), SIDE + 16.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let pitch = (rect.width() / 3.0).min(SIDE + 42.0);
    let weight = looked_at.and_then(|[row, column]| wiring.weight_at(row, column));
    let position = weight.and_then(|weight| wiring.position_of(weight));
    let place = |i: usize| pos2(rect.left() + 14.0 + i as f32 * pitch, rect.top() + 14.0);
    let titles = ["places-input", "places-output", "places-kernel"];
    for (i, key) in titles.into_iter().enumerate() {
        let at = place(i) - vec2(0.0, 2.0);
        let words = sheet.say(key);
        ui.painter().text(at, Align2::LEFT_BOTTOM, words, Type::Caption.font(), palette.muted);
    }
    let unit = looked_at.map(|[row, _]| wiring.unit_of(row));
    let pixel = looked_at.map(|[_, column]| wiring.pixel_of(column));
    let input = frame(ui, sheet, place(0), [wiring.input[1], wiring.input[2]]);
    if let Some([_, y, x]) = unit {
        let bounds = |axis: usize, unit: usize| {
            let axis = wiring.axis(axis);
            let first = unit as i64 * axis.stride as i64 + axis.start;
            (first as f32, first as f32 + axis.span() as f32)
        };
        let ((top, bottom), (left, right)) = (bounds(0, y), bounds(1, x));
        let field = input.part([top, left], [bottom, right]);
        ui.painter_at(input.rect.expand(2.0)).rect_stroke(
            field,
            0.0,
            Stroke::new(1.6, palette.amber),
            StrokeKind::Outside,
        );
    }
    if let Some([_, y, x]) = pixel {
        dot(ui, input.cell([y, x]), palette.accent);
    }
    let output = frame(ui, sheet, place(1), [wiring.output[1], wiring.output[2]]);
    if let Some(position) = &position {
        let (rows, columns) = (&position.rows, &position.columns);
        let tile = output
            .part([rows.start as f32, columns.start as f32], [rows.end as f32, columns.end as f32]);
        ui.painter().rect_filled(tile, 0.0, palette.identity[0].gamma_multiply(0.35));
    }
    if let Some([_, y, x]) = unit {
        dot(ui, output.cell([y, x]), palette.accent);
    }
    kernel(ui, sheet, wiring, place(2), position.as_ref());
    let words = words(wiring, looked_at, weight, position.as_ref());
    text(ui, sheet.tell(&words), Type::Caption, palette.text);
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

fn frame(ui: &Ui, sheet: &Sheet<'_>, at: egui::Pos2, [rows, columns]: [usize; 2]) -> Small {
    let longest = rows.max(columns).max(1) as f32;
    let cell = SIDE / longest;
    // A line is still seen.
    let size = vec2(columns as f32 * cell, (rows as f32 * cell).max(5.0));
    let rect = Rect::from_min_size(at, size);
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

fn kernel(
    ui: &Ui,
    sheet: &Sheet<'_>,
    wiring: &Wiring,
    at: egui::Pos2,
    position: Option<&WeightPosition>,
) {
    let palette = sheet.palette;
    let [rows, columns] = wiring.kernel();
    let small = frame(ui, sheet, at, [rows, columns]);
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

fn words(
    wiring: &Wiring,
    looked_at: LookedAt,
    weight: Option<Weight>,
    position: Option<&WeightPosition>,
) -> Message {
    let Some([row, column]) = looked_at else { return Message::new("places-nothing") };
    let ([m, y, x], [c, iy, ix]) = (wiring.unit_of(row), wiring.pixel_of(column));
    let unit = format!("[{m}]({y}, {x})");
    let pixel = format!("[{c}]({iy}, {ix})");
    match (weight, position) {
        (Some(weight), Some(position)) => {
            let [ky, kx] = position.tap;
            Message::new("places-weight")
                .with("unit", unit)
                .with("pixel", pixel)
                .with("row", ky)
                .with("column", kx)
                .with("uses", count(wiring.uses(weight)))
        }
        _ => Message::new("places-unused").with("unit", unit).with("pixel", pixel),
    }
}
