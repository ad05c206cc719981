//! The matrix drawn by the GPU. `twin.rs` is the same in plain Rust.

use bytemuck::Zeroable;

use super::gpu_data::WiringParams;
use super::layout::WiringView;
use super::lines::Piece;
use super::plan::Plan;
use super::style::WiringStyle;
use crate::network::wiring::Wiring;
use crate::render::compute::{self, Binding, Pass};
use crate::render::context::Gpu;
use crate::render::error::RenderError;

/// The compiled shader.
#[derive(Debug)]
pub struct WiringPass {
    gpu: Gpu,
    matrix: Pass,
}

impl WiringPass {
    /// Compiles the shader.
    ///
    /// # Errors
    /// If the device is lost or does not accept it.
    pub fn new(gpu: &Gpu) -> Result<Self, RenderError> {
        const WIRING: &str = include_str!("../../../shaders/wiring.wgsl");
        let bindings =
            [Binding::Uniform, Binding::Read, Binding::Read, Binding::Read, Binding::Picture];
        gpu.guarded(|| Self {
            gpu: gpu.clone(),
            matrix: Pass::new(gpu, WIRING, "wiring", &bindings),
        })
    }

    /// Draws a part of the matrix into a new `Rgba8Unorm` texture. Returns before the GPU is done;
    /// what is submitted later to the same queue sees the picture. Its colours are opaque or wholly
    /// transparent, so that it does not matter how alpha is stored.
    ///
    /// # Errors
    /// If there is no such picture, it is too large for the device, or the device fails.
    pub fn run(
        &self,
        wiring: &Wiring,
        view: &WiringView,
        style: &WiringStyle,
    ) -> Result<wgpu::Texture, RenderError> {
        let gpu = &self.gpu;
        let mut plan = Plan::new(wiring, view, style.touched, gpu.max_side())?;
        let params = WiringParams::new(&plan, style);
        // Bindings have at least one element.
        if plan.pieces.is_empty() {
            plan.pieces.push(Piece::zeroed());
        }
        if plan.links.sums.is_empty() {
            plan.links.sums.push(0);
        }
        let (bytes, limit) = (size_of_val(&*plan.links.sums) as u64, gpu.max_buffer_bytes());
        if bytes > limit {
            return Err(RenderError::DoesNotFit { bytes, limit });
        }
        gpu.guarded(|| {
            let texture = compute::picture(gpu, "wiring", view.width, view.height);
            let params = compute::uniform(gpu, &params);
            let lines = compute::storage(gpu, &plan.lines);
            let pieces = compute::storage(gpu, &plan.pieces);
            let links = compute::storage(gpu, &plan.links.sums);
            let picture = texture.create_view(&Default::default());
            let resources = [
                params.as_entire_binding(),
                lines.as_entire_binding(),
                pieces.as_entire_binding(),
                links.as_entire_binding(),
                wgpu::BindingResource::TextureView(&picture),
            ];
            let tiles = compute::tiles(view.width, view.height);
            let mut encoder = gpu.device.create_command_encoder(&Default::default());
            self.matrix.record(gpu, &mut encoder, &resources, tiles);
            gpu.queue.submit([encoder.finish()]);
            texture
        })
    }
}
