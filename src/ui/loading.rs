//! What takes longer than a frame and is no engine's work: files and dialogs, as promises.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::input::{self, Input, InputError};
use super::platform::{Promise, dialog, spawn};
use super::scene::{InputRef, SceneFile};
use super::studio::SharedError;
use crate::data::Stage;
use crate::network::{Network, ReadError};

/// A network file holds text; a larger one is refused before it is read.
pub const MAX_NETWORK_BYTES: u64 = 16 << 20;

/// Something that has arrived.
pub enum Opened {
    Input(Result<Box<Input>, (InputRef, InputError)>),
    Chosen(PathBuf),
    Saved(Saved),
}

/// A picture ready for the network, or why not.
type Loaded = Result<Box<Input>, InputError>;

/// Where something was saved, or why not.
type Saved = Result<PathBuf, SharedError>;

/// What is under way: at most one of each, a newer one replaces the older.
#[derive(Default)]
pub struct Loading {
    input: Option<(InputRef, Promise<Loaded>)>,
    chosen: Option<Promise<Option<PathBuf>>>,
    saved: Option<Promise<Option<Saved>>>,
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

    /// Starts loading a picture, unless it is under way already.
    pub fn load(&mut self, reference: InputRef, network: Arc<Network>, stages: Vec<Stage>) {
        if self.input.as_ref().is_some_and(|(under_way, _)| *under_way == reference) {
            return;
        }
        let of = reference.clone();
        let promise =
            spawn("load-image", move || input::load(&of, &network, &stages).map(Box::new));
        self.input = Some((reference, promise));
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
        if let Some((_, promise)) = &self.input
            && promise.ready().is_some()
        {
            let (reference, promise) = self.input.take()?;
            let loaded = promise.try_take().ok()?;
            return Some(Opened::Input(loaded.map_err(|error| (reference, error))));
        }
        if self.chosen.as_ref().is_some_and(|promise| promise.ready().is_some()) {
            let chosen = self.chosen.take()?.try_take().ok()?;
            return chosen.map(Opened::Chosen);
        }
        if self.saved.as_ref().is_some_and(|promise| promise.ready().is_some()) {
            let saved = self.saved.take()?.try_take().ok()?;
            return saved.map(Opened::Saved);
        }
        None
    }
}

/// Why a file with a network or for a scene cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum FileProblem {
    #[error("cannot read the file ({source}): {path}")]
    Read { source: std::io::Error, path: PathBuf },
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
    let read = |source| problem(FileProblem::Read { source, path: path.into() });
    let bytes = std::fs::metadata(path).map_err(read)?.len();
    if bytes > MAX_NETWORK_BYTES {
        return Err(problem(FileProblem::TooLarge { bytes, path: path.into() }));
    }
    let text = std::fs::read_to_string(path).map_err(read)?;
    Network::from_json(text.as_bytes())
        .map_err(|source| problem(FileProblem::Network { source, path: path.into() }))
}

fn write(file: &SceneFile, path: &Path) -> Result<(), SharedError> {
    let problem = |problem: FileProblem| -> SharedError { Arc::new(problem) };
    let text = serde_json::to_string_pretty(file)
        .map_err(|e| problem(FileProblem::Serialise { reason: e.to_string() }))?;
    std::fs::write(path, text)
        .map_err(|source| problem(FileProblem::Write { source, path: path.into() }))
}
