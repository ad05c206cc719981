//! A step that is not taken yet, taken apart: its gradient by name, and what each image of its batch says.

use candle_core::Error;

use super::{Next, Trainer};
use crate::array::{Array, Weights};
use crate::engine::model::Parameter;
use crate::engine::{EngineError, lanes};
use crate::network::Layer;

/// More numbers than this, images times parameters, are not worked out image by image.
const MOST_SEPARATE: usize = 16 << 20;

impl Trainer {
    /// The gradient of a step by each parameter: the mean over its images, zero for frozen nodes.
    ///
    /// # Errors
    /// As [`crate::engine::Model::learn`].
    pub fn gradient_of(&self, next: &Next) -> Result<Weights, EngineError> {
        let Next { batch, seed, .. } = next;
        let mut learned = self.model.learn(&batch.images, &batch.labels, *seed)?;
        self.without_frozen(&mut learned.gradient, learned.statistics);
        self.by_name(&learned.gradient)
    }

    /// What each image of a step says about number `index` of the parameter `tensor`: the step's gradient is
    /// their mean. `None` where images are not independent (batch norm), where dropout takes other units
    /// for other places in a batch, or where it would take long.
    ///
    /// # Errors
    /// As [`crate::engine::Model::learn`]; a parameter that there is not.
    pub fn each_of(
        &self,
        next: &Next,
        tensor: &str,
        index: usize,
    ) -> Result<Option<Vec<f64>>, EngineError> {
        let nodes = self.model.network().nodes();
        let alone = !nodes
            .iter()
            .any(|node| matches!(node.layer, Layer::BatchNorm { .. } | Layer::Dropout { .. }));
        let images = next.batch.labels.len();
        let parameters: usize = self.model.parameters().iter().map(|p| p.var.elem_count()).sum();
        if !alone || parameters.saturating_mul(images) > MOST_SEPARATE {
            return Ok(None);
        }
        let mut place = 0;
        for parameter in self.model.parameters() {
            let count = parameter.var.elem_count();
            if parameter.name == tensor && index < count {
                place += index;
                return self.each_at(next, place).map(Some);
            }
            place += count;
        }
        Err(Error::Msg(format!("there is no number {index} in {tensor}")).into())
    }

    fn each_at(&self, next: &Next, place: usize) -> Result<Vec<f64>, EngineError> {
        let mut each = Vec::with_capacity(next.batch.labels.len());
        for (image, &label) in next.batch.labels.iter().enumerate() {
            let alone = self.image_of(next, image)?;
            let packed = lanes::pack_arrays(&[&alone], self.model.network().input())?;
            let learned = self.model.learn(&packed, &[label], next.seed)?;
            each.push(f64::from(learned.gradient[place]));
        }
        Ok(each)
    }

    /// Image `image` of a step, `[c, h, w]`, as it is learned from.
    ///
    /// # Errors
    /// An image that the batch does not have.
    pub fn image_of(&self, next: &Next, image: usize) -> Result<Array, EngineError> {
        lanes::unpack(&next.batch.images, image)
    }

    /// A list of numbers for all parameters, cut into those of each.
    fn by_name(&self, numbers: &[f32]) -> Result<Weights, EngineError> {
        let mut rest = numbers;
        let own = |parameter: &Parameter| {
            let (own, others) = rest.split_at(parameter.var.elem_count());
            rest = others;
            parameter.with(own)
        };
        let tensors = self.model.parameters().iter().map(own).collect::<Result<_, _>>()?;
        Ok(Weights { tensors, ..Weights::default() })
    }
}
