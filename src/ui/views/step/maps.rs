//! The maps of a block, from one texture, and what is drawn around them.

use egui::{Align2, Color32, Painter, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::canvas::{Beyond, Scenery, Side};
use super::figure::{Block, Form};
use crate::array::Range;
use crate::locale::{Message, signed, value};
use crate::network::Layer;
use crate::render::{FeatureMapStyle, RangeMode, Scale};
use crate::ui::action::{Action, UnitRef};
use crate::ui::platform::painter::Slot;
use crate::ui::scene::RangeChoice;
use crate::ui::sheet::Sheet;
use crate::ui::theme::{Type, accent_stroke, size};
use crate::ui::widgets::{NUMBERED, decimals_in, ink_on, rgba};

/// How much paper covers what time has not come to.
const FADE: f32 = 0.62;

/// Whether a block shows activations, and so has a colour bar.
pub fn has_activations(scenery: &Scenery<'_>, node: usize) -> bool {
    crate::ui::studio::activations(&scenery.open.network).any(|index| index == node)
}

/// The colour scale of a map, and what it spans there.
pub fn scale_of(
    sheet: &Sheet<'_>,
    scenery: &Scenery<'_>,
    node: usize,
    map: usize,
) -> (Scale, Range) {
    let values = scenery.seen.trace.output(node);
    let (scale, mode) = style_of(sheet, scenery, node);
    let ranges = crate::render::feature_map::ranges(values, mode);
    let range = ranges.get(map).or(ranges.first()).copied();
    (scale, range.unwrap_or(Range { min: 0.0, max: 0.0 }))
}

fn style_of(sheet: &Sheet<'_>, scenery: &Scenery<'_>, node: usize) -> (Scale, RangeMode) {
    if scenery.side == Side::Difference {
        return (Scale::Diverging, RangeMode::Layer);
    }
    if matches!(scenery.open.network.nodes()[node].layer, Layer::Input { .. }) {
        return (Scale::Grey { inverted: false }, RangeMode::Layer);
    }
    let scale = if sheet.studio.scene.diverging { Scale::Diverging } else { Scale::Sequential };
    let vector = scenery.figure.blocks[node].shape[1..] == [1, 1];
    if let Some(range) = scenery.shared {
        return (scale, RangeMode::Fixed(range));
    }
    let mode = match (sheet.studio.scene.range, scenery.seen.network_range) {
        (RangeChoice::Network, Some(range)) if has_activations(scenery, node) => {
            RangeMode::Fixed(range)
        }
        // A map of one unit has no range of its own.
        (RangeChoice::Map, _) if !vector => RangeMode::Map,
        _ => RangeMode::Layer,
    };
    (scale, mode)
}

/// Draws the maps of a block and makes each of them a widget with a name.
pub fn draw(ui: &mut Ui, sheet: &mut Sheet<'_>, scenery: &Scenery<'_>, block: &Block) {
    let rect = scenery.eye.rect(block.rect);
    if !ui.clip_rect().intersect(scenery.eye.view).intersects(rect) {
        return;
    }
    let columns = match block.form {
        Form::Maps { columns, .. } | Form::Vector { columns, .. } => columns,
        Form::Scores => return,
    };
    let (scale, range) = style_of(sheet, scenery, block.node);
    let beyond = scenery.beyond(block.node);
    let style = FeatureMapStyle {
        columns: columns as u32,
        cell: 1,
        gap: 0,
        range,
        scale,
        background: crate::render::Rgba::TRANSPARENT,
        paper: rgba(sheet.palette.canvas),
        fade: if beyond == Beyond::Nothing { 0.0 } else { FADE },
        fade_from: match beyond {
            Beyond::Nothing | Beyond::All => 0,
            Beyond::From(units) => u32::try_from(units).unwrap_or(u32::MAX),
        },
        ..FeatureMapStyle::default()
    };
    let values = scenery.seen.trace.output(block.node);
    let slot = Slot::Maps(scenery.side as u8, block.node);
    let Ok(texture) = sheet.painter.maps(ui.ctx(), slot, values, style) else { return };
    let [c, h, w] = block.shape;
    let atlas = vec2((columns.min(c) * w) as f32, (c.div_ceil(columns) * h) as f32);
    let painter = ui.painter_at(scenery.eye.view);
    for map in 0..c {
        let at = scenery.eye.rect(block.map_rect(map));
        if !painter.clip_rect().intersects(at) {
            continue;
        }
        let place = vec2((map % columns * w) as f32, (map / columns * h) as f32);
        let uv = Rect::from_min_size((place / atlas).to_pos2(), vec2(w as f32, h as f32) / atlas);
        painter.image(texture, at, uv, Color32::WHITE);
    }
    borders(&painter, sheet, scenery, block);
    name_classes(&painter, sheet, scenery, block);
    strike_muted(&painter, sheet, scenery, block);
    name_maps(ui, sheet, scenery, block);
}

/// A hairline around the image (white on white), thin paper lines between the units of a vector.
fn borders(painter: &Painter, sheet: &Sheet<'_>, scenery: &Scenery<'_>, block: &Block) {
    let rect = scenery.eye.rect(block.rect);
    match block.form {
        Form::Vector { columns, cell } => {
            let pitch = cell * scenery.eye.scale;
            let line = Stroke::new(1.0, sheet.palette.canvas);
            if pitch >= 5.0 {
                for column in 0..=columns {
                    painter.vline(rect.left() + column as f32 * pitch, rect.y_range(), line);
                }
                for row in 0..=block.shape[0].div_ceil(columns) {
                    painter.hline(rect.x_range(), rect.top() + row as f32 * pitch, line);
                }
            }
        }
        Form::Maps { .. } if block.node == 0 => {
            let line = Stroke::new(1.0, sheet.palette.hairline);
            for map in 0..block.shape[0] {
                let at = scenery.eye.rect(block.map_rect(map));
                painter.rect_stroke(at, 0.0, line, StrokeKind::Outside);
            }
        }
        Form::Maps { .. } | Form::Scores => {}
    }
}

/// Along a line, each class has a row of its own.
fn name_classes(painter: &Painter, sheet: &Sheet<'_>, scenery: &Scenery<'_>, block: &Block) {
    let network = &scenery.open.network;
    let Form::Maps { map, columns: 1, .. } = block.form else { return };
    if block.node < network.scores() || map.y * scenery.eye.scale < 7.0 {
        return;
    }
    for class in 0..block.shape[0] {
        let at = scenery.eye.rect(block.map_rect(class)).left_center() - vec2(4.0, 0.0);
        let label = network.label(class);
        let font = Type::Section.font();
        painter.text(at, Align2::RIGHT_CENTER, label, font, sheet.palette.muted);
    }
}

/// A muted map is struck through.
fn strike_muted(painter: &Painter, sheet: &Sheet<'_>, scenery: &Scenery<'_>, block: &Block) {
    let silent = scenery.seen.muted.iter().filter(|(node, _)| *node == block.node);
    for &(_, map) in silent.filter(|(_, map)| *map < block.shape[0]) {
        let rect = scenery.eye.rect(block.map_rect(map));
        let line = Stroke::new(2.0, sheet.palette.error);
        painter.line_segment([rect.left_bottom(), rect.right_top()], line);
        painter.rect_stroke(rect, 0.0, Stroke::new(1.0, sheet.palette.error), StrokeKind::Inside);
    }
}

/// Every map can be reached by Tab and has a name; Enter pins the unit in its middle.
fn name_maps(ui: &mut Ui, sheet: &mut Sheet<'_>, scenery: &Scenery<'_>, block: &Block) {
    let layer = scenery.name(block.node).to_owned();
    let [c, h, w] = block.shape;
    let vector = matches!(block.form, Form::Vector { .. });
    let count = if vector { 1 } else { c };
    for map in 0..count {
        let figure_rect = if vector { block.rect } else { block.map_rect(map) };
        let rect = scenery.eye.rect(figure_rect).intersect(scenery.eye.view);
        if !rect.is_positive() {
            continue;
        }
        let id = ui.scope_id().with(("map", scenery.side, block.node, map));
        let response = ui.interact(rect, id, Sense::focusable_noninteractive());
        let message = if vector {
            Message::new("vector-name").with("layer", &layer).with("units", c)
        } else {
            Message::new("map-name").with("layer", &layer).with("map", map)
        };
        let name = sheet.tell(&message);
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
        });
        if response.has_focus() {
            // Unlike the frame of the pinned map.
            let ring = Stroke::new(2.0, sheet.palette.text);
            ui.painter().rect_stroke(rect.expand(2.0), 2.0, ring, StrokeKind::Outside);
            if ui.input(|input| input.key_pressed(egui::Key::Enter)) {
                let unit = UnitRef { node: block.node, unit: [map, h / 2, w / 2] };
                sheet.act(Action::Pin(unit));
            }
        }
    }
}

/// The pinned map's frame, the pinned unit's, the hovered unit's.
pub fn outline(painter: &Painter, sheet: &Sheet<'_>, scenery: &Scenery<'_>) {
    let palette = sheet.palette;
    if let Some(pin) = scenery.pin {
        let block = &scenery.figure.blocks[pin.node];
        if let Form::Maps { .. } = block.form {
            let map = scenery.eye.rect(block.map_rect(pin.unit[0]));
            let radius = f32::from(size::MAP_RADIUS);
            painter.rect_stroke(
                map.expand(3.0),
                radius,
                accent_stroke(palette),
                StrokeKind::Middle,
            );
        }
        if !matches!(block.form, Form::Scores) {
            let unit = scenery.eye.rect(block.unit_rect(pin.unit)).expand(1.0);
            painter.rect_stroke(unit, 0.0, Stroke::new(3.0, palette.canvas), StrokeKind::Outside);
            painter.rect_stroke(unit, 0.0, accent_stroke(palette), StrokeKind::Outside);
        }
    }
    if let Some(hovered) = scenery.hovered {
        let block = &scenery.figure.blocks[hovered.node];
        if !matches!(block.form, Form::Scores) {
            let unit = scenery.eye.rect(block.unit_rect(hovered.unit)).expand(0.5);
            painter.rect_stroke(unit, 0.0, Stroke::new(2.0, palette.canvas), StrokeKind::Outside);
            painter.rect_stroke(unit, 0.0, Stroke::new(1.0, palette.text), StrokeKind::Outside);
        }
    }
}

/// The value under the pointer in one line, what the field on the image is, and numerals where cells
/// are large.
pub fn captions(painter: &Painter, sheet: &Sheet<'_>, scenery: &Scenery<'_>) {
    numerals(painter, sheet, scenery);
    image_caption(painter, sheet, scenery);
    let Some(hovered) = scenery.hovered else { return };
    let block = &scenery.figure.blocks[hovered.node];
    if matches!(block.form, Form::Scores) {
        return;
    }
    let at = scenery.eye.rect(block.unit_rect(hovered.unit));
    let values = scenery.seen.trace.output(hovered.node);
    let named = scenery.open.unit_name(hovered);
    let covered = sheet.studio.covered.is_some();
    let number = f64::from(values.at(hovered.unit));
    let number = if covered { "•••".into() } else { signed(number, 4) };
    let label = format!("{named} = {number}");
    let galley = painter.layout_no_wrap(label, Type::SmallNumber.font(), sheet.palette.text);
    let view = scenery.eye.view;
    let mut corner = at.left_top() - vec2(0.0, galley.size().y + 8.0);
    corner.x = corner.x.min(view.right() - galley.size().x - 8.0).max(view.left() + 6.0);
    if corner.y < view.top() + 4.0 {
        corner.y = at.bottom() + 6.0;
    }
    let back = Rect::from_min_size(corner, galley.size()).expand2(vec2(5.0, 2.0));
    painter.rect(
        back,
        4.0,
        sheet.palette.panel,
        Stroke::new(1.0, sheet.palette.hairline),
        StrokeKind::Outside,
    );
    painter.galley(corner, galley, sheet.palette.text);
}

/// "sees 14×14 of the image", under it.
fn image_caption(painter: &Painter, sheet: &Sheet<'_>, scenery: &Scenery<'_>) {
    let Some(story) = &sheet.studio.story else { return };
    let Some(region) =
        story.regions.last().filter(|region| region.node == 0 && story.pin.node != 0)
    else {
        return;
    };
    let block = &scenery.figure.blocks[0];
    let seen = region.bounds.clipped(block.shape);
    let message = Message::new("sees-of-image")
        .with("rows", seen.y1 - seen.y0)
        .with("columns", seen.x1 - seen.x0);
    let at = scenery.eye.rect(block.rect).left_bottom() + vec2(0.0, 8.0);
    let words = sheet.tell(&message);
    let colour = sheet.palette.amber_text;
    let width = scenery.eye.rect(block.rect).width().max(60.0);
    let galley = painter.layout(words, Type::Caption.font(), colour, width);
    painter.galley(at, galley, colour);
}

fn numerals(painter: &Painter, sheet: &Sheet<'_>, scenery: &Scenery<'_>) {
    for block in &scenery.figure.blocks {
        let cell = block.cell() * scenery.eye.scale;
        let covered = sheet.studio.covered.is_some();
        if !cell.is_finite() || cell < NUMBERED || covered {
            continue;
        }
        let values = scenery.seen.trace.output(block.node);
        let [c, h, w] = block.shape;
        for map in 0..c {
            let rect = scenery.eye.rect(block.map_rect(map));
            if !painter.clip_rect().intersects(rect) {
                continue;
            }
            let (scale, range) = scale_of(sheet, scenery, block.node, map);
            for (y, x) in (0..h).flat_map(|y| (0..w).map(move |x| (y, x))) {
                let at = scenery.eye.rect(block.unit_rect([map, y, x])).center();
                if painter.clip_rect().contains(at) {
                    let number = values.at([map, y, x]);
                    let ink = ink_on(crate::ui::widgets::colour(scale.value_colour(number, range)));
                    let digits = value(f64::from(number), decimals_in(cell));
                    painter.text(at, Align2::CENTER_CENTER, digits, Type::SmallNumber.font(), ink);
                }
            }
        }
    }
}

/// The top left corner of the pinned map on screen, where the loupe points to.
pub fn anchor(scenery: &Scenery<'_>, unit: UnitRef) -> Rect {
    let block = &scenery.figure.blocks[unit.node];
    let rect = scenery.eye.rect(block.map_rect(unit.unit[0]));
    if rect.is_finite() { rect } else { Rect::from_min_size(pos2(0.0, 0.0), vec2(1.0, 1.0)) }
}
