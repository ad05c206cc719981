//! Stacks of convolutions and poolings, made up to see how receptive fields grow.
//!
//! A stack is one map per layer, square in everything. It becomes a [`Network`] like any other, so that
//! its fields come from the code that serves every network.

use serde::{Deserialize, Serialize};

use super::graph::{Description, NodeDescription};
use super::{
    Activation, Channels, Conv, Domain, Layer, Network, NetworkError, Padding, Pool, PoolExtent,
    Window,
};

/// The largest image.
pub const LARGEST_SIDE: usize = 512;
/// The most layers.
pub const MOST_LAYERS: usize = 64;
pub const LARGEST_KERNEL: usize = 64;
pub const LARGEST_STRIDE: usize = 16;
pub const LARGEST_DILATION: usize = 16;

/// What a layer of a stack does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StackKind {
    #[default]
    Conv,
    MaxPool,
    AveragePool,
}

impl StackKind {
    pub const ALL: [Self; 3] = [Self::Conv, Self::MaxPool, Self::AveragePool];

    #[must_use]
    pub const fn is_pool(self) -> bool {
        match self {
            Self::Conv => false,
            Self::MaxPool | Self::AveragePool => true,
        }
    }
}

/// One layer; every number holds along rows and columns alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StackLayer {
    pub kind: StackKind,
    pub kernel: usize,
    pub stride: usize,
    pub padding: usize,
    pub dilation: usize,
    /// Whether a convolution ends in a ReLU.
    pub relu: bool,
}

impl Default for StackLayer {
    fn default() -> Self {
        Self::conv(3, 1)
    }
}

impl StackLayer {
    /// A convolution that moves one cell at a time, with a ReLU.
    #[must_use]
    pub const fn conv(kernel: usize, padding: usize) -> Self {
        let kind = StackKind::Conv;
        Self { kind, kernel, stride: 1, padding, dilation: 1, relu: true }
    }

    /// Max pooling over windows side by side.
    #[must_use]
    pub const fn pool(side: usize) -> Self {
        let kind = StackKind::MaxPool;
        Self { kind, kernel: side, stride: side, padding: 0, dilation: 1, relu: false }
    }

    #[must_use]
    pub const fn stride(self, stride: usize) -> Self {
        Self { stride, ..self }
    }

    /// Cells from the first to the last one of a window, holes counted.
    #[must_use]
    pub const fn span(&self) -> usize {
        (self.kernel - 1) * self.dilation + 1
    }

    /// The most padding that leaves no window without cells.
    #[must_use]
    pub fn most_padding(&self) -> usize {
        if self.kind.is_pool() { self.span() / 2 } else { self.span() - 1 }
    }

    /// Weights of its kernel between one map and one map, without a bias.
    #[must_use]
    pub const fn weights(&self) -> usize {
        if self.kind.is_pool() { 0 } else { self.kernel * self.kernel }
    }

    fn layer(&self) -> Layer {
        let window = Window {
            kernel: [self.kernel; 2],
            stride: [self.stride; 2],
            dilation: [self.dilation; 2],
            padding: Padding::all(self.padding),
        };
        let pool =
            Pool { extent: PoolExtent::Window { window, ceil: false }, count_padding: false };
        match self.kind {
            StackKind::Conv => {
                Layer::Conv(Conv { maps: 1, window, channels: Channels::Groups(1), bias: true })
            }
            StackKind::MaxPool => Layer::PoolMax(pool),
            StackKind::AveragePool => Layer::PoolAvg(pool),
        }
    }
}

/// An image and the layers on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stack {
    /// Rows and columns of the image.
    pub side: usize,
    pub layers: Vec<StackLayer>,
}

/// What a number of a stack says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StackPart {
    Side,
    Layers,
    Kernel,
    Stride,
    Padding,
    Dilation,
}

impl std::fmt::Display for StackPart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Side => "the image's side",
            Self::Layers => "the number of layers",
            Self::Kernel => "the kernel's side",
            Self::Stride => "the stride",
            Self::Padding => "the padding",
            Self::Dilation => "the dilation",
        })
    }
}

/// Why there is no such stack.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum StackError {
    #[error("{part} must lie between {least} and {most}, this is {value}")]
    Range { part: StackPart, value: usize, least: usize, most: usize },
    #[error("layer {layer}: {part} must lie between {least} and {most}, this is {value}")]
    OfLayer { layer: usize, part: StackPart, value: usize, least: usize, most: usize },
    #[error(
        "layer {layer}: a window over {span} cells does not fit on {room} (padding included); here the kernel's side may be 1 to {most}"
    )]
    Window { layer: usize, span: usize, room: usize, most: usize },
    #[error("{part} must be a whole number between {least} and {most}, not “{text}”")]
    NoNumber { part: StackPart, text: String, least: usize, most: usize },
    #[error("a stack keeps at least one layer")]
    OnlyLayer,
    #[error(transparent)]
    Network(#[from] NetworkError),
}

impl Stack {
    /// So many layers alike.
    #[must_use]
    pub fn of(side: usize, layers: impl Into<Vec<StackLayer>>) -> Self {
        Self { side, layers: layers.into() }
    }

    /// The name of the node of a layer; layers are counted from 1, as in `conv 1`.
    #[must_use]
    pub fn node_name(&self, layer: usize) -> String {
        let kind = match self.layers[layer].kind {
            StackKind::Conv => "conv",
            StackKind::MaxPool | StackKind::AveragePool => "pool",
        };
        format!("{kind} {}", layer + 1)
    }

    /// Weights between single maps: to be multiplied by the square of the number of maps.
    #[must_use]
    pub fn weights(&self) -> usize {
        self.layers.iter().map(StackLayer::weights).sum()
    }

    /// How often a ReLU follows.
    #[must_use]
    pub fn non_linearities(&self) -> usize {
        self.layers.iter().filter(|layer| !layer.kind.is_pool() && layer.relu).count()
    }

    /// Whether there is such a stack.
    ///
    /// # Errors
    /// The first number that is out of its range, with the range.
    pub fn check(&self) -> Result<(), StackError> {
        self.network().map(|_| ())
    }

    /// The stack as a network.
    ///
    /// # Errors
    /// As [`Stack::check`].
    pub fn network(&self) -> Result<Network, StackError> {
        let range = |part, value: usize, least: usize, most: usize| {
            let error = StackError::Range { part, value, least, most };
            if (least..=most).contains(&value) { Ok(()) } else { Err(error) }
        };
        range(StackPart::Side, self.side, 1, LARGEST_SIDE)?;
        range(StackPart::Layers, self.layers.len(), 1, MOST_LAYERS)?;
        let mut nodes = vec![input(self.side)];
        let mut cells = self.side;
        for (index, layer) in self.layers.iter().enumerate() {
            cells = layer.check(index + 1, cells)?;
            let relu = layer.relu && !layer.kind.is_pool();
            nodes.push(NodeDescription {
                name: self.node_name(index),
                inputs: nodes
                    .last()
                    .map(|before: &NodeDescription| before.name.clone())
                    .into_iter()
                    .collect(),
                layer: layer.layer(),
                activation: if relu { Activation::Relu } else { Activation::Identity },
            });
        }
        Ok(Network::try_from(describe("stack", nodes))?)
    }
}

impl StackLayer {
    /// How many places its window has on so many cells.
    fn check(&self, layer: usize, cells: usize) -> Result<usize, StackError> {
        let range = |part, value: usize, least: usize, most: usize| {
            let error = StackError::OfLayer { layer, part, value, least, most };
            if (least..=most).contains(&value) { Ok(()) } else { Err(error) }
        };
        range(StackPart::Kernel, self.kernel, 1, LARGEST_KERNEL)?;
        range(StackPart::Stride, self.stride, 1, LARGEST_STRIDE)?;
        range(StackPart::Dilation, self.dilation, 1, LARGEST_DILATION)?;
        range(StackPart::Padding, self.padding, 0, self.most_padding())?;
        let (span, room) = (self.span(), cells + 2 * self.padding);
        if span > room {
            let most = ((room - 1) / self.dilation + 1).min(LARGEST_KERNEL);
            return Err(StackError::Window { layer, span, room, most });
        }
        Ok((room - span) / self.stride + 1)
    }
}

/// A network with branches, whose units see a union of boxes: 3×3, 3×3 with holes, and a pooling, put
/// beside each other and mixed.
///
/// # Errors
/// None that a test would not find: the description is fixed.
pub fn branching() -> Result<Network, NetworkError> {
    let conv =
        |kernel, padding, dilation| StackLayer { dilation, ..StackLayer::conv(kernel, padding) };
    let node = |name: &str, inputs: &[&str], layer: Layer| NodeDescription {
        name: name.into(),
        inputs: inputs.iter().map(|&input| input.into()).collect(),
        layer,
        activation: Activation::Identity,
    };
    let pool = StackLayer { stride: 1, padding: 1, ..StackLayer::pool(3) };
    let nodes = vec![
        input(21),
        node("1×1", &["input"], conv(1, 0, 1).layer()),
        node("3×3", &["1×1"], conv(3, 1, 1).layer()),
        node("3×3 d4", &["1×1"], conv(3, 4, 4).layer()),
        node("pool", &["input"], pool.layer()),
        node("concat", &["3×3", "3×3 d4", "pool"], Layer::Concat),
        node("mix", &["concat"], conv(1, 0, 1).layer()),
    ];
    Network::try_from(describe("branches", nodes))
}

fn input(side: usize) -> NodeDescription {
    NodeDescription {
        name: "input".into(),
        inputs: Vec::new(),
        layer: Layer::Input { shape: [1, side, side] },
        activation: Activation::Identity,
    }
}

fn describe(name: &str, nodes: Vec<NodeDescription>) -> Description {
    Description {
        name: name.into(),
        title: name.into(),
        year: 0,
        source: String::new(),
        domain: Domain::Digit,
        labels: Vec::new(),
        nodes,
    }
}
