//! Weights in and out of safetensors files (contract, §5).

use std::collections::BTreeMap;
use std::path::Path;

use super::{EngineError, Evaluation, Settings, fit};
use crate::array::{TensorFile, Weights};
use crate::network::{Network, zoo};

/// Reads weights and checks that they fit `network`.
///
/// # Errors
/// A file that cannot be read ([`EngineError::TensorFile`]), or weights that do not fit; the error
/// names the first tensor that does not, and the file.
pub fn read(path: &Path, network: &Network) -> Result<Weights, EngineError> {
    checked(TensorFile::read(path)?, network, path)
}

/// As [`read`], from memory; `path` only serves the messages.
///
/// # Errors
/// As [`read`].
pub fn parse(bytes: &[u8], network: &Network, path: &Path) -> Result<Weights, EngineError> {
    checked(TensorFile::parse(bytes, path)?, network, path)
}

fn checked(file: TensorFile, network: &Network, path: &Path) -> Result<Weights, EngineError> {
    let TensorFile { tensors, metadata } = file;
    let weights = Weights { tensors, metadata };
    match fit::check(network, &weights) {
        Ok(()) => Ok(weights),
        Err(EngineError::Misfit(misfit)) => {
            Err(EngineError::WeightFile { misfit, path: path.into() })
        }
        Err(other) => Err(other),
    }
}

/// Writes weights with their remarks; the same weights give the same bytes.
///
/// # Errors
/// If the file cannot be written.
pub fn write(path: &Path, weights: &Weights) -> Result<(), EngineError> {
    let Weights { tensors, metadata } = weights.clone();
    Ok(TensorFile { tensors, metadata }.write(path)?)
}

/// Where trained weights come from, as a remark: the data, and all settings.
#[must_use]
pub fn source(data: &str, images: usize, settings: &Settings) -> String {
    format!("trained on {images} images of {data}; settings {}", settings.to_json())
}

/// How well weights did, as a remark.
#[must_use]
pub fn score(data: &str, result: &Evaluation) -> String {
    let Evaluation { count, loss, accuracy, .. } = result;
    let wrong = (*count as f64 * (1.0 - accuracy)).round();
    let percent = 100.0 * (1.0 - accuracy);
    format!("{percent:.2} % wrong ({wrong} of {count} images of {data}), loss {loss:.4}")
}

/// The remarks of a weight file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remarks {
    /// The stages that an image passes before the network sees it, as a JSON list.
    pub preprocessing: String,
    /// Where the weights come from: data, recipe, seed.
    pub source: String,
    /// How well they did, on what.
    pub score: String,
}

impl Remarks {
    /// The remarks as they stand in a file of weights for `network`.
    #[must_use]
    pub fn metadata(self, network: &Network) -> BTreeMap<String, String> {
        let in_zoo = zoo::find(&network.name).as_ref() == Some(network);
        let network = if in_zoo {
            network.name.clone()
        } else {
            serde_json::to_string(network).expect("a description is text, numbers and lists")
        };
        let Self { preprocessing, source, score } = self;
        [
            ("network", network),
            ("preprocessing", preprocessing),
            ("source", source),
            ("score", score),
        ]
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
    }
}
