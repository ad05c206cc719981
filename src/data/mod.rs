//! Everything that enters from outside: digits, idx files, pictures and folders of them, and how they are
//! prepared.
//!
//! Loaders take bytes or `impl Read`, with thin wrappers for paths, so that the same code can serve
//! a web page. Nothing is reserved on the word of a file: sizes are checked first. Every error is a
//! sentence that says what is wrong, what to do and, last, where.

pub mod digits;
pub mod drawing;
mod error;
pub mod files;
pub mod idx;
pub mod image_folder;
pub mod labelled;
pub mod overview;
pub mod picture;
pub mod pipeline;
pub mod placement;
pub mod set;
pub mod verdict;

pub use drawing::{Drawing, DrawingError};
pub use error::DataError;
pub use files::FileError;
pub use idx::{IdxError, IdxFolder, Split};
pub use image_folder::ImageFolder;
pub use labelled::LabelledImages;
pub use picture::{Picture, PictureError};
pub use pipeline::{PipelineError, Stage, Step};
pub use placement::Placement;
pub use set::{DataRef, DataSet};
pub use verdict::Verdict;
