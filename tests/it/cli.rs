//! The command line as a person or a script meets it: the real binary, its output and exit codes.

use std::ffi::OsStr;
use std::process::Command;

use serde::de::DeserializeOwned;

mod describe;
mod exercise;
mod explain;
mod export;
mod field;
mod forward;
mod parameters;
mod pictures;
mod refusals;
mod render;
mod train;
mod zoo;

/// A network of one's own, too small to have weights.
const TINY: &str = r#"{"name": "tiny", "title": "Tiny", "nodes": [
    {"name": "input", "kind": "input", "shape": [1, 28, 28]},
    {"name": "C1", "inputs": ["input"], "kind": "conv", "maps": 2,
     "window": {"kernel": [5, 5], "stride": [3, 3]}, "activation": "relu"},
    {"name": "OUTPUT", "inputs": ["C1"], "kind": "linear", "output": [10, 1, 1]},
    {"name": "softmax", "inputs": ["OUTPUT"], "kind": "softmax"}]}"#;

/// What a run of the binary gave.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

/// Runs `convscope` with these arguments.
fn convscope<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Ran {
    let output = Command::new(env!("CARGO_BIN_EXE_convscope"))
        .args(args)
        .env_remove("RUST_LOG")
        .env("LP_NUM_THREADS", "1")
        .output()
        .expect("the test's own binary starts");
    Ran {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("results are UTF-8"),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Arguments between blanks.
fn run(line: &str) -> Ran {
    convscope(line.split_whitespace())
}

impl Ran {
    /// The result, of a run that must have gone well and said nothing else.
    #[track_caller]
    fn json<T: DeserializeOwned>(&self) -> T {
        assert_eq!((self.code, self.stderr.as_str()), (Some(0), ""));
        serde_json::from_str(&self.stdout).expect("the JSON of the contract")
    }

    /// A run that must have been refused with exit code 1 and one sentence.
    #[track_caller]
    fn refused(&self) -> &str {
        assert_eq!(self.code, Some(1), "{self:?}");
        assert_eq!(self.stdout, "", "{self:?}");
        assert!(self.stderr.starts_with("convscope: "), "{self:?}");
        assert!(!self.stderr.contains("panicked"), "{self:?}");
        assert_eq!(self.stderr.trim_end().lines().count(), 1, "{self:?}");
        &self.stderr
    }
}
