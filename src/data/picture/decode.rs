//! From a file's bytes to a [`Picture`].

use std::io::{Cursor, ErrorKind};
use std::path::Path;

use image::error::LimitErrorKind;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::format::{self, Guess};
use super::{Origin, Picture, PictureError};
use crate::data::files::{self, MAX_FILE_BYTES};

/// Larger pictures are refused before they are decoded: 64 megapixels.
pub const MAX_PIXELS: u64 = 64_000_000;

/// Reads and decodes the picture in a file.
///
/// # Errors
/// If the file cannot be read, or as [`decode`].
pub fn open(path: &Path) -> Result<Picture, PictureError> {
    decode(&files::read(path)?, path)
}

/// Decodes a picture; `name` only serves the messages.
///
/// # Errors
/// Bytes that are no picture, one of a format that is not read, too large, cut off or damaged.
pub fn decode(bytes: &[u8], name: &Path) -> Result<Picture, PictureError> {
    let path = || name.to_path_buf();
    if bytes.is_empty() {
        return Err(PictureError::Empty { path: path() });
    }
    let (format, format_name) = match format::guess(bytes) {
        Guess::Readable(format, name) => (format, name),
        Guess::Refused(format) => {
            return Err(PictureError::Unsupported { format: format.into(), path: path() });
        }
        Guess::Unknown => return Err(PictureError::NotAPicture { path: path() }),
    };
    if format == ImageFormat::Jpeg && format::jpeg_is_cut_off(bytes) {
        return Err(PictureError::Truncated { path: path() });
    }
    let fail = |error| explain(&error, format_name, name);

    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_FILE_BYTES);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(fail)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(PictureError::TooManyPixels { width, height, path: path() });
    }
    // A remark that cannot be read is no reason to refuse the picture.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut image = DynamicImage::from_decoder(decoder).map_err(fail)?;
    image.apply_orientation(orientation);

    let origin = Origin {
        format: Some(format_name),
        turned: orientation != Orientation::NoTransforms,
        transparent: image.color().has_alpha(),
    };
    let (width, height) = (image.width() as usize, image.height() as usize);
    let picture = Picture::from_rgb(width, height, on_white(image)).map_err(|_| {
        PictureError::Damaged { reason: format!("{width}×{height} pixels"), path: path() }
    })?;
    Ok(Picture { origin, ..picture })
}

/// Red, green and blue; where the image is transparent, white shows through.
fn on_white(image: DynamicImage) -> Vec<u8> {
    if !image.color().has_alpha() {
        return image.into_rgb8().into_raw();
    }
    let mut rgb = Vec::new();
    let rgba = image.into_rgba8();
    rgb.reserve_exact(rgba.len() / 4 * 3);
    for [colour @ .., alpha] in rgba.as_raw().as_chunks::<4>().0 {
        let alpha = u32::from(*alpha);
        let lay = |value: u8| (u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255;
        rgb.extend(colour.map(|value| lay(value) as u8));
    }
    rgb
}

fn explain(error: &ImageError, format: &'static str, name: &Path) -> PictureError {
    let path = name.to_path_buf();
    match error {
        ImageError::Limits(limit) if matches!(limit.kind(), LimitErrorKind::InsufficientMemory) => {
            PictureError::TooMuchMemory { path }
        }
        ImageError::IoError(io) if io.kind() == ErrorKind::UnexpectedEof => {
            PictureError::Truncated { path }
        }
        ImageError::Unsupported(_) => PictureError::UnsupportedKind { format, path },
        other => PictureError::Damaged { reason: other.to_string(), path },
    }
}
