//! The next step, taken apart: one weight's gradient as the sum over all places where it is used, the way
//! back through the layers, and what the optimizer makes of it.

use std::sync::Arc;

use egui::{Color32, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use super::controls::plain;
use super::watch::{layers, thumbnail};
use crate::array::{Array, Range};
use crate::explain::backward::{BackTerm, WeightGradient};
use crate::locale::{Message, count, equals, signed, value};
use crate::network::Layer;
use crate::render::Scale;
use crate::ui::action::{Action, TrainAction};
use crate::ui::scene::WeightRef;
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{Cells, Grey, Icon, cell, icon_button, number_colour, picture, text};
use crate::worker::training::{AdamSettings, Apart, Method, SgdSettings};

/// Decimals of gradients and weights.
const DECIMALS: usize = 5;
/// The side of a large picture: a part of the height that there is, between these.
const PICTURE: [f32; 2] = [116.0, 260.0];
const OF_HEIGHT: f32 = 0.24;
/// Of the images of the batch: a row of sixteen has room.
const THUMBNAIL: f32 = 31.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun) {
    ScrollArea::vertical().id_salt("apart").show(ui, |ui| {
        let (Some(apart), Some(weight)) = (sheet.studio.apart(), sheet.studio.train_weight())
        else {
            let key = match (run.can_go_on(), run.is_going()) {
                (false, _) => "train-apart-over",
                (true, true) => "train-apart-going",
                (true, false) => "train-apart-waiting",
            };
            let words = sheet.say(key);
            text(ui, words, Type::Body, sheet.palette.muted);
            return;
        };
        let Some(parts) = sheet.studio.apart_terms() else { return };
        head(ui, sheet, run, &weight, parts);
        ui.add_space(size::GAP);
        factors(ui, sheet, run, apart, &weight, parts);
        ui.add_space(size::GAP);
        batch(ui, sheet, apart, parts);
        ui.add_space(size::GAP);
        update(ui, sheet, run, apart);
        ui.add_space(size::SECTION);
        way_back(ui, sheet, run, apart, &weight);
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
        _ => Message::new("train-weight-number")
            .with("tensor", &weight.tensor)
            .with("index", weight.index),
    }
}

fn head(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    run: &TrainRun,
    weight: &WeightRef,
    parts: &WeightGradient,
) {
    let Some(now) = &run.now else { return };
    let Some(array) = now.weights.tensors.get(&weight.tensor) else { return };
    layers(ui, sheet, run);
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
    let message = Message::new("train-apart-sum").with_count("count", used);
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
            let words = format!(
                "{} × {} = {}",
                signed(term.gradient, DECIMALS),
                signed(term.value, DECIMALS),
                signed(term.product, DECIMALS)
            );
            cell(ui, words, Type::StrongNumber, palette.text);
        }
        let words = sheet.say("train-apart-unshared");
        text(ui, words, Type::Caption, palette.muted);
        return;
    }
    let room = (ui.available_width() - 2.0 * 22.0 - 40.0) / 3.0;
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

/// Whether what stands under the weight is the image.
fn read_from(run: &TrainRun, weight: &WeightRef) -> bool {
    let node = weight.tensor.rsplit_once('.').map_or("", |(node, _)| node);
    let Some(index) = run.network.index_of(node) else { return false };
    run.network.nodes()[index].inputs.first() == Some(&0)
}

/// What each image of the batch says; the gradient is their mean.
fn batch(ui: &mut Ui, sheet: &mut Sheet<'_>, apart: &Arc<Apart>, parts: &WeightGradient) {
    let palette = sheet.palette;
    let all = apart.images.len();
    let message = Message::new("train-apart-batch").with_count("count", all);
    sheet.section(ui, &message);
    let per_row = ((ui.available_width() + 4.0) / (THUMBNAIL + 4.0)).floor().max(1.0) as usize;
    let shown = all.min(2 * per_row);
    let most = apart
        .each
        .as_ref()
        .map_or(1e-12, |each| each.iter().fold(1e-12_f64, |most, v| most.max(v.abs())));
    for first in (0..shown).step_by(per_row) {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for image in first..(first + per_row).min(shown) {
                let bar = if apart.each.is_some() { 22.0 } else { 0.0 };
                let (whole, response) =
                    ui.allocate_exact_size(vec2(THUMBNAIL, THUMBNAIL + bar), Sense::click());
                let rect = Rect::from_min_size(whole.min, vec2(THUMBNAIL, THUMBNAIL));
                let texture = picture(
                    ui,
                    ("batch", apart.generation, image),
                    &apart.images[image],
                    Grey::Ink,
                );
                let uv = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
                ui.painter().image(texture.id(), rect.shrink(1.0), uv, Color32::WHITE);
                let chosen = image == apart.image;
                let line = if chosen || response.hovered() {
                    Stroke::new(2.0, palette.accent)
                } else {
                    Stroke::new(1.0, palette.hairline)
                };
                ui.painter().rect_stroke(rect, 3.0, line, StrokeKind::Inside);
                let mut name = Message::new("train-apart-image").with("number", image);
                if let Some(own) = apart.each.as_ref().and_then(|each| each.get(image)) {
                    let middle = rect.bottom() + 2.0 + 9.0;
                    let height = (own / most) as f32 * 9.0;
                    let bar = Rect::from_two_pos(
                        pos2(rect.left() + 10.0, middle),
                        pos2(rect.right() - 10.0, middle - height),
                    );
                    ui.painter().rect_filled(bar, 0.0, number_colour(palette, *own));
                    ui.painter().hline(rect.x_range(), middle, Stroke::new(1.0, palette.hairline));
                    name = Message::new("train-apart-image-says")
                        .with("number", image)
                        .with("value", signed(*own, DECIMALS));
                }
                let name = sheet.tell(&name);
                let said = name.clone();
                response.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, said.clone())
                });
                if response.clicked() {
                    sheet.act(Action::Train(TrainAction::Image(image)));
                }
                response.on_hover_text(name);
            }
        });
    }
    if shown < all {
        let message = Message::new("train-more").with("count", all - shown);
        cell(ui, sheet.tell(&message), Type::Caption, palette.muted);
    }
    let (tensor, index) = &apart.weight;
    let gradient = apart.gradient.tensors.get(tensor).and_then(|array| array.values().get(*index));
    ui.horizontal(|ui| {
        let key =
            if apart.each.is_some() { "train-apart-mean" } else { "train-apart-mean-coupled" };
        cell(ui, sheet.say(key), Type::Body, palette.muted);
        if let Some(&gradient) = gradient {
            let gradient = f64::from(gradient);
            cell(
                ui,
                signed(gradient, DECIMALS),
                Type::MiddleNumber,
                number_colour(palette, gradient),
            );
        }
    });
    let _ = parts;
}

/// The number of a list by parameter that belongs to the weight.
fn number_of(list: &crate::array::Weights, (tensor, index): &(String, usize)) -> f64 {
    list.tensors
        .get(tensor)
        .and_then(|array: &Array| array.values().get(*index))
        .map_or(f64::NAN, |&v| f64::from(v))
}

/// The optimizer's arithmetic, with its numbers.
fn update(ui: &mut Ui, sheet: &Sheet<'_>, run: &TrainRun, apart: &Apart) {
    sheet.section(ui, &Message::new("train-apart-update"));
    let weight = number_of(&apart.weights, &apart.weight);
    let gradient = number_of(&apart.gradient, &apart.weight);
    let moment = |name: &str| {
        let found = apart.moments.iter().find(|moment| moment.name == name);
        found.map_or(0.0, |moment| number_of(&moment.values, &apart.weight))
    };
    let node = apart.weight.0.rsplit_once('.').map_or("", |(node, _)| node);
    let palette = sheet.palette;
    if run.plan.settings.frozen.iter().any(|frozen| frozen == node) {
        return drop(text(ui, sheet.say("train-apart-frozen"), Type::Body, palette.text));
    }
    let rate = apart.learning_rate;
    ui.spacing_mut().interact_size.y = 18.0;
    ui.spacing_mut().item_spacing.y = 3.0;
    for line in lines_of(run.plan.settings.method, rate, apart.step, weight, gradient, &moment) {
        let name = sheet.say(line.key);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            ui.allocate_ui(vec2(74.0, 18.0), |ui| {
                ui.set_min_width(74.0);
                cell(ui, name, Type::Caption, palette.muted);
            });
            cell(ui, line.sum, Type::Number, palette.text);
            cell(ui, line.result, Type::StrongNumber, palette.text);
        });
    }
}

/// One line of arithmetic.
struct Line {
    key: &'static str,
    sum: String,
    result: String,
}

fn lines_of(
    method: Method,
    rate: f64,
    step: u64,
    weight: f64,
    gradient: f64,
    moment: &dyn Fn(&str) -> f64,
) -> Vec<Line> {
    let number = |number: f64| signed(number, DECIMALS);
    match method {
        Method::Sgd(SgdSettings { momentum, weight_decay }) => {
            let before = moment("velocity");
            let velocity = momentum * before + gradient + weight_decay * weight;
            let after = weight - rate * velocity;
            let mut sum =
                format!("{}·({}) + ({})", plain(momentum), number(before), number(gradient));
            let mut addends = vec![momentum * before, gradient];
            if weight_decay > 0.0 {
                let decayed = format!(" + {}·({})", plain(weight_decay), number(weight));
                sum.push_str(&decayed);
                addends.push(weight_decay * weight);
            }
            let sign = equals(&addends, velocity, DECIMALS);
            let moved = equals(&[weight, -rate * velocity], after, DECIMALS);
            vec![
                Line {
                    key: "train-apart-velocity",
                    sum,
                    result: format!("{sign} {}", number(velocity)),
                },
                Line {
                    key: "train-apart-weight",
                    sum: format!(
                        "{} − {}·({})",
                        number(weight),
                        short_rate(rate),
                        number(velocity)
                    ),
                    result: format!("{moved} {}", number(after)),
                },
            ]
        }
        Method::Adam(AdamSettings { beta1, beta2, epsilon, weight_decay }) => {
            let (first, second) = (moment("first_moment"), moment("second_moment"));
            let m = beta1 * first + (1.0 - beta1) * gradient;
            let v = beta2 * second + (1.0 - beta2) * gradient * gradient;
            let steps = (step + 1) as f64;
            let corrected = (m / (1.0 - beta1.powf(steps)), v / (1.0 - beta2.powf(steps)));
            let direction = corrected.0 / (corrected.1.sqrt() + epsilon);
            let kept = (1.0 - rate * weight_decay) * weight;
            let after = kept - rate * direction;
            vec![
                Line {
                    key: "train-apart-first",
                    sum: format!(
                        "{}·({}) + {}·({})",
                        plain(beta1),
                        number(first),
                        plain(1.0 - beta1),
                        number(gradient)
                    ),
                    result: format!("= {}", number(m)),
                },
                Line {
                    key: "train-apart-second",
                    sum: format!(
                        "{}·{} + {}·({})²",
                        plain(beta2),
                        super::gradients::scientific(second),
                        plain(1.0 - beta2),
                        number(gradient)
                    ),
                    result: format!("= {}", super::gradients::scientific(v)),
                },
                Line {
                    key: "train-apart-direction",
                    sum: "m̂ / (√v̂ + ε)".into(),
                    result: format!("= {}", number(direction)),
                },
                Line {
                    key: "train-apart-weight",
                    sum: format!("{} − {}·({})", number(kept), short_rate(rate), number(direction)),
                    result: format!(
                        "{} {}",
                        equals(&[kept, -rate * direction], after, DECIMALS),
                        number(after)
                    ),
                },
            ]
        }
    }
}

/// A learning rate of a schedule has many digits.
fn short_rate(rate: f64) -> String {
    value(rate, 5).trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The gradients by the values of every layer, from the scores back to the image.
fn way_back(ui: &mut Ui, sheet: &mut Sheet<'_>, run: &TrainRun, apart: &Apart, weight: &WeightRef) {
    sheet.section(ui, &Message::new("train-apart-back"));
    let nodes = run.network.nodes();
    let scores = run.network.scores();
    let shown: Vec<usize> = (1..=scores).rev().collect();
    let palette = sheet.palette;
    let own = weight.tensor.rsplit_once('.').map_or("", |(node, _)| node);
    let side = 52.0;
    egui::ScrollArea::horizontal().id_salt("way-back").show(ui, |ui| {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            for (place, &node) in shown.iter().enumerate() {
                if place > 0 {
                    ui.vertical(|ui| {
                        ui.add_space(side / 2.0 - 8.0);
                        cell(ui, "→", Type::Body, palette.muted);
                    });
                }
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 3.0;
                    let gradient = &apart.gradients.nodes[node].output;
                    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
                    mosaic(ui, rect, gradient, run.network.vector_columns(node));
                    if nodes[node].name == own {
                        let ring = Stroke::new(2.0, palette.accent);
                        ui.painter().rect_stroke(rect.expand(2.0), 2.0, ring, StrokeKind::Outside);
                    }
                    let name = &nodes[node].name;
                    if response.clicked() {
                        sheet.act(Action::Train(TrainAction::Layer(name.clone())));
                    }
                    response.widget_info(|| {
                        egui::WidgetInfo::labeled(egui::accesskit::Role::Button, true, name.clone())
                    });
                    cell(ui, name, Type::Caption, palette.text);
                });
            }
        });
    });
    let has_max = nodes.iter().any(|node| matches!(node.layer, Layer::PoolMax(_)));
    let key = if has_max { "train-apart-routing" } else { "train-apart-back-hint" };
    text(ui, sheet.say(key), Type::Caption, palette.muted);
}

/// Up to sixteen maps side by side, each over the whole layer's range; a vector as rows of squares.
fn mosaic(ui: &Ui, rect: Rect, gradient: &Array, columns: usize) {
    let [c, h, w] = gradient.chw();
    let reach = gradient.values().iter().fold(1e-12_f32, |most, v| most.max(v.abs()));
    if h * w == 1 {
        let columns = columns.clamp(1, 12);
        return thumbnail(ui, rect, gradient.values(), columns, reach);
    }
    let side = (1..=4).find(|side| side * side >= c).unwrap_or(4);
    let tile = vec2(rect.width() / side as f32, rect.height() / side as f32);
    for map in 0..c.min(side * side) {
        let min = rect.min + vec2((map % side) as f32 * tile.x, (map / side) as f32 * tile.y);
        let tile = Rect::from_min_size(min, tile).shrink(0.5);
        thumbnail(ui, tile, &gradient.values()[map * h * w..][..h * w], w, reach);
    }
}
