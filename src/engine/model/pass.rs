//! One pass through the nodes, and how much memory it may take.

use candle_core::Tensor;

use super::{Computed, Model};
use crate::engine::lanes::{self, LANES};
use crate::engine::plan::{Given, Plan};
use crate::engine::{Demand, EngineError};

/// A forward pass that needs more memory than this for what its nodes compute is refused.
const MAX_BYTES: u128 = 4 << 30;

impl Model {
    /// How many images fit into one forward pass; all that the nodes compute counts.
    #[must_use]
    pub fn most_images(&self) -> usize {
        let per_block = self.values_per_image * (LANES * size_of::<f32>()) as u128;
        usize::try_from(MAX_BYTES / per_block.max(1)).unwrap_or(usize::MAX).saturating_mul(LANES)
    }

    /// Whether that many images fit, before they are packed.
    ///
    /// # Errors
    /// [`EngineError::TooLarge`] if not.
    pub fn check_memory(&self, images: usize) -> Result<(), EngineError> {
        if images <= self.most_images() {
            return Ok(());
        }
        let lanes = lanes::blocks(images) * LANES;
        Err(EngineError::TooLarge {
            what: Demand::Pass { images },
            bytes: self.values_per_image * (lanes * size_of::<f32>()) as u128,
            limit: MAX_BYTES,
        })
    }

    /// The parameters, which learn.
    pub(super) fn tracked(&self) -> Vec<Tensor> {
        self.parameters.iter().map(|parameter| parameter.var.as_tensor().clone()).collect()
    }

    /// The parameters, which nothing learns from.
    pub(super) fn frozen(&self) -> Vec<Tensor> {
        self.parameters.iter().map(|parameter| parameter.var.detach()).collect()
    }

    pub(super) fn constants_frozen(&self) -> Vec<Tensor> {
        self.constants.iter().map(|constant| constant.var.detach()).collect()
    }

    /// [`Plan::run`] on images that have been checked.
    pub(super) fn run(
        &self,
        images: &Tensor,
        given: &Given<'_>,
        last: usize,
        observer: &mut dyn FnMut(Computed<'_>) -> Result<(), EngineError>,
    ) -> Result<Tensor, EngineError> {
        self.check_images(images)?;
        self.plan.run(images, given, last, observer)
    }

    pub(super) fn check_images(&self, images: &Tensor) -> Result<(), EngineError> {
        let [c, h, w] = self.plan.network.input();
        let &[blocks, ref image @ ..] = images.dims() else { return Err(EngineError::NoImages) };
        if image != [c, h, w, LANES] {
            return Err(EngineError::Input {
                expected: vec![c, h, w, LANES],
                found: image.to_vec(),
            });
        }
        if blocks == 0 {
            return Err(EngineError::NoImages);
        }
        self.check_memory(blocks * LANES)
    }
}

impl Plan {
    /// Computes the nodes up to `last` that it depends on by order, and returns its output. A value
    /// is let go as soon as nobody reads it any more.
    pub(super) fn run(
        &self,
        images: &Tensor,
        given: &Given<'_>,
        last: usize,
        observer: &mut dyn FnMut(Computed<'_>) -> Result<(), EngineError>,
    ) -> Result<Tensor, EngineError> {
        let nodes = &self.network.nodes()[..=last];
        let mut readers = vec![0usize; nodes.len()];
        nodes.iter().flat_map(|node| &node.inputs).for_each(|&input| readers[input] += 1);
        readers[last] += 1;
        let mut outputs: Vec<Option<Tensor>> = vec![None; nodes.len()];
        for (index, (node, step)) in nodes.iter().zip(&self.steps).enumerate() {
            let inputs: Vec<&Tensor> =
                node.inputs.iter().filter_map(|&input| outputs[input].as_ref()).collect();
            let sum = step.sum(images, &inputs, self.of(index, given), node.output)?;
            let output = given.muted.output(index, step.output(&sum)?)?;
            observer(Computed { node: index, sum: &sum, output: &output })?;
            outputs[index] = (readers[index] > 0).then_some(output);
            for &input in &node.inputs {
                readers[input] -= 1;
                if readers[input] == 0 {
                    outputs[input] = None;
                }
            }
        }
        outputs[last].take().ok_or(EngineError::NoImages)
    }
}
