//! Pictures of a large screen, by shaders and twins.

use std::time::{Duration, Instant};

use super::{ROUNDS, median, value};

/// Megapixels per second of a large screen's picture by shaders and twins, also as a share of what a plain
/// copy writes to the same memory in the same rounds: four bytes a pixel.
pub fn pictures() {
    use convscope::network::connect::{Setting, Stop};
    use convscope::render::field_overlay::{self, Alpha, FieldOverlayPass};
    use convscope::render::wiring::{self, WiringPass};
    use convscope::render::{Field, FieldBox, FieldOverlayStyle, Gpu, WiringStyle, WiringView};
    let (width, height) = (1920, 1080);
    let matrix = Setting::default().wiring(Stop::Shared).expect("a layer");
    let view = WiringView::whole(&matrix, width, height);
    let colours = WiringStyle::default();
    let boxed = |y0, x0, y1, x1, dashed| Some(FieldBox { y0, x0, y1, x1, dashed });
    let boxes = [boxed(8, 12, 22, 26, false), boxed(2, 3, 16, 17, true)];
    let field = Field { rows: 32, columns: 32, boxes };
    let style = FieldOverlayStyle { width, height, ..Default::default() };
    let limit = convscope::render::MAX_SIDE;

    let from = vec![1u8; COPIED];
    let mut to = vec![0u8; COPIED];
    let copy = |to: &mut Vec<u8>| {
        to.copy_from_slice(&from);
        std::hint::black_box(&to);
    };
    copy(&mut to);
    let mut cpu = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        cpu[0].push(per_second(|| copy(&mut to)));
        cpu[1].push(per_second(|| {
            wiring::draw(&matrix, &view, &colours, limit).expect("draws");
        }));
        cpu[2].push(per_second(|| {
            field_overlay::draw(&field, &style, limit).expect("draws");
        }));
    }
    picture_values("twin", cpu.map(median), width * height);

    let Ok(gpu) = Gpu::headless() else {
        eprintln!("no GPU with compute: figures of shaders are left out");
        return;
    };
    let wait = || {
        gpu.device.poll(wgpu::PollType::wait_indefinitely()).expect("the device answers");
    };
    let matrix_pass = WiringPass::new(&gpu).expect("compiles");
    let overlay_pass = FieldOverlayPass::new(&gpu).expect("compiles");
    let buffer = |usage| {
        gpu.device.create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: COPIED as u64,
            usage,
            mapped_at_creation: false,
        })
    };
    let from = buffer(wgpu::BufferUsages::COPY_SRC);
    let to = buffer(wgpu::BufferUsages::COPY_DST);
    let copy = || {
        let mut encoder = gpu.device.create_command_encoder(&Default::default());
        encoder.copy_buffer_to_buffer(&from, 0, &to, 0, COPIED as u64);
        gpu.queue.submit([encoder.finish()]);
        wait();
    };
    let draw_matrix = || {
        matrix_pass.run(&matrix, &view, &colours).expect("draws");
        wait();
    };
    let draw_overlay = || {
        overlay_pass.run(&field, None, &style, Alpha::Premultiplied).expect("draws");
        wait();
    };
    // The first run compiles for the device and touches the memory.
    copy();
    draw_matrix();
    draw_overlay();
    let mut times = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        times[0].push(per_second(copy));
        times[1].push(per_second(draw_matrix));
        times[2].push(per_second(draw_overlay));
    }
    picture_values("gpu", times.map(median), width * height);
}

/// Bytes of a buffer that is copied: more than any cache holds.
const COPIED: usize = 128 << 20;

/// How often a job runs in a second, measured over a quarter of one.
fn per_second(mut job: impl FnMut()) -> f64 {
    let start = Instant::now();
    let mut runs = 0.0;
    while start.elapsed() < Duration::from_millis(250) {
        job();
        runs += 1.0;
    }
    runs / start.elapsed().as_secs_f64()
}

/// Copies, matrices and overlays per second as figures.
fn picture_values(who: &str, [copies, matrices, overlays]: [f64; 3], pixels: u32) {
    let bandwidth = copies * COPIED as f64;
    value(&format!("copy-{who}"), bandwidth / 1e9, "GB/s");
    for (job, rate) in [("wiring", matrices), ("field-overlay", overlays)] {
        let pixels = rate * f64::from(pixels);
        value(&format!("{job}-{who}-mpixels-per-s"), pixels / 1e6, "Mpixel/s");
        value(&format!("{job}-{who}-bandwidth-share"), 100.0 * 4.0 * pixels / bandwidth, "%");
    }
}
