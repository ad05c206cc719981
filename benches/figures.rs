//! `make bench`: the figures that README and notes quote, as lines `VALUE name number unit`.
//!
//! Baselines run in the same minute, in turns with ours, and medians are compared: the machine is
//! shared and noisy.

mod against_torch;
mod roofline;

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use convscope::array::Array;
use convscope::engine::{Model, bundled};
use convscope::network::zoo;
use convscope::ui::platform::painter::Painter;
use convscope::ui::scene::Scene;
use convscope::ui::session::Session;
use convscope::ui::settings::Settings;
use convscope::ui::studio::Studio;
use convscope::worker::{CandleEngine, Worker};
use egui::{Event, RawInput, Rect, pos2, vec2};

// The test measures the same lines.
#[path = "../tests/it/support/line.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod line;

// As the program itself has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const ROUNDS: usize = 5;
/// The argument that makes this program the empty window that `start` is compared with.
const EMPTY_WINDOW: &str = "empty-window";

fn main() {
    if std::env::args().any(|argument| argument == EMPTY_WINDOW) {
        empty_window();
        return;
    }
    // `cargo bench -- connect` measures what has that in its name, without an argument everything is.
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    for (name, measure) in JOBS {
        if wanted.as_ref().is_none_or(|wanted| name.contains(wanted.as_str())) {
            measure();
        }
    }
}

const JOBS: [(&str, fn()); 14] = [
    ("forward-trace", forward_with_trace),
    ("gradients", training),
    ("lenet-tanh", against_torch::measure),
    ("roofline", roofline::measure),
    ("lines-read-right", reading),
    ("pictures", pictures),
    ("pen-to-scores", pen_to_scores),
    ("frame-logic", frame_logic),
    ("drag-connect", dragging_connect),
    ("hover-matrix", hovering_matrix),
    ("drag-trial", dragging_trial),
    ("play-c3", playing),
    ("stillness", stillness),
    ("start", start),
];

fn value(name: &str, number: f64, unit: &str) {
    println!("VALUE {name} {number:.2} {unit}");
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Traces of one image per second, for both LeNets.
fn forward_with_trace() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let Some(weights) = bundled::weights(&network.name) else { continue };
        let model = Model::new(&network, &weights).expect("the bundled weights fit");
        let image = Array::from_fn(&network.input(), |i| (i as f32 * 0.37).sin());
        let per_second = median(
            (0..ROUNDS)
                .map(|_| {
                    let start = Instant::now();
                    for _ in 0..200 {
                        model.trace(&image, &|| false).expect("runs");
                    }
                    200.0 / start.elapsed().as_secs_f64()
                })
                .collect(),
        );
        value(&format!("forward-trace-{}", network.name), per_second, "per-second");
    }
}

/// Images per second through loss and `backward` at batch 64: the whole network as one operation of
/// candle's graph, as training has it, and an operation per node.
fn training() {
    use convscope::engine::{lanes, seeded};
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let weights = seeded::weights(&network, 1).expect("small");
        let model = Model::new(&network, &weights).expect("fits");
        let images: Vec<Array> = (0..64)
            .map(|n| Array::from_fn(&network.input(), |i| ((i * (n + 1)) as f32 * 0.01).sin()))
            .collect();
        let images: Vec<&Array> = images.iter().collect();
        let batch = lanes::pack_arrays(&images, network.input()).expect("packs");
        let labels: Vec<usize> = (0..64).map(|n| n % 10).collect();
        let rate = |step: &dyn Fn()| {
            let start = Instant::now();
            for _ in 0..20 {
                step();
            }
            20.0 * 64.0 / start.elapsed().as_secs_f64()
        };
        let (mut whole, mut nodes) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            whole.push(rate(&|| {
                model.learn(&batch, &labels, 1).expect("runs");
            }));
            nodes.push(rate(&|| {
                let loss = model.loss(&batch, &labels, 1).expect("runs");
                loss.backward().expect("runs");
            }));
        }
        value(&format!("gradients-one-op-{}", network.name), median(whole), "images/s");
        value(&format!("gradients-op-per-node-{}", network.name), median(nodes), "images/s");
    }
}

/// Of a hundred lines of five unseen digits, how many are read wholly right.
fn reading() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let right = line::lines_read_right(&network);
        value(&format!("lines-read-right-{}", network.name), right as f64, "%");
    }
}

/// Megapixels per second of a large screen's picture by shaders and twins, also as a share of what a plain
/// copy writes to the same memory in the same rounds: four bytes a pixel.
fn pictures() {
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

/// A session without a display, on the first picture.
struct Bench {
    ctx: egui::Context,
    session: Session,
    time: f64,
}

impl Bench {
    fn new() -> Self {
        let ctx = egui::Context::default();
        convscope::ui::prepare(&ctx);
        let worker = || Worker::here(CandleEngine::default());
        let studio = Studio::new(Scene::default(), Settings::default(), worker());
        let session = Session::new(studio, Painter::cpu(), Box::new(move |_| Ok(worker())));
        Self { ctx, session, time: 0.0 }
    }

    /// One frame; tells how long logic and drawing took, painting excluded.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0))),
            time: Some(self.time),
            events,
            ..RawInput::default()
        };
        let mut spent = Duration::ZERO;
        let mut output = self.ctx.run_ui(input, |ui| {
            let start = Instant::now();
            self.session.logic(ui.ctx());
            self.session.ui(ui);
            spent += start.elapsed();
        });
        output.textures_delta.clear();
        spent
    }
}

/// The pointer wanders over the maps, so that every frame previews another unit.
fn frame_logic() {
    let mut bench = Bench::new();
    for _ in 0..20 {
        bench.frame(Vec::new());
    }
    let times = (0..300).map(|i| {
        let at = pos2(100.0 + (i * 7 % 780) as f32, 100.0 + (i * 11 % 520) as f32);
        bench.frame(vec![Event::PointerMoved(at)]).as_secs_f64() * 1e3
    });
    frame_values("frame-logic", times.collect());
}

fn frame_values(name: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    value(&format!("{name}-median"), times[times.len() / 2], "ms");
    value(&format!("{name}-99th"), times[times.len() * 99 / 100], "ms");
}

/// The Connect control is dragged over all its stops and back, each frame another one: the counts and the
/// matrix follow. The matrix is drawn by the twin inside the frame, as on a machine without a GPU.
fn dragging_connect() {
    use convscope::ui::action::{Action, Connect};
    use convscope::ui::scene::View;
    let mut bench = Bench::new();
    bench.session.studio.carry_out([Action::View(View::Parameters)]);
    for _ in 0..20 {
        bench.frame(Vec::new());
    }
    let mut times = Vec::new();
    for i in 0..240 {
        let stops = bench.session.studio.scene.parameters.setting.stops();
        let round = 2 * (stops.len() - 1);
        let place = if i % round < stops.len() { i % round } else { round - i % round };
        let start = Instant::now();
        bench.session.studio.carry_out([Action::Parameters(Connect::Stop(stops[place]))]);
        times.push((start.elapsed() + bench.frame(Vec::new())).as_secs_f64() * 1e3);
    }
    frame_values("drag-connect-frame", times);
}

/// The pointer wanders over the matrix of an AlexNet layer, so that every frame looks for another cell.
fn hovering_matrix() {
    use convscope::ui::action::Preset;
    let mut bench = Bench::new();
    bench.session.studio.carry_out([Preset::AlexNetConv1.action()]);
    for _ in 0..20 {
        bench.frame(Vec::new());
    }
    let times = (0..300).map(|i| {
        let at = pos2(820.0 + (i * 7 % 300) as f32, 220.0 + (i * 11 % 300) as f32);
        bench.frame(vec![Event::PointerMoved(at)]).as_secs_f64() * 1e3
    });
    frame_values("hover-matrix-frame", times.collect());
}

/// The digit of the trial is dragged, with a weight turned: each frame three layers look at another place.
fn dragging_trial() {
    use convscope::ui::action::{Action, Connect, Hand};
    use convscope::ui::scene::{Page, Shift, Trial, View};
    let mut bench = Bench::new();
    let studio = &mut bench.session.studio;
    let page = Action::Parameters(Connect::Page(Page::Trial));
    studio.carry_out([Action::View(View::Parameters), page]);
    for _ in 0..20 {
        bench.frame(Vec::new());
    }
    let times = (0..240).map(|i: i32| {
        let shift = Shift { y: i % 7 - 3, x: i % 13 - 6 };
        let trial = Trial { shift, turned: 0.5, ..Trial::default() };
        let start = Instant::now();
        bench.session.studio.carry_out([Action::Parameters(Connect::Trial(trial, Hand::Drags))]);
        (start.elapsed() + bench.frame(Vec::new())).as_secs_f64() * 1e3
    });
    frame_values("drag-trial-frame", times.collect());
}

/// From a pen move to new scores and maps, worker included, for both LeNets: drawing anew, all stages of
/// preprocessing, the pass, the arithmetic of the pinned unit.
fn pen_to_scores() {
    use convscope::ui::action::{Action, Touch};
    use convscope::ui::scene::{NetworkRef, Pad};
    for name in ["lenet5", "lenet5-modern"] {
        let mut bench = Bench::new();
        let studio = &mut bench.session.studio;
        studio.carry_out([
            Action::Network(NetworkRef::Zoo(name.into())),
            Action::Touch(Touch::Pad(Pad::Draw)),
        ]);
        let mut times = Vec::new();
        for i in 0..300u16 {
            // A spiral as long as three digits.
            let (angle, radius) = (f32::from(i) * 0.12, 2.0 + f32::from(i) * 0.03);
            let at = [14.0 + radius * angle.cos(), 14.0 + radius * angle.sin()];
            let pen = Touch::Pen { points: vec![at], erase: false, begin: i == 0 };
            let start = Instant::now();
            studio.carry_out([Action::Touch(pen)]);
            studio.drain();
            times.push(start.elapsed().as_secs_f64() * 1e3);
            assert!(!studio.is_waiting() && studio.seen.is_some(), "the answer is there");
        }
        times.sort_by(f64::total_cmp);
        value(&format!("pen-to-scores-{name}-median"), times[times.len() / 2], "ms");
        value(&format!("pen-to-scores-{name}-99th"), times[times.len() * 99 / 100], "ms");
    }
}

/// C3 plays whole at 1×, sixty frames a second.
fn playing() {
    use convscope::ui::action::{Action, Play};
    let mut bench = Bench::new();
    for _ in 0..20 {
        bench.frame(Vec::new());
    }
    bench.session.studio.carry_out([Action::Play(Play::Toggle)]);
    let mut times = Vec::new();
    while bench.session.studio.playing {
        times.push(bench.frame(Vec::new()).as_secs_f64() * 1e3);
    }
    let frames = times.len();
    times.sort_by(f64::total_cmp);
    value("play-c3-seconds", frames as f64 / 60.0, "s");
    value("play-c3-frame-median", times[frames / 2], "ms");
    value("play-c3-frame-99th", times[frames * 99 / 100], "ms");
}

/// Frames that are asked for in three seconds in which nothing happens.
fn stillness() {
    let mut bench = Bench::new();
    for _ in 0..20 {
        bench.frame(Vec::new());
    }
    let before = bench.ctx.cumulative_frame_nr();
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(3) {
        if bench.ctx.has_requested_repaint() {
            bench.frame(Vec::new());
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    value(
        "frames-in-3-s-of-stillness",
        (bench.ctx.cumulative_frame_nr() - before) as f64,
        "frames",
    );
}

/// From the start of the process to the end of the frame with the first picture, against an eframe
/// window with nothing in it.
fn start() {
    let Some(display) = Display::open() else {
        eprintln!("no display and no Xvfb: start-extra-ms is left out");
        return;
    };
    let ours = env!("CARGO_BIN_EXE_convscope");
    let itself = std::env::current_exe().expect("this program has a path");
    let (mut full, mut empty) = (Vec::new(), Vec::new());
    for _ in 0..=ROUNDS {
        full.push(timed(
            &display,
            Command::new(ours).env("CONVSCOPE_CLOSE_AFTER_FIRST_PICTURE", "1"),
        ));
        empty.push(timed(&display, Command::new(&itself).arg(EMPTY_WINDOW)));
    }
    // The first round warms the disk.
    let (full, empty) = (median(full.split_off(1)), median(empty.split_off(1)));
    value("start-ms", full, "ms");
    value("start-empty-window-ms", empty, "ms");
    value("start-extra-ms", full - empty, "ms");
}

fn timed(display: &Display, command: &mut Command) -> f64 {
    let home = tempfile::tempdir().expect("a folder");
    let start = Instant::now();
    let status = command
        .env("DISPLAY", &display.name)
        .env("HOME", home.path())
        .env("XDG_DATA_HOME", home.path())
        .stderr(Stdio::null())
        .status()
        .expect("starts");
    assert!(status.success(), "the window ended with {status}");
    start.elapsed().as_secs_f64() * 1e3
}

/// The display to open windows on; where there is none, a virtual one for as long as this lives.
struct Display {
    name: String,
    server: Option<Child>,
}

impl Display {
    fn open() -> Option<Self> {
        if let Ok(name) = std::env::var("DISPLAY") {
            return Some(Self { name, server: None });
        }
        let name = format!(":{}", 100 + std::process::id() % 400);
        let server = Command::new("Xvfb")
            .args([&name, "-screen", "0", "1280x800x24"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        std::thread::sleep(Duration::from_secs(2));
        Some(Self { name, server: Some(server) })
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        if let Some(server) = &mut self.server {
            // It may have ended by itself.
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

fn empty_window() {
    struct Empty(u32);
    impl eframe::App for Empty {
        fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
            self.0 += 1;
            if self.0 == 2 {
                ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
            }
            ui.ctx().request_repaint();
        }
    }
    let options = eframe::NativeOptions::default();
    let run = eframe::run_native("empty", options, Box::new(|_| Ok(Box::new(Empty(0)))));
    run.expect("a window");
}
