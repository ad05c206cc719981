//! What takes longer than a frame and is no engine's work: files and dialogs, as promises.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::input::{self, Input, InputError};
use super::platform::{Broken, Promise, dialog, spawn};
use super::scene::{InputRef, SceneFile};
use super::studio::SharedError;
use crate::data::Stage;
use crate::data::files::{self, FileError};
use crate::network::{Network, ReadError};
use crate::worker::RunId;

/// A network file holds text; a larger one is refused before it is read.
pub const MAX_NETWORK_BYTES: u64 = 16 << 20;

/// Something that has arrived.
pub enum Opened {
    Input {
        run: RunId,
        reference: InputRef,
        loaded: Loaded,
    },
    /// A promise was broken: a library panicked.
    Broken(SharedError),
    Chosen(PathBuf),
    Saved(Saved),
}

/// A promise whose job may panic.
type Kept<T> = Promise<Result<T, Broken>>;

/// A picture ready for the network, or why not.
pub type Loaded = Result<Box<Input>, InputError>;

/// Where something was saved, or why not.
type Saved = Result<PathBuf, SharedError>;

/// What is under way: at most one of each, a newer one replaces the older.
#[derive(Default)]
pub struct Loading {
    input: Option<(RunId, InputRef, Kept<Loaded>)>,
    chosen: Option<Kept<Option<PathBuf>>>,
    saved: Option<Kept<Option<Saved>>>,
}

impl Loading {
    /// Whether an input is awaited. An open dialog keeps nobody waiting.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.input.is_some()
    }

    /// Whether anything at all is awaited.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.input.is_some() || self.chosen.is_some() || self.saved.is_some()
    }

    /// No longer waits for a picture.
    pub fn cancel(&mut self) {
        self.input = None;
    }

    /// Starts loading a picture for the network of `run`, unless it is under way already.
    pub fn load(
        &mut self,
        run: RunId,
        reference: InputRef,
        network: Arc<Network>,
        stages: Vec<Stage>,
    ) {
        let under_way = self.input.as_ref().map(|(run, reference, _)| (*run, reference));
        if under_way == Some((run, &reference)) {
            return;
        }
        let of = reference.clone();
        let promise =
            spawn("load-image", move || input::load(&of, &network, &stages).map(Box::new));
        self.input = Some((run, reference, promise));
    }

    /// Asks for a file, unless a dialog is already open.
    pub fn choose_file(&mut self) {
        if self.chosen.is_none() {
            self.chosen = Some(spawn("choose-file", dialog::choose_file));
        }
    }

    /// Asks where to save and saves.
    pub fn save_scene(&mut self, file: SceneFile) {
        if self.saved.is_none() {
            self.saved = Some(spawn("save-scene", move || {
                let path = dialog::choose_where_to_save("scene.json")?;
                Some(write(&file, &path).map(|()| path))
            }));
        }
    }

    /// The next thing that has arrived.
    pub fn ready(&mut self) -> Option<Opened> {
        if self.input.as_ref().is_some_and(|(_, _, promise)| promise.ready().is_some()) {
            let (run, reference, promise) = self.input.take()?;
            return Some(match promise.try_take().ok()? {
                Ok(loaded) => Opened::Input { run, reference, loaded },
                Err(broken) => Opened::Broken(Arc::new(broken)),
            });
        }
        if self.chosen.as_ref().is_some_and(|promise| promise.ready().is_some()) {
            return match self.chosen.take()?.try_take().ok()? {
                Ok(chosen) => chosen.map(Opened::Chosen),
                Err(broken) => Some(Opened::Broken(Arc::new(broken))),
            };
        }
        if self.saved.as_ref().is_some_and(|promise| promise.ready().is_some()) {
            return match self.saved.take()?.try_take().ok()? {
                Ok(saved) => saved.map(Opened::Saved),
                Err(broken) => Some(Opened::Broken(Arc::new(broken))),
            };
        }
        None
    }
}

/// Why a file with a network or for a scene cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileProblem {
    #[error(transparent)]
    File(#[from] FileError),
    #[error("a network file may have {MAX_NETWORK_BYTES} bytes, this one has {bytes}: {path}")]
    TooLarge { bytes: u64, path: PathBuf },
    #[error("this is no network that can be opened ({source}): {path}")]
    Network { source: ReadError, path: PathBuf },
    #[error("cannot write the scene ({source}); choose another folder: {path}")]
    Write { source: std::io::Error, path: PathBuf },
    #[error("the scene cannot be written ({reason})")]
    Serialise { reason: String },
}

/// Reads a serialised network.
///
/// # Errors
/// A file that is missing, too large or no network.
pub fn network_file(path: &Path) -> Result<Network, SharedError> {
    let problem = |problem: FileProblem| -> SharedError { Arc::new(problem) };
    let bytes = files::read_at_most(path, MAX_NETWORK_BYTES)
        .map_err(|error| problem(error.into()))?
        .map_err(|bytes| problem(FileProblem::TooLarge { bytes, path: path.into() }))?;
    Network::from_json(&bytes)
        .map_err(|source| problem(FileProblem::Network { source, path: path.into() }))
}

fn write(file: &SceneFile, path: &Path) -> Result<(), SharedError> {
    let problem = |problem: FileProblem| -> SharedError { Arc::new(problem) };
    let text = serde_json::to_string_pretty(file)
        .map_err(|e| problem(FileProblem::Serialise { reason: e.to_string() }))?;
    std::fs::write(path, text)
        .map_err(|source| problem(FileProblem::Write { source, path: path.into() }))
}
