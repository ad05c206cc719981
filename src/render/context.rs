//! The GPU: opening it, guarding work on it, reading a texture back.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use super::error::{NoGpu, RenderError};
use super::image::Image;

/// The longest side of a picture in pixels, on either backend: what WebGPU guarantees and egui
/// asks of its device.
pub const MAX_SIDE: u32 = 8192;

/// How long the answer to a finished copy may take to arrive.
const ANSWER: std::time::Duration = std::time::Duration::from_secs(10);

/// Threads of a workgroup in every shader here: what WebGPU guarantees.
const WORKGROUP_THREADS: u32 = 256;

/// How long a picture may take before the device counts as hung. A driver gives up on its own
/// after two to ten seconds; software Vulkan on one core needs six for the largest atlas.
const PATIENCE: Duration = Duration::from_secs(20);

/// A device that can run compute shaders. Clones share the device.
#[derive(Clone, Debug)]
pub struct Gpu {
    pub device: wgpu::Device,
    pub queue: wgpu::Queue,
    /// The adapter and its interface, for the status line: `llvmpipe (LLVM 15.0.6, 256 bits), Vulkan`.
    pub name: String,
    /// Filled once by the driver's callback: why the device is gone.
    lost: Arc<OnceLock<String>>,
}

impl Gpu {
    /// A device without a window: the command line and the tests. `WGPU_BACKEND` chooses the
    /// interface, as in every wgpu program.
    ///
    /// # Errors
    /// If there is no adapter, or none that runs compute shaders.
    pub fn headless() -> Result<Self, NoGpu> {
        let descriptor = wgpu::InstanceDescriptor::new_without_display_handle_from_env();
        let instance = wgpu::Instance::new(descriptor);
        let options = wgpu::RequestAdapterOptions {
            power_preference: wgpu::PowerPreference::HighPerformance,
            ..Default::default()
        };
        let adapter = pollster::block_on(instance.request_adapter(&options))
            .map_err(|error| NoGpu::NoAdapter(error.to_string()))?;
        let name = name_of(&adapter.get_info());
        let descriptor = wgpu::DeviceDescriptor {
            label: Some("convscope headless"),
            // All the adapter has: large layers are one storage buffer.
            required_limits: adapter.limits(),
            ..Default::default()
        };
        let (device, queue) = pollster::block_on(adapter.request_device(&descriptor))
            .map_err(|error| NoGpu::NoDevice { name, reason: error.to_string() })?;
        Self::from_window(device, queue)
    }

    /// The window's own device (eframe's `RenderState`), shared with whoever draws the window.
    /// Takes the device's lost-callback, which eframe leaves free.
    ///
    /// # Errors
    /// If the device was opened without the limits that compute shaders need.
    pub fn from_window(device: wgpu::Device, queue: wgpu::Queue) -> Result<Self, NoGpu> {
        let name = name_of(&device.adapter_info());
        if !runs_compute(&device.limits()) {
            return Err(NoGpu::NoCompute { name });
        }
        let lost = Arc::new(OnceLock::new());
        let in_callback = Arc::clone(&lost);
        device.set_device_lost_callback(move |reason, message| {
            // The first reason is the true one; later calls change nothing.
            let _ = in_callback.set(format!("{reason:?}: {message}"));
        });
        Ok(Self { device, queue, name, lost })
    }

    /// The longest side of a picture here, in pixels; at most [`MAX_SIDE`].
    #[must_use]
    pub fn max_side(&self) -> u32 {
        self.device.limits().max_texture_dimension_2d.min(MAX_SIDE)
    }

    /// The most bytes one storage buffer may hold.
    pub(super) fn max_buffer_bytes(&self) -> u64 {
        let limits = self.device.limits();
        limits.max_buffer_size.min(limits.max_storage_buffer_binding_size)
    }

    /// Does `work` on the device and says what went wrong. Without the error scopes wgpu would
    /// panic on the first validation error. Never waits for the GPU.
    pub(super) fn guarded<T>(&self, work: impl FnOnce() -> T) -> Result<T, RenderError> {
        let validation = self.device.push_error_scope(wgpu::ErrorFilter::Validation);
        let memory = self.device.push_error_scope(wgpu::ErrorFilter::OutOfMemory);
        let internal = self.device.push_error_scope(wgpu::ErrorFilter::Internal);
        let done = work();
        // Scopes close in reverse order; natively the answers are there at once.
        let errors = [internal.pop(), memory.pop(), validation.pop()].map(pollster::block_on);
        self.check_lost()?;
        match errors.into_iter().flatten().next() {
            None => Ok(done),
            Some(error) => Err(RenderError::Refused(error.to_string())),
        }
    }

    /// Blocks until all work so far is done. Not for the window thread.
    pub(super) fn wait(&self) -> Result<(), RenderError> {
        let wait = wgpu::PollType::Wait { submission_index: None, timeout: Some(PATIENCE) };
        let answer = self.device.poll(wait);
        self.check_lost()?;
        match answer {
            Ok(_) => Ok(()),
            Err(wgpu::PollError::Timeout) => {
                Err(RenderError::NoAnswer { seconds: PATIENCE.as_secs() })
            }
            Err(error) => Err(RenderError::Refused(error.to_string())),
        }
    }

    /// Copies an `Rgba8Unorm` texture with `COPY_SRC` into memory. Blocks; not for the window
    /// thread.
    ///
    /// # Errors
    /// If the device is lost, hangs or refuses.
    pub fn read(&self, texture: &wgpu::Texture) -> Result<Image, RenderError> {
        let (width, height) = (texture.width(), texture.height());
        // Rows of a copy begin at multiples of 256 bytes.
        let padded = (4 * width).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
        let (answer, answers) = std::sync::mpsc::channel();
        let staging = self.guarded(|| {
            let staging = self.device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("read back"),
                size: u64::from(padded) * u64::from(height),
                usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
                mapped_at_creation: false,
            });
            let mut encoder = self.device.create_command_encoder(&Default::default());
            encoder.copy_texture_to_buffer(
                texture.as_image_copy(),
                wgpu::TexelCopyBufferInfo {
                    buffer: &staging,
                    layout: wgpu::TexelCopyBufferLayout {
                        offset: 0,
                        bytes_per_row: Some(padded),
                        rows_per_image: None,
                    },
                },
                texture.size(),
            );
            self.queue.submit([encoder.finish()]);
            staging.map_async(wgpu::MapMode::Read, .., move |result| {
                // Nobody listens any more if the wait below has failed.
                let _ = answer.send(result);
            });
            staging
        })?;
        self.wait()?;
        let refused = |reason: String| RenderError::Refused(reason);
        // Another thread that polls the device may be the one that brings the answer.
        let mapped = answers.recv_timeout(ANSWER).map_err(|error| refused(error.to_string()))?;
        mapped.map_err(|error| refused(error.to_string()))?;
        let bytes = staging.get_mapped_range(..).map_err(|error| refused(error.to_string()))?;
        let rows = bytes.chunks_exact(padded as usize);
        let rgba = rows.flat_map(|row| &row[..4 * width as usize]).copied().collect();
        Ok(Image { width, height, rgba })
    }

    fn check_lost(&self) -> Result<(), RenderError> {
        // wgpu reports a loss when it is polled; this poll does not wait.
        let polled = self.device.poll(wgpu::PollType::Poll);
        match (self.lost.get(), polled) {
            (Some(reason), _) => Err(RenderError::DeviceLost(reason.clone())),
            (None, Ok(_)) => Ok(()),
            (None, Err(error)) => Err(RenderError::Refused(error.to_string())),
        }
    }
}

/// The adapter's own name and the interface it is reached through.
fn name_of(info: &wgpu::AdapterInfo) -> String {
    format!("{}, {:?}", info.name, info.backend)
}

/// Whether a device with these limits runs every shader of this module.
fn runs_compute(limits: &wgpu::Limits) -> bool {
    limits.max_compute_workgroups_per_dimension > 0
        && limits.max_compute_invocations_per_workgroup >= WORKGROUP_THREADS
        && limits.max_compute_workgroup_size_x >= WORKGROUP_THREADS
        && limits.max_compute_workgroup_size_y >= 16
        && limits.max_compute_workgroup_storage_size >= 8 * WORKGROUP_THREADS
        && limits.max_storage_buffers_per_shader_stage >= 3
        && limits.max_storage_textures_per_shader_stage >= 1
}
