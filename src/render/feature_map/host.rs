//! The maps of a layer drawn by the GPU: first the ranges, then the colours. `twin.rs` is the same
//! in plain Rust.

use super::gpu_data::{self, MapParams, RangeParams};
use super::layout::{AtlasLayout, FeatureMapStyle, RangeMode};
use super::twin::fixed;
use crate::array::Array;
use crate::render::compute::{self, Binding, Pass};
use crate::render::context::Gpu;
use crate::render::error::RenderError;

/// One workgroup reduces one map after another; WebGPU lets that many start at once.
const MAX_WORKGROUPS: u32 = 65_535;

/// The compiled shaders.
#[derive(Debug)]
pub struct FeatureMapPass {
    gpu: Gpu,
    map_ranges: Pass,
    layer_range: Pass,
    colours: Pass,
}

impl FeatureMapPass {
    /// Compiles the shaders.
    ///
    /// # Errors
    /// If the device is lost or does not accept them.
    pub fn new(gpu: &Gpu) -> Result<Self, RenderError> {
        const RANGE: &str = include_str!("../../../shaders/feature_range.wgsl");
        const COLOURS: &str = include_str!("../../../shaders/feature_map.wgsl");
        let ranges = [Binding::Uniform, Binding::Read, Binding::ReadWrite];
        let colours =
            [Binding::Uniform, Binding::Read, Binding::Read, Binding::Read, Binding::Picture];
        gpu.guarded(|| Self {
            gpu: gpu.clone(),
            map_ranges: Pass::new(gpu, RANGE, "map_ranges", &ranges),
            layer_range: Pass::new(gpu, RANGE, "layer_range", &ranges),
            colours: Pass::new(gpu, COLOURS, "colours", &colours),
        })
    }

    /// Draws the maps of `[c, h, w]` into a new texture, `Rgba8Unorm`, one texel a pixel of
    /// [`AtlasLayout`]. Returns before the GPU is done; what is submitted later to the same queue
    /// sees the picture.
    ///
    /// # Errors
    /// If there is no such picture, it is too large for the device, or the device fails.
    pub fn run(
        &self,
        values: &Array,
        style: &FeatureMapStyle,
    ) -> Result<wgpu::Texture, RenderError> {
        let atlas = style.atlas(values.chw(), self.gpu.max_side())?;
        let (bytes, limit) = (4 * values.len() as u64, self.gpu.max_buffer_bytes());
        if bytes > limit {
            return Err(RenderError::DoesNotFit { bytes, limit });
        }
        self.gpu.guarded(|| self.submit(values, style, &atlas))
    }

    fn submit(
        &self,
        values: &Array,
        style: &FeatureMapStyle,
        atlas: &AtlasLayout,
    ) -> wgpu::Texture {
        let gpu = &self.gpu;
        let values = compute::storage(gpu, values.values());
        let texture = compute::picture(gpu, "feature maps", atlas.width, atlas.height);
        let mut encoder = gpu.device.create_command_encoder(&Default::default());

        let ranges = match style.range {
            RangeMode::Fixed(range) => given(gpu, gpu_data::range(fixed(range)), atlas.maps),
            RangeMode::Map | RangeMode::Layer => self.record_ranges(&mut encoder, &values, atlas),
        };
        let params = compute::uniform(gpu, &MapParams::new(atlas, style));
        let table: Vec<_> = style.scale.table().iter().map(|colour| colour.levels()).collect();
        let table = compute::storage(gpu, &table);
        let view = texture.create_view(&Default::default());
        let resources = [
            params.as_entire_binding(),
            values.as_entire_binding(),
            ranges.as_entire_binding(),
            table.as_entire_binding(),
            wgpu::BindingResource::TextureView(&view),
        ];
        let tiles = compute::tiles(atlas.width, atlas.height);
        self.colours.record(gpu, &mut encoder, &resources, tiles);

        gpu.queue.submit([encoder.finish()]);
        texture
    }

    /// Records the reduction; the buffer holds the range of each map, then that of the layer.
    fn record_ranges(
        &self,
        encoder: &mut wgpu::CommandEncoder,
        values: &wgpu::Buffer,
        atlas: &AtlasLayout,
    ) -> wgpu::Buffer {
        let gpu = &self.gpu;
        let map_len = atlas.map_rows * atlas.map_columns;
        let params = compute::uniform(gpu, &RangeParams { maps: atlas.maps, map_len });
        let ranges = given(gpu, [0.0, 0.0], atlas.maps);
        let resources = [&params, values, &ranges].map(wgpu::Buffer::as_entire_binding);
        self.map_ranges.record(gpu, encoder, &resources, [atlas.maps.min(MAX_WORKGROUPS), 1]);
        self.layer_range.record(gpu, encoder, &resources, [1, 1]);
        ranges
    }
}

/// Ranges of `maps` maps and their layer, all the same.
fn given(gpu: &Gpu, range: [f32; 2], maps: u32) -> wgpu::Buffer {
    compute::storage(gpu, &vec![range; maps as usize + 1])
}
