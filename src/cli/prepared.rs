//! A labelled set, prepared by the stages that belong to the weights.

use super::CliError;
use crate::array::Array;
use crate::data::{LabelledImages, Stage, pipeline};
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
    /// A stage that does not fit the images, or a result that does not fit the network.
    pub fn new(
        images: &LabelledImages,
        own: &[Stage],
        network: &Network,
    ) -> Result<Self, CliError> {
        let stages = pipeline::for_idx(own);
        let shape = network.input();
        let mut values = Vec::with_capacity(images.len() * shape.iter().product::<usize>());
        for index in 0..images.len() {
            let tensor = pipeline::tensor(stages, &grey(images, index))?;
            if tensor.chw() != shape {
                return Err(CliError::Prepared {
                    network: network.name.clone(),
                    found: tensor.chw(),
                    needed: shape,
                });
            }
            values.extend_from_slice(tensor.values());
        }
        Ok(Self { shape, values, labels: images.labels().to_vec() })
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
