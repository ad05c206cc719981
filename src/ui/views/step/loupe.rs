//! The pinned map with cells large enough to be hit.

use egui::{
    Align, Align2, Area, Color32, Context, Frame, Layout, Order, Rect, Sense, Stroke, StrokeKind,
    Vec2, vec2,
};

use super::canvas::Scenery;
use super::figure::Form;
use super::maps;
use crate::locale::{Message, value};
use crate::ui::action::{Action, UnitRef};
use crate::ui::sheet::Sheet;
use crate::ui::theme::{Type, accent_stroke, size};
use crate::ui::widgets::{Icon, NUMBERED, colour, decimals_in, icon_button, ink_on, text};

/// The loupe grows its cells up to this height.
const HEIGHT: f32 = 380.0;
const LARGEST: f32 = 40.0;

pub fn show(ctx: &Context, sheet: &mut Sheet<'_>, scenery: &Scenery<'_>) {
    let Some(pin) = scenery.pin.filter(|_| sheet.studio.scene.loupe) else { return };
    let block = &scenery.figure.blocks[pin.node];
    if !matches!(block.form, Form::Maps { .. }) {
        return;
    }
    let [_, rows, columns] = block.shape;
    let cell = (HEIGHT / rows.max(columns) as f32).clamp(size::LOUPE_CELL, LARGEST);
    let grid = vec2(columns as f32, rows as f32) * cell;
    let view = scenery.eye.view;
    let map = maps::anchor(scenery, pin);
    // On the side of the map where there is more room, and inside the view.
    let right = view.right() - map.right() > map.left() - view.left();
    let outer = grid + vec2(24.0, 56.0);
    let x = if right { map.right() + 14.0 } else { map.left() - outer.x - 14.0 };
    let x = x.min(view.right() - outer.x - 8.0).max(view.left() + 8.0);
    let y =
        (map.center().y - outer.y / 2.0).min(view.bottom() - outer.y - 8.0).max(view.top() + 8.0);
    let area =
        Area::new(egui::Id::unique("loupe")).order(Order::Middle).fixed_pos(egui::pos2(x, y));
    area.show(ctx, |ui| {
        Frame::popup(ui.style()).inner_margin(12).show(ui, |ui| {
            ui.set_width(grid.x);
            ui.horizontal(|ui| {
                let message = Message::new("map-name")
                    .with("layer", scenery.name(pin.node))
                    .with("map", pin.unit[0]);
                let title = sheet.tell(&message);
                text(ui, title, Type::Label, sheet.palette.text);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let close = sheet.say("close");
                    if icon_button(ui, sheet.palette, Icon::Close, &close).clicked() {
                        sheet.act(Action::Loupe(false));
                    }
                });
            });
            cells(ui, sheet, scenery, pin, grid, cell);
        });
    });
}

fn cells(
    ui: &mut egui::Ui,
    sheet: &mut Sheet<'_>,
    scenery: &Scenery<'_>,
    pin: UnitRef,
    grid: Vec2,
    cell: f32,
) {
    let (rect, response) = ui.allocate_exact_size(grid, Sense::click());
    let name = sheet.say("loupe-name");
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
    let values = scenery.seen.trace.output(pin.node).map(pin.unit[0]);
    let (scale, range) = maps::scale_of(sheet, scenery, pin.node, pin.unit[0]);
    let painter = ui.painter();
    let at = |y: usize, x: usize| {
        Rect::from_min_size(rect.min + vec2(x as f32, y as f32) * cell, Vec2::splat(cell))
    };
    for (y, x) in (0..values.height).flat_map(|y| (0..values.width).map(move |x| (y, x))) {
        let fill = colour(scale.value_colour(values.at(y, x), range));
        painter.rect_filled(at(y, x).shrink(0.5), 1.0, fill);
        if cell >= NUMBERED {
            number(painter, at(y, x), values.at(y, x), fill);
        }
    }
    let [c, y, x] = pin.unit;
    let outline = at(y, x);
    painter.rect_stroke(outline, 1.0, Stroke::new(4.0, sheet.palette.canvas), StrokeKind::Middle);
    painter.rect_stroke(outline, 1.0, accent_stroke(sheet.palette), StrokeKind::Middle);
    let Some(pos) = response.hover_pos() else { return };
    let (px, py) =
        (((pos.x - rect.left()) / cell) as usize, ((pos.y - rect.top()) / cell) as usize);
    if px >= values.width || py >= values.height {
        return;
    }
    let unit = UnitRef { node: pin.node, unit: [c, py, px] };
    sheet.hover.unit = Some(unit);
    painter.rect_stroke(at(py, px), 1.0, Stroke::new(1.5, sheet.palette.text), StrokeKind::Middle);
    if response.clicked() {
        sheet.act(Action::Pin(unit));
    }
}

fn number(painter: &egui::Painter, at: Rect, number: f32, ground: Color32) {
    let ink = ink_on(ground);
    let digits = value(f64::from(number), decimals_in(at.width()));
    painter.text(at.center(), Align2::CENTER_CENTER, digits, Type::SmallNumber.font(), ink);
}
