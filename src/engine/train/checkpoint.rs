//! The state of a training as a file's content: what is needed to go on as if nothing had happened.

use std::collections::BTreeMap;

use candle_core::{Device, Tensor};

use super::Trainer;
use crate::array::{Array, MAX_FILE_BYTES, TensorFile};
use crate::engine::ops::values;
use crate::engine::{CheckpointProblem, EngineError};

/// Prefixes of the tensors; what follows is the parameter's name.
const WEIGHTS: &str = "weights";
const AVERAGE: &str = "average";
const CONSTANTS: &str = "constants";

/// Larger states are refused before they are read. The largest has the weights, which a file of their own
/// must hold, two moments and an average; the header of many small tensors is not as large as one of those.
pub(super) const MAX_STATE_BYTES: u64 = 5 * MAX_FILE_BYTES;

impl Trainer {
    /// The state between two steps: weights, the optimizer's moments, the average, counters.
    ///
    /// # Errors
    /// Only if candle refuses to hand out the weights.
    pub fn checkpoint(&self) -> Result<TensorFile, EngineError> {
        let mut tensors = BTreeMap::new();
        let (steps, moments) = self.optimizer.state();
        for (index, parameter) in self.model.parameters().iter().enumerate() {
            let shape = parameter.var.dims();
            let mut keep = |prefix: &str, values: Vec<f32>| -> Result<(), EngineError> {
                let array = Array::new(shape, values).map_err(candle_core::Error::wrap)?;
                tensors.insert(format!("{prefix}/{}", parameter.name), array);
                Ok(())
            };
            keep(WEIGHTS, values(&parameter.var)?.to_vec())?;
            for (prefix, moment) in self.settings.method.moments().iter().zip(&moments[index]) {
                keep(prefix, moment.clone())?;
            }
            if let Some(average) = &self.average {
                keep(AVERAGE, average.values[index].clone())?;
            }
        }
        for constant in self.model.constants() {
            let (name, array) = constant.held()?;
            tensors.insert(format!("{CONSTANTS}/{name}"), array);
        }
        let metadata = [
            ("settings", self.settings.to_json()),
            ("examples", self.examples.to_string()),
            ("epoch", self.epoch.to_string()),
            ("images", self.images.to_string()),
            ("steps", steps.to_string()),
            // As bits: the sum goes on exactly where it was.
            ("loss_sum", self.loss_sum.to_bits().to_string()),
            ("last_epoch_loss", self.last_epoch_loss.to_bits().to_string()),
        ];
        let metadata = metadata.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
        Ok(TensorFile { tensors, metadata })
    }

    /// Goes on from a state; the trainer must have been made with the same network, settings and
    /// number of examples.
    ///
    /// # Errors
    /// [`EngineError::Checkpoint`] if the state is of another training or not complete. The trainer is
    /// then of no more use.
    pub fn restore(&mut self, state: &TensorFile) -> Result<(), EngineError> {
        let expected =
            [("settings", self.settings.to_json()), ("examples", self.examples.to_string())];
        for (key, expected) in expected {
            let found = text(state, key)?;
            if found != expected {
                let (key, found) = (key.to_owned(), found.to_owned());
                return Err(refuse(CheckpointProblem::Differs { key, found, expected }));
            }
        }
        let mut all_moments = Vec::new();
        let mut averages = Vec::new();
        for parameter in self.model.parameters() {
            let shape = parameter.var.dims();
            let read = |prefix: &str| tensor(state, &format!("{prefix}/{}", parameter.name), shape);
            parameter.var.set(&Tensor::from_vec(read(WEIGHTS)?, shape, &Device::Cpu)?)?;
            let moments = self.settings.method.moments().iter().map(|prefix| read(prefix));
            all_moments.push(moments.collect::<Result<Vec<_>, _>>()?);
            if self.average.is_some() {
                averages.push(read(AVERAGE)?);
            }
        }
        for constant in self.model.constants() {
            let shape = constant.var.dims();
            let found = tensor(state, &format!("{CONSTANTS}/{}", constant.name), shape)?;
            constant.var.set(&Tensor::from_vec(found, shape, &Device::Cpu)?)?;
        }
        let steps = number(state, "steps")?;
        if !self.optimizer.restore(steps, all_moments) {
            return Err(refuse(CheckpointProblem::Moments));
        }
        if let Some(average) = &mut self.average {
            (average.values, average.steps) = (averages, steps);
        }
        self.epoch = number(state, "epoch")? as usize;
        self.images = number(state, "images")? as usize;
        self.loss_sum = f64::from_bits(number(state, "loss_sum")?);
        self.last_epoch_loss = f64::from_bits(number(state, "last_epoch_loss")?);
        self.order.clear();
        let out_of_range = self.images >= self.examples || self.epoch > self.settings.epochs;
        if out_of_range || steps != self.steps_done() {
            return Err(refuse(CheckpointProblem::Counters));
        }
        Ok(())
    }
}

fn refuse(problem: CheckpointProblem) -> EngineError {
    EngineError::Checkpoint { problem }
}

fn text<'a>(state: &'a TensorFile, key: &str) -> Result<&'a str, EngineError> {
    let missing = || refuse(CheckpointProblem::Missing { key: key.to_owned() });
    state.metadata.get(key).map(String::as_str).ok_or_else(missing)
}

fn number(state: &TensorFile, key: &str) -> Result<u64, EngineError> {
    let no_number = |_| refuse(CheckpointProblem::NoNumber { key: key.to_owned() });
    text(state, key)?.parse().map_err(no_number)
}

fn tensor(state: &TensorFile, name: &str, shape: &[usize]) -> Result<Vec<f32>, EngineError> {
    match state.tensors.get(name) {
        Some(array) if array.shape() == shape => Ok(array.values().to_vec()),
        Some(_) | None => Err(refuse(CheckpointProblem::Tensor { tensor: name.to_owned() })),
    }
}
