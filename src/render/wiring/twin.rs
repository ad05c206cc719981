//! `shaders/wiring.wgsl` on the CPU.

use super::layout::WiringView;
use super::lines::{Line, Piece};
use super::plan::Plan;
use super::style::{WiringStyle, mix};
use crate::network::wiring::{Weight, Wiring};
use crate::render::colour::Rgba;
use crate::render::error::LayoutError;
use crate::render::image::Image;

/// What stands under one pixel, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WiringCount {
    /// Cells of the matrix under the pixel.
    pub cells: u128,
    /// Those that are used.
    pub used: u128,
    /// How many different weights stand in them, **at most**. Exact where a pixel shows one cell and
    /// where no weight is shared. A block is a handful of boxes and each is counted by itself: a weight
    /// that stands in several boxes counts in each, taps between the lowest and the highest count even
    /// where a stride leaves some out, and tiles are taken to use the same taps.
    pub different: u128,
}

impl WiringCount {
    /// The part of the cells that is used, 0 to 1.
    #[must_use]
    pub fn density(self) -> f64 {
        if self.cells == 0 { 0.0 } else { self.used as f64 / self.cells as f64 }
    }
}

/// Draws a part of the matrix.
///
/// # Errors
/// If the matrix is too large to draw, the picture has no pixels or a side longer than `max_side`.
pub fn draw(
    wiring: &Wiring,
    view: &WiringView,
    style: &WiringStyle,
    max_side: u32,
) -> Result<Image, LayoutError> {
    let plan = Plan::new(wiring, view, style.touched, max_side)?;
    let mut image = Image::filled(view.width, view.height, style.paper);
    let paper = style.paper.0;
    for y in 0..view.height {
        let row = *plan.row(y);
        for (x, shown) in (0..).zip(image.row_from(0, y).chunks_exact_mut(4)) {
            let colour = pixel(&plan, &row, plan.column(x), style);
            if colour.0 != paper {
                shown.copy_from_slice(&colour.0);
            }
        }
    }
    Ok(image)
}

/// What [`draw`] draws, in numbers, row by row.
///
/// # Errors
/// As [`draw`].
pub fn counts(
    wiring: &Wiring,
    view: &WiringView,
    max_side: u32,
) -> Result<Vec<WiringCount>, LayoutError> {
    let plan = Plan::new(wiring, view, None, max_side)?;
    let weights = wiring.weights();
    let all = (0..view.height).flat_map(|y| (0..view.width).map(move |x| (x, y)));
    Ok(all.map(|(x, y)| count(&plan, plan.row(y), plan.column(x), weights)).collect())
}

/// The same of one pixel of the picture, the nearest where there is none.
///
/// # Errors
/// If the matrix is too large to draw.
pub fn count_at(
    wiring: &Wiring,
    view: &WiringView,
    x: u32,
    y: u32,
) -> Result<WiringCount, LayoutError> {
    view.check(u32::MAX)?;
    let (x, y) = (x.min(view.width - 1), y.min(view.height - 1));
    let plan = Plan::part(wiring, view, y..y + 1, x..x + 1)?;
    Ok(count(&plan, plan.row(0), plan.column(0), wiring.weights()))
}

/// Keep in sync with `pixel` in the shader.
fn pixel(plan: &Plan, row: &Line, column: &Line, style: &WiringStyle) -> Rgba {
    if row.count == 0 || column.count == 0 {
        return style.outside;
    }
    // Most pixels lie beside the bands.
    if !plan.down.reaches(row.rows, column.rows) {
        return style.paper;
    }
    let (mut used, mut different, mut touched) = (0.0, 0.0, false);
    overlaps(plan, row, column, |units, inputs, pairs| {
        let links = plan.links.between(units.maps, inputs.maps) as f32;
        let [down, across] = pairs;
        let kinds = kinds(plan, units, inputs, pairs);
        used += links * down as f32 * across as f32;
        different += links * kinds[0] as f32 * kinds[1] as f32;
        touched |= links > 0.0 && touches(plan, units, inputs);
    });
    if used == 0.0 {
        return style.paper;
    }
    let single = row.cells * column.cells == 1.0;
    let colour = if touched {
        style.highlight.levels()
    } else if style.by_identity && single {
        style.identity(weight(plan, row, column)).levels()
    } else {
        let different = f32::min(different, used).min(plan.weights);
        style.levels(used / (row.cells * column.cells), different)
    };
    let gap = row.gap == 1 || column.gap == 1;
    let strength = if gap { plan.hairline } else { 0.0 };
    Rgba::from_levels(mix(colour, style.hairline.levels(), strength))
}

/// The same in whole numbers.
fn count(plan: &Plan, row: &Line, column: &Line, weights: u128) -> WiringCount {
    let cells = |line: &Line| -> u128 {
        let size = |[first, end]: [u32; 2]| u128::from(end - first);
        let pieces = plan.pieces_of(line).iter();
        pieces.map(|piece| size(piece.maps) * size(piece.rows) * size(piece.columns)).sum()
    };
    let mut counted = WiringCount { cells: cells(row) * cells(column), used: 0, different: 0 };
    overlaps(plan, row, column, |units, inputs, pairs| {
        let links = u128::from(plan.links.between(units.maps, inputs.maps));
        let product = |[down, across]: [u32; 2]| links * u128::from(down) * u128::from(across);
        counted.used += product(pairs);
        counted.different += product(kinds(plan, units, inputs, pairs));
    });
    counted.different = counted.different.min(counted.used).min(weights);
    counted
}

/// Every pair of a box of units and a box of inputs between which something is read along both axes,
/// with the pairs of a unit and a cell along each.
fn overlaps(
    plan: &Plan,
    row: &Line,
    column: &Line,
    mut each: impl FnMut(&Piece, &Piece, [u32; 2]),
) {
    for units in plan.pieces_of(row) {
        for inputs in plan.pieces_of(column) {
            let down = plan.down.pairs(units.rows, inputs.rows);
            if down == 0 {
                continue;
            }
            let across = plan.across.pairs(units.columns, inputs.columns);
            if across > 0 {
                each(units, inputs, [down, across]);
            }
        }
    }
}

fn kinds(plan: &Plan, units: &Piece, inputs: &Piece, [down, across]: [u32; 2]) -> [u32; 2] {
    [
        plan.down.different(units.rows, inputs.rows, down),
        plan.across.different(units.columns, inputs.columns, across),
    ]
}

fn touches(plan: &Plan, units: &Piece, inputs: &Piece) -> bool {
    let holds = |[first, end]: [u32; 2], map: u32| first <= map && map < end;
    plan.touched.is_some_and(|[map, channel]| {
        holds(units.maps, map)
            && holds(inputs.maps, channel)
            && plan.down.touches(units.rows, inputs.rows)
            && plan.across.touches(units.columns, inputs.columns)
    })
}

/// The weight of a block of one cell, which is used.
fn weight(plan: &Plan, row: &Line, column: &Line) -> Weight {
    let (unit, input) = (plan.pieces_of(row)[0], plan.pieces_of(column)[0]);
    let (down, across) = (&plan.down, &plan.across);
    let (y, x) = (unit.rows[0], unit.columns[0]);
    let [ky, kx] = [down.tap(y, input.rows[0]), across.tap(x, input.columns[0])];
    let slot = input.maps[0] % plan.slots;
    Weight {
        kernel: (unit.maps[0] * down.tiles + y / down.tile) * across.tiles + x / across.tile,
        offset: (slot * down.kernel + ky) * across.kernel + kx,
    }
}
