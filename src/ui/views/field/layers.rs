//! The layers of one network as they are drawn: each can be pointed at, and a click looks at another unit.

use egui::{Rect, Sense, Ui, pos2, vec2};

use super::{access, maps, rows, words};
use crate::locale::Message;
use crate::ui::action::{Action, FieldAction, UnitRef};
use crate::ui::scene::{Spot, Subject};
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Seer, Studio};
use crate::ui::widgets::sketch;

/// The rows or the maps of one network; a click on a cell looks at that unit.
pub fn show(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    seer: &Seer,
    (place, as_maps): (Option<usize>, bool),
    rect: Rect,
) {
    let studio = sheet.studio;
    let room = [rect.width(), rect.height()];
    if as_maps {
        let (figure, maps) = maps::draw(studio, seer, room);
        access::picture(ui, rect, &sheet.say("field-page-figure"), &figure.words());
        sketch::paint(&ui.painter_at(rect.expand(8.0)), sheet.palette, rect.min, &figure);
        for map in maps {
            let min = rect.min + vec2(map.min[0], map.min[1]);
            let size = vec2(map.size()[0], map.size()[1]);
            let target = Rect::from_min_size(min, size);
            let pointed = named(ui, sheet, seer, (map.node, true), place, target);
            if let Some(at) =
                pointed.and_then(|at| map.cell_at([at[0] + map.min[0], at[1] + map.min[1]]))
            {
                look(sheet, place, Spot { layer: map.node, at });
            }
        }
        return;
    }
    let Some((figure, lines)) = place.and_then(|place| rows::draw(studio, place, room)) else {
        return;
    };
    access::picture(ui, rect, &sheet.say("field-page-figure"), &figure.words());
    sketch::paint(&ui.painter_at(rect.expand(8.0)), sheet.palette, rect.min, &figure);
    for row in lines {
        let half = row.pitch / 2.0;
        let left = rect.left() + row.first - half;
        let size = vec2(row.pitch * row.count as f32, row.height.max(6.0));
        let target = Rect::from_min_size(pos2(left, rect.top() + row.y - size.y / 2.0), size);
        let pointed = named(ui, sheet, seer, (row.node, false), place, target);
        if let Some(x) = pointed.and_then(|at| row.cell_at(at[0] + row.first - half)) {
            let [_, y, _] = seer.unit.unit;
            look(sheet, place, Spot { layer: row.node, at: [y, x] });
        }
    }
}

/// A layer of the figure: tells where in it a click was.
fn named(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    seer: &Seer,
    (node, as_maps): (usize, bool),
    place: Option<usize>,
    rect: Rect,
) -> Option<[f32; 2]> {
    let id = ui.scope_id().with(("layer-of-fields", place, node));
    let response = ui.interact(rect, id, Sense::click());
    let own = seer.unit.node == node;
    let layer = words::layer(sheet.studio, seer, node);
    let seen = seer.region(node).map_or([0, 0], |region| {
        words::sides_in(region.bounds.clipped(seer.network.nodes()[node].output))
    });
    let size = match words::hidden(sheet.studio) {
        Some(sign) => sign.to_owned(),
        None if !as_maps => seen[1].to_string(),
        None => words::sides_of(seen),
    };
    let message = Message::new("field-layer-name").with("layer", layer).with("size", size);
    let name = match place {
        Some(place) if sheet.studio.scene.field.stacks.len() > 1 => {
            let stack = words::stack(&sheet.studio.scene.field.stacks[place], sheet.lang);
            format!("{stack}: {}", sheet.tell(&message))
        }
        _ => sheet.tell(&message),
    };
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, own, name.clone())
    });
    if response.has_focus() {
        let ring = egui::Stroke::new(2.0, sheet.palette.accent);
        ui.painter().rect_stroke(rect.expand(3.0), 4.0, ring, egui::StrokeKind::Outside);
    }
    if !response.clicked() {
        return None;
    }
    // By the keyboard the middle is meant.
    let at = response.interact_pointer_pos().unwrap_or(rect.center()) - rect.min;
    Some([at.x, at.y])
}

fn look(sheet: &mut Sheet<'_>, place: Option<usize>, spot: Spot) {
    sheet.act(Action::Field(match place {
        Some(place) => FieldAction::Spot(place, Some(spot)),
        None => FieldAction::Branch(Some(spot)),
    }));
}

/// What looks at the middle unit of a layer of the present subject.
pub fn middle_of(studio: &Studio, seer: &Seer, node: usize) -> Action {
    let [_, h, w] = seer.network.nodes()[node].output;
    let at = [(h - 1) / 2, (w - 1) / 2];
    let spot = Some(Spot { layer: node, at });
    match studio.scene.field.subject {
        Subject::Stacks => Action::Field(FieldAction::Spot(studio.scene.field.active, spot)),
        Subject::Branches => Action::Field(FieldAction::Branch(spot)),
        Subject::Network | Subject::Neocognitron => {
            let map = seer.unit.unit[0].min(seer.network.nodes()[node].output[0] - 1);
            Action::Pin(UnitRef { node, unit: [map, at[0], at[1]] })
        }
    }
}
