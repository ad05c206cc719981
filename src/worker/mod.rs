//! The engine's thread: models live here, and the window never waits for them.
//!
//! The window sends [`Command`]s over a bounded channel and reads [`Event`]s from another. What can be
//! superseded — the image to look at, the trace of it — travels in latest-value slots instead
//! (`slot`), in both directions; an effective field, which may take seconds, has a pair of its own and is
//! worked on in pieces, when nothing else is to be done (`effective`). Everything carries a [`RunId`] and a generation, so a stale
//! answer is known and dropped. A panic becomes an event; [`Worker::start`] then begins anew.

mod desk;
mod effective;
mod protocol;
mod slot;
mod thread;
pub mod training;

pub use crate::engine::EngineError;
pub use desk::{CandleEngine, Desk, Runner};
pub use protocol::{
    Answer, Command, EffectiveAnswer, EffectiveRequest, Event, Images, Origin, Pass, Request,
    RunId, WeightSource, WorkerError,
};
pub use thread::Worker;
