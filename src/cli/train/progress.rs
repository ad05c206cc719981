//! How far a training is: a bar in a terminal, else a line per epoch; always on standard error.

use std::io::{IsTerminal, stderr};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::output::say;
use crate::engine::Progress;
use crate::locale::value;

/// Tells a person how far a training is.
pub struct Reporter {
    epochs: usize,
    /// Images per epoch.
    images: usize,
    bar: Option<ProgressBar>,
}

impl Reporter {
    pub fn new(epochs: usize, images: usize) -> Self {
        Self {
            epochs,
            images,
            bar: stderr().is_terminal().then(|| bar(epochs.saturating_mul(images))),
        }
    }

    /// Takes note of a step.
    pub fn step(&self, progress: &Progress) {
        let epoch = progress.epoch + 1;
        let loss = value(progress.epoch_loss, 4);
        let text = format!("epoch {epoch} of {}: loss {loss}", self.epochs);
        match &self.bar {
            Some(bar) => {
                let before = progress.epoch.saturating_mul(self.images);
                bar.set_position(before.saturating_add(progress.images) as u64);
                bar.set_message(text);
            }
            None if progress.epoch_is_done() => say(text),
            None => {}
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(images: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{msg} [{bar:30}] {percent} %, {eta} left")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(images as u64), ProgressDrawTarget::stderr())
        .with_style(style)
}
