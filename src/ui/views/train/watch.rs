//! The network as it is at the moment that is shown: kernels, maps, gradients.

use std::sync::Arc;

use egui::{Align2, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::gradients;
use super::pictures::Pictures;
use super::thumbs::Stack;
use crate::array::Range;
use crate::locale::Message;
use crate::render::Scale;
use crate::ui::action::{Action, TrainAction};
use crate::ui::scene::WeightRef;
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{Cells, cell as cell_text, toggle};
use crate::worker::training::Snapshot;

/// Maps that are drawn of a layer at most: the others are counted.
const MOST: usize = 32;
/// Sides of a kernel, of a mosaic of kernels and of a map in points, where there is little room.
const KERNEL: f32 = 64.0;
const MOSAIC: f32 = 180.0;
const MAP: f32 = 52.0;
/// Points that a scroll bar takes at the right.
const SCROLL: f32 = 10.0;
/// What is drawn is at most so many times as large.
const LARGEST: f32 = 3.0;
const GAP: f32 = 10.0;
const MAP_GAP: f32 = 6.0;
/// Points of the number under a kernel.
const NUMBER: f32 = 15.0;
/// Cells along a side of what is a kernel, and not a picture of many.
const WIDEST_KERNEL: usize = 16;
/// And of what can be clicked cell by cell.
const CLICKABLE: usize = 40;
/// A smaller cell is no place for a mark.
const MARKED: f32 = 2.0;
/// What stands around kernels, maps and histograms: the layers, four headings and the gaps between.
const AROUND: f32 = 26.0 + 4.0 * 24.0 + 2.0 * size::GAP + 2.0 * size::SECTION;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun, moment: &Arc<Snapshot>) {
    let sizes = Sizes::of(ui, sheet, run, moment);
    ScrollArea::vertical().id_salt("watch").show(ui, |ui| {
        layers(ui, sheet, run);
        if let Some(layer) = sheet.studio.train_layer() {
            ui.add_space(size::GAP);
            kernels(ui, sheet, run, moment, layer, &sizes);
            ui.add_space(size::GAP);
            maps(ui, sheet, run, moment, layer, &sizes);
        }
        ui.add_space(size::SECTION);
        gradients::show(ui, sheet, run, moment, sizes.histogram);
    });
}

/// How large things are drawn: as large as the height allows.
struct Sizes {
    kernel: f32,
    map: f32,
    histogram: f32,
}

impl Sizes {
    fn of(ui: &Ui, sheet: &Sheet<'_>, run: &TrainRun, moment: &Snapshot) -> Self {
        let room = ui.available_size() - vec2(0.0, AROUND + gradients::height(run, moment));
        let node = sheet.studio.train_layer();
        let pictures = node.and_then(|node| Pictures::of(&run.network, &moment.weights, node));
        let output = node.and_then(|node| moment.trace.nodes.get(node)).map(|node| &node.output);
        let maps = output.map(crate::array::Array::chw).filter(|[_, h, w]| h * w > 1);
        // Six kernels, and six maps, as LeNet has, stay in one row.
        let sixth = |gap: f32| ((room.x - SCROLL - 5.0 * gap) / 6.0).floor();
        // Six of them stand in a row, also where the column is a little too narrow.
        let least = |side: f32, gap: f32| side.min(sixth(gap)).max(0.75 * side);
        let within =
            |side: f32, scale: f32, gap: f32| (side * scale).min(sixth(gap)).max(least(side, gap));
        let at = |scale: f32| {
            let wide = pictures.as_ref().map_or(1, |p| p.columns.max(p.rows()));
            let kernel = if wide > CLICKABLE { MOSAIC } else { within(KERNEL, scale, GAP) };
            let map = within(MAP, scale, MAP_GAP);
            Self { kernel, map, histogram: gradients::HISTOGRAM * scale }
        };
        let height = |sizes: &Self| {
            let kernels = pictures.as_ref().map_or(0.0, |pictures| {
                let cell = sizes.kernel / pictures.columns.max(pictures.rows()) as f32;
                let size = vec2(pictures.columns as f32, pictures.rows() as f32) * cell;
                rows_of(room.x, pictures.shown, size.x, GAP) * (size.y + NUMBER + MAP_GAP)
            });
            let maps = maps.map_or(0.0, |[c, ..]| {
                rows_of(room.x, c.min(MOST), sizes.map, MAP_GAP) * (sizes.map + MAP_GAP)
            });
            kernels + maps + sizes.histogram
        };
        let steps = (0..=14).rev().map(|step| 1.0 + step as f32 / 14.0 * (LARGEST - 1.0));
        steps.map(at).find(|sizes| height(sizes) <= room.y).unwrap_or_else(|| at(1.0))
    }
}

/// Rows that pictures of one width take.
fn rows_of(width: f32, count: usize, each: f32, gap: f32) -> f32 {
    count.div_ceil(per_row(width, each, gap)) as f32
}

fn per_row(width: f32, each: f32, gap: f32) -> usize {
    ((width + gap) / (each + gap)).floor().max(1.0) as usize
}

/// The layers to choose from.
pub fn layers(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun) {
    let chosen = sheet.studio.train_layer();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for node in sheet.studio.train_layers() {
            let name = &run.network.nodes()[node].name;
            if toggle(ui, sheet.palette, chosen == Some(node), name).clicked() {
                sheet.act(Action::Train(TrainAction::Layer(name.clone())));
            }
        }
    });
}

fn kernels(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    run: &TrainRun,
    moment: &Arc<Snapshot>,
    node: usize,
    sizes: &Sizes,
) {
    let name = run.network.nodes()[node].name.clone();
    let Some(pictures) = Pictures::of(&run.network, &moment.weights, node) else {
        sheet.section(ui, &Message::new("train-no-weights").with("layer", &name));
        return;
    };
    sheet.section(ui, &Message::new(pictures.key).with("layer", &name));
    let reach = pictures.reach(pictures.shown);
    let wide = pictures.columns.max(pictures.rows());
    // A whole map is a picture: its cells are no shapes of their own.
    let stack = (wide > WIDEST_KERNEL)
        .then(|| Stack::of(ui, &run.network, moment, node, pictures.shown))
        .flatten();
    let tensor = format!("{name}.weight");
    let chosen = sheet.studio.train_weight().filter(|weight| weight.tensor == tensor);
    let marked = chosen.and_then(|weight| pictures.place_of(weight.index));
    let cell = sizes.kernel / wide as f32;
    let size = vec2(cell * pictures.columns as f32, cell * pictures.rows() as f32 + NUMBER);
    flow(ui, pictures.shown, size, GAP, |ui, map| {
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let grid = Cells {
                name: format!("{name} {map}"),
                columns: pictures.columns,
                values: &pictures.cells_of(map),
                scale: Scale::Diverging,
                range: Range { min: -reach, max: reach },
                cell,
                marked: marked.filter(|&[of, _]| of == map && cell >= MARKED).map(|[_, at]| at),
                outside: None,
            };
            let picture = stack.as_ref().map(|stack| stack.part(map));
            let answer = grid.show_on(ui, sheet.palette, picture);
            if let Some(at) = answer.clicked.filter(|_| wide <= CLICKABLE) {
                let index = pictures.index_of(map, at);
                let weight = WeightRef { tensor: tensor.clone(), index };
                sheet.act(Action::Train(TrainAction::Weight(weight)));
            }
            cell_text(ui, map.to_string(), Type::SmallNumber, sheet.palette.muted);
        });
    });
    more(ui, sheet, pictures.shown, pictures.count);
}

fn more(ui: &mut Ui, sheet: &Sheet<'_>, shown: usize, count: usize) {
    if count > shown {
        let message = Message::new("train-more").with("count", count - shown);
        cell_text(ui, sheet.tell(&message), Type::Caption, sheet.palette.muted);
    }
}

/// The maps of the probe image.
fn maps(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    run: &TrainRun,
    moment: &Arc<Snapshot>,
    node: usize,
    sizes: &Sizes,
) {
    let name = &run.network.nodes()[node].name;
    let Some(traced) = moment.trace.nodes.get(node) else { return };
    let (probe, label) = moment.probe;
    let message = Message::new("train-maps")
        .with("layer", name)
        .with("number", probe)
        .with("label", run.class_name(label));
    sheet.section(ui, &message);
    let output = &traced.output;
    let [c, h, w] = output.chw();
    let range = Range::of(output.values()).unwrap_or(Range { min: 0.0, max: 1.0 });
    if h * w == 1 {
        // A vector is a picture of its own: one square a unit.
        let columns = run.network.vector_columns(node).clamp(1, 30);
        let values: Vec<f64> = output.values().iter().map(|&v| f64::from(v)).collect();
        let cell = (ui.available_width() / columns as f32).clamp(4.0, 18.0);
        let grid = Cells {
            name: sheet.tell(&message),
            columns,
            values: &values,
            scale: Scale::Sequential,
            range,
            cell,
            marked: None,
            outside: None,
        };
        grid.show(ui, sheet.palette);
        return;
    }
    let side = sizes.map;
    let shown = c.min(MOST);
    flow(ui, shown, vec2(side, side), MAP_GAP, |ui, map| {
        let values: Vec<f64> =
            output.values()[map * h * w..][..h * w].iter().map(|&v| f64::from(v)).collect();
        let grid = Cells {
            name: format!("{name} {map}"),
            columns: w,
            values: &values,
            scale: Scale::Sequential,
            range,
            cell: side / h.max(w) as f32,
            marked: None,
            outside: None,
        };
        grid.show(ui, sheet.palette);
    });
    more(ui, sheet, shown, c);
}

/// Whether the window leaves room for larger pictures.
pub fn is_high(ui: &Ui) -> bool {
    ui.ctx().content_rect().height() > 900.0
}

/// Pictures of one size in as many rows as they need.
fn flow(
    ui: &mut Ui,
    count: usize,
    size: egui::Vec2,
    gap: f32,
    mut show: impl FnMut(&mut Ui, usize),
) {
    let per_row = per_row(ui.available_width(), size.x, gap);
    ui.spacing_mut().item_spacing.y = gap.min(6.0);
    for first in (0..count).step_by(per_row) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = gap;
            for place in first..(first + per_row).min(count) {
                show(ui, place);
            }
        });
    }
}

/// A small picture of numbers without any interaction: for strips.
pub fn thumbnail(ui: &Ui, rect: Rect, values: &[f32], columns: usize, reach: f32) {
    let rows = values.len().div_ceil(columns.max(1)).max(1);
    let cell = vec2(rect.width() / columns as f32, rect.height() / rows as f32);
    let mut mesh = egui::Mesh::default();
    let range = Range { min: -reach, max: reach };
    for (index, &value) in values.iter().enumerate() {
        let at = pos2(
            rect.left() + (index % columns) as f32 * cell.x,
            rect.top() + (index / columns) as f32 * cell.y,
        );
        let colour = crate::ui::widgets::colour(Scale::Diverging.value_colour(value, range));
        mesh.add_colored_rect(Rect::from_min_size(at, cell), colour);
    }
    ui.painter().add(egui::Shape::mesh(mesh));
}

/// Says in the middle of an empty figure what is awaited.
pub fn waiting(ui: &mut Ui, sheet: &Sheet<'_>, key: &'static str) {
    let (rect, _) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    let words = sheet.say(key);
    let font = Type::Body.font();
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, words, font, sheet.palette.muted);
}
