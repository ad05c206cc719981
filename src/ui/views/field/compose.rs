//! Two kernels, one after the other, are one larger kernel; with a ReLU between them they are not.

use egui::{DragValue, Grid, Ui, vec2};

use crate::array::{Array, Range};
use crate::locale::{Message, value};
use crate::network::handmade::Handmade;
use crate::network::stack::{composed, correlated};
use crate::render::Scale;
use crate::ui::action::{Action, FieldAction};
use crate::ui::scene::{Composition, LARGEST_WEIGHT};
use crate::ui::sheet::Sheet;
use crate::ui::studio::Studio;
use crate::ui::theme::Type;
use crate::ui::widgets::{Cells, Grey, cell, colour, framed, ink_on, text, toggle};

/// Side of the picture that an impulse lies on.
const IMPULSE: usize = 11;

/// What the composition does to an image.
pub struct Outcome {
    pub image: Array,
    pub kernel: Vec<f32>,
    /// One kernel after the other.
    pub both: Array,
    /// The one kernel.
    pub one: Array,
    /// The largest difference of two values.
    pub difference: f64,
}

/// Works it out on the digit, or on one bright pixel.
#[must_use]
pub fn outcome(studio: &Studio) -> Outcome {
    let Composition { inner, outer, relu, impulse } = &studio.scene.field.composition;
    let digit = studio.input.as_ref().map(|input| &input.tensor).filter(|tensor| {
        let [c, h, w] = tensor.chw();
        c == 1 && h >= 5 && w >= 5 && h * w <= 64 * 64
    });
    let image = match digit {
        Some(digit) if !impulse => digit.clone(),
        _ => Array::from_fn(&[1, IMPULSE, IMPULSE], |i| {
            f32::from(u8::from(i == IMPULSE * IMPULSE / 2))
        }),
    };
    let mut between = correlated(&image, inner);
    if *relu {
        let values = between.values().to_vec();
        between = Array::from_fn(between.shape(), |i| values[i].max(0.0));
    }
    let both = correlated(&between, outer);
    let kernel = composed(inner, outer);
    let one = correlated(&image, &kernel);
    let pairs = both.values().iter().zip(one.values());
    let difference = pairs.map(|(a, b)| f64::from((a - b).abs())).fold(0.0, f64::max);
    Outcome { image, kernel, both, one, difference }
}

/// Differences smaller than this, of single-precision sums of 25 terms, are rounding.
const ROUNDING: f64 = 1e-4;

/// The outcome in one sentence.
#[must_use]
pub fn sentence(studio: &Studio) -> Message {
    let shown = &studio.scene.field.composition;
    let difference = outcome(studio).difference;
    let key = match (shown.relu, difference > ROUNDING) {
        (false, _) => "field-compose-equal",
        (true, true) => "field-compose-broken",
        (true, false) => "field-compose-unharmed",
    };
    Message::new(key).with("difference", value(difference, 4))
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let outcome = outcome(sheet.studio);
    let palette = sheet.palette;
    let room = ui.available_size();
    let tight = room.y < 430.0;
    if !tight {
        // In a small window the narrator alone says it.
        let hidden = super::words::hidden(sheet.studio);
        let words = hidden.map_or_else(|| sheet.tell(&sentence(sheet.studio)), str::to_owned);
        text(ui, words, Type::Title, palette.text);
        ui.add_space(10.0);
    }
    let gap = if room.x < 900.0 { 14.0 } else { 44.0 };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        kernel(ui, sheet, false, tight);
        ui.vertical(|ui| {
            ui.add_space(26.0);
            let shown = &sheet.studio.scene.field.composition;
            let words = sheet.say("field-relu-between");
            if toggle(ui, palette, shown.relu, &words).clicked() {
                let changed = Composition { relu: !shown.relu, ..shown.clone() };
                sheet.act(Action::Field(FieldAction::Composition(changed)));
            }
            cell(ui, "→", Type::Title, palette.muted);
        });
        kernel(ui, sheet, true, tight);
        ui.vertical(|ui| {
            cell(ui, sheet.say("field-one-kernel"), Type::Label, palette.text);
            let values: Vec<f64> = outcome.kernel.iter().map(|&w| f64::from(w)).collect();
            let range = Range::of(&outcome.kernel).unwrap_or(Range { min: 0.0, max: 0.0 });
            let cells = Cells {
                name: sheet.say("field-one-kernel"),
                columns: 5,
                values: &values,
                scale: Scale::Diverging,
                range,
                cell: if tight { 38.0 } else { 46.0 },
                marked: None,
                outside: None,
            };
            cells.show(ui, palette);
        });
    });
    ui.add_space(if tight { 6.0 } else { 18.0 });
    outputs(ui, sheet, &outcome);
}

/// Nine weights, to be turned; under them kernels made by hand.
fn kernel(ui: &mut Ui, sheet: &mut Sheet<'_>, outer: bool, tight: bool) {
    let shown = sheet.studio.scene.field.composition.clone();
    let weights = if outer { shown.outer } else { shown.inner };
    let name = sheet.say(if outer { "field-outer" } else { "field-inner" });
    ui.vertical(|ui| {
        cell(ui, &name, Type::Label, sheet.palette.text);
        let mut changed = weights;
        let mut began = false;
        ui.scope(|ui| {
            ui.style_mut().override_font_id = Some(Type::Number.font());
            ui.spacing_mut().interact_size =
                if tight { vec2(58.0, 28.0) } else { vec2(62.0, 40.0) };
            let most = weights.iter().fold(1e-3f32, |most, w| most.max(w.abs()));
            let range = Range { min: -most, max: most };
            Grid::new(("kernel", outer)).num_columns(3).spacing([4.0, 4.0]).show(ui, |ui| {
                for ((place, weight), weight_now) in changed.iter_mut().enumerate().zip(&weights) {
                    let number = DragValue::new(weight)
                        .speed(0.01)
                        .range(-LARGEST_WEIGHT..=LARGEST_WEIGHT)
                        .max_decimals(2);
                    let response = coloured(ui, *weight_now, range, number);
                    let label = format!("{name} ({},{})", place / 3, place % 3);
                    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(label));
                    began |= response.drag_started() || response.gained_focus();
                    if place % 3 == 2 {
                        ui.end_row();
                    }
                }
            });
        });
        if began {
            sheet.act(Action::BeginGesture);
        }
        if changed != weights {
            send(sheet, &shown, changed, outer);
        }
        if tight {
            return;
        }
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for (sign, made, key) in [
                ("—", Handmade::HorizontalEdge, "kernel-horizontal-edge"),
                ("|", Handmade::VerticalEdge, "kernel-vertical-edge"),
                ("~", Handmade::Blur, "kernel-blur"),
                ("+", Handmade::Sharpen, "kernel-sharpen"),
            ] {
                let words = format!("{name}: {}", Message::new(key).text(sheet.lang));
                let button = ui.button(sign);
                ui.ctx().accesskit_node_builder(button.id, |node| node.set_label(words.clone()));
                if button.on_hover_text(words).clicked() {
                    let made: Vec<f32> = made.kernel([3, 3]);
                    if let Ok(made) = <[f32; 9]>::try_from(made) {
                        sheet.act(Action::BeginGesture);
                        send(sheet, &shown, made, outer);
                    }
                }
            }
        });
    });
}

/// A number on the colour of its weight.
fn coloured(ui: &mut Ui, weight: f32, range: Range, number: DragValue<'_>) -> egui::Response {
    let fill = colour(Scale::Diverging.value_colour(weight, range));
    ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        for state in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
            state.weak_bg_fill = fill;
            state.fg_stroke.color = ink_on(fill);
            state.corner_radius = egui::CornerRadius::same(3);
        }
        ui.add(number)
    })
    .inner
}

fn send(sheet: &mut Sheet<'_>, shown: &Composition, weights: [f32; 9], outer: bool) {
    let mut changed = shown.clone();
    *(if outer { &mut changed.outer } else { &mut changed.inner }) = weights;
    sheet.act(Action::Field(FieldAction::Composition(changed)));
}

/// The image, and what both ways make of it, over one range.
fn outputs(ui: &mut Ui, sheet: &mut Sheet<'_>, outcome: &Outcome) {
    let palette = sheet.palette;
    let room = ui.available_size();
    let side = ((room.x - 3.0 * 28.0) / 4.0).min(room.y - 46.0).clamp(48.0, 290.0);
    let both = Range::of(outcome.both.values());
    let one = Range::of(outcome.one.values());
    let range = match (both, one) {
        (Some(a), Some(b)) => a.union(b),
        (a, b) => a.or(b).unwrap_or(Range { min: 0.0, max: 0.0 }),
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 28.0;
        ui.vertical(|ui| {
            let impulse = sheet.studio.scene.field.composition.impulse;
            let words = sheet.say("field-impulse");
            let (rect, _) = ui.allocate_exact_size(vec2(side, side), egui::Sense::hover());
            framed(ui, palette, "compose-image", &outcome.image, Grey::Ink, rect);
            if toggle(ui, palette, impulse, &words).clicked() {
                let shown = sheet.studio.scene.field.composition.clone();
                let changed = Composition { impulse: !impulse, ..shown };
                sheet.act(Action::Field(FieldAction::Composition(changed)));
            }
        });
        let difference = Array::from_fn(outcome.both.shape(), |i| {
            outcome.both.values()[i] - outcome.one.values()[i]
        });
        for (key, values) in [
            ("field-out-both", &outcome.both),
            ("field-out-one", &outcome.one),
            ("field-out-difference", &difference),
        ] {
            ui.vertical(|ui| {
                let name = Message::new(key).text(sheet.lang);
                let [_, rows, columns] = values.chw();
                let numbers: Vec<f64> = values.values().iter().map(|&v| f64::from(v)).collect();
                let cells = Cells {
                    name: name.clone(),
                    columns,
                    values: &numbers,
                    scale: Scale::Diverging,
                    range,
                    cell: side / rows.max(columns).max(1) as f32,
                    marked: None,
                    outside: None,
                };
                cells.show(ui, palette);
                ui.add_space(4.0);
                ui.set_max_width(side.max(116.0));
                text(ui, name, Type::Caption, palette.text);
            });
        }
    });
}
