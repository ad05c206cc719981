//! What a training is set to.

use serde::{Deserialize, Serialize};

use crate::engine::augment::Augment;
use crate::engine::optim::{Method, SgdSettings};
use crate::engine::schedule::Schedule;
use crate::engine::{EngineError, Setting};

/// All that decides, with the examples and the first weights, what a training gives.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    pub epochs: usize,
    /// Images per step.
    pub batch: usize,
    pub method: Method,
    /// The peak of the schedule.
    pub learning_rate: f64,
    pub schedule: Schedule,
    /// How every image is distorted, anew in each epoch.
    pub augment: Option<Augment>,
    /// Keep a moving average of the weights that forgets by this factor at each step (0.999: it looks
    /// back about 1,000 steps), and take that as the result.
    pub averaging: Option<f64>,
    /// Decides order and distortions (and, by convention, the first weights).
    pub seed: u64,
    /// Nodes whose parameters and running statistics stay as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frozen: Vec<String>,
}

impl Settings {
    /// The settings in one line, as they stand in checkpoints and remarks.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("settings are numbers and names")
    }

    /// Whether every setting lies in its range.
    ///
    /// # Errors
    /// [`EngineError::Setting`] with the first that does not.
    pub fn check(&self) -> Result<(), EngineError> {
        let fail = |name, value: String| Err(EngineError::Setting { name, value });
        if self.epochs == 0 {
            return fail(Setting::Epochs, self.epochs.to_string());
        }
        if self.batch == 0 {
            return fail(Setting::Batch, self.batch.to_string());
        }
        if !(self.learning_rate > 0.0 && self.learning_rate.is_finite()) {
            return fail(Setting::LearningRate, self.learning_rate.to_string());
        }
        let decay = match self.method {
            Method::Adam(adam) => adam.weight_decay,
            Method::Sgd(SgdSettings { momentum, weight_decay }) => {
                if !(0.0..1.0).contains(&momentum) {
                    return fail(Setting::Momentum, momentum.to_string());
                }
                weight_decay
            }
        };
        if !(decay >= 0.0 && decay.is_finite()) {
            return fail(Setting::WeightDecay, decay.to_string());
        }
        match self.averaging {
            Some(decay) if !(0.0..1.0).contains(&decay) => {
                fail(Setting::Averaging, decay.to_string())
            }
            Some(_) | None => Ok(()),
        }
    }
}
