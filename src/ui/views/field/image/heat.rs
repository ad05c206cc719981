//! |gradient| of the unit by each pixel: the effective field.

use egui::{Color32, Rect, Stroke, StrokeKind, Ui, pos2};

use super::curve::{curve, edges};
use super::pixels::{Pixels, paper};
use crate::locale::{Message, count};
use crate::render::{Field, FieldBox, FieldOverlayStyle, Heat, Rgba};
use crate::ui::platform::painter::Slot;
use crate::ui::sheet::Sheet;
use crate::ui::studio::Seer;
use crate::ui::views::field::access;
use crate::ui::widgets::rgba;
use crate::worker::Origin;

/// |gradient| of the unit by each pixel, with the theoretical box around it.
pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, seer: &Seer, frame: Rect) -> String {
    let shape @ [_, rows, columns] = seer.network.input();
    let pixels = Pixels::new(frame, [rows, columns]);
    access::picture(ui, frame, &sheet.say("field-picture-heat"), "");
    let painter = ui.painter_at(frame.expand(2.0));
    paper(&painter, sheet, &pixels);
    let Some(heat) = sheet.studio.field.heat() else { return waiting(sheet) };
    let maximum = heat.maximum;
    if let Some(region) = seer.region(0) {
        let b = region.bounds.clipped(shape);
        let one = FieldBox {
            y0: b.y0 as i32,
            x0: b.x0 as i32,
            y1: b.y1 as i32,
            x1: b.x1 as i32,
            dashed: false,
        };
        let field = Field { rows: rows as u32, columns: columns as u32, boxes: [Some(one), None] };
        let size = pixels.rect.size() * ui.ctx().pixels_per_point();
        let style = FieldOverlayStyle {
            width: size.x.round().max(1.0) as u32,
            height: size.y.round().max(1.0) as u32,
            dim: Rgba::TRANSPARENT,
            heat: rgba(sheet.palette.heat),
            line: rgba(sheet.palette.amber),
            casing: rgba(sheet.palette.casing).with_alpha(90),
            ..FieldOverlayStyle::default()
        };
        let heat = Heat { values: heat.values.clone(), maximum };
        let slot = Slot::Picture("field-heat", 0);
        if let Ok(texture) = sheet.painter.heated_field(ui.ctx(), slot, field, Some(&heat), style) {
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            painter.image(texture, pixels.rect, whole, Color32::WHITE);
        }
    }
    let untrained = sheet.studio.open.as_ref().is_some_and(|open| is_untrained(&open.origin));
    let average = sheet.studio.effective().and_then(|known| known.average.as_ref());
    let words = match average.filter(|_| sheet.studio.scene.field.average) {
        _ if maximum <= 0.0 => Message::new("field-silent"),
        Some((_, live)) => {
            Message::new("field-effective-average").with("live", count(*live as u128))
        }
        None => Message::new("field-effective-here"),
    };
    let words = sheet.tell(&words);
    if untrained { format!("{words} ({})", sheet.say("field-untrained")) } else { words }
}

fn waiting(sheet: &Sheet<'_>) -> String {
    sheet.say(if sheet.studio.is_waiting() { "status-computing" } else { "field-no-effective" })
}

/// The heat summed down the columns, and how much of its energy the central quarter of the box holds.
pub fn profile(ui: &mut Ui, sheet: &Sheet<'_>, seer: &Seer, frame: Rect) -> String {
    access::picture(ui, frame, &sheet.say("field-picture-heat-profile"), "");
    let painter = ui.painter_at(frame.expand(2.0));
    let line = Stroke::new(1.0, sheet.palette.hairline);
    painter.rect_stroke(frame, 0.0, line, StrokeKind::Outside);
    let (Some(heat), Some(region)) = (sheet.studio.field.heat(), seer.region(0)) else {
        return waiting(sheet);
    };
    curve(&painter, frame, &heat.columns, Stroke::new(2.0, sheet.palette.heat));
    let b = region.bounds.clipped(seer.network.input());
    edges(&painter, sheet, frame, [b.x0, b.x1], heat.columns.len());
    match heat.share {
        Some(share) => {
            let percent = (100.0 * share).round();
            sheet.tell(&Message::new("field-half").with("percent", percent))
        }
        None => sheet.say("field-silent"),
    }
}

fn is_untrained(origin: &Origin) -> bool {
    match origin {
        Origin::Random => true,
        Origin::Bundled | Origin::File(_) | Origin::Given => false,
    }
}
