//! Checkpoints on disk: `F.checkpoint/` beside the weight file F that a training is to make.
//!
//! In it stand a state (safetensors) and a sidecar that names it (JSON). The state is written first, the
//! sidecar replaced when the state is on the disk, the state before it removed last: a process that is
//! killed at any moment leaves the last checkpoint or the new one.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Trainer;
use super::checkpoint::MAX_STATE_BYTES;
use crate::array::{TensorFile, TensorFileError, sync_folder_of, write_whole};
use crate::engine::{CheckpointProblem, EngineError};

const SIDECAR: &str = "checkpoint.json";
/// Sidecars hold a few names and numbers.
const MAX_SIDECAR_BYTES: u64 = 1 << 20;
const FORMAT: u32 = 1;

/// What a training was asked to do, by name: network, data, what is kept aside. A training goes on from a
/// checkpoint only with the same.
pub type Options = BTreeMap<String, String>;

/// The folder.
#[derive(Clone, Debug)]
pub struct CheckpointFolder {
    path: PathBuf,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sidecar {
    convscope_checkpoint: u32,
    /// The file with the state.
    state: String,
    options: Options,
    epochs_done: usize,
}

impl CheckpointFolder {
    /// The folder for a training that is to write `weights`.
    #[must_use]
    pub fn beside(weights: &Path) -> Self {
        let mut path = weights.as_os_str().to_owned();
        path.push(".checkpoint");
        Self { path: path.into() }
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether there is a checkpoint to go on from.
    #[must_use]
    pub fn holds_one(&self) -> bool {
        self.path.join(SIDECAR).is_file()
    }

    /// Puts the trainer's state in the place of the one before.
    ///
    /// # Errors
    /// If the disk refuses; the one before is still there.
    pub fn save(&self, trainer: &Trainer, options: &Options) -> Result<(), EngineError> {
        let state = trainer.checkpoint()?;
        let name = format!("state-{}.safetensors", state.metadata["steps"]);
        let sidecar = Sidecar {
            convscope_checkpoint: FORMAT,
            state: name.clone(),
            options: options.clone(),
            epochs_done: trainer.epochs_done(),
        };
        let sidecar = serde_json::to_vec_pretty(&sidecar).expect("names and numbers");
        let write = || -> io::Result<()> {
            match fs::create_dir(&self.path) {
                // A new folder too is lost with the power until the one that it stands in is on the disk.
                Ok(()) => sync_folder_of(&self.path)?,
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
            write_whole(&self.path.join(&name), &state.to_bytes())?;
            write_whole(&self.path.join(SIDECAR), &sidecar)?;
            self.remove_states(&name);
            Ok(())
        };
        write().map_err(|source| EngineError::CheckpointFile { source, path: self.path.clone() })
    }

    /// Lets `trainer` go on from the checkpoint.
    ///
    /// # Errors
    /// A checkpoint that cannot be read, that other options made, or that does not fit the trainer.
    pub fn restore(&self, trainer: &mut Trainer, options: &Options) -> Result<(), EngineError> {
        let sidecar = self.sidecar()?;
        for (key, expected) in options {
            let found = sidecar.options.get(key).cloned().unwrap_or_default();
            if found != *expected {
                let (key, expected) = (key.clone(), expected.clone());
                return Err(problem(CheckpointProblem::Differs { key, found, expected }));
            }
        }
        match TensorFile::read_at_most(&self.path.join(&sidecar.state), MAX_STATE_BYTES) {
            Ok(state) => trainer.restore(&state),
            Err(TensorFileError::Read { source, .. }) if source.kind() == ErrorKind::NotFound => {
                Err(problem(CheckpointProblem::NoState { state: sidecar.state }))
            }
            Err(error) => Err(error.into()),
        }
    }

    fn sidecar(&self) -> Result<Sidecar, EngineError> {
        let path = self.path.join(SIDECAR);
        let read = || -> io::Result<Vec<u8>> {
            if path.metadata()?.len() > MAX_SIDECAR_BYTES {
                return Err(ErrorKind::FileTooLarge.into());
            }
            fs::read(&path)
        };
        let bytes = read()
            .map_err(|source| EngineError::CheckpointFile { source, path: self.path.clone() })?;
        let broken = |reason: String| problem(CheckpointProblem::Sidecar { reason });
        let sidecar: Sidecar =
            serde_json::from_slice(&bytes).map_err(|error| broken(error.to_string()))?;
        // The name of a file, not a way out of the folder.
        let plain = Path::new(&sidecar.state).file_name() == Some(sidecar.state.as_ref());
        if sidecar.convscope_checkpoint != FORMAT || !plain {
            return Err(broken(format!("format {}", sidecar.convscope_checkpoint)));
        }
        Ok(sidecar)
    }

    /// Takes the checkpoint away, and its folder if nothing else stands in it: the weights are complete, or a
    /// new training begins.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn remove(&self) -> Result<(), EngineError> {
        let fail = |source| EngineError::CheckpointFile { source, path: self.path.clone() };
        let missing = |error: &io::Error| error.kind() == ErrorKind::NotFound;
        // First the sidecar: what is left without it is no checkpoint.
        match fs::remove_file(self.path.join(SIDECAR)) {
            Err(error) if !missing(&error) => return Err(fail(error)),
            Ok(()) | Err(_) => {}
        }
        self.remove_states("");
        match fs::remove_dir(&self.path) {
            Err(error) if !missing(&error) && error.kind() != ErrorKind::DirectoryNotEmpty => {
                Err(fail(error))
            }
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Removes all states, half written files too, but the state of this name; what somebody else has put
    /// there stays. What cannot be removed now is tried again with the next.
    fn remove_states(&self, kept: &str) {
        let Ok(entries) = fs::read_dir(&self.path) else { return };
        for name in entries.flatten().map(|entry| entry.file_name()) {
            let text = name.to_string_lossy();
            if is_ours(&text) && text != kept {
                let _ = fs::remove_file(self.path.join(&name));
            }
        }
    }
}

/// Whether a file in the folder is a state, or a half written file, of this program.
fn is_ours(name: &str) -> bool {
    let whole = name.strip_suffix(".partial").unwrap_or(name);
    let steps = whole.strip_prefix("state-").and_then(|rest| rest.strip_suffix(".safetensors"));
    let state = steps.is_some_and(|steps| steps.bytes().all(|byte| byte.is_ascii_digit()));
    state || (whole == SIDECAR && whole != name)
}

fn problem(problem: CheckpointProblem) -> EngineError {
    EngineError::Checkpoint { problem }
}
