//! What leaves the window as text or on paper: tables, the sum of one unit, a page of exercises.
//!
//! Pure functions of an explanation: no window, no files, no clock. The same inputs give the same
//! bytes.

pub mod csv;
mod error;
pub mod exercise;
pub mod fields;
mod groups;
mod names;
pub mod pytorch;
pub mod series;
mod sheet;
pub mod sketch;
pub mod sum;
pub mod training;
mod typeface;

pub use error::PaperError;
pub use exercise::{Blank, Exercise, What};

/// Decimals of every number on paper, as in the window.
const DECIMALS: usize = 4;
