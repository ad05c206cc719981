//! A labelled set, prepared by the stages that belong to the weights.

use super::CliError;
use super::image_source::{Kind, Source};
use crate::array::{Array, volume};
use crate::data::image_folder::Entry;
use crate::data::{DataError, ImageFolder, LabelledImages, Split, Stage, picture, pipeline};
use crate::engine::examples::Examples;
use crate::network::{Network, Shape};

/// Images as the network gets them.
pub struct Prepared {
    shape: Shape,
    /// All images, one after the other.
    values: Vec<f32>,
    labels: Vec<u8>,
}

impl Prepared {
    /// Passes every image through the stages that finished 28×28 images need.
    ///
    /// # Errors
    /// More values than [`crate::array::MAX_VALUES`], a stage that does not fit the images, or a result that
    /// does not fit the network.
    pub fn new(
        images: &LabelledImages,
        own: &[Stage],
        network: &Network,
    ) -> Result<Self, CliError> {
        let stages = pipeline::for_idx(own);
        let (count, shape) = (images.len(), network.input());
        if !Self::can_hold(count, shape) {
            return Err(CliError::TooManyImages { images: count, shape });
        }
        let mut prepared = Self::empty(network, count);
        for index in 0..images.len() {
            let tensor = pipeline::tensor(stages, &grey(images, index))?;
            prepared.push(&tensor, images.labels()[index], network)?;
        }
        Ok(prepared)
    }

    /// Passes pictures in files through the same stages as a single one goes through.
    ///
    /// # Errors
    /// As [`Prepared::new`], a picture that cannot be read, or more values than [`crate::array::MAX_VALUES`].
    pub fn of_pictures(
        folder: &ImageFolder,
        splits: &[Split],
        own: &[Stage],
        network: &Network,
    ) -> Result<Self, CliError> {
        let entries: Vec<&Entry> = splits.iter().flat_map(|&split| folder.images(split)).collect();
        let (images, shape) = (entries.len(), network.input());
        if !Self::can_hold(images, shape) {
            return Err(DataError::TooLarge { images, shape, path: folder.path().into() }.into());
        }
        let mut prepared = Self::empty(network, images);
        for Entry { path, class } in entries {
            let values = picture::open(path)?.to_array();
            let source = Source { values, kind: Kind::File, name: String::new() };
            let tensor = source.prepare(&source.stages(network, Some(own.to_vec())), network)?;
            prepared.push(&tensor, *class, network)?;
        }
        Ok(prepared)
    }

    /// Whether so many images of this shape are few enough for memory.
    fn can_hold(images: usize, [c, h, w]: Shape) -> bool {
        volume(&[images, c, h, w]).is_some()
    }

    /// No images yet, with room for as many.
    fn empty(network: &Network, count: usize) -> Self {
        let shape = network.input();
        let values = Vec::with_capacity(count * shape.iter().product::<usize>());
        Self { shape, values, labels: Vec::with_capacity(count) }
    }

    fn push(&mut self, tensor: &Array, label: u8, network: &Network) -> Result<(), CliError> {
        if tensor.chw() != self.shape {
            return Err(CliError::Prepared {
                network: network.name.clone(),
                found: tensor.chw(),
                needed: self.shape,
            });
        }
        self.values.extend_from_slice(tensor.values());
        self.labels.push(label);
        Ok(())
    }

    /// Each image by itself, `[c, h, w]`.
    #[must_use]
    pub fn arrays(&self) -> Vec<Array> {
        let size = self.shape.iter().product::<usize>().max(1);
        let images = self.values.chunks_exact(size);
        images.map(|image| Array::from_fn(&self.shape, |i| image[i])).collect()
    }
}

/// Image `index`, `[1, h, w]` of 0..1.
pub fn grey(images: &LabelledImages, index: usize) -> Array {
    let pixels = images.image(index);
    let shape = [1, images.height(), images.width()];
    Array::from_fn(&shape, |i| f32::from(pixels[i]) / 255.0)
}

impl Examples for Prepared {
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
        image.copy_from_slice(&self.values[index * image.len()..][..image.len()]);
    }
}
