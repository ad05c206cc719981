//! The stages that networks for photos need.

use super::plane::{Plane, stack};
use super::{MAX_SIDE, PipelineError, Stage};
use crate::array::Array;

/// Each value by its channel.
pub(super) fn map(image: &Array, f: impl Fn(usize, f32) -> f32) -> Array {
    let [_, height, width] = image.chw();
    Array::from_fn(&image.chw(), |i| f(i / (height * width), image.values()[i]))
}

/// The longer side is rounded down, as torchvision does.
pub(super) fn resize(
    image: &Array,
    shorter_side: usize,
    stage: &Stage,
) -> Result<Array, PipelineError> {
    let [channels, height, width] = image.chw();
    let shorter = height.min(width);
    let scaled = |length: usize| length * shorter_side / shorter;
    // A picture of 1 × 2000 would become 256 × 512,000.
    if scaled(height.max(width)) > MAX_SIDE {
        return Err(PipelineError::TooNarrow { stage: stage.name(), height, width });
    }
    let resized = |c| Plane::of(image, c).resized(scaled(height), scaled(width));
    Ok(stack((0..channels).map(resized).collect()))
}

pub(super) fn centre_crop(
    image: &Array,
    side: usize,
    stage: &Stage,
) -> Result<Array, PipelineError> {
    let [channels, height, width] = image.chw();
    if height.min(width) < side {
        return Err(PipelineError::TooSmall { stage: stage.name(), side, height, width });
    }
    // Half a pixel goes to the even side, as Python's round does it in torchvision.
    let start = |length: usize| ((length - side) as f32 / 2.0).round_ties_even() as usize;
    let (top, left) = (start(height), start(width));
    Ok(stack((0..channels).map(|c| Plane::of(image, c).crop(top, left, side, side)).collect()))
}

pub(super) fn channel_order(
    image: &Array,
    order: [usize; 3],
    stage: &Stage,
) -> Result<Array, PipelineError> {
    if let Some(&value) = order.iter().find(|&&channel| channel > 2) {
        return Err(PipelineError::Parameter { stage: stage.name(), value, limit: 2 });
    }
    Ok(stack(order.iter().map(|&channel| Plane::of(image, channel)).collect()))
}
