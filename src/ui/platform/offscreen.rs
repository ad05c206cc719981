//! The real window without a display: the same drawing, the same shaders, into a picture.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use egui::{Context, RawInput, Rect, pos2, vec2};

use super::painter::{Graphics, Painter};
use crate::render::{Backend, Gpu, Image, NoGpu, RenderError, Renderer};
use crate::ui::action::Action;
use crate::ui::scene::{Deck, Documents, Scene};
use crate::ui::settings::Settings;
use crate::ui::studio::{Notice, SharedError, Studio, Trainings};
use crate::ui::theme;
use crate::ui::{app, frame};
use crate::worker::{CandleEngine, Worker};

/// Passes until sizes of text and popups have settled.
const PASSES: usize = 4;
/// Pictures and dialogs that are awaited for at most this many turns of 10 ms.
const TURNS: usize = 3000;
/// Bounds of `--size` and `--scale`.
pub const SIDES: std::ops::RangeInclusive<u32> = 200..=8192;
pub const SCALES: std::ops::RangeInclusive<f32> = 0.5..=8.0;

/// What of the window is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    Window,
    /// The figure alone, with its caption.
    Figure,
    /// The speaker's window.
    Speaker,
}

/// What picture is asked for.
#[derive(Clone, Debug)]
pub struct Options {
    pub scene: Scene,
    pub documents: Documents,
    pub deck: Deck,
    /// What another window has seen of the scene's trainings.
    pub trainings: Trainings,
    pub settings: Settings,
    /// Numbers are covered, except those in these places.
    pub covered: Option<BTreeSet<u64>>,
    pub part: Part,
    /// Done one after the other before the picture is taken: opened dialogs, dropped files.
    pub actions: Vec<Action>,
    /// In points.
    pub size: [u32; 2],
    /// Pixels per point.
    pub scale: f32,
    /// Who draws the feature maps; the rest of the window is always drawn by wgpu.
    pub backend: Option<Backend>,
    pub files: Vec<PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            scene: Scene::default(),
            documents: Documents::default(),
            deck: Deck::default(),
            trainings: Trainings::default(),
            settings: Settings::default(),
            covered: None,
            part: Part::Window,
            actions: Vec::new(),
            size: [1280, 800],
            scale: 1.0,
            backend: None,
            files: Vec::new(),
        }
    }
}

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum OffscreenError {
    #[error("the window cannot be drawn: {0}")]
    NoGpu(#[from] NoGpu),
    #[error("the window cannot be drawn: {0}")]
    Render(#[from] RenderError),
    #[error("a window of {width}×{height} points at scale {scale} cannot be drawn; keep the sides between {} and {} pixels and the scale between {} and {}", SIDES.start(), SIDES.end(), SCALES.start(), SCALES.end())]
    Size { width: u32, height: u32, scale: f32 },
    #[error(transparent)]
    Scene(SharedError),
    #[error("the picture took longer than {} seconds; draw a smaller network", TURNS / 100)]
    Late,
}

/// Draws the window into a picture.
///
/// # Errors
/// If there is no graphics adapter, the size is out of bounds, or the scene cannot be shown.
pub fn render_window(options: Options) -> Result<Image, OffscreenError> {
    let Options {
        scene,
        documents,
        deck,
        trainings,
        settings,
        covered,
        part,
        actions,
        size: [width, height],
        scale,
        backend,
        files,
    } = options;
    let pixels = [width, height].map(|side| (f64::from(side) * f64::from(scale)).round() as u32);
    if !SCALES.contains(&scale) || pixels.iter().any(|side| !SIDES.contains(side)) {
        return Err(OffscreenError::Size { width, height, scale });
    }
    let gpu = Gpu::headless()?;
    let format = wgpu::TextureFormat::Rgba8Unorm;
    let egui_renderer =
        egui_wgpu::Renderer::new(&gpu.device, format, egui_wgpu::RendererOptions::default());
    let graphics = Graphics {
        device: gpu.device.clone(),
        queue: gpu.queue.clone(),
        renderer: Arc::new(egui::mutex::RwLock::new(egui_renderer)),
    };
    let maps = match backend {
        Some(Backend::Cpu) => Renderer::cpu(),
        Some(Backend::Gpu) | None => Renderer::gpu(gpu.clone()),
    };
    let painter = Painter::with(maps, graphics.clone());
    let worker = Worker::here(CandleEngine::default());
    let mut studio = Studio::with_trainings(scene, documents.clone(), trainings, settings, worker);
    studio.bring_back(deck, documents);
    studio.covered = covered;
    let ctx = Context::default();
    app::prepare(&ctx);
    theme::apply(&ctx, settings.theme);
    ctx.set_zoom_factor(settings.zoom());
    let max_side = gpu.max_side() as usize;
    let size = vec2(width as f32, height as f32);
    let mut window = Window { ctx, studio, painter, part, size, scale, max_side };
    window.settle();
    for file in files {
        window.studio.carry_out([Action::OpenPaths(vec![file])]);
        window.settle();
    }
    for action in actions {
        window.studio.carry_out([action]);
        window.settle();
    }
    match &window.studio.notice {
        Some(Notice::Failed(error)) => return Err(OffscreenError::Scene(Arc::clone(error))),
        _ if window.studio.is_waiting() => return Err(OffscreenError::Late),
        Some(Notice::WorkerEnded { .. } | Notice::Saved(_) | Notice::Copied) | None => {}
    }
    let texture = window.paint(&graphics, pixels);
    Ok(gpu.read(&texture)?)
}

struct Window {
    ctx: Context,
    studio: Studio,
    painter: Painter,
    part: Part,
    size: egui::Vec2,
    scale: f32,
    max_side: usize,
}

impl Window {
    /// Waits for what is under way on other threads.
    fn settle(&mut self) {
        for _ in 0..TURNS {
            self.studio.drain();
            if !self.studio.is_waiting() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    }

    fn pass(&mut self) -> egui::FullOutput {
        let mut input = RawInput {
            // In points, which are larger where everything is.
            screen_rect: Some(Rect::from_min_size(
                pos2(0.0, 0.0),
                self.size / self.studio.settings.zoom(),
            )),
            focused: true,
            max_texture_side: Some(self.max_side),
            ..RawInput::default()
        };
        if let Some(viewport) = input.viewports.get_mut(&input.viewport_id) {
            viewport.native_pixels_per_point = Some(self.scale);
        }
        let (studio, painter, part) = (&self.studio, &mut self.painter, self.part);
        let mut actions = Vec::new();
        let output = self.ctx.run_ui(input, |ui| {
            let outcome = match part {
                Part::Window => frame::draw(ui, studio, painter),
                Part::Figure => frame::draw_figure(ui, studio, painter),
                Part::Speaker => frame::draw_speaker(ui, studio, painter, None),
            };
            actions.extend(outcome.actions);
        });
        self.studio.carry_out(actions);
        output
    }

    fn paint(&mut self, graphics: &Graphics, [width, height]: [u32; 2]) -> wgpu::Texture {
        let mut output = self.pass();
        for _ in 1..PASSES {
            output.append(self.pass());
        }
        let jobs = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let screen = egui_wgpu::ScreenDescriptor {
            size_in_pixels: [width, height],
            pixels_per_point: output.pixels_per_point,
        };
        let texture = graphics.device.create_texture(&wgpu::TextureDescriptor {
            label: Some("off-screen window"),
            size: wgpu::Extent3d { width, height, depth_or_array_layers: 1 },
            mip_level_count: 1,
            sample_count: 1,
            dimension: wgpu::TextureDimension::D2,
            format: wgpu::TextureFormat::Rgba8Unorm,
            usage: wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
            view_formats: &[],
        });
        let view = texture.create_view(&wgpu::TextureViewDescriptor::default());
        let mut renderer = graphics.renderer.write();
        for (id, deltas) in &output.textures_delta.set {
            for delta in deltas {
                renderer.update_texture(&graphics.device, &graphics.queue, *id, delta);
            }
        }
        output.textures_delta.clear();
        let mut encoder =
            graphics.device.create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let mut commands = renderer.update_buffers(
            &graphics.device,
            &graphics.queue,
            &mut encoder,
            &jobs,
            &screen,
        );
        let background = self.studio.settings.theme.palette().canvas;
        let [r, g, b, a] = background.to_normalized_gamma_f32().map(f64::from);
        let pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("off-screen window"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: &view,
                depth_slice: None,
                resolve_target: None,
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Clear(wgpu::Color { r, g, b, a }),
                    store: wgpu::StoreOp::Store,
                },
            })],
            ..wgpu::RenderPassDescriptor::default()
        });
        renderer.render(&mut pass.forget_lifetime(), &jobs, &screen);
        commands.push(encoder.finish());
        graphics.queue.submit(commands);
        texture
    }
}
