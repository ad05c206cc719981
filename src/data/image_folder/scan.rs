//! Which images a folder holds, by class. Only names and sizes are looked at.

use std::collections::HashSet;
use std::fs::{DirEntry, Metadata};
use std::path::{Path, PathBuf};

use super::natural;
use super::{GoOn, MAX_CLASSES, MAX_IMAGE_BYTES, MAX_IMAGES, Skipped};
use crate::data::error::DataError;
use crate::data::files::FileError;

/// How the names of pictures end. Those that cannot be decoded are listed too, so that the person is told
/// instead of missing them.
const ENDINGS: [&str; 18] = [
    "avif", "bmp", "gif", "heic", "heif", "jfif", "jp2", "jpeg", "jpg", "jxl", "pbm", "pgm", "png",
    "pnm", "ppm", "tif", "tiff", "webp",
];

/// A sub-folder with its images, in the order of their names.
pub struct Class {
    pub name: String,
    pub images: Vec<PathBuf>,
}

/// Walks through folders. A folder that links lead to again is entered once, so that loops end.
pub struct Scan<'a> {
    /// The folder that was named.
    root: &'a Path,
    entered: HashSet<PathBuf>,
    found: usize,
    pub skipped: Skipped,
    go_on: GoOn<'a>,
}

/// What an entry of a folder is.
enum Kind {
    Folder,
    File(Metadata),
    Skipped,
}

impl<'a> Scan<'a> {
    pub fn new(root: &'a Path, go_on: GoOn<'a>) -> Self {
        Self { root, entered: HashSet::new(), found: 0, skipped: Skipped::default(), go_on }
    }

    /// The classes of `folder`: its sub-folders, also those without images.
    pub fn classes(&mut self, folder: &Path) -> Result<Vec<Class>, DataError> {
        self.enter(folder)?;
        let mut classes = Vec::new();
        for (name, entry) in entries(folder)? {
            match self.kind(&name, &entry) {
                Kind::Folder if self.enter(&entry.path())? => {
                    let images = self.images(entry.path())?;
                    classes.push(Class { name, images });
                }
                Kind::Folder => self.skipped.links += 1,
                Kind::File(_) => self.skipped.others += 1,
                Kind::Skipped => {}
            }
            if classes.len() > MAX_CLASSES {
                let classes = classes.len();
                return Err(DataError::TooManyClasses { classes, path: folder.into() });
            }
        }
        Ok(classes)
    }

    /// All images under `folder`, which has been entered.
    fn images(&mut self, folder: PathBuf) -> Result<Vec<PathBuf>, DataError> {
        let mut images = Vec::new();
        let mut folders = vec![folder];
        while let Some(folder) = folders.pop() {
            if !(self.go_on)(0, self.found) {
                return Err(DataError::Stopped);
            }
            for (name, entry) in entries(&folder)? {
                let path = entry.path();
                match self.kind(&name, &entry) {
                    Kind::Folder if self.enter(&path)? => folders.push(path),
                    Kind::Folder => self.skipped.links += 1,
                    Kind::File(about) if is_picture(&path) => {
                        if about.len() > MAX_IMAGE_BYTES {
                            return Err(DataError::ImageTooLarge { bytes: about.len(), path });
                        }
                        self.found += 1;
                        if self.found > MAX_IMAGES {
                            return Err(DataError::TooManyImages { path: self.root.into() });
                        }
                        images.push(path);
                    }
                    Kind::File(_) => self.skipped.others += 1,
                    Kind::Skipped => {}
                }
            }
        }
        images.sort_by(|a, b| natural::compare(&a.to_string_lossy(), &b.to_string_lossy()));
        Ok(images)
    }

    /// Hidden entries, links to nothing, devices and pipes are counted here.
    fn kind(&mut self, name: &str, entry: &DirEntry) -> Kind {
        if name.starts_with('.') {
            self.skipped.hidden += 1;
            return Kind::Skipped;
        }
        match std::fs::metadata(entry.path()) {
            Ok(about) if about.is_dir() => Kind::Folder,
            Ok(about) if about.is_file() => Kind::File(about),
            Ok(_) => {
                self.skipped.others += 1;
                Kind::Skipped
            }
            Err(_) => {
                self.skipped.links += 1;
                Kind::Skipped
            }
        }
    }

    /// Whether the folder has not been entered before.
    fn enter(&mut self, folder: &Path) -> Result<bool, DataError> {
        let real = folder.canonicalize().map_err(|error| FileError::new(&error, folder))?;
        Ok(self.entered.insert(real))
    }
}

/// What stands in a folder, by name.
fn entries(folder: &Path) -> Result<Vec<(String, DirEntry)>, DataError> {
    let fail = |error| FileError::new(&error, folder);
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        entries.push((entry.file_name().to_string_lossy().into_owned(), entry));
    }
    entries.sort_by(|(a, _), (b, _)| natural::compare(a, b));
    Ok(entries)
}

fn is_picture(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}
