//! What must be said about every picture: weights that have learned nothing, or another file's; a digit
//! that the weights have seen; an image that does not have the shape of the input.

use egui::{Painter, Rect, vec2};

use super::canvas::Scenery;
use crate::locale::{Message, count};
use crate::ui::glyphs::visible;
use crate::ui::input::was_trained_on;
use crate::ui::scene::{Camera, InputRef};
use crate::ui::sheet::Sheet;
use crate::ui::theme::{Type, size};
use crate::worker::Origin;

/// Draws the badges in the figure's top left corner.
pub fn draw(ui: &egui::Ui, painter: &Painter, sheet: &Sheet<'_>, scenery: &Scenery<'_>) {
    let weights = match &scenery.open.origin {
        Origin::Bundled => None,
        Origin::Given => {
            let step = sheet.studio.trained_steps().unwrap_or_default();
            let badge = Message::new("badge-trained-here").with("step", count(step.into()));
            Some(sheet.tell(&badge))
        }
        Origin::Random => Some(sheet.say("badge-untrained")),
        Origin::File(path) => {
            let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Some(visible(ui.ctx(), &Type::Caption.font(), &file))
        }
    };
    let bundled = scenery.open.origin == Origin::Bundled;
    let digit = match sheet.studio.scene.input {
        InputRef::Digit(index) if bundled && was_trained_on(index) => {
            Some(sheet.say("badge-trained-on"))
        }
        InputRef::Digit(_)
        | InputRef::File { .. }
        | InputRef::Drawing(_)
        | InputRef::Pasted { .. } => None,
    };
    let studio = sheet.studio;
    let edited = studio.scene.edits.as_ref().map(|_| sheet.say("badge-edited"));
    let touched = (!studio.is_untouched()).then(|| sheet.say("badge-touched"));
    let fitted = sheet.studio.input.as_ref().is_some_and(|input| input.fitted);
    let fitted = fitted.then(|| sheet.say("badge-fitted"));
    let close = match &studio.scene.camera {
        Camera::Map { node, map } => {
            let name = Message::new("map-name").with("layer", node).with("map", map);
            Some(sheet.tell(&name))
        }
        Camera::Fit | Camera::Layer(_) | Camera::At { .. } => None,
    };
    let mut at = scenery.eye.view.left_top() + vec2(size::FIGURE_MARGIN, 14.0);
    for badge in [close, weights, digit, fitted, edited, touched].into_iter().flatten() {
        let font = Type::Caption.font();
        let colour = sheet.palette.muted;
        let galley = painter.layout_no_wrap(badge, font, colour);
        let rect = Rect::from_min_size(at, galley.size());
        // A zoomed figure may lie under it.
        painter.rect_filled(rect.expand(4.0), 4.0, sheet.palette.canvas.gamma_multiply(0.9));
        painter.galley(at, galley, colour);
        at.y = rect.bottom() + 6.0;
    }
}
