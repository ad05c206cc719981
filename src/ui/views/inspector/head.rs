//! Which unit it is, its value in plain words, the three questions, and the way back.

use egui::Ui;

use super::parts::weights_are_coefficients;
use crate::explain::Rule;
use crate::locale::{Message, signed};
use crate::network::Layer;
use crate::network::connect::Setting;
use crate::ui::action::{Action, Connect, Edit, NamedUnit, UnitRef};
use crate::ui::cover::cover_place;
use crate::ui::navigate;
use crate::ui::replay::Now;
use crate::ui::scene::{Camera, Worksheet, can_be_muted};
use crate::ui::sheet::Sheet;
use crate::ui::story::Story;
use crate::ui::studio::{Open, Seen};
use crate::ui::theme::Type;
use crate::ui::widgets::{chip, text};

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, seen: &Seen, story: &Story) {
    title(ui, sheet, open, story.pin);
    let value = f64::from(seen.trace.output(story.pin.node).at(story.pin.unit));
    let muted = seen.muted.contains(&(story.pin.node, story.pin.unit[0]));
    let place = cover_place(("head", story.pin.node, story.pin.unit));
    if sheet.studio.progress().is_some_and(|progress| progress.now != Now::Result) {
        // While the sum is being made, its result is not there yet.
    } else if sheet.is_covered(place) {
        let words = sheet.say("covered");
        if chip(ui, sheet.palette, &words).clicked() {
            sheet.act(Action::Reveal(place));
        }
    } else {
        let words = sheet.tell(&in_words(open, story, value));
        text(ui, words, Type::Strong, sheet.palette.text);
    }
    if muted {
        let words = sheet.say("muted-note");
        text(ui, words, Type::Body, sheet.palette.error);
    }
    chips(ui, sheet, open, seen, story);
    trail(ui, sheet, open, story.pin);
}

fn title(ui: &mut Ui, sheet: &Sheet<'_>, open: &Open, pin: UnitRef) {
    let node = &open.network.nodes()[pin.node];
    let [c, y, x] = pin.unit;
    ui.horizontal_wrapped(|ui| {
        let message = match (&node.layer, node.output) {
            (Layer::Input { .. }, _) => Message::new("title-pixel"),
            (_, [_, 1, 1]) => Message::new("title-unit").with("layer", &node.name).with("unit", c),
            _ => Message::new("title-map").with("layer", &node.name).with("map", c),
        };
        sheet.title(ui, &message, Type::Title);
        if node.output[1..] != [1, 1] {
            let place = Message::new("row-column").with("row", y).with("column", x);
            text(ui, sheet.tell(&place), Type::Body, sheet.palette.muted);
        }
    });
}

/// "This one number, +1.62, is made of 100 products."
fn in_words(open: &Open, story: &Story, value: f64) -> Message {
    let number = signed(value, 2);
    let Some(explanation) = story.explanation() else {
        return Message::new("headline-pixel").with("value", number);
    };
    let layer = &open.network.nodes()[story.pin.node].layer;
    let terms = explanation.terms.len();
    let headline = |key| Message::new(key).with("value", &number).with("terms", terms);
    match explanation.rule {
        Rule::WeightedSum if weights_are_coefficients(layer) => headline("headline-coefficient"),
        Rule::WeightedSum => headline("headline-products"),
        Rule::Max => headline("headline-max"),
        Rule::SquaredDistance => Message::new("headline-distance")
            .with("value", crate::locale::value(value, 2))
            .with("terms", terms)
            .with("label", open.network.label(story.pin.unit[0])),
        Rule::Lrn => headline("headline-lrn"),
        Rule::Softmax => Message::new("headline-softmax")
            .with("terms", terms)
            .with("percent", crate::locale::value(value * 100.0, 1))
            .with("label", open.network.label(story.pin.unit[0])),
    }
}

fn chips(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, seen: &Seen, story: &Story) {
    let pin = story.pin;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(6.0, 6.0);
        let maps = story.explanation().map_or(0, |explanation| explanation.parts.len());
        if super::links::table_of(open, pin.node).is_some() {
            let message = Message::new("chip-why-these-maps").with("maps", maps);
            let label = sheet.tell(&message);
            if chip(ui, sheet.palette, &label).clicked() {
                ui.data_mut(|data| data.insert_temp(super::links::scroll_id(), true));
            }
        }
        if pin.node != 0 {
            let label = sheet.say("chip-where-on-the-image");
            if chip(ui, sheet.palette, &label).clicked() {
                sheet.act(Action::Camera(image_close_up()));
            }
        }
        let first = navigate::beginning(&open.network, pin.node, pin.unit);
        if pin.node > first.node {
            let message =
                Message::new("chip-begin").with("layer", &open.network.nodes()[first.node].name);
            let label = sheet.tell(&message);
            if chip(ui, sheet.palette, &label).clicked() {
                sheet.act(Action::Pin(first));
            }
        }
        if story.explanation().is_some() {
            let label = sheet.say("chip-worksheet");
            if chip(ui, sheet.palette, &label).clicked() {
                sheet.act(Action::Worksheet(Some(Worksheet::default())));
            }
        }
        if can_be_muted(&open.network, pin.node) {
            let muted = seen.muted.contains(&(pin.node, pin.unit[0]));
            let label = sheet.say(if muted { "chip-unmute" } else { "chip-mute" });
            if chip(ui, sheet.palette, &label).on_hover_text(sheet.say("chip-mute-hint")).clicked()
            {
                let node = open.network.nodes()[pin.node].name.clone();
                sheet.act(Action::Edit(Edit::Mute { node, map: pin.unit[0] }));
            }
        }
        if Setting::of_layer(&open.network, pin.node).is_some() {
            let label = sheet.say("to-parameters");
            if chip(ui, sheet.palette, &label).clicked() {
                sheet.act(Action::Parameters(Connect::FromLayer(pin.node)));
            }
        }
        if let Some([a, b]) = question_of(open, seen, pin) {
            let message = Message::new("question-title")
                .with("a", open.network.label(a))
                .with("b", open.network.label(b));
            let label = sheet.tell(&message);
            if chip(ui, sheet.palette, &label).clicked() {
                sheet.act(Action::Question(Some([a, b])));
            }
        }
        if sheet.studio.scene.camera != Camera::Fit {
            let label = sheet.say("fit");
            if chip(ui, sheet.palette, &label).clicked() {
                sheet.act(Action::Camera(Camera::Fit));
            }
        }
    });
}

/// The pinned class against the one that comes next to it: the runner-up against the answer.
pub fn question_of(open: &Open, seen: &Seen, pin: UnitRef) -> Option<[usize; 2]> {
    let scores = open.network.scores();
    if pin.node < scores {
        return None;
    }
    let values = seen.trace.output(scores);
    let [classes, rows, columns] = values.chw();
    if classes < 2 || rows * columns != 1 {
        return None;
    }
    let sign = if open.network.lower_is_better() { 1.0 } else { -1.0 };
    let mut order: Vec<usize> = (0..classes).collect();
    order.sort_by(|&a, &b| (sign * values.at([a, 0, 0])).total_cmp(&(sign * values.at([b, 0, 0]))));
    let own = pin.unit[0].min(classes - 1);
    let other = if order[0] == own { order[1] } else { order[0] };
    Some(if order[0] == own { [own, other] } else { [other, own] })
}

/// Close to the image, with the first layers beside it.
fn image_close_up() -> Camera {
    Camera::At { scale: 2.6, centre: [130.0, 300.0] }
}

/// `C3[7](4,6) ‹ S2[2](6,8) ‹ …`: each name leads back to it.
fn trail(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, pin: UnitRef) {
    let trail = &sheet.studio.scene.trail;
    if trail.is_empty() {
        return;
    }
    let mut wanted = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (place, earlier) in trail.iter().enumerate() {
            let name = match sheet.studio.resolve(earlier) {
                Some(unit) => open.unit_name(unit),
                None => NamedUnit::from(earlier).to_string(),
            };
            let link = egui::RichText::new(name).font(Type::SmallNumber.font());
            if ui.link(link.color(sheet.palette.accent)).clicked() {
                wanted = Some(Action::BackTo(place));
            }
            text(ui, "‹", Type::SmallNumber, sheet.palette.muted);
        }
        text(ui, open.unit_name(pin), Type::SmallNumber, sheet.palette.text);
    });
    let hint = sheet.say("trail-hint");
    text(ui, hint, Type::Caption, sheet.palette.muted);
    if let Some(action) = wanted {
        sheet.act(action);
    }
}
