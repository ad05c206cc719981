//! The classic drawing: nodes and arrows of a slice in one dimension, each arrow by its weight.

use egui::{Align2, Color32, Pos2, Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::locale::Message;
use crate::network::connect::Stop;
use crate::ui::sheet::Sheet;
use crate::ui::theme::{Palette, Type};

pub const HEIGHT: f32 = 118.0;
/// Inputs and units of the slice, and the field that stands for the one in question.
const INPUTS: usize = 11;
const UNITS: usize = 9;
const FIELD: usize = 3;
const NODE: f32 = 5.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let palette = sheet.palette;
    let stop = sheet.studio.scene.parameters.stop;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let name = sheet.say(caption_of(stop));
    let painter = ui.painter();
    let area = Rect::from_min_max(
        pos2(rect.left() + 52.0, rect.top() + 12.0),
        pos2(rect.right() - 12.0, rect.bottom() - 28.0),
    );
    let pitch = area.width() / (INPUTS - 1) as f32;
    let input = |i: usize| pos2(area.left() + i as f32 * pitch, area.bottom());
    let unit = |u: usize| pos2(area.left() + (u as f32 + 1.0) * pitch, area.top());
    // The unit under the pointer, or the one in the middle, is drawn out of the others.
    let nearest = |pos: Pos2| {
        (0..UNITS).min_by(|&a, &b| (unit(a).x - pos.x).abs().total_cmp(&(unit(b).x - pos.x).abs()))
    };
    let marked = response.hover_pos().and_then(nearest).unwrap_or(UNITS / 2);
    for u in (0..UNITS).filter(|&u| u != marked).chain([marked]) {
        for arrow in arrows(stop, u) {
            let colour = arrow.weight.map_or(palette.bar, |weight| identity(palette, weight));
            let (width, colour) = match (u == marked, arrow.weight.is_some()) {
                (true, _) => (1.8, colour),
                (false, true) => (1.1, colour.gamma_multiply(0.75)),
                (false, false) => (0.7, colour.gamma_multiply(0.45)),
            };
            painter.line_segment([input(arrow.input), unit(u)], Stroke::new(width, colour));
        }
    }
    let node = |at: Pos2, fill: Color32| {
        painter.circle(at, NODE, fill, Stroke::new(1.2, palette.text));
    };
    (0..INPUTS).for_each(|i| node(input(i), palette.canvas));
    (0..UNITS).for_each(|u| {
        node(unit(u), if u == marked { palette.accent } else { palette.canvas });
    });
    for (y, key) in [(area.top(), "slice-units"), (area.bottom(), "slice-inputs")] {
        let words = sheet.say(key);
        let at = pos2(rect.left(), y);
        painter.text(at, Align2::LEFT_CENTER, words, Type::Caption.font(), palette.muted);
    }
    let different: std::collections::BTreeSet<_> =
        (0..UNITS).flat_map(|u| arrows(stop, u)).map(|arrow| arrow.key(stop)).collect();
    let total: usize = (0..UNITS).map(|u| arrows(stop, u).len()).sum();
    let words = sheet.tell(
        &Message::new("slice-caption")
            .with("how", &name)
            .with("arrows", total)
            .with("weights", different.len()),
    );
    let at = pos2(rect.left(), rect.bottom());
    painter.text(at, Align2::LEFT_BOTTOM, words.clone(), Type::Caption.font(), palette.muted);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, words.clone())
    });
}

const fn caption_of(stop: Stop) -> &'static str {
    match stop {
        Stop::Full => "slice-full",
        Stop::Field(_) => "slice-field",
        Stop::Local => "slice-local",
        Stop::Tiles(_) => "slice-tiles",
        Stop::Shared => "slice-shared",
    }
}

/// One connection of a unit; `weight` names it where it is shared.
struct Arrow {
    unit: usize,
    input: usize,
    weight: Option<usize>,
}

impl Arrow {
    /// Equal for arrows with the same weight.
    fn key(&self, stop: Stop) -> (usize, usize) {
        match (stop.is_sharing(), self.weight) {
            (true, Some(weight)) => (usize::MAX, weight),
            _ => (self.unit, self.input),
        }
    }
}

fn arrows(stop: Stop, unit: usize) -> Vec<Arrow> {
    let field = match stop {
        Stop::Full => 0..INPUTS,
        Stop::Field(_) => unit.saturating_sub(1)..(unit + FIELD + 1).min(INPUTS),
        Stop::Local | Stop::Tiles(_) | Stop::Shared => unit..unit + FIELD,
    };
    field
        .map(|input| {
            let weight = match stop {
                Stop::Full | Stop::Field(_) | Stop::Local => None,
                // Two neighbours share, and then come other colours.
                Stop::Tiles(_) => Some(unit / 2 * FIELD + input - unit),
                Stop::Shared => Some(input - unit),
            };
            Arrow { unit, input, weight }
        })
        .collect()
}

/// The colour of a weight; after some, colours repeat.
#[must_use]
pub fn identity(palette: &Palette, weight: usize) -> Color32 {
    palette.identity[weight % palette.identity.len()]
}
