use std::time::Duration;

use super::{AnyError, Told, bytes, told};
use crate::locale::Message;
use crate::render::{LayoutError, NoGpu, RenderError, Status};

pub fn message(error: &AnyError) -> Option<Message> {
    told::<Status>(error)
        .or_else(|| told::<NoGpu>(error))
        .or_else(|| told::<RenderError>(error))
        .or_else(|| told::<LayoutError>(error))
}

impl Told for NoGpu {
    fn message(&self) -> Message {
        match self {
            Self::NoAdapter(reason) => Message::new("error-gpu-no-adapter").with("reason", reason),
            Self::NoWindowDevice => Message::new("error-gpu-no-window-device"),
            Self::NoCompute { name } => Message::new("error-gpu-no-compute").with("name", name),
            Self::NoDevice { name, reason } => {
                Message::new("error-gpu-no-device").with("name", name).with("reason", reason)
            }
        }
    }
}

impl Told for RenderError {
    fn message(&self) -> Message {
        match self {
            Self::DeviceLost(reason) => Message::new("error-gpu-lost").with("reason", reason),
            Self::NoAnswer { seconds } => {
                Message::new("error-gpu-no-answer").with("seconds", seconds)
            }
            Self::Refused(reason) => Message::new("error-gpu-refused").with("reason", reason),
            Self::DoesNotFit { bytes: size, limit } => Message::new("error-gpu-does-not-fit")
                .with("bytes", bytes(*size))
                .with("limit", bytes(*limit)),
            Self::Layout(error) => error.message(),
        }
    }
}

impl Told for LayoutError {
    fn message(&self) -> Message {
        match self {
            Self::Empty => Message::new("error-layout-empty"),
            Self::TooLarge { width, height, max_side } => Message::new("error-layout-too-large")
                .with("width", width)
                .with("height", height)
                .with("limit", max_side),
            Self::NoPixels => Message::new("error-layout-no-pixels"),
            Self::Zoom => Message::new("error-layout-zoom"),
            Self::NotDrawn(error) => error.message(),
        }
    }
}

/// The status line's hint.
impl Told for Status {
    fn message(&self) -> Message {
        let time = |duration: &Duration| format!("{duration:.1?}");
        match self {
            Self::Gpu { name } => Message::new("error-status-gpu").with("name", name),
            Self::Cpu => Message::new("error-status-cpu"),
            Self::NoGpu(error) => {
                Message::new("error-status-replaced").with_message("reason", error.message())
            }
            Self::GpuFailed(error) => {
                Message::new("error-status-replaced").with_message("reason", error.message())
            }
            Self::GpuFaster { name, gpu, cpu } => Message::new("error-status-gpu-faster")
                .with("name", name)
                .with("gpu", time(gpu))
                .with("cpu", time(cpu)),
            Self::CpuFaster { name, gpu, cpu } => Message::new("error-status-cpu-faster")
                .with("name", name)
                .with("gpu", time(gpu))
                .with("cpu", time(cpu)),
        }
    }
}
