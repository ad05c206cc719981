//! A network as a person edits it: a few blocks of connected units, each with its pooling, hidden layers
//! behind them, and scores.
//!
//! A design is plain data, and becomes a [`Network`] like any other: shapes, counts and fields come from
//! there. Which values a choice may take without breaking the rest is said by [`Design::legal`], so that
//! a window need never offer one that gives no network.
//!
//! Nodes are named as LeCun named LeNet's: layers are counted from 1 through blocks, their poolings and
//! hidden layers: `C1 S2 C3 S4 C5 F6 OUTPUT softmax`. A batch norm is `C1/norm`, and carries the
//! activation of what it normalises, which then needs no bias. Dropout comes last in a block, behind its
//! pooling where it has one (`S2/dropout`, else `C1/dropout`): dropped before a maximum, values would
//! shift what it expects.

mod legal;
mod names;

pub use legal::{
    Knob, LARGEST_SIDE, LEAST_UNITS, Legal, MOST_BLOCKS, MOST_CLASSES, MOST_DROPOUT, MOST_HIDDEN,
    MOST_MAPS, MOST_PARAMETERS, MOST_POOL, MOST_STRIDE, MOST_UNITS, Place, Value,
};
pub use names::{BlockNodes, HiddenNodes, OUTPUT, SOFTMAX};

use serde::{Deserialize, Serialize};

use super::graph::{Description, NodeDescription};
use super::{
    Activation, Channels, Conv, Domain, Layer, Linear, Local, Network, NetworkError, Padding, Pool,
    PoolExtent, Shape, Window, shape,
};

/// ε of every batch norm (PyTorch's default).
const EPSILON: f64 = 1e-5;

/// A network of blocks, hidden layers, and one score per class.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Design {
    /// The image, `[c, h, w]`.
    pub input: Shape,
    pub classes: usize,
    pub blocks: Vec<Block>,
    pub hidden: Vec<Hidden>,
}

/// How the units of a block read what arrives; they stand in the same maps in all three.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Connect {
    /// Each reads everything, with weights of its own.
    Full,
    /// Each reads a field, with weights of its own.
    Local,
    /// Each reads a field, all of a map with the same weights.
    Conv,
}

impl Connect {
    pub const ALL: [Self; 3] = [Self::Full, Self::Local, Self::Conv];
}

/// Connected units, and what follows them; windows are square.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    pub connect: Connect,
    pub maps: usize,
    /// Rows and columns of a field. With [`Connect::Full`], `kernel`, `stride` and `padding` say only how
    /// many rows and columns of units there are: as many as a convolution would give.
    pub kernel: usize,
    pub stride: usize,
    pub padding: usize,
    pub batch_norm: bool,
    pub activation: Activation,
    pub pool: Option<BlockPool>,
    /// How much is dropped in training, 0 to [`MOST_DROPOUT`]; 0 is no node.
    pub dropout: f32,
}

/// The pooling of a block, without padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlockPool {
    pub kind: PoolKind,
    pub size: usize,
    pub stride: usize,
}

/// What a pooling unit gives of its window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PoolKind {
    Max,
    Average,
}

impl PoolKind {
    pub const ALL: [Self; 2] = [Self::Max, Self::Average];
}

/// A fully connected layer behind the blocks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hidden {
    pub units: usize,
    pub batch_norm: bool,
    pub activation: Activation,
    /// How much is dropped in training, 0 to [`MOST_DROPOUT`]; 0 is no node.
    pub dropout: f32,
}

impl Block {
    /// A convolution that moves one cell at a time, with a ReLU and nothing else.
    #[must_use]
    pub const fn conv(maps: usize, kernel: usize) -> Self {
        Self {
            connect: Connect::Conv,
            maps,
            kernel,
            stride: 1,
            padding: 0,
            batch_norm: false,
            activation: Activation::Relu,
            pool: None,
            dropout: 0.0,
        }
    }

    /// The same with the largest of every 2×2 cells behind it.
    #[must_use]
    pub const fn halved(self) -> Self {
        Self { pool: Some(BlockPool::HALVE), ..self }
    }

    fn window(&self) -> Window {
        let padding = Padding::all(self.padding);
        Window::square(self.kernel).stride(self.stride).padding(padding)
    }

    fn convolution(&self) -> Layer {
        Layer::Conv(Conv {
            maps: self.maps,
            window: self.window(),
            channels: Channels::Groups(1),
            // The β of a batch norm does what a bias would.
            bias: !self.batch_norm,
        })
    }

    /// The connected units over what arrives.
    fn layer(&self, arriving: Shape) -> Result<Layer, shape::ShapeProblem> {
        let bias = !self.batch_norm;
        Ok(match self.connect {
            Connect::Conv => self.convolution(),
            Connect::Local => Layer::Local(Local { maps: self.maps, window: self.window(), bias }),
            Connect::Full => {
                let output = shape::infer(&self.convolution(), &[arriving])?;
                Layer::Linear(Linear { output, bias })
            }
        })
    }
}

impl BlockPool {
    /// The largest of every 2×2 cells.
    pub const HALVE: Self = Self { kind: PoolKind::Max, size: 2, stride: 2 };

    fn layer(self) -> Layer {
        let window = Window::square(self.size).stride(self.stride);
        let extent = PoolExtent::Window { window, ceil: false };
        let pool = Pool { extent, count_padding: false };
        match self.kind {
            PoolKind::Max => Layer::PoolMax(pool),
            PoolKind::Average => Layer::PoolAvg(pool),
        }
    }
}

impl Hidden {
    /// So many units with a ReLU.
    #[must_use]
    pub const fn relu(units: usize) -> Self {
        Self { units, batch_norm: false, activation: Activation::Relu, dropout: 0.0 }
    }
}

impl Default for Design {
    fn default() -> Self {
        Self::lenet5_modern()
    }
}

impl Design {
    /// The zoo's `lenet5-modern`.
    #[must_use]
    pub fn lenet5_modern() -> Self {
        Self {
            input: [1, 32, 32],
            classes: 10,
            blocks: vec![
                Block::conv(6, 5).halved(),
                Block::conv(16, 5).halved(),
                Block::conv(120, 5),
            ],
            hidden: vec![Hidden::relu(84)],
        }
    }

    /// The same with C1 and C3 connected in one of three ways: the zoo's `lenet-full`, `lenet-local` and
    /// `lenet-conv`.
    #[must_use]
    pub fn lenet(connect: Connect) -> Self {
        let mut design = Self::lenet5_modern();
        for block in &mut design.blocks[..2] {
            block.connect = connect;
        }
        design
    }

    /// The design of a network of the zoo, where it is one.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "lenet5-modern" => Some(Self::lenet5_modern()),
            "lenet-full" => Some(Self::lenet(Connect::Full)),
            "lenet-local" => Some(Self::lenet(Connect::Local)),
            "lenet-conv" => Some(Self::lenet(Connect::Conv)),
            _ => None,
        }
    }

    /// The design as a network, named `design`; its title is its short form ([`Design::short`]).
    ///
    /// # Errors
    /// A window that does not fit what arrives, or a number that no layer can have; the error names the
    /// node.
    pub fn network(&self) -> Result<Network, NetworkError> {
        let digits = self.input[0] == 1 && self.classes == 10;
        let labels = if digits { self.classes } else { 0 };
        Network::try_from(Description {
            name: "design".into(),
            title: self.short(),
            year: 0,
            source: String::new(),
            domain: if self.input[0] == 1 { Domain::Digit } else { Domain::Photo },
            labels: (0..labels).map(|digit| digit.to_string()).collect(),
            nodes: self.nodes()?,
        })
    }

    /// Its nodes, `input` first, `softmax` last.
    pub(super) fn nodes(&self) -> Result<Vec<NodeDescription>, NetworkError> {
        let mut chain = Chain::from_input(self.input);
        for (block, names) in self.blocks.iter().zip(self.block_nodes()) {
            let layer = block.layer(chain.shape).map_err(|problem| {
                let node = names.layer.clone();
                NetworkError::Shape { node, problem }
            })?;
            chain.units(names.layer, layer, block.activation, names.norm)?;
            if let (Some(name), Some(pool)) = (names.pool, block.pool) {
                chain.add(name, pool.layer(), Activation::Identity)?;
            }
            chain.dropout(names.dropout, block.dropout)?;
        }
        for (hidden, names) in self.hidden.iter().zip(self.hidden_nodes()) {
            let output = [hidden.units, 1, 1];
            let layer = Layer::Linear(Linear { output, bias: !hidden.batch_norm });
            chain.units(names.layer, layer, hidden.activation, names.norm)?;
            chain.dropout(names.dropout, hidden.dropout)?;
        }
        let output = [self.classes, 1, 1];
        let scores = Layer::Linear(Linear { output, bias: true });
        chain.add(OUTPUT.into(), scores, Activation::Identity)?;
        chain.add(SOFTMAX.into(), Layer::Softmax, Activation::Identity)?;
        Ok(chain.nodes)
    }
}

/// Nodes one behind the other, and the shape of the last one.
struct Chain {
    nodes: Vec<NodeDescription>,
    shape: Shape,
}

impl Chain {
    fn from_input(shape: Shape) -> Self {
        let input = NodeDescription {
            name: "input".into(),
            inputs: Vec::new(),
            layer: Layer::Input { shape },
            activation: Activation::Identity,
        };
        Self { nodes: vec![input], shape }
    }

    fn add(
        &mut self,
        name: String,
        layer: Layer,
        activation: Activation,
    ) -> Result<(), NetworkError> {
        self.shape = shape::infer(&layer, &[self.shape])
            .map_err(|problem| NetworkError::Shape { node: name.clone(), problem })?;
        let inputs = self.nodes.last().map(|before| before.name.clone()).into_iter().collect();
        self.nodes.push(NodeDescription { name, inputs, layer, activation });
        Ok(())
    }

    /// Units with their activation, which a batch norm takes over.
    fn units(
        &mut self,
        name: String,
        layer: Layer,
        activation: Activation,
        norm: Option<String>,
    ) -> Result<(), NetworkError> {
        let Some(norm) = norm else { return self.add(name, layer, activation) };
        self.add(name, layer, Activation::Identity)?;
        self.add(norm, Layer::BatchNorm { epsilon: EPSILON }, activation)
    }

    fn dropout(&mut self, name: Option<String>, rate: f32) -> Result<(), NetworkError> {
        let Some(name) = name else { return Ok(()) };
        // As it was typed: 0.1, and not the number of 32 bits that is nearest to it.
        let rate = (f64::from(rate) * 1e6).round() / 1e6;
        self.add(name, Layer::Dropout { rate }, Activation::Identity)
    }
}
