//! A pooling layer has no weights to learn: it hands the gradients of its units on to those that they were
//! made of.

use egui::Ui;

use super::PICTURE;
use crate::array::{Array, Range};
use crate::locale::{Message, count};
use crate::network::Layer;
use crate::render::Scale;
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{Cells, cell, text};
use crate::worker::training::Apart;

/// What a pooling layer does with the gradients that come to it.
#[derive(Clone, Copy)]
pub enum Routing {
    /// All of each to the largest value of its window.
    Winner,
    /// The same part of each to every value of its window.
    Shares,
}

impl Routing {
    /// `None` for a layer of another kind.
    pub const fn of(layer: &Layer) -> Option<Self> {
        match layer {
            Layer::PoolMax(_) => Some(Self::Winner),
            Layer::PoolAvg(_) | Layer::GlobalAvg | Layer::Subsample(_) => Some(Self::Shares),
            Layer::Input { .. }
            | Layer::Conv(_)
            | Layer::Local(_)
            | Layer::Linear(_)
            | Layer::Rbf(_)
            | Layer::Softmax
            | Layer::BatchNorm { .. }
            | Layer::Lrn(_)
            | Layer::Dropout { .. }
            | Layer::Flatten
            | Layer::Concat
            | Layer::Add
            | Layer::PadChannels { .. } => None,
        }
    }
}

/// The gradients of one map before and after they were handed on, and the values that decided it.
pub fn show(
    ui: &mut Ui,
    sheet: &Sheet<'_>,
    run: &TrainRun,
    apart: &Apart,
    (node, routing): (usize, Routing),
) {
    let nodes = run.network.nodes();
    let Some(&input) = nodes[node].inputs.first() else { return };
    let (gradients, values) = (&apart.gradients.nodes, &apart.trace.nodes);
    let after = &gradients[node].output;
    let map = strongest(after);
    let (name, from) = (&nodes[node].name, &nodes[input].name);
    let key = match routing {
        Routing::Winner => "train-routing-max",
        Routing::Shares => "train-routing-mean",
    };
    let title = Message::new("train-routing").with("layer", name).with("map", map);
    sheet.title(ui, &title, Type::Title);
    text(ui, sheet.tell(&Message::new(key).with("from", from)), Type::Body, sheet.palette.text);
    ui.add_space(size::GAP);
    let before = plane(&gradients[input].output, map);
    let pictures = [
        ("train-routing-values", from, plane(&values[input].output, map), Scale::Sequential, "+"),
        ("train-routing-gradient", name, plane(after, map), Scale::Diverging, "→"),
        ("train-routing-gradient", from, before.clone(), Scale::Diverging, ""),
    ];
    let room = (ui.available_width() - 2.0 * 40.0) / 3.0;
    let side = room.clamp(PICTURE[0], PICTURE[1]);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        for (key, layer, (values, columns), scale, sign) in &pictures {
            let caption = sheet.tell(&Message::new(key).with("layer", *layer));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                ui.set_width(side);
                let range = Range::of(values).unwrap_or(Range { min: 0.0, max: 1.0 });
                let range = if *scale == Scale::Diverging { range.symmetric() } else { range };
                let numbers: Vec<f64> = values.iter().copied().map(f64::from).collect();
                let rows = values.len().div_ceil((*columns).max(1));
                let grid = Cells {
                    name: caption.clone(),
                    columns: *columns,
                    values: &numbers,
                    scale: *scale,
                    range,
                    cell: (side / rows.max(*columns) as f32).max(1.0),
                    marked: None,
                    outside: None,
                };
                grid.show(ui, sheet.palette);
                text(ui, caption, Type::Caption, sheet.palette.muted);
            });
            if !sign.is_empty() {
                ui.vertical(|ui| {
                    ui.add_space(side / 2.0 - 10.0);
                    cell(ui, *sign, Type::Title, sheet.palette.text);
                });
            }
        }
    });
    let reached = before.0.iter().filter(|&&gradient| gradient != 0.0).count();
    let message = Message::new("train-routing-reached")
        .with("count", count(reached as u128))
        .with("all", count(before.0.len() as u128))
        .with("layer", from);
    text(ui, sheet.tell(&message), Type::Body, sheet.palette.text);
}

/// The map with the largest gradients.
fn strongest(gradient: &Array) -> usize {
    let [maps, h, w] = gradient.chw();
    let size = |map: &usize| -> f32 {
        gradient.values()[map * h * w..][..h * w].iter().map(|value| value.abs()).sum()
    };
    (0..maps).max_by(|a, b| size(a).total_cmp(&size(b))).unwrap_or(0)
}

/// One map, and its columns.
fn plane(array: &Array, map: usize) -> (Vec<f32>, usize) {
    let [maps, h, w] = array.chw();
    let map = map.min(maps.saturating_sub(1));
    (array.values()[map * h * w..][..h * w].to_vec(), w)
}
