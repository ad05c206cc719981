//! Errors in the person's language.
//!
//! English is what the error itself says (`Display`); for Chinese the error is recognised by its type
//! and its sentence looked up in the catalogue.

use std::error::Error;

use super::Lang;

/// What went wrong, in one sentence.
#[must_use]
pub fn sentence(lang: Lang, error: &(dyn Error + 'static)) -> String {
    let _ = lang;
    let text = error.to_string();
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
