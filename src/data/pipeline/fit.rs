//! Size and place: what MNIST's makers did to their digits.

use super::plane::{Plane, stack};
use crate::array::Array;

pub(super) fn fit_within(image: &Array, longer_side: usize) -> Array {
    let [channels, height, width] = image.chw();
    if height.max(width) <= longer_side {
        return image.clone();
    }
    let (height, width) = proportional(height, width, longer_side);
    stack((0..channels).map(|c| Plane::of(image, c).resized(height, width)).collect())
}

/// The longer side becomes `side`, the other at least 1.
pub(super) fn proportional(height: usize, width: usize, side: usize) -> (usize, usize) {
    let longer = height.max(width) as f32;
    let scaled = |length: usize| ((length * side) as f32 / longer).round().max(1.0) as usize;
    (scaled(height), scaled(width))
}

/// Thin strokes fade when they shrink; the brightest ink is made full again.
pub(super) fn scale_to_fit(plane: &Plane, side: usize) -> Plane {
    let (height, width) = proportional(plane.height, plane.width, side);
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
    place(plane, side, top, left, 0.0)
}

/// Every map of `image`, which fits into the square, in its middle.
pub(super) fn pad(image: &Array, side: usize, value: f32) -> Array {
    let [channels, height, width] = image.chw();
    let (top, left) = ((side - height) / 2, (side - width) / 2);
    stack((0..channels).map(|c| place(&Plane::of(image, c), side, top, left, value)).collect())
}

fn place(plane: &Plane, side: usize, top: usize, left: usize, value: f32) -> Plane {
    let mut square = Plane { height: side, width: side, values: vec![value; side * side] };
    for (y, row) in plane.values.chunks_exact(plane.width).enumerate() {
        square.values[(top + y) * side + left..][..plane.width].copy_from_slice(row);
    }
    square
}
