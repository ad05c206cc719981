//! Why a set of labelled images cannot be loaded.

use std::path::PathBuf;

use super::files::FileError;
use super::idx::IdxError;
use super::image_folder::{MAX_CLASSES, MAX_IMAGE_BYTES, MAX_IMAGES, MAX_PIXEL_BYTES};
use super::picture::PictureError;
use super::pipeline::{MAX_SIDE, PipelineError};

/// One sentence: what is wrong, what to do and, last, where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DataError {
    #[error(transparent)]
    Idx(#[from] IdxError),
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Picture(#[from] PictureError),
    #[error(transparent)]
    Pipeline(#[from] PipelineError),
    #[error(
        "there are neither idx files here nor folders with images, one for each class, choose another \
         folder: {path}"
    )]
    NoClasses { path: PathBuf },
    #[error(
        "{class} is the only folder with images here, choose the folder whose sub-folders are the \
         classes: {path}"
    )]
    OneClass { class: String, path: PathBuf },
    #[error("the class {class} has no images, put some into its folder or remove it: {path}")]
    EmptyClass { class: String, path: PathBuf },
    #[error("{classes} classes are more than the {MAX_CLASSES} that can be told apart: {path}")]
    TooManyClasses { classes: usize, path: PathBuf },
    #[error("there are more than {MAX_IMAGES} images here, use a smaller set: {path}")]
    TooManyImages { path: PathBuf },
    #[error(
        "{bytes} bytes are more than the {MAX_IMAGE_BYTES} that an image of a set may have, make it \
         smaller: {path}"
    )]
    ImageTooLarge { bytes: u64, path: PathBuf },
    #[error(
        "{images} images of {} × {}×{} take more than {MAX_PIXEL_BYTES} bytes, use fewer of them or a \
         network with a smaller input: {path}",
        shape[0], shape[1], shape[2]
    )]
    TooLarge { images: usize, shape: [usize; 3], path: PathBuf },
    #[error(
        "the test images have a class {class} that the training images lack, add it to both: {path}"
    )]
    UnknownTestClass { class: String, path: PathBuf },
    #[error(
        "pictures become 1 or 3 channels of at most {MAX_SIDE}×{MAX_SIDE}, not {} × {}×{}, choose \
         another network",
        shape[0], shape[1], shape[2]
    )]
    Shape { shape: [usize; 3] },
    #[error(
        "Fashion-MNIST is not installed, get it with apt install dataset-fashion-mnist or choose a \
         folder with its four idx files; it was looked for in {path}"
    )]
    NoFashion { path: PathBuf },
    #[error("loading the images was stopped")]
    Stopped,
}
