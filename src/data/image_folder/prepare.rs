//! From picture files of any size to images of one shape.
//!
//! What is done, with the stages of [`crate::data::pipeline`]: a picture larger than the network's input is
//! made smaller, in proportion (`fit_within`, `fit_into`); a smaller one keeps its size. For a grey network it
//! becomes grey (`grey`), and where most pictures of the folder are dark on light, as ink on paper is, each one
//! that is becomes light on dark (`invert_if_paper_is_light`), as MNIST is and as those networks expect. Last,
//! it is laid in the middle of a sheet of the network's size: black for a grey network; for a colour network of
//! the grey that most pictures have along their edge. Light is not levelled and nothing is cut away: the
//! pictures may show anything.

use super::{Entry, GoOn, ImageFolder, MAX_IMAGE_BYTES, MAX_PIXEL_BYTES};
use crate::array::Array;
use crate::data::error::DataError;
use crate::data::files;
use crate::data::idx::Split;
use crate::data::labelled::LabelledImages;
use crate::data::picture;
use crate::data::pipeline::{
    INK, MAX_SIDE, PAPER, Plane, Stage, luminance, paper_is_light, quantile,
};

/// So many pictures tell what the paper is like.
const SAMPLE: usize = 64;

/// How the pictures of a folder become images of one shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preparation {
    /// The network's input, `[channels, height, width]`, 1 or 3 channels.
    pub shape: [usize; 3],
    /// Height and width that the largest pictures get on their sheet.
    pub room: [usize; 2],
    /// Whether dark on light becomes light on dark.
    pub inverts: bool,
    /// The byte of the sheet around a picture.
    pub paper: u8,
}

impl ImageFolder {
    /// What is to be done with the folder's pictures, decided by some of the training split.
    ///
    /// # Errors
    /// A shape that no picture can get, a picture that cannot be read, or [`DataError::Stopped`].
    pub fn preparation(
        &self,
        shape: [usize; 3],
        go_on: GoOn<'_>,
    ) -> Result<Preparation, DataError> {
        let [channels, height, width] = shape;
        let sane = |side| (1..=MAX_SIDE).contains(&side);
        if !matches!(channels, 1 | 3) || !sane(height) || !sane(width) {
            return Err(DataError::Shape { shape });
        }
        let plain = Preparation { shape, room: [height, width], inverts: false, paper: 0 };
        let all = self.images(Split::Train);
        let count = SAMPLE.min(all.len());
        let (mut light, mut edges) = (0, Vec::new());
        for number in 0..count {
            if !go_on(0, all.len()) {
                return Err(DataError::Stopped);
            }
            let picture = plain.fitted(&open(&all[number * all.len() / count])?)?;
            if channels == 1 {
                light += usize::from(paper_is_light(&Plane::of(&picture, 0)));
            } else {
                edges.push(quantile(edge(&luminance(&picture)), 0.5));
            }
        }
        Ok(Preparation { inverts: 2 * light > count, paper: byte(quantile(edges, 0.5)), ..plain })
    }

    /// The images of a split, made ready.
    ///
    /// # Errors
    /// More than [`MAX_PIXEL_BYTES`], a picture that cannot be read (named), or [`DataError::Stopped`].
    pub fn read(
        &self,
        split: Split,
        how: &Preparation,
        go_on: GoOn<'_>,
    ) -> Result<LabelledImages, DataError> {
        let entries = self.images(split);
        let size: usize = how.shape.iter().product();
        let images = entries.len();
        let too_large =
            || DataError::TooLarge { images, shape: how.shape, path: self.path.clone() };
        if size as u64 * images as u64 > MAX_PIXEL_BYTES {
            return Err(too_large());
        }
        let mut pixels = Vec::with_capacity(size * images);
        for (done, entry) in entries.iter().enumerate() {
            if !go_on(done, images) {
                return Err(DataError::Stopped);
            }
            how.append(&open(entry)?, &mut pixels)?;
        }
        let labels = entries.iter().map(|entry| entry.class).collect();
        let set = LabelledImages::of_shape(how.shape, pixels, labels).map_err(|_| too_large())?;
        Ok(set.with_paper(how.paper))
    }
}

impl Preparation {
    /// The same as stages, for a single picture: what belongs to weights that such images trained.
    #[must_use]
    pub fn stages(&self) -> Vec<Stage> {
        let [channels, height, width] = self.shape;
        let mut stages = vec![Stage::fit(self.room)];
        if channels == 1 {
            stages.push(Stage::Grey {});
        }
        if self.inverts {
            stages.push(Stage::InvertIfPaperIsLight {});
        }
        stages.push(Stage::sheet([height, width], f32::from(self.paper) / 255.0));
        stages.push(Stage::Normalise { paper: PAPER, ink: INK });
        stages
    }

    /// `[3, h, w]` no larger than the sheet, in proportion; grey where the network is.
    fn fitted(&self, picture: &Array) -> Result<Array, DataError> {
        let fitted = Stage::fit(self.room).apply(picture)?;
        Ok(if self.shape[0] == 1 { Stage::Grey {}.apply(&fitted)? } else { fitted })
    }

    /// Appends a picture as the bytes of its sheet.
    fn append(&self, picture: &Array, pixels: &mut Vec<u8>) -> Result<(), DataError> {
        let mut image = self.fitted(picture)?;
        if self.inverts {
            image = Stage::InvertIfPaperIsLight {}.apply(&image)?;
        }
        let [channels, height, width] = self.shape;
        let [_, rows, columns] = image.chw();
        let (top, left) = ((height - rows) / 2, (width - columns) / 2);
        for channel in 0..channels {
            let start = pixels.len();
            pixels.resize(start + height * width, self.paper);
            for (y, row) in image.map(channel).values.chunks_exact(columns).enumerate() {
                let sheet = &mut pixels[start + (top + y) * width + left..][..columns];
                for (pixel, &value) in sheet.iter_mut().zip(row) {
                    *pixel = byte(value);
                }
            }
        }
        Ok(())
    }
}

/// The picture in a file, `[3, h, w]` of 0..1.
fn open(entry: &Entry) -> Result<Array, DataError> {
    let path = &entry.path;
    // The file may have grown since it was found.
    let bytes = files::read_at_most(path, MAX_IMAGE_BYTES)?
        .map_err(|bytes| DataError::ImageTooLarge { bytes, path: path.clone() })?;
    Ok(picture::decode(&bytes, path)?.to_array())
}

/// The values along the edge.
fn edge(plane: &Plane) -> impl Iterator<Item = f32> {
    let (height, width) = (plane.height, plane.width);
    plane.values.iter().enumerate().filter_map(move |(i, &value)| {
        let (y, x) = (i / width, i % width);
        (y == 0 || x == 0 || y + 1 == height || x + 1 == width).then_some(value)
    })
}

fn byte(value: f32) -> u8 {
    (value * 255.0).round() as u8
}
