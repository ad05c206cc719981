//! What every compute pass needs: a pipeline with its one bind group, and buffers.

use bytemuck::Pod;
use wgpu::util::align_to;

use super::context::Gpu;

/// What stands at one binding of a shader's group 0.
#[derive(Clone, Copy, Debug)]
pub enum Binding {
    Uniform,
    Read,
    ReadWrite,
    /// The picture being drawn, an `Rgba8Unorm` storage texture.
    Picture,
}

/// One entry point of a shader, ready to run.
#[derive(Debug)]
pub struct Pass {
    pipeline: wgpu::ComputePipeline,
    bindings: wgpu::BindGroupLayout,
    entry_point: &'static str,
}

impl Pass {
    /// Compiles `wgsl`; its bindings are numbered from 0 in the order given here.
    pub fn new(gpu: &Gpu, wgsl: &str, entry_point: &'static str, bindings: &[Binding]) -> Self {
        let label = Some(entry_point);
        let entries: Vec<_> = (0u32..).zip(bindings).map(|(i, &kind)| entry(i, kind)).collect();
        let bindings = gpu.device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label,
            entries: &entries,
        });
        let layout = gpu.device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
            label,
            bind_group_layouts: &[Some(&bindings)],
            immediate_size: 0,
        });
        let module = gpu.device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label,
            source: wgpu::ShaderSource::Wgsl(wgsl.into()),
        });
        let pipeline = gpu.device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label,
            layout: Some(&layout),
            module: &module,
            entry_point: label,
            compilation_options: Default::default(),
            cache: None,
        });
        Self { pipeline, bindings, entry_point }
    }

    /// Records one run over `[x, y]` workgroups.
    pub fn record(
        &self,
        gpu: &Gpu,
        encoder: &mut wgpu::CommandEncoder,
        resources: &[wgpu::BindingResource<'_>],
        [x, y]: [u32; 2],
    ) {
        let label = Some(self.entry_point);
        let entries: Vec<_> = (0u32..)
            .zip(resources)
            .map(|(binding, resource)| wgpu::BindGroupEntry { binding, resource: resource.clone() })
            .collect();
        let group = gpu.device.create_bind_group(&wgpu::BindGroupDescriptor {
            label,
            layout: &self.bindings,
            entries: &entries,
        });
        let mut pass = encoder
            .begin_compute_pass(&wgpu::ComputePassDescriptor { label, timestamp_writes: None });
        pass.set_pipeline(&self.pipeline);
        pass.set_bind_group(0, &group, &[]);
        pass.dispatch_workgroups(x, y, 1);
    }
}

fn entry(binding: u32, kind: Binding) -> wgpu::BindGroupLayoutEntry {
    let buffer =
        |ty| wgpu::BindingType::Buffer { ty, has_dynamic_offset: false, min_binding_size: None };
    let ty = match kind {
        Binding::Uniform => buffer(wgpu::BufferBindingType::Uniform),
        Binding::Read => buffer(wgpu::BufferBindingType::Storage { read_only: true }),
        Binding::ReadWrite => buffer(wgpu::BufferBindingType::Storage { read_only: false }),
        Binding::Picture => wgpu::BindingType::StorageTexture {
            access: wgpu::StorageTextureAccess::WriteOnly,
            format: wgpu::TextureFormat::Rgba8Unorm,
            view_dimension: wgpu::TextureViewDimension::D2,
        },
    };
    wgpu::BindGroupLayoutEntry { binding, visibility: wgpu::ShaderStages::COMPUTE, ty, count: None }
}

/// A uniform buffer holding `params`.
pub fn uniform(gpu: &Gpu, params: &impl Pod) -> wgpu::Buffer {
    filled(gpu, bytemuck::bytes_of(params), wgpu::BufferUsages::UNIFORM)
}

/// A storage buffer holding `values`; at least one.
pub fn storage(gpu: &Gpu, values: &[impl Pod]) -> wgpu::Buffer {
    filled(gpu, bytemuck::cast_slice(values), wgpu::BufferUsages::STORAGE)
}

fn filled(gpu: &Gpu, bytes: &[u8], usage: wgpu::BufferUsages) -> wgpu::Buffer {
    let buffer = gpu.device.create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size: align_to(bytes.len() as u64, wgpu::COPY_BUFFER_ALIGNMENT),
        usage: usage | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    });
    // Not `mapped_at_creation`: mapping panics when the device is lost.
    gpu.queue.write_buffer(&buffer, 0, bytes);
    buffer
}

/// An empty picture that a shader can write, egui can show and [`Gpu::read`] can copy.
pub fn picture(gpu: &Gpu, label: &str, width: u32, height: u32) -> wgpu::Texture {
    gpu.device.create_texture(&wgpu::TextureDescriptor {
        label: Some(label),
        size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: wgpu::TextureDimension::D2,
        format: wgpu::TextureFormat::Rgba8Unorm,
        usage: wgpu::TextureUsages::STORAGE_BINDING
            | wgpu::TextureUsages::TEXTURE_BINDING
            | wgpu::TextureUsages::COPY_SRC,
        view_formats: &[],
    })
}

/// Workgroups of `@workgroup_size(16, 16)` that cover a picture.
pub fn tiles(width: u32, height: u32) -> [u32; 2] {
    [width.div_ceil(16), height.div_ceil(16)]
}
