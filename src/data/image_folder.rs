//! A folder of images with a sub-folder for each class: `cats/1.png`, `dogs/a.jpg`, …
//!
//! The classes are the sub-folders, the images whatever lies in them at any depth, both in natural order (9
//! before 10), so that a folder gives the same set everywhere. Where there are `train` and `test`, each has
//! the classes' sub-folders; else a fifth of every class is kept for the test, by what the images are called:
//! an image that is added later moves no other from one split to the other. Hidden files, files that are not
//! called like pictures, and links that lead nowhere, in circles or into the folder of a class are skipped and
//! counted; a picture that cannot be read is an error.

mod natural;
mod prepare;
mod scan;

pub use prepare::Preparation;

use std::path::{Path, PathBuf};

use super::error::DataError;
use super::idx::Split;
use crate::array::portable::{fnv1a64, splitmix64};
use scan::{Class, Scan};

/// The most images of a set.
pub const MAX_IMAGES: usize = 200_000;
/// The largest file of an image.
pub const MAX_IMAGE_BYTES: u64 = 64 << 20;
/// The most bytes that the prepared images of one split take.
pub const MAX_PIXEL_BYTES: u64 = 1 << 30;
/// Labels are bytes.
pub const MAX_CLASSES: usize = 256;

/// What the folders of the two splits may be called.
const SPLIT_FOLDERS: [[&str; 2]; 2] = [["train", "test"], ["training", "testing"]];
/// One in so many images is kept for the test.
const TEST_SHARE: usize = 5;
/// Decides which.
const SPLIT_SEED: u64 = 1;

/// Asked again and again while something takes time, with (images done, images there are): whether to go on.
/// While folders are still looked through, none are done and the second number grows.
pub type GoOn<'a> = &'a mut dyn FnMut(usize, usize) -> bool;

/// An image file and the number of its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub path: PathBuf,
    pub class: u8,
}

/// What in the folder is no image of the set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Files and folders whose name begins with a dot.
    pub hidden: usize,
    /// Files that are not called like pictures, and those beside the classes' folders.
    pub others: usize,
    /// Links that lead nowhere, or to a folder that is looked through anyway.
    pub links: usize,
}

impl Skipped {
    #[must_use]
    pub fn total(self) -> usize {
        self.hidden + self.others + self.links
    }
}

/// Which images there are; none is read before it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageFolder {
    path: PathBuf,
    classes: Vec<String>,
    /// The training split, then the test split.
    images: [Vec<Entry>; 2],
    skipped: Skipped,
}

impl ImageFolder {
    /// Looks which images there are.
    ///
    /// # Errors
    /// A folder that cannot be read, fewer than two classes or too many, a class without images, too many
    /// images or one that is too large, a class that only the test has, or [`DataError::Stopped`].
    pub fn open(folder: &Path, go_on: GoOn<'_>) -> Result<Self, DataError> {
        let path = folder.to_path_buf();
        let mut scan = Scan::new(folder, go_on);
        let parts = SPLIT_FOLDERS
            .map(|names| names.map(|name| folder.join(name)))
            .into_iter()
            .find(|parts| parts.iter().all(|part| part.is_dir()));
        let (names, images) = if let Some([train, test]) = parts {
            let [of_train, of_test] = scan.classes([&train, &test])?;
            let (names, train) = numbered(checked(of_train, &train)?);
            let test = labelled(of_test, &names, &test)?;
            (names, [train, test])
        } else {
            let [classes] = scan.classes([folder])?;
            let (names, all) = numbered(checked(classes, folder)?);
            (names, split(folder, all))
        };
        Ok(Self { path, classes: names, images, skipped: scan.skipped })
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The names of the classes.
    #[must_use]
    pub fn classes(&self) -> &[String] {
        &self.classes
    }

    /// The images of a split, class by class. There may be none to test on where there are few.
    #[must_use]
    pub fn images(&self, split: Split) -> &[Entry] {
        &self.images[split as usize]
    }

    #[must_use]
    pub fn skipped(&self) -> Skipped {
        self.skipped
    }
}

/// Two classes at least, each with images.
fn checked(classes: Vec<Class>, folder: &Path) -> Result<Vec<Class>, DataError> {
    let path = folder.to_path_buf();
    if classes.iter().all(|class| class.images.is_empty()) {
        return Err(DataError::NoClasses { path });
    }
    if let [class] = classes.as_slice() {
        return Err(DataError::OneClass { class: class.name.clone(), path });
    }
    match classes.iter().find(|class| class.images.is_empty()) {
        Some(Class { name, .. }) => {
            Err(DataError::EmptyClass { class: name.clone(), path: folder.join(name) })
        }
        None => Ok(classes),
    }
}

fn numbered(classes: Vec<Class>) -> (Vec<String>, Vec<Entry>) {
    let mut names = Vec::new();
    let mut images = Vec::new();
    for (class, Class { name, images: paths }) in classes.into_iter().enumerate() {
        names.push(name);
        images.extend(paths.into_iter().map(|path| Entry { path, class: class as u8 }));
    }
    (names, images)
}

/// The test images, with the numbers that the training images give to their classes.
fn labelled(classes: Vec<Class>, names: &[String], folder: &Path) -> Result<Vec<Entry>, DataError> {
    let mut images = Vec::new();
    for Class { name, images: paths } in classes {
        let Some(class) = names.iter().position(|known| *known == name) else {
            let path = folder.join(&name);
            return Err(DataError::UnknownTestClass { class: name, path });
        };
        images.extend(paths.into_iter().map(|path| Entry { path, class: class as u8 }));
    }
    Ok(images)
}

/// Training and test split: of every class, the images whose names' hashes are smallest are for the test.
fn split(folder: &Path, all: Vec<Entry>) -> [Vec<Entry>; 2] {
    let chance = |entry: &Entry| {
        let name = entry.path.strip_prefix(folder).unwrap_or(&entry.path);
        let parts: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        splitmix64(fnv1a64(&parts.join("/")) ^ SPLIT_SEED)
    };
    let mut images = [Vec::with_capacity(all.len()), Vec::new()];
    for class in all.chunk_by(|a, b| a.class == b.class) {
        let mut order: Vec<(u64, usize)> =
            class.iter().enumerate().map(|(i, entry)| (chance(entry), i)).collect();
        order.sort_unstable();
        // Rounded: of two images none, of three one.
        let mut is_test = vec![false; class.len()];
        for &(_, index) in &order[..(class.len() + TEST_SHARE / 2) / TEST_SHARE] {
            is_test[index] = true;
        }
        for (entry, is_test) in class.iter().zip(is_test) {
            images[usize::from(is_test)].push(entry.clone());
        }
    }
    images
}
