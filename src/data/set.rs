//! A set of labelled images, wherever it comes from: bundled digits, Fashion-MNIST, a folder of idx files or
//! of images.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::digits;
use super::error::DataError;
use super::idx::{CLASSES, IdxError, IdxFolder, Split};
use super::image_folder::{GoOn, ImageFolder, Preparation, Skipped};
use super::labelled::LabelledImages;

/// Where Debian's package `dataset-fashion-mnist` puts its idx files, and where they lie when installed by
/// hand.
pub const FASHION_FOLDERS: [&str; 3] = [
    "/usr/share/datasets/fashion-mnist",
    "/usr/share/dataset-fashion-mnist",
    "/usr/local/share/datasets/fashion-mnist",
];

/// What the labels of Fashion-MNIST mean (Xiao, Rasul, Vollgraf 2017, table 2).
pub const FASHION_CLASSES: [&str; CLASSES as usize] = [
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
];

/// Names a set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DataRef {
    /// The bundled digits.
    Digits,
    /// Fashion-MNIST as the system has it installed.
    Fashion,
    /// A folder of idx files, or of images in a sub-folder for each class.
    Folder(PathBuf),
}

/// A set that was loaded.
#[derive(Clone, Debug, PartialEq)]
pub struct DataSet {
    /// What it is called: `digits`, `Fashion-MNIST`, a folder's name.
    pub title: String,
    pub train: LabelledImages,
    /// Images of the same kind that are not trained on.
    pub test: Option<LabelledImages>,
    /// The name of each class.
    pub classes: Vec<String>,
    /// What makes any picture like those of the set; `None` where they are, or may be, written digits.
    pub preparation: Option<Preparation>,
    /// What in the folder was no image of the set.
    pub skipped: Skipped,
}

impl DataSet {
    /// 1 in a grey set, 3 in colour.
    #[must_use]
    pub fn channels(&self) -> usize {
        self.train.channels()
    }
}

/// Loads a set, both splits, for a network whose input has this shape, `[channels, height, width]`. Only
/// pictures are made that large; other images keep their size, and the sheet is put around them when they
/// are used. Digits and idx files are read at one go; where they are, `go_on` is asked between the splits.
///
/// # Errors
/// Files that are missing or damaged, pictures that do not make a set, or [`DataError::Stopped`].
pub fn load(from: &DataRef, shape: [usize; 3], go_on: GoOn<'_>) -> Result<DataSet, DataError> {
    let source = Source::open(from, &mut *go_on)?;
    let reader = source.reader(shape, &mut *go_on)?;
    let train = reader.read(Split::Train, &mut *go_on)?;
    let has_test = source.has(Split::Test);
    let test = has_test.then(|| reader.read(Split::Test, &mut *go_on)).transpose()?;
    let preparation = reader.preparation();
    let all = train.len() + test.as_ref().map_or(0, LabelledImages::len);
    if !go_on(all, all) {
        return Err(DataError::Stopped);
    }
    let skipped = source.skipped();
    let Source { title, classes, .. } = source;
    Ok(DataSet { title, train, test, classes, preparation, skipped })
}

/// A set whose images are read when they are asked for.
#[derive(Clone, Debug)]
pub struct Source {
    pub title: String,
    /// The name of each class.
    pub classes: Vec<String>,
    pub images: Images,
}

/// Where the images of a set are.
#[derive(Clone, Debug)]
pub enum Images {
    Bundled,
    Idx(IdxFolder),
    Pictures(ImageFolder),
}

impl Source {
    /// Looks what is there. A folder with idx files is read as such, whatever else is in it.
    ///
    /// # Errors
    /// No such set, or pictures that do not make one.
    pub fn open(from: &DataRef, go_on: GoOn<'_>) -> Result<Self, DataError> {
        match from {
            DataRef::Digits => {
                Ok(Self { title: "digits".into(), classes: numbers(), images: Images::Bundled })
            }
            DataRef::Fashion => {
                let folder = fashion_among(FASHION_FOLDERS.iter().map(Path::new))?;
                let images = Images::Idx(IdxFolder::open(&folder)?);
                Ok(Self { title: "Fashion-MNIST".into(), classes: fashion(), images })
            }
            DataRef::Folder(path) => {
                let title = folder_name(path);
                match IdxFolder::open(path) {
                    Ok(folder) => {
                        let is_fashion = title.to_lowercase().contains("fashion");
                        let classes = if is_fashion { fashion() } else { numbers() };
                        Ok(Self { title, classes, images: Images::Idx(folder) })
                    }
                    Err(IdxError::NoFiles { .. }) => {
                        let folder = ImageFolder::open(path, go_on)?;
                        let classes = folder.classes().to_vec();
                        Ok(Self { title, classes, images: Images::Pictures(folder) })
                    }
                    Err(error) => Err(error.into()),
                }
            }
        }
    }

    /// Whether there is this split; where idx files of it are missing, reading it says so.
    #[must_use]
    pub fn has(&self, split: Split) -> bool {
        match &self.images {
            Images::Bundled => true,
            Images::Idx(folder) => folder.has(split),
            Images::Pictures(folder) => !folder.images(split).is_empty(),
        }
    }

    /// Makes the set ready to be read for a network whose input has this shape.
    ///
    /// # Errors
    /// As [`ImageFolder::preparation`]; other sets are ready as they are.
    pub fn reader(&self, shape: [usize; 3], go_on: GoOn<'_>) -> Result<Reader<'_>, DataError> {
        Ok(match &self.images {
            Images::Bundled => Reader::Bundled,
            // Clothes, light on black; a shop shows them on white.
            Images::Idx(folder) if self.classes == FASHION_CLASSES => {
                let room = [digits::SIDE; 2];
                let like = Preparation { shape, room, inverts: true, paper: 0 };
                Reader::Idx(folder, Some(like))
            }
            Images::Idx(folder) => Reader::Idx(folder, None),
            Images::Pictures(folder) => Reader::Pictures(folder, folder.preparation(shape, go_on)?),
        })
    }

    /// What in the folder is no image of the set.
    #[must_use]
    pub fn skipped(&self) -> Skipped {
        match &self.images {
            Images::Bundled | Images::Idx(_) => Skipped::default(),
            Images::Pictures(folder) => folder.skipped(),
        }
    }
}

/// A set that is ready to be read.
#[derive(Clone, Copy, Debug)]
pub enum Reader<'a> {
    Bundled,
    Idx(&'a IdxFolder, Option<Preparation>),
    Pictures(&'a ImageFolder, Preparation),
}

impl Reader<'_> {
    /// Reads a split.
    ///
    /// # Errors
    /// As [`IdxFolder::load`] and [`ImageFolder::read`], or [`DataError::Stopped`].
    pub fn read(&self, split: Split, go_on: GoOn<'_>) -> Result<LabelledImages, DataError> {
        if !go_on(0, 0) {
            return Err(DataError::Stopped);
        }
        match self {
            Self::Bundled => Ok(digits::bundled().subset(digits::range(split))),
            Self::Idx(folder, _) => Ok(folder.load(split)?),
            Self::Pictures(folder, preparation) => folder.read(split, preparation, go_on),
        }
    }

    /// What makes any picture like those of the set; `None` where they are, or may be, written digits,
    /// for which there is [`crate::data::pipeline::digit_file`].
    #[must_use]
    pub fn preparation(&self) -> Option<Preparation> {
        match self {
            Self::Bundled => None,
            Self::Idx(_, preparation) => *preparation,
            Self::Pictures(_, preparation) => Some(*preparation),
        }
    }
}

/// The first of `folders` that has idx files.
///
/// # Errors
/// [`DataError::NoFashion`] if none has.
pub fn fashion_among<'a>(
    folders: impl IntoIterator<Item = &'a Path>,
) -> Result<PathBuf, DataError> {
    let mut first = None;
    for folder in folders {
        if IdxFolder::open(folder).is_ok() {
            return Ok(folder.into());
        }
        first.get_or_insert(folder);
    }
    Err(DataError::NoFashion { path: first.map(Path::to_path_buf).unwrap_or_default() })
}

fn numbers() -> Vec<String> {
    (0..CLASSES).map(|class| class.to_string()).collect()
}

fn fashion() -> Vec<String> {
    FASHION_CLASSES.map(str::to_owned).into()
}

/// A folder's own name, also where it is written `.` or ends in `..`.
fn folder_name(path: &Path) -> String {
    let real = path.canonicalize();
    let named = real.as_deref().unwrap_or(path).file_name();
    named.map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned())
}
