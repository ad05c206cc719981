//! All tests in one binary: each extra one would link egui, wgpu and candle again.

#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected should panic")]

mod cli;
mod data;
mod engine;
mod explain;
mod house;
mod locale;
mod network;
mod paper;
mod photographs;
mod render;
mod support;
mod ui;
mod worker;
