//! A network that was trained in the window, with its weights.

use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};

use crate::array::{TensorFile, TensorFileError, Weights};
use crate::network::Network;

/// More weights than this belong in a file, not in a scene (16 MiB).
pub const MOST_WEIGHTS: usize = 4 << 20;

/// A network, and its weights as the text of a safetensors file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trained {
    network: Arc<Network>,
    safetensors: String,
    /// Steps that were taken.
    pub step: u64,
}

impl Trained {
    /// Keeps a network; `None` where it has too many weights.
    #[must_use]
    pub fn new(network: Arc<Network>, weights: &Weights, step: u64) -> Option<Self> {
        let count: usize = weights.tensors.values().map(crate::array::Array::len).sum();
        let Weights { tensors, metadata } = weights.clone();
        (count <= MOST_WEIGHTS).then(|| {
            let bytes = TensorFile { tensors, metadata }.to_bytes();
            Self { network, safetensors: BASE64_STANDARD.encode(bytes), step }
        })
    }

    #[must_use]
    pub fn network(&self) -> &Arc<Network> {
        &self.network
    }

    /// The weights.
    ///
    /// # Errors
    /// If a scene file holds something else under this name.
    pub fn weights(&self) -> Result<Weights, TensorFileError> {
        let bytes = BASE64_STANDARD.decode(&self.safetensors).unwrap_or_default();
        let TensorFile { tensors, metadata } =
            TensorFile::parse(&bytes, Path::new("trained.safetensors"))?;
        Ok(Weights { tensors, metadata })
    }
}
