//! Size and place: what MNIST's makers did to their digits.

use super::plane::{Plane, stack};
use super::{PipelineError, Stage};
use crate::array::Array;

pub(super) fn fit_within(image: &Array, longer_side: usize) -> Array {
    let [channels, height, width] = image.chw();
    if height.max(width) <= longer_side {
        return image.clone();
    }
    let (height, width) = proportional(height, width, longer_side);
    stack((0..channels).map(|c| Plane::of(image, c).resized(height, width)).collect())
}

/// The side that does not fit decides; the longer one is rounded down, so that both fit.
pub(super) fn fit_into(image: &Array, [height, width]: [usize; 2]) -> Array {
    let [_, rows, columns] = image.chw();
    let longer = rows.max(columns);
    let longer_side = if rows * width >= columns * height {
        longer * height / rows
    } else {
        longer * width / columns
    };
    fit_within(image, longer_side.clamp(1, longer))
}

/// The longer side becomes `side`, the other at least 1.
pub(super) fn proportional(height: usize, width: usize, side: usize) -> (usize, usize) {
    let longer = height.max(width) as f32;
    let scaled = |length: usize| ((length * side) as f32 / longer).round().max(1.0) as usize;
    (scaled(height), scaled(width))
}

pub(super) fn scale_to_fit(plane: &Plane, side: usize) -> Plane {
    let (height, width) = proportional(plane.height, plane.width, side);
    scaled(plane, height, width)
}

/// A line of writing made `height` pixels high, at most `widest` wide.
pub(super) fn scale_to_height(
    plane: &Plane,
    height: usize,
    widest: usize,
    stage: &Stage,
) -> Result<Plane, PipelineError> {
    let width = (plane.width as f32 * height as f32 / plane.height as f32).round().max(1.0);
    if width > widest as f32 {
        let (height, width) = (plane.height, plane.width);
        return Err(PipelineError::TooWide { stage: stage.name(), height, width, widest });
    }
    Ok(scaled(plane, height, width as usize))
}

/// Thin strokes fade when they shrink; the brightest ink is made full again.
fn scaled(plane: &Plane, height: usize, width: usize) -> Plane {
    let scaled = plane.resized(height, width);
    let brightest = |plane: &Plane| plane.values.iter().copied().fold(0.0, f32::max);
    let (before, after) = (brightest(plane), brightest(&scaled));
    if after <= 0.0 || after >= before {
        return scaled;
    }
    // At most doubled: what faded more was dust.
    let gain = (before / after).min(2.0);
    scaled.map(|value| value * gain)
}

/// `plane` fits into the square.
pub(super) fn centre_by_mass(plane: &Plane, side: usize) -> Plane {
    let (mut mass, mut moment_y, mut moment_x) = (0.0, 0.0, 0.0);
    for (i, &value) in plane.values.iter().enumerate() {
        mass += value;
        moment_y += value * (i / plane.width) as f32;
        moment_x += value * (i % plane.width) as f32;
    }
    // Whole pixels, so that the image stays sharp, and never over the edge. MNIST's digits have their
    // centre on pixel (14, 14), half a pixel behind the middle of the square.
    let offset = |moment: f32, length: usize| {
        let centre = if mass > 0.0 { moment / mass } else { length as f32 / 2.0 };
        let offset = (side as f32 / 2.0 - centre).round();
        offset.clamp(0.0, (side - length) as f32) as usize
    };
    let (top, left) = (offset(moment_y, plane.height), offset(moment_x, plane.width));
    place(plane, [side, side], top, left, 0.0)
}

/// Every map of `image`, which fits on the sheet, in its middle.
pub(super) fn pad(image: &Array, sheet: [usize; 2], value: f32) -> Array {
    let [channels, height, width] = image.chw();
    let (top, left) = ((sheet[0] - height) / 2, (sheet[1] - width) / 2);
    let placed = |c| place(&Plane::of(image, c), sheet, top, left, value);
    stack((0..channels).map(placed).collect())
}

/// Every map of `image` in the middle of `height` rows and as many columns at least.
pub(super) fn pad_rows(
    image: &Array,
    height: usize,
    value: f32,
    stage: &Stage,
) -> Result<Array, PipelineError> {
    let [channels, found, width] = image.chw();
    if found > height {
        let (stage, rows) = (stage.name(), height);
        return Err(PipelineError::TooHigh { stage, rows, height: found, width });
    }
    let columns = width.max(height);
    let (top, left) = ((height - found) / 2, (columns - width) / 2);
    let placed = |c| place(&Plane::of(image, c), [height, columns], top, left, value);
    Ok(stack((0..channels).map(placed).collect()))
}

/// `plane` with its upper left pixel at (`top`, `left`) of a larger sheet of `value`.
fn place(plane: &Plane, [height, width]: [usize; 2], top: usize, left: usize, value: f32) -> Plane {
    let mut sheet = Plane { height, width, values: vec![value; height * width] };
    for (y, row) in plane.values.chunks_exact(plane.width).enumerate() {
        sheet.values[(top + y) * width + left..][..plane.width].copy_from_slice(row);
    }
    sheet
}
