//! A place for one value: a newer one replaces it unread.

use std::sync::{Arc, Mutex, PoisonError};

/// Shared by the one who puts and the one who takes.
#[derive(Debug)]
pub struct Slot<T>(Arc<Mutex<Option<T>>>);

impl<T> Slot<T> {
    /// Puts `value` in the place of what is there; tells whether that was nothing.
    pub fn put(&self, value: T) -> bool {
        self.lock().replace(value).is_none()
    }

    /// Puts what `change` makes of what is there.
    pub fn update(&self, change: impl FnOnce(Option<T>) -> T) {
        let mut slot = self.lock();
        let value = change(slot.take());
        *slot = Some(value);
    }

    #[must_use]
    pub fn take(&self) -> Option<T> {
        self.lock().take()
    }

    #[must_use]
    pub fn is_full(&self) -> bool {
        self.lock().is_some()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<T>> {
        // Whoever panicked while holding the lock left a whole value behind.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> Clone for Slot<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}
