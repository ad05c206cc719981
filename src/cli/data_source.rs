//! `SET`: the bundled digits, or a folder of idx files.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::ValueEnum;
use serde::Serialize;

use super::CliError;
use super::output::say;
use crate::data::{IdxFolder, LabelledImages, Split, digits};

/// The option `--data SET`.
#[derive(Clone, Debug, clap::Args)]
pub struct DataArg {
    /// `digits`, the bundled ones, or a folder of idx files (train-*, t10k-*, plain or .gz); a folder
    /// that is called digits is written ./digits.
    #[arg(long, value_name = "SET")]
    data: SetValue,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum SetValue {
    Digits,
    Folder(PathBuf),
}

impl From<OsString> for SetValue {
    fn from(value: OsString) -> Self {
        if value == "digits" { Self::Digits } else { Self::Folder(value.into()) }
    }
}

/// Which part of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Train,
    Test,
    All,
}

impl Part {
    /// As it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Test => "test",
            Self::All => "all",
        }
    }
}

impl DataArg {
    /// What the set is called.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.data {
            SetValue::Digits => "digits".into(),
            SetValue::Folder(path) => path.display().to_string(),
        }
    }

    /// What the set is called in a weight file: a folder without the way to it, which differs from
    /// machine to machine.
    #[must_use]
    pub fn short_name(&self) -> String {
        match &self.data {
            SetValue::Digits => "the bundled digits".into(),
            SetValue::Folder(path) => {
                let name = path.canonicalize().ok().and_then(|path| {
                    path.file_name().map(|name| name.to_string_lossy().into_owned())
                });
                name.map_or_else(|| "a folder".into(), |name| format!("the folder {name}"))
            }
        }
    }

    /// The training split.
    ///
    /// # Errors
    /// Files that are missing or damaged.
    pub fn training(&self) -> Result<LabelledImages, CliError> {
        self.load(Part::Train)
    }

    /// The part asked for; without one the test split, else the training split, and standard error
    /// says which.
    ///
    /// # Errors
    /// As [`DataArg::training`].
    pub fn to_judge(&self, asked: Option<Part>) -> Result<(LabelledImages, Part), CliError> {
        let part = match (asked, &self.data) {
            (Some(part), _) => part,
            (None, SetValue::Digits) => Part::Test,
            (None, SetValue::Folder(path)) => {
                let has_test = IdxFolder::open(path)?.has(Split::Test);
                if has_test { Part::Test } else { Part::Train }
            }
        };
        let images = self.load(part)?;
        // The bundled digits always have a test split: nothing to say.
        if asked.is_none() && matches!(self.data, SetValue::Folder(_)) {
            say(format_args!("judging the {} split of {}", part.name(), self.name()));
        }
        Ok((images, part))
    }

    fn load(&self, part: Part) -> Result<LabelledImages, CliError> {
        match &self.data {
            SetValue::Digits => Ok(bundled(part)),
            SetValue::Folder(path) => {
                let folder = IdxFolder::open(path)?;
                match part {
                    Part::Train => Ok(folder.load(Split::Train)?),
                    Part::Test => Ok(folder.load(Split::Test)?),
                    Part::All => all(&folder),
                }
            }
        }
    }
}

fn bundled(part: Part) -> LabelledImages {
    let indices = match part {
        Part::Train => digits::range(Split::Train),
        Part::Test => digits::range(Split::Test),
        Part::All => 0..digits::COUNT,
    };
    digits::bundled().subset(indices)
}

/// Both splits, or the one that is there.
fn all(folder: &IdxFolder) -> Result<LabelledImages, CliError> {
    let mut splits = Split::ALL.into_iter().filter(|&split| folder.has(split));
    let Some(first) = splits.next() else { return Ok(folder.load(Split::Train)?) };
    let first = folder.load(first)?;
    let Some(second) = splits.next() else { return Ok(first) };
    let second = folder.load(second)?;
    let sides = |images: &LabelledImages| [images.height(), images.width()];
    let pixels = [first.pixels(), second.pixels()].concat();
    let labels = [first.labels(), second.labels()].concat();
    let [height, width] = sides(&first);
    let differ = CliError::SplitsDiffer { train: sides(&first), test: sides(&second) };
    if sides(&first) != sides(&second) {
        return Err(differ);
    }
    LabelledImages::new(height, width, pixels, labels).map_err(|_| differ)
}
