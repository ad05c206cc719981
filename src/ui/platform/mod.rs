//! Where the window touches the system: threads for files and dialogs, the graphics device, the
//! off-screen window. A web page would replace this folder.

pub mod clipboard;
pub mod dialog;
pub mod offscreen;
pub mod painter;

pub use poll_promise::Promise;

use std::panic::AssertUnwindSafe;

/// A job that panicked, in a library that should not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the work on this file failed unexpectedly; try another file")]
pub struct Broken;

/// Runs `job` off the window's thread; a panic there is an answer, not the end of the window.
pub fn spawn<T: Send + 'static>(
    name: &str,
    job: impl FnOnce() -> T + Send + 'static,
) -> Promise<Result<T, Broken>> {
    Promise::spawn_thread(name, move || {
        std::panic::catch_unwind(AssertUnwindSafe(job)).map_err(|_| Broken)
    })
}
