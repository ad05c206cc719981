use super::{AnyError, Told, told};
use crate::explain::ExplainError;
use crate::locale::Message;

pub fn message(error: &AnyError) -> Option<Message> {
    told::<ExplainError>(error)
}

impl Told for ExplainError {
    fn message(&self) -> Message {
        match self {
            Self::Outside { layer, unit, maps, rows, columns } => {
                Message::new("error-explain-outside")
                    .with("layer", layer)
                    .with("unit", format_args!("{unit:?}"))
                    .with("maps", maps)
                    .with("rows", rows)
                    .with("columns", columns)
            }
            Self::Input { layer } => Message::new("error-explain-input").with("layer", layer),
            Self::NoContrast { layer, kind } => {
                Message::new("error-explain-no-contrast").with("layer", layer).with("kind", kind)
            }
            Self::NoWeight { tensor } => {
                Message::new("error-explain-no-weight").with("tensor", tensor)
            }
            Self::NoParameter { tensor, index } => Message::new("error-explain-no-parameter")
                .with("tensor", tensor)
                .with("index", index),
        }
    }
}
