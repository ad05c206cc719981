//! Who draws the pictures, in words.

use std::time::Duration;

use super::error::{NoGpu, RenderError};

/// Who draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    Gpu,
    Cpu,
}

/// Who draws, and why: the status line's sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Status {
    /// The GPU, as asked or because it can.
    #[error("drawn by the GPU ({name})")]
    Gpu { name: String },
    /// The CPU, as asked.
    #[error("drawn by the CPU")]
    Cpu,
    #[error("drawn by the CPU: {0}")]
    NoGpu(NoGpu),
    /// The GPU failed while drawing; the CPU drew that picture and draws all others.
    #[error("drawn by the CPU: {0}")]
    GpuFailed(RenderError),
    #[error("drawn by the GPU ({name}): {gpu:.1?} a picture, the CPU {cpu:.1?}")]
    GpuFaster { name: String, gpu: Duration, cpu: Duration },
    #[error("drawn by the CPU: {cpu:.1?} a picture, the GPU ({name}) {gpu:.1?}")]
    CpuFaster { name: String, gpu: Duration, cpu: Duration },
}

impl Status {
    #[must_use]
    pub fn backend(&self) -> Backend {
        match self {
            Self::Gpu { .. } | Self::GpuFaster { .. } => Backend::Gpu,
            Self::Cpu | Self::NoGpu(_) | Self::GpuFailed(_) | Self::CpuFaster { .. } => {
                Backend::Cpu
            }
        }
    }
}
