//! A and B: two inputs, or two states of the network, side by side, with their difference.

use std::sync::Arc;

use egui::{Align, Grid, Layout, Rect, Sense, Ui, UiBuilder, pos2, vec2};

use super::camera::Eye;
use super::canvas::{Scenery, Side};
use super::figure::Form;
use super::maps;
use crate::array::{Range, Trace};
use crate::locale::{Message, signed, value};
use crate::network::Layer;
use crate::ui::action::{Action, UnitRef};
use crate::ui::scene::Beside;
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Compared, Open, Seen};
use crate::ui::theme::Type;
use crate::ui::widgets::{cell, chip, number_colour, text};

/// Width of the scores.
const SCORES: f32 = 214.0;
const HEAD: f32 = 40.0;
/// In a narrower view the buttons stand alone.
const ROOM_FOR_HINT: f32 = 640.0;
/// Room over each block for its name.
const BLOCK_HEAD: f32 = 26.0;
/// What the inputs take of the height.
const INPUTS: f32 = 0.26;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, other: &Compared) {
    let studio = sheet.studio;
    let (Some(open), Some(seen)) = (&studio.open, &studio.seen) else { return };
    let view = ui.available_rect_before_wrap();
    let response = ui.interact(view, ui.scope_id().with("compare"), Sense::click());
    let name = sheet.say("compare-name");
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
    head(ui, sheet, view);
    let body = Rect::from_min_max(
        pos2(view.left() + 16.0, view.top() + HEAD),
        pos2(view.right() - SCORES, view.bottom() - 12.0),
    );
    let node = shown_node(open, studio.pin());
    let sides = [
        (Side::Own, Arc::clone(&seen.trace)),
        (Side::Beside, Arc::clone(&other.trace)),
        (Side::Difference, Arc::clone(&other.difference)),
    ];
    let width = body.width() / 3.0;
    for (place, (side, trace)) in sides.into_iter().enumerate() {
        let column = Rect::from_min_size(
            pos2(body.left() + width * place as f32, body.top()),
            vec2(width - 16.0, body.height()),
        );
        let seen = Seen { trace, ..seen.clone() };
        let edge = column.top() + column.height() * INPUTS;
        let (above, below) = (column.with_max_y(edge), column.with_min_y(edge + 8.0));
        for (node, rect) in [(0, above), (node, below)] {
            let shared = shared_range(node, sheet.studio.seen.as_ref(), other);
            block(ui, sheet, open, &seen, Picture { side, node, rect, shared });
        }
    }
    if response.clicked()
        && let Some(unit) = sheet.hover.unit
    {
        sheet.act(Action::Pin(unit));
    }
    let table = Rect::from_min_max(pos2(view.right() - SCORES + 8.0, body.top()), view.max);
    ui.scope_builder(UiBuilder::new().max_rect(table), |ui| scores(ui, sheet, open, seen, other));
}

/// What is compared, and what can be done about it.
fn head(ui: &mut Ui, sheet: &mut Sheet<'_>, view: Rect) {
    let rect = Rect::from_min_size(view.min, vec2(view.width(), HEAD)).shrink2(vec2(16.0, 6.0));
    let layout = Layout::left_to_right(Align::Center);
    ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| {
        if rect.width() > ROOM_FOR_HINT {
            text(ui, sheet.say("compare-hint"), Type::Caption, sheet.palette.muted);
        }
        let scene = &sheet.studio.scene;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = sheet.say("compare-end");
            if chip(ui, sheet.palette, &close).clicked() {
                sheet.act(Action::Beside(None));
            }
            let again = sheet.say("compare-again");
            if chip(ui, sheet.palette, &again).clicked() {
                sheet.act(Action::Beside(Some(Beside {
                    input: scene.input.clone(),
                    handling: scene.handling.clone(),
                    edits: scene.edits.clone(),
                })));
            }
        });
    });
}

/// The pinned layer; for the scores, what they are made of.
fn shown_node(open: &Open, pin: Option<UnitRef>) -> usize {
    let mut node = pin.map_or(1, |pin| pin.node).min(open.figure.blocks.len() - 1);
    while node > 1 && matches!(open.figure.blocks[node].form, Form::Scores) {
        node = open.network.nodes()[node].inputs.first().copied().unwrap_or(0);
    }
    node.max(1).min(open.figure.blocks.len() - 1)
}

/// Both sides have the same colours for the same values.
fn shared_range(node: usize, seen: Option<&Seen>, other: &Compared) -> Option<Range> {
    let of = |trace: &Trace| Range::of(trace.output(node).values());
    let own = of(&seen?.trace)?;
    Some(of(&other.trace).map_or(own, |other| own.union(other)))
}

/// One picture of the comparison: whose, of what, where, over which range.
struct Picture {
    side: Side,
    node: usize,
    rect: Rect,
    shared: Option<Range>,
}

fn block(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    open: &Open,
    seen: &Seen,
    Picture { side, node, rect, shared }: Picture,
) {
    let room = rect.size() - vec2(0.0, BLOCK_HEAD);
    let block = &open.figure.blocks[node].filling(room);
    let eye = Eye::in_rect(block.rect, rect, BLOCK_HEAD);
    let pin = sheet.studio.pin().filter(|pin| pin.node == node);
    let mut scenery = Scenery {
        open,
        seen,
        figure: &open.figure,
        eye,
        pin,
        hovered: None,
        progress: None,
        side,
        shared,
    };
    let painter = ui.painter_at(rect);
    let letter = match side {
        Side::Own => "A",
        Side::Beside => "B",
        Side::Difference => "A − B",
    };
    let name = match open.network.nodes()[node].layer {
        Layer::Input { .. } => sheet.say("input-layer"),
        _ => open.network.nodes()[node].name.clone(),
    };
    let at = eye.rect(block.rect).left_top() - vec2(0.0, 6.0);
    let (ink, muted) = (sheet.palette.text, sheet.palette.muted);
    let letter = painter.text(at, egui::Align2::LEFT_BOTTOM, letter, Type::Label.font(), ink);
    let at = letter.right_bottom() + vec2(8.0, -1.0);
    painter.text(at, egui::Align2::LEFT_BOTTOM, name, Type::Caption.font(), muted);
    maps::draw(ui, sheet, &scenery, block);
    let pointer = ui.ctx().pointer_hover_pos().filter(|at| rect.contains(*at));
    let unit = pointer.and_then(|at| block.unit_at(eye.figure_point(at)));
    if let Some(unit) = unit {
        sheet.hover.unit = Some(UnitRef { node, unit });
        scenery.hovered = sheet.hover.unit;
    } else {
        scenery.hovered = sheet.studio.hover.unit.filter(|hovered| hovered.node == node);
    }
    maps::outline(&painter, sheet, &scenery);
    if unit.is_some() {
        maps::captions(&painter, sheet, &scenery);
    }
}

/// Every class with both scores and their difference.
fn scores(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, seen: &Seen, other: &Compared) {
    let node = open.network.scores();
    let (a, b) = (seen.trace.output(node), other.trace.output(node));
    let [classes, rows, columns] = a.chw();
    if rows * columns != 1 {
        return;
    }
    let palette = sheet.palette;
    let lower = open.network.lower_is_better();
    let key = if lower { "squared-distance-short" } else { "compare-scores" };
    sheet.title(ui, &Message::new(key), Type::Label);
    let sign = if lower { 1.0 } else { -1.0 };
    let best = |values: &crate::array::Array| {
        (0..classes)
            .min_by(|&i, &j| (sign * values.values()[i]).total_cmp(&(sign * values.values()[j])))
    };
    let (best_a, best_b) = (best(a), best(b));
    Grid::new("compared-scores").num_columns(4).spacing([10.0, 4.0]).show(ui, |ui| {
        for head in ["", "A", "B", "A − B"] {
            cell(ui, head, Type::Caption, palette.muted);
        }
        ui.end_row();
        for class in 0..classes.min(40) {
            let (x, y) = (f64::from(a.values()[class]), f64::from(b.values()[class]));
            let ink = |best: Option<usize>| {
                if best == Some(class) { palette.accent } else { palette.text }
            };
            cell(ui, open.network.label(class), Type::StrongNumber, palette.text);
            cell(ui, value(x, 1), Type::Number, ink(best_a));
            cell(ui, value(y, 1), Type::Number, ink(best_b));
            cell(ui, signed(x - y, 1), Type::Number, number_colour(palette, x - y));
            ui.end_row();
        }
    });
}
