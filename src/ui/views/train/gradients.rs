//! How large the gradients of each layer are, and how weights, activations and gradients are spread.

use std::sync::Arc;

use egui::{Align2, Rect, Sense, Ui, Vec2, pos2, vec2};

use super::numerals::scientific;
use super::watch::is_high;
use crate::array::Histogram;
use crate::locale::{Message, value};
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::text;
use crate::worker::training::Snapshot;

const ROW: f32 = 18.0;
const NAMES: f32 = 86.0;
const NUMBER: f32 = 64.0;
/// The height of a histogram where there is little room.
pub const HISTOGRAM: f32 = 54.0;
/// What stands under it.
const UNDER: f32 = 30.0;
/// Powers of ten that the bars span.
const SPAN: f64 = 5.0;
const BINS: usize = 41;

/// √ of the mean square of the gradient by each layer's weights, in the order of the network.
pub fn by_layer(run: &TrainRun, moment: &Snapshot) -> Vec<(String, f64)> {
    let nodes = run.network.nodes().iter();
    nodes
        .filter_map(|node| {
            let of = |part: &str| moment.gradients.get(&format!("{}.{part}", node.name));
            let spread = of("weight").or_else(|| of("coefficient")).or_else(|| of("gamma"))?;
            Some((node.name.clone(), spread.rms))
        })
        .collect()
}

/// Points of the bars, and of what stands under the histograms.
pub fn height(run: &TrainRun, moment: &Snapshot) -> f32 {
    ROW * by_layer(run, moment).len() as f32 + UNDER
}

/// `histogram`: the height of each.
pub fn show(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    run: &TrainRun,
    moment: &Arc<Snapshot>,
    histogram: f32,
) {
    sheet.section(ui, &Message::new("train-gradients"));
    let layers = by_layer(run, moment);
    if layers.is_empty() {
        // A line of which only the tops would be seen is left to those who scroll.
        if ui.cursor().top() + 8.0 < ui.clip_rect().bottom() {
            text(ui, sheet.say("train-gradients-none"), Type::Caption, sheet.palette.muted);
        }
        return;
    }
    bars(ui, sheet, &layers);
    ui.add_space(size::SECTION);
    let Some(node) = sheet.studio.train_layer() else { return };
    spreads(ui, sheet, run, moment, node, histogram);
}

/// On a scale of powers of ten: a layer that starves has a bar that is shorter by whole powers.
fn bars(ui: &mut Ui, sheet: &Sheet<'_>, layers: &[(String, f64)]) {
    let width = ui.available_width().min(if is_high(ui) { 680.0 } else { 460.0 });
    let (rect, response) =
        ui.allocate_exact_size(vec2(width, ROW * layers.len() as f32), Sense::hover());
    let most = layers.iter().map(|layer| layer.1).fold(1e-30, f64::max).log10();
    let palette = sheet.palette;
    let painter = ui.painter();
    let mut said = Vec::new();
    for (row, (name, rms)) in layers.iter().enumerate() {
        let y = rect.top() + (row as f32 + 0.5) * ROW;
        let font = Type::Caption.font();
        painter.text(pos2(rect.left(), y), Align2::LEFT_CENTER, name, font, palette.text);
        let part = if *rms > 0.0 { 1.0 - (most - rms.log10()) / SPAN } else { 0.0 };
        let room = width - NAMES - NUMBER;
        let length = (part.clamp(0.01, 1.0) as f32) * room;
        let bar = Rect::from_min_size(pos2(rect.left() + NAMES, y - 5.0), vec2(length, 10.0));
        painter.rect_filled(bar, 2.0, palette.bar);
        let number = scientific(*rms);
        let font = Type::SmallNumber.font();
        painter.text(
            bar.right_center() + vec2(6.0, 0.0),
            Align2::LEFT_CENTER,
            &number,
            font,
            palette.muted,
        );
        said.push(format!("{name} {number}"));
    }
    let said = format!("{}: {}", sheet.say("train-gradients"), said.join(", "));
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, said.clone())
    });
}

/// Weights, activations and gradients of one layer.
fn spreads(
    ui: &mut Ui,
    sheet: &Sheet<'_>,
    run: &TrainRun,
    moment: &Arc<Snapshot>,
    node: usize,
    height: f32,
) {
    let name = &run.network.nodes()[node].name;
    sheet.section(ui, &Message::new("train-spread").with("layer", name));
    let weight =
        moment.weights.get(name, "weight").or_else(|| moment.weights.get(name, "coefficient"));
    let weights = weight.and_then(|array| Histogram::of(array.values(), BINS));
    let traced = moment.trace.nodes.get(node);
    let activations = traced.and_then(|traced| Histogram::of(traced.output.values(), BINS));
    let gradient = moment.gradients.get(&format!("{name}.weight"));
    let gradients = gradient.and_then(|spread| spread.histogram.clone());
    let columns = [
        ("train-spread-weights", weights),
        ("train-spread-activations", activations),
        ("train-spread-gradients", gradients),
    ];
    let there: Vec<_> =
        columns.into_iter().filter_map(|(key, histogram)| Some((key, histogram?))).collect();
    let width = ((ui.available_width() - 2.0 * 16.0) / 3.0)
        .clamp(60.0, if is_high(ui) { 260.0 } else { 180.0 });
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 16.0;
        for (key, histogram) in &there {
            spread(ui, sheet, key, histogram, vec2(width, height));
        }
    });
}

fn spread(ui: &mut Ui, sheet: &Sheet<'_>, key: &'static str, histogram: &Histogram, size: Vec2) {
    let Vec2 { x: width, y: height } = size;
    let (rect, response) = ui.allocate_exact_size(vec2(width, height + UNDER), Sense::hover());
    let palette = sheet.palette;
    let painter = ui.painter();
    let bars = Rect::from_min_size(rect.min, size);
    let most = histogram.counts.iter().copied().max().unwrap_or(1).max(1) as f32;
    let each = width / histogram.counts.len() as f32;
    for (bin, &count) in histogram.counts.iter().enumerate() {
        // The root, so that few values are still seen beside many.
        let own = (count as f32 / most).sqrt() * height;
        let at = pos2(bars.left() + bin as f32 * each, bars.bottom() - own);
        let bar = Rect::from_min_size(at, vec2((each - 0.5).max(0.5), own));
        painter.rect_filled(bar, 0.0, palette.bar);
    }
    painter.hline(bars.x_range(), bars.bottom(), egui::Stroke::new(1.0, palette.hairline));
    let font = Type::SmallNumber.font();
    let under = bars.bottom() + 9.0;
    let (least, greatest) = (f64::from(histogram.range.min), f64::from(histogram.range.max));
    let least_at = pos2(bars.left(), under);
    painter.text(least_at, Align2::LEFT_CENTER, short(least), font.clone(), palette.muted);
    let most_at = pos2(bars.right(), under);
    painter.text(most_at, Align2::RIGHT_CENTER, short(greatest), font, palette.muted);
    let name = sheet.say(key);
    let at = pos2(bars.left(), under + 14.0);
    painter.text(at, Align2::LEFT_CENTER, &name, Type::Caption.font(), palette.muted);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
    });
}

/// A number in few signs.
fn short(number: f64) -> String {
    if number.abs() >= 0.01 || number == 0.0 { value(number, 2) } else { scientific(number) }
}
