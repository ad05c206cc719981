//! How the bundled weights were trained: `models/README.md` tells the rest.

use super::augment::{Affine, Augment};
use super::optim::{AdamSettings, Method};
use super::schedule::Schedule;
use super::train::Settings;

/// Everything that decides a bundled weight file, but the data.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipe {
    pub settings: Settings,
    /// Digits kept aside, chosen by the seed, to judge the result.
    pub hold_out: usize,
    /// Whether the 1,000 digits of the bundled test split are left out.
    pub exclude_bundled_test: bool,
}

/// The recipe for a network of the zoo; others get that of `lenet5`.
#[must_use]
pub fn for_network(name: &str) -> Recipe {
    // The modern network has no squashing that forgives a shift: it gains from seeing more of them.
    let affine = match name {
        "lenet5-modern" => Affine { rotation: 0.25, scale: 0.15, shear: 0.1875, shift: 2.5 },
        _ => Affine { rotation: 0.2, scale: 0.12, shear: 0.15, shift: 2.0 },
    };
    let settings = Settings {
        epochs: 40,
        batch: 64,
        method: Method::Adam(AdamSettings::default()),
        learning_rate: 2.5e-3,
        schedule: Schedule::OneCycle,
        augment: Some(Augment::from(affine)),
        averaging: None,
        seed: 1,
        frozen: Vec::new(),
    };
    Recipe { settings, hold_out: 5_000, exclude_bundled_test: true }
}
