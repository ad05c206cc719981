//! How well a network does on labelled images.

use super::examples::{Examples, batch};
use super::ops::cross_entropy::negative_log_likelihood;
use super::{EngineError, Model, answer, lanes};
use crate::array::Array;

/// Images that are judged at once: enough to keep all cores busy, few enough for little memory.
const BATCH: usize = 256;

/// Classes at most of a network that is trained or judged: the table of labels and answers has as many rows
/// and columns (4,096: 128 MiB).
pub const MOST_CLASSES: usize = 4096;

/// What a network says about one labelled image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    pub label: usize,
    /// The class that it is taken for.
    pub answer: usize,
    /// What training lowers: −ln of the probability of the label, beside the rubbish class where the network
    /// has one.
    pub loss: f64,
}

/// The result of an evaluation.
#[derive(Clone, Debug, PartialEq)]
pub struct Evaluation {
    pub count: usize,
    /// Mean of what training lowers.
    pub loss: f64,
    /// The part of the images whose label is the answer, 0 to 1.
    pub accuracy: f64,
    /// The same for the images of each class; `None` for a class without images.
    pub per_class: Vec<Option<f64>>,
    /// Images by label and answer, `[true][predicted]`.
    pub confusion: Vec<Vec<u64>>,
}

impl Evaluation {
    /// What the judgements of images of so many classes come to. Labels and answers are below `classes`.
    #[must_use]
    pub fn of(judged: &[Judged], classes: usize) -> Self {
        let mut confusion = vec![vec![0; classes]; classes];
        let mut loss = 0.0;
        for judged in judged {
            confusion[judged.label][judged.answer] += 1;
            loss += judged.loss;
        }
        let of_class = |class: usize| confusion[class].iter().sum::<u64>();
        let right: u64 = (0..classes).map(|class| confusion[class][class]).sum();
        let per_class = (0..classes)
            .map(|class| (of_class(class), confusion[class][class]))
            .map(|(all, right)| (all > 0).then(|| right as f64 / all as f64))
            .collect();
        let count = judged.len();
        let (accuracy, loss) = (right as f64 / count as f64, loss / count as f64);
        Self { count, loss, accuracy, per_class, confusion }
    }
}

/// Whether a table of labels and answers can be kept for `model`.
///
/// # Errors
/// [`EngineError::TooManyClasses`] if not.
pub fn check_classes(model: &Model) -> Result<(), EngineError> {
    match model.classes() {
        0..=MOST_CLASSES => Ok(()),
        classes => Err(EngineError::TooManyClasses { classes, most: MOST_CLASSES }),
    }
}

/// Judges `model` on all examples. `go_on(images done)` is asked after each batch.
///
/// # Errors
/// No examples, a label that names no class, more classes than [`MOST_CLASSES`], images of another shape, or
/// [`EngineError::Cancelled`] when `go_on` says false.
pub fn evaluate(
    model: &Model,
    examples: &dyn Examples,
    go_on: &mut dyn FnMut(usize) -> bool,
) -> Result<Evaluation, EngineError> {
    if examples.is_empty() {
        return Err(EngineError::NoImages);
    }
    check_classes(model)?;
    let mut judged = Vec::with_capacity(examples.len());
    let numbers: Vec<usize> = (0..examples.len()).collect();
    for numbers in numbers.chunks(batch_size(model)) {
        judged.extend(judge(model, examples, numbers)?);
        if !go_on(judged.len()) {
            return Err(EngineError::Cancelled);
        }
    }
    Ok(Evaluation::of(&judged, model.classes()))
}

/// Judges the examples with these numbers, at once.
///
/// # Errors
/// As [`evaluate`], or more images than memory holds.
pub fn judge(
    model: &Model,
    examples: &dyn Examples,
    numbers: &[usize],
) -> Result<Vec<Judged>, EngineError> {
    let classes = model.classes();
    let batch = batch(examples, numbers, None)?;
    if let Some(&label) = batch.labels.iter().find(|&&label| label >= classes) {
        return Err(EngineError::Label { label, classes });
    }
    let scores = lanes::unpack_rows(&model.scores(&batch.images)?, numbers.len())?;
    let judged = scores.iter().zip(batch.labels).map(|(scores, label)| {
        let logits = scores.iter().map(|score| score * model.logit_scale());
        let loss = negative_log_likelihood(logits.chain(model.rubbish()), label);
        Judged { label, answer: answer::best(model.network(), scores), loss }
    });
    Ok(judged.collect())
}

/// The probability of each class for one example.
///
/// # Errors
/// As [`judge`].
pub fn probabilities(
    model: &Model,
    examples: &dyn Examples,
    number: usize,
) -> Result<Vec<f64>, EngineError> {
    let batch = batch(examples, &[number], None)?;
    let scores = lanes::unpack_rows(&model.scores(&batch.images)?, 1)?;
    Ok(answer::probabilities(model.network(), &scores.concat()))
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
