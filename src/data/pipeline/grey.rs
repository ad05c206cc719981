//! Colour to grey, and which of the two greys is the ink.

use super::plane::{Plane, quantile};
use super::{PipelineError, Stage};
use crate::array::Array;

/// Rec. 601 luminance; an image that is grey already stays as it is.
pub(super) fn grey(image: &Array, stage: &Stage) -> Result<Array, PipelineError> {
    if image.chw()[0] == 1 {
        return Ok(image.clone());
    }
    stage.channels(image, 3)?;
    Ok(luminance(image).into_array())
}

/// The luminance of `[3, h, w]`.
pub fn luminance(image: &Array) -> Plane {
    let [red, green, blue] = [0, 1, 2].map(|channel| image.map(channel).values);
    let [_, height, width] = image.chw();
    let values = (0..height * width)
        // The sum of the three weights is a little off 1 in binary; white must stay white.
        .map(|i| (0.299 * red[i] + 0.587 * green[i] + 0.114 * blue[i]).min(1.0))
        .collect();
    Plane { height, width, values }
}

/// Bright ink on dark paper.
pub fn invert_if_paper_is_light(plane: &Plane) -> Plane {
    if paper_is_light(plane) { plane.map(|value| 1.0 - value) } else { plane.clone() }
}

/// How small the copy is on which the paper's brightness is judged.
const SMALL_SIDE: usize = 32;

/// Ink is what departs from the paper around it. The paper is the median of a wide window, which
/// follows a gradient of light and keeps the edge of a shadow; departures count by their cube, so
/// that few strong ones outweigh noise.
pub fn paper_is_light(plane: &Plane) -> bool {
    let longer = plane.height.max(plane.width);
    let side = |side: usize| (side * SMALL_SIDE.min(longer) / longer).max(1);
    let small = plane.resized(side(plane.height), side(plane.width));
    let radius = small.height.max(small.width) * 3 / 8;
    let around = |at: usize, end: usize| at.saturating_sub(radius)..(at + radius + 1).min(end);
    let mut skew = 0.0;
    // One median serves four pixels.
    for y in (0..small.height).step_by(2) {
        let rows = around(y, small.height);
        for x in (0..small.width).step_by(2) {
            let columns = around(x, small.width);
            let window =
                rows.clone().flat_map(|y| &small.values[y * small.width..][columns.clone()]);
            let paper = quantile(window.copied(), 0.5);
            for y in y..(y + 2).min(small.height) {
                for x in x..(x + 2).min(small.width) {
                    skew += (small.at(y, x) - paper).powi(3);
                }
            }
        }
    }
    // Without any departure (an empty sheet) the brightness itself decides.
    if skew.abs() < 1e-6 { quantile(small.values, 0.5) > 0.5 } else { skew < 0.0 }
}
