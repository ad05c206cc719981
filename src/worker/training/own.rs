//! Learning a few images of one's own: from weights that are there, for a moment.

use std::sync::Arc;

use super::{AdamSettings, DataRef, Method, Plan, Schedule, TrainingSettings};
use crate::array::Weights;
use crate::data::LabelledImages;
use crate::engine::recipe;
use crate::network::Network;

/// Steps, about: where there are several batches, the last epoch is finished.
const STEPS: usize = 60;
/// Images of a step, at most.
const BATCH: usize = 16;
/// A fifth of the recipe's: what is known already is to be moved, not overrun.
const LEARNING_RATE: f64 = 5e-4;

impl Plan {
    /// The training of `network`, from the weights `start`, on nothing but `own`, every image distorted anew
    /// in each step as in the network's recipe. It is judged on the test split of the bundled digits, of which
    /// it learns nothing: what is forgotten is seen there.
    #[must_use]
    pub fn of_own(network: Arc<Network>, start: Arc<Weights>, own: Arc<LabelledImages>) -> Self {
        let batch = own.len().clamp(1, BATCH);
        let steps_per_epoch = own.len().div_ceil(batch).max(1);
        let settings = TrainingSettings {
            epochs: STEPS.div_ceil(steps_per_epoch),
            batch,
            method: Method::Adam(AdamSettings::default()),
            learning_rate: LEARNING_RATE,
            schedule: Schedule::Constant,
            augment: recipe::for_network(&network.name).settings.augment,
            averaging: None,
            seed: 1,
            frozen: Vec::new(),
        };
        Self {
            network,
            start: Some(start),
            own: Some(own),
            data: DataRef::Digits,
            images: None,
            scrambled: false,
            settings,
        }
    }
}
