//! Bent like rubber (Simard, Steinkraus, Platt: "Best practices for convolutional neural networks applied
//! to visual document analysis", 2003, §2): every pixel moves by random numbers that a Gaussian has made
//! smooth.

use serde::{Deserialize, Serialize};

use crate::engine::rng::Rng;
use crate::engine::{EngineError, Setting};

/// Pixels at most. Beyond that an image is noise (amplitude), or shifted as a whole (σ).
const MOST_AMPLITUDE: f32 = 1000.0;
const MOST_SIGMA: f32 = 100.0;

/// How far, and how smoothly, an image is bent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elastic {
    /// What the smoothed numbers, of −1 to 1 before, are multiplied by, in pixels: the paper's α.
    pub amplitude: f32,
    /// The standard deviation of the Gaussian, in pixels: the paper's σ.
    pub sigma: f32,
}

impl Default for Elastic {
    /// As in the paper, whose images have 29 rows and columns.
    fn default() -> Self {
        Self { amplitude: 34.0, sigma: 4.0 }
    }
}

/// How far each pixel of one image moves.
pub(super) struct Bend {
    columns: usize,
    /// Rows, then columns.
    moves: [Vec<f32>; 2],
}

impl Bend {
    pub(super) fn at(&self, y: usize, x: usize) -> [f32; 2] {
        let place = y * self.columns + x;
        [self.moves[0][place], self.moves[1][place]]
    }
}

impl Elastic {
    /// Whether both amounts lie in their ranges.
    pub(super) fn check(self) -> Result<(), EngineError> {
        let Self { amplitude, sigma } = self;
        Setting::Amplitude.must((0.0..=MOST_AMPLITUDE).contains(&amplitude), amplitude)?;
        Setting::Sigma.must((0.0..=MOST_SIGMA).contains(&sigma), sigma)
    }

    pub(super) fn draw(self, [rows, columns]: [usize; 2], rng: &mut Rng) -> Bend {
        let kernel = self.gaussian();
        let moves = [(); 2].map(|()| {
            let noise: Vec<f32> =
                (0..rows * columns).map(|_| self.amplitude * rng.symmetric()).collect();
            let along_rows = smooth(&noise, &kernel, [rows, columns], 1);
            smooth(&along_rows, &kernel, [rows, columns], columns)
        });
        Bend { columns, moves }
    }

    /// From the middle outwards, to three standard deviations; both sides together add up to 1.
    fn gaussian(self) -> Vec<f32> {
        let sigma = self.sigma.max(0.1);
        let reach = (3.0 * sigma).ceil() as usize;
        let half: Vec<f32> =
            (0..=reach).map(|i| (-0.5 * (i as f32 / sigma).powi(2)).exp()).collect();
        let sum = 2.0 * half.iter().sum::<f32>() - half[0];
        half.iter().map(|weight| weight / sum).collect()
    }
}

/// Weighted by the kernel along one axis, whose neighbours lie `step` apart; nothing lies outside.
fn smooth(values: &[f32], kernel: &[f32], [rows, columns]: [usize; 2], step: usize) -> Vec<f32> {
    let along_row = step == 1;
    let side = if along_row { columns } else { rows };
    (0..values.len())
        .map(|i| {
            let at = if along_row { i % columns } else { i / columns };
            let mut sum = kernel[0] * values[i];
            // A Gaussian that is wider than the image ends with it.
            for (distance, weight) in kernel.iter().enumerate().take(side).skip(1) {
                if at >= distance {
                    sum += weight * values[i - distance * step];
                }
                if at + distance < side {
                    sum += weight * values[i + distance * step];
                }
            }
            sum
        })
        .collect()
}
