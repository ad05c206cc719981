//! The overlay drawn by the GPU. `twin.rs` is the same in plain Rust.

use super::gpu_data::OverlayParams;
use super::layout::{Field, FieldOverlayStyle, Heat};
use crate::render::compute::{self, Binding, Pass};
use crate::render::context::Gpu;
use crate::render::error::RenderError;

/// How colours are stored where they are not opaque.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alpha {
    /// As in [`Image`](crate::render::Image) and PNG.
    Straight,
    /// As egui draws textures.
    Premultiplied,
}

/// The compiled shader.
#[derive(Debug)]
pub struct FieldOverlayPass {
    gpu: Gpu,
    overlay: Pass,
}

impl FieldOverlayPass {
    /// Compiles the shader.
    ///
    /// # Errors
    /// If the device is lost or does not accept it.
    pub fn new(gpu: &Gpu) -> Result<Self, RenderError> {
        const OVERLAY: &str = include_str!("../../../shaders/field_overlay.wgsl");
        let bindings = [Binding::Uniform, Binding::Picture, Binding::Read];
        gpu.guarded(|| Self {
            gpu: gpu.clone(),
            overlay: Pass::new(gpu, OVERLAY, "overlay", &bindings),
        })
    }

    /// Draws the overlay into a new `Rgba8Unorm` texture. Returns before the GPU is done; what is
    /// submitted later to the same queue sees the picture.
    ///
    /// # Errors
    /// If there is no such picture, it is too large for the device, or the device fails.
    pub fn run(
        &self,
        field: &Field,
        heat: Option<&Heat>,
        style: &FieldOverlayStyle,
        alpha: Alpha,
    ) -> Result<wgpu::Texture, RenderError> {
        let gpu = &self.gpu;
        style.check(gpu.max_side())?;
        let mut values: Vec<f32> = heat.map_or_else(Vec::new, |heat| heat.clean().collect());
        let (bytes, limit) = (4 * values.len() as u64, gpu.max_buffer_bytes());
        if bytes > limit {
            return Err(RenderError::DoesNotFit { bytes, limit });
        }
        if values.is_empty() {
            // Something must be bound.
            values.push(0.0);
        }
        gpu.guarded(|| {
            let texture = compute::picture(gpu, "field overlay", style.width, style.height);
            let params = compute::uniform(gpu, &OverlayParams::new(field, heat, style, alpha));
            let values = compute::storage(gpu, &values);
            let view = texture.create_view(&Default::default());
            let resources = [
                params.as_entire_binding(),
                wgpu::BindingResource::TextureView(&view),
                values.as_entire_binding(),
            ];
            let tiles = compute::tiles(style.width, style.height);
            let mut encoder = gpu.device.create_command_encoder(&Default::default());
            self.overlay.record(gpu, &mut encoder, &resources, tiles);
            gpu.queue.submit([encoder.finish()]);
            texture
        })
    }
}
