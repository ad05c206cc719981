//! Writing a file so that it is there whole or not at all, whatever happens meanwhile.

use std::fs::File;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Writes a file under a temporary name beside it, waits until the disk has it, then renames it and waits
/// for the folder: what was there before stays whole until the new one is, even if the power fails.
///
/// # Errors
/// If the disk or the folder refuses. If only the last wait fails, the new file is there, but a power failure
/// may bring back the old one.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A device or a pipe is written to; a file beside it would replace it.
    if path.metadata().is_ok_and(|there| !there.is_file()) {
        return std::fs::write(path, bytes);
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".partial");
    let partial = PathBuf::from(name);
    let written = write_durably(&partial, bytes).and_then(|()| std::fs::rename(&partial, path));
    if written.is_err() {
        // What is half written is of no use; that it cannot be removed changes nothing.
        let _ = std::fs::remove_file(&partial);
    }
    written?;
    sync_folder_of(path)
}

fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Waits until the names in the folder of `path` are on the disk. Where the system does not open folders, or
/// the disk cannot be waited for, a new name is as durable as it gets.
///
/// # Errors
/// If the disk fails.
pub fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    };
    let Ok(folder) = File::open(folder) else { return Ok(()) };
    match folder.sync_all() {
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => {
            Ok(())
        }
        synced => synced,
    }
}
