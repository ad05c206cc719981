//! Images with labels: what a network is trained and judged on.

/// `n` images of one shape, grey or colour, each with the number of its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledImages {
    /// `[channels, height, width]`.
    shape: [usize; 3],
    pixels: Vec<u8>,
    labels: Vec<u8>,
    paper: u8,
}

/// Pixels and labels that do not belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{pixels} pixels are not {labels} images of {channels} × {height}×{width}")]
pub struct CountError {
    pub pixels: usize,
    pub labels: usize,
    pub channels: usize,
    pub height: usize,
    pub width: usize,
}

impl LabelledImages {
    /// Grey images: `pixels` hold them one after the other, row by row, 0 to 255; in digits 0 is paper.
    ///
    /// # Errors
    /// If there are not `labels.len()` × `height` × `width` pixels.
    pub fn new(
        height: usize,
        width: usize,
        pixels: Vec<u8>,
        labels: Vec<u8>,
    ) -> Result<Self, CountError> {
        Self::of_shape([1, height, width], pixels, labels)
    }

    /// Images of shape `[channels, height, width]`, one after the other, channel by channel.
    ///
    /// # Errors
    /// If there are not `labels.len()` times as many pixels.
    pub fn of_shape(
        shape: [usize; 3],
        pixels: Vec<u8>,
        labels: Vec<u8>,
    ) -> Result<Self, CountError> {
        let volume = shape.iter().try_fold(labels.len(), |volume, &side| volume.checked_mul(side));
        if volume == Some(pixels.len()) {
            Ok(Self { shape, pixels, labels, paper: 0 })
        } else {
            let [channels, height, width] = shape;
            let labels = labels.len();
            Err(CountError { pixels: pixels.len(), labels, channels, height, width })
        }
    }

    /// The same with `paper` as the byte of what lies around an image, in every channel; without it, 0.
    #[must_use]
    pub fn with_paper(self, paper: u8) -> Self {
        Self { paper, ..self }
    }

    /// `[channels, height, width]` of every image.
    #[must_use]
    pub fn shape(&self) -> [usize; 3] {
        self.shape
    }

    /// 1 in grey images, 3 in colour.
    #[must_use]
    pub fn channels(&self) -> usize {
        self.shape[0]
    }

    #[must_use]
    pub fn height(&self) -> usize {
        self.shape[1]
    }

    #[must_use]
    pub fn width(&self) -> usize {
        self.shape[2]
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

    /// The byte of what lies around an image.
    #[must_use]
    pub fn paper(&self) -> u8 {
        self.paper
    }

    /// All pixels, `[n, channels, height, width]`.
    #[must_use]
    pub fn pixels(&self) -> &[u8] {
        &self.pixels
    }

    /// The class of each image.
    #[must_use]
    pub fn labels(&self) -> &[u8] {
        &self.labels
    }

    /// The pixels of image `index`, `[channels, height, width]`; `index` is below
    /// [`LabelledImages::len`].
    #[must_use]
    pub fn image(&self, index: usize) -> &[u8] {
        let size: usize = self.shape.iter().product();
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
        Self { shape: self.shape, pixels, labels, paper: self.paper }
    }
}
