//! What the command line itself has to complain about. Simple fields, so that each can be said in
//! another language.

mod told;

use std::error::Error;
use std::io;
use std::path::PathBuf;

use super::nearest::listed;
use crate::array::MAX_VALUES;
use crate::data::{DataError, FileError, IdxError, PictureError, PipelineError};
use crate::engine::EngineError;
use crate::locale::{Lang, Message};
use crate::network::connect::SettingError;
use crate::network::formula::TooLarge;
use crate::network::{NetworkError, ReadError, Shape};
use crate::render::NoGpu;

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    #[error(
        "there is no network {name}; there are {} (a network of your own is a .json file)",
        listed(nearest)
    )]
    UnknownNetwork { name: String, nearest: Vec<String> },
    #[error("{network} has no layer {name}; it has {}", listed(nearest))]
    UnknownLayer { network: String, name: String, nearest: Vec<String> },
    #[error(
        "{layer} has no unit {unit}; its maps are 0 to {}, rows 0 to {}, columns 0 to {}",
        shape[0] - 1, shape[1] - 1, shape[2] - 1
    )]
    UnitOutside { layer: String, unit: String, shape: Shape },
    #[error(
        "{layer} is of kind {kind}, which has no connection matrix; these have: {}",
        listed(nearest)
    )]
    NoMatrix { layer: String, kind: &'static str, nearest: Vec<String> },
    #[error(
        "the matrix has no cell {row},{column}; its rows are 0 to {}, columns 0 to {}",
        rows - 1, columns - 1
    )]
    CellOutside { row: u64, column: u64, rows: u128, columns: u128 },
    #[error("no weight is used in cell {row},{column}; touch one that is drawn")]
    CellUnused { row: u64, column: u64 },
    #[error(
        "an effective field is the gradient of one unit; name its map in {layer} too, as in --unit 0,2,2"
    )]
    EffectiveWithoutMap { layer: String },
    #[error(
        "{network} takes photos, and --average is over the bundled digits; name a picture with --effective instead"
    )]
    AverageOfDigits { network: String },
    #[error("there is no scene {name}; there are {} (or name a .json file)", listed(nearest))]
    UnknownScene { name: String, nearest: Vec<String> },
    #[error("there is no command {word}, and no file either; did you mean {command}?")]
    NoCommand { word: String, command: String },
    #[error("there is no such file, check the name: {path}")]
    NoFile { path: PathBuf },
    #[error("a file with a network has at most {limit} bytes, this one has more: {path}")]
    NetworkTooLarge { limit: u64, path: PathBuf },
    #[error("this is not a network ({source}): {path}")]
    NotANetwork { source: ReadError, path: PathBuf },
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Picture(#[from] PictureError),
    #[error(transparent)]
    Data(#[from] DataError),
    #[error(
        "{network} tells {outputs} classes apart, but there are {classes} folders with images, choose a \
         network with as many outputs: {path}"
    )]
    Classes { network: String, outputs: usize, classes: usize, path: PathBuf },
    #[error(
        "the training images have {}×{} pixels but the test images {}×{}; judge one split",
        train[0], train[1], test[0], test[1]
    )]
    SplitsDiffer { train: [usize; 2], test: [usize; 2] },
    #[error(transparent)]
    NoGpu(#[from] NoGpu),
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    #[error("there is no digit {digit}; the bundled ones are 0 to {last}")]
    NoDigit { digit: String, last: usize },
    #[error(
        "the prepared image is {}, but {network} takes {}; its weights need other stages",
        text(*found), text(*needed)
    )]
    Prepared { network: String, found: Shape, needed: Shape },
    #[error("the preprocessing in the weight file is no list of stages ({reason})")]
    Preprocessing { reason: String },
    #[error(
        "{images} images of {} each are more than the {MAX_VALUES} values that are judged at once; judge a \
         smaller set",
        text(*shape)
    )]
    TooManyImages { images: usize, shape: Shape },
    #[error("{network} has no bundled weights; train some and name them with --weights")]
    Untrained { network: String },
    #[error("{hold_out} images cannot be kept aside: there are {images}, and some must remain")]
    HoldOut { hold_out: usize, images: usize },
    #[error("there is no folder {folder} for this file, create it first: {path}")]
    NoFolder { folder: String, path: PathBuf },
    #[error("this is a file, and a folder is needed, choose another name: {path}")]
    OutNoFolder { path: PathBuf },
    #[error("the folder cannot be made, create it first: {path}")]
    NoOutFolder { path: PathBuf },
    #[error("this is a folder, name a file in it: {path}")]
    OutIsFolder { path: PathBuf },
    #[error("this file exists, --force replaces it: {path}")]
    OutExists { path: PathBuf },
    #[error(
        "this file exists and was made with other options, so --resume leaves it alone; --force replaces it: \
         {path}"
    )]
    OutDiffers { path: PathBuf },
    #[error("weights and log cannot be one file, give --log another name: {path}")]
    LogIsOut { path: PathBuf },
    #[error(
        "this file is not the log of this training, so --resume leaves it alone; --force replaces it: {path}"
    )]
    LogForeign { path: PathBuf },
    #[error("{source}; --force instead of --resume begins anew: {path}")]
    Checkpoint { source: EngineError, path: PathBuf },
    #[error(
        "an interrupted training left a checkpoint; --resume goes on from it, --force begins anew: {path}"
    )]
    CheckpointExists { path: PathBuf },
    #[error("the file cannot be written ({source}): {path}")]
    Write { source: io::Error, path: PathBuf },
    #[error(
        "--hidden goes with --padding ignore alone: with same and valid the fields' places give the number of units"
    )]
    HiddenIsGiven,
    #[error("there is no such layer: {source}")]
    Setting { source: SettingError },
    #[error("{network} cannot look at an image of {}: {source}", text(*input))]
    Input { network: String, input: Shape, source: Box<NetworkError> },
    #[error("{node}: {source}")]
    Count { node: String, source: TooLarge },
    #[error("the result cannot be written to standard output ({source})")]
    Output { source: io::Error },
    /// The person pressed Ctrl+C.
    #[error("interrupted; --resume goes on from the checkpoint: {path}")]
    TrainingInterrupted { path: PathBuf },
}

impl From<IdxError> for CliError {
    fn from(error: IdxError) -> Self {
        Self::Data(error.into())
    }
}

fn text([c, h, w]: Shape) -> String {
    format!("{c}×{h}×{w}")
}

/// The exit code for an error (contract §6); what the parser refuses ends with 2 before.
#[must_use]
pub fn exit_code(error: &anyhow::Error) -> u8 {
    match error.downcast_ref() {
        Some(CliError::TrainingInterrupted { .. } | CliError::Data(DataError::Stopped)) => 130,
        _ => 1,
    }
}

/// A command that panicked: what has been printed before says more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is a bug in Convscope, please report the lines above")]
pub struct Panicked;

/// The error as one sentence. In English: context first, then each cause that it does not already
/// quote.
#[must_use]
pub fn sentence(lang: Lang, error: &(dyn Error + 'static)) -> String {
    if lang == Lang::Zh {
        return message(error).text(lang);
    }
    let mut text = error.to_string();
    let causes = std::iter::successors(error.source(), |&cause| cause.source());
    for cause in causes.map(ToString::to_string) {
        if !text.contains(&cause) {
            text += ": ";
            text += &cause;
        }
    }
    text
}

/// The error's sentence in the Chinese catalogue.
#[must_use]
pub fn message(error: &(dyn Error + 'static)) -> Message {
    told::message(error)
}
