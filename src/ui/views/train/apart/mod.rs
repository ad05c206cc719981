//! The next step, taken apart: one weight's gradient as the sum over all places where it is used, the way
//! back through the layers, and what the optimizer makes of it.

mod back;
mod batch;
mod routing;
mod update;

use egui::{ScrollArea, Ui};

use super::numerals::DECIMALS;
use super::numerals::Shown;
use super::watch::layers;
use crate::array::Range;
use crate::explain::backward::{BackTerm, WeightGradient};
use crate::locale::{Message, count, signed};
use crate::network::Layer;
use crate::render::Scale;
use crate::ui::action::{Action, TrainAction};
use crate::ui::scene::WeightRef;
use crate::ui::sheet::Sheet;
use crate::ui::studio::{KernelGradient, TrainRun};
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{Cells, Icon, NUMBERED, cell, icon_button, number_colour, text};
use crate::worker::training::Apart;
use routing::Routing;

/// The side of a large picture: a part of the height that there is, between these.
const PICTURE: [f32; 2] = [116.0, 260.0];
const OF_HEIGHT: f32 = 0.24;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun) {
    ScrollArea::vertical().id_salt("apart").show(ui, |ui| {
        let Some(apart) = sheet.studio.apart() else {
            let words = match sheet.studio.repeating() {
                _ if run.is_going() => sheet.say("train-apart-going"),
                Some((done, step)) => sheet.tell(
                    &Message::new("train-apart-repeating")
                        .with("done", count(done.into()))
                        .with("step", count(step.into())),
                ),
                None => sheet.say("train-apart-waiting"),
            };
            text(ui, words, Type::Body, sheet.palette.muted);
            return;
        };
        // What is seen belongs together, also while another weight or step is asked for.
        let (tensor, index) = apart.weight.clone();
        let weight = WeightRef { tensor, index };
        layers(ui, sheet, run);
        let pooling = sheet
            .studio
            .train_layer()
            .and_then(|node| Some((node, Routing::of(&run.network.nodes()[node].layer)?)));
        if let Some(pooling) = pooling {
            routing::show(ui, sheet, run, apart, pooling);
            ui.add_space(size::SECTION);
            return back::show(ui, sheet, run, apart, pooling.0);
        }
        let Some(parts) = sheet.studio.apart_terms() else { return };
        head(ui, sheet, run, apart, &weight, parts);
        ui.add_space(size::GAP);
        factors(ui, sheet, run, apart, &weight, parts);
        ui.add_space(size::GAP);
        batch::show(ui, sheet, apart);
        ui.add_space(size::GAP);
        update::show(ui, sheet, run, apart);
        ui.add_space(size::SECTION);
        let own = weight.tensor.rsplit_once('.').map_or("", |(node, _)| node);
        back::show(ui, sheet, run, apart, run.network.index_of(own).unwrap_or(0));
    });
}

/// A number of a weight by its places, as `kernel 2, row 1, column 3`.
fn named(run: &TrainRun, weight: &WeightRef, shape: &[usize]) -> Message {
    let (node, part) = weight.tensor.rsplit_once('.').unwrap_or((&weight.tensor, ""));
    let layer = run.network.index_of(node).map(|index| &run.network.nodes()[index].layer);
    match (layer, shape) {
        (Some(Layer::Conv(_)), &[_, inputs, h, w]) if part == "weight" => {
            let (map, rest) = (weight.index / (inputs * h * w), weight.index % (inputs * h * w));
            let key = if inputs == 1 { "train-weight-kernel" } else { "train-weight-kernel-of" };
            let message = Message::new(key)
                .with("layer", node)
                .with("map", map)
                .with("row", rest % (h * w) / w)
                .with("column", rest % w);
            if inputs == 1 { message } else { message.with("input", rest / (h * w)) }
        }
        (Some(Layer::Linear(_)), &[_, inputs]) if part == "weight" && inputs > 0 => {
            let source = run.network.index_of(node).and_then(|index| {
                let input = run.network.nodes()[index].inputs.first()?;
                Some(run.network.nodes()[*input].name.clone())
            });
            Message::new("train-weight-link")
                .with("layer", node)
                .with("unit", weight.index / inputs)
                .with("source", source.unwrap_or_default())
                .with("value", weight.index % inputs)
        }
        _ => Message::new("train-weight-number")
            .with("tensor", &weight.tensor)
            .with("index", weight.index),
    }
}

fn head(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    run: &TrainRun,
    apart: &Apart,
    weight: &WeightRef,
    parts: &WeightGradient,
) {
    let Some(array) = apart.weights.tensors.get(&weight.tensor) else { return };
    ui.horizontal(|ui| {
        sheet.title(ui, &named(run, weight, array.shape()), Type::Title);
        // To the same place of the next kernel.
        let each = array.len() / array.shape().first().copied().unwrap_or(1).max(1);
        for (icon, key, step) in [
            (Icon::Left, "train-kernel-before", array.len() - each.min(array.len())),
            (Icon::Right, "train-kernel-next", each),
        ] {
            let name = sheet.say(key);
            if icon_button(ui, sheet.palette, icon, &name).clicked() {
                let index = (weight.index + step) % array.len().max(1);
                let tensor = weight.tensor.clone();
                sheet.act(Action::Train(TrainAction::Weight(WeightRef { tensor, index })));
            }
        }
    });
    let used = parts.terms.len();
    let message = Message::new("train-apart-sum")
        .with("step", count((apart.step + 1).into()))
        .with_count("count", used);
    text(ui, sheet.tell(&message), Type::Body, sheet.palette.text);
}

/// The gradients of all units that use the weight, what stood under it, and their products.
fn factors(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    run: &TrainRun,
    apart: &Apart,
    weight: &WeightRef,
    parts: &WeightGradient,
) {
    let rows = parts.terms.iter().map(|term| term.unit[1] + 1).max().unwrap_or(1);
    let columns = parts.terms.iter().map(|term| term.unit[2] + 1).max().unwrap_or(1);
    let palette = sheet.palette;
    if parts.terms.len() < 2 {
        // A weight that nobody shares.
        if let Some(term) = parts.terms.first() {
            let [gradient, value, product] =
                [term.gradient, term.value, term.product].map(Shown::signed);
            // What a reader would get from the numbers that are written.
            let by_hand = Shown::signed(gradient.value * value.value);
            let sign = if by_hand.text == product.text { "=" } else { "≈" };
            let words = format!("{} × {} {sign} {}", gradient.text, value.text, product.text);
            cell(ui, words, Type::StrongNumber, palette.text);
        }
        let words = sheet.say("train-apart-unshared");
        text(ui, words, Type::Caption, palette.muted);
        return;
    }
    let room = (ui.available_width() - 2.0 * 22.0 - 72.0) / 4.0;
    let [least, most] = PICTURE;
    let side = (ui.ctx().content_rect().height() * OF_HEIGHT - 76.0).clamp(least, most).min(room);
    let unit = (side / rows.max(columns) as f32).max(1.0);
    let of =
        |number: fn(&BackTerm) -> f64| -> Vec<f64> { parts.terms.iter().map(number).collect() };
    let read = read_from(run, weight);
    let value_scale = if read { Scale::Grey { inverted: false } } else { Scale::Sequential };
    let pictures = [
        ("train-apart-gradient", of(|term| term.gradient), Scale::Diverging, "×"),
        ("train-apart-value", of(|term| term.value), value_scale, "="),
        ("train-apart-products", of(|term| term.product), Scale::Diverging, ""),
    ];
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 8.0;
        for (key, values, scale, sign) in &pictures {
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                ui.set_width(unit * columns as f32);
                let singles: Vec<f32> = values.iter().map(|&v| v as f32).collect();
                let range = Range::of(&singles).unwrap_or(Range { min: 0.0, max: 1.0 });
                let range = if *scale == Scale::Diverging { range.symmetric() } else { range };
                let grid = Cells {
                    name: sheet.say(key),
                    columns,
                    values,
                    scale: *scale,
                    range,
                    cell: unit,
                    marked: None,
                    outside: None,
                };
                grid.show(ui, palette);
                text(ui, sheet.say(key), Type::Caption, palette.muted);
            });
            if !sign.is_empty() {
                ui.vertical(|ui| {
                    ui.add_space(side / 2.0 - 10.0);
                    cell(ui, *sign, Type::Title, palette.text);
                });
            }
        }
        kernel(ui, sheet, weight, side);
    });
    ui.horizontal(|ui| {
        let products = parts.terms.len();
        let label = Message::new("train-apart-of-image")
            .with("count", count(products as u128))
            .with("label", run.class_name(apart.labels.get(apart.image).copied().unwrap_or(0)));
        cell(ui, sheet.tell(&label), Type::Body, palette.muted);
        let ink = number_colour(palette, parts.sum);
        cell(ui, signed(parts.sum, DECIMALS), Type::MiddleNumber, ink);
    });
}

/// The same sum for every weight of the kernel: the gradients slide over what was read.
fn kernel(ui: &mut Ui, sheet: &mut Sheet<'_>, weight: &WeightRef, side: f32) {
    let Some(KernelGradient { values, columns, first }) = sheet.studio.apart_kernel() else {
        return;
    };
    let rows = values.len().div_ceil((*columns).max(1));
    ui.add_space(8.0);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.set_width(side);
        let reach = values.iter().fold(1e-12_f64, |most, value| most.max(value.abs())) as f32;
        let grid = Cells {
            name: sheet.say("train-apart-kernel"),
            columns: *columns,
            values,
            scale: Scale::Diverging,
            range: Range { min: -reach, max: reach },
            // No numbers in the cells: their colours are compared.
            cell: (side / rows.max(*columns) as f32).min(NUMBERED - 1.0),
            marked: weight.index.checked_sub(*first),
            outside: None,
        };
        let clicked = grid.show(ui, sheet.palette).clicked;
        text(ui, sheet.say("train-apart-kernel"), Type::Caption, sheet.palette.muted);
        if let Some(at) = clicked {
            let weight = WeightRef { tensor: weight.tensor.clone(), index: first + at };
            sheet.act(Action::Train(TrainAction::Weight(weight)));
        }
    });
}

/// Whether what stands under the weight is the image.
fn read_from(run: &TrainRun, weight: &WeightRef) -> bool {
    let node = weight.tensor.rsplit_once('.').map_or("", |(node, _)| node);
    let Some(index) = run.network.index_of(node) else { return false };
    run.network.nodes()[index].inputs.first() == Some(&0)
}
