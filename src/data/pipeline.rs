//! Preprocessing as a list of named stages, each image → image.
//!
//! An image is an [`Array`] `[c, h, w]` of 0..1 until [`Stage::Normalise`] or [`Stage::MeanScale`]
//! makes it the network's input. The list belongs to the weights: it is stored as JSON in their
//! file. Every intermediate is kept, so that the window can show each one; a stage is switched off by
//! leaving it out.

mod blobs;
mod fit;
mod grey;
mod level;
mod photo;
mod plane;
mod thicken;

pub(super) use blobs::{Blob, Blobs, find_blobs};
pub(super) use grey::{invert_if_paper_is_light, luminance, paper_is_light};
pub(super) use level::{Levelled, level};
pub(super) use plane::{Plane, quantile};

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::array::Array;

/// The longest side that a stage may ask for: a file's word is not taken for more.
pub const MAX_SIDE: usize = 4096;

/// Stages that a list may have.
pub const MAX_STAGES: usize = 32;
/// Values that the pictures of all stages may have together: each is kept to be shown.
const MAX_KEPT: usize = 1 << 26;

/// What a picture of a digit is made smaller to: a digit a tenth as wide as the sheet still has
/// three times the pixels that the network sees.
pub const DIGIT_FILE_SIDE: usize = 640;

/// The most columns of a line of writing: 18 digits side by side.
pub const WIDEST_LINE: usize = 512;

/// The value of paper after [`Stage::Normalise`], as LeNet-5's authors chose it (1998, II-B).
pub const PAPER: f32 = -0.1;
/// The value of ink after it.
pub const INK: f32 = 1.175;

/// One step of preprocessing. Written as `{"stage": "pad", "side": 32, "value": 0.0}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case", deny_unknown_fields)]
pub enum Stage {
    /// Makes the longer side at most `longer_side` pixels; smaller images stay as they are.
    FitWithin { longer_side: usize },
    /// Makes the image at most `height` rows and `width` columns large, keeping the proportions; smaller images
    /// stay as they are.
    FitInto { height: usize, width: usize },
    /// `[3, h, w]` → `[1, h, w]`: 0.299 red + 0.587 green + 0.114 blue (Rec. 601).
    Grey {},
    /// Ink becomes bright on dark paper, as MNIST has it.
    InvertIfPaperIsLight {},
    /// Removes uneven light and noise: paper becomes 0 everywhere, the strongest ink 1.
    LevelLight {},
    /// Cuts to the box of what is written; specks and shadows at the edge are wiped out. An image
    /// without ink stays as it is.
    CropToInk {},
    /// Widens strokes thinner than MNIST's pen to `width`, a fraction of the longer side.
    Thicken { width: f32 },
    /// Makes the longer side `side` pixels, keeping the proportions.
    ScaleToFit { side: usize },
    /// Moves the ink's centre of mass to the middle of a dark square of `side` pixels.
    CentreByMass { side: usize },
    /// Puts a border of `value` around the image, to a square of `side` pixels.
    Pad { side: usize, value: f32 },
    /// Puts a border of `value` around the image, to `height` rows and `width` columns.
    PadTo { height: usize, width: usize, value: f32 },
    /// Makes the image `height` pixels high, keeping the proportions: a line of writing, which may
    /// become at most `widest` pixels wide.
    ScaleToHeight { height: usize, widest: usize },
    /// Puts a border of `value` above and below, to `height` rows. An image narrower than that gets
    /// one left and right too, because a network that slides over it needs a square at least.
    PadRows { height: usize, value: f32 },
    /// 0 becomes `paper`, 1 becomes `ink`.
    Normalise { paper: f32, ink: f32 },
    /// Makes the shorter side `shorter_side` pixels, keeping the proportions.
    Resize { shorter_side: usize },
    /// Cuts a square of `side` pixels out of the middle.
    CentreCrop { side: usize },
    /// Reorders the channels: output channel i is input channel `order[i]`, `[2, 1, 0]` gives BGR.
    ChannelOrder { order: [usize; 3] },
    /// (value − `mean`) × `scale`, channel by channel.
    MeanScale { mean: [f32; 3], scale: [f32; 3] },
}

/// A stage and the image after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub stage: Stage,
    pub image: Array,
}

/// Why a stage cannot work on an image. Stages are named as in the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PipelineError {
    #[error(
        "stage {stage} needs {needed} channels but the image has {found}, switch the stage grey \
         {} before it",
        if *needed == 1 { "on" } else { "off" }
    )]
    Channels { stage: &'static str, needed: usize, found: usize },
    #[error(
        "stage {stage} makes images of {}×{} but got {height}×{width}, make the image smaller before it",
        sheet[0], sheet[1]
    )]
    TooLarge { stage: &'static str, sheet: [usize; 2], height: usize, width: usize },
    #[error(
        "stage {stage} cuts {side}×{side} out of an image of only {height}×{width}, make the image \
         larger before it"
    )]
    TooSmall { stage: &'static str, side: usize, height: usize, width: usize },
    #[error(
        "stage {stage} asks for {value}, which is outside 1 to {limit}, correct the list of stages"
    )]
    Parameter { stage: &'static str, value: usize, limit: usize },
    #[error(
        "stage {stage} cannot use {height}×{width} pixels: too long and narrow, cut the picture"
    )]
    TooNarrow { stage: &'static str, height: usize, width: usize },
    #[error(
        "stage {stage} makes {height}×{width} pixels wider than {widest}, cut the picture into \
         shorter lines"
    )]
    TooWide { stage: &'static str, height: usize, width: usize, widest: usize },
    #[error(
        "stage {stage} makes images {rows} rows high but got {height}×{width}, make the image \
         smaller before it"
    )]
    TooHigh { stage: &'static str, rows: usize, height: usize, width: usize },
    #[error(
        "stage {stage} makes the list of stages too long or its pictures too large, leave some stages \
         out"
    )]
    TooMuch { stage: &'static str },
    #[error("the list of stages is empty and the image is no network's input, add a stage")]
    NoStages,
    #[error("the image has no pixels, choose another one")]
    NoPixels,
}

/// Passes `input`, `[c, h, w]` of 0..1, through the stages.
///
/// # Errors
/// If a stage does not fit the image that reaches it; the stages before it were fine.
pub fn run(stages: &[Stage], input: &Array) -> Result<Vec<Step>, PipelineError> {
    let mut steps: Vec<Step> = Vec::with_capacity(stages.len());
    let mut kept = 0usize;
    for stage in stages {
        let too_much = || PipelineError::TooMuch { stage: stage.name() };
        if steps.len() == MAX_STAGES {
            return Err(too_much());
        }
        let image = stage.apply(steps.last().map_or(input, |step| &step.image))?;
        kept += image.len();
        if kept > MAX_KEPT {
            return Err(too_much());
        }
        steps.push(Step { stage: stage.clone(), image });
    }
    Ok(steps)
}

/// What the network gets: the image after the last stage.
///
/// # Errors
/// As [`run`], or if there is no stage.
pub fn tensor(stages: &[Stage], input: &Array) -> Result<Array, PipelineError> {
    run(stages, input)?.pop().map(|step| step.image).ok_or(PipelineError::NoStages)
}

/// The stages for a digit in a picture: photographed, scanned or drawn, in any size.
#[must_use]
pub fn digit_file() -> Vec<Stage> {
    let mut stages = vec![
        Stage::FitWithin { longer_side: DIGIT_FILE_SIDE },
        Stage::Grey {},
        Stage::InvertIfPaperIsLight {},
        Stage::LevelLight {},
        Stage::CropToInk {},
        Stage::Thicken { width: 0.11 },
        Stage::ScaleToFit { side: 20 },
        Stage::CentreByMass { side: 28 },
    ];
    stages.extend(digit_idx());
    stages
}

/// The stages for 28×28 pixels that are already as MNIST has them.
#[must_use]
pub fn digit_idx() -> Vec<Stage> {
    vec![Stage::Pad { side: 32, value: 0.0 }, Stage::Normalise { paper: PAPER, ink: INK }]
}

/// The stages for a digit drawn on a pad: clean, ink already bright on dark, in any size.
#[must_use]
pub fn drawing() -> Vec<Stage> {
    let mut stages =
        vec![Stage::CropToInk {}, Stage::ScaleToFit { side: 20 }, Stage::CentreByMass { side: 28 }];
    stages.extend(digit_idx());
    stages
}

/// The stages for a line of writing in a picture that is read as it is, by a network that slides over
/// it: the picture's height is the line's.
#[must_use]
pub fn line() -> Vec<Stage> {
    let mut stages = vec![
        Stage::Grey {},
        Stage::InvertIfPaperIsLight {},
        Stage::LevelLight {},
        Stage::ScaleToHeight { height: 28, widest: WIDEST_LINE },
    ];
    stages.extend(drawn_line());
    stages
}

/// The stages for a line drawn on a pad, 28 pixels high, ink already bright on dark.
#[must_use]
pub fn drawn_line() -> Vec<Stage> {
    vec![Stage::PadRows { height: 32, value: 0.0 }, Stage::Normalise { paper: PAPER, ink: INK }]
}

/// The stages that the weights in a file were trained with: the remark `preprocessing`, a JSON list.
#[must_use]
pub fn of_weights(remarks: &BTreeMap<String, String>) -> Option<Vec<Stage>> {
    serde_json::from_str(remarks.get("preprocessing")?).ok()
}

/// The part of `stages` for pixels that are already as MNIST has them: from the first stage on that pads.
#[must_use]
pub fn for_idx(stages: &[Stage]) -> &[Stage] {
    let pads = |stage: &Stage| {
        matches!(stage, Stage::Pad { .. } | Stage::PadTo { .. } | Stage::PadRows { .. })
    };
    let first = stages.iter().position(pads).unwrap_or(0);
    &stages[first..]
}

/// The stages of `SqueezeNet` 1.1 as its bundled weights were trained: BGR, 0..255 minus the mean.
#[must_use]
pub fn squeezenet() -> Vec<Stage> {
    let mean = [103.939, 116.779, 123.68].map(|value: f32| value / 255.0);
    vec![
        Stage::Resize { shorter_side: 256 },
        Stage::CentreCrop { side: 227 },
        Stage::ChannelOrder { order: [2, 1, 0] },
        Stage::MeanScale { mean, scale: [255.0; 3] },
    ]
}

impl Stage {
    /// What makes an image no larger than `height` × `width`.
    #[must_use]
    pub const fn fit([height, width]: [usize; 2]) -> Self {
        if height == width {
            Self::FitWithin { longer_side: height }
        } else {
            Self::FitInto { height, width }
        }
    }

    /// What lays an image in the middle of a sheet of `height` × `width`.
    #[must_use]
    pub const fn sheet([height, width]: [usize; 2], value: f32) -> Self {
        if height == width {
            Self::Pad { side: height, value }
        } else {
            Self::PadTo { height, width, value }
        }
    }

    /// The name in files and messages.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::FitWithin { .. } => "fit_within",
            Self::FitInto { .. } => "fit_into",
            Self::Grey {} => "grey",
            Self::InvertIfPaperIsLight {} => "invert_if_paper_is_light",
            Self::LevelLight {} => "level_light",
            Self::CropToInk {} => "crop_to_ink",
            Self::Thicken { .. } => "thicken",
            Self::ScaleToFit { .. } => "scale_to_fit",
            Self::CentreByMass { .. } => "centre_by_mass",
            Self::Pad { .. } => "pad",
            Self::PadTo { .. } => "pad_to",
            Self::ScaleToHeight { .. } => "scale_to_height",
            Self::PadRows { .. } => "pad_rows",
            Self::Normalise { .. } => "normalise",
            Self::Resize { .. } => "resize",
            Self::CentreCrop { .. } => "centre_crop",
            Self::ChannelOrder { .. } => "channel_order",
            Self::MeanScale { .. } => "mean_scale",
        }
    }

    /// The image after this stage.
    ///
    /// # Errors
    /// If the stage does not fit the image.
    pub fn apply(&self, image: &Array) -> Result<Array, PipelineError> {
        if image.is_empty() {
            return Err(PipelineError::NoPixels);
        }
        match *self {
            Self::FitWithin { longer_side } => Ok(fit::fit_within(image, self.side(longer_side)?)),
            Self::FitInto { height, width } => {
                Ok(fit::fit_into(image, [self.side(height)?, self.side(width)?]))
            }
            Self::Grey {} => grey::grey(image, self),
            Self::InvertIfPaperIsLight {} => {
                Ok(invert_if_paper_is_light(&self.plane(image)?).into_array())
            }
            Self::LevelLight {} => Ok(level(&self.plane(image)?).plane.into_array()),
            Self::CropToInk {} => Ok(blobs::crop_to_ink(&self.plane(image)?).into_array()),
            Self::Thicken { width } => {
                Ok(thicken::thicken(&self.plane(image)?, width).into_array())
            }
            Self::ScaleToFit { side } => {
                Ok(fit::scale_to_fit(&self.plane(image)?, self.side(side)?).into_array())
            }
            Self::CentreByMass { side } => {
                let plane = self.plane(image)?;
                self.fits(image, [self.side(side)?; 2])?;
                Ok(fit::centre_by_mass(&plane, side).into_array())
            }
            Self::Pad { side, value } => self.pad(image, [side; 2], value),
            Self::PadTo { height, width, value } => self.pad(image, [height, width], value),
            Self::ScaleToHeight { height, widest } => {
                let (height, widest) = (self.side(height)?, self.side(widest)?);
                fit::scale_to_height(&self.plane(image)?, height, widest, self)
                    .map(Plane::into_array)
            }
            Self::PadRows { height, value } => {
                fit::pad_rows(image, self.side(height)?, value, self)
            }
            Self::Normalise { paper, ink } => {
                Ok(photo::map(image, |_, value| paper + value * (ink - paper)))
            }
            Self::Resize { shorter_side } => photo::resize(image, self.side(shorter_side)?, self),
            Self::CentreCrop { side } => photo::centre_crop(image, self.side(side)?, self),
            Self::ChannelOrder { order } => {
                self.channels(image, 3)?;
                photo::channel_order(image, order, self)
            }
            Self::MeanScale { mean, scale } => {
                self.channels(image, 3)?;
                Ok(photo::map(image, |channel, value| (value - mean[channel]) * scale[channel]))
            }
        }
    }

    /// A side that a file asked for, if it is sane.
    fn side(&self, value: usize) -> Result<usize, PipelineError> {
        if (1..=MAX_SIDE).contains(&value) {
            Ok(value)
        } else {
            Err(PipelineError::Parameter { stage: self.name(), value, limit: MAX_SIDE })
        }
    }

    fn channels(&self, image: &Array, needed: usize) -> Result<(), PipelineError> {
        let [found, ..] = image.chw();
        if found == needed {
            Ok(())
        } else {
            Err(PipelineError::Channels { stage: self.name(), needed, found })
        }
    }

    fn plane(&self, image: &Array) -> Result<Plane, PipelineError> {
        self.channels(image, 1)?;
        Ok(Plane::of(image, 0))
    }

    fn pad(&self, image: &Array, sheet: [usize; 2], value: f32) -> Result<Array, PipelineError> {
        let [height, width] = sheet;
        self.fits(image, [self.side(height)?, self.side(width)?])?;
        Ok(fit::pad(image, sheet, value))
    }

    fn fits(&self, image: &Array, sheet: [usize; 2]) -> Result<(), PipelineError> {
        let [_, height, width] = image.chw();
        if height <= sheet[0] && width <= sheet[1] {
            Ok(())
        } else {
            Err(PipelineError::TooLarge { stage: self.name(), sheet, height, width })
        }
    }
}
