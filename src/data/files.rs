//! Opening files a person named, where every way to fail is an error of its own.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Larger data and picture files are refused before they are read.
pub const MAX_FILE_BYTES: u64 = 512 << 20;

/// Why a file cannot be read at all, whatever it holds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    #[error("there is no such file, check the name: {path}")]
    Missing { path: PathBuf },
    #[error("reading this file is not permitted, change its permissions or copy it: {path}")]
    Permission { path: PathBuf },
    #[error("this is a folder where a file is needed, choose a file in it: {path}")]
    Folder { path: PathBuf },
    #[error("this is a device or a pipe, choose an ordinary file: {path}")]
    Special { path: PathBuf },
    #[error(
        "{bytes} bytes are more than the {MAX_FILE_BYTES} that can be read, choose a smaller file: \
         {path}"
    )]
    TooLarge { bytes: u64, path: PathBuf },
    #[error("reading failed ({reason}), try again or copy the file elsewhere: {path}")]
    Failed { reason: String, path: PathBuf },
}

impl FileError {
    /// What an input/output error on `path` means.
    #[must_use]
    pub fn new(error: &io::Error, path: &Path) -> Self {
        let path = path.to_path_buf();
        match error.kind() {
            ErrorKind::NotFound => Self::Missing { path },
            ErrorKind::PermissionDenied => Self::Permission { path },
            ErrorKind::IsADirectory => Self::Folder { path },
            _ => Self::Failed { reason: error.to_string(), path },
        }
    }
}

/// Opens an ordinary file of at most [`MAX_FILE_BYTES`].
///
/// # Errors
/// If it is missing, not permitted, no ordinary file, or too large.
pub fn open(path: &Path) -> Result<File, FileError> {
    let fail = |error| FileError::new(&error, path);
    // Asked by name first: opening a pipe that nobody writes to would wait for ever.
    let metadata = std::fs::metadata(path).map_err(fail)?;
    if metadata.is_dir() {
        return Err(FileError::Folder { path: path.into() });
    }
    if !metadata.is_file() {
        return Err(FileError::Special { path: path.into() });
    }
    if metadata.len() > MAX_FILE_BYTES {
        return Err(FileError::TooLarge { bytes: metadata.len(), path: path.into() });
    }
    File::open(path).map_err(fail)
}

/// Reads such a file of at most `limit` bytes; the bytes it has where they are more.
///
/// # Errors
/// As [`open`], or if reading fails on the way.
pub fn read_at_most(path: &Path, limit: u64) -> Result<Result<Vec<u8>, u64>, FileError> {
    let fail = |error| FileError::new(&error, path);
    let file = open(path)?;
    let length = file.metadata().map_err(fail)?.len();
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(fail)?;
    let read = bytes.len() as u64;
    Ok(if read > limit { Err(length.max(read)) } else { Ok(bytes) })
}

/// Reads such a file whole.
///
/// # Errors
/// As [`open`], or if reading fails on the way.
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    let mut bytes = Vec::new();
    // The file may grow while it is read.
    open(path)?
        .take(MAX_FILE_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| FileError::new(&error, path))?;
    Ok(bytes)
}
