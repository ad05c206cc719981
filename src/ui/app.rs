//! The session in a real window, with what is remembered between starts.

use std::path::PathBuf;

use egui::Context;

use super::action::Action;
use super::platform::painter::{Graphics, Painter};
use super::scene::{Scene, SceneFile};
use super::session::Session;
use super::settings::Settings;
use super::studio::Studio;
use super::theme::{self, Theme};
use crate::locale::Lang;
use crate::worker::Worker;

const SCENE_KEY: &str = "scene";
/// Set by `make bench`, which times the start up to the first picture.
const CLOSE_AFTER_FIRST_PICTURE: &str = "CONVSCOPE_CLOSE_AFTER_FIRST_PICTURE";
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
    pub reason: String,
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

/// The session in eframe's window.
struct App(Session);

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
        studio.carry_out(options.files.iter().cloned().map(Action::OpenPath));
        let graphics = cc.wgpu_render_state.as_ref().map(Graphics::of_window);
        Ok(Self(Session::new(studio, Painter::on(graphics), Box::new(worker))))
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &Context, _: &mut eframe::Frame) {
        self.0.logic(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _: &mut eframe::Frame) {
        self.0.ui(ui);
        if self.0.studio.seen.is_some() && std::env::var_os(CLOSE_AFTER_FIRST_PICTURE).is_some() {
            ui.ctx().send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        let file = SceneFile::new(vec![self.0.studio.scene.clone()]);
        if let Ok(text) = serde_json::to_string(&file) {
            storage.set_string(SCENE_KEY, text);
        }
        eframe::set_value(storage, SETTINGS_KEY, &self.0.studio.settings);
    }

    fn clear_color(&self, _: &egui::Visuals) -> [f32; 4] {
        self.0.studio.settings.theme.palette().canvas.to_normalized_gamma_f32()
    }

    fn persist_egui_memory(&self) -> bool {
        false
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
