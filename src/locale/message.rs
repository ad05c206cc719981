//! A key of the catalogue with the values it needs: what code says instead of text.

use fluent_bundle::FluentValue;

use super::{Lang, text};

/// Something to say, in whatever language is on.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub key: &'static str,
    pub args: Vec<(&'static str, Arg)>,
}

/// A value inside a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    Text(String),
    Count(usize),
    /// A message of its own, said in the same language.
    Message(Message),
}

impl Message {
    #[must_use]
    pub const fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// With one more value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, Arg::Text(value.to_string())));
        self
    }

    /// With a number that decides between singular and plural.
    #[must_use]
    pub fn with_count(mut self, name: &'static str, count: usize) -> Self {
        self.args.push((name, Arg::Count(count)));
        self
    }

    /// With a message inside.
    #[must_use]
    pub fn with_message(mut self, name: &'static str, message: Self) -> Self {
        self.args.push((name, Arg::Message(message)));
        self
    }

    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        text(lang, self)
    }
}

impl Arg {
    pub(super) fn in_language(&self, lang: Lang) -> FluentValue<'static> {
        match self {
            Self::Text(text) => text.clone().into(),
            Self::Count(count) => (*count).into(),
            Self::Message(message) => message.text(lang).into(),
        }
    }
}
