//! The window: `logic` drains and executes, `ui` only draws.

use std::path::PathBuf;

use egui::{Context, ViewportCommand};

use super::action::Action;
use super::frame;
use super::keys;
use super::platform::painter::{Graphics, Painter};
use super::scene::{Scene, SceneFile};
use super::settings::Settings;
use super::studio::{Notice, Studio};
use super::theme::{self, Theme};
use crate::locale::Lang;
use crate::worker::Worker;

const SCENE_KEY: &str = "scene";
const SETTINGS_KEY: &str = "settings";
const FIRST_SIZE: [f32; 2] = [1280.0, 800.0];
const SMALLEST_SIZE: [f32; 2] = [880.0, 560.0];

/// What the command line asks of the window.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub lang: Option<Lang>,
    pub theme: Option<Theme>,
    /// Pictures, weights, networks or scenes to open.
    pub files: Vec<PathBuf>,
}

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
#[error(
    "the window cannot be opened: {reason}; without a display use: convscope render window -o F.png"
)]
pub struct NoWindow {
    reason: String,
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// If there is no display, or nothing that can draw on it.
pub fn run(options: Options) -> Result<(), NoWindow> {
    let native = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Convscope")
            .with_app_id("convscope")
            .with_inner_size(FIRST_SIZE)
            .with_min_inner_size(SMALLEST_SIZE),
        ..eframe::NativeOptions::default()
    };
    eframe::run_native(
        "convscope",
        native,
        Box::new(|cc| Ok(Box::new(App::new(cc, &options)?) as Box<dyn eframe::App>)),
    )
    .map_err(|error| NoWindow { reason: error.to_string() })
}

/// Studio, painter and what the last frame asked for.
pub struct App {
    studio: Studio,
    painter: Painter,
    wishes: Vec<Action>,
    dressed: Option<Theme>,
    ctx: Context,
}

impl App {
    fn new(cc: &eframe::CreationContext<'_>, options: &Options) -> std::io::Result<Self> {
        let ctx = cc.egui_ctx.clone();
        prepare(&ctx);
        let mut settings: Settings =
            cc.storage.and_then(|s| eframe::get_value(s, SETTINGS_KEY)).unwrap_or_default();
        settings.lang = options.lang.unwrap_or(settings.lang);
        settings.theme = options.theme.unwrap_or(settings.theme);
        let scene = cc.storage.and_then(last_scene).unwrap_or_default();
        let mut studio = Studio::new(scene, settings, worker(&ctx)?);
        for file in &options.files {
            studio.carry_out([Action::OpenPath(file.clone())]);
        }
        let graphics = cc.wgpu_render_state.as_ref().map(|state| Graphics {
            device: state.device.clone(),
            queue: state.queue.clone(),
            renderer: std::sync::Arc::clone(&state.renderer),
        });
        Ok(Self { studio, painter: Painter::on(graphics), wishes: Vec::new(), dressed: None, ctx })
    }

    fn execute(&mut self, ctx: &Context) {
        let mut wishes = std::mem::take(&mut self.wishes);
        wishes.extend(keys::actions(ctx, &self.studio));
        let dropped = ctx.input(|input| input.raw.dropped_files.clone());
        wishes.extend(dropped.iter().map(|file| Action::OpenPath(file.path().to_owned())));
        for wish in &wishes {
            match wish {
                Action::CopyValue => self.copy_value(ctx),
                Action::RestartWorker => match worker(ctx) {
                    Ok(worker) => self.studio.restart(worker),
                    Err(error) => {
                        self.studio.notice = Some(Notice::Failed(std::sync::Arc::new(error)));
                    }
                },
                _ => {}
            }
        }
        self.studio.carry_out(wishes);
        if self.studio.quit {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    fn copy_value(&self, ctx: &Context) {
        if let (Some(seen), Some(pin)) = (&self.studio.seen, self.studio.pin()) {
            ctx.copy_text(seen.trace.output(pin.node).at(pin.unit).to_string());
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        self.studio.drain();
        self.execute(ctx);
        if self.dressed != Some(self.studio.settings.theme) {
            self.dressed = Some(self.studio.settings.theme);
            theme::apply(ctx, self.studio.settings.theme);
        }
        if self.studio.loading_is_pending() {
            // Promises have no way to wake the window.
            ctx.request_repaint_after(std::time::Duration::from_millis(30));
        }
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        let outcome = frame::draw(ui, &self.studio, &mut self.painter);
        if outcome.hover != self.studio.hover || !outcome.actions.is_empty() {
            self.studio.hover = outcome.hover;
            ui.ctx().request_repaint();
        }
        self.wishes.extend(outcome.actions);
        if self.painter.measure_once() {
            ui.ctx().request_repaint();
        }
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        let file = SceneFile::new(vec![self.studio.scene.clone()]);
        if let Ok(text) = serde_json::to_string(&file) {
            storage.set_string(SCENE_KEY, text);
        }
        eframe::set_value(storage, SETTINGS_KEY, &self.studio.settings);
    }

    fn clear_color(&self, _: &egui::Visuals) -> [f32; 4] {
        self.studio.settings.theme.palette().canvas.to_normalized_gamma_f32()
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn on_exit(&mut self) {
        tracing::debug!(frames = self.ctx.cumulative_frame_nr(), "closed");
    }
}

/// Fonts and options that never change.
pub fn prepare(ctx: &Context) {
    ctx.set_fonts(theme::definitions());
    ctx.options_mut(|options| {
        // Ctrl and plus belong to the scale of the whole window.
        options.zoom_with_keyboard = true;
    });
}

fn worker(ctx: &Context) -> std::io::Result<Worker> {
    let ctx = ctx.clone();
    Worker::start(move || ctx.request_repaint())
}

fn last_scene(storage: &dyn eframe::Storage) -> Option<Scene> {
    let text = storage.get_string(SCENE_KEY)?;
    let file = SceneFile::parse(&text, std::path::Path::new("the last session")).ok()?;
    file.scenes.into_iter().next()
}
