//! Where the window touches the system: threads for files and dialogs, the graphics device, the
//! off-screen window. A web page would replace this folder.

pub mod dialog;
pub mod offscreen;
pub mod painter;

pub use poll_promise::Promise;

/// Runs `job` off the window's thread.
pub fn spawn<T: Send + 'static>(
    name: &str,
    job: impl FnOnce() -> T + Send + 'static,
) -> Promise<T> {
    Promise::spawn_thread(name, job)
}
