//! The network as a person edits it: a row per layer, shapes and parameters beside every choice. What would
//! give no network is not offered.

use egui::accesskit::Role;
use egui::{ComboBox, DragValue, Grid, Response, ScrollArea, Ui, WidgetInfo};

use crate::locale::{Message, count};
use crate::network::design::{Connect, Design, Knob, Legal, Place, PoolKind, Value};
use crate::network::{Activation, Formula, Network, cost};
use crate::ui::action::{Action, TrainAction};
use crate::ui::scene::{TrainNetwork, TrainPlan};
use crate::ui::sheet::Sheet;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{cell, text};

/// What a block, and a hidden layer, is chosen by; a hidden layer has nothing in some of the columns.
const BLOCK: [Knob; 9] = [
    Knob::Connect,
    Knob::Maps,
    Knob::Kernel,
    Knob::Stride,
    Knob::Padding,
    Knob::BatchNorm,
    Knob::Activation,
    Knob::Pool,
    Knob::Dropout,
];
const HIDDEN: [Option<Knob>; 9] = [
    None,
    Some(Knob::Units),
    None,
    None,
    None,
    Some(Knob::BatchNorm),
    Some(Knob::Activation),
    None,
    Some(Knob::Dropout),
];

/// Maps and units of a layer, at most.
const MOST_MAPS: usize = 512;
/// Points that the whole table needs.
const TABLE: f32 = 1010.0;

pub fn architecture(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    let plan = sheet.studio.scene.train.plan.clone();
    // A table asks for no width by itself.
    ui.set_min_width((ui.ctx().content_rect().width() - 96.0).min(TABLE));
    let Some(design) = plan.network.design() else {
        // The network of 1998 has kinds of layers that are no choices here.
        let words = sheet.say("design-fixed");
        text(ui, words, Type::Body, sheet.palette.text);
        let begin = sheet.say("design-begin");
        if ui.button(begin).clicked() {
            change(sheet, &plan, Design::lenet5_modern());
        }
        return;
    };
    let Ok(network) = design.network() else { return };
    let mut wanted = design.clone();
    let words = sheet.say("design-intro");
    text(ui, words, Type::Caption, sheet.palette.muted);
    ui.add_space(4.0);
    ScrollArea::horizontal().show(ui, |ui| {
        Grid::new("design").num_columns(13).spacing([8.0, 6.0]).show(ui, |ui| {
            head(ui, sheet);
            blocks(ui, sheet, &design, &network, &mut wanted);
            hidden(ui, sheet, &design, &network, &mut wanted);
            output(ui, sheet, &network);
        });
    });
    ui.add_space(size::GAP);
    total(ui, sheet, &network);
    if wanted != design {
        change(sheet, &plan, wanted);
    }
}

fn change(sheet: &mut Sheet<'_>, plan: &TrainPlan, design: Design) {
    let plan = TrainPlan { network: TrainNetwork::of(design), ..plan.clone() };
    sheet.act(Action::Train(TrainAction::Plan(plan)));
}

fn head(ui: &mut Ui, sheet: &Sheet<'_>) {
    let heading = |ui: &mut Ui, key: &'static str, hint: Option<&'static str>| {
        let response = cell(ui, sheet.say(key), Type::Caption, sheet.palette.muted);
        if let Some(hint) = hint {
            response.on_hover_text(sheet.say(hint));
        }
    };
    heading(ui, "design-layer", None);
    for knob in BLOCK {
        heading(ui, key_of(knob), Some(hint_of(knob)));
    }
    heading(ui, "design-shape", None);
    heading(ui, "design-parameters", None);
    ui.end_row();
}

const fn hint_of(knob: Knob) -> &'static str {
    match knob {
        Knob::Connect => "design-connect-hint",
        Knob::Maps => "design-maps-hint",
        Knob::Kernel => "design-kernel-hint",
        Knob::Stride => "design-stride-hint",
        Knob::Padding => "design-padding-hint",
        Knob::Pool | Knob::PoolSize | Knob::PoolStride => "design-pool-hint",
        Knob::Units => "design-units-hint",
        Knob::BatchNorm => "design-norm-hint",
        Knob::Activation => "design-activation-hint",
        Knob::Dropout => "design-dropout-hint",
    }
}

fn blocks(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    design: &Design,
    network: &Network,
    wanted: &mut Design,
) {
    for (index, names) in design.block_nodes().iter().enumerate() {
        cell(ui, &names.layer, Type::Strong, sheet.palette.text);
        let place = (names.layer.as_str(), Place::Block(index));
        for knob in BLOCK {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 3.0;
                choice(ui, sheet, design, place, knob, wanted);
                if knob == Knob::Pool && design.blocks[index].pool.is_some() {
                    choice(ui, sheet, design, place, Knob::PoolSize, wanted);
                }
            });
        }
        let last = names.pool.as_ref().unwrap_or(&names.layer);
        shape(ui, sheet, network, &names.layer, last);
        row_buttons(ui, sheet, design.with_block(index + 1), design.without_block(index), wanted);
        ui.end_row();
    }
}

fn hidden(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    design: &Design,
    network: &Network,
    wanted: &mut Design,
) {
    let names = design.hidden_nodes();
    for (index, names) in names.iter().enumerate() {
        cell(ui, &names.layer, Type::Strong, sheet.palette.text);
        let place = (names.layer.as_str(), Place::Hidden(index));
        for knob in HIDDEN {
            match knob {
                Some(knob) => choice(ui, sheet, design, place, knob, wanted),
                None => drop(ui.label("")),
            }
        }
        shape(ui, sheet, network, &names.layer, &names.layer);
        row_buttons(ui, sheet, design.with_hidden(index + 1), design.without_hidden(index), wanted);
        ui.end_row();
    }
    if names.is_empty() {
        ui.label("");
        let add = sheet.say("design-add-hidden");
        if let Some(with) = design.with_hidden(0)
            && ui.button(add).clicked()
        {
            *wanted = with;
        }
        ui.end_row();
    }
}

fn output(ui: &mut Ui, sheet: &Sheet<'_>, network: &Network) {
    let name = &network.nodes()[network.scores()].name;
    cell(ui, name, Type::Strong, sheet.palette.text);
    for _ in BLOCK {
        ui.label("");
    }
    shape(ui, sheet, network, name, name);
    ui.end_row();
}

/// What comes out, and how many parameters it takes.
fn shape(ui: &mut Ui, sheet: &Sheet<'_>, network: &Network, layer: &str, last: &str) {
    let palette = sheet.palette;
    let (Some(first), Some(last)) = (network.index_of(layer), network.index_of(last)) else {
        return;
    };
    let [c, h, w] = network.nodes()[last].output;
    let words = if h * w == 1 { c.to_string() } else { format!("{c} @ {h}×{w}") };
    cell(ui, words, Type::Number, palette.text);
    // With the scales and shifts of its batch norm: the rows add up to the whole.
    let norm = network.index_of(&format!("{layer}/norm"));
    let all = [Some(first), norm].into_iter().flatten();
    let all: Vec<_> = all.map(|node| cost::cost(network, node).params).collect();
    let number = all.iter().map(Formula::value).sum::<Result<u128, _>>();
    let number = number.map_or_else(|_| "–".into(), count);
    let arithmetic: Vec<String> = all.iter().map(Formula::text).collect();
    cell(ui, number, Type::Number, palette.text).on_hover_text(arithmetic.join(" + "));
}

fn row_buttons(
    ui: &mut Ui,
    sheet: &Sheet<'_>,
    with: Option<Design>,
    without: Option<Design>,
    wanted: &mut Design,
) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        for (words, hint, design) in [("+", "design-add", with), ("−", "design-remove", without)]
        {
            let button = ui.add_enabled(design.is_some(), egui::Button::new(words));
            named(&button, Role::Button, sheet.say(hint));
            if let Some(design) = design
                && button.on_hover_text(sheet.say(hint)).clicked()
            {
                *wanted = design;
            }
        }
    });
}

/// One choice, with the values that are legal while everything else stays; `layer` is whose it is.
fn choice(
    ui: &mut Ui,
    sheet: &Sheet<'_>,
    design: &Design,
    (layer, place): (&str, Place),
    knob: Knob,
    wanted: &mut Design,
) {
    let Some(value) = design.value(place, knob) else {
        ui.label("");
        return;
    };
    let hint = sheet.say(hint_of(knob));
    let message = Message::new("design-choice")
        .with("layer", layer)
        .with_message("what", Message::new(key_of(knob)));
    let name = sheet.tell(&message);
    match (knob, value) {
        (Knob::Maps | Knob::Units, Value::Number(number)) => {
            let mut typed = number;
            let drag = DragValue::new(&mut typed).range(1..=MOST_MAPS).speed(0.2);
            let response = ui.add(drag.update_while_editing(false).clamp_existing_to_range(false));
            named(&response, Role::SpinButton, name);
            if response.on_hover_text(hint).changed()
                && let Some(number) = design.legal(place, knob).nearest(typed)
            {
                wanted.set(place, knob, Value::Number(number));
            }
        }
        (_, Value::Switch(on)) => {
            let mut now = on;
            let response = ui.checkbox(&mut now, "");
            response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, now, name.clone()));
            if response.on_hover_text(hint).clicked() {
                wanted.set(place, knob, Value::Switch(now));
            }
        }
        (_, Value::Rate(rate)) => {
            let mut typed = rate;
            let drag = DragValue::new(&mut typed).range(0.0..=0.9).speed(0.01).max_decimals(2);
            let response = ui.add(drag.update_while_editing(false).clamp_existing_to_range(false));
            named(&response, Role::SpinButton, name);
            if response.on_hover_text(hint).changed() {
                wanted.set(place, knob, Value::Rate(typed));
            }
        }
        (_, Value::Number(_) | Value::Connect(_) | Value::Activation(_) | Value::Pool(_)) => {
            let combo = ComboBox::from_id_salt((place, knob))
                .selected_text(words_of(sheet, value))
                .width(if matches!(value, Value::Number(_)) { 34.0 } else { 74.0 })
                .show_ui(ui, |ui| {
                    // Only an open list asks what is legal.
                    for other in values(design.legal(place, knob)) {
                        let words = words_of(sheet, other);
                        if ui.selectable_label(other == value, words).clicked() {
                            wanted.set(place, knob, other);
                        }
                    }
                });
            named(&combo.response, Role::ComboBox, name);
            combo.response.on_hover_text(hint);
        }
    }
}

/// For screen readers.
fn named(response: &Response, role: Role, name: String) {
    response.widget_info(|| WidgetInfo::labeled(role, true, name.clone()));
}

/// What stands over the column of a choice.
const fn key_of(knob: Knob) -> &'static str {
    match knob {
        Knob::Connect => "design-connect",
        Knob::Maps => "design-maps",
        Knob::Units => "design-units",
        Knob::Kernel => "design-kernel",
        Knob::Stride => "design-stride",
        Knob::Padding => "design-padding",
        Knob::BatchNorm => "design-norm",
        Knob::Activation => "design-activation",
        Knob::Pool => "design-pool",
        Knob::PoolSize => "design-pool-size",
        Knob::PoolStride => "design-pool-stride",
        Knob::Dropout => "design-dropout",
    }
}

fn values(legal: Legal) -> Vec<Value> {
    match legal {
        Legal::Nothing | Legal::Rates { .. } => Vec::new(),
        Legal::Numbers(numbers) => numbers.into_iter().map(Value::Number).collect(),
        Legal::Choices(values) => values,
    }
}

fn words_of(sheet: &Sheet<'_>, value: Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Rate(rate) => rate.to_string(),
        Value::Switch(on) => on.to_string(),
        Value::Connect(connect) => sheet.say(match connect {
            Connect::Full => "design-full",
            Connect::Local => "design-local",
            Connect::Conv => "design-conv",
        }),
        Value::Pool(kind) => sheet.say(match kind {
            None => "design-pool-none",
            Some(PoolKind::Max) => "design-pool-max",
            Some(PoolKind::Average) => "design-pool-average",
        }),
        Value::Activation(activation) => sheet.say(match activation {
            Activation::Identity => "design-identity",
            Activation::Relu => "design-relu",
            Activation::Sigmoid => "design-sigmoid",
            Activation::Tanh => "design-tanh",
            Activation::ScaledTanh => "design-scaled-tanh",
        }),
    }
}

fn total(ui: &mut Ui, sheet: &Sheet<'_>, network: &Network) {
    let Ok(totals) = cost::totals(network) else { return };
    let message = Message::new("design-total")
        .with("params", count(totals.params))
        .with("macs", count(totals.macs));
    text(ui, sheet.tell(&message), Type::Body, sheet.palette.text);
}
