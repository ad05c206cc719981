use super::{AnyError, Told, bytes, io_message, told};
use crate::engine::{CheckpointProblem, Counted, Demand, EngineError, Misfit, Setting};
use crate::locale::{Message, value};

pub fn message(error: &AnyError) -> Option<Message> {
    told::<EngineError>(error)
        .or_else(|| told::<Misfit>(error))
        .or_else(|| told::<CheckpointProblem>(error))
}

impl Told for EngineError {
    fn message(&self) -> Message {
        match self {
            Self::Misfit(misfit) => misfit.message(),
            Self::WeightFile { misfit, path } => Message::new("error-engine-weight-file")
                .with_message("misfit", misfit.message())
                .with("path", path.display()),
            Self::TensorFile(error) => error.message(),
            Self::Input { expected, found } => Message::new("error-engine-input")
                .with("expected", format_args!("{expected:?}"))
                .with("found", format_args!("{found:?}")),
            Self::Count { what, expected, found } => {
                let message = match what {
                    Counted::Blocks => Message::new("error-engine-count-blocks"),
                    Counted::Examples => Message::new("error-engine-count-examples"),
                    Counted::Pixels => Message::new("error-engine-count-pixels"),
                };
                message.with("expected", expected).with("found", found)
            }
            Self::TooLarge { what, bytes: size, limit } => {
                let message = match what {
                    Demand::Pass { images } => {
                        Message::new("error-engine-pass-too-large").with("images", images)
                    }
                    Demand::Tensor { tensor, shape } => {
                        Message::new("error-engine-tensor-too-large")
                            .with("tensor", tensor)
                            .with("shape", format_args!("{shape:?}"))
                    }
                };
                message.with("bytes", bytes(*size)).with("limit", bytes(*limit))
            }
            Self::Label { label, classes } => {
                Message::new("error-engine-label").with("label", label).with("classes", classes)
            }
            Self::Class { class, classes } => {
                Message::new("error-engine-class").with("class", class).with("classes", classes)
            }
            Self::TooManyClasses { classes, most } => Message::new("error-engine-too-many-classes")
                .with("classes", classes)
                .with("most", most),
            Self::Unit { node, unit, shape } => Message::new("error-engine-unit")
                .with("node", node)
                .with("unit", format_args!("{unit:?}"))
                .with("shape", format_args!("{shape:?}")),
            Self::NoImages => Message::new("error-engine-no-images"),
            Self::Setting { name, value } => Message::new(setting_key(*name)).with("value", value),
            Self::Checkpoint { problem } => {
                Message::new("error-engine-checkpoint").with_message("problem", problem.message())
            }
            Self::CheckpointFile { source, path } => Message::new("error-engine-checkpoint-file")
                .with_message("reason", io_message(source))
                .with("path", path.display()),
            Self::Threads { reason } => Message::new("error-engine-threads").with("reason", reason),
            Self::Cancelled => Message::new("error-engine-cancelled"),
            Self::Diverged { epoch, images, loss } => Message::new("error-engine-diverged")
                .with("epoch", epoch)
                .with("images", images)
                .with("loss", value(*loss, 4)),
            Self::Compute(error) => Message::new("error-engine-compute").with("reason", error),
        }
    }
}

const fn setting_key(setting: Setting) -> &'static str {
    match setting {
        Setting::Epochs => "error-setting-epochs",
        Setting::Batch => "error-setting-batch",
        Setting::LearningRate => "error-setting-learning-rate",
        Setting::Averaging => "error-setting-averaging",
        Setting::WeightDecay => "error-setting-weight-decay",
        Setting::Momentum => "error-setting-momentum",
        Setting::Beta1 => "error-setting-beta1",
        Setting::Beta2 => "error-setting-beta2",
        Setting::Epsilon => "error-setting-epsilon",
        Setting::Rotation => "error-setting-rotation",
        Setting::Scale => "error-setting-scale",
        Setting::Shear => "error-setting-shear",
        Setting::Shift => "error-setting-shift",
        Setting::Amplitude => "error-setting-amplitude",
        Setting::Sigma => "error-setting-sigma",
        Setting::Crop => "error-setting-crop",
        Setting::Frozen => "error-setting-frozen",
    }
}

impl Told for Misfit {
    fn message(&self) -> Message {
        let (message, tensor) = match self {
            Self::Missing { tensor, expected } => (
                Message::new("error-misfit-missing").with("expected", format_args!("{expected:?}")),
                tensor,
            ),
            Self::Shape { tensor, expected, found } => (
                Message::new("error-misfit-shape")
                    .with("expected", format_args!("{expected:?}"))
                    .with("found", format_args!("{found:?}")),
                tensor,
            ),
            Self::NotFinite { tensor, position } => {
                (Message::new("error-misfit-not-finite").with("position", position), tensor)
            }
            Self::NegativeVariance { tensor, position } => {
                (Message::new("error-misfit-negative-variance").with("position", position), tensor)
            }
            Self::Unlinked { tensor, map, input } => (
                Message::new("error-misfit-unlinked").with("map", map).with("input", input),
                tensor,
            ),
            Self::Unknown { tensor } => (Message::new("error-misfit-unknown"), tensor),
        };
        message.with("tensor", tensor)
    }
}

impl Told for CheckpointProblem {
    fn message(&self) -> Message {
        match self {
            Self::Differs { key, found, expected } => Message::new("error-checkpoint-differs")
                .with("key", key)
                .with("found", found)
                .with("expected", expected),
            Self::Sidecar { reason } => {
                Message::new("error-checkpoint-sidecar").with("reason", reason)
            }
            Self::NoState { state } => {
                Message::new("error-checkpoint-no-state").with("state", state)
            }
            Self::Missing { key } => Message::new("error-checkpoint-missing").with("key", key),
            Self::NoNumber { key } => Message::new("error-checkpoint-no-number").with("key", key),
            Self::Tensor { tensor } => {
                Message::new("error-checkpoint-tensor").with("tensor", tensor)
            }
            Self::Moments => Message::new("error-checkpoint-moments"),
            Self::Counters => Message::new("error-checkpoint-counters"),
        }
    }
}
