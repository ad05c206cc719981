//! What takes longer than a frame and is no engine's work: files and dialogs, as promises.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::export::Job;
use super::input::{Input, InputError, Source};
use super::platform::{Broken, Promise, clipboard, dialog, spawn};
use super::scene::{DocId, Documents, Handling, InputRef, Pasted, SceneFile};
use super::studio::SharedError;
use crate::array::write_whole;
use crate::data::Stage;
use crate::data::files::{self, FileError};
use crate::network::{Network, ReadError};

/// A network file holds text; a larger one is refused before it is read.
pub const MAX_NETWORK_BYTES: u64 = 16 << 20;

/// Which of the scene's inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// What the network looks at.
    Own,
    /// That of the state beside it.
    Beside,
}

/// Something that has arrived.
pub enum Opened {
    Input {
        target: Target,
        reference: InputRef,
        handling: Handling,
        loaded: Loaded,
    },
    /// A promise was broken: a library panicked. Of an input, or of something else.
    Broken {
        target: Option<Target>,
        error: SharedError,
    },
    Chosen(PathBuf),
    Pasted(Result<Pasted, SharedError>),
    /// Where it was saved, or `None` if it was copied.
    Saved(Saved),
}

/// A promise whose job may panic.
type Kept<T> = Promise<Result<T, Broken>>;

/// A picture ready for the network, or why not.
pub type Loaded = Result<Box<Input>, InputError>;

/// Where something was saved (nowhere if it was copied), or why not.
type Saved = Result<Option<PathBuf>, SharedError>;

/// A picture that is being read or prepared.
struct UnderWay {
    target: Target,
    reference: InputRef,
    handling: Handling,
    promise: Kept<Loaded>,
    /// What is to be done when this is done: a newer wish takes the place of an older one.
    next: Option<Wish>,
}

/// A picture to be read (where there is no source) and prepared.
struct Wish {
    reference: InputRef,
    handling: Handling,
    source: Option<Arc<Source>>,
    documents: Documents,
    stages: Vec<Stage>,
}

impl Wish {
    fn start(self, target: Target) -> UnderWay {
        let Self { reference, handling, source, documents, stages } = self;
        let (of, how) = (reference.clone(), handling.clone());
        let promise = spawn("load-image", move || {
            let source = match source {
                Some(source) => source,
                None => Arc::new(Source::load(&of, &documents)?),
            };
            source.prepare(&how, &stages).map(Box::new)
        });
        UnderWay { target, reference, handling, promise, next: None }
    }
}

/// What is under way: at most one of each.
#[derive(Default)]
pub struct Loading {
    /// No dialog opens and the clipboard is left alone: for tests that click everywhere.
    pub silent: bool,
    inputs: Vec<UnderWay>,
    chosen: Option<Kept<Option<PathBuf>>>,
    pasted: Option<Kept<Result<Pasted, SharedError>>>,
    saved: Option<Kept<Option<Saved>>>,
}

impl Loading {
    /// Whether an input is awaited. An open dialog keeps nobody waiting.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.inputs.is_empty()
    }

    /// Whether anything at all is awaited.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.is_busy() || self.chosen.is_some() || self.saved.is_some() || self.pasted.is_some()
    }

    /// No longer waits for a picture.
    pub fn cancel(&mut self) {
        self.inputs.clear();
    }

    /// Starts reading (where `source` is none, from a file or `documents`) and preparing a picture. While
    /// another one is under way for the same target, this one waits; a newer wish takes its place.
    pub fn load(
        &mut self,
        target: Target,
        (reference, handling): (InputRef, Handling),
        source: Option<Arc<Source>>,
        documents: &Documents,
        stages: Vec<Stage>,
    ) {
        let busy = self.inputs.iter_mut().find(|known| known.target == target);
        let wished = busy.as_ref().map(|known| match &known.next {
            Some(next) => (&next.reference, &next.handling),
            None => (&known.reference, &known.handling),
        });
        if wished == Some((&reference, &handling)) {
            return;
        }
        let named: BTreeSet<DocId> = match &reference {
            InputRef::Pasted { picture: id, .. } | InputRef::Drawing(id) => [id.clone()].into(),
            InputRef::File { .. } | InputRef::Digit(_) => BTreeSet::new(),
        };
        let documents = documents.only(&named);
        let wish = Wish { reference, handling, source, documents, stages };
        match busy {
            Some(busy) => busy.next = Some(wish),
            None => self.inputs.push(wish.start(target)),
        }
    }

    /// Asks for a file, unless a dialog is already open.
    pub fn choose_file(&mut self) {
        if self.chosen.is_none() && !self.silent {
            self.chosen = Some(spawn("choose-file", dialog::choose_file));
        }
    }

    /// Asks for a folder.
    pub fn choose_folder(&mut self) {
        if self.chosen.is_none() && !self.silent {
            self.chosen = Some(spawn("choose-folder", dialog::choose_folder));
        }
    }

    /// Takes the picture out of the clipboard.
    pub fn paste(&mut self) {
        if self.pasted.is_none() && !self.silent {
            self.pasted = Some(spawn("paste", clipboard::picture));
        }
    }

    /// Whether something is being saved or copied, or asked where to.
    #[must_use]
    pub fn is_saving(&self) -> bool {
        self.saved.is_some()
    }

    /// Asks where to save and saves, unless something else is being saved.
    pub fn save_scene(&mut self, file: SceneFile, to: Option<PathBuf>) {
        if self.saved.is_none() && !self.silent {
            self.saved = Some(spawn("save-scene", move || {
                let path = to.or_else(|| dialog::choose_where_to_save("scene.json"))?;
                Some(write_scene(&file, &path).map(|()| Some(path)))
            }));
        }
    }

    /// Makes something and copies or saves it.
    pub fn export(&mut self, job: Job) {
        if self.saved.is_none() && !self.silent {
            self.saved = Some(spawn("export", move || job.run()));
        }
    }

    /// The next thing that has arrived.
    pub fn ready(&mut self) -> Option<Opened> {
        let arrived = self.inputs.iter().position(|known| known.promise.ready().is_some());
        if let Some(place) = arrived {
            let UnderWay { target, reference, handling, promise, next } = self.inputs.remove(place);
            self.inputs.extend(next.map(|wish| wish.start(target)));
            return Some(match promise.try_take().ok()? {
                Ok(loaded) => Opened::Input { target, reference, handling, loaded },
                Err(broken) => Opened::Broken { target: Some(target), error: Arc::new(broken) },
            });
        }
        let broken =
            |broken: Broken| Some(Opened::Broken { target: None, error: Arc::new(broken) });
        match taken(&mut self.chosen) {
            Some(Ok(chosen)) => return chosen.map(Opened::Chosen),
            Some(Err(error)) => return broken(error),
            None => {}
        }
        match taken(&mut self.pasted) {
            Some(Ok(pasted)) => return Some(Opened::Pasted(pasted)),
            Some(Err(error)) => return broken(error),
            None => {}
        }
        match taken(&mut self.saved)? {
            Ok(saved) => saved.map(Opened::Saved),
            Err(error) => broken(error),
        }
    }
}

/// What a promise holds, if it has been kept.
fn taken<T: Send + 'static>(promise: &mut Option<Kept<T>>) -> Option<Result<T, Broken>> {
    promise.take_if(|promise| promise.ready().is_some())?.try_take().ok()
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
    #[error("the file cannot be written ({source}); choose another folder: {path}")]
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

/// Writes a scene file.
///
/// # Errors
/// If the folder takes no file.
pub fn write_scene(file: &SceneFile, path: &Path) -> Result<(), SharedError> {
    let text = serde_json::to_string_pretty(file).map_err(|e| -> SharedError {
        Arc::new(FileProblem::Serialise { reason: e.to_string() })
    })?;
    write(text.as_bytes(), path)
}

/// Writes a file whole, or leaves what is there as it is.
///
/// # Errors
/// If the folder takes no file.
pub fn write(bytes: &[u8], path: &Path) -> Result<(), SharedError> {
    write_whole(path, bytes).map_err(|source| -> SharedError {
        Arc::new(FileProblem::Write { source, path: path.into() })
    })
}
