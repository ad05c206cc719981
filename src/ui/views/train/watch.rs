//! The network as it is at the moment that is shown: kernels, maps, gradients.

use std::sync::Arc;

use egui::{Align2, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::gradients;
use crate::array::{Array, Range};
use crate::locale::Message;
use crate::network::Layer;
use crate::render::Scale;
use crate::ui::action::{Action, TrainAction};
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{Cells, cell as cell_text, toggle};
use crate::worker::training::Snapshot;

/// Kernels, maps and units that are drawn of a layer at most: the others are counted.
const MOST: usize = 32;
/// Sides of a kernel and of a map, in points.
const KERNEL: [f32; 2] = [64.0, 110.0];
const MAP: [f32; 2] = [52.0, 84.0];
const GAP: f32 = 10.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun, moment: &Arc<Snapshot>) {
    ScrollArea::vertical().id_salt("watch").show(ui, |ui| {
        layers(ui, sheet, run);
        if let Some(layer) = sheet.studio.train_layer() {
            ui.add_space(size::GAP);
            kernels(ui, sheet, run, moment, layer);
            ui.add_space(size::GAP);
            maps(ui, sheet, run, moment, layer);
        }
        ui.add_space(size::SECTION);
        gradients::show(ui, sheet, run, moment);
    });
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

/// A weight as pictures `[rows, columns]`, one per output, and what they are.
struct Pictures {
    key: &'static str,
    /// Values of each picture.
    all: Vec<Vec<f64>>,
    columns: usize,
    /// How many there are.
    count: usize,
}

/// The kernels of a layer: of a convolution one per map (the first input's, where it has several), of a local
/// layer the mosaic of one map, of a fully connected layer the weights of each unit as they lie on its input.
fn pictures(run: &TrainRun, moment: &Snapshot, node: usize) -> Option<Pictures> {
    let network = &run.network;
    let described = &network.nodes()[node];
    let weight = moment.weights.get(&described.name, "weight")?;
    let cut = |values: &[f32], first: usize, count: usize| -> Vec<f64> {
        values[first..first + count].iter().map(|&v| f64::from(v)).collect()
    };
    match (&described.layer, weight.shape()) {
        (Layer::Conv(_), &[maps, inputs, h, w]) => {
            let all =
                (0..maps.min(MOST)).map(|map| cut(weight.values(), map * inputs * h * w, h * w));
            let key = if inputs == 1 { "train-kernels" } else { "train-kernels-first" };
            Some(Pictures { key, all: all.collect(), columns: w, count: maps })
        }
        (Layer::Local(_), &[maps, rows, columns, inputs, h, w]) => {
            let mosaic = |map: usize| -> Vec<f64> {
                (0..rows * h * columns * w)
                    .map(|i| {
                        let (y, x) = (i / (columns * w), i % (columns * w));
                        let unit = (map * rows + y / h) * columns + x / w;
                        let place = unit * inputs * h * w + (y % h) * w + x % w;
                        f64::from(weight.values()[place])
                    })
                    .collect()
            };
            let all = (0..maps.min(6)).map(mosaic).collect();
            Some(Pictures { key: "train-mosaic", all, columns: columns * w, count: maps })
        }
        (Layer::Linear(_), &[units, inputs]) => {
            let [c, h, w] = network.nodes()[described.inputs[0]].output;
            // Of a vector, a row of numbers folded into a square.
            let side = if h * w > 1 { w } else { (inputs as f64).sqrt().ceil() as usize };
            let first = if h * w > 1 { h * w } else { inputs };
            let _ = c;
            let all = (0..units.min(MOST)).map(|unit| cut(weight.values(), unit * inputs, first));
            let key =
                if h * w > 1 && c > 1 { "train-unit-weights-first" } else { "train-unit-weights" };
            Some(Pictures { key, all: all.collect(), columns: side.max(1), count: units })
        }
        _ => None,
    }
}

fn kernels(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    run: &TrainRun,
    moment: &Arc<Snapshot>,
    node: usize,
) {
    let name = run.network.nodes()[node].name.clone();
    let Some(Pictures { key, all, columns, count }) = pictures(run, moment, node) else {
        sheet.section(ui, &Message::new("train-no-weights").with("layer", &name));
        return;
    };
    sheet.section(ui, &Message::new(key).with("layer", &name));
    let reach = all.iter().flatten().fold(1e-6_f64, |most, v| most.max(v.abs())) as f32;
    let rows = all.first().map_or(1, |values| values.len().div_ceil(columns.max(1)));
    let wide = columns.max(rows);
    // Six of them, as LeNet has, fill a row where that leaves room for what is below.
    let [least, most] = KERNEL;
    let sixth = (ui.available_width() - 5.0 * GAP) / 6.0;
    let kernel = if is_high(ui) { sixth.clamp(least, most) } else { least };
    let side = if wide > 40 { 180.0 } else { kernel };
    let cell = (side / wide as f32).max(1.0);
    let size = vec2(cell * columns as f32, cell * rows as f32 + 15.0);
    flow(ui, all.len(), size, GAP, |ui, map| {
        let values = &all[map];
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let chosen = sheet
                .studio
                .train_weight()
                .filter(|weight| weight.tensor == format!("{name}.weight") && wide <= 16);
            let weight = moment.weights.get(&name, "weight");
            let each = weight.map_or(1, |array| array.len() / count.max(1));
            let marked = chosen.and_then(|weight| weight.index.checked_sub(map * each));
            let grid = Cells {
                name: format!("{name} {map}"),
                columns,
                values,
                scale: Scale::Diverging,
                range: Range { min: -reach, max: reach },
                cell,
                marked: marked.filter(|&at| at < values.len()),
                outside: None,
            };
            let answer = grid.show(ui, sheet.palette);
            if let Some(at) = answer.clicked.filter(|_| wide <= 40) {
                let weight = crate::ui::scene::WeightRef {
                    tensor: format!("{name}.weight"),
                    index: map * each + at,
                };
                sheet.act(Action::Train(TrainAction::Weight(weight)));
            }
            cell_text(ui, map.to_string(), Type::SmallNumber, sheet.palette.muted);
        });
    });
    more(ui, sheet, all.len(), count);
}

fn more(ui: &mut Ui, sheet: &Sheet<'_>, shown: usize, count: usize) {
    if count > shown {
        let message = Message::new("train-more").with("count", count - shown);
        cell_text(ui, sheet.tell(&message), Type::Caption, sheet.palette.muted);
    }
}

/// The maps of the probe image.
fn maps(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun, moment: &Arc<Snapshot>, node: usize) {
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
    let side = if is_high(ui) { MAP[1] } else { MAP[0] };
    let shown = c.min(MOST);
    flow(ui, shown, vec2(side, side), 6.0, |ui, map| {
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
    let per_row = ((ui.available_width() + gap) / (size.x + gap)).floor().max(1.0) as usize;
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

/// The first kernels of the first layer that has weights, side by side: what a moment of the history looks
/// like. `[kernels, rows, columns]` and their weight.
pub fn first_kernels(moment: &Snapshot, run: &TrainRun) -> Option<(Array, [usize; 3])> {
    let node = run
        .network
        .nodes()
        .iter()
        .position(|node| moment.weights.get(&node.name, "weight").is_some())?;
    let pictures = pictures(run, moment, node)?;
    let columns = pictures.columns;
    let rows = pictures.all.first()?.len().div_ceil(columns);
    let count = pictures.all.len().min(6);
    let values: Vec<f32> = pictures.all.iter().take(count).flatten().map(|&v| v as f32).collect();
    let array = Array::new(&[count, rows, columns], values).ok()?;
    Some((array, [count, rows, columns]))
}

/// Says in the middle of an empty figure what is awaited.
pub fn waiting(ui: &mut Ui, sheet: &Sheet<'_>, key: &'static str) {
    let (rect, _) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    let words = sheet.say(key);
    let font = Type::Body.font();
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, words, font, sheet.palette.muted);
}
