//! Pictures: decoded, turned upright, laid on white.
//!
//! Limits are checked before anything is decoded. The first frame of an animation counts; CMYK,
//! 16-bit and grey files become 8-bit RGB.

mod decode;
mod format;

pub use decode::{MAX_PIXELS, decode, open};

use std::path::PathBuf;
use std::sync::Arc;

use super::files::{FileError, MAX_FILE_BYTES};
use crate::array::{Array, ShapeError};

/// The longer side, in pixels, that a picture has at most as an array. More only costs memory: no
/// network here sees more than 1,024 pixels.
pub const MAX_ARRAY_SIDE: usize = 2048;

/// An upright, opaque picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    rgb: Arc<[u8]>,
    /// What decoding did, for the captions of its stages.
    pub origin: Origin,
}

/// What the file was like.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// `PNG`, `JPEG`, …; nothing for a drawing.
    pub format: Option<&'static str>,
    /// The EXIF remark asked for turning or mirroring, and it was done.
    pub turned: bool,
    /// The file could be transparent; it was laid on white.
    pub transparent: bool,
}

/// Why a picture cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("the file is empty (0 bytes), save or copy it again: {path}")]
    Empty { path: PathBuf },
    #[error(
        "this is not a picture, whatever its name says, choose a BMP, GIF, JPEG, PNG, PNM, TIFF or \
         WebP file: {path}"
    )]
    NotAPicture { path: PathBuf },
    #[error("{format} files cannot be read, save it as JPEG or PNG: {path}")]
    Unsupported { format: String, path: PathBuf },
    #[error(
        "this kind of {format} file cannot be read, save it as an ordinary JPEG or PNG: {path}"
    )]
    UnsupportedKind { format: &'static str, path: PathBuf },
    #[error(
        "{width}×{height} pixels are more than the {} million that can be read, make it smaller: \
         {path}",
        MAX_PIXELS / 1_000_000
    )]
    TooManyPixels { width: u32, height: u32, path: PathBuf },
    #[error(
        "decoding the picture takes more than {} MB, save it as JPEG or PNG: {path}",
        MAX_FILE_BYTES >> 20
    )]
    TooMuchMemory { path: PathBuf },
    #[error("the file ends before its picture does, fetch or copy it again: {path}")]
    Truncated { path: PathBuf },
    #[error("the picture is damaged ({reason}), save it again as JPEG or PNG: {path}")]
    Damaged { reason: String, path: PathBuf },
}

impl Picture {
    /// A picture over red, green and blue bytes, row by row.
    ///
    /// # Errors
    /// If there are not 3 × `width` × `height` of them, or none.
    pub fn from_rgb(width: usize, height: usize, rgb: Vec<u8>) -> Result<Self, ShapeError> {
        let volume = width.checked_mul(height).and_then(|size| size.checked_mul(3));
        if rgb.is_empty() || volume != Some(rgb.len()) {
            return Err(ShapeError { shape: vec![3, height, width], values: rgb.len() });
        }
        Ok(Self { width, height, rgb: rgb.into(), origin: Origin::default() })
    }

    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// Red, green and blue bytes, row by row, `[height, width, 3]`.
    #[must_use]
    pub fn rgb(&self) -> &[u8] {
        &self.rgb
    }

    /// The picture as an array `[3, h, w]` of 0..1. A picture with a side over [`MAX_ARRAY_SIDE`] is
    /// made smaller by averaging square blocks.
    #[must_use]
    pub fn to_array(&self) -> Array {
        let block = self.width.max(self.height).div_ceil(MAX_ARRAY_SIDE);
        if block == 1 {
            let size = self.height * self.width;
            let value = |i| f32::from(self.rgb[i % size * 3 + i / size]) / 255.0;
            return Array::from_fn(&[3, self.height, self.width], value);
        }
        let (height, width) = (self.height.div_ceil(block), self.width.div_ceil(block));
        Array::from_fn(&[3, height, width], |index| {
            let (channel, y, x) = (index / (height * width), index / width % height, index % width);
            self.block_mean(channel, y * block, x * block, block)
        })
    }

    /// The mean of the block of side `side` whose first pixel is (`top`, `left`), 0..1; a block at
    /// the edge is cut off there.
    fn block_mean(&self, channel: usize, top: usize, left: usize, side: usize) -> f32 {
        let bottom = (top + side).min(self.height);
        let right = (left + side).min(self.width);
        let mut sum = 0.0;
        for y in top..bottom {
            for x in left..right {
                sum += f32::from(self.rgb[(y * self.width + x) * 3 + channel]);
            }
        }
        sum / (255 * (bottom - top) * (right - left)) as f32
    }
}
