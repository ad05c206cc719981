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

/// Walks through folders. A folder that links lead to again is entered once, so that loops end, and a folder of a
/// class only as that class.
pub struct Scan<'a> {
    /// The folder that was named.
    root: &'a Path,
    entered: HashSet<PathBuf>,
    /// Where the classes really are.
    homes: Vec<PathBuf>,
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
        let (entered, homes) = (HashSet::new(), Vec::new());
        Self { root, entered, homes, found: 0, skipped: Skipped::default(), go_on }
    }

    /// The classes of each folder: its sub-folders, also those without images. All folders of classes are entered
    /// before one is looked through: a link in one of them must not take the images of another.
    pub fn classes<const N: usize>(
        &mut self,
        folders: [&Path; N],
    ) -> Result<[Vec<Class>; N], DataError> {
        self.enter(self.root)?;
        let mut found = Vec::with_capacity(N);
        for folder in folders {
            found.push(self.class_folders(folder)?);
        }
        let mut classes = folders.map(|_| Vec::new());
        for (classes, found) in classes.iter_mut().zip(found) {
            for (name, path) in found {
                classes.push(Class { name, images: self.images(path)? });
            }
        }
        Ok(classes)
    }

    /// The folders of classes in `folder`, with their names.
    fn class_folders(&mut self, folder: &Path) -> Result<Vec<(String, PathBuf)>, DataError> {
        self.enter(folder)?;
        let mut found = Vec::new();
        for (name, entry) in entries(folder)? {
            match self.kind(&name, &entry) {
                Kind::Folder => found.push((name, entry.path())),
                Kind::File(_) => self.skipped.others += 1,
                Kind::Skipped => {}
            }
        }
        // A folder that a link leads to as well is called by its own name.
        found.sort_by_key(|(_, path)| path.is_symlink());
        let mut classes = Vec::new();
        for (name, path) in found {
            let real = real(&path)?;
            if self.entered.insert(real.clone()) {
                self.homes.push(real);
                classes.push((name, path));
            } else {
                self.skipped.links += 1;
            }
            if classes.len() > MAX_CLASSES {
                let classes = classes.len();
                return Err(DataError::TooManyClasses { classes, path: folder.into() });
            }
        }
        classes.sort_by(|(a, _), (b, _)| natural::compare(a, b));
        Ok(classes)
    }

    /// All images under the folder of a class.
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
                    Kind::Folder if self.leads_to_a_class(&path)? => self.skipped.links += 1,
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
        Ok(self.entered.insert(real(folder)?))
    }

    /// Whether it is a link into the folder of a class, which is looked through by itself.
    fn leads_to_a_class(&self, folder: &Path) -> Result<bool, DataError> {
        if !folder.is_symlink() {
            return Ok(false);
        }
        let target = real(folder)?;
        Ok(self.homes.iter().any(|home| target.starts_with(home)))
    }
}

/// Where a folder is, whatever links lead there.
fn real(folder: &Path) -> Result<PathBuf, DataError> {
    Ok(folder.canonicalize().map_err(|error| FileError::new(&error, folder))?)
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
