//! Images with labels: what a network is trained and judged on.

/// `n` grey images of one size, each with the number of its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledImages {
    height: usize,
    width: usize,
    pixels: Vec<u8>,
    labels: Vec<u8>,
}

/// Pixels and labels that do not belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pixels} pixels are not {labels} images of {height}×{width}")]
pub struct CountError {
    pub pixels: usize,
    pub labels: usize,
    pub height: usize,
    pub width: usize,
}

impl LabelledImages {
    /// `pixels` hold the images one after the other, row by row, 0 to 255; in digits 0 is paper.
    ///
    /// # Errors
    /// If there are not `labels.len()` × `height` × `width` pixels.
    pub fn new(
        height: usize,
        width: usize,
        pixels: Vec<u8>,
        labels: Vec<u8>,
    ) -> Result<Self, CountError> {
        let volume = height.checked_mul(width).and_then(|size| size.checked_mul(labels.len()));
        if volume == Some(pixels.len()) {
            Ok(Self { height, width, pixels, labels })
        } else {
            Err(CountError { pixels: pixels.len(), labels: labels.len(), height, width })
        }
    }

    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// The number of images.
    #[must_use]
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// All pixels, `[n, height, width]`.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The class of each image.
    #[must_use]
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// The pixels of image `index`, `[height, width]`; `index` is below [`LabelledImages::len`].
    #[must_use]
    pub fn image(&self, index: usize) -> &[u8] {
        let size = self.height * self.width;
        &self.pixels[index * size..][..size]
    }

    /// The images at `indices` (each below [`LabelledImages::len`]), in that order.
    #[must_use]
    pub fn subset(&self, indices: impl IntoIterator<Item = usize>) -> Self {
        let mut pixels = Vec::new();
        let mut labels = Vec::new();
        for index in indices {
            pixels.extend_from_slice(self.image(index));
            labels.push(self.labels[index]);
        }
        Self { height: self.height, width: self.width, pixels, labels }
    }
}
