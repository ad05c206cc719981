//! What stands above a block: the layer's name and its size.

use egui::{Align2, Painter, vec2};

use super::canvas::Scenery;
use super::figure::{Block, COLUMN_GAP, Form};
use crate::network::Layer;
use crate::ui::sheet::Sheet;
use crate::ui::theme::Type;

/// Points that a block of a small figure needs to be named.
const SMALLEST_NAMED: f32 = 26.0;

pub fn draw(painter: &Painter, sheet: &Sheet<'_>, scenery: &Scenery<'_>, block: &Block) {
    let rect = scenery.eye.rect(block.rect);
    if !painter.clip_rect().intersects(rect.expand(60.0)) {
        return;
    }
    // In a small figure there is room for the name alone, or not even for that.
    let small = scenery.eye.scale < 0.35;
    if small && rect.width() < SMALLEST_NAMED {
        return;
    }
    let palette = sheet.palette;
    let pinned = scenery.pin.is_some_and(|pin| pin.node == block.node);
    let node = &scenery.open.network.nodes()[block.node];
    let name = match node.layer {
        Layer::Input { .. } => sheet.say("input-layer"),
        _ => node.name.clone(),
    };
    let is_scores = matches!(block.form, Form::Scores);
    let caption = if scenery.open.network.lower_is_better() && is_scores {
        sheet.say("squared-distance-short")
    } else {
        shape_text(block)
    };
    let caption_at = rect.left_top() + vec2(0.0, -6.0);
    let colour = if pinned { palette.accent } else { palette.text };
    if small {
        painter.text(caption_at, Align2::LEFT_BOTTOM, name, Type::Caption.font(), colour);
        return;
    }
    let room = rect.width() + (COLUMN_GAP - 5.0) * scenery.eye.scale;
    let lay = |words: String| painter.layout_no_wrap(words, Type::Caption.font(), palette.muted);
    let mut galley = lay(caption);
    if galley.size().x > room && !is_scores {
        // Next to each other, the maps can be counted; their size cannot.
        let [_, h, w] = block.shape;
        galley = lay(format!("{h}×{w}"));
    }
    let top = caption_at - vec2(0.0, galley.size().y);
    painter.galley(top, galley, palette.muted);
    let name_at = caption_at + vec2(0.0, -15.0);
    painter.text(name_at, Align2::LEFT_BOTTOM, name, Type::Label.font(), colour);
}

/// `6 @ 28×28`, or the length of a vector.
fn shape_text(block: &Block) -> String {
    match block.shape {
        [units, 1, 1] => units.to_string(),
        shape => crate::network::shape::text(shape),
    }
}
