//! Labelled images for trainings, loaded once.

use super::DataRef;
use crate::data::{LabelledImages, Split, digits};
use crate::worker::WorkerError;

/// Images to learn from, and others to judge on.
#[derive(Debug)]
pub struct Sets {
    pub train: LabelledImages,
    pub test: LabelledImages,
}

impl Sets {
    /// Loads what is named.
    ///
    /// # Errors
    /// Files that are missing or damaged.
    pub fn load(data: &DataRef) -> Result<Self, WorkerError> {
        match data {
            DataRef::Digits => {
                let all = digits::bundled();
                let train = all.subset(digits::range(Split::Train));
                Ok(Self { train, test: all.subset(digits::range(Split::Test)) })
            }
        }
    }
}
