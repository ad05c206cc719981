//! The connection matrix of a layer, outputs × inputs, at any zoom: grey where a weight is used, the
//! same weight lit everywhere, or each weight in a colour of its own.
//!
//! A pixel that covers many cells says two things, both exact counts on a logarithmic scale: how much of
//! its block is used, and at most how many different weights stand in it.

mod axis;
mod gpu_data;
mod host;
mod layout;
mod lines;
mod links;
mod plan;
mod style;
mod twin;

pub use host::WiringPass;
pub use layout::{CellPlace, WiringView};
pub use style::{PALETTE, WiringStyle};
pub use twin::{WiringCount, count_at, counts, draw};
