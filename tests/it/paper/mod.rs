//! What leaves the window as text or on paper.

mod csv;
mod exercise;
mod fields;
mod sum;
mod training;

use convscope::array::{Array, Trace, Weights};
use convscope::engine::{Model, bundled, seeded};
use convscope::explain::{Explanation, explain};
use convscope::network::{Network, Unit, zoo};

/// A network that has run.
pub struct Seen {
    pub network: Network,
    weights: Weights,
    trace: Trace,
}

impl Seen {
    /// A network of the zoo with its own weights, on a pattern with ink and paper.
    pub fn bundled(name: &str) -> Self {
        let network = zoo::find(name).unwrap();
        let weights = bundled::weights(name).unwrap();
        Self::run(network, weights)
    }

    /// A network from its JSON, with seeded weights.
    pub fn made_up(text: &str) -> Self {
        let network: Network = serde_json::from_str(text).unwrap();
        let weights = seeded::weights(&network, 3).unwrap();
        Self::run(network, weights)
    }

    fn run(network: Network, weights: Weights) -> Self {
        let image = Array::from_fn(&network.input(), |i| (i as f32 * 0.37).sin() * 0.6 + 0.4);
        let model = Model::new(&network, &weights).unwrap();
        let trace = model.trace(&image, &|| false).unwrap();
        Self { network, weights, trace }
    }

    pub fn explain(&self, layer: &str, unit: Unit) -> Explanation {
        let index = self.network.index_of(layer).unwrap();
        explain(&self.network, &self.weights, &self.trace, index, unit).unwrap()
    }
}
