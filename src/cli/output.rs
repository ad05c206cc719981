//! Standard output is the result and nothing else; remarks go to standard error.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use clap::ValueEnum;
use serde::Serialize;

use super::CliError;

/// How a result is written.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Output {
    /// A table for people, or JSON for programs.
    #[arg(long, value_enum, default_value = "table")]
    pub format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Json,
}

impl Output {
    /// Writes a result in the format asked for.
    ///
    /// # Errors
    /// If standard output cannot be written, as on a full disk.
    pub fn write(
        self,
        json: &impl Serialize,
        table: impl FnOnce() -> String,
    ) -> Result<(), CliError> {
        match self.format {
            Format::Table => print(&table()),
            Format::Json => {
                let text = serde_json::to_string(json)
                    .map_err(|error| CliError::Output { source: error.into() })?;
                print(&text)
            }
        }
    }
}

fn print(text: &str) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    match writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()) {
        // Whoever read it (`head`) has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        done => done.map_err(|source| CliError::Output { source }),
    }
}

/// A sentence on standard error. `eprintln` would panic where nobody reads it.
pub fn say(sentence: impl Display) {
    let _ = writeln!(io::stderr(), "convscope: {sentence}");
}

/// A sentence that must not be missed, though the work went on.
pub fn warn(sentence: impl Display) {
    say(format_args!("warning: {sentence}"));
}
