//! How many threads the engine's iterators use. Results never depend on it.

use super::EngineError;

/// A pool of threads of its own, for those who must leave cores to others.
pub struct Threads {
    pool: rayon::ThreadPool,
}

impl Threads {
    /// A pool of `count` threads; with 0, one per core.
    ///
    /// # Errors
    /// If the system gives no more threads.
    pub fn new(count: usize) -> Result<Self, EngineError> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(count).build();
        let pool = pool.map_err(|error| EngineError::Threads { reason: error.to_string() })?;
        Ok(Self { pool })
    }

    /// Does work in this pool, and waits for it.
    pub fn run<R: Send>(&self, work: impl FnOnce() -> R + Send) -> R {
        self.pool.install(work)
    }
}
