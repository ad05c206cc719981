//! Without a command: the window opens.

use std::path::PathBuf;

use super::args::{Look, Theme};
use super::nearest::near;
use super::{CliError, args};
use crate::locale::{AnyError, Message};
use crate::ui;

/// Opens the window on the files of the command line and stays until it is closed.
///
/// # Errors
/// A file that is not there, or no display.
pub fn open(look: Look, files: &[PathBuf]) -> anyhow::Result<()> {
    // Said here, where it was typed: it may be a misspelt command.
    if let Some(missing) = files.iter().find(|file| !file.exists()) {
        let word = missing.to_string_lossy();
        let names = args::command_names();
        let command = near(&word, names.iter().map(String::as_str));
        return Err(match command {
            Some(command) => CliError::NoCommand { command, word: word.into_owned() }.into(),
            None => CliError::NoFile { path: missing.clone() }.into(),
        });
    }
    Ok(ui::run(ui::Options {
        lang: look.lang.map(Into::into),
        theme: look.theme.map(Into::into),
        files: files.to_vec(),
    })?)
}

/// How an error of the window is told; `None` for others.
pub fn told(error: &AnyError) -> Option<Message> {
    ui::errors::own(error)
}

impl From<Theme> for ui::theme::Theme {
    fn from(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self::Light,
            Theme::Dark => Self::Dark,
        }
    }
}
