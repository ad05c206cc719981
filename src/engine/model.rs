//! A network with its weights, ready to compute.

mod backward_trace;
mod batch;
mod image_gradient;
mod pass;
mod whole;

use std::ops::Range;
use std::sync::Arc;

use candle_core::{Device, Tensor, Var};

use super::lanes;
use super::muted::Muted;
use super::ops::batch_norm::Moments;
use super::ops::cross_entropy::CrossEntropy;
use super::ops::values;
use super::plan::{Batch, Given, Own, Plan, Purpose, Step};
use super::tape::Tapes;
use super::{Counted, EngineError, fit};
use crate::array::{Array, NodeTrace, Trace, Weights};
use crate::network::{Network, connectivity};
pub use backward_trace::Backward;

/// How far a running mean or variance moves towards that of a batch (PyTorch's momentum).
const RUNNING_STEP: f32 = 0.1;

/// One stored tensor, named `<node>.<part>` as in weight files.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub name: String,
    pub var: Var,
}

impl Parameter {
    /// Numbers for its places, under its name.
    ///
    /// # Errors
    /// If they are not as many as it has.
    pub(super) fn with(
        &self,
        numbers: impl Into<Arc<[f32]>>,
    ) -> Result<(String, Array), EngineError> {
        let array = Array::new(self.var.dims(), numbers).map_err(candle_core::Error::wrap)?;
        Ok((self.name.clone(), array))
    }

    /// What it holds now, under its name.
    ///
    /// # Errors
    /// Only if candle refuses to hand it out.
    pub(super) fn held(&self) -> Result<(String, Array), EngineError> {
        self.with(&*values(&self.var)?)
    }
}

/// What a node computed, in lanes `[n/8, c, h, w, 8]`.
#[derive(Clone, Copy, Debug)]
pub struct Computed<'a> {
    /// Index of the node.
    pub node: usize,
    /// Before the activation.
    pub sum: &'a Tensor,
    /// After it and after muting; the same tensor where there is neither.
    pub output: &'a Tensor,
}

/// What one batch gives.
pub struct Learned {
    /// The mean over its images.
    pub loss: f64,
    /// By every parameter, end to end in their order.
    pub gradient: Vec<f32>,
    /// Mean and variance of what arrives at each batch norm, by its node.
    pub statistics: Vec<(usize, Moments)>,
}

/// A network with its weights.
pub struct Model {
    /// Shared with the operations of candle's graph, which outlive a borrow.
    plan: Arc<Plan>,
    /// In the order of the nodes: the order of every list of gradients or moments.
    parameters: Vec<Parameter>,
    /// What is stored and not trained: running statistics.
    constants: Vec<Parameter>,
    /// Buffers that wait for the next pass.
    tapes: Tapes,
    /// Values of all nodes' sums and outputs, for one image.
    values_per_image: u128,
}

impl Model {
    /// Builds the model; the weights are copied.
    ///
    /// # Errors
    /// A node of a kind that is not run yet, or weights that do not fit: the error names the first
    /// tensor that does not.
    pub fn new(network: &Network, weights: &Weights) -> Result<Self, EngineError> {
        let count = network.nodes().len();
        let steps =
            (0..count).map(|index| Step::new(network, index)).collect::<Result<Vec<_>, _>>()?;
        fit::check(network, weights)?;
        let (mut parameters, mut constants) = (Vec::new(), Vec::new());
        let mut own = Vec::with_capacity(count);
        for index in 0..count {
            let shapes = connectivity::weight_shapes(network, index);
            let parameters = append(&mut parameters, network, index, shapes, weights)?;
            let shapes = connectivity::constant_shapes(network, index);
            let constants = append(&mut constants, network, index, shapes, weights)?;
            own.push(Own { parameters, constants });
        }
        let values_per_image = network
            .nodes()
            .iter()
            .map(|node| 2 * node.output.iter().product::<usize>() as u128)
            .sum();
        let plan = Arc::new(Plan { network: network.clone(), steps, own });
        Ok(Self { plan, parameters, constants, tapes: Tapes::default(), values_per_image })
    }

    #[must_use]
    pub fn network(&self) -> &Network {
        &self.plan.network
    }

    /// All trained tensors, in the order of the nodes.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// All tensors that are stored and not trained, in the order of the nodes.
    #[must_use]
    pub fn constants(&self) -> &[Parameter] {
        &self.constants
    }

    /// Moves the running statistics towards those of a batch of `images`.
    ///
    /// # Errors
    /// Statistics of nodes that have none.
    pub fn follow(
        &self,
        statistics: &[(usize, Moments)],
        images: usize,
    ) -> Result<(), EngineError> {
        for (node, moments) in statistics {
            let range = self.plan.own[*node].constants.clone();
            let [mean, variance] = &self.constants[range] else {
                return Err(candle_core::Error::Msg("no running statistics".into()).into());
            };
            let [_, h, w] = self.plan.network.nodes()[*node].output;
            let count = (images * h * w) as f32;
            // The variance of all images that there could be is estimated a little larger.
            let unbiased = count / (count - 1.0).max(1.0);
            for (running, batch, factor) in
                [(mean, &moments.mean, 1.0), (variance, &moments.variance, unbiased)]
            {
                let mut moved = values(&running.var)?.to_vec();
                for (running, batch) in moved.iter_mut().zip(batch) {
                    *running += RUNNING_STEP * (batch * factor - *running);
                }
                running.var.set(&Tensor::from_vec(moved, running.var.shape(), &Device::Cpu)?)?;
            }
        }
        Ok(())
    }

    /// Computes all nodes and shows each to `observer` as soon as it is there; nothing is kept for
    /// gradients. An error of the observer ends the pass: [`EngineError::Cancelled`] is how it is
    /// stopped.
    ///
    /// # Errors
    /// Images of another shape, too many of them, or the observer's.
    pub fn forward(
        &self,
        images: &Tensor,
        observer: &mut dyn FnMut(Computed<'_>) -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        self.forward_muted(images, &Muted::default(), observer)
    }

    fn forward_muted(
        &self,
        images: &Tensor,
        muted: &Muted,
        observer: &mut dyn FnMut(Computed<'_>) -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        let (parameters, constants) = (self.frozen(), self.constants_frozen());
        let (parameters, constants) = (parameters.as_slice(), constants.as_slice());
        let given = Given { parameters, constants, muted, purpose: Purpose::Use };
        self.run(images, &given, self.plan.steps.len() - 1, observer).map(drop)
    }

    /// The mean cross-entropy of packed images, one label each, as a tensor of candle's graph, an
    /// operation per node. `seed` decides what is dropped.
    ///
    /// # Errors
    /// A label that names no class, no labels, another number of images, or as [`Model::forward`].
    pub fn loss(
        &self,
        images: &Tensor,
        labels: &[usize],
        seed: u64,
    ) -> Result<Tensor, EngineError> {
        let tracked = self.tracked();
        let (parameters, constants) = (tracked.as_slice(), &self.constants_frozen()[..]);
        let batch = Batch { images: labels.len(), first: 0, seed };
        let (last, muted) = (self.plan.network.scores(), &Muted::default());
        let given = Given { parameters, constants, muted, purpose: Purpose::Training(batch) };
        let scores = self.run(images, &given, last, &mut |_| Ok(()))?;
        let loss = self.cross_entropy(labels, images.dim(0)?)?;
        Ok(scores.apply_op1(loss)?)
    }

    /// Classes that the scores tell apart.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.plan.network.nodes()[self.plan.network.scores()].output.iter().product()
    }

    /// What scores are multiplied by to give logits: −½ for squared distances, else 1.
    #[must_use]
    pub fn logit_scale(&self) -> f32 {
        if self.plan.network.lower_is_better() { -0.5 } else { 1.0 }
    }

    /// Every value that the network computes on one image `[c, h, w]`. `cancelled` is asked before
    /// each node.
    ///
    /// # Errors
    /// An image of another shape, or [`EngineError::Cancelled`].
    pub fn trace(&self, image: &Array, cancelled: &dyn Fn() -> bool) -> Result<Trace, EngineError> {
        self.trace_muted(image, &[], cancelled)
    }

    /// As [`Model::trace`], with map m of node n silenced for every pair (n, m) of `muted`: its output
    /// is 0 after the activation and everything behind it follows; its sum stays what was computed.
    /// Units of a vector are maps too, and pairs that name nothing are ignored.
    ///
    /// # Errors
    /// As [`Model::trace`].
    pub fn trace_muted(
        &self,
        image: &Array,
        muted: &[(usize, usize)],
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Trace, EngineError> {
        let muted = Muted::new(self.network(), muted);
        let go_on = || if cancelled() { Err(EngineError::Cancelled) } else { Ok(()) };
        go_on()?;
        self.check_memory(1)?;
        let image = lanes::pack_arrays(&[image], self.plan.network.input())?;
        let mut nodes = Vec::with_capacity(self.plan.steps.len());
        self.forward_muted(&image, &muted, &mut |Computed { sum, output, .. }| {
            let array = lanes::unpack(sum, 0)?;
            let output =
                if output.id() == sum.id() { array.clone() } else { lanes::unpack(output, 0)? };
            nodes.push(NodeTrace { sum: array, output });
            go_on()
        })?;
        Ok(Trace { nodes })
    }

    /// The weights as they are now, without remarks.
    ///
    /// # Errors
    /// Only if candle refuses to hand them out.
    pub fn weights(&self) -> Result<Weights, EngineError> {
        let all = self.parameters.iter().chain(&self.constants);
        let tensors = all.map(Parameter::held).collect::<Result<_, _>>()?;
        Ok(Weights { tensors, ..Weights::default() })
    }

    fn cross_entropy(&self, labels: &[usize], blocks: usize) -> Result<CrossEntropy, EngineError> {
        let classes = self.classes();
        if labels.is_empty() {
            return Err(EngineError::NoImages);
        }
        if let Some(&label) = labels.iter().find(|&&label| label >= classes) {
            return Err(EngineError::Label { label, classes });
        }
        if lanes::blocks(labels.len()) != blocks {
            let (expected, found) = (lanes::blocks(labels.len()), blocks);
            return Err(EngineError::Count { what: Counted::Blocks, expected, found });
        }
        Ok(CrossEntropy::new(labels.to_vec(), classes, self.logit_scale()))
    }
}

/// Appends a node's tensors; tells which they are.
fn append(
    all: &mut Vec<Parameter>,
    network: &Network,
    index: usize,
    shapes: Vec<(&'static str, Vec<usize>)>,
    weights: &Weights,
) -> Result<Range<usize>, EngineError> {
    let (first, node) = (all.len(), &network.nodes()[index].name);
    for (part, shape) in shapes {
        let array = weights.get(node, part).ok_or_else(|| {
            candle_core::Error::Msg(format!("{node}.{part} was there a moment ago"))
        })?;
        let var = Var::from_slice(array.values(), shape, &Device::Cpu)?;
        all.push(Parameter { name: format!("{node}.{part}"), var });
    }
    Ok(first..all.len())
}
