//! A network with its weights, ready to compute.

mod image_gradient;
mod pass;
mod whole;

use std::sync::Arc;

use candle_core::backprop::GradStore;
use candle_core::{Device, Tensor, Var};

use super::lanes;
use super::muted::Muted;
use super::ops::cross_entropy::CrossEntropy;
use super::ops::values;
use super::plan::{Plan, Step};
use super::{Counted, EngineError, fit};
use crate::array::{Array, NodeTrace, Trace, Weights};
use crate::network::{Network, connectivity};
use whole::WholeNetwork;

/// The logit of the rubbish class: a distance of ten from the right class picture, of 84 cells, is as
/// bad as no answer.
const RUBBISH_LOGIT: f32 = -5.0;

/// One trained tensor, named `<node>.<part>` as in weight files.
#[derive(Clone, Debug)]
pub struct Parameter {
    pub name: String,
    pub var: Var,
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

/// A network with its weights.
pub struct Model {
    /// Shared with the operations of candle's graph, which outlive a borrow.
    plan: Arc<Plan>,
    /// In the order of the nodes: the order of every list of gradients or moments.
    parameters: Vec<Parameter>,
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
        let mut parameters = Vec::new();
        let mut of_node = Vec::with_capacity(count);
        for (index, node) in network.nodes().iter().enumerate() {
            let first = parameters.len();
            for (part, shape) in connectivity::weight_shapes(network, index) {
                let array = weights.get(&node.name, part).ok_or_else(|| {
                    candle_core::Error::Msg(format!("{}.{part} was there a moment ago", node.name))
                })?;
                let var = Var::from_slice(array.values(), shape, &Device::Cpu)?;
                parameters.push(Parameter { name: format!("{}.{part}", node.name), var });
            }
            of_node.push(first..parameters.len());
        }
        let values_per_image = network
            .nodes()
            .iter()
            .map(|node| 2 * node.output.iter().product::<usize>() as u128)
            .sum();
        let shapes = parameters.iter().map(|parameter| parameter.var.dims().to_vec()).collect();
        let plan = Arc::new(Plan { network: network.clone(), steps, of_node, shapes });
        Ok(Self { plan, parameters, values_per_image })
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
        let frozen = self.tensors(Tensor::detach);
        self.run(images, &frozen, muted, self.plan.steps.len() - 1, observer).map(drop)
    }

    /// The scores `[n/8, classes, h, w, 8]` of packed images (h = w = 1 but in a sliding network); nothing is kept for gradients.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub fn scores(&self, images: &Tensor) -> Result<Tensor, EngineError> {
        let frozen = self.tensors(Tensor::detach);
        self.run(images, &frozen, &Muted::default(), self.plan.network.scores(), &mut |_| Ok(()))
    }

    /// The mean cross-entropy of packed images, one label each, as a tensor of candle's graph, an
    /// operation per node.
    ///
    /// # Errors
    /// A label that names no class, no labels, another number of images, or as [`Model::forward`].
    pub fn loss(&self, images: &Tensor, labels: &[usize]) -> Result<Tensor, EngineError> {
        let tracked = self.tensors(Tensor::clone);
        let last = self.plan.network.scores();
        let scores = self.run(images, &tracked, &Muted::default(), last, &mut |_| Ok(()))?;
        let loss = self.cross_entropy(labels, images.dim(0)?)?;
        Ok(scores.apply_op1(loss)?)
    }

    /// What training lowers, with the whole network as **one** operation of candle's graph: a training
    /// step is its `backward()`. It is the mean cross-entropy; networks that end in squared distances
    /// have a rubbish class beside their own (see [`super::ops::cross_entropy`]).
    ///
    /// # Errors
    /// As [`Model::loss`].
    pub fn training_loss(&self, images: &Tensor, labels: &[usize]) -> Result<Tensor, EngineError> {
        self.check_images(images)?;
        let rubbish = self.plan.network.lower_is_better().then_some(RUBBISH_LOGIT);
        let loss = self.cross_entropy(labels, images.dim(0)?)?.with_rubbish(rubbish);
        let flat: Vec<Tensor> = self
            .parameters
            .iter()
            .map(|parameter| parameter.var.flatten_all())
            .collect::<Result<_, _>>()?;
        if flat.is_empty() {
            return self.loss(images, labels);
        }
        let whole = WholeNetwork::new(Arc::clone(&self.plan), images.clone(), loss);
        Ok(Tensor::cat(&flat, 0)?.apply_op1(whole)?)
    }

    /// The mean cross-entropy of packed images, one label each, and its gradient with respect to every
    /// parameter: a pure function of model and batch.
    ///
    /// # Errors
    /// As [`Model::loss`].
    pub fn gradients(
        &self,
        images: &Tensor,
        labels: &[usize],
    ) -> Result<(f64, GradStore), EngineError> {
        let loss = self.training_loss(images, labels)?;
        let gradients = loss.backward()?;
        Ok((loss.to_scalar::<f32>()?.into(), gradients))
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
        let mut weights = Weights::default();
        for Parameter { name, var } in &self.parameters {
            let array =
                Array::new(var.dims(), values(var)?.to_vec()).map_err(candle_core::Error::wrap)?;
            weights.tensors.insert(name.clone(), array);
        }
        Ok(weights)
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
