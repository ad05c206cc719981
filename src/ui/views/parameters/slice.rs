//! The classic drawing: nodes and arrows of a slice in one dimension, each arrow by its weight.

use std::collections::BTreeSet;

use egui::{Sense, Ui, vec2};

use crate::locale::Message;
use crate::network::connect::Stop;
use crate::paper::sketch::{Anchor, Hand, Pen, Role, Sketch};
use crate::ui::sheet::Sheet;
use crate::ui::studio::Studio;
use crate::ui::widgets::sketch::paint;

pub const HEIGHT: f32 = 118.0;
/// Inputs and units of the slice, and the field that stands for the one in question.
const INPUTS: usize = 11;
const UNITS: usize = 9;
const FIELD: usize = 3;
/// The field of a stop on the way to every pixel; at the ends it is cut.
const LARGER_FIELD: usize = 5;
const NODE: f32 = 5.0;
/// A line of words.
const LINE: f32 = 14.0;
/// Room for the words before the nodes.
const LEFT: f32 = 52.0;

/// Draws it; the unit under the pointer stands out.
pub fn show(ui: &mut Ui, sheet: &Sheet<'_>) {
    let studio = sheet.studio;
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let marked = response.hover_pos().map(|pos| nearest(rect.width(), pos.x - rect.left()));
    let figure = sketch(studio, rect.width(), marked);
    paint(ui.painter(), sheet.palette, rect.min, &figure);
    let words = captions(studio).join(" · ");
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, words.clone())
    });
}

/// Points from one input to the next.
fn pitch(width: f32) -> f32 {
    (width - LEFT - 12.0).max(10.0) / (INPUTS - 1) as f32
}

/// The unit that is nearest to a point.
fn nearest(width: f32, x: f32) -> usize {
    let place = (x - LEFT) / pitch(width) - 1.0;
    (place.round().max(0.0) as usize).min(UNITS - 1)
}

/// The drawing with its caption; a unit of it, else the one in the middle, stands out of the others.
pub fn sketch(studio: &Studio, width: f32, marked: Option<usize>) -> Sketch {
    let mut sketch = Sketch::new([width, HEIGHT]);
    let say = |key| Message::new(key).text(studio.settings.lang);
    let stop = studio.scene.parameters.stop;
    let [how, counts] = captions(studio);
    let line = format!("{how} · {counts}");
    // What is too long for one line takes two; the nodes move nearer.
    let lines = if length_of(&line) <= width { vec![line] } else { vec![how, counts] };
    let (top, bottom) = (12.0, HEIGHT - 14.0 - LINE * lines.len() as f32);
    let pitch = pitch(width);
    let input = |i: usize| [LEFT + i as f32 * pitch, bottom];
    let unit = |u: usize| [LEFT + (u as f32 + 1.0) * pitch, top];
    let marked = marked.unwrap_or(UNITS / 2);
    for u in (0..UNITS).filter(|&u| u != marked).chain([marked]) {
        for arrow in arrows(stop, u) {
            let role = arrow.weight.map_or(Role::Bar, |weight| Role::Identity(weight as u8));
            let (width, opacity) = match (u == marked, arrow.weight.is_some()) {
                (true, _) => (1.8, 1.0),
                (false, true) => (1.1, 0.75),
                (false, false) => (0.7, 0.45),
            };
            sketch.line(input(arrow.input), unit(u), Pen::new(role.at(opacity), width));
        }
    }
    let mut node = |[x, y]: [f32; 2], fill: Role| {
        let rect = [[x - NODE, y - NODE], [2.0 * NODE, 2.0 * NODE]];
        sketch.rect(rect, NODE, Some(fill.into()), Some(Pen::new(Role::Text, 1.2)));
    };
    (0..INPUTS).for_each(|i| node(input(i), Role::Paper));
    (0..UNITS).for_each(|u| node(unit(u), if u == marked { Role::Accent } else { Role::Paper }));
    for (y, key) in [(top, "slice-units"), (bottom, "slice-inputs")] {
        sketch.text([0.0, y], Anchor::Left, say(key), Hand::Caption, Role::Muted);
    }
    for (place, words) in lines.into_iter().rev().enumerate() {
        let y = HEIGHT - 8.0 - LINE * place as f32;
        sketch.text([0.0, y], Anchor::Left, words, Hand::Caption, Role::Muted);
    }
    sketch
}

/// Points that words take at most: letters are narrower than Chinese characters.
fn length_of(words: &str) -> f32 {
    words.chars().map(|letter| if letter.is_ascii() { 6.2 } else { 12.0 }).sum()
}

/// What is drawn, and its arrows and weights.
fn captions(studio: &Studio) -> [String; 2] {
    let lang = studio.settings.lang;
    let stop = studio.scene.parameters.stop;
    let all = || (0..UNITS).flat_map(|u| arrows(stop, u));
    let different: BTreeSet<_> = all().map(|arrow| arrow.key(stop)).collect();
    let field = if matches!(stop, Stop::Field(_)) { LARGER_FIELD } else { FIELD };
    let how = Message::new(caption_of(stop)).with("field", field);
    let counts =
        Message::new("slice-counts").with("arrows", all().count()).with("weights", different.len());
    [Message::new("slice-caption").with_message("how", how).text(lang), counts.text(lang)]
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
        // Around the same middle as the field of the layer.
        Stop::Field(_) => {
            let more = (LARGER_FIELD - FIELD) / 2;
            unit.saturating_sub(more)..(unit + FIELD + more).min(INPUTS)
        }
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
