//! What happens without a GPU, with one that cannot compute, and when it goes away.

use std::time::{Duration, Instant};

use convscope::array::Array;
use convscope::render::feature_map::{FeatureMapPass, draw};
use convscope::render::{
    Backend, FeatureMapStyle, Field, FieldOverlayStyle, Gpu, LayoutError, MAX_SIDE, NoGpu, Picture,
    RenderError, Renderer, Status,
};

use super::{GPU, assert_same, own_gpu};

fn layer() -> Array {
    Array::from_fn(&[6, 14, 14], |i| (i as f32 * 0.3).cos())
}

fn style() -> FeatureMapStyle {
    FeatureMapStyle { columns: 3, ..Default::default() }
}

#[test]
fn both_backends_draw_the_same() {
    let mut gpu = Renderer::gpu(GPU.clone());
    let mut cpu = Renderer::cpu();
    let field = Field { rows: 14, columns: 14, boxes: [None; 2] };
    let overlay = FieldOverlayStyle::default();
    let [a, b] = [&mut gpu, &mut cpu].map(|renderer| renderer.feature_map(&layer(), &style()));
    assert_same(&a.unwrap(), &b.unwrap(), "feature map");
    let [a, b] = [&mut gpu, &mut cpu].map(|renderer| renderer.field_overlay(&field, &overlay));
    assert_same(&a.unwrap(), &b.unwrap(), "overlay");
    assert_eq!(gpu.status().backend(), Backend::Gpu, "{}", gpu.status());
    assert_eq!(cpu.status(), &Status::Cpu);
}

#[test]
fn the_window_gets_a_texture_or_an_image() {
    let mut gpu = Renderer::gpu(GPU.clone());
    let Picture::Texture(texture) = gpu.feature_map_picture(&layer(), &style()).unwrap() else {
        panic!("{}", gpu.status());
    };
    let Picture::Image(image) = Renderer::cpu().feature_map_picture(&layer(), &style()).unwrap()
    else {
        panic!("the CPU has no textures");
    };
    assert_same(&GPU.read(&texture).unwrap(), &image, "window");
}

#[test]
fn a_device_without_compute_limits_is_no_gpu() {
    let descriptor = wgpu::InstanceDescriptor::new_without_display_handle_from_env();
    let instance = wgpu::Instance::new(descriptor);
    let adapter = pollster::block_on(instance.request_adapter(&Default::default())).unwrap();
    let descriptor = wgpu::DeviceDescriptor {
        // What eframe asks of an OpenGL adapter: compute limits of 0.
        required_limits: wgpu::Limits::downlevel_webgl2_defaults(),
        ..Default::default()
    };
    let (device, queue) = pollster::block_on(adapter.request_device(&descriptor)).unwrap();
    let refused = Gpu::from_window(device, queue);
    assert!(matches!(refused, Err(NoGpu::NoCompute { .. })), "{refused:?}");

    let mut renderer = Renderer::from_found(refused);
    renderer.feature_map(&layer(), &style()).unwrap();
    assert!(matches!(renderer.status(), Status::NoGpu(_)), "{}", renderer.status());
}

#[test]
fn the_twin_draws_on_when_the_device_is_lost() {
    let gpu = own_gpu();
    let mut renderer = Renderer::gpu(gpu.clone());
    renderer.feature_map(&layer(), &style()).unwrap();
    assert_eq!(renderer.status().backend(), Backend::Gpu);

    gpu.device.destroy();
    let expected = draw(&layer(), &style(), MAX_SIDE).unwrap();
    for _ in 0..2 {
        assert_eq!(renderer.feature_map(&layer(), &style()).unwrap(), expected);
        let lost = matches!(renderer.status(), Status::GpuFailed(RenderError::DeviceLost(_)));
        assert!(lost, "{}", renderer.status());
    }
}

#[test]
fn a_lost_device_is_an_error_everywhere() {
    let lost = |error: RenderError| matches!(error, RenderError::DeviceLost(_));
    let gpu = own_gpu();
    let pass = FeatureMapPass::new(&gpu).unwrap();
    let texture = pass.run(&layer(), &style()).unwrap();
    // A device with work in hand is destroyed only after it; until then it refuses.
    gpu.read(&texture).unwrap();
    gpu.device.destroy();
    assert!(lost(gpu.read(&texture).unwrap_err()));
    assert!(lost(pass.run(&layer(), &style()).unwrap_err()));
    assert!(lost(FeatureMapPass::new(&gpu).unwrap_err()));

    // The window's path notices it too, though it never waits.
    let gpu = own_gpu();
    let mut renderer = Renderer::gpu(gpu.clone());
    gpu.device.destroy();
    let picture = renderer.feature_map_picture(&layer(), &style()).unwrap();
    assert!(matches!(picture, Picture::Image(_)));
    assert!(matches!(renderer.status(), Status::GpuFailed(_)));
    // And a device that was lost before it was ever used.
    assert!(matches!(Renderer::gpu(gpu).status(), Status::GpuFailed(_)));
}

#[test]
fn one_impossible_picture_does_not_cost_the_gpu() {
    let mut renderer = Renderer::gpu(GPU.clone());
    let empty = Array::full(&[0, 2, 2], 0.0);
    assert_eq!(renderer.feature_map(&empty, &style()), Err(LayoutError::Empty));
    let huge = FeatureMapStyle { cell: 9000, ..style() };
    let refused = renderer.feature_map(&layer(), &huge);
    assert!(matches!(refused, Err(LayoutError::TooLarge { .. })), "{refused:?}");
    assert_eq!(renderer.status().backend(), Backend::Gpu, "{}", renderer.status());
}

#[test]
fn the_command_line_gets_what_it_asks_for() {
    assert_eq!(Renderer::choose(Some(Backend::Cpu)).unwrap().status(), &Status::Cpu);
    for asked in [Some(Backend::Gpu), None] {
        let renderer = Renderer::choose(asked).unwrap();
        assert!(matches!(renderer.status(), Status::Gpu { .. }), "{}", renderer.status());
    }
}

#[test]
fn measuring_keeps_the_faster_and_says_so() {
    // A clock whose steps grow: the backend timed second looks slower.
    let clock = |step: &dyn Fn(u32) -> u32| {
        let (reading, count) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
        let step: Vec<u32> = (0..100).map(step).collect();
        move || {
            reading.set(reading.get() + step[count.replace(count.get() + 1)]);
            Duration::from_millis(reading.get().into())
        }
    };
    let mut renderer = Renderer::gpu(GPU.clone());
    renderer.measure(clock(&|reading| 1 + reading));
    assert!(matches!(renderer.status(), Status::GpuFaster { .. }), "{}", renderer.status());
    renderer.measure(clock(&|reading| 100 - reading));
    assert!(matches!(renderer.status(), Status::CpuFaster { .. }), "{}", renderer.status());
    let picture = renderer.feature_map_picture(&layer(), &style()).unwrap();
    assert!(matches!(picture, Picture::Image(_)));

    // With a real clock, whatever this machine says.
    let start = Instant::now();
    let mut renderer = Renderer::gpu(GPU.clone());
    renderer.measure(|| start.elapsed());
    println!("{}", renderer.status());
}
