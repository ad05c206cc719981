//! Writing a file so that it is there whole or not at all, whatever happens meanwhile.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Writes a file under a temporary name beside it, waits until the disk has it, then renames it and waits
/// for the folder: what was there before stays whole until the new one is, even if the power fails.
///
/// # Errors
/// If the disk or the folder refuses.
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
    sync_folder(path);
    Ok(())
}

fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Waits until the names in a file's folder are on the disk. Not every system opens folders; there the
/// rename is as durable as it gets.
fn sync_folder(path: &Path) {
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    };
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
