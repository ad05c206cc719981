//! A picture that came from the clipboard and lies in no file.

use std::io::Cursor;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use image::{ImageFormat, RgbImage, imageops};
use serde::{Deserialize, Serialize};

use crate::data::{Picture, PictureError, picture};

/// The longer side that is kept: no network here sees more.
const LONGEST: u32 = 1024;

/// A PNG file, as text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pasted {
    png: String,
}

impl Pasted {
    /// Keeps a picture of the clipboard: red, green, blue and alpha bytes, laid on white. `None` if
    /// there are not four bytes for each pixel.
    #[must_use]
    pub fn from_rgba(width: usize, height: usize, rgba: &[u8]) -> Option<Self> {
        let expected = width.checked_mul(height)?.checked_mul(4)?;
        if rgba.is_empty() || rgba.len() != expected {
            return None;
        }
        let over_white = |&[r, g, b, a]: &[u8; 4]| {
            let mix = |v: u8| {
                ((u32::from(v) * u32::from(a) + 255 * (255 - u32::from(a)) + 127) / 255) as u8
            };
            [mix(r), mix(g), mix(b)]
        };
        let rgb: Vec<u8> = rgba.as_chunks::<4>().0.iter().flat_map(over_white).collect();
        let mut image =
            RgbImage::from_raw(u32::try_from(width).ok()?, u32::try_from(height).ok()?, rgb)?;
        let longer = image.width().max(image.height());
        if longer > LONGEST {
            let side = |side: u32| (side * LONGEST / longer).max(1);
            let size = (side(image.width()), side(image.height()));
            image = imageops::resize(&image, size.0, size.1, imageops::FilterType::Triangle);
        }
        let mut png = Vec::new();
        image.write_to(&mut Cursor::new(&mut png), ImageFormat::Png).ok()?;
        Some(Self { png: BASE64_STANDARD.encode(png) })
    }

    /// The picture itself, read as any file would be.
    ///
    /// # Errors
    /// If a scene file holds something else under this name.
    pub fn picture(&self) -> Result<Picture, PictureError> {
        let bytes = BASE64_STANDARD.decode(&self.png).unwrap_or_default();
        picture::decode(&bytes, std::path::Path::new("clipboard.png"))
    }
}
