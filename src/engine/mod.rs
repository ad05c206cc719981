//! The engine: computes what a network description says, and trains it. The only module that knows
//! candle; no windows, no clock, no threads of its own (rayon iterators only).
//!
//! Everything runs in the lane layout ([`lanes`]): eight images side by side. A [`Model`] is a network
//! with its weights; a trace is what one forward pass computed, collected by an observer.
//!
//! Invariant: the same inputs give the same bits, for any number of threads.

pub mod answer;
pub mod augment;
pub mod bundled;
pub mod effective;
mod error;
pub mod examples;
mod fit;
mod in_range;
pub mod lanes;
pub mod metrics;
mod model;
mod muted;
pub mod ops;
pub mod optim;
mod plan;
pub mod recipe;
pub mod rng;
pub mod schedule;
pub mod seeded;
mod tape;
mod threads;
pub mod train;
pub mod weight_file;

pub use error::{CheckpointProblem, Counted, Demand, EngineError, Misfit, Setting};
pub use fit::reshaped;
pub use metrics::{Evaluation, evaluate};
pub use model::{Backward, Computed, Learned, Model, Parameter};
pub use threads::Threads;
pub use train::{CheckpointFolder, Progress, Settings, Trainer};
