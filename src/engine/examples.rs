//! What a network learns from and is judged on: images with labels, made ready one by one.

mod scrambled;
mod shifted;

pub use scrambled::{Scrambled, scramble};
pub use shifted::Shifted;

use candle_core::Tensor;

use super::augment::Augment;
use super::rng::{Purpose, Rng};
use super::{Counted, EngineError, lanes};
use crate::data::LabelledImages;
use crate::data::pipeline::{INK, PAPER};
use crate::network::Shape;

/// Images with labels. Images are made ready when a batch needs them, so that a set of 60,000 stays
/// the bytes that it was read as.
pub trait Examples: Sync {
    /// How many there are.
    fn len(&self) -> usize;

    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The shape of every image, `[c, h, w]`.
    fn shape(&self) -> Shape;

    /// The class of image `index`.
    fn label(&self, index: usize) -> usize;

    /// Writes image `index` as the network gets it, `[c, h, w]`.
    fn fill(&self, index: usize, image: &mut [f32]);

    /// The value of what lies around an image.
    fn paper(&self) -> f32 {
        PAPER
    }
}

/// Images of one size in bytes, grey or colour, in the middle of a larger sheet.
#[derive(Clone, Debug)]
pub struct ByteImages<'a> {
    height: usize,
    width: usize,
    pixels: &'a [u8],
    labels: &'a [u8],
    shape: Shape,
    /// What each byte becomes.
    values: [f32; 256],
    /// The sheet around the image.
    paper: f32,
}

impl<'a> ByteImages<'a> {
    /// `pixels` hold the images, of shape `found`, one after the other, channel by channel, as many as
    /// there are `labels`; `shape` is the network's input, with as many channels and no smaller; `value`
    /// is what a byte becomes. The sheet is what 0 becomes.
    ///
    /// # Errors
    /// If the pixels are not as many images, or the images do not fit on the sheet.
    pub fn new(
        found: Shape,
        pixels: &'a [u8],
        labels: &'a [u8],
        shape: Shape,
        value: impl Fn(u8) -> f32,
    ) -> Result<Self, EngineError> {
        let [channels, height, width] = found;
        let [c, h, w] = shape;
        if c != channels || height > h || width > w {
            let (expected, found) = (shape.to_vec(), found.to_vec());
            return Err(EngineError::Input { expected, found });
        }
        let expected = (channels * height * width).saturating_mul(labels.len());
        if pixels.len() != expected {
            return Err(EngineError::Count {
                what: Counted::Pixels,
                expected,
                found: pixels.len(),
            });
        }
        let values: [f32; 256] = std::array::from_fn(|byte| value(byte as u8));
        Ok(Self { height, width, pixels, labels, shape, values, paper: values[0] })
    }

    /// A set on sheets of `shape`: every byte, of grey and of colour, becomes its [`digit_value`], and the
    /// sheet is the set's paper.
    ///
    /// # Errors
    /// As [`ByteImages::new`].
    pub fn of(set: &'a LabelledImages, shape: Shape) -> Result<Self, EngineError> {
        let all = Self::new(set.shape(), set.pixels(), set.labels(), shape, digit_value)?;
        Ok(Self { paper: digit_value(set.paper()), ..all })
    }
}

/// What a byte becomes: 0 (a digit's paper, black) −0.1, 255 (its ink, white) 1.175 (`LeCun` 1998,
/// §II-B), so that a grey image has a mean near 0 and a variance near 1; the same in every channel of a
/// colour image. Computed as the preprocessing [`crate::data::pipeline::digit_idx`] computes it, bit for
/// bit.
#[must_use]
pub fn digit_value(byte: u8) -> f32 {
    PAPER + f32::from(byte) / 255.0 * (INK - PAPER)
}

/// The byte whose [`digit_value`] is nearest; what is not a number becomes paper.
#[must_use]
pub fn digit_byte(value: f32) -> u8 {
    // The cast saturates: blacker than black is black.
    ((value - PAPER) / (INK - PAPER) * 255.0).round() as u8
}

impl Examples for ByteImages<'_> {
    fn len(&self) -> usize {
        self.labels.len()
    }

    fn shape(&self) -> Shape {
        self.shape
    }

    fn label(&self, index: usize) -> usize {
        self.labels[index].into()
    }

    fn fill(&self, index: usize, image: &mut [f32]) {
        let [c, h, w] = self.shape;
        let (top, left) = ((h - self.height) / 2, (w - self.width) / 2);
        image.fill(self.paper);
        let area = self.height * self.width;
        let pixels = &self.pixels[index * c * area..][..c * area];
        let maps = pixels.chunks_exact(area.max(1)).zip(image.chunks_exact_mut(h * w));
        for (pixels, map) in maps {
            for (y, row) in pixels.chunks_exact(self.width).enumerate() {
                let map = &mut map[(top + y) * w + left..][..self.width];
                for (value, &byte) in map.iter_mut().zip(row) {
                    *value = self.values[usize::from(byte)];
                }
            }
        }
    }

    fn paper(&self) -> f32 {
        self.paper
    }
}

/// Some of a larger set.
pub struct Subset<'a> {
    pub all: &'a dyn Examples,
    /// Their numbers in `all`.
    pub numbers: Vec<usize>,
}

impl Examples for Subset<'_> {
    fn len(&self) -> usize {
        self.numbers.len()
    }

    fn shape(&self) -> Shape {
        self.all.shape()
    }

    fn label(&self, index: usize) -> usize {
        self.all.label(self.numbers[index])
    }

    fn fill(&self, index: usize, image: &mut [f32]) {
        self.all.fill(self.numbers[index], image);
    }

    fn paper(&self) -> f32 {
        self.all.paper()
    }
}

/// Keeps `kept` of the given numbers aside, chosen by the seed; returns (the others, the kept), both
/// in ascending order.
#[must_use]
pub fn hold_out(mut numbers: Vec<usize>, kept: usize, seed: u64) -> (Vec<usize>, Vec<usize>) {
    Rng::of(seed, Purpose::HoldOut, &[]).shuffle(&mut numbers);
    let mut others = numbers.split_off(kept.min(numbers.len()));
    numbers.sort_unstable();
    others.sort_unstable();
    (others, numbers)
}

/// Some images, packed, with their labels.
#[derive(Clone, Debug)]
pub struct Batch {
    /// `[⌈n/8⌉, c, h, w, 8]`.
    pub images: Tensor,
    pub labels: Vec<usize>,
}

/// Packs the examples with these numbers; with `distorted`, each is distorted at random, by the seed,
/// the epoch and its number.
///
/// # Errors
/// Only if candle refuses the tensor.
pub fn batch(
    examples: &dyn Examples,
    numbers: &[usize],
    distorted: Option<(&Augment, u64, usize)>,
) -> Result<Batch, EngineError> {
    let shape = examples.shape();
    let images = lanes::pack(numbers.len(), shape, |i, image| {
        let number = numbers[i];
        match distorted {
            None => examples.fill(number, image),
            Some((augment, seed, epoch)) => {
                let mut original = vec![0.0; image.len()];
                examples.fill(number, &mut original);
                augment.distort(
                    &[seed, Purpose::Distortion as u64, epoch as u64, number as u64],
                    shape,
                    &original,
                    image,
                );
            }
        }
    })?;
    Ok(Batch { images, labels: numbers.iter().map(|&number| examples.label(number)).collect() })
}
