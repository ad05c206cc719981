use super::{AnyError, Told, bytes, io_message, told};
use crate::array::{ShapeError, TensorFileError};
use crate::locale::Message;

pub fn message(error: &AnyError) -> Option<Message> {
    told::<TensorFileError>(error).or_else(|| told::<ShapeError>(error))
}

impl Told for TensorFileError {
    fn message(&self) -> Message {
        let (message, path) = match self {
            Self::Read { source, path } => (
                Message::new("error-tensors-read").with_message("reason", io_message(source)),
                path,
            ),
            Self::Write { source, path } => (
                Message::new("error-tensors-write").with_message("reason", io_message(source)),
                path,
            ),
            Self::TooLarge { bytes: size, limit, path } => (
                Message::new("error-tensors-too-large")
                    .with("bytes", bytes(*size))
                    .with("limit", bytes(*limit)),
                path,
            ),
            Self::Folder { path } => (Message::new("error-tensors-folder"), path),
            Self::Format { reason, path } => {
                (Message::new("error-tensors-format").with("reason", reason), path)
            }
            Self::Type { tensor, dtype, path } => (
                Message::new("error-tensors-type").with("tensor", tensor).with("type", dtype),
                path,
            ),
        };
        message.with("path", path.display())
    }
}

impl Told for ShapeError {
    fn message(&self) -> Message {
        let Self { shape, values } = self;
        Message::new("error-array-shape")
            .with("values", values)
            .with("shape", format_args!("{shape:?}"))
    }
}
