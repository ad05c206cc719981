//! Ctrl+C ends the process with exit code 130.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::consts::SIGINT;
use signal_hook::flag;

/// Whether Ctrl+C was pressed; clones share the answer.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Ends the process at once when Ctrl+C is pressed: what is written is written whole or not at
    /// all, so there is nothing to tidy up.
    pub fn exits() {
        let always = Arc::new(AtomicBool::new(true));
        // Where no handler can be set, the system's own ends the process, with the same code in a shell.
        let _ = flag::register_conditional_shutdown(SIGINT, 130, always);
    }

    /// The first Ctrl+C is only remembered; the second ends the process.
    #[must_use]
    pub fn remembered() -> Self {
        let pressed = Self::default();
        // In this order: the first press finds the flag not yet set.
        let _ = flag::register_conditional_shutdown(SIGINT, 130, Arc::clone(&pressed.0));
        let _ = flag::register(SIGINT, Arc::clone(&pressed.0));
        pressed
    }

    #[must_use]
    pub fn pressed(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
