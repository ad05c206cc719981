//! `SET`: the bundled digits, Fashion-MNIST, or a folder of idx files or of images.

use std::ffi::OsString;

use clap::ValueEnum;
use serde::Serialize;

use super::output::say;
use super::prepared::Prepared;
use super::{CliError, Interrupt};
use crate::data::image_folder::{GoOn, Preparation};
use crate::data::set::{Images, Source};
use crate::data::{DataRef, IdxFolder, LabelledImages, Split, Stage, digits};
use crate::network::Network;

/// The option `--data SET`.
#[derive(Clone, Debug, clap::Args)]
pub struct DataArg {
    /// `digits`, the bundled ones; `fashion`, Fashion-MNIST as Debian's dataset-fashion-mnist installs it;
    /// a folder of idx files (train-*, t10k-*, plain or .gz); or a folder of images with a sub-folder for
    /// each class (or train and test, each with those). A folder that is called digits is written ./digits.
    #[arg(long, value_name = "SET")]
    data: SetValue,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct SetValue(DataRef);

impl From<OsString> for SetValue {
    fn from(value: OsString) -> Self {
        Self(if value == "digits" {
            DataRef::Digits
        } else if value == "fashion" {
            DataRef::Fashion
        } else {
            DataRef::Folder(value.into())
        })
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

    fn splits(self) -> &'static [Split] {
        match self {
            Self::Train => &[Split::Train],
            Self::Test => &[Split::Test],
            Self::All => &Split::ALL,
        }
    }
}

/// What a network learns from.
pub struct Training {
    pub images: LabelledImages,
    /// What makes any picture like those; `None` for digits.
    pub preparation: Option<Preparation>,
}

/// What a network is judged on.
pub struct Judging {
    pub images: Prepared,
    pub part: Part,
    /// The name of each class.
    pub classes: Vec<String>,
}

impl DataArg {
    /// What the set is called.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.data.0 {
            DataRef::Digits => "digits".into(),
            DataRef::Fashion => "fashion".into(),
            DataRef::Folder(path) => path.display().to_string(),
        }
    }

    /// What the set is called in a weight file: a folder without the way to it, which differs from
    /// machine to machine.
    #[must_use]
    pub fn short_name(&self) -> String {
        match &self.data.0 {
            DataRef::Digits => "the bundled digits".into(),
            DataRef::Fashion => "Fashion-MNIST".into(),
            DataRef::Folder(path) => {
                let name = path.canonicalize().ok().and_then(|path| {
                    path.file_name().map(|name| name.to_string_lossy().into_owned())
                });
                name.map_or_else(|| "a folder".into(), |name| format!("the folder {name}"))
            }
        }
    }

    /// The training split for a network; Ctrl+C stops reading.
    ///
    /// # Errors
    /// Files that are missing or damaged, or classes that are not the network's.
    pub fn training(&self, network: &Network, interrupt: &Interrupt) -> Result<Training, CliError> {
        let go_on: GoOn<'_> = &mut |_, _| !interrupt.pressed();
        let source = self.open(network, &mut *go_on)?;
        let reader = source.reader(network.input(), &mut *go_on)?;
        let images = reader.read(Split::Train, go_on)?;
        Ok(Training { images, preparation: reader.preparation() })
    }

    /// The part asked for, prepared as the weights want it (`own`); without one the test split, else the
    /// training split, and standard error says which.
    ///
    /// # Errors
    /// As [`DataArg::training`], or images that do not fit the network.
    pub fn to_judge(
        &self,
        asked: Option<Part>,
        own: &[Stage],
        network: &Network,
    ) -> Result<Judging, CliError> {
        let source = self.open(network, &mut |_, _| true)?;
        let usual = if source.has(Split::Test) { Part::Test } else { Part::Train };
        let part = asked.unwrap_or(usual);
        let images = match &source.images {
            Images::Bundled => Prepared::new(&bundled(part), own, network),
            Images::Idx(folder) => Prepared::new(&of_idx(folder, part)?, own, network),
            Images::Pictures(folder) => Prepared::of_pictures(folder, part.splits(), own, network),
        }?;
        // The bundled digits always have a test split: nothing to say.
        if asked.is_none() && self.data.0 != DataRef::Digits {
            say(format_args!("judging the {} split of {}", part.name(), self.name()));
        }
        Ok(Judging { images, part, classes: source.classes })
    }

    /// The set, if the classes of a folder of images can be the network's.
    fn open(&self, network: &Network, go_on: GoOn<'_>) -> Result<Source, CliError> {
        let source = Source::open(&self.data.0, go_on)?;
        if let (Images::Pictures(_), DataRef::Folder(path)) = (&source.images, &self.data.0) {
            let [outputs, rows, columns] = network.nodes()[network.scores()].output;
            let (outputs, classes) = (outputs * rows * columns, source.classes.len());
            if outputs != classes {
                let (network, path) = (network.name.clone(), path.clone());
                return Err(CliError::Classes { network, outputs, classes, path });
            }
            let skipped = source.skipped().total();
            if skipped > 0 {
                say(format_args!(
                    "files and links that are no images of the set: {skipped} in {}",
                    path.display()
                ));
            }
        }
        Ok(source)
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

fn of_idx(folder: &IdxFolder, part: Part) -> Result<LabelledImages, CliError> {
    match part {
        Part::Train => Ok(folder.load(Split::Train)?),
        Part::Test => Ok(folder.load(Split::Test)?),
        Part::All => all(folder),
    }
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
