//! Convscope shows the inside of a convolutional neural network while it works and while it learns.
//!
//! The modules form a house with a dependency rule (`ARCHITECTURE.md`, checked by
//! `tests/it/house.rs`): `array → network → explain`, `array → data`,
//! `{explain, data} → engine → worker`, `{array, network} → render`, `{explain, locale} → paper`.
//! The window (`ui`) never touches the engine, the command line (`cli`) never touches the window,
//! candle lives in `engine` alone, wgpu in `render` and `ui/platform`, egui in `ui`.

pub mod array;
pub mod cli;
pub mod data;
pub mod engine;
pub mod explain;
pub mod locale;
pub mod network;
pub mod paper;
pub mod render;
pub mod ui;
pub mod worker;
