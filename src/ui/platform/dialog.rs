//! The system's file dialogs. They may return nothing at once, or never, on a bare window manager:
//! so they run on a thread of their own, and a path can always be typed instead.

use std::path::PathBuf;

const PICTURES: [&str; 12] =
    ["png", "jpg", "jpeg", "gif", "bmp", "webp", "tif", "tiff", "pnm", "pgm", "ppm", "pbm"];

/// A picture, weights, a network or a scene; `None` if the person changed their mind.
#[must_use]
pub fn choose_file() -> Option<PathBuf> {
    rfd::FileDialog::new()
        .add_filter("png, jpg, …", &PICTURES)
        .add_filter("safetensors", &["safetensors"])
        .add_filter("json", &["json"])
        .pick_file()
}

/// A folder; `None` if the person changed their mind.
#[must_use]
pub fn choose_folder() -> Option<PathBuf> {
    rfd::FileDialog::new().pick_folder()
}

/// Where to save a file; `None` if the person changed their mind.
#[must_use]
pub fn choose_where_to_save(name: &str) -> Option<PathBuf> {
    rfd::FileDialog::new().set_file_name(name).save_file()
}
