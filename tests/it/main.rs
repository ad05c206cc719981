//! All tests in one binary: each extra one would link egui, wgpu and candle again.

mod engine;
