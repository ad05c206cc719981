//! A folder of idx files under their usual names.

use std::path::{Path, PathBuf};

use super::{IdxError, read_pair};
use crate::data::files::{self, FileError};
use crate::data::labelled::LabelledImages;

/// The two halves of a data set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Split {
    Train,
    Test,
}

impl Split {
    pub const ALL: [Self; 2] = [Self::Train, Self::Test];

    /// How the names of its files begin.
    fn prefix(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Test => "t10k",
        }
    }
}

/// Where the idx files of a folder lie; each split is read when it is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdxFolder {
    folder: PathBuf,
    /// Images and labels of the training split, then of the test split.
    files: [[Option<PathBuf>; 2]; 2],
}

impl IdxFolder {
    /// Looks which files there are: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte` and the same
    /// with `t10k`, with `-` or `.` before `idx`, plain or `.gz`.
    ///
    /// # Errors
    /// If the folder is missing, is none, or holds no such file.
    pub fn open(folder: &Path) -> Result<Self, IdxError> {
        let path = folder.to_path_buf();
        match std::fs::metadata(folder) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(IdxError::NotAFolder { path }),
            Err(error) => {
                return Err(match FileError::new(&error, folder) {
                    FileError::Missing { .. } => IdxError::NoFolder { path },
                    other => other.into(),
                });
            }
        }
        let files = Split::ALL.map(|split| {
            [("images", 3), ("labels", 1)].map(|(what, axes)| find(folder, split, what, axes))
        });
        if files.iter().flatten().all(Option::is_none) {
            return Err(IdxError::NoFiles { path });
        }
        Ok(Self { folder: path, files })
    }

    /// Whether the folder has a file of this split. Half a pair counts: reading it says what is
    /// missing, instead of quietly taking the other split.
    #[must_use]
    pub fn has(&self, split: Split) -> bool {
        self.files[split as usize].iter().any(Option::is_some)
    }

    /// Reads a split.
    ///
    /// # Errors
    /// If one of its files is missing, or as [`read_pair`].
    pub fn load(&self, split: Split) -> Result<LabelledImages, IdxError> {
        let [images, labels] = &self.files[split as usize];
        let missing = |what| IdxError::HalfPair {
            missing: format!("{}-{what}-ubyte", split.prefix()),
            path: self.folder.clone(),
        };
        let images = images.as_deref().ok_or_else(|| missing("images-idx3"))?;
        let labels = labels.as_deref().ok_or_else(|| missing("labels-idx1"))?;
        read_pair(files::open(images)?, images, files::open(labels)?, labels)
    }
}

fn find(folder: &Path, split: Split, what: &str, axes: usize) -> Option<PathBuf> {
    ["-", "."]
        .iter()
        .flat_map(|dash| ["", ".gz"].map(|end| (dash, end)))
        .map(|(dash, end)| {
            folder.join(format!("{}-{what}{dash}idx{axes}-ubyte{end}", split.prefix()))
        })
        .find(|path| path.exists())
}
