//! `--weights F`, else the bundled weights, else seeded random ones.

use std::path::PathBuf;

use serde::Serialize;

use super::CliError;
use super::output::warn;
use crate::array::Weights;
use crate::data::Stage;
use crate::engine::seeded::DEFAULT_SEED;
use crate::engine::{bundled, seeded, weight_file};
use crate::network::Network;

/// The option `--weights`.
#[derive(Clone, Debug, clap::Args)]
pub struct WeightsArg {
    /// A weight file (.safetensors); without it the bundled weights are taken.
    #[arg(long, value_name = "F")]
    weights: Option<PathBuf>,
}

/// Where weights came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    Bundled,
    File,
    Random,
}

impl Origin {
    /// For people.
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::Bundled => "the bundled weights",
            Self::File => "weights from a file",
            Self::Random => "random weights",
        }
    }
}

/// Weights that fit their network.
#[derive(Clone, Debug)]
pub struct Loaded {
    pub weights: Weights,
    pub origin: Origin,
}

impl WeightsArg {
    /// The option as a command with rules of its own for it has read it.
    #[must_use]
    pub fn of(weights: Option<PathBuf>) -> Self {
        Self { weights }
    }

    /// The weights; random ones come with a warning.
    ///
    /// # Errors
    /// A file that cannot be read or does not fit the network.
    pub fn open(&self, network: &Network) -> anyhow::Result<Loaded> {
        if let Some(trained) = self.trained(network)? {
            return Ok(trained);
        }
        let name = &network.name;
        warn(format_args!("{name} has no bundled weights; these are random, nothing is learned"));
        let weights = seeded::weights(network, DEFAULT_SEED)?;
        Ok(Loaded { weights, origin: Origin::Random })
    }

    /// The weights, which must be trained ones.
    ///
    /// # Errors
    /// As [`WeightsArg::open`], or if there are none.
    pub fn open_trained(&self, network: &Network) -> anyhow::Result<Loaded> {
        let untrained = || CliError::Untrained { network: network.name.clone() };
        Ok(self.trained(network)?.ok_or_else(untrained)?)
    }

    fn trained(&self, network: &Network) -> anyhow::Result<Option<Loaded>> {
        if let Some(path) = &self.weights {
            let weights = weight_file::read(path, network)?;
            return Ok(Some(Loaded { weights, origin: Origin::File }));
        }
        let bundled = bundled::weights(&network.name);
        Ok(bundled.map(|weights| Loaded { weights, origin: Origin::Bundled }))
    }
}

impl Loaded {
    /// The preprocessing that belongs to the weights, if they say any.
    ///
    /// # Errors
    /// If it is no list of stages.
    pub fn stages(&self) -> Result<Option<Vec<Stage>>, CliError> {
        let Some(text) = self.weights.metadata.get("preprocessing") else { return Ok(None) };
        serde_json::from_str(text)
            .map(Some)
            .map_err(|error| CliError::Preprocessing { reason: error.to_string() })
    }
}
