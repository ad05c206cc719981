//! The views and the inspector.

pub mod field;
pub mod inspector;
pub mod parameters;
pub mod step;
pub mod train;
