//! What a network learns from and is judged on: images with labels, made ready one by one.

use candle_core::Tensor;

use super::augment::Augment;
use super::rng::Rng;
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
}

/// Grey images of one size in bytes, such as MNIST's, in the middle of a larger sheet.
#[derive(Clone, Debug)]
pub struct GreyImages<'a> {
    height: usize,
    width: usize,
    pixels: &'a [u8],
    labels: &'a [u8],
    shape: Shape,
    /// What each byte becomes; byte 0 is also the sheet around the image.
    values: [f32; 256],
}

impl<'a> GreyImages<'a> {
    /// `pixels` hold the images `[height, width]` one after the other, as many as there are `labels`;
    /// `shape` is the network's input, `value` what a byte becomes.
    ///
    /// # Errors
    /// If the pixels are not as many images, or the images do not fit on the sheet.
    pub fn new(
        [height, width]: [usize; 2],
        pixels: &'a [u8],
        labels: &'a [u8],
        shape: Shape,
        value: impl Fn(u8) -> f32,
    ) -> Result<Self, EngineError> {
        let [c, h, w] = shape;
        if c != 1 || height > h || width > w {
            let found = vec![1, height, width];
            return Err(EngineError::Input { expected: shape.to_vec(), found });
        }
        let expected = (height * width).saturating_mul(labels.len());
        if pixels.len() != expected {
            return Err(EngineError::Count {
                what: Counted::Pixels,
                expected,
                found: pixels.len(),
            });
        }
        let values = std::array::from_fn(|byte| value(byte as u8));
        Ok(Self { height, width, pixels, labels, shape, values })
    }

    /// A set of digits on sheets of `shape`, made ready as [`crate::data::pipeline::digit_idx`] does.
    ///
    /// # Errors
    /// As [`GreyImages::new`].
    pub fn digits(set: &'a LabelledImages, shape: Shape) -> Result<Self, EngineError> {
        Self::new([set.height(), set.width()], set.pixels(), set.labels(), shape, digit_value)
    }
}

/// What a byte of a digit becomes: 0 (paper) −0.1, 255 (ink) 1.175 (`LeCun` 1998, §II-B). Computed as
/// the preprocessing [`crate::data::pipeline::digit_idx`] computes it, bit for bit.
#[must_use]
pub fn digit_value(byte: u8) -> f32 {
    PAPER + f32::from(byte) / 255.0 * (INK - PAPER)
}

impl Examples for GreyImages<'_> {
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
        let [_, h, w] = self.shape;
        let (top, left) = ((h - self.height) / 2, (w - self.width) / 2);
        image.fill(self.values[0]);
        let pixels = &self.pixels[index * self.height * self.width..][..self.height * self.width];
        for (y, row) in pixels.chunks_exact(self.width).enumerate() {
            let image = &mut image[(top + y) * w + left..][..self.width];
            for (value, &byte) in image.iter_mut().zip(row) {
                *value = self.values[usize::from(byte)];
            }
        }
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
}

/// Keeps `kept` of the given numbers aside, chosen by the seed; returns (the others, the kept), both
/// in ascending order.
#[must_use]
pub fn hold_out(mut numbers: Vec<usize>, kept: usize, seed: u64) -> (Vec<usize>, Vec<usize>) {
    const PURPOSE: u64 = 1;
    Rng::new(&[seed, PURPOSE]).shuffle(&mut numbers);
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
    const PURPOSE: u64 = 3;
    let shape = examples.shape();
    let images = lanes::pack(numbers.len(), shape, |i, image| {
        let number = numbers[i];
        match distorted {
            None => examples.fill(number, image),
            Some((augment, seed, epoch)) => {
                let mut original = vec![0.0; image.len()];
                examples.fill(number, &mut original);
                augment.distort(
                    &[seed, PURPOSE, epoch as u64, number as u64],
                    shape,
                    &original,
                    image,
                );
            }
        }
    })?;
    Ok(Batch { images, labels: numbers.iter().map(|&number| examples.label(number)).collect() })
}
