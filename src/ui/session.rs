//! One turn of the window: `logic` drains and executes, `ui` only draws. The application, tests and
//! benchmarks run the same turns.

use std::sync::Arc;
use std::time::Duration;

use egui::{Context, Key, ViewportBuilder, ViewportClass, ViewportCommand, ViewportId};

use super::action::{Action, Play};
use super::frame;
use super::keys;
use super::platform::painter::Painter;
use super::settings::Settings;
use super::studio::{Notice, Studio};
use super::theme::{self, Theme};
use crate::worker::Worker;

/// Starts a worker that wakes the window; called again when one has ended.
pub type Hire = Box<dyn Fn(&Context) -> std::io::Result<Worker>>;

/// Time does not jump when the window was hidden for a while.
const LONGEST_TICK: f64 = 0.1;
const SPEAKER_SIZE: [f32; 2] = [760.0, 560.0];

/// State, painter, and what the last frame asked for.
pub struct Session {
    pub studio: Studio,
    pub painter: Painter,
    hire: Hire,
    wishes: Vec<Action>,
    dressed: Option<Dress>,
    /// The time of the input whose keys have been read: a hidden window sees the same input again.
    read_until: Option<f64>,
    /// Whether a list was open at the end of the last frame: its keys are its own.
    popup: bool,
    /// When the speaker's window was opened.
    talk_began: Option<f64>,
}

/// What egui has been told about the look.
#[derive(Clone, Copy, PartialEq)]
struct Dress {
    theme: Theme,
    zoom: f32,
    presenting: bool,
}

impl Dress {
    fn of(settings: &Settings) -> Self {
        let Settings { theme, presenting, .. } = *settings;
        Self { theme, presenting, zoom: settings.zoom() }
    }
}

impl Session {
    #[must_use]
    pub fn new(studio: Studio, painter: Painter, hire: Hire) -> Self {
        Self {
            studio,
            painter,
            hire,
            wishes: Vec::new(),
            dressed: None,
            read_until: None,
            popup: false,
            talk_began: None,
        }
    }

    /// Drains the worker and carries out what was asked for.
    pub fn logic(&mut self, ctx: &Context) {
        self.studio.drain();
        let size = ctx.content_rect().size() * ctx.zoom_factor();
        self.studio.window = [size.x.round().max(1.0) as u32, size.y.round().max(1.0) as u32];
        self.execute(ctx);
        self.dress(ctx);
        if self.studio.loading_is_pending() {
            // Promises have no way to wake the window.
            ctx.request_repaint_after(Duration::from_millis(30));
        }
        if self.studio.playing {
            ctx.request_repaint();
        }
        if self.studio.quit {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    }

    /// Draws the window.
    pub fn ui(&mut self, ui: &mut egui::Ui) {
        let outcome = frame::draw(ui, &self.studio, &mut self.painter);
        if outcome.hover != self.studio.hover || !outcome.actions.is_empty() {
            self.studio.hover = outcome.hover;
            ui.ctx().request_repaint();
        }
        self.wishes.extend(outcome.actions);
        self.speaker(ui.ctx());
        self.popup = ui.ctx().any_popup_open();
        if self.painter.measure_once() {
            ui.ctx().request_repaint();
        }
    }

    fn dress(&mut self, ctx: &Context) {
        let wanted = Dress::of(&self.studio.settings);
        if self.dressed == Some(wanted) {
            return;
        }
        let before = self.dressed.replace(wanted);
        theme::apply(ctx, wanted.theme);
        ctx.set_zoom_factor(wanted.zoom);
        if before.is_some_and(|before| before.presenting != wanted.presenting) {
            ctx.send_viewport_cmd(ViewportCommand::Fullscreen(wanted.presenting));
        }
    }

    fn execute(&mut self, ctx: &Context) {
        let mut wishes = std::mem::take(&mut self.wishes);
        let now = ctx.input(|input| input.time);
        if self.read_until != Some(now) {
            if self.studio.playing {
                let passed = self.read_until.map_or(0.0, |then| now - then);
                wishes.push(Action::Play(Play::Tick(passed.clamp(0.0, LONGEST_TICK))));
            }
            self.read_until = Some(now);
            wishes.extend(keys::actions(ctx, &self.studio, self.popup));
            let dropped = ctx.input(|input| input.raw.dropped_files.clone());
            if !dropped.is_empty() {
                let paths = dropped.iter().map(|file| file.path().to_owned()).collect();
                wishes.push(Action::OpenPaths(paths));
            }
        }
        self.studio.spotlight = !ctx.text_edit_focused()
            && ctx.input(|input| input.key_down(Key::L) && !input.modifiers.command);
        for wish in &wishes {
            match wish {
                Action::CopyValue => self.copy_value(ctx),
                Action::RestartWorker => match (self.hire)(ctx) {
                    Ok(worker) => self.studio.restart(worker),
                    Err(error) => self.studio.notice = Some(Notice::Failed(Arc::new(error))),
                },
                _ => {}
            }
        }
        self.studio.carry_out(wishes);
    }

    fn copy_value(&self, ctx: &Context) {
        if let (Some(seen), Some(pin)) = (&self.studio.seen, self.studio.pin()) {
            ctx.copy_text(seen.trace.output(pin.node).at(pin.unit).to_string());
        }
    }

    /// The speaker's window: a second one, on the speaker's own screen.
    fn speaker(&mut self, ctx: &Context) {
        if !self.studio.speaker {
            self.talk_began = None;
            return;
        }
        let now = ctx.input(|input| input.time);
        let began = *self.talk_began.get_or_insert(now);
        let builder = ViewportBuilder::default()
            .with_title("Convscope")
            .with_app_id("convscope")
            .with_inner_size(SPEAKER_SIZE);
        let id = ViewportId::from_hash_of("speaker");
        let (studio, painter) = (&self.studio, &mut self.painter);
        let actions = ctx.show_viewport_immediate(id, builder, |ui, class| {
            let mut actions = frame::draw_speaker(ui, studio, painter, Some(now - began)).actions;
            if class != ViewportClass::EmbeddedWindow {
                // A clicker works in whichever window has the focus.
                actions.extend(keys::actions(ui.ctx(), studio, false));
            }
            if ui.ctx().input(|input| input.viewport().close_requested()) {
                actions.push(Action::Speaker(false));
            }
            actions
        });
        self.wishes.extend(actions);
        // The clock goes on.
        ctx.request_repaint_after(Duration::from_secs(1));
    }
}
