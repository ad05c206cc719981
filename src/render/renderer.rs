//! One door to both backends: the GPU where it works, the twin where it does not.

use std::time::Duration;

use super::context::{Gpu, MAX_SIDE};
use super::error::{LayoutError, NoGpu, RenderError};
use super::feature_map::{self, FeatureMapPass, FeatureMapStyle};
use super::field_overlay::{self, Alpha, Field, FieldOverlayPass, FieldOverlayStyle, Heat};
use super::image::Image;
use super::status::{Backend, Status};
use super::typical::Typical;
use super::wiring::{self, WiringPass, WiringStyle, WiringView};
use crate::array::Array;
use crate::network::wiring::Wiring;

/// A picture for the window.
#[derive(Clone, Debug)]
pub enum Picture {
    /// On the window's device, to be registered with egui, filter nearest; premultiplied alpha.
    Texture(wgpu::Texture),
    /// To be uploaded; straight alpha.
    Image(Image),
}

/// Draws every picture. A GPU that fails is given up for good, and [`Renderer::status`] says why.
#[derive(Debug)]
pub struct Renderer {
    /// `None` when the twins draw.
    passes: Option<Passes>,
    status: Status,
}

/// The compiled passes and their device.
#[derive(Debug)]
struct Passes {
    gpu: Gpu,
    feature_map: FeatureMapPass,
    field_overlay: FieldOverlayPass,
    wiring: WiringPass,
}

impl Passes {
    fn new(gpu: Gpu) -> Result<Self, RenderError> {
        let feature_map = FeatureMapPass::new(&gpu)?;
        let field_overlay = FieldOverlayPass::new(&gpu)?;
        let wiring = WiringPass::new(&gpu)?;
        Ok(Self { gpu, feature_map, field_overlay, wiring })
    }
}

impl Renderer {
    /// Draws with the twins.
    #[must_use]
    pub fn cpu() -> Self {
        Self { passes: None, status: Status::Cpu }
    }

    /// Draws on `gpu`, or with the twins if it does not accept the shaders.
    #[must_use]
    pub fn gpu(gpu: Gpu) -> Self {
        let status = Status::Gpu { name: gpu.name.clone() };
        match Passes::new(gpu) {
            Ok(passes) => Self { passes: Some(passes), status },
            Err(error) => Self { passes: None, status: Status::GpuFailed(error) },
        }
    }

    /// Without a window: the backend asked for, else the GPU if it has compute, else the CPU.
    ///
    /// # Errors
    /// If the GPU was asked for and there is none.
    pub fn choose(asked: Option<Backend>) -> Result<Self, NoGpu> {
        match asked {
            Some(Backend::Cpu) => Ok(Self::cpu()),
            Some(Backend::Gpu) => Gpu::headless().map(Self::gpu),
            None => Ok(Self::from_found(Gpu::headless())),
        }
    }

    /// Draws on the GPU if one was found: `Renderer::from_found(Gpu::from_window(…))`.
    #[must_use]
    pub fn from_found(found: Result<Gpu, NoGpu>) -> Self {
        match found {
            Ok(gpu) => Self::gpu(gpu),
            Err(error) => Self { passes: None, status: Status::NoGpu(error) },
        }
    }

    #[must_use]
    pub fn status(&self) -> &Status {
        &self.status
    }

    /// The longest side of a picture that either backend draws.
    #[must_use]
    pub fn max_side(&self) -> u32 {
        self.passes.as_ref().map_or(MAX_SIDE, |passes| passes.gpu.max_side())
    }

    /// The maps of a layer `[c, h, w]` in memory. Blocks; not for the window thread.
    ///
    /// # Errors
    /// If there is nothing to draw or the picture is too large. A GPU failure is none.
    pub fn feature_map(
        &mut self,
        values: &Array,
        style: &FeatureMapStyle,
    ) -> Result<Image, LayoutError> {
        self.on_gpu(|passes| passes.gpu.read(&passes.feature_map.run(values, style)?))
            .map_or_else(|| feature_map::draw(values, style, MAX_SIDE), Ok)
    }

    /// The same for the window: never waits for the GPU.
    ///
    /// # Errors
    /// If there is nothing to draw or the picture is too large. A GPU failure is none.
    pub fn feature_map_picture(
        &mut self,
        values: &Array,
        style: &FeatureMapStyle,
    ) -> Result<Picture, LayoutError> {
        match self.on_gpu(|passes| passes.feature_map.run(values, style)) {
            Some(texture) => Ok(Picture::Texture(texture)),
            None => feature_map::draw(values, style, MAX_SIDE).map(Picture::Image),
        }
    }

    /// The overlay of a field in memory. Blocks; not for the window thread.
    ///
    /// # Errors
    /// If the picture has no pixels or is too large. A GPU failure is none.
    pub fn field_overlay(
        &mut self,
        field: &Field,
        style: &FieldOverlayStyle,
    ) -> Result<Image, LayoutError> {
        self.heated_field_overlay(field, None, style)
    }

    /// The overlay of a field, with heat under its frames. Blocks; not for the window thread.
    ///
    /// # Errors
    /// If the picture has no pixels or is too large. A GPU failure is none.
    pub fn heated_field_overlay(
        &mut self,
        field: &Field,
        heat: Option<&Heat>,
        style: &FieldOverlayStyle,
    ) -> Result<Image, LayoutError> {
        let read = |passes: &Passes| {
            passes.gpu.read(&passes.field_overlay.run(field, heat, style, Alpha::Straight)?)
        };
        let twin = || field_overlay::draw_heated(field, heat, style, MAX_SIDE);
        self.on_gpu(read).map_or_else(twin, Ok)
    }

    /// The same for the window: never waits for the GPU.
    ///
    /// # Errors
    /// If the picture has no pixels or is too large. A GPU failure is none.
    pub fn field_overlay_picture(
        &mut self,
        field: &Field,
        style: &FieldOverlayStyle,
    ) -> Result<Picture, LayoutError> {
        self.heated_field_overlay_picture(field, None, style)
    }

    /// The overlay of a field, with heat under its frames, for the window: never waits for the GPU.
    ///
    /// # Errors
    /// If the picture has no pixels or is too large. A GPU failure is none.
    pub fn heated_field_overlay_picture(
        &mut self,
        field: &Field,
        heat: Option<&Heat>,
        style: &FieldOverlayStyle,
    ) -> Result<Picture, LayoutError> {
        let run =
            |passes: &Passes| passes.field_overlay.run(field, heat, style, Alpha::Premultiplied);
        match self.on_gpu(run) {
            Some(texture) => Ok(Picture::Texture(texture)),
            None => field_overlay::draw_heated(field, heat, style, MAX_SIDE).map(Picture::Image),
        }
    }

    /// A part of a connection matrix in memory. Blocks; not for the window thread.
    ///
    /// # Errors
    /// If the matrix is too large to draw or there is no such picture. A GPU failure is none.
    pub fn wiring(
        &mut self,
        wiring: &Wiring,
        view: &WiringView,
        style: &WiringStyle,
    ) -> Result<Image, LayoutError> {
        self.on_gpu(|passes| passes.gpu.read(&passes.wiring.run(wiring, view, style)?))
            .map_or_else(|| wiring::draw(wiring, view, style, MAX_SIDE), Ok)
    }

    /// The same for the window: never waits for the GPU.
    ///
    /// # Errors
    /// If the matrix is too large to draw or there is no such picture. A GPU failure is none.
    pub fn wiring_picture(
        &mut self,
        wiring: &Wiring,
        view: &WiringView,
        style: &WiringStyle,
    ) -> Result<Picture, LayoutError> {
        match self.on_gpu(|passes| passes.wiring.run(wiring, view, style)) {
            Some(texture) => Ok(Picture::Texture(texture)),
            None => wiring::draw(wiring, view, style, MAX_SIDE).map(Picture::Image),
        }
    }

    /// Times both backends on typical pictures and keeps the faster: software Vulkan often loses.
    /// Blocks for some pictures' time; the window calls it once, after its first picture. `now` is
    /// any steady clock (the web page has its own).
    pub fn measure(&mut self, now: impl Fn() -> Duration) {
        let typical = Typical::new();
        let run = |passes: &Passes| {
            passes.feature_map.run(&typical.maps, &typical.map_style)?;
            passes.wiring.run(&typical.wiring, &typical.view, &typical.wiring_style)?;
            passes.gpu.wait()
        };
        let Some(gpu) = self.on_gpu(|passes| fastest(&now, || run(passes))) else { return };
        let Ok(cpu) = fastest(&now, || typical.twins()) else { return };
        let Some(passes) = &self.passes else { return };
        let name = passes.gpu.name.clone();
        if gpu <= cpu {
            self.status = Status::GpuFaster { name, gpu, cpu };
        } else {
            self.status = Status::CpuFaster { name, gpu, cpu };
            self.passes = None;
        }
    }

    /// What the GPU makes of `job`, if it is still trusted and does not fail.
    fn on_gpu<T>(&mut self, job: impl FnOnce(&Passes) -> Result<T, RenderError>) -> Option<T> {
        match job(self.passes.as_ref()?) {
            Ok(done) => Some(done),
            // Only this picture is too large; the twin may still draw it.
            Err(RenderError::DoesNotFit { .. } | RenderError::Layout(_)) => None,
            Err(
                error @ (RenderError::DeviceLost(_)
                | RenderError::NoAnswer { .. }
                | RenderError::Refused(_)),
            ) => {
                self.status = Status::GpuFailed(error);
                self.passes = None;
                None
            }
        }
    }
}

/// The shortest of three times, after one run that warms the caches up.
fn fastest<T, E>(
    now: impl Fn() -> Duration,
    mut job: impl FnMut() -> Result<T, E>,
) -> Result<Duration, E> {
    job()?;
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let start = now();
        job()?;
        best = best.min(now().saturating_sub(start));
    }
    Ok(best)
}
