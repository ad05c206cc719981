//! What a node of the description is to the engine: an operation, ready to be applied.

use std::ops::Range;
use std::sync::Arc;

use candle_core::{Device, Tensor};

use super::EngineError;
use super::muted::Muted;
use super::ops::activation::Activate;
use super::ops::batch_norm::{BatchNorm, Moments, Statistics};
use super::ops::conv::Conv;
use super::ops::dropout::Dropout;
use super::ops::linear::Linear;
use super::ops::local::Local;
use super::ops::lrn::Lrn;
use super::ops::pad_channels::PadChannels;
use super::ops::pool::{Kind, Pool};
use super::ops::rbf::Rbf;
use super::ops::softmax::Softmax;
use super::ops::subsample::Subsample;
use super::ops::{Fixed, InGraph, Trained, values};
use super::rng::Rng;
use crate::network::{self, Activation, Layer, Network, PoolExtent, Shape};

/// The operation of a node, before its activation.
#[derive(Clone)]
pub enum Operation {
    Input,
    /// Without parameters.
    Fixed(Arc<dyn Fixed>),
    /// With a weight (or coefficient) and a bias; zeros stand in where it has no bias.
    Trained {
        op: Arc<dyn Trained>,
        no_bias: Option<Tensor>,
    },
    /// Normalised by the batch in training, by running statistics else.
    BatchNorm {
        shape: Shape,
        epsilon: f64,
    },
    /// Something in training only.
    Dropout {
        shape: Shape,
        rate: f64,
        node: u64,
    },
    Flatten,
    Add,
    Concat,
}

/// What a pass is for.
#[derive(Clone, Copy, Debug)]
pub enum Purpose {
    /// The network as it is used: running statistics, and nothing is dropped.
    Use,
    Training(Batch),
}

/// Which images of which step a training pass is on.
#[derive(Clone, Copy, Debug)]
pub struct Batch {
    /// How many.
    pub images: usize,
    /// The place of the first of them in the whole batch.
    pub first: usize,
    /// Decides what this step drops.
    pub seed: u64,
}

/// What a pass is given besides the images.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// All parameters of the network, and all constants, in the order of the nodes.
    pub parameters: &'a [Tensor],
    pub constants: &'a [Tensor],
    pub muted: &'a Muted,
    pub purpose: Purpose,
}

/// Which tensors belong to a node.
#[derive(Clone, Debug)]
pub struct Own {
    pub parameters: Range<usize>,
    pub constants: Range<usize>,
}

/// A node ready to be computed.
#[derive(Clone)]
pub struct Step {
    pub operation: Operation,
    pub activation: Option<Activate>,
}

/// All nodes of a network ready to be computed, and which parameters are whose.
pub struct Plan {
    pub network: Network,
    pub steps: Vec<Step>,
    /// What belongs to each node.
    pub own: Vec<Own>,
}

impl Plan {
    /// Whether in training an image's values depend on the others of its batch.
    pub fn couples_images(&self) -> bool {
        let couples = |step: &Step| matches!(step.operation, Operation::BatchNorm { .. });
        self.steps.iter().any(couples)
    }

    /// The node's tensors among all that a pass is given.
    pub fn of<'a>(&self, index: usize, given: &Given<'a>) -> NodeTensors<'a> {
        let own = &self.own[index];
        NodeTensors {
            parameters: &given.parameters[own.parameters.clone()],
            constants: &given.constants[own.constants.clone()],
            purpose: given.purpose,
        }
    }
}

/// What one node is given.
#[derive(Clone, Copy)]
pub struct NodeTensors<'a> {
    pub parameters: &'a [Tensor],
    pub constants: &'a [Tensor],
    pub purpose: Purpose,
}

impl Step {
    /// What computes node `index`.
    ///
    /// # Errors
    /// If candle refuses a tensor.
    pub fn new(network: &Network, index: usize) -> Result<Self, EngineError> {
        let node = &network.nodes()[index];
        let input = network.input_shapes(index).first().copied().unwrap_or([0, 0, 0]);
        let output = node.output;
        let operation = match &node.layer {
            Layer::Input { .. } => Operation::Input,
            Layer::Conv(conv) => trained(Conv::new(conv, input, output), conv.bias, output[0])?,
            Layer::Local(local) => {
                let op = Local { window: local.window, input, output };
                trained(op, local.bias, output.iter().product())?
            }
            Layer::Linear(linear) => {
                trained(Linear { input, output }, linear.bias, output.iter().product())?
            }
            Layer::Subsample(window) => {
                trained(Subsample::new(window, input, output), true, output[0])?
            }
            Layer::PoolMax(pool) => fixed(Pool::new(Kind::Max, pool, input, output)),
            Layer::PoolAvg(pool) => fixed(Pool::new(Kind::Average, pool, input, output)),
            Layer::Rbf(rbf) => fixed(Rbf::new(rbf, input)),
            Layer::Softmax => fixed(Softmax(output)),
            Layer::Flatten => Operation::Flatten,
            Layer::Add => Operation::Add,
            Layer::Concat => Operation::Concat,
            Layer::GlobalAvg => {
                let extent = PoolExtent::Adaptive { output: [1, 1] };
                let pool = network::Pool { extent, count_padding: false };
                fixed(Pool::new(Kind::Average, &pool, input, output))
            }
            Layer::BatchNorm { epsilon } => {
                Operation::BatchNorm { shape: input, epsilon: *epsilon }
            }
            Layer::Lrn(lrn) => fixed(Lrn::new(lrn, input)),
            Layer::Dropout { rate } => {
                Operation::Dropout { shape: input, rate: *rate, node: index as u64 }
            }
            Layer::PadChannels { added } => fixed(PadChannels { input, added: *added }),
        };
        let activation = match node.activation {
            Activation::Identity => None,
            Activation::Relu | Activation::Sigmoid | Activation::Tanh | Activation::ScaledTanh => {
                Some(Activate(node.activation))
            }
        };
        Ok(Self { operation, activation })
    }

    /// The node's value before its activation; `image` is the network's input.
    pub fn sum(
        &self,
        image: &Tensor,
        inputs: &[&Tensor],
        own: NodeTensors<'_>,
        [c, h, w]: Shape,
    ) -> candle_core::Result<Tensor> {
        let first = inputs.first().copied().unwrap_or(image);
        match &self.operation {
            Operation::Input => Ok(image.clone()),
            Operation::Fixed(op) => first.apply_op1(InGraph::of(op)),
            Operation::Trained { op, no_bias } => {
                let (weight, bias) = match (own.parameters, no_bias) {
                    ([weight, bias], _) => (weight, bias),
                    ([weight], Some(zeros)) => (weight, zeros),
                    _ => candle_core::bail!("{PARTS}"),
                };
                first.apply_op3(weight, bias, InGraph::of(op))
            }
            Operation::BatchNorm { shape, epsilon } => {
                let [gamma, beta] = own.parameters else { candle_core::bail!("{PARTS}") };
                let constants = own.constants.iter().map(values).collect::<Result<Vec<_>, _>>()?;
                let constants: Vec<&[f32]> = constants.iter().map(|found| &**found).collect();
                let op = batch_norm(*shape, *epsilon, own.purpose, &constants)?;
                first.apply_op3(gamma, beta, op)
            }
            Operation::Dropout { shape, rate, node } => {
                match dropout(*shape, *rate, *node, own.purpose) {
                    Some(dropout) => first.apply_op1(dropout),
                    None => Ok(first.clone()),
                }
            }
            Operation::Flatten => {
                let (blocks, .., lanes) = first.dims5()?;
                first.reshape((blocks, c, h, w, lanes))
            }
            Operation::Add => {
                inputs[1..].iter().try_fold(first.clone(), |sum, &input| sum.add(input))
            }
            Operation::Concat => Tensor::cat(inputs, 1),
        }
    }

    /// The node's output from what [`Step::sum`] gave.
    pub fn output(&self, sum: &Tensor) -> candle_core::Result<Tensor> {
        match &self.activation {
            Some(activation) => sum.apply_op1(*activation),
            None => Ok(sum.clone()),
        }
    }
}

/// A mistake of this module: the description has been checked.
const PARTS: &str = "a node has not the inputs and parameters of its kind";

/// `constants` are a running mean and variance.
pub fn batch_norm(
    shape: Shape,
    epsilon: f64,
    purpose: Purpose,
    constants: &[&[f32]],
) -> candle_core::Result<BatchNorm> {
    let statistics = match (purpose, constants) {
        (Purpose::Training(Batch { images, .. }), _) => Statistics::Batch { images },
        (Purpose::Use, [mean, variance]) => {
            Statistics::Running(Moments { mean: mean.to_vec(), variance: variance.to_vec() })
        }
        (Purpose::Use, _) => candle_core::bail!("{PARTS}"),
    };
    Ok(BatchNorm { shape, epsilon, statistics })
}

/// `None` where nothing is dropped.
pub fn dropout(shape: Shape, rate: f64, node: u64, purpose: Purpose) -> Option<Dropout> {
    let Purpose::Training(Batch { first, seed, .. }) = purpose else { return None };
    let key = Rng::new(&[seed, node]).next_u64();
    Some(Dropout { shape, rate, key, first_image: first })
}

fn fixed(op: impl Fixed + 'static) -> Operation {
    Operation::Fixed(Arc::new(op))
}

fn trained(
    op: impl Trained + 'static,
    bias: bool,
    biases: usize,
) -> candle_core::Result<Operation> {
    let no_bias = if bias {
        None
    } else {
        Some(Tensor::zeros(biases, candle_core::DType::F32, &Device::Cpu)?)
    };
    Ok(Operation::Trained { op: Arc::new(op), no_bias })
}
