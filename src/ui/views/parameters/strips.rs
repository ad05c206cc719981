//! The input above the matrix and the output beside it; and which cells a unit uses.

use std::ops::Range;
use std::sync::Arc;

use egui::{Align2, Color32, Mesh, Rect, Shape, Ui, pos2, vec2};

use super::matrix::Eye;
use super::sample::Sample;
use crate::array::Array;
use crate::network::wiring::Wiring;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;

/// What stands in the strips, and what it was made of: their units are not computed in every frame.
struct Inked {
    wiring: Wiring,
    image: Option<Array>,
    eye: Eye,
    across: Vec<Inking>,
    down: Vec<Inking>,
}

/// From where to where, and how dark; `None` where there is nothing to show.
type Inking = ([f32; 2], Option<f32>);

impl Inked {
    fn of(wiring: &Wiring, image: Option<&Array>, eye: &Eye) -> Self {
        let sample = Sample { wiring, image };
        let shown = eye.shown();
        let strip = |axis: usize, length: f32, ink: &dyn Fn(Range<u64>) -> Option<f32>| {
            let mut inkings = Vec::new();
            cells(eye, axis, length, |cells, from, to| inkings.push(([from, to], ink(cells))));
            inkings
        };
        Self {
            across: strip(1, shown.width(), &|columns| sample.input(columns)),
            down: strip(0, shown.height(), &|rows| sample.output(rows.start)),
            wiring: wiring.clone(),
            image: image.cloned(),
            eye: *eye,
        }
    }

    fn is_of(&self, wiring: &Wiring, image: Option<&Array>, eye: &Eye) -> bool {
        let same = match (&self.image, image) {
            (Some(a), Some(b)) => a.same_memory(b),
            (None, None) => true,
            (Some(_), None) | (None, Some(_)) => false,
        };
        same && self.eye == *eye && self.wiring == *wiring
    }
}

/// Input above, from left to right; output at the right, from top to bottom.
pub fn draw(ui: &Ui, sheet: &Sheet<'_>, wiring: &Wiring, eye: &Eye, thickness: f32, gap: f32) {
    let palette = sheet.palette;
    let painter = ui.painter();
    let shown = eye.shown();
    let image = sheet.studio.input.as_ref().map(|input| &input.tensor);
    let id = ui.scope_id().with("strips");
    let known = ui.data(|data| data.get_temp::<Arc<Inked>>(id));
    let inked = known.filter(|inked| inked.is_of(wiring, image, eye)).unwrap_or_else(|| {
        let inked = Arc::new(Inked::of(wiring, image, eye));
        ui.data_mut(|data| data.insert_temp(id, Arc::clone(&inked)));
        inked
    });
    let across = Rect::from_min_size(
        pos2(shown.left(), shown.top() - gap - thickness),
        vec2(shown.width(), thickness),
    );
    let down = Rect::from_min_size(
        pos2(shown.right() + gap, shown.top()),
        vec2(thickness, shown.height()),
    );
    let mut mesh = Mesh::default();
    let mut paint = |rect, ink: Option<f32>| {
        mesh.add_colored_rect(rect, ink.map_or(palette.hairline, grey));
    };
    for &([from, to], ink) in &inked.across {
        paint(across.with_min_x(across.left() + from).with_max_x(across.left() + to), ink);
    }
    for &([from, to], ink) in &inked.down {
        paint(down.with_min_y(down.top() + from).with_max_y(down.top() + to), ink);
    }
    painter.add(Shape::mesh(mesh));
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

/// Goes through what is seen along an axis: single cells, or all that are under a point.
fn cells(eye: &Eye, axis: usize, length: f32, mut paint: impl FnMut(Range<u64>, f32, f32)) {
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
            paint(cell..cell + 1, from.max(0.0) + space, to.min(length) - space);
        }
        return;
    }
    let steps = length.floor().max(1.0) as u64;
    for step in 0..steps {
        let [cell, next] = [step, step + 1].map(|step| first + (end - first) * step / steps);
        // A little over the next one, so that no paper shines through between them.
        paint(cell..next, step as f32, (step as f32 + 1.6).min(length));
    }
}

/// The first and the last column that the unit of a cell's row uses in that cell's row of the image.
#[must_use]
pub fn span_of_row(wiring: &Wiring, [row, column]: [u64; 2]) -> Option<[u64; 2]> {
    let [_, _, x] = wiring.unit_of(row);
    let [channel, iy, _] = wiring.pixel_of(column);
    wiring.weight_at(row, column)?;
    let axis = wiring.axis(1);
    let ends = [axis.nearest(x, 0)?, axis.nearest(x, axis.cells.saturating_sub(1))?];
    Some(ends.map(|ix| wiring.column_of([channel, iy, ix])))
}
