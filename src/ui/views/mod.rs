//! The views and the inspector.

pub mod inspector;
pub mod step;
