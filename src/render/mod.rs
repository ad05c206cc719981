//! Pictures made from numbers, by wgpu compute shaders or by their twins on the CPU.
//!
//! One folder per job. `layout.rs` is the geometry and the style, plain data both backends share;
//! `host.rs` feeds the shader of the same name in `shaders/`; `twin.rs` draws the same picture in
//! plain Rust, to within one level per channel, and is the way to read what the shader does. Tests
//! compare the two on odd sizes.
//!
//! [`Renderer`] is the door: it draws on the GPU while that works, and with the twins from the
//! first failure on.
//!
//! Invariants: no egui, no network, no clock. Colours come from the caller. Nothing here panics on
//! a lost or refusing device. Only [`Gpu::read`], the `Renderer` methods that return an [`Image`] and
//! [`Renderer::measure`] wait for the GPU.

pub mod feature_map;
pub mod field_overlay;
pub mod wiring;

mod colour;
mod compute;
mod context;
mod error;
mod image;
mod renderer;
mod scale;
mod status;
mod typical;
mod viridis;

pub use colour::Rgba;
pub use context::{Gpu, MAX_SIDE};
pub use error::{LayoutError, NoGpu, RenderError};
pub use feature_map::{AtlasLayout, AtlasUnit, FeatureMapStyle, PixelRect, RangeMode};
pub use field_overlay::{Field, FieldBox, FieldOverlayStyle, Heat};
pub use image::Image;
pub use renderer::{Picture, Renderer};
pub use scale::{NOT_A_NUMBER, Scale};
pub use status::{Backend, Status};
pub use wiring::{CellPlace, WiringCount, WiringStyle, WiringView};
