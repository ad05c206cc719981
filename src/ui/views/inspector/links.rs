//! A channel table as a grid that can be clicked: which maps see which.

use egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, Vec2, vec2};

use crate::locale::Message;
use crate::network::{Channels, Conv, Layer};
use crate::ui::action::{Action, UnitRef};
use crate::ui::sheet::Sheet;
use crate::ui::studio::Open;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::text;

const CELL: f32 = 16.0;

/// Set when the table is to be scrolled into view.
#[must_use]
pub fn scroll_id() -> egui::Id {
    egui::Id::unique("scroll-to-links")
}

/// The table of a node that has one.
#[must_use]
pub fn table_of(open: &Open, node: usize) -> Option<&[Vec<usize>]> {
    match &open.network.nodes()[node].layer {
        Layer::Conv(Conv { channels: Channels::Table(rows), .. }) => Some(rows),
        _ => None,
    }
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, pin: UnitRef) {
    let Some(table) = table_of(open, pin.node) else { return };
    ui.add_space(size::SECTION - size::GAP);
    let title = sheet.section(ui, &Message::new("section-links"));
    if ui.data_mut(|data| data.remove_temp::<bool>(scroll_id())).is_some() {
        title.scroll_to_me(Some(egui::Align::TOP));
    }
    let words = sheet.say("links-why");
    text(ui, words, Type::Caption, sheet.palette.muted);
    let inputs = open.network.input_shapes(pin.node)[0][0];
    let grid = vec2(table.len() as f32, inputs as f32) * CELL;
    let (area, response) = ui.allocate_exact_size(grid + vec2(18.0, 16.0), Sense::click());
    let name = sheet.say("links-name");
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
    let rect = Rect::from_min_size(area.min + vec2(18.0, 16.0), grid);
    paint(ui, sheet, table, rect, inputs, pin.unit[0]);
    if response.clicked()
        && let Some(pos) = response.interact_pointer_pos()
        && rect.contains(pos)
    {
        let map = ((pos.x - rect.left()) / CELL) as usize;
        let [_, y, x] = pin.unit;
        sheet.act(Action::Pin(UnitRef { node: pin.node, unit: [map.min(table.len() - 1), y, x] }));
    }
}

fn paint(ui: &Ui, sheet: &Sheet<'_>, table: &[Vec<usize>], rect: Rect, inputs: usize, own: usize) {
    let palette = sheet.palette;
    let painter = ui.painter();
    for (map, row) in table.iter().enumerate() {
        let colour = if map == own { palette.accent } else { palette.bar };
        let left = rect.left() + map as f32 * CELL;
        let at = egui::pos2(left + CELL / 2.0, rect.top() - 3.0);
        let label = if map == own { palette.accent } else { palette.muted };
        painter.text(at, Align2::CENTER_BOTTOM, map.to_string(), Type::Section.font(), label);
        for input in 0..inputs {
            let min = egui::pos2(left, rect.top() + input as f32 * CELL);
            let cell = Rect::from_min_size(min, Vec2::splat(CELL)).shrink(1.5);
            if row.contains(&input) {
                painter.rect_filled(cell, 2.0, colour);
            } else {
                let line = Stroke::new(1.0, palette.hairline);
                painter.rect_stroke(cell, 2.0, line, StrokeKind::Inside);
            }
        }
    }
    for input in 0..inputs {
        let at = egui::pos2(rect.left() - 5.0, rect.top() + (input as f32 + 0.5) * CELL);
        let font = Type::Section.font();
        painter.text(at, Align2::RIGHT_CENTER, input.to_string(), font, palette.muted);
    }
}
