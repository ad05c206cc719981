//! Labelled images for trainings, loaded once, and as a training sees them.

use std::sync::Arc;

use super::DataRef;
use crate::data::image_folder::GoOn;
use crate::data::{self, DataSet, LabelledImages, Stage, pipeline};
use crate::engine::EngineError;
use crate::engine::examples::{ByteImages, Examples, Scrambled};
use crate::network::Shape;

/// Where a set has no images of its own to judge on, so many of its images are kept aside for that: every
/// fifth, and of fewer the last one.
const KEPT: usize = 5;

/// Images to learn from, and others to judge on.
#[derive(Debug)]
pub struct Sets {
    /// What the set is called.
    pub title: String,
    pub train: Arc<LabelledImages>,
    pub test: LabelledImages,
    /// The name of each class.
    pub classes: Vec<String>,
    /// What makes any picture like these.
    pub stages: Vec<Stage>,
}

impl Sets {
    /// Loads what is named, for a network whose input has this shape.
    ///
    /// # Errors
    /// Files that are missing or damaged, or `go_on` said no.
    pub fn load(from: &DataRef, shape: Shape, go_on: GoOn<'_>) -> Result<Self, data::DataError> {
        let DataSet { title, train, test, classes, preparation, .. } =
            data::set::load(from, shape, go_on)?;
        let (train, test) = if let Some(test) = test {
            (train, test)
        } else {
            let every = KEPT.min(train.len());
            let (kept, others): (Vec<usize>, Vec<usize>) =
                (0..train.len()).partition(|number| number % every == every - 1);
            (train.subset(others), train.subset(kept))
        };
        let stages = preparation.map_or_else(pipeline::digit_file, |how| how.stages());
        Ok(Self { title, train: Arc::new(train), test, classes, stages })
    }
}

/// Lets `work` see images as they are learned from: on a sheet of `shape`, in another order of pixels where
/// there is one.
///
/// # Errors
/// Images that do not fit on the sheet.
pub fn seen<R>(
    images: &LabelledImages,
    shape: Shape,
    permutation: Option<&[usize]>,
    work: impl FnOnce(&dyn Examples) -> Result<R, EngineError>,
) -> Result<R, EngineError> {
    let plain = ByteImages::of(images, shape)?;
    match permutation {
        None => work(&plain),
        Some(permutation) => work(&Scrambled { all: &plain, permutation }),
    }
}
