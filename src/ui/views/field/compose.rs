//! Two kernels, one after the other, are one larger kernel; with a ReLU between them they are not.

use egui::{DragValue, Grid, Rect, Ui, pos2, vec2};

use crate::array::Range;
use crate::locale::{Message, value};
use crate::network::handmade::Handmade;
use crate::render::Scale;
use crate::ui::action::{Action, FieldAction};
use crate::ui::scene::{Composition, LARGEST_WEIGHT};
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Outcome, Studio};
use crate::ui::theme::Type;
use crate::ui::widgets::{Cells, Grey, cell, colour, framed, ink_on, text, toggle};

/// The outcome in one sentence.
#[must_use]
pub fn sentence(studio: &Studio) -> Message {
    let shown = &studio.scene.field.composition;
    let Some(outcome) = studio.field.outcome() else { return Message::new("narrator-waiting") };
    let key = match (shown.relu, outcome.differs(), outcome.negative) {
        (false, ..) => "field-compose-equal",
        (true, true, _) => "field-compose-broken",
        (true, false, false) => "field-compose-unharmed",
        (true, false, true) => "field-compose-unseen",
    };
    Message::new(key).with("difference", value(outcome.largest, 4))
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let Some(outcome) = sheet.studio.field.outcome() else { return };
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
    let relu = sheet.studio.scene.field.composition.relu;
    let gap = if room.x < 900.0 { 12.0 } else { 32.0 };
    let body = ui.available_rect_before_wrap();
    let row = ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        let under = kernel(ui, sheet, false, tight);
        ui.vertical(|ui| {
            sign(ui, sheet, if relu { "→" } else { "*" }, tight);
            let words = sheet.say("field-relu-between");
            if toggle(ui, palette, relu, &words).clicked() {
                let shown = sheet.studio.scene.field.composition.clone();
                let changed = Composition { relu: !relu, ..shown };
                sheet.act(Action::Field(FieldAction::Composition(changed)));
            }
        });
        kernel(ui, sheet, true, tight);
        ui.vertical(|ui| sign(ui, sheet, if outcome.differs() { "≠" } else { "=" }, tight));
        let right = ui.cursor().left() - gap;
        one_kernel(ui, sheet, outcome, tight);
        pos2(right, under)
    });
    if tight {
        // The one kernel is higher than the two: beside it, under them, the pictures have most room.
        let free = Rect::from_min_max(pos2(body.left(), row.inner.y + 10.0), body.max);
        super::within(ui, free.with_max_x(row.inner.x), |ui| outputs(ui, sheet, outcome, true));
        return;
    }
    ui.add_space(18.0);
    outputs(ui, sheet, outcome, false);
}

/// What stands between two kernels, half way down the first.
fn sign(ui: &mut Ui, sheet: &Sheet<'_>, sign: &str, tight: bool) {
    ui.add_space(if tight { 44.0 } else { 66.0 });
    cell(ui, sign, Type::Title, sheet.palette.muted);
}

/// The one kernel that both are.
fn one_kernel(ui: &mut Ui, sheet: &Sheet<'_>, outcome: &Outcome, tight: bool) {
    let side = if tight { 38.0 } else { 46.0 };
    ui.vertical(|ui| {
        let title = titled(sheet, sheet.say("field-one-kernel"), &outcome.kernel);
        cell(ui, title, Type::Label, sheet.palette.text);
        let values: Vec<f64> = outcome.kernel.iter().map(|&w| f64::from(w)).collect();
        let range = Range::of(&outcome.kernel).unwrap_or(Range { min: 0.0, max: 0.0 });
        let cells = Cells {
            name: sheet.say("field-one-kernel"),
            columns: outcome.kernel.len().isqrt(),
            values: &values,
            scale: Scale::Diverging,
            range,
            cell: side,
            marked: None,
            outside: None,
        };
        cells.show(ui, sheet.palette);
    });
}

/// Decimals of a weight for which a cell has room.
const DECIMALS: usize = 2;

/// The name of a kernel, with a word where its numbers are rounded.
fn titled(sheet: &Sheet<'_>, name: String, weights: &[f32]) -> String {
    let shift = 10f64.powi(DECIMALS as i32);
    let is_rounded = |weight: &f32| {
        let shifted = f64::from(*weight) * shift;
        // A weight that was typed is not exact in binary either.
        (shifted - shifted.round()).abs() > 1e-4
    };
    if !weights.iter().any(is_rounded) {
        return name;
    }
    sheet.tell(&Message::new("field-rounded").with("name", name).with("decimals", DECIMALS))
}

/// Nine weights, to be turned; under them kernels made by hand. Tells where they end.
fn kernel(ui: &mut Ui, sheet: &mut Sheet<'_>, outer: bool, tight: bool) -> f32 {
    let shown = sheet.studio.scene.field.composition.clone();
    let weights = if outer { shown.outer } else { shown.inner };
    let name = sheet.say(if outer { "field-outer" } else { "field-inner" });
    ui.vertical(|ui| {
        let title = titled(sheet, name.clone(), &weights);
        cell(ui, title, Type::Label, sheet.palette.text);
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
                        .max_decimals(DECIMALS);
                    let response = coloured(ui, *weight_now, range, number);
                    let label = format!("{name} ({},{})", place / 3, place % 3);
                    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(label));
                    let held = response.dragged() || response.has_focus() || response.lost_focus();
                    began |= response.drag_started() || response.gained_focus();
                    began |= response.changed() && !held;
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
    })
    .response
    .rect
    .bottom()
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
fn outputs(ui: &mut Ui, sheet: &mut Sheet<'_>, outcome: &Outcome, tight: bool) {
    let palette = sheet.palette;
    let room = ui.available_size();
    // The words under the first picture may be wider than a small one.
    let (gap, words) = if tight { (12.0, 24.0) } else { (28.0, 0.0) };
    let across = (room.x - 3.0 * gap - words) / 4.0;
    let side = across.min(room.y - 46.0).clamp(48.0, 420.0);
    let both = Range::of(outcome.both.values());
    let one = Range::of(outcome.one.values());
    let range = match (both, one) {
        (Some(a), Some(b)) => a.union(b),
        (a, b) => a.or(b).unwrap_or(Range { min: 0.0, max: 0.0 }),
    };
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = gap;
        ui.vertical(|ui| {
            let impulse = sheet.studio.scene.field.composition.impulse;
            let words = sheet.say("field-impulse");
            let (rect, response) = ui.allocate_exact_size(vec2(side, side), egui::Sense::hover());
            let name = sheet.say(if impulse { "field-impulse" } else { "input-layer" });
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, name.clone())
            });
            framed(ui, palette, "compose-image", &outcome.image, Grey::Ink, rect);
            if toggle(ui, palette, impulse, &words).clicked() {
                let shown = sheet.studio.scene.field.composition.clone();
                let changed = Composition { impulse: !impulse, ..shown };
                sheet.act(Action::Field(FieldAction::Composition(changed)));
            }
        });
        for (key, values) in [
            ("field-out-both", &outcome.both),
            ("field-out-one", &outcome.one),
            ("field-out-difference", &outcome.difference),
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
                ui.set_max_width(side.max(if tight { 80.0 } else { 116.0 }));
                text(ui, name, Type::Caption, palette.text);
            });
        }
    });
}
