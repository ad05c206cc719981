//! The feature maps of one layer, side by side in one picture.

mod gpu_data;
mod host;
mod layout;
mod twin;

pub use host::FeatureMapPass;
pub use layout::{AtlasLayout, AtlasUnit, FeatureMapStyle, PixelRect, RangeMode};
pub use twin::{draw, ranges};
