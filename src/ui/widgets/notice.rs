//! Waiting, empty and failed, in one look.

use egui::{Frame, Margin, RichText, Stroke, Ui};

use super::{Icon, icon_button, text};
use crate::ui::theme::{Palette, Type, size};

/// The widest line of words in a card.
pub const NOTICE_WORDS: f32 = 460.0;

/// What kind of news it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    Waiting,
    Info,
    Failed,
}

/// A card with a sentence, buttons under it, and, if `dismiss` names one, a cross. Tells which button
/// was clicked (by its place), or the cross (`buttons.len()`).
pub fn notice(
    ui: &mut Ui,
    palette: &Palette,
    look: Look,
    sentence: &str,
    buttons: &[String],
    dismiss: Option<&str>,
) -> Option<usize> {
    let edge = match look {
        Look::Waiting => palette.bar,
        Look::Info => palette.accent,
        Look::Failed => palette.error,
    };
    let mut clicked = None;
    Frame::new()
        .fill(palette.panel)
        .stroke(Stroke::new(1.0, edge))
        .corner_radius(size::BUTTON_RADIUS)
        .inner_margin(Margin::symmetric(14, 10))
        .show(ui, |ui| {
            ui.horizontal_top(|ui| {
                ui.vertical(|ui| {
                    ui.set_max_width(NOTICE_WORDS);
                    let colour = if look == Look::Failed { palette.error } else { palette.text };
                    text(ui, sentence, Type::Body, colour);
                    if !buttons.is_empty() {
                        ui.horizontal_wrapped(|ui| {
                            for (index, label) in buttons.iter().enumerate() {
                                let label = RichText::new(label).font(Type::Body.font());
                                if ui.button(label).clicked() {
                                    clicked = Some(index);
                                }
                            }
                        });
                    }
                });
                if let Some(name) = dismiss
                    && icon_button(ui, palette, Icon::Close, name).clicked()
                {
                    clicked = Some(buttons.len());
                }
            });
        });
    clicked
}
