//! The image with the theoretical field on it.

use egui::{Rect, Shape, Stroke, StrokeKind, Ui, vec2};

use super::pixels::{Pixels, paper};
use crate::locale::Message;
use crate::network::receptive::Bounds;
use crate::ui::scene::Subject;
use crate::ui::sheet::Sheet;
use crate::ui::studio::Seer;
use crate::ui::views::field::{access, words};
use crate::ui::widgets::{Grey, framed};

/// The image with the box of the unit, and the boxes of what it is made of.
pub fn show(ui: &mut Ui, sheet: &Sheet<'_>, seer: &Seer, frame: Rect) -> String {
    let [_, rows, columns] = seer.network.input();
    let Some(region) = seer.region(0) else { return String::new() };
    let studio = sheet.studio;
    let there = region.bounds.clipped(seer.network.input());
    let full = region.bounds;
    let [all, exist] = seer.sides_on_image();
    // A field larger than the image is drawn to scale around it.
    let larger = all[0] > rows as u64 || all[1] > columns as u64;
    let pixels = if larger {
        let wide = all[0].max(all[1]) as f32 * 1.04;
        let cell = frame.width() / wide;
        let corner = frame.center()
            - vec2((full.x0 + full.x1) as f32, (full.y0 + full.y1) as f32) * (cell / 2.0);
        let size = vec2(columns as f32, rows as f32) * cell;
        Pixels { rect: Rect::from_min_size(corner, size), cell, cells: [rows, columns] }
    } else {
        Pixels::new(frame, [rows, columns])
    };
    let name = sheet.say("field-picture-boxed");
    access::picture(ui, frame, &name, "");
    let painter = ui.painter_at(frame.expand(2.0));
    let input = studio.input.as_ref().filter(|input| {
        studio.scene.field.subject == Subject::Network && input.tensor.chw() == seer.network.input()
    });
    match input {
        Some(input) => {
            framed(ui, sheet.palette, "field-image", &input.tensor, Grey::Ink, pixels.rect);
        }
        None => paper(&painter, sheet, &pixels),
    }
    if !words::is_told(studio, seer, 0) {
        return String::new();
    }
    let amber = sheet.palette.amber;
    let casing = Stroke::new(3.5, sheet.palette.casing.gamma_multiply(0.5));
    if full != there {
        let r = pixels.boxed(full);
        let line = [r.left_top(), r.right_top(), r.right_bottom(), r.left_bottom(), r.left_top()];
        painter.extend(Shape::dashed_line(&line, Stroke::new(1.2, amber), 4.0, 3.0));
    }
    let inner = inner_boxes(seer);
    for (_, bounds) in &inner {
        let inner = pixels.boxed(bounds.clipped(seer.network.input()));
        painter.rect_stroke(inner, 0.0, Stroke::new(1.1, amber), StrokeKind::Inside);
    }
    let rect = pixels.boxed(there);
    painter.rect_filled(rect, 0.0, amber.gamma_multiply(0.10));
    painter.rect_stroke(rect, 0.0, casing, StrokeKind::Middle);
    painter.rect_stroke(rect, 0.0, Stroke::new(2.0, amber), StrokeKind::Middle);
    let size = words::sides_of(all);
    let message = if !seer.sees_image() {
        Message::new("field-theoretical-nothing")
    } else if exist != all {
        Message::new("field-theoretical-clipped").with("exist", words::sides_of(exist))
    } else if seer.field.exact {
        Message::new("field-theoretical")
    } else {
        Message::new("field-theoretical-union")
    };
    let words = sheet.tell(&message.with("size", size));
    if inner.is_empty() || larger || frame.width() < ROOM_FOR_NAMES {
        return words;
    }
    let names: Vec<String> = inner
        .iter()
        .map(|(node, b)| {
            let size = words::side(words::sides_in(*b));
            format!("{} {size}", words::layer(studio, seer, *node))
        })
        .collect();
    let inside = Message::new("field-inside").with("names", names.join(" · "));
    format!("{words}; {}", sheet.tell(&inside))
}

/// What one unit of each layer before the looked at one sees of the image, from the middle of what is seen
/// there. Only of a chain: where branches meet there is no one unit.
fn inner_boxes(seer: &Seer) -> Vec<(usize, Bounds)> {
    let chain = seer.network.nodes().iter().all(|node| node.inputs.len() <= 1);
    let before = seer.regions.iter().skip(1).filter(|region| chain && region.node > 0);
    let mut boxes: Vec<(usize, Bounds)> = before
        .filter_map(|region| {
            let shape @ [_, h, w] = seer.network.nodes()[region.node].output;
            let b = region.bounds.clipped(shape);
            let middle =
                |a: i64, z: i64, side: usize| i64::midpoint(a, z - 1).clamp(0, side as i64 - 1);
            let (y, x) = (middle(b.y0, b.y1, h), middle(b.x0, b.x1, w));
            let field = seer.fields.node(region.node);
            let first = |axis: usize, at: i64| field.start[axis] + at * field.jump[axis];
            let (y0, x0) = (first(0, y), first(1, x));
            let own = field.size != seer.field.size;
            let [rows, columns] = field.size.map(|side| side as i64);
            own.then_some((region.node, Bounds { y0, x0, y1: y0 + rows, x1: x0 + columns }))
        })
        .collect();
    boxes.reverse();
    if boxes.len() > MOST_INNER { Vec::new() } else { boxes }
}

/// Under a narrower picture the inner boxes are not named.
const ROOM_FOR_NAMES: f32 = 240.0;
/// More boxes in each other cannot be told apart.
const MOST_INNER: usize = 6;
