use super::{AnyError, Told, bytes, told};
use crate::data::drawing::{MAX_LENGTH, MAX_POINTS, MAX_WIDTH};
use crate::data::files::MAX_FILE_BYTES;
use crate::data::idx::{CLASSES, Content};
use crate::data::image_folder::{MAX_CLASSES, MAX_IMAGE_BYTES, MAX_IMAGES, MAX_PIXEL_BYTES};
use crate::data::labelled::CountError;
use crate::data::picture::MAX_PIXELS;
use crate::data::pipeline::MAX_SIDE;
use crate::data::{DataError, DrawingError, FileError, IdxError, PictureError, PipelineError};
use crate::locale::Message;

pub fn message(error: &AnyError) -> Option<Message> {
    told::<FileError>(error)
        .or_else(|| told::<IdxError>(error))
        .or_else(|| told::<CountError>(error))
        .or_else(|| told::<DataError>(error))
        .or_else(|| told::<PictureError>(error))
        .or_else(|| told::<PipelineError>(error))
        .or_else(|| told::<DrawingError>(error))
}

impl Told for DrawingError {
    fn message(&self) -> Message {
        match self {
            Self::Width { width } => {
                Message::new("error-drawing-width").with("width", width).with("limit", MAX_WIDTH)
            }
            Self::Points { points } => Message::new("error-drawing-points")
                .with("points", points)
                .with("limit", MAX_POINTS),
            Self::Point { stroke } => Message::new("error-drawing-point").with("stroke", stroke),
            Self::Length { length } => Message::new("error-drawing-length")
                .with("length", length)
                .with("limit", MAX_LENGTH),
        }
    }
}

impl Told for FileError {
    fn message(&self) -> Message {
        let (message, path) = match self {
            Self::Missing { path } => (Message::new("error-file-missing"), path),
            Self::Permission { path } => (Message::new("error-file-permission"), path),
            Self::Folder { path } => (Message::new("error-file-folder"), path),
            Self::Special { path } => (Message::new("error-file-special"), path),
            Self::TooLarge { bytes: size, path } => (
                Message::new("error-file-too-large")
                    .with("bytes", bytes(*size))
                    .with("limit", bytes(MAX_FILE_BYTES)),
                path,
            ),
            Self::Failed { reason, path } => {
                (Message::new("error-file-failed").with("reason", reason), path)
            }
        };
        message.with("path", path.display())
    }
}

impl Told for IdxError {
    fn message(&self) -> Message {
        let (message, path) = match self {
            Self::File(error) => return error.message(),
            Self::NoFolder { path } => (Message::new("error-idx-no-folder"), path),
            Self::NotAFolder { path } => (Message::new("error-idx-not-a-folder"), path),
            Self::NoFiles { path } => (Message::new("error-idx-no-files"), path),
            Self::HalfPair { missing, path } => {
                (Message::new("error-idx-half-pair").with("missing", missing), path)
            }
            Self::NotIdx { expected, path } => {
                let message = match expected {
                    Content::Images => Message::new("error-idx-not-images"),
                    Content::Labels => Message::new("error-idx-not-labels"),
                };
                (message, path)
            }
            Self::Truncated { expected, found, path } => (
                Message::new("error-idx-truncated")
                    .with("expected", bytes(*expected))
                    .with("found", bytes(*found)),
                path,
            ),
            Self::Trailing { expected, path } => {
                (Message::new("error-idx-trailing").with("expected", bytes(*expected)), path)
            }
            Self::TooLarge { count, height, width, path } => (
                Message::new("error-idx-too-large")
                    .with("count", count)
                    .with("height", height)
                    .with("width", width)
                    .with("limit", bytes(MAX_FILE_BYTES)),
                path,
            ),
            Self::NoImages { path } => (Message::new("error-idx-no-images"), path),
            Self::CountMismatch { images, labels, path } => (
                Message::new("error-idx-mismatch").with("images", images).with("labels", labels),
                path,
            ),
            Self::Label { label, index, path } => (
                Message::new("error-idx-label")
                    .with("label", label)
                    .with("index", index)
                    .with("last", CLASSES - 1),
                path,
            ),
            Self::Gzip { reason, path } => {
                (Message::new("error-idx-gzip").with("reason", reason), path)
            }
        };
        message.with("path", path.display())
    }
}

impl Told for CountError {
    fn message(&self) -> Message {
        let Self { pixels, labels, channels, height, width } = self;
        Message::new("error-images-count")
            .with("pixels", pixels)
            .with("labels", labels)
            .with("channels", channels)
            .with("height", height)
            .with("width", width)
    }
}

impl Told for DataError {
    fn message(&self) -> Message {
        let (message, path) = match self {
            Self::Idx(error) => return error.message(),
            Self::File(error) => return error.message(),
            Self::Picture(error) => return error.message(),
            Self::Pipeline(error) => return error.message(),
            Self::NoClasses { path } => (Message::new("error-set-no-classes"), path),
            Self::OneClass { class, path } => {
                (Message::new("error-set-one-class").with("class", class), path)
            }
            Self::EmptyClass { class, path } => {
                (Message::new("error-set-empty-class").with("class", class), path)
            }
            Self::TooManyClasses { classes, path } => (
                Message::new("error-set-too-many-classes")
                    .with("classes", classes)
                    .with("limit", MAX_CLASSES),
                path,
            ),
            Self::TooManyImages { path } => {
                (Message::new("error-set-too-many-images").with("limit", MAX_IMAGES), path)
            }
            Self::ImageTooLarge { bytes: size, path } => (
                Message::new("error-set-image-too-large")
                    .with("bytes", bytes(*size))
                    .with("limit", bytes(MAX_IMAGE_BYTES)),
                path,
            ),
            Self::TooLarge { images, shape, path } => (
                Message::new("error-set-too-large")
                    .with("images", images)
                    .with("shape", sides(*shape))
                    .with("limit", bytes(MAX_PIXEL_BYTES)),
                path,
            ),
            Self::UnknownTestClass { class, path } => {
                (Message::new("error-set-unknown-test-class").with("class", class), path)
            }
            Self::NoFashion { path } => (Message::new("error-set-no-fashion"), path),
            Self::Shape { shape } => {
                return Message::new("error-set-shape")
                    .with("shape", sides(*shape))
                    .with("limit", MAX_SIDE);
            }
            Self::Stopped => return Message::new("error-set-stopped"),
        };
        message.with("path", path.display())
    }
}

fn sides([channels, height, width]: [usize; 3]) -> String {
    format!("{channels} × {height}×{width}")
}

impl Told for PictureError {
    fn message(&self) -> Message {
        let (message, path) = match self {
            Self::File(error) => return error.message(),
            Self::Empty { path } => (Message::new("error-picture-empty"), path),
            Self::NotAPicture { path } => (Message::new("error-picture-none"), path),
            Self::Unsupported { format, path } => {
                (Message::new("error-picture-unsupported").with("format", format), path)
            }
            Self::UnsupportedKind { format, path } => {
                (Message::new("error-picture-unsupported-kind").with("format", format), path)
            }
            Self::TooManyPixels { width, height, path } => (
                Message::new("error-picture-too-many-pixels")
                    .with("width", width)
                    .with("height", height)
                    .with("limit", bytes(MAX_PIXELS / 10_000)),
                path,
            ),
            Self::TooMuchMemory { path } => {
                (Message::new("error-picture-memory").with("limit", MAX_FILE_BYTES >> 20), path)
            }
            Self::Truncated { path } => (Message::new("error-picture-truncated"), path),
            Self::Damaged { reason, path } => {
                (Message::new("error-picture-damaged").with("reason", reason), path)
            }
        };
        message.with("path", path.display())
    }
}

impl Told for PipelineError {
    fn message(&self) -> Message {
        match self {
            Self::Channels { stage, needed, found } => {
                let message = match needed {
                    1 => Message::new("error-stage-needs-grey"),
                    _ => Message::new("error-stage-needs-colour"),
                };
                message.with("stage", stage).with("needed", needed).with("found", found)
            }
            Self::TooMuch { stage } => Message::new("error-pipeline-too-much").with("stage", stage),
            Self::TooLarge { stage, sheet, height, width } => Message::new("error-stage-too-large")
                .with("stage", stage)
                .with("rows", sheet[0])
                .with("columns", sheet[1])
                .with("height", height)
                .with("width", width),
            Self::TooSmall { stage, side, height, width } => Message::new("error-stage-too-small")
                .with("stage", stage)
                .with("side", side)
                .with("height", height)
                .with("width", width),
            Self::Parameter { stage, value, limit } => Message::new("error-stage-parameter")
                .with("stage", stage)
                .with("value", value)
                .with("limit", limit),
            Self::TooNarrow { stage, height, width } => Message::new("error-stage-too-narrow")
                .with("stage", stage)
                .with("height", height)
                .with("width", width),
            Self::TooWide { stage, height, width, widest } => Message::new("error-stage-too-wide")
                .with("stage", stage)
                .with("height", height)
                .with("width", width)
                .with("widest", widest),
            Self::TooHigh { stage, rows, height, width } => Message::new("error-stage-too-high")
                .with("stage", stage)
                .with("rows", rows)
                .with("height", height)
                .with("width", width),
            Self::NoStages => Message::new("error-stages-none"),
            Self::NoPixels => Message::new("error-stages-no-pixels"),
        }
    }
}
