//! What the pinned unit (solid) and the hovered one (dashed) see of every earlier layer.

use egui::{Color32, Rect, Ui, pos2};

use super::canvas::Scenery;
use super::figure::Form;
use crate::network::receptive::{NodeRegion, trace};
use crate::render::{Field, FieldBox, FieldOverlayStyle};
use crate::ui::platform::painter::Slot;
use crate::ui::sheet::Sheet;
use crate::ui::widgets::rgba;

/// How much of what a pinned unit does not see is covered by paper, 0 to 255.
const DIM: u8 = 80;
/// The same for maps that it does not see at all.
const DIM_UNSEEN: f32 = 0.62;
/// How opaque the casing of a box is, 0 to 255.
const CASING: u8 = 150;
/// No overlay is drawn with more pixels on a side.
const MAX_SIDE: f32 = 2048.0;

pub fn draw(ui: &Ui, sheet: &mut Sheet<'_>, scenery: &Scenery<'_>) {
    let pinned = sheet.studio.story.as_ref().map_or(&[][..], |story| &story.regions);
    let hovered = scenery
        .hovered
        .filter(|&unit| scenery.pin != Some(unit))
        .map(|unit| trace(&scenery.open.network, unit.node, unit.unit))
        .unwrap_or_default();
    for block in &scenery.figure.blocks {
        let Form::Maps { map, .. } = block.form else { continue };
        // The unit itself has its own outline.
        let of = |regions: &'_ [NodeRegion]| {
            regions.iter().skip(1).find(|region| region.node == block.node).cloned()
        };
        let (solid, dashed) = (of(pinned), of(&hovered));
        let pixels = map * scenery.eye.scale * ui.ctx().pixels_per_point();
        if pixels.max_elem() > MAX_SIDE || pixels.min_elem() < 1.0 {
            continue;
        }
        let pinned_here = solid.is_some();
        for channel in 0..block.shape[0] {
            let sees = |region: &Option<NodeRegion>| {
                region.as_ref().filter(|r| r.channels.contains(&channel)).map(|r| r.bounds)
            };
            let (solid, dashed) = (sees(&solid), sees(&dashed));
            let kind = u8::from(solid.is_some()) | u8::from(dashed.is_some()) << 1;
            let rect = scenery.eye.rect(block.map_rect(channel));
            if !ui.clip_rect().intersects(rect) {
                continue;
            }
            if pinned_here && solid.is_none() {
                let veil = sheet.palette.canvas.gamma_multiply(DIM_UNSEEN);
                ui.painter_at(scenery.eye.view).rect_filled(rect, 0.0, veil);
            }
            if kind == 0 {
                continue;
            }
            let boxed = |bounds: crate::network::receptive::Bounds, dashed| FieldBox {
                y0: bounds.y0 as i32,
                x0: bounds.x0 as i32,
                y1: bounds.y1 as i32,
                x1: bounds.x1 as i32,
                dashed,
            };
            let field = Field {
                rows: block.shape[1] as u32,
                columns: block.shape[2] as u32,
                boxes: [solid.map(|b| boxed(b, false)), dashed.map(|b| boxed(b, true))],
            };
            let dim = if solid.is_some() { DIM } else { 0 };
            let style = FieldOverlayStyle {
                width: pixels.x.round() as u32,
                height: pixels.y.round() as u32,
                dim: rgba(sheet.palette.canvas).with_alpha(dim),
                line: rgba(sheet.palette.amber),
                casing: rgba(sheet.palette.casing).with_alpha(CASING),
                ..FieldOverlayStyle::default()
            };
            let slot = Slot::Field(block.node, kind);
            if let Ok(texture) = sheet.painter.field(ui.ctx(), slot, field, style) {
                let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                ui.painter_at(scenery.eye.view).image(texture, rect, whole, Color32::WHITE);
            }
        }
    }
}
