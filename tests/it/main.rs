//! All tests in one binary: each extra one would link egui, wgpu and candle again.

mod data;
mod engine;
mod house;
mod network;
mod render;
mod support;
mod ui;
mod worker;
