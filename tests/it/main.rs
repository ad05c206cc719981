//! All tests in one binary: each extra one would link egui, wgpu and candle again.

mod cli;
mod data;
mod engine;
mod explain;
mod house;
mod locale;
mod network;
mod render;
mod support;
mod ui;
mod worker;
