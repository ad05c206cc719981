//! Why the engine cannot do what it was asked for: one sentence each.

use std::fmt::{Debug, Display, Formatter};
use std::path::PathBuf;

use crate::array::TensorFileError;
use crate::network::{Shape, Unit};

/// An error of the engine. Paths come last in every message.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    #[error(transparent)]
    Misfit(#[from] Misfit),
    #[error("these weights do not fit the network: {misfit}: {path}")]
    WeightFile { misfit: Misfit, path: PathBuf },
    #[error(transparent)]
    TensorFile(#[from] TensorFileError),
    #[error("the network reads an image of shape {expected:?}, but got {found:?}")]
    Input { expected: Vec<usize>, found: Vec<usize> },
    #[error("there are {found} {what}, but there must be {expected}")]
    Count { what: Counted, expected: usize, found: usize },
    #[error("{what} would need {bytes} bytes of memory, more than {limit}")]
    TooLarge { what: Demand, bytes: u128, limit: u128 },
    #[error("label {label} names no class; the network tells {classes} apart")]
    Label { label: usize, classes: usize },
    #[error(
        "there is no class {class} to ask for; the network tells {classes} apart, counted from 0"
    )]
    Class { class: usize, classes: usize },
    #[error(
        "the network tells {classes} classes apart, more than the {most} of which a training or an \
         evaluation keeps count"
    )]
    TooManyClasses { classes: usize, most: usize },
    #[error("node {node} of shape {shape:?} has no unit {unit:?} to ask for, counted from 0")]
    Unit { node: String, unit: Unit, shape: Shape },
    #[error("there are no images to work on")]
    NoImages,
    #[error("the setting {name} is {value}, but must be {}", name.needed())]
    Setting { name: Setting, value: String },
    #[error("this training cannot go on from the checkpoint: {problem}")]
    Checkpoint { problem: CheckpointProblem },
    #[error("the checkpoint cannot be read or written ({source}): {path}")]
    CheckpointFile { source: std::io::Error, path: PathBuf },
    #[error("the system gave no threads to compute with ({reason})")]
    Threads { reason: String },
    #[error("stopped on request")]
    Cancelled,
    #[error(
        "the training diverged in epoch {epoch}: after {images} images, at a loss of {loss}, its numbers \
         left the range of single precision; try a smaller learning rate"
    )]
    Diverged { epoch: usize, images: u64, loss: f64 },
    #[error("the computation failed: {0}")]
    Compute(Box<candle_core::Error>),
}

impl From<candle_core::Error> for EngineError {
    fn from(error: candle_core::Error) -> Self {
        Self::Compute(Box::new(error))
    }
}

/// What there is too much or too little of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// Blocks of eight images.
    Blocks,
    Examples,
    Pixels,
}

impl Display for Counted {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Blocks => "blocks of eight images",
            Self::Examples => "examples",
            Self::Pixels => "pixels",
        })
    }
}

/// What asks for too much memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Demand {
    Pass { images: usize },
    Tensor { tensor: String, shape: Vec<usize> },
}

impl Display for Demand {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Pass { images } => write!(f, "a pass of {images} images"),
            Self::Tensor { tensor, shape } => write!(f, "tensor {tensor} of shape {shape:?}"),
        }
    }
}

/// A setting of a training that has a range. The ranges are kept by [`super::Settings::check`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Epochs,
    Batch,
    LearningRate,
    Averaging,
    WeightDecay,
    Momentum,
    Beta1,
    Beta2,
    Epsilon,
    Rotation,
    Scale,
    Shear,
    Shift,
    Amplitude,
    Sigma,
    Crop,
    Frozen,
}

impl Setting {
    /// # Errors
    /// [`EngineError::Setting`] if it does not hold that this value lies in the range.
    pub(super) fn must(self, holds: bool, value: impl Debug) -> Result<(), EngineError> {
        // As it is written in a file: 1e39, not forty digits.
        let refused = || EngineError::Setting { name: self, value: format!("{value:?}") };
        if holds { Ok(()) } else { Err(refused()) }
    }

    const fn needed(self) -> &'static str {
        match self {
            Self::Epochs | Self::Batch => "a whole number from 1 to 1,000,000",
            Self::LearningRate | Self::Epsilon => "a number above 0 that single precision can hold",
            Self::Averaging | Self::Momentum | Self::Beta1 | Self::Beta2 => {
                "at least 0 and, in single precision, below 1"
            }
            Self::WeightDecay => "a number of at least 0 that single precision can hold",
            Self::Rotation => "at least 0 and at most π, half a turn",
            Self::Scale => "at least 0 and below 1",
            Self::Shear => "at least 0 and at most 10 columns per row",
            Self::Shift | Self::Crop => "at least 0 and at most 4,096 pixels",
            Self::Amplitude => "at least 0 and at most 1,000 pixels",
            Self::Sigma => "at least 0 and at most 100 pixels",
            Self::Frozen => "the name of a node of the network",
        }
    }
}

impl Display for Setting {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Epochs => "epochs",
            Self::Batch => "batch",
            Self::LearningRate => "learning rate",
            Self::Averaging => "averaging",
            Self::WeightDecay => "weight decay",
            Self::Momentum => "momentum",
            Self::Beta1 => "beta1",
            Self::Beta2 => "beta2",
            Self::Epsilon => "epsilon",
            Self::Rotation => "affine.rotation",
            Self::Scale => "affine.scale",
            Self::Shear => "affine.shear",
            Self::Shift => "affine.shift",
            Self::Amplitude => "elastic.amplitude",
            Self::Sigma => "elastic.sigma",
            Self::Crop => "crop",
            Self::Frozen => "frozen node",
        })
    }
}

/// Why a training cannot go on from a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointProblem {
    #[error("{key}: it was made with {found}, and this training has {expected}")]
    Differs { key: String, found: String, expected: String },
    #[error("its sidecar cannot be understood ({reason})")]
    Sidecar { reason: String },
    #[error("its file {state} is missing")]
    NoState { state: String },
    #[error("it does not say its {key}")]
    Missing { key: String },
    #[error("its {key} is no number")]
    NoNumber { key: String },
    #[error("it holds no {tensor} of the right shape")]
    Tensor { tensor: String },
    #[error("its moments do not fit")]
    Moments,
    #[error("its counters are out of range")]
    Counters,
}

/// The first tensor that keeps weights from fitting a network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    #[error("tensor {tensor} of shape {expected:?} is missing")]
    Missing { tensor: String, expected: Vec<usize> },
    #[error("tensor {tensor} has shape {found:?}, but the network needs {expected:?}")]
    Shape { tensor: String, expected: Vec<usize>, found: Vec<usize> },
    #[error(
        "tensor {tensor} holds a value that is not a number or infinite, at position {position}"
    )]
    NotFinite { tensor: String, position: usize },
    #[error("tensor {tensor} holds a negative variance, at position {position}")]
    NegativeVariance { tensor: String, position: usize },
    #[error("tensor {tensor} has a kernel from map {input} to map {map}, which are not linked")]
    Unlinked { tensor: String, map: usize, input: usize },
    #[error("tensor {tensor} belongs to no node of the network")]
    Unknown { tensor: String },
}
