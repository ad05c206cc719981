//! From what a person chose to look at to the network's tensor, with every stage kept.

use std::path::Path;

use crate::array::Array;
use crate::data::digits;
use crate::data::pipeline::{self, PAPER};
use crate::data::{
    Picture, PictureError, PipelineError, Split, Stage, Step, Verdict, picture, verdict,
};
use crate::network::{Network, Shape};

use super::scene::InputRef;

/// An image on its way into the network.
#[derive(Clone, Debug)]
pub struct Input {
    pub reference: InputRef,
    /// The label of a bundled digit.
    pub label: Option<u8>,
    /// The picture before the first stage, `[c, h, w]` of 0..1.
    pub original: Array,
    pub steps: Vec<Step>,
    /// What the network sees.
    pub tensor: Array,
    /// Whether the prepared image had to be cut, padded or repeated to the shape of the input.
    pub fitted: bool,
    pub verdict: Verdict,
}

impl Input {
    /// Whether it was read from this file.
    #[must_use]
    pub fn is_of(&self, file: &Path) -> bool {
        matches!(&self.reference, InputRef::File { path, .. } if path == file)
    }
}

/// Why something cannot be looked at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    #[error("there is no digit #{index}; the bundled digits are #0000 to #{last:04}", last = digits::COUNT - 1)]
    NoDigit { index: usize },
    #[error(transparent)]
    Picture(#[from] PictureError),
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
}

/// Loads what `reference` names, for `network`, with the preprocessing that belongs to its weights.
///
/// # Errors
/// A digit that does not exist, a file that is no picture, a stage that cannot be applied.
pub fn load(
    reference: &InputRef,
    network: &Network,
    stages: &[Stage],
) -> Result<Input, InputError> {
    match reference {
        InputRef::Digit(index) => digit(*index, network.input(), stages),
        InputRef::File { path, .. } => file(path, reference, network.input(), stages),
    }
}

/// The tensor of a bundled digit alone, for judging many.
///
/// # Errors
/// As [`load`].
pub fn digit_tensor(index: usize, shape: Shape, stages: &[Stage]) -> Result<Array, InputError> {
    Ok(digit(index, shape, stages)?.tensor)
}

fn digit(index: usize, shape: Shape, stages: &[Stage]) -> Result<Input, InputError> {
    let all = digits::bundled();
    if index >= all.len() {
        return Err(InputError::NoDigit { index });
    }
    let side = digits::SIDE;
    let pixels = all.image(index);
    let original = Array::from_fn(&[1, side, side], |i| f32::from(pixels[i]) / 255.0);
    let steps = pipeline::run(pipeline::for_idx(stages), &original)?;
    let prepared = steps.last().map_or(&original, |step| &step.image);
    let tensor = fitted(prepared, shape);
    let fitted = prepared.chw() != shape;
    Ok(Input {
        reference: InputRef::Digit(index),
        label: Some(all.labels()[index]),
        original,
        steps,
        tensor,
        fitted,
        verdict: Verdict::Digit,
    })
}

fn file(
    path: &Path,
    reference: &InputRef,
    shape: Shape,
    stages: &[Stage],
) -> Result<Input, InputError> {
    let picture: Picture = picture::open(path)?;
    let original = picture.to_array();
    let verdict = verdict::judge(&original)?;
    let steps = pipeline::run(stages, &original)?;
    let prepared = steps.last().map_or(&original, |step| &step.image);
    let tensor = fitted(prepared, shape);
    let fitted = prepared.chw() != shape;
    Ok(Input {
        reference: reference.clone(),
        label: None,
        original,
        steps,
        tensor,
        fitted,
        verdict,
    })
}

/// Whether the bundled weights were trained on this digit.
#[must_use]
pub fn was_trained_on(index: usize) -> bool {
    digits::range(Split::Train).contains(&index)
}

/// The tensor cut or padded with paper around its middle to the shape a made-up network wants; its
/// maps are repeated where more are asked for.
fn fitted(tensor: &Array, shape: Shape) -> Array {
    let [c, h, w] = tensor.chw();
    if [c, h, w] == shape {
        return tensor.clone();
    }
    let [_, rows, columns] = shape;
    let offset = |here: usize, there: usize| (here as i64 - there as i64) / 2;
    let (dy, dx) = (offset(h, rows), offset(w, columns));
    Array::from_fn(&shape, |i| {
        let (channel, y, x) = (i / (rows * columns), i / columns % rows, i % columns);
        let (y, x) = (y as i64 + dy, x as i64 + dx);
        let inside = (0..h as i64).contains(&y) && (0..w as i64).contains(&x);
        if inside { tensor.at([channel % c, y as usize, x as usize]) } else { PAPER }
    })
}
