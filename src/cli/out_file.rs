//! `-o F`: checked before the work, written whole or not at all. No folder is ever created.

use std::path::Path;

use super::CliError;
use crate::array::write_whole;

/// A file to write.
#[derive(Clone, Debug)]
pub struct OutFile<'a>(&'a Path);

impl<'a> OutFile<'a> {
    /// Checks that there is a folder for the file, so that no work is lost on a misspelt one.
    ///
    /// # Errors
    /// A folder that does not exist, or a folder where the file should be.
    pub fn new(path: &'a Path) -> Result<Self, CliError> {
        if path.is_dir() {
            return Err(CliError::OutIsFolder { path: path.into() });
        }
        let Some(folder) = folder_of(path) else {
            return Err(CliError::OutIsFolder { path: path.into() });
        };
        if !folder.is_dir() {
            let folder = folder.display().to_string();
            return Err(CliError::NoFolder { folder, path: path.into() });
        }
        Ok(Self(path))
    }

    /// Whether something is there that writing would replace.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.0.symlink_metadata().is_ok()
    }

    /// Whether both name one file, however its folder is spelt.
    #[must_use]
    pub fn is(&self, other: &OutFile<'_>) -> bool {
        let place = |path: &Path| {
            Some((folder_of(path)?.canonicalize().ok()?, path.file_name()?.to_owned()))
        };
        place(self.0).is_some_and(|own| place(other.0) == Some(own))
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        self.0
    }

    /// Writes the file under a temporary name beside it, then renames it.
    ///
    /// # Errors
    /// If the disk or the folder refuses.
    pub fn write(&self, bytes: &[u8]) -> Result<(), CliError> {
        write_whole(self.0, bytes).map_err(|source| CliError::Write { source, path: self.0.into() })
    }
}

/// The folder that a path leads to a file in.
fn folder_of(path: &Path) -> Option<&Path> {
    path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
}
