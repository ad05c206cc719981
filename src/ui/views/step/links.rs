//! Thin curves from the maps that a pinned map is made of; a table's other links stay faint.

use egui::epaint::CubicBezierShape;
use egui::{Color32, Painter, Pos2, Rect, Stroke, vec2};

use super::canvas::Scenery;
use super::figure::{Block, Form};
use crate::network::connectivity::reads;
use crate::network::{Channels, Conv, Layer};
use crate::ui::sheet::Sheet;

/// More links than this are drawn as one: they would be a smear.
const MANY: usize = 24;

pub fn draw(painter: &Painter, sheet: &Sheet<'_>, scenery: &Scenery<'_>) {
    let palette = sheet.palette;
    for (node, description) in scenery.open.network.nodes().iter().enumerate() {
        if let Layer::Conv(Conv { channels: Channels::Table(rows), .. }) = &description.layer {
            let faint = Stroke::new(1.0, palette.bar.gamma_multiply(0.22));
            let (source, block) = (description.inputs[0], &scenery.figure.blocks[node]);
            for (map, row) in rows.iter().enumerate() {
                for &channel in row {
                    link(painter, scenery, (source, Some(channel)), block.map_rect(map), faint);
                }
            }
        }
    }
    let Some(pin) = scenery.pin else { return };
    let block = &scenery.figure.blocks[pin.node];
    let to = target(scenery, block, pin.unit);
    let stroke = Stroke::new(1.3, palette.accent.gamma_multiply(0.75));
    let [c, y, x] = pin.unit;
    for reads in reads(&scenery.open.network, pin.node, c, y as i64, x as i64) {
        let source = scenery.open.network.nodes()[pin.node].inputs[reads.input];
        if reads.channels.len() > MANY {
            link(painter, scenery, (source, None), to, stroke);
        } else {
            for &channel in &reads.channels {
                link(painter, scenery, (source, Some(channel)), to, stroke);
            }
        }
    }
}

/// Where links to a unit end, in the figure: at its map, at its cell, or at the edge of the scores.
fn target(scenery: &Scenery<'_>, block: &Block, unit: [usize; 3]) -> Rect {
    match block.form {
        Form::Maps { .. } | Form::Vector { .. } => block.map_rect(unit[0]),
        Form::Scores => super::scores::mark_rect(scenery, block, unit[0]),
    }
}

fn link(
    painter: &Painter,
    scenery: &Scenery<'_>,
    (source, channel): (usize, Option<usize>),
    to: Rect,
    stroke: Stroke,
) {
    let block = &scenery.figure.blocks[source];
    let from = match (block.form, channel) {
        (Form::Maps { .. } | Form::Vector { .. }, Some(channel)) => block.map_rect(channel),
        _ => block.rect,
    };
    let start = scenery.eye.point(from.right_center());
    let end = scenery.eye.point(to.left_center());
    painter.add(curve(start, end, stroke));
}

fn curve(start: Pos2, end: Pos2, stroke: Stroke) -> CubicBezierShape {
    let reach = vec2(((end.x - start.x) * 0.5).max(12.0), 0.0);
    let points = [start, start + reach, end - reach, end];
    CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, stroke)
}
