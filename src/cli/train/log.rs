//! `--log F.csv`: a line per epoch, as soon as it is done.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
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
    /// Begins the file, or goes on behind the epochs that are done: lines of later ones, which a checkpoint
    /// did not come to know, are written again.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn open(path: PathBuf, epochs_done: usize) -> Result<Self, CliError> {
        let kept = if epochs_done > 0 { lines_of(&path, epochs_done) } else { Vec::new() };
        let file =
            File::create(&path).map_err(|source| CliError::Write { source, path: path.clone() })?;
        let mut log = Self { file, path, start: Instant::now() };
        log.line("epoch,images,loss,learning_rate,seconds")?;
        for line in kept {
            log.line(&line)?;
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

/// The lines of the first `epochs` in an earlier log; none where there is no such file.
fn lines_of(path: &Path, epochs: usize) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let of_an_epoch = |line: &&str| {
        let epoch = line.split(',').next().and_then(|epoch| epoch.parse().ok());
        epoch.is_some_and(|epoch: usize| epoch <= epochs)
    };
    text.lines().skip(1).filter(of_an_epoch).map(str::to_owned).collect()
}
