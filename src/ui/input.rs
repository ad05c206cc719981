//! From what a person chose to look at to the network's tensor, with every stage kept.
//!
//! ```text
//! Source ── raw placement ──► original ── stages ──► prepared ── fit, placement, paint ──► tensor
//! ```

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::array::Array;
use crate::data::digits;
use crate::data::drawing::{self, Drawing};
use crate::data::pipeline::{self, PAPER};
use crate::data::{
    Picture, PictureError, PipelineError, Placement, Split, Stage, Step, Verdict, picture, verdict,
};
use crate::network::Shape;

use super::scene::{DocId, Documents, Handling, InputRef};

/// Pixels that a drawing's unit has before preprocessing, where the drawing is not kept at its size.
const DRAWING_SCALE: usize = 5;
/// Side of a drawing with a margin of two units around it.
const PAD_SIDE: usize = (drawing::HEIGHT as usize + 4) * DRAWING_SCALE;
/// Pictures with more pixels than this are not prepared between two frames.
const QUICK_PIXELS: usize = 512 * 512;

/// A picture as it came, before anything is done to it.
#[derive(Clone, Debug)]
pub struct Source {
    pub reference: InputRef,
    /// The label of a bundled digit.
    pub label: Option<u8>,
    pub verdict: Verdict,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    /// `[c, h, w]` of 0..1.
    Pixels(Array),
    Strokes(Drawing),
}

/// An image on its way into the network.
#[derive(Clone, Debug)]
pub struct Input {
    pub source: Arc<Source>,
    /// The stages that it passed.
    pub stages: Vec<Stage>,
    pub raw: Placement,
    pub keep_size: bool,
    /// The picture before the first stage, `[c, h, w]` of 0..1.
    pub original: Array,
    pub steps: Vec<Step>,
    /// What has been done to the prepared image since.
    pub touched: Touched,
    /// What the network sees.
    pub tensor: Array,
    /// Whether the prepared image had to be cut, padded or repeated to the shape of the input.
    pub fitted: bool,
}

/// What is done after preprocessing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Touched {
    pub shape: Shape,
    pub placement: Placement,
    pub paint: Option<DocId>,
}

/// Why something cannot be looked at.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    #[error("there is no digit #{index}; the bundled digits are #0000 to #{last:04}", last = digits::COUNT - 1)]
    NoDigit { index: usize },
    #[error("the drawing or picture {document} is no longer there; draw or paste it again")]
    NoDocument { document: String },
    #[error(transparent)]
    Picture(#[from] PictureError),
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
}

impl Source {
    /// Reads what `reference` names.
    ///
    /// # Errors
    /// A digit or document that does not exist, a file that is no picture.
    pub fn load(reference: &InputRef, documents: &Documents) -> Result<Self, InputError> {
        let missing = |id: &DocId| InputError::NoDocument { document: id.to_string() };
        match reference {
            InputRef::Digit(index) => Self::digit(*index),
            InputRef::File { path, .. } => Self::pixels(reference, &picture::open(path)?),
            InputRef::Pasted { picture, .. } => {
                let pasted = documents.picture(picture).ok_or_else(|| missing(picture))?;
                Self::pixels(reference, &pasted.picture()?)
            }
            InputRef::Drawing(id) => {
                let drawing = documents.drawing(id).ok_or_else(|| missing(id))?;
                Ok(Self {
                    reference: reference.clone(),
                    label: None,
                    verdict: if drawing.is_blank() { Verdict::NoInk } else { Verdict::Digit },
                    content: Content::Strokes(drawing.clone()),
                })
            }
        }
    }

    fn digit(index: usize) -> Result<Self, InputError> {
        let all = digits::bundled();
        if index >= all.len() {
            return Err(InputError::NoDigit { index });
        }
        let side = digits::SIDE;
        let pixels = all.image(index);
        let content =
            Content::Pixels(Array::from_fn(&[1, side, side], |i| f32::from(pixels[i]) / 255.0));
        let label = Some(all.labels()[index]);
        let reference = InputRef::Digit(index);
        Ok(Self { reference, label, verdict: Verdict::Digit, content })
    }

    fn pixels(reference: &InputRef, picture: &Picture) -> Result<Self, InputError> {
        let pixels = picture.to_array();
        let verdict = verdict::judge(&pixels)?;
        let content = Content::Pixels(pixels);
        Ok(Self { reference: reference.clone(), label: None, verdict, content })
    }

    /// Whether it is an empty pad.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        matches!(&self.content, Content::Strokes(_)) && self.verdict == Verdict::NoInk
    }

    /// Whether it can be prepared between two frames: neither the picture nor what its stages make of it
    /// is large.
    #[must_use]
    pub fn is_quick(&self, handling: &Handling, of_weights: &[Stage]) -> bool {
        let small = match &self.content {
            Content::Pixels(pixels) => pixels.len() <= QUICK_PIXELS,
            Content::Strokes(_) => true,
        };
        // Stages that only make large pictures smaller do not count.
        let grows = |stage: &Stage| match *stage {
            Stage::ScaleToFit { side }
            | Stage::CentreByMass { side }
            | Stage::Pad { side, .. }
            | Stage::Resize { shorter_side: side }
            | Stage::ScaleToHeight { height: side, .. }
            | Stage::PadRows { height: side, .. } => side * side > QUICK_PIXELS,
            Stage::PadTo { height, width, .. } => height * width > QUICK_PIXELS,
            Stage::FitWithin { .. }
            | Stage::FitInto { .. }
            | Stage::Grey {}
            | Stage::InvertIfPaperIsLight {}
            | Stage::LevelLight {}
            | Stage::CropToInk {}
            | Stage::Thicken { .. }
            | Stage::Normalise { .. }
            | Stage::CentreCrop { .. }
            | Stage::ChannelOrder { .. }
            | Stage::MeanScale { .. } => false,
        };
        small && !self.stages(handling, of_weights).iter().any(grows)
    }

    /// The stages that this picture passes, where `of_weights` belong to the network's weights.
    #[must_use]
    pub fn stages(&self, handling: &Handling, of_weights: &[Stage]) -> Vec<Stage> {
        if let Some(choices) = &handling.stages {
            return choices.iter().filter(|choice| choice.on).map(|c| c.stage.clone()).collect();
        }
        self.default_stages(handling, of_weights)
    }

    /// The same, before a person changed anything.
    #[must_use]
    pub fn default_stages(&self, handling: &Handling, of_weights: &[Stage]) -> Vec<Stage> {
        match (&self.content, handling.keep_size) {
            (Content::Strokes(_), true) => pipeline::drawn_line(),
            (Content::Pixels(_), true) if self.label.is_none() => pipeline::line(),
            (Content::Strokes(_), false) => centred(of_weights),
            // A digit lies as MNIST has it, unless somebody has moved it.
            (Content::Pixels(_), _) if self.label.is_some() => {
                if handling.raw.is_identity() {
                    pipeline::for_idx(of_weights).to_vec()
                } else {
                    centred(of_weights)
                }
            }
            (Content::Pixels(_), _) => of_weights.to_vec(),
        }
    }

    /// The picture itself, moved as the person wants it.
    fn original(&self, raw: Placement, keep_size: bool) -> Array {
        match &self.content {
            Content::Pixels(pixels) => raw.apply(pixels, border(pixels)),
            Content::Strokes(drawing) => {
                let scale = if keep_size { 1 } else { DRAWING_SCALE };
                drawing.raster_placed(scale, &raw)
            }
        }
    }

    /// Passes it through its stages.
    ///
    /// # Errors
    /// A stage that cannot be applied.
    pub fn prepare(
        self: &Arc<Self>,
        handling: &Handling,
        of_weights: &[Stage],
    ) -> Result<Input, InputError> {
        let stages = self.stages(handling, of_weights);
        let original = self.original(handling.raw, handling.keep_size);
        let steps = pipeline::run(&stages, &original)?;
        let tensor = steps.last().map_or(&original, |step| &step.image).clone();
        Ok(Input {
            source: Arc::clone(self),
            stages,
            raw: handling.raw,
            keep_size: handling.keep_size,
            touched: Touched::default(),
            fitted: false,
            original,
            steps,
            tensor,
        })
    }
}

impl Input {
    /// The image after the last stage.
    #[must_use]
    pub fn prepared(&self) -> &Array {
        self.steps.last().map_or(&self.original, |step| &step.image)
    }

    /// Makes the tensor: fitted to the network's input, moved, painted. Does nothing where that has
    /// been done.
    pub fn touch(&mut self, touched: Touched, paint: Option<&BTreeMap<u32, f32>>) {
        if self.touched == touched {
            return;
        }
        let fitted = fitted(self.prepared(), touched.shape);
        self.fitted = self.prepared().chw() != touched.shape;
        let moved = touched.placement.apply(&fitted, border(&fitted));
        self.tensor = match paint {
            Some(pixels) if !pixels.is_empty() => painted(&moved, pixels),
            _ => moved,
        };
        self.touched = touched;
    }

    /// Whether it is what `handling` makes of its source.
    #[must_use]
    pub fn is_made_by(&self, handling: &Handling, of_weights: &[Stage]) -> bool {
        (self.raw, self.keep_size) == (handling.raw, handling.keep_size)
            && self.stages == self.source.stages(handling, of_weights)
    }
}

/// The tensor of a bundled digit alone, for judging many.
///
/// # Errors
/// A digit that does not exist, a stage that cannot be applied.
pub fn digit_tensor(index: usize, shape: Shape, stages: &[Stage]) -> Result<Array, InputError> {
    let mut input = Arc::new(Source::digit(index)?).prepare(&Handling::default(), stages)?;
    input.touch(Touched { shape, ..Touched::default() }, None);
    Ok(input.tensor)
}

/// Whether the bundled weights were trained on this digit.
#[must_use]
pub fn was_trained_on(index: usize) -> bool {
    digits::range(Split::Train).contains(&index)
}

/// A blank pad for one digit, or for a line of `digits`.
#[must_use]
pub fn blank_pad(digits: u32) -> Drawing {
    let width = if digits <= 1 { drawing::HEIGHT } else { 32 * digits };
    Drawing::blank(width.min(drawing::MAX_WIDTH))
}

/// The stages of a drawing, up to those that every picture for these weights ends with.
fn centred(of_weights: &[Stage]) -> Vec<Stage> {
    let front = pipeline::drawing();
    let last = front.iter().position(|stage| matches!(stage, Stage::Pad { .. }));
    // Ink at the very edge would be taken for a shadow on a photo.
    let mut stages = vec![Stage::Pad { side: PAD_SIDE, value: 0.0 }];
    stages.extend_from_slice(&front[..last.unwrap_or(front.len())]);
    stages.extend_from_slice(pipeline::for_idx(of_weights));
    stages
}

/// The usual value along the border: what lies beyond it.
fn border(image: &Array) -> f32 {
    let map = image.map(0);
    let last = (map.height.saturating_sub(1), map.width.saturating_sub(1));
    let corners = [(0, 0), (0, last.1), (last.0, 0), last];
    let mut values = corners.map(|(y, x)| map.at(y, x));
    values.sort_by(f32::total_cmp);
    values[1]
}

fn painted(image: &Array, pixels: &BTreeMap<u32, f32>) -> Array {
    let mut values = image.values().to_vec();
    for (&place, &value) in pixels {
        if let Some(pixel) = values.get_mut(place as usize) {
            *pixel = value;
        }
    }
    Array::new(image.shape(), values).unwrap_or_else(|_| image.clone())
}

/// The tensor cut or padded with paper around its middle to the shape a made-up network wants; its
/// maps are repeated where more are asked for.
fn fitted(tensor: &Array, shape: Shape) -> Array {
    let [c, h, w] = tensor.chw();
    if [c, h, w] == shape {
        return tensor.clone();
    }
    let [_, rows, columns] = shape;
    let offset = |here: usize, there: usize| (here as i64 - there as i64) / 2;
    let (dy, dx) = (offset(h, rows), offset(w, columns));
    Array::from_fn(&shape, |i| {
        let (channel, y, x) = (i / (rows * columns), i / columns % rows, i % columns);
        let (y, x) = (y as i64 + dy, x as i64 + dx);
        let inside = (0..h as i64).contains(&y) && (0..w as i64).contains(&x);
        if inside { tensor.at([channel % c, y as usize, x as usize]) } else { PAPER }
    })
}
