//! The command line's own errors in Chinese.

use super::{CliError, Panicked, text};
use crate::array::MAX_VALUES;
use crate::cli::nearest::first;
use crate::cli::window;
use crate::locale::{AnyError, Message, Told, count, io_message, message_with, told};
use crate::paper::PaperError;

/// How any error that a command can end with is told.
pub fn message(error: &AnyError) -> Message {
    message_with(error, |error| {
        told::<CliError>(error)
            .or_else(|| told::<Panicked>(error))
            .or_else(|| told::<PaperError>(error))
            .or_else(|| window::told(error))
    })
}

impl Told for CliError {
    fn message(&self) -> Message {
        match self {
            Self::UnknownNetwork { name, nearest } => Message::new("error-cli-unknown-network")
                .with("name", name)
                .with_message("names", listed(nearest)),
            Self::UnknownLayer { network, name, nearest } => {
                Message::new("error-cli-unknown-layer")
                    .with("network", network)
                    .with("name", name)
                    .with_message("names", listed(nearest))
            }
            Self::UnitOutside { layer, unit, shape: [maps, rows, columns] } => {
                Message::new("error-cli-unit-outside")
                    .with("layer", layer)
                    .with("unit", unit)
                    .with("map", maps - 1)
                    .with("row", rows - 1)
                    .with("column", columns - 1)
            }
            Self::NoMatrix { layer, kind, nearest } => Message::new("error-cli-no-matrix")
                .with("layer", layer)
                .with("kind", kind)
                .with_message("names", listed(nearest)),
            Self::CellOutside { row, column, rows, columns } => {
                Message::new("error-cli-cell-outside")
                    .with("cell", format_args!("{row},{column}"))
                    .with("row", rows - 1)
                    .with("column", columns - 1)
            }
            Self::CellUnused { row, column } => {
                Message::new("error-cli-cell-unused").with("cell", format_args!("{row},{column}"))
            }
            Self::EffectiveWithoutMap { layer } => {
                Message::new("error-cli-effective-without-map").with("layer", layer)
            }
            Self::AverageOfDigits { network } => {
                Message::new("error-cli-average-of-digits").with("network", network)
            }
            Self::UnknownScene { name, nearest } => Message::new("error-cli-unknown-scene")
                .with("name", name)
                .with_message("names", listed(nearest)),
            Self::NoCommand { word, command } => {
                Message::new("error-cli-no-command").with("word", word).with("command", command)
            }
            Self::NoFile { path } => {
                Message::new("error-file-missing").with("path", path.display())
            }
            Self::NetworkTooLarge { limit, path } => Message::new("error-cli-network-too-large")
                .with("limit", count((*limit).into()))
                .with("path", path.display()),
            Self::NotANetwork { source, path } => Message::new("error-network-file")
                .with_message("reason", source.message())
                .with("path", path.display()),
            Self::File(error) => error.message(),
            Self::Picture(error) => error.message(),
            Self::Data(error) => error.message(),
            Self::Classes { network, outputs, classes, path } => Message::new("error-cli-classes")
                .with("network", network)
                .with("outputs", outputs)
                .with("classes", classes)
                .with("path", path.display()),
            Self::SplitsDiffer { train, test } => Message::new("error-cli-splits-differ")
                .with("train", format_args!("{}×{}", train[0], train[1]))
                .with("test", format_args!("{}×{}", test[0], test[1])),
            Self::NoGpu(error) => error.message(),
            Self::Pipeline(error) => error.message(),
            Self::NoDigit { digit, last } => {
                Message::new("error-input-no-digit").with("index", digit).with("last", last)
            }
            Self::Prepared { network, found, needed } => Message::new("error-cli-prepared")
                .with("network", network)
                .with("found", text(*found))
                .with("needed", text(*needed)),
            Self::Preprocessing { reason } => {
                Message::new("error-cli-preprocessing").with("reason", reason)
            }
            Self::TooManyImages { images, shape } => Message::new("error-cli-too-many-images")
                .with("images", images)
                .with("shape", text(*shape))
                .with("limit", MAX_VALUES),
            Self::Untrained { network } => {
                Message::new("error-cli-untrained").with("network", network)
            }
            Self::HoldOut { hold_out, images } => {
                Message::new("error-cli-hold-out").with("count", hold_out).with("images", images)
            }
            Self::NoFolder { folder, path } => Message::new("error-cli-no-folder")
                .with("folder", folder)
                .with("path", path.display()),
            Self::OutNoFolder { path } => {
                Message::new("error-cli-out-no-folder").with("path", path.display())
            }
            Self::NoOutFolder { path } => {
                Message::new("error-cli-no-out-folder").with("path", path.display())
            }
            Self::OutIsFolder { path } => {
                Message::new("error-cli-out-is-folder").with("path", path.display())
            }
            Self::OutExists { path } => {
                Message::new("error-cli-out-exists").with("path", path.display())
            }
            Self::OutDiffers { path } => {
                Message::new("error-cli-out-differs").with("path", path.display())
            }
            Self::LogIsOut { path } => {
                Message::new("error-cli-log-is-out").with("path", path.display())
            }
            Self::LogForeign { path } => {
                Message::new("error-cli-log-foreign").with("path", path.display())
            }
            Self::Checkpoint { source, path } => Message::new("error-cli-checkpoint")
                .with_message("reason", source.message())
                .with("path", path.display()),
            Self::CheckpointExists { path } => {
                Message::new("error-cli-checkpoint-exists").with("path", path.display())
            }
            Self::Write { source, path } => Message::new("error-cli-write")
                .with_message("reason", io_message(source))
                .with("path", path.display()),
            Self::HiddenIsGiven => Message::new("error-cli-hidden-is-given"),
            Self::Setting { source } => {
                Message::new("error-cli-setting").with_message("reason", source.message())
            }
            Self::Input { network, input, source } => Message::new("error-cli-input")
                .with("network", network)
                .with("input", text(*input))
                .with_message("reason", source.message()),
            Self::Count { node, source } => Message::new("error-cli-count")
                .with("node", node)
                .with_message("reason", source.message()),
            Self::Output { source } => {
                Message::new("error-cli-output").with_message("reason", io_message(source))
            }
            Self::TrainingInterrupted { path } => {
                Message::new("error-cli-interrupted").with("path", path.display())
            }
        }
    }
}

impl Told for Panicked {
    fn message(&self) -> Message {
        Message::new("error-cli-panicked")
    }
}

/// The names that exist, and how many more there are.
fn listed(names: &[String]) -> Message {
    let (names, more) = first(names);
    let message = match more {
        0 => Message::new("error-cli-names"),
        _ => Message::new("error-cli-names-and-more").with("more", more),
    };
    message.with("names", names.join("、"))
}
