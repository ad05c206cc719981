//! `--log F.csv`: a line per epoch, as soon as it is done.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use crate::array::write_whole;
use crate::cli::CliError;
use crate::data::files;
use crate::engine::Progress;

const HEADER: &str = "epoch,images,loss,learning_rate,seconds";

/// What a run before this one has written down: the lines of its epochs.
#[derive(Debug, Default)]
pub struct Earlier {
    lines: Vec<String>,
}

impl Earlier {
    /// Reads the log at `path`, for a training that goes on after so many epochs.
    ///
    /// # Errors
    /// A file that cannot be read, or that such a training cannot have written: it is no log, or knows of
    /// more epochs than those, and the one that the checkpoint did not come to know.
    pub fn read(path: &Path, epochs_done: usize) -> Result<Self, CliError> {
        let foreign = || CliError::LogForeign { path: path.into() };
        let text = String::from_utf8(files::read(path)?).map_err(|_| foreign())?;
        // A line that was cut off, by a full disk say, has no end.
        let text = text.rfind('\n').map_or("", |end| &text[..=end]);
        let mut lines = text.lines();
        if lines.next() != Some(HEADER) {
            return Err(foreign());
        }
        let mut kept = Vec::new();
        for line in lines {
            match line.split(',').next().and_then(|epoch| epoch.parse::<usize>().ok()) {
                Some(epoch) if epoch <= epochs_done => kept.push(line.to_owned()),
                Some(epoch) if epoch - epochs_done == 1 => {}
                Some(_) | None => return Err(foreign()),
            }
        }
        Ok(Self { lines: kept })
    }
}

/// The file, open to the end of the training.
pub struct Log {
    file: File,
    path: PathBuf,
    start: Instant,
}

impl Log {
    /// Begins the file with the lines that are known already.
    ///
    /// # Errors
    /// If it cannot be written; what was there before is there still.
    pub fn open(path: &Path, Earlier { lines }: &Earlier) -> Result<Self, CliError> {
        let fail = |source| CliError::Write { source, path: path.into() };
        let lines = std::iter::once(HEADER).chain(lines.iter().map(String::as_str));
        let text: String = lines.flat_map(|line| [line, "\r\n"]).collect();
        // Whole or not at all: if the process ends now, the lines that were there still are.
        write_whole(path, text.as_bytes()).map_err(fail)?;
        let file = OpenOptions::new().append(true).open(path).map_err(fail)?;
        Ok(Self { file, path: path.into(), start: Instant::now() })
    }

    /// Takes note of an epoch that is done; seconds are counted since this process began to train.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn epoch(&mut self, progress: &Progress) -> Result<(), CliError> {
        let Progress { epoch, images, epoch_loss, learning_rate, .. } = progress;
        let seconds = self.start.elapsed().as_secs_f64();
        let line = format!("{},{images},{epoch_loss},{learning_rate},{seconds:.3}\r\n", epoch + 1);
        self.file
            .write_all(line.as_bytes())
            .map_err(|source| CliError::Write { source, path: self.path.clone() })
    }
}
