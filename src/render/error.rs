//! Why a picture did not come from the GPU. The caller draws it with the twin then.

use crate::network::wiring::NotDrawn;

/// Why this machine has no GPU to compute with.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoGpu {
    #[error("no graphics adapter was found ({0})")]
    NoAdapter(String),
    #[error("the window is not drawn by wgpu, so there is no device to share")]
    NoWindowDevice,
    /// The OpenGL fallback, for instance: it reports compute limits of 0.
    #[error("{name} cannot run compute shaders")]
    NoCompute { name: String },
    #[error("{name} would not open ({reason})")]
    NoDevice { name: String, reason: String },
}

/// Why the GPU did not draw a picture.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    #[error("the graphics device was lost ({0})")]
    DeviceLost(String),
    #[error("the graphics device did not answer within {seconds} s")]
    NoAnswer { seconds: u64 },
    /// Out of memory, or work the driver does not accept.
    #[error("the graphics device refused the work ({0})")]
    Refused(String),
    /// This one picture is more than the device takes; others may be drawn.
    #[error("{bytes} bytes of values are more than the graphics device takes ({limit})")]
    DoesNotFit { bytes: u64, limit: u64 },
    #[error(transparent)]
    Layout(#[from] LayoutError),
}

/// Why there can be no such picture, from any backend.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    #[error("there is nothing to draw: the layer holds no values")]
    Empty,
    #[error("a picture of {width}×{height} pixels is larger than {max_side}×{max_side}")]
    TooLarge { width: u64, height: u64, max_side: u32 },
    #[error("a picture needs pixels: both sides must be 1 at least")]
    NoPixels,
    #[error("a pixel must show a part of the matrix: more than no cells, and a finite number")]
    Zoom,
    #[error(transparent)]
    NotDrawn(#[from] NotDrawn),
}
