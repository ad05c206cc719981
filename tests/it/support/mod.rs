//! What several test modules share.

pub mod line;
pub mod photo;
