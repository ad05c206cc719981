//! What time has not come to is labelled.

use egui::{Align2, Painter, Rect, vec2};

use super::canvas::{Beyond, Scenery};
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;

/// "from the last full pass", under the first block that is not being computed yet.
pub fn label(painter: &Painter, sheet: &Sheet<'_>, scenery: &Scenery<'_>) {
    let first =
        scenery.figure.blocks.iter().find(|block| scenery.beyond(block.node) == Beyond::All);
    let Some(block) = first else { return };
    let rect = scenery.eye.rect(block.rect);
    if !painter.clip_rect().intersects(rect) {
        return;
    }
    let words = sheet.say("from-the-last-pass");
    let galley = painter.layout_no_wrap(words, Type::Caption.font(), sheet.palette.muted);
    let view = scenery.eye.view;
    let mut at = rect.left_bottom() + vec2(0.0, 8.0);
    at.x = at.x.min(view.right() - galley.size().x - 8.0).max(view.left() + 8.0);
    at.y = at.y.min(view.bottom() - galley.size().y - 8.0);
    let ground = Rect::from_min_size(at, galley.size()).expand(3.0);
    painter.rect_filled(ground, 3.0, sheet.palette.canvas.gamma_multiply(0.9));
    let anchor = Align2::LEFT_TOP.anchor_size(at, galley.size());
    painter.galley(anchor.min, galley, sheet.palette.muted);
}
