//! The graph of named nodes, checked when it is built.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::shape::{self, Reach, ShapeProblem};
use super::{Activation, Layer, Shape};

/// One operation, its inputs and its activation.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub name: String,
    pub layer: Layer,
    pub activation: Activation,
    /// Indices of the nodes it reads, all smaller than its own.
    pub inputs: Vec<usize>,
    /// What it computes, `[c, h, w]`.
    pub output: Shape,
}

/// What a network expects to look at; decides the default preprocessing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    #[default]
    Digit,
    Photo,
}

/// A network: nodes in an order in which they can be computed, `input` first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Description", into = "Description")]
pub struct Network {
    /// The zoo's name, such as `lenet5`.
    pub name: String,
    pub title: String,
    pub year: u16,
    /// The paper, and which of its variants this is.
    pub source: String,
    pub domain: Domain,
    /// Names of the classes; empty where nobody has named them.
    pub labels: Vec<String>,
    nodes: Vec<Node>,
}

/// A network as it stands in a file: inputs by name, no derived figures.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    pub name: String,
    pub title: String,
    #[serde(default)]
    pub year: u16,
    #[serde(default)]
    pub source: String,
    #[serde(default)]
    pub domain: Domain,
    #[serde(default)]
    pub labels: Vec<String>,
    pub nodes: Vec<NodeDescription>,
}

/// A node as it stands in a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct NodeDescription {
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<String>,
    #[serde(flatten)]
    pub layer: Layer,
    #[serde(default)]
    pub activation: Activation,
}

/// Why a description is not a network.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NetworkError {
    #[error("a network begins with one node of kind input; give it one, first in the list")]
    NoInput,
    #[error("{0} nodes are more than a network may have ({MAX_NODES})")]
    TooManyNodes(usize),
    #[error("two nodes are named {0}; names must differ")]
    Duplicate(String),
    #[error("node {node} reads {input}, which is not a node before it")]
    UnknownInput { node: String, input: String },
    #[error("node {node} of kind {kind} reads {found} nodes, but needs {needed}")]
    Arity { node: String, kind: &'static str, found: usize, needed: Arity },
    #[error(
        "node {node} has weights of its own for every place, so it cannot slide over another image; \
         choose a network of convolutions"
    )]
    Slide { node: String },
    #[error("node {node}: {problem}")]
    Shape { node: String, problem: ShapeProblem },
}

/// How many nodes a node reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arity {
    None,
    One,
    TwoOrMore,
}

impl std::fmt::Display for Arity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "none",
            Self::One => "one",
            Self::TwoOrMore => "two or more",
        })
    }
}

/// Why a text is not a network.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ReadError {
    #[error("{reason}")]
    Json { reason: String },
    #[error(transparent)]
    Network(#[from] NetworkError),
}

/// Graphs larger than this are refused before anything is derived from them.
pub const MAX_NODES: usize = 4096;

impl Network {
    /// Reads a serialised network.
    ///
    /// # Errors
    /// JSON that is none or describes something else, or a description that is no network.
    pub fn from_json(text: &[u8]) -> Result<Self, ReadError> {
        let description: Description = serde_json::from_slice(text)
            .map_err(|error| ReadError::Json { reason: error.to_string() })?;
        Ok(Self::try_from(description)?)
    }

    /// All nodes, `input` first.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The shape of the image, `[c, h, w]`.
    #[must_use]
    pub fn input(&self) -> Shape {
        self.nodes[0].output
    }

    /// The index of a node.
    #[must_use]
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.nodes.iter().position(|node| node.name == name)
    }

    /// Index and node that gives the scores: the last one that is not a softmax.
    #[must_use]
    pub fn scores(&self) -> usize {
        let last = self.nodes.len() - 1;
        match self.nodes[last].layer {
            Layer::Softmax => self.nodes[last].inputs[0],
            _ => last,
        }
    }

    /// Whether the smallest score is the answer, as for squared distances.
    #[must_use]
    pub fn lower_is_better(&self) -> bool {
        matches!(self.nodes[self.scores()].layer, Layer::Rbf(_))
    }

    /// The name of a class, or its number.
    #[must_use]
    pub fn label(&self, class: usize) -> String {
        self.labels.get(class).cloned().unwrap_or_else(|| class.to_string())
    }

    /// Shapes of the inputs of node `index`.
    #[must_use]
    pub fn input_shapes(&self, index: usize) -> Vec<Shape> {
        self.nodes[index].inputs.iter().map(|&i| self.nodes[i].output).collect()
    }

    /// Rows and columns in which node `index` is drawn, where its units form a picture (F6 before
    /// class bitmaps).
    #[must_use]
    pub fn picture(&self, index: usize) -> Option<[usize; 2]> {
        self.nodes.iter().find_map(|node| match &node.layer {
            Layer::Rbf(rbf) if node.inputs == [index] => Some(rbf.picture),
            _ => None,
        })
    }

    /// In how many columns the units of node `index` are drawn where they are one vector.
    #[must_use]
    pub fn vector_columns(&self, index: usize) -> usize {
        if let Some([_, columns]) = self.picture(index) {
            return columns.max(1);
        }
        let units: usize = self.nodes[index].output.iter().product();
        (units as f32).sqrt().ceil().max(1.0) as usize
    }

    /// The same network for an image of another size: kernels keep their size, a fully connected
    /// layer gets as many inputs as arrive.
    ///
    /// # Errors
    /// A shape that vanishes, or an input a node cannot take; the error names the node.
    pub fn with_input(&self, input: Shape) -> Result<Self, NetworkError> {
        let mut description = Description::from(self.clone());
        description.nodes[0].layer = Layer::Input { shape: input };
        Self::try_from(description)
    }
}

impl TryFrom<Description> for Network {
    type Error = NetworkError;

    fn try_from(description: Description) -> Result<Self, NetworkError> {
        if description.nodes.len() > MAX_NODES {
            return Err(NetworkError::TooManyNodes(description.nodes.len()));
        }
        let mut nodes: Vec<Node> = Vec::with_capacity(description.nodes.len());
        let mut index_of: HashMap<String, usize> = HashMap::new();
        let mut reaches: Vec<Reach> = Vec::with_capacity(description.nodes.len());
        for NodeDescription { name, inputs, layer, activation } in description.nodes {
            if nodes.is_empty() != matches!(layer, Layer::Input { .. }) {
                return Err(NetworkError::NoInput);
            }
            let inputs = inputs
                .into_iter()
                .map(|input| {
                    index_of
                        .get(&input)
                        .copied()
                        .ok_or_else(|| NetworkError::UnknownInput { node: name.clone(), input })
                })
                .collect::<Result<Vec<_>, _>>()?;
            check_arity(&name, &layer, inputs.len())?;
            let shapes: Vec<Shape> = inputs.iter().map(|&i| nodes[i].output).collect();
            let output = shape::infer(&layer, &shapes)
                .map_err(|problem| NetworkError::Shape { node: name.clone(), problem })?;
            let reach = reach_of(&layer, &inputs, &reaches, &shapes)
                .map_err(|problem| NetworkError::Shape { node: name.clone(), problem })?;
            if index_of.insert(name.clone(), nodes.len()).is_some() {
                return Err(NetworkError::Duplicate(name));
            }
            reaches.push(reach);
            nodes.push(Node { name, layer, activation, inputs, output });
        }
        if nodes.is_empty() {
            return Err(NetworkError::NoInput);
        }
        let Description { name, title, year, source, domain, labels, nodes: _ } = description;
        Ok(Self { name, title, year, source, domain, labels, nodes })
    }
}

impl From<Network> for Description {
    fn from(network: Network) -> Self {
        let names: Vec<String> = network.nodes.iter().map(|node| node.name.clone()).collect();
        let nodes = network.nodes.into_iter().map(|node| NodeDescription {
            inputs: node.inputs.iter().map(|&i| names[i].clone()).collect(),
            name: node.name,
            layer: node.layer,
            activation: node.activation,
        });
        Self {
            nodes: nodes.collect(),
            name: network.name,
            title: network.title,
            year: network.year,
            source: network.source,
            domain: network.domain,
            labels: network.labels,
        }
    }
}

fn reach_of(
    layer: &Layer,
    inputs: &[usize],
    reaches: &[Reach],
    shapes: &[Shape],
) -> Result<Reach, ShapeProblem> {
    let Some(&shape) = shapes.first() else { return Ok(Reach::PIXEL) };
    let before: Vec<Reach> = inputs.iter().map(|&input| reaches[input]).collect();
    Reach::of(layer, &before, shape)
}

fn check_arity(node: &str, layer: &Layer, found: usize) -> Result<(), NetworkError> {
    let (fits, needed) = match layer {
        Layer::Input { .. } => (found == 0, Arity::None),
        Layer::Add | Layer::Concat => (found >= 2, Arity::TwoOrMore),
        Layer::Conv(_)
        | Layer::Local(_)
        | Layer::Linear(_)
        | Layer::PoolMax(_)
        | Layer::PoolAvg(_)
        | Layer::GlobalAvg
        | Layer::Subsample(_)
        | Layer::Rbf(_)
        | Layer::Softmax
        | Layer::BatchNorm { .. }
        | Layer::Lrn(_)
        | Layer::Dropout { .. }
        | Layer::Flatten
        | Layer::PadChannels { .. } => (found == 1, Arity::One),
    };
    if fits {
        return Ok(());
    }
    Err(NetworkError::Arity { node: node.into(), kind: layer.kind(), found, needed })
}
