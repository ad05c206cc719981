//! One turn of the window: `logic` drains and executes, `ui` only draws. The application, tests and
//! benchmarks run the same turns.

use std::sync::Arc;

use egui::{Context, ViewportCommand};

use super::action::Action;
use super::frame;
use super::keys;
use super::platform::painter::Painter;
use super::studio::{Notice, Studio};
use super::theme::{self, Theme};
use crate::worker::Worker;

/// Starts a worker that wakes the window; called again when one has ended.
pub type Hire = Box<dyn Fn(&Context) -> std::io::Result<Worker>>;

/// State, painter, and what the last frame asked for.
pub struct Session {
    pub studio: Studio,
    pub painter: Painter,
    hire: Hire,
    wishes: Vec<Action>,
    dressed: Option<Theme>,
    /// The time of the input whose keys have been read: a hidden window sees the same input again.
    read_until: Option<f64>,
    /// Whether a list was open at the end of the last frame: its keys are its own.
    popup: bool,
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
        }
    }

    /// Drains the worker and carries out what was asked for.
    pub fn logic(&mut self, ctx: &Context) {
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
        self.popup = ui.ctx().any_popup_open();
        if self.painter.measure_once() {
            ui.ctx().request_repaint();
        }
    }

    fn execute(&mut self, ctx: &Context) {
        let mut wishes = std::mem::take(&mut self.wishes);
        let now = ctx.input(|input| input.time);
        if self.read_until != Some(now) {
            self.read_until = Some(now);
            wishes.extend(keys::actions(ctx, &self.studio, self.popup));
            let dropped = ctx.input(|input| input.raw.dropped_files.clone());
            wishes.extend(dropped.iter().map(|file| Action::OpenPath(file.path().to_owned())));
        }
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
}
