//! How the receptive field of the pinned unit grew, layer by layer.

use egui::{Grid, Ui};

use crate::locale::Message;
use crate::network::Layer;
use crate::ui::sheet::Sheet;
use crate::ui::story::Story;
use crate::ui::studio::Open;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{cell, text};

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, story: &Story) {
    if story.pin.node == 0 {
        return;
    }
    let palette = sheet.palette;
    ui.add_space(size::SECTION - size::GAP);
    sheet.section(ui, &Message::new("section-field"));
    let field = story.field;
    if let Some(region) = story.regions.iter().find(|region| region.node == 0) {
        let seen = region.bounds.clipped(open.network.input());
        let message = Message::new("field-on-image")
            .with("top", seen.y0)
            .with("bottom", (seen.y1 - 1).max(seen.y0))
            .with("left", seen.x0)
            .with("right", (seen.x1 - 1).max(seen.x0));
        let words = sheet.tell(&message);
        text(ui, words, Type::Body, palette.amber_text);
    }
    Grid::new("field-growth").spacing([14.0, 3.0]).show(ui, |ui| {
        for key in ["field-layer", "field-sees", "field-jump", "field-start"] {
            cell(ui, sheet.say(key), Type::Caption, palette.muted);
        }
        ui.end_row();
        // From the image up to the unit: the field on the image, of a unit of each layer on the way.
        for region in story.regions.iter().rev() {
            let node = &open.network.nodes()[region.node];
            let name = match node.layer {
                Layer::Input { .. } => sheet.say("input-layer"),
                _ => node.name.clone(),
            };
            let of = open.fields.node(region.node);
            let own = region.node == story.pin.node;
            let of = if own { field } else { of };
            let colour = if own { palette.amber_text } else { palette.text };
            cell(ui, name, Type::SmallNumber, colour);
            let exact = if of.exact { "" } else { " ≤" };
            let seen = format!("{}×{}{exact}", of.size[0], of.size[1]);
            cell(ui, seen, Type::SmallNumber, colour);
            cell(ui, of.jump[0].to_string(), Type::SmallNumber, palette.muted);
            cell(ui, of.start[0].to_string().replace('-', "−"), Type::SmallNumber, palette.muted);
            ui.end_row();
        }
    });
    if !field.exact {
        let words = sheet.say("field-not-exact");
        text(ui, words, Type::Caption, palette.muted);
    }
}
