//! The recurrence with its numbers, a row per layer; of a stack every number can be changed.

use egui::{Button, DragValue, Grid, Response, RichText, ScrollArea, Ui};

use super::words;
use crate::locale::{Message, count};
use crate::network::receptive::growth::{Along, Growth};
use crate::network::stack::{Stack, StackKind, StackLayer};
use crate::ui::action::{Action, FieldAction};
use crate::ui::scene::Subject;
use crate::ui::sheet::Sheet;
use crate::ui::studio::Seer;
use crate::ui::theme::Type;
use crate::ui::widgets::{Icon, cell, chip, icon_button, section, toggle};

/// Numbers that nobody means, typed or dragged, are not asked for.
const BEYOND: usize = 999;
/// In less room the starts and weights are left out.
const ROOM_FOR_ALL: f32 = 700.0;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, height: f32) {
    let studio = sheet.studio;
    let Some(seer) = studio.seer() else { return };
    let palette = sheet.palette;
    let stack = match studio.scene.field.subject {
        Subject::Stacks => studio.scene.field.stack().cloned(),
        Subject::Network | Subject::Branches | Subject::Neocognitron => None,
    };
    let bottom = ui.cursor().top() + height;
    ui.spacing_mut().interact_size.y = 22.0;
    ui.horizontal(|ui| {
        let words = sheet.say("field-how-it-grows");
        section(ui, palette, &words, None);
        ui.add_space(8.0);
        if ui.available_width() > 300.0 {
            cell(ui, sheet.say("field-rule"), Type::SmallNumber, palette.muted);
        }
    });
    let tools = if stack.is_some() { 40.0 } else { 0.0 };
    let room = (bottom - ui.cursor().top() - tools).max(40.0);
    let wide = ui.available_width() >= ROOM_FOR_ALL;
    ScrollArea::both().id_salt("field-table").max_height(room).auto_shrink([false, true]).show(
        ui,
        |ui| {
            Grid::new("field-rows").num_columns(9).spacing([18.0, 2.0]).striped(false).show(
                ui,
                |ui| {
                    heads(ui, sheet, wide);
                    for row in seer.growth.iter() {
                        line(ui, sheet, seer, row, stack.as_ref(), wide);
                    }
                },
            );
        },
    );
    if let Some(stack) = &stack {
        ui.add_space(4.0);
        builder(ui, sheet, stack);
    }
}

fn heads(ui: &mut Ui, sheet: &Sheet<'_>, wide: bool) {
    let keys = [
        "field-layer-head",
        "field-kernel",
        "field-stride",
        "field-padding",
        "field-dilation",
        "field-jump-head",
        "field-size",
    ];
    let more = ["field-start-head", "field-weights"];
    let stacks = sheet.studio.scene.field.subject == Subject::Stacks;
    let more = match (wide, stacks) {
        (true, true) => &more[..],
        (true, false) => &more[..1],
        (false, _) => &[],
    };
    for key in keys.iter().chain(more) {
        cell(ui, Message::new(key).text(sheet.lang), Type::Caption, sheet.palette.muted);
    }
    ui.end_row();
}

fn line(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    seer: &Seer,
    row: &Growth,
    stack: Option<&Stack>,
    wide: bool,
) {
    let (studio, palette) = (sheet.studio, sheet.palette);
    let node = &seer.network.nodes()[row.node];
    let own = row.node == seer.unit.node;
    let name = words::layer(studio, seer, row.node);
    let place = row.node.checked_sub(1);
    let chosen = stack.is_some() && place.is_some() && studio.scene.field.selected == place;
    let ink = if own { palette.accent } else { palette.text };
    let label = RichText::new(&name).font(Type::Number.font()).color(ink);
    let fill = if chosen { palette.accent_soft } else { palette.canvas };
    let button = ui.add(Button::new(label).fill(fill).small().stroke(egui::Stroke::NONE));
    button.widget_info(|| {
        egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, own || chosen, name.clone())
    });
    if button.clicked() {
        pick(sheet, seer, row.node, stack.is_some());
    }
    if let (Some(stack), Some(place)) = (stack, place) {
        numbers(ui, sheet, stack, place, &name);
    } else {
        let texts = node.layer.window().map(|w| {
            let kernel = format!("{}×{}", w.kernel[0], w.kernel[1]);
            [kernel, w.stride[0].to_string(), w.padding.top.to_string(), w.dilation[0].to_string()]
        });
        for words in texts.unwrap_or_default() {
            cell(ui, words, Type::Number, palette.text);
        }
    }
    let Along { size, jump, start } = Along::of(&row.field, 0);
    let square = row.field.size[0] == row.field.size[1];
    let hidden = words::hidden(studio);
    let (jump, size, start) = match &row.step {
        Some(step) if square => (step.jump_text(), step.size_text(), step.start_text()),
        _ => {
            let size = if square {
                count(size.into())
            } else {
                format!("{}×{}", row.field.size[0], row.field.size[1])
            };
            let union = Message::new("field-union").with("size", &size).text(sheet.lang);
            let size = if row.field.exact { size } else { union };
            (jump.to_string(), size, start.to_string().replace('-', "−"))
        }
    };
    cell(ui, jump, Type::Number, palette.text);
    let or_hidden = |words: String| hidden.map_or(words, str::to_owned);
    let size = or_hidden(size);
    cell(ui, size, Type::StrongNumber, palette.amber_text);
    if wide {
        cell(ui, or_hidden(start), Type::Number, palette.text);
        let weights = place.zip(stack).map(|(place, stack)| stack.layers[place].weights());
        let weights = match weights {
            Some(0) | None => String::new(),
            Some(weights) => or_hidden(format!("{weights} C²")),
        };
        cell(ui, weights, Type::Number, palette.text);
    }
    ui.end_row();
}

/// The middle unit of a layer is looked at; of a stack the layer can then be changed.
fn pick(sheet: &mut Sheet<'_>, seer: &Seer, node: usize, of_stack: bool) {
    let action = super::middle_of(sheet.studio, seer, node);
    sheet.act(action);
    if of_stack {
        let active = sheet.studio.scene.field.active;
        sheet.act(Action::Field(FieldAction::Select(active, node.checked_sub(1))));
    }
}

/// Kernel, stride, padding and dilation of a layer, to be changed.
fn numbers(ui: &mut Ui, sheet: &mut Sheet<'_>, stack: &Stack, place: usize, name: &str) {
    type Get = fn(&mut StackLayer) -> &mut usize;
    let parts: [(&'static str, Get); 4] = [
        ("field-kernel", |layer| &mut layer.kernel),
        ("field-stride", |layer| &mut layer.stride),
        ("field-padding", |layer| &mut layer.padding),
        ("field-dilation", |layer| &mut layer.dilation),
    ];
    for (key, get) in parts {
        let mut changed = stack.clone();
        let number = get(&mut changed.layers[place]);
        let response = drag(ui, number);
        named(ui, &response, format!("{name}: {}", Message::new(key).text(sheet.lang)));
        send(sheet, response, changed, stack);
    }
}

/// A number that can be dragged and typed; whether it may be so is said by the stack.
fn drag(ui: &mut Ui, number: &mut usize) -> Response {
    ui.scope(|ui| {
        ui.spacing_mut().button_padding = egui::vec2(6.0, 1.0);
        ui.spacing_mut().interact_size = egui::vec2(30.0, 21.0);
        ui.style_mut().override_font_id = Some(Type::Number.font());
        ui.add(DragValue::new(number).speed(0.06).range(0..=BEYOND))
    })
    .inner
}

fn named(ui: &Ui, response: &Response, name: String) {
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name));
}

fn send(sheet: &mut Sheet<'_>, response: Response, changed: Stack, stack: &Stack) {
    if response.drag_started() || response.gained_focus() {
        sheet.act(Action::BeginGesture);
    }
    if response.changed() && changed != *stack {
        let active = sheet.studio.scene.field.active;
        sheet.act(Action::Field(FieldAction::Stack(active, changed)));
    }
}

/// What can be done with a whole layer: another kind, its ReLU, its place, or away with it.
fn tools(ui: &mut Ui, sheet: &mut Sheet<'_>, stack: &Stack, place: usize, name: &str) {
    let active = sheet.studio.scene.field.active;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding = egui::vec2(6.0, 1.0);
        ui.spacing_mut().interact_size.y = 22.0;
        let layer = stack.layers[place];
        let change = |sheet: &mut Sheet<'_>, layer: StackLayer| {
            let mut stack = stack.clone();
            stack.layers[place] = layer;
            sheet.act(Action::BeginGesture);
            sheet.act(Action::Field(FieldAction::Stack(active, stack)));
        };
        let kind = Message::new(key_of(layer.kind)).text(sheet.lang);
        if ui.button(&kind).on_hover_text(sheet.say("field-other-kind")).clicked() {
            let at = StackKind::ALL.iter().position(|&kind| kind == layer.kind).unwrap_or(0);
            let kind = StackKind::ALL[(at + 1) % StackKind::ALL.len()];
            let mut other = StackLayer { kind, ..layer };
            other.padding = other.padding.min(other.most_padding());
            change(sheet, other);
        }
        if layer.kind == StackKind::Conv && toggle(ui, sheet.palette, layer.relu, "ReLU").clicked()
        {
            change(sheet, StackLayer { relu: !layer.relu, ..layer });
        }
        for (sign, key, down) in [("↑", "field-earlier", false), ("↓", "field-later", true)] {
            let words = Message::new(key).with("layer", name).text(sheet.lang);
            let button = ui.button(sign);
            named(ui, &button, words.clone());
            if button.on_hover_text(words).clicked() {
                sheet.act(Action::Field(FieldAction::Move(Some(place), down)));
            }
        }
        let words = Message::new("field-remove").with("layer", name).text(sheet.lang);
        if icon_button(ui, sheet.palette, Icon::Close, &words).clicked() {
            sheet.act(Action::Field(FieldAction::Remove(Some(place))));
        }
    });
}

const fn key_of(kind: StackKind) -> &'static str {
    match kind {
        StackKind::Conv => "field-kind-conv",
        StackKind::MaxPool => "field-kind-max",
        StackKind::AveragePool => "field-kind-average",
    }
}

/// Layers more, and the image's size.
fn builder(ui: &mut Ui, sheet: &mut Sheet<'_>, stack: &Stack) {
    ui.horizontal(|ui| {
        let selected = sheet.studio.scene.field.selected;
        if let Some(place) = selected.filter(|&place| place < stack.layers.len()) {
            let name = sheet.studio.seer().map(|seer| words::layer(sheet.studio, seer, place + 1));
            let name = name.unwrap_or_default();
            cell(ui, &name, Type::Number, sheet.palette.text);
            tools(ui, sheet, stack, place, &name);
            ui.add_space(12.0);
        }
        for (key, kind) in
            [("field-add-conv", StackKind::Conv), ("field-add-pool", StackKind::MaxPool)]
        {
            let words = Message::new(key).text(sheet.lang);
            if chip(ui, sheet.palette, &words).clicked() {
                sheet.act(Action::Field(FieldAction::Add(kind)));
            }
        }
        ui.add_space(8.0);
        let words = sheet.say("field-side");
        cell(ui, &words, Type::Caption, sheet.palette.muted);
        let mut changed = stack.clone();
        let response = drag(ui, &mut changed.side);
        named(ui, &response, words);
        send(sheet, response, changed, stack);
        if selected.is_none() && ui.available_width() > 360.0 {
            ui.add_space(8.0);
            cell(ui, sheet.say("field-reorder-hint"), Type::Caption, sheet.palette.muted);
        }
    });
}
