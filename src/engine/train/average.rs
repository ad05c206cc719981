//! A moving average of the weights: late in a training it is better than the weights it follows.

use crate::array::Weights;
use crate::engine::model::Parameter;
use crate::engine::ops::values;
use crate::engine::{EngineError, Model};

/// The average of each parameter, in the model's order.
pub struct Average {
    decay: f32,
    pub(super) values: Vec<Vec<f32>>,
    pub(super) steps: u64,
}

impl Average {
    pub fn new(model: &Model, decay: f64) -> Result<Self, EngineError> {
        let values = model.parameters().iter().map(|p| Ok(values(&p.var)?.to_vec()));
        let values = values.collect::<Result<_, EngineError>>()?;
        Ok(Self { decay: decay as f32, values, steps: 0 })
    }

    /// Moves towards the model's weights; quickly at first, when the first weights should be forgotten.
    pub fn follow(&mut self, model: &Model) -> Result<(), EngineError> {
        self.steps += 1;
        let steps = self.steps as f32;
        let towards = 1.0 - self.decay.min(steps / (steps + 10.0));
        for (average, parameter) in self.values.iter_mut().zip(model.parameters()) {
            let weights = values(&parameter.var)?;
            for (average, &weight) in average.iter_mut().zip(weights.iter()) {
                *average += towards * (weight - *average);
            }
        }
        Ok(())
    }

    pub fn weights(&self, model: &Model) -> Result<Weights, EngineError> {
        let averages = self.values.iter().zip(model.parameters());
        let averages = averages.map(|(average, parameter)| parameter.with(average.as_slice()));
        // Running statistics are averages already.
        let constants = model.constants().iter().map(Parameter::held);
        let tensors = averages.chain(constants).collect::<Result<_, _>>()?;
        Ok(Weights { tensors, ..Weights::default() })
    }
}
