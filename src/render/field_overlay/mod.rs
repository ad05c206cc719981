//! What one unit sees of an earlier map: a transparent picture laid over the map.

mod gpu_data;
mod host;
mod layout;
mod twin;

pub use host::{Alpha, FieldOverlayPass};
pub use layout::{Field, FieldBox, FieldOverlayStyle, Heat};
pub use twin::{draw, draw_heated};
