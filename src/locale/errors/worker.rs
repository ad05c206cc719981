use super::{AnyError, Told, told};
use crate::locale::Message;
use crate::worker::WorkerError;

pub fn message(error: &AnyError) -> Option<Message> {
    told::<WorkerError>(error)
}

impl Told for WorkerError {
    fn message(&self) -> Message {
        match self {
            Self::NothingOpen => Message::new("error-worker-nothing-open"),
            Self::Slide(error) => {
                Message::new("error-worker-slide").with_message("reason", error.message())
            }
            Self::Engine(error) => error.message(),
            Self::Data(error) => error.message(),
        }
    }
}
