//! The networks that ship with the application, one file per family.

mod lenet;

pub use lenet::{CLASS_BITMAPS, lenet_conv, lenet_full, lenet_local, lenet5, lenet5_modern};

use super::graph::{Description, NodeDescription};
use super::{Activation, Layer, Network};

/// A network that can be asked for by name.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub name: &'static str,
    pub build: fn() -> Network,
}

/// All of them, in the order in which they are listed.
pub const ENTRIES: &[Entry] = &[
    Entry { name: "lenet5", build: lenet5 },
    Entry { name: "lenet5-modern", build: lenet5_modern },
    Entry { name: "lenet-full", build: lenet_full },
    Entry { name: "lenet-local", build: lenet_local },
    Entry { name: "lenet-conv", build: lenet_conv },
];

/// The network of this name.
#[must_use]
pub fn find(name: &str) -> Option<Network> {
    ENTRIES.iter().find(|entry| entry.name == name).map(|entry| (entry.build)())
}

/// Builds a chain-like description: each node reads the one before it unless it is given inputs.
struct Chain {
    nodes: Vec<NodeDescription>,
}

impl Chain {
    fn from_input(shape: super::Shape) -> Self {
        let input = NodeDescription {
            name: "input".into(),
            inputs: Vec::new(),
            layer: Layer::Input { shape },
            activation: Activation::Identity,
        };
        Self { nodes: vec![input] }
    }

    fn then(mut self, name: &str, layer: Layer, activation: Activation) -> Self {
        let before = self.nodes.last().map(|node| node.name.clone());
        self.nodes.push(NodeDescription {
            name: name.into(),
            inputs: before.into_iter().collect(),
            layer,
            activation,
        });
        self
    }

    fn build(self, rest: Description) -> Network {
        Network::try_from(Description { nodes: self.nodes, ..rest })
            .expect("the zoo's descriptions are valid; a test builds every one")
    }
}
