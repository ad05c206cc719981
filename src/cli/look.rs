//! A network looks at an image: what `forward`, `explain` and the pictures have in common.

use super::image_source::{ImageArg, Source};
use super::network_source::NetArg;
use super::weights_source::{Loaded, WeightsArg};
use crate::array::{Array, Trace};
use crate::data::Stage;
use crate::engine::Model;
use crate::network::Network;

/// `NET IMAGE [--weights F]`.
#[derive(Clone, Debug, clap::Args)]
pub struct LookArgs {
    #[command(flatten)]
    pub net: NetArg,
    #[command(flatten)]
    image: ImageArg,
    #[command(flatten)]
    weights: WeightsArg,
}

/// Everything about one forward pass.
#[derive(Debug)]
pub struct Seen {
    pub source: Source,
    pub loaded: Loaded,
    pub stages: Vec<Stage>,
    /// What the network was fed with.
    pub input: Array,
    pub trace: Trace,
}

impl LookArgs {
    /// Prepares the image and runs the network on it.
    ///
    /// # Errors
    /// An image or weights that cannot be read or do not fit.
    pub fn look(&self, network: &Network) -> anyhow::Result<Seen> {
        let ready = Ready::new(network, self.image.open()?, &self.weights)?;
        let Ready { source, loaded, stages, input } = ready;
        // Ctrl+C ends the process at once, so nothing else needs to stop the pass.
        let trace = Model::new(network, &loaded.weights)?.trace(&input, &|| false)?;
        Ok(Seen { source, loaded, stages, input, trace })
    }
}

/// A picture that a network can be fed with, and the weights that it belongs to.
#[derive(Debug)]
pub struct Ready {
    pub source: Source,
    pub loaded: Loaded,
    pub stages: Vec<Stage>,
    /// What the network is to be fed with.
    pub input: Array,
}

impl Ready {
    /// Loads the weights and prepares the picture as they want it.
    ///
    /// # Errors
    /// Weights that cannot be read or do not fit, or a picture that cannot be prepared.
    pub fn new(network: &Network, source: Source, weights: &WeightsArg) -> anyhow::Result<Self> {
        let loaded = weights.open(network)?;
        let stages = source.stages(network, loaded.stages()?);
        let input = source.prepare(&stages, network)?;
        source.warn_if_no_digit(network)?;
        Ok(Self { source, loaded, stages, input })
    }
}
