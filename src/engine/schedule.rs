//! The learning rate over a training.

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

/// How the learning rate changes, as a pure function of how much of the training is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Schedule {
    Constant,
    /// A tenth after half of the training, and again after three quarters (as He 2015 trained ResNets,
    /// whose rate fell by ten twice).
    Step,
    /// From the peak down to 0 along half a cosine.
    Cosine,
    /// Up from 1/25 of the peak in the first three tenths, then down to almost 0, both along half a
    /// cosine (Smith, Topin: Super-convergence, 2018).
    #[default]
    OneCycle,
}

impl Schedule {
    /// What the peak learning rate is multiplied by when the part `done` (0 to 1) is done.
    #[must_use]
    pub fn factor(self, done: f64) -> f64 {
        const WARM_UP: f64 = 0.3;
        const START: f64 = 1.0 / 25.0;
        const END: f64 = START / 1e4;
        match self {
            Self::Constant => 1.0,
            Self::Step if done < 0.5 => 1.0,
            Self::Step if done < 0.75 => 0.1,
            Self::Step => 0.01,
            Self::Cosine => between(1.0, 0.0, done),
            Self::OneCycle if done < WARM_UP => between(START, 1.0, done / WARM_UP),
            Self::OneCycle => between(1.0, END, (done - WARM_UP) / (1.0 - WARM_UP)),
        }
    }
}

/// From `start` to `end` along half a cosine.
fn between(start: f64, end: f64, done: f64) -> f64 {
    end + (start - end) * (1.0 + (PI * done.clamp(0.0, 1.0)).cos()) / 2.0
}
