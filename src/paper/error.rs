//! Why something cannot be put on paper.

use crate::locale::{Message, Told};

/// Why there is no exercise.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    #[error(
        "{layer} is of kind {kind}: this unit computes nothing that a student could do by hand; \
             choose another layer"
    )]
    Nothing { layer: String, kind: &'static str },
    #[error(
        "the window of {layer} has {rows}×{columns} cells, more than the {limit}×{limit} that can be \
             read on a page; choose another layer"
    )]
    Window { layer: String, rows: usize, columns: usize, limit: usize },
    #[error("the PDF cannot be made ({reason}); please report this")]
    Pdf { reason: String },
}

impl Told for PaperError {
    fn message(&self) -> Message {
        match self {
            Self::Nothing { layer, kind } => {
                Message::new("error-paper-nothing").with("layer", layer).with("kind", kind)
            }
            Self::Window { layer, rows, columns, limit } => Message::new("error-paper-window")
                .with("layer", layer)
                .with("rows", rows)
                .with("columns", columns)
                .with("limit", limit),
            Self::Pdf { reason } => Message::new("error-paper-pdf").with("reason", reason),
        }
    }
}
