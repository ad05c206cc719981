//! Checkpoints on disk.

use std::path::Path;

use convscope::array::{MAX_FILE_BYTES, TensorFile, TensorFileError};
use convscope::engine::{CheckpointFolder, CheckpointProblem, EngineError};
use convscope::network::zoo;

use super::digits::digits;
use super::training::{settings, trainer};

/// The one state in a folder.
fn state(folder: &CheckpointFolder) -> std::path::PathBuf {
    let entries = std::fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.path());
    let is_state = |path: &Path| path.extension().is_some_and(|kind| kind == "safetensors");
    entries.into_iter().find(|path| is_state(path)).expect("a state")
}

/// With two moments and an average a state is four times as large as the largest weights.
#[test]
fn the_largest_state_that_can_be_written_can_be_read() {
    let place = tempfile::tempdir().unwrap();
    let (network, digits) = (zoo::lenet5_modern(), digits(0, 40));
    let folder = CheckpointFolder::beside(&place.path().join("t.safetensors"));
    let mut trainer = trainer(&network, settings(), &digits);
    folder.save(&trainer, &Default::default()).unwrap();
    // A file without content: what is too large is refused before it is read.
    let file = std::fs::File::options().write(true).open(state(&folder)).unwrap();
    file.set_len(6 * MAX_FILE_BYTES).unwrap();
    let error = folder.restore(&mut trainer, &Default::default()).unwrap_err();
    let EngineError::TensorFile(TensorFileError::TooLarge { bytes, limit, .. }) = error else {
        panic!("{error}");
    };
    assert_eq!(bytes, 6 * MAX_FILE_BYTES);
    assert!(limit > 4 * MAX_FILE_BYTES, "{limit}");
    std::fs::remove_file(state(&folder)).unwrap();
    let error = folder.restore(&mut trainer, &Default::default()).unwrap_err();
    assert!(
        matches!(
            &error,
            EngineError::Checkpoint { problem: CheckpointProblem::NoState { state } }
                if state == "state-0.safetensors"
        ),
        "{error}"
    );
}

#[test]
fn tensors_are_read_up_to_the_limit() {
    let place = tempfile::tempdir().unwrap();
    let path = place.path().join("t.safetensors");
    let file = trainer(&zoo::lenet5_modern(), settings(), &digits(0, 40)).checkpoint().unwrap();
    file.write(&path).unwrap();
    let length = path.metadata().unwrap().len();
    assert_eq!(TensorFile::read_at_most(&path, length).unwrap(), file);
    let error = TensorFile::read_at_most(&path, length - 1).unwrap_err();
    assert!(error.to_string().contains(&(length - 1).to_string()), "{error}");
}
