//! What a training is set to.

use serde::{Deserialize, Serialize};

use crate::engine::augment::Augment;
use crate::engine::optim::{AdamSettings, Method, SgdSettings};
use crate::engine::schedule::Schedule;
use crate::engine::{EngineError, Setting};

/// More epochs than this are a slip of the finger: of a minute each, they take two years.
pub const MOST_EPOCHS: usize = 1_000_000;
/// Images per step at most; how many of them memory holds depends on the network.
pub const MOST_BATCH: usize = 1_000_000;

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
        let Self { epochs, batch, learning_rate, .. } = *self;
        Setting::Epochs.must((1..=MOST_EPOCHS).contains(&epochs), epochs)?;
        Setting::Batch.must((1..=MOST_BATCH).contains(&batch), batch)?;
        Setting::LearningRate.must(is_positive(learning_rate), learning_rate)?;
        match self.method {
            Method::Adam(AdamSettings { beta1, beta2, epsilon, weight_decay }) => {
                Setting::Beta1.must(is_below_1(beta1), beta1)?;
                Setting::Beta2.must(is_below_1(beta2), beta2)?;
                Setting::Epsilon.must(is_positive(epsilon), epsilon)?;
                Setting::WeightDecay.must(is_decay(weight_decay), weight_decay)?;
            }
            Method::Sgd(SgdSettings { momentum, weight_decay }) => {
                Setting::Momentum.must(is_below_1(momentum), momentum)?;
                Setting::WeightDecay.must(is_decay(weight_decay), weight_decay)?;
            }
        }
        if let Some(decay) = self.averaging {
            Setting::Averaging.must(is_below_1(decay), decay)?;
        }
        self.augment.map_or(Ok(()), |augment| augment.check())
    }
}

// The optimizers compute in single precision, so that is where a setting must make sense: there 1 − 10⁻⁹
// is 1, and 10⁻⁵⁰ is 0.

fn is_positive(value: f64) -> bool {
    let value = value as f32;
    value > 0.0 && value.is_finite()
}

fn is_below_1(value: f64) -> bool {
    value >= 0.0 && (value as f32) < 1.0
}

fn is_decay(value: f64) -> bool {
    value >= 0.0 && (value as f32).is_finite()
}
