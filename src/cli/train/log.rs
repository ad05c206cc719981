//! `--log F.csv`: a line per epoch, as soon as it is done.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::PathBuf;
use std::time::Instant;

use crate::cli::CliError;
use crate::engine::Progress;

/// The file, open to the end of the training.
pub struct Log {
    file: File,
    path: PathBuf,
    start: Instant,
}

impl Log {
    /// Begins the file, or goes on behind its last line.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn open(path: PathBuf, go_on: bool) -> Result<Self, CliError> {
        let begins = !go_on || path.metadata().map_or(0, |metadata| metadata.len()) == 0;
        let file = OpenOptions::new()
            .create(true)
            .write(true)
            .append(!begins)
            .truncate(begins)
            .open(&path)
            .map_err(|source| CliError::Write { source, path: path.clone() })?;
        let mut log = Self { file, path, start: Instant::now() };
        if begins {
            log.line("epoch,images,loss,learning_rate,seconds")?;
        }
        Ok(log)
    }

    /// Takes note of an epoch that is done; seconds are counted since this process began to train.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn epoch(&mut self, progress: &Progress) -> Result<(), CliError> {
        let Progress { epoch, images, epoch_loss, learning_rate, .. } = progress;
        let seconds = self.start.elapsed().as_secs_f64();
        self.line(&format!("{},{images},{epoch_loss},{learning_rate},{seconds:.3}", epoch + 1))
    }

    fn line(&mut self, line: &str) -> Result<(), CliError> {
        self.file
            .write_all(format!("{line}\r\n").as_bytes())
            .map_err(|source| CliError::Write { source, path: self.path.clone() })
    }
}
