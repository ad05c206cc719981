//! The system's clipboard. It may belong to nobody, or to nothing at all: every failure is a sentence.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use arboard::{Clipboard, ImageData};

use crate::render::Image;
use crate::ui::scene::Pasted;
use crate::ui::studio::{SharedError, StudioError};

/// Kept as long as the program runs: on X11 what was copied lives with the one who copied it.
static CLIPBOARD: Mutex<Option<Clipboard>> = Mutex::new(None);

/// The picture in the clipboard.
///
/// # Errors
/// If there is none, or no clipboard.
pub fn picture() -> Result<Pasted, SharedError> {
    let none = || -> SharedError { Arc::new(StudioError::NoPictureInClipboard) };
    let image = with(|clipboard| match clipboard.get_image() {
        Ok(image) => Ok(Some(image)),
        Err(arboard::Error::ContentNotAvailable | arboard::Error::ConversionFailure) => Ok(None),
        Err(other) => Err(other),
    })?;
    let image = image.ok_or_else(none)?;
    Pasted::from_rgba(image.width, image.height, &image.bytes).ok_or_else(none)
}

/// Puts a text into the clipboard.
///
/// # Errors
/// If there is no clipboard.
pub fn put_text(text: String) -> Result<(), SharedError> {
    with(|clipboard| clipboard.set_text(text))
}

/// Puts a picture into the clipboard.
///
/// # Errors
/// If there is no clipboard.
pub fn put_picture(image: Image) -> Result<(), SharedError> {
    let (width, height) = (image.width as usize, image.height as usize);
    with(|clipboard| {
        clipboard.set_image(ImageData { width, height, bytes: Cow::Owned(image.rgba) })
    })
}

fn with<T>(
    job: impl FnOnce(&mut Clipboard) -> Result<T, arboard::Error>,
) -> Result<T, SharedError> {
    let fail = |error: arboard::Error| -> SharedError {
        Arc::new(StudioError::Clipboard { reason: error.to_string() })
    };
    let mut known = CLIPBOARD.lock().unwrap_or_else(PoisonError::into_inner);
    let clipboard = match known.as_mut() {
        Some(clipboard) => clipboard,
        None => known.insert(Clipboard::new().map_err(fail)?),
    };
    job(clipboard).map_err(fail)
}
