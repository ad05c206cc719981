//! Time as arithmetic: what happens at which moment of a replay, without a list of moments.
//!
//! A clock numbers the events of a layer or of one unit; a pace says when, in seconds, each is due. A
//! replay can be set to any moment, and played backwards, because nothing is kept between two of them.

mod layer_clock;
mod pace;
mod unit_clock;

pub use layer_clock::{LayerClock, LayerEvent};
pub use pace::Pace;
pub use unit_clock::{UnitClock, UnitEvent};
