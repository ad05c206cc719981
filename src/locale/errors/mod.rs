//! Errors in the person's language, a file per room they come from.
//!
//! English is what the error itself says (`Display`). For Chinese the error is recognised by its type,
//! and its fields are put into a sentence of `zh.ftl`; the keys `error-…` stand there alone. The rooms
//! above (`ui`, `cli`) say how their own errors are told and hand that in.

mod array;
mod data;
mod engine;
mod explain;
mod network;
mod render;
mod worker;

use std::error::Error;
use std::io;
use std::sync::Arc;

use super::{Lang, Message, count};

/// An error that can be told in Chinese.
pub trait Told: Error + 'static {
    /// The key of its sentence, and its fields.
    fn message(&self) -> Message;
}

/// An error of any type.
pub type AnyError = dyn Error + 'static;

/// How `error` is told, if it is an `E`, bare or behind a pointer.
#[must_use]
pub fn told<E: Told>(error: &AnyError) -> Option<Message> {
    let boxed = || error.downcast_ref::<Box<E>>().map(AsRef::as_ref);
    let shared = || error.downcast_ref::<Arc<E>>().map(AsRef::as_ref);
    error.downcast_ref::<E>().or_else(boxed).or_else(shared).map(Told::message)
}

/// What went wrong, in one sentence; for errors of this room and those below.
#[must_use]
pub fn sentence(lang: Lang, error: &AnyError) -> String {
    sentence_with(lang, error, |_| None)
}

/// The same where errors of a room above may come; `own` recognises them.
#[must_use]
pub fn sentence_with(
    lang: Lang,
    error: &AnyError,
    own: impl Fn(&AnyError) -> Option<Message>,
) -> String {
    match lang {
        Lang::En => {
            let text = error.to_string();
            let mut letters = text.chars();
            let first = letters.next().map(char::to_uppercase);
            first.into_iter().flatten().chain(letters).collect()
        }
        Lang::Zh => message_with(error, own).text(lang),
    }
}

/// The Chinese sentence of `error`: of the first in its chain of causes that is recognised, else one
/// that quotes it.
#[must_use]
pub fn message_with(error: &AnyError, own: impl Fn(&AnyError) -> Option<Message>) -> Message {
    let mut chain = std::iter::successors(Some(error), |&error| error.source());
    chain.find_map(|error| own(error).or_else(|| below(error))).unwrap_or_else(|| {
        match error.downcast_ref() {
            Some(error) => io_message(error),
            None => Message::new("error-other").with("reason", error),
        }
    })
}

fn below(error: &AnyError) -> Option<Message> {
    array::message(error)
        .or_else(|| network::message(error))
        .or_else(|| explain::message(error))
        .or_else(|| data::message(error))
        .or_else(|| engine::message(error))
        .or_else(|| worker::message(error))
        .or_else(|| render::message(error))
}

/// What the system says: the common kinds in Chinese, others in its own words.
#[must_use]
pub fn io_message(error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::NotFound => Message::new("error-io-not-found"),
        io::ErrorKind::PermissionDenied => Message::new("error-io-permission"),
        io::ErrorKind::AlreadyExists => Message::new("error-io-exists"),
        io::ErrorKind::StorageFull => Message::new("error-io-full"),
        io::ErrorKind::ReadOnlyFilesystem => Message::new("error-io-read-only"),
        io::ErrorKind::IsADirectory => Message::new("error-io-folder"),
        io::ErrorKind::NotADirectory => Message::new("error-io-no-folder"),
        io::ErrorKind::InvalidData => Message::new("error-io-data"),
        _ => Message::new("error-io-other").with("reason", error),
    }
}

/// A number of bytes as it is written.
fn bytes(number: impl Into<u128>) -> String {
    count(number.into())
}
