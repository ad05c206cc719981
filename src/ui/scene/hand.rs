//! What a person drew and named, and what a network made of learning it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};

use super::DocId;
use crate::data::LabelledImages;

/// Digits that are remembered, at most.
pub const MOST_DIGITS: usize = 20;
/// Rows and columns of one, at most.
const MOST_SIDE: usize = 256;
const CLASSES: u8 = 10;

/// What is remembered, and what was learned last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct HandScene {
    pub digits: Option<DocId>,
    pub lesson: Option<Lesson>,
}

/// Square grey images with labels: 0 is paper, 255 ink.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HandDigits {
    side: usize,
    /// The images one after the other, row by row, in base64.
    pixels: String,
    labels: Vec<u8>,
}

/// What learning did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// The network that came of it: the lesson says nothing of another one.
    pub network: DocId,
    /// Images of the test split, and of the hand, that it was judged on.
    pub test: usize,
    pub own: usize,
    /// In the order of their steps; the first is before learning.
    pub points: Vec<LessonPoint>,
}

/// How many images were read right after so many steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonPoint {
    pub step: u64,
    pub test: usize,
    pub own: usize,
}

impl HandDigits {
    /// These images; `None` if they are none that can be kept: too many or too large, not square or not grey,
    /// or with a label that is no digit.
    #[must_use]
    pub fn new(images: &LabelledImages) -> Option<Self> {
        let [channels, side, width] = images.shape();
        let pixels = BASE64_STANDARD.encode(images.pixels());
        let digits = Self { side, pixels, labels: images.labels().to_vec() };
        (channels == 1 && side == width && digits.images().is_some()).then_some(digits)
    }

    /// The images; `None` if a scene file holds something else under this name.
    #[must_use]
    pub fn images(&self) -> Option<LabelledImages> {
        let counts = (1..=MOST_DIGITS).contains(&self.labels.len())
            && (1..=MOST_SIDE).contains(&self.side)
            && self.labels.iter().all(|&label| label < CLASSES);
        let pixels = counts.then(|| BASE64_STANDARD.decode(&self.pixels).ok())??;
        LabelledImages::new(self.side, self.side, pixels, self.labels.clone()).ok()
    }
}
