//! The session in a real window, with what is remembered between starts.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use egui::Context;

use super::action::Action;
use super::platform::painter::{Graphics, Painter};
use super::remembered::{Last, recall, text_of};
use super::scene::InputRef;
use super::session::Session;
use super::settings::Settings;
use super::studio::{Notice, Studio};
use super::theme::{self, Theme};
use crate::locale::{Lang, Message, count};
use crate::worker::Worker;

const SCENE_KEY: &str = "scene";
/// Set by `make bench`, which times the start up to the first picture.
const CLOSE_AFTER_FIRST_PICTURE: &str = "CONVSCOPE_CLOSE_AFTER_FIRST_PICTURE";
const SETTINGS_KEY: &str = "settings";
const RECENT_KEY: &str = "recent";
/// Which slide is shown.
const PLACE_KEY: &str = "slide";
/// The text of a session that could not be read.
const LOST_KEY: &str = "unreadable-scene";
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

/// The session in eframe's window, and what was left of a last one that could not be read.
struct App(Session, Option<String>);

impl App {
    fn new(cc: &eframe::CreationContext<'_>, options: &Options) -> std::io::Result<Self> {
        let ctx = cc.egui_ctx.clone();
        prepare(&ctx);
        let mut settings: Settings =
            cc.storage.and_then(|s| eframe::get_value(s, SETTINGS_KEY)).unwrap_or_default();
        settings.lang = options.lang.unwrap_or(settings.lang);
        settings.theme = options.theme.unwrap_or(settings.theme);
        settings.presenting = false;
        let text = cc.storage.and_then(|s| s.get_string(SCENE_KEY));
        let place = cc.storage.and_then(|s| eframe::get_value(s, PLACE_KEY)).unwrap_or_default();
        let last = text.as_deref().map(|text| recall(text, place));
        let (last, unreadable) = match last {
            Some(Err(error)) => (Last::default(), Some(error)),
            Some(Ok(last)) => (last, None),
            None => (Last::default(), None),
        };
        let Last { scene, deck, documents } = last;
        let mut studio = Studio::with_documents(scene, documents.clone(), settings, worker(&ctx)?);
        studio.bring_back(deck, documents);
        studio.note_where_it_was_left();
        studio.recent =
            cc.storage.and_then(|s| eframe::get_value(s, RECENT_KEY)).unwrap_or_default();
        // What cannot be read is kept aside, and said.
        let lost = unreadable.is_some().then_some(text).flatten();
        studio.notice = unreadable.map(|error| Notice::Failed(Arc::new(error)));
        if !options.files.is_empty() {
            studio.carry_out([Action::OpenPaths(options.files.clone())]);
        }
        let graphics = cc.wgpu_render_state.as_ref().map(Graphics::of_window);
        Ok(Self(Session::new(studio, Painter::on(graphics), Box::new(worker)), lost))
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
        let studio = &self.0.studio;
        if let Some(text) = text_of(studio) {
            storage.set_string(SCENE_KEY, text);
        }
        eframe::set_value(storage, PLACE_KEY, &studio.deck.current());
        if let Some(lost) = &self.1 {
            storage.set_string(LOST_KEY, lost.clone());
        }
        // Only what is in a file can be found again.
        let in_files =
            |known: &&InputRef| matches!(known, InputRef::Digit(_) | InputRef::File { .. });
        let recent: Vec<InputRef> = studio.recent.iter().filter(in_files).cloned().collect();
        eframe::set_value(storage, RECENT_KEY, &recent);
        eframe::set_value(storage, SETTINGS_KEY, &self.0.studio.settings);
    }

    fn clear_color(&self, _: &egui::Visuals) -> [f32; 4] {
        self.0.studio.settings.theme.palette().canvas.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self) {
        if let Some(step) = self.0.studio.interrupted_training() {
            let message = Message::new("train-closed").with("step", count(step.into()));
            let words = message.text(self.0.studio.settings.lang);
            // Where nobody reads it, nobody misses it: the next start says it, too.
            let _ = writeln!(std::io::stderr(), "{words}");
        }
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}

/// Fonts and options that never change.
pub fn prepare(ctx: &Context) {
    ctx.set_fonts(theme::definitions());
    ctx.options_mut(|options| {
        // Ctrl and plus change a setting, which is remembered; see `keys`.
        options.zoom_with_keyboard = false;
    });
}

fn worker(ctx: &Context) -> std::io::Result<Worker> {
    let ctx = ctx.clone();
    Worker::start(move || ctx.request_repaint())
}
