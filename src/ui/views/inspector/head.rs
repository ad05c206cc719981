//! Which unit it is, its value in plain words, the three questions, and the way back.

use egui::Ui;

use super::parts::weights_are_coefficients;
use crate::explain::Rule;
use crate::locale::{Message, signed};
use crate::network::Layer;
use crate::ui::action::{Action, NamedUnit, UnitRef};
use crate::ui::navigate;
use crate::ui::scene::Camera;
use crate::ui::sheet::Sheet;
use crate::ui::story::Story;
use crate::ui::studio::{Open, Seen};
use crate::ui::theme::Type;
use crate::ui::widgets::{chip, text};

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, seen: &Seen, story: &Story) {
    title(ui, sheet, open, story.pin);
    let value = f64::from(seen.trace.output(story.pin.node).at(story.pin.unit));
    let words = sheet.tell(&in_words(open, story, value));
    text(ui, words, Type::Strong, sheet.palette.text);
    chips(ui, sheet, open, story);
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
        text(ui, sheet.tell(&message), Type::Title, sheet.palette.text);
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
        Rule::Softmax => Message::new("headline-softmax")
            .with("terms", terms)
            .with("percent", crate::locale::value(value * 100.0, 1))
            .with("label", open.network.label(story.pin.unit[0])),
    }
}

fn chips(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, story: &Story) {
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
        if sheet.studio.scene.camera != Camera::Fit {
            let label = sheet.say("fit");
            if chip(ui, sheet.palette, &label).clicked() {
                sheet.act(Action::Camera(Camera::Fit));
            }
        }
    });
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
            let name = NamedUnit::from(earlier).to_string();
            let link = egui::RichText::new(name).font(Type::SmallNumber.font());
            if ui.link(link.color(sheet.palette.accent)).clicked() {
                wanted = Some(Action::BackTo(place));
            }
            text(ui, "‹", Type::SmallNumber, sheet.palette.muted);
        }
        let here = NamedUnit { node: open.network.nodes()[pin.node].name.clone(), unit: pin.unit };
        text(ui, here.to_string(), Type::SmallNumber, sheet.palette.text);
    });
    let hint = sheet.say("trail-hint");
    text(ui, hint, Type::Caption, sheet.palette.muted);
    if let Some(action) = wanted {
        sheet.act(action);
    }
}
