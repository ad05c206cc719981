//! The input above the matrix and the output beside it; and which cells a unit uses.

use egui::{Align2, Color32, Rect, Ui, pos2, vec2};

use super::matrix::{Eye, LookedAt};
use super::sample::Sample;
use crate::network::wiring::{Axis, Wiring};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;

/// Input above, from left to right; output at the right, from top to bottom.
pub fn draw(ui: &Ui, sheet: &Sheet<'_>, wiring: &Wiring, eye: &Eye, thickness: f32, gap: f32) {
    let palette = sheet.palette;
    let painter = ui.painter();
    let shown = eye.shown();
    let sample = Sample::of(sheet.studio, wiring);
    let across = Rect::from_min_size(
        pos2(shown.left(), shown.top() - gap - thickness),
        vec2(shown.width(), thickness),
    );
    let down = Rect::from_min_size(
        pos2(shown.right() + gap, shown.top()),
        vec2(thickness, shown.height()),
    );
    cells(eye, 1, shown.width(), |column, from, to| {
        let rect = across.with_min_x(across.left() + from).with_max_x(across.left() + to);
        painter.rect_filled(rect, 0.0, sample.input(column).map_or(palette.hairline, grey));
    });
    cells(eye, 0, shown.height(), |row, from, to| {
        let rect = down.with_min_y(down.top() + from).with_max_y(down.top() + to);
        painter.rect_filled(rect, 0.0, sample.output(row).map_or(palette.hairline, grey));
    });
    let font = Type::Number.font();
    let at = across.left_center() - vec2(6.0, 0.0);
    painter.text(at, Align2::RIGHT_CENTER, "x", font.clone(), palette.muted);
    let at = pos2(down.center().x, across.center().y);
    painter.text(at, Align2::CENTER_CENTER, "y", font, palette.muted);
}

/// Ink is dark.
fn grey(ink: f32) -> Color32 {
    Color32::from_gray(255 - (ink.clamp(0.0, 1.0) * 235.0) as u8)
}

/// Goes through what is seen along an axis: single cells, or one cell for each point.
fn cells(eye: &Eye, axis: usize, length: f32, mut paint: impl FnMut(u64, f32, f32)) {
    let [first, end] = eye.range(axis);
    let points = (1.0 / eye.cells) as f32;
    if points >= 1.0 {
        for cell in first..end {
            let rect = eye.rect_of([
                if axis == 0 { cell } else { first },
                if axis == 1 { cell } else { first },
            ]);
            let (from, to) = match axis {
                0 => (rect.top() - eye.rect.top(), rect.bottom() - eye.rect.top()),
                _ => (rect.left() - eye.rect.left(), rect.right() - eye.rect.left()),
            };
            let space = if points >= 8.0 { 0.5 } else { 0.0 };
            paint(cell, from.max(0.0) + space, to.min(length) - space);
        }
        return;
    }
    let steps = length.floor().max(1.0) as u64;
    for step in 0..steps {
        let cell = first + (end - first) * step / steps;
        // A little over the next one, so that no paper shines through between them.
        paint(cell, step as f32, (step as f32 + 1.6).min(length));
    }
}

/// The used cell of the same row that is nearest to `cell`; `None` where the row has none.
#[must_use]
pub fn nearest_used(wiring: &Wiring, [row, column]: [u64; 2]) -> LookedAt {
    if wiring.weight_at(row, column).is_some() {
        return Some([row, column]);
    }
    let [map, y, x] = wiring.unit_of(row);
    let [channel, iy, ix] = wiring.pixel_of(column);
    let channel = (0..wiring.input[0])
        .filter(|&candidate| wiring.slot(map, candidate).is_some())
        .min_by_key(|candidate| candidate.abs_diff(channel))?;
    let pixel = [channel, nearest(wiring.axis(0), y, iy)?, nearest(wiring.axis(1), x, ix)?];
    Some([row, wiring.column_of(pixel)])
}

/// The cell that exists under a tap of `unit` and is nearest to `cell`.
fn nearest(axis: Axis, unit: usize, cell: usize) -> Option<usize> {
    let first = unit as i64 * axis.stride as i64 + axis.start;
    let cells = (0..axis.kernel).map(|k| first + (k * axis.dilation) as i64);
    cells
        .filter(|at| (0..axis.cells as i64).contains(at))
        .min_by_key(|at| at.abs_diff(cell as i64))
        .map(|at| at as usize)
}

/// The first and the last column that the unit of a cell's row uses in that cell's row of the image.
#[must_use]
pub fn span_of_row(wiring: &Wiring, [row, column]: [u64; 2]) -> Option<[u64; 2]> {
    let [_, _, x] = wiring.unit_of(row);
    let [channel, iy, _] = wiring.pixel_of(column);
    wiring.weight_at(row, column)?;
    let axis = wiring.axis(1);
    let ends = [nearest(axis, x, 0)?, nearest(axis, x, axis.cells.saturating_sub(1))?];
    Some(ends.map(|ix| wiring.column_of([channel, iy, ix])))
}
