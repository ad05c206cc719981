//! How well a network does on labelled images.

use super::examples::{Examples, batch};
use super::ops::cross_entropy::negative_log_likelihood;
use super::{EngineError, Model, answer, lanes};
use crate::array::Array;

/// Images that are judged at once: enough to keep all cores busy, few enough for little memory.
const BATCH: usize = 256;

/// The result of an evaluation.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    pub count: usize,
    /// Mean cross-entropy.
    pub loss: f64,
    /// The part of the images whose label is the answer, 0 to 1.
    pub accuracy: f64,
    /// The same for the images of each class; `None` for a class without images.
    pub per_class: Vec<Option<f64>>,
    /// Images by label and answer, `[true][predicted]`.
    pub confusion: Vec<Vec<u64>>,
}

/// Judges `model` on all examples. `go_on(images done)` is asked after each batch.
///
/// # Errors
/// No examples, a label that names no class, images of another shape, or [`EngineError::Cancelled`]
/// when `go_on` says false.
pub fn evaluate(
    model: &Model,
    examples: &dyn Examples,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<Evaluation, EngineError> {
    let classes = model.classes();
    if examples.is_empty() {
        return Err(EngineError::NoImages);
    }
    let mut confusion = vec![vec![0; classes]; classes];
    let mut loss = 0.0;
    let numbers: Vec<usize> = (0..examples.len()).collect();
    for numbers in numbers.chunks(batch_size(model)) {
        let batch = batch(examples, numbers, None)?;
        if let Some(&label) = batch.labels.iter().find(|&&label| label >= classes) {
            return Err(EngineError::Label { label, classes });
        }
        let scores = lanes::unpack_rows(&model.scores(&batch.images)?, numbers.len())?;
        for (scores, &label) in scores.iter().zip(&batch.labels) {
            let logits = scores.iter().map(|score| score * model.logit_scale());
            loss += negative_log_likelihood(logits, label);
            confusion[label][answer::best(model.network(), scores)] += 1;
        }
        if !go_on(numbers[numbers.len() - 1] + 1) {
            return Err(EngineError::Cancelled);
        }
    }
    Ok(summary(confusion, loss))
}

/// The class that `model` takes each image for; images are arrays of the network's input shape.
///
/// # Errors
/// An image of another shape, or as [`Model::scores`].
pub fn classes(model: &Model, images: &[Array]) -> Result<Vec<usize>, EngineError> {
    let mut classes = Vec::with_capacity(images.len());
    for images in images.chunks(batch_size(model)) {
        let images: Vec<&Array> = images.iter().collect();
        let packed = lanes::pack_arrays(&images, model.network().input())?;
        let scores = lanes::unpack_rows(&model.scores(&packed)?, images.len())?;
        classes.extend(scores.iter().map(|scores| answer::best(model.network(), scores)));
    }
    Ok(classes)
}

/// How many images are judged at once.
fn batch_size(model: &Model) -> usize {
    BATCH.min(model.most_images()).max(1)
}

fn summary(confusion: Vec<Vec<u64>>, loss: f64) -> Evaluation {
    let right = |class: usize| confusion[class][class];
    let of_class = |class: usize| confusion[class].iter().sum::<u64>();
    let classes = 0..confusion.len();
    let count: u64 = classes.clone().map(of_class).sum();
    let accuracy = classes.clone().map(right).sum::<u64>() as f64 / count as f64;
    let per_class = classes
        .map(|class| (of_class(class) > 0).then(|| right(class) as f64 / of_class(class) as f64))
        .collect();
    Evaluation { count: count as usize, loss: loss / count as f64, accuracy, per_class, confusion }
}
