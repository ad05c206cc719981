//! How fast a training goes when somebody watches it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Steps per second. The weights never depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pace {
    /// One step a second.
    One,
    Four,
    Twenty,
    /// Begins slowly and becomes faster with every step: a training that lasts a second is seen by nobody.
    #[default]
    Accelerating,
    /// As fast as it can.
    Full,
}

/// The first wait of a pace that accelerates, and how much shorter every next one is: the first second has
/// two steps, and after some five seconds nothing waits any more.
const FIRST_WAIT: f64 = 0.6;
const SHORTER: f64 = 0.88;
/// Shorter waits are none.
const SHORTEST: f64 = 0.004;

impl Pace {
    pub const ALL: [Self; 5] =
        [Self::Accelerating, Self::One, Self::Four, Self::Twenty, Self::Full];

    /// How long to wait after so many steps at this pace; `None`: not at all.
    #[must_use]
    pub fn wait(self, steps: u64) -> Option<Duration> {
        let seconds = match self {
            Self::One => 1.0,
            Self::Four => 0.25,
            Self::Twenty => 0.05,
            Self::Accelerating => FIRST_WAIT * SHORTER.powi(steps.min(1_000) as i32),
            Self::Full => return None,
        };
        (seconds >= SHORTEST).then(|| Duration::from_secs_f64(seconds))
    }
}
