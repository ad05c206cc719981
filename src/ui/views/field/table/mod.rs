//! The recurrence with its numbers, a row per layer; of a stack every number can be changed.

mod builder;
mod numbers;

pub use builder::height as tools_height;

use egui::{Button, Grid, RichText, ScrollArea, Sense, Ui};

use super::{layers, words};
use crate::locale::{Message, count};
use crate::network::receptive::growth::{Along, Growth};
use crate::network::stack::Stack;
use crate::ui::action::{Action, FieldAction};
use crate::ui::scene::Subject;
use crate::ui::sheet::Sheet;
use crate::ui::studio::Seer;
use crate::ui::theme::Type;
use crate::ui::widgets::{cell, section};

/// In less room the columns are closer, and starts stand without the numbers they come from.
const ROOM_FOR_ALL: f32 = 700.0;
/// What all columns but jump and size take then.
const OTHERS: f32 = 362.0;
/// A letter of a number.
const LETTER: f32 = 7.5;

/// How much of the table there is room for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    All,
    Close,
    /// Without starts and weights.
    Few,
}

impl Room {
    fn of(sheet: &Sheet<'_>, seer: &Seer, wide: f32) -> Self {
        if wide >= ROOM_FOR_ALL {
            return Self::All;
        }
        let rows = seer.growth.iter().map(|row| growth_of(sheet, row));
        let [jump, size] = rows.fold([0, 0], |[jump, size], [jump_now, size_now, _]| {
            [jump.max(jump_now.chars().count()), size.max(size_now.chars().count())]
        });
        if OTHERS + LETTER * (jump + size) as f32 <= wide { Self::Close } else { Self::Few }
    }

    const fn spacing(self) -> f32 {
        match self {
            Self::All | Self::Few => 18.0,
            Self::Close => 10.0,
        }
    }
}

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
    let tools = if stack.is_some() { builder::height(ui.available_width()) } else { 0.0 };
    let room = (bottom - ui.cursor().top() - tools).max(40.0);
    let fits = Room::of(sheet, seer, ui.available_width());
    ScrollArea::both().id_salt("field-table").max_height(room).auto_shrink([false, true]).show(
        ui,
        |ui| {
            Grid::new("field-rows")
                .num_columns(9)
                .spacing([fits.spacing(), 2.0])
                .striped(false)
                .show(ui, |ui| {
                    heads(ui, sheet, fits);
                    for row in seer.growth.iter() {
                        line(ui, sheet, seer, row, stack.as_ref(), fits);
                    }
                });
        },
    );
    if let Some(stack) = &stack {
        ui.add_space(4.0);
        builder::show(ui, sheet, stack);
    }
}

fn heads(ui: &mut Ui, sheet: &Sheet<'_>, fits: Room) {
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
    let more = match (fits, stacks) {
        (Room::All | Room::Close, true) => &more[..],
        (Room::All | Room::Close, false) => &more[..1],
        (Room::Few, _) => &[],
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
    fits: Room,
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
    let handle = stack.and(place);
    let sense = if handle.is_some() { Sense::click_and_drag() } else { Sense::click() };
    let button = Button::new(label).fill(fill).small().stroke(egui::Stroke::NONE).sense(sense);
    let button = ui.add(button);
    button.widget_info(|| {
        egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, own || chosen, name.clone())
    });
    if button.clicked() {
        pick(sheet, seer, row.node, stack.is_some());
    }
    if let Some(place) = handle {
        builder::drop_on(ui, sheet, &button, place);
    }
    if let (Some(stack), Some(place)) = (stack, place) {
        numbers::show(ui, sheet, stack, place, &name);
    } else {
        let texts = node.layer.window().map(|w| {
            let [[top, bottom], [left, right]] = [w.padding.along(0), w.padding.along(1)];
            let padding = match [both_ends(top, bottom), both_ends(left, right)] {
                [rows, columns] if rows == columns => rows,
                [rows, columns] => format!("{rows} × {columns}"),
            };
            let kernel = format!("{}×{}", w.kernel[0], w.kernel[1]);
            [kernel, both_axes(w.stride), padding, both_axes(w.dilation)]
        });
        for words in texts.unwrap_or_default() {
            cell(ui, words, Type::Number, palette.text);
        }
    }
    let hidden = words::hidden(studio);
    let [jump, size, start] = growth_of(sheet, row);
    cell(ui, jump, Type::Number, palette.text);
    let or_hidden = |words: String| hidden.map_or(words, str::to_owned);
    let size = or_hidden(size);
    cell(ui, size, Type::StrongNumber, palette.amber_text);
    let start = match (fits, row.is_square()) {
        (Room::Close, true) => Along::of(&row.field, 0).start.to_string().replace('-', "−"),
        (Room::All | Room::Few, _) | (Room::Close, false) => start,
    };
    if fits != Room::Few {
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

/// `2`, or `2×1` where rows and columns differ.
fn both_axes([rows, columns]: [usize; 2]) -> String {
    if rows == columns { rows.to_string() } else { format!("{rows}×{columns}") }
}

/// `1`, or `0+1` where before and after differ.
fn both_ends(before: usize, after: usize) -> String {
    if before == after { before.to_string() } else { format!("{before}+{after}") }
}

/// Jump, size and start of a field, with the numbers they come from; where rows and columns grow unlike, a
/// line for each.
fn growth_of(sheet: &Sheet<'_>, row: &Growth) -> [String; 3] {
    let along = |axis: usize| {
        if let Some(step) = row.steps.map(|steps| steps[axis]) {
            return [step.jump_text(), step.size_text(), step.start_text()];
        }
        let Along { size, jump, start } = Along::of(&row.field, axis);
        [jump.to_string(), count(size.into()), start.to_string().replace('-', "−")]
    };
    let [mut jump, mut size, mut start] = along(0);
    if !row.is_square() {
        for (rows, columns) in [&mut jump, &mut size, &mut start].into_iter().zip(along(1)) {
            if *rows != columns {
                let both = Message::new("field-both-axes").with("rows", &*rows);
                *rows = sheet.tell(&both.with("columns", columns));
            }
        }
    }
    if !row.field.exact {
        size = sheet.tell(&Message::new("field-union").with("size", size));
    }
    [jump, size, start]
}

/// The middle unit of a layer is looked at; of a stack the layer can then be changed.
fn pick(sheet: &mut Sheet<'_>, seer: &Seer, node: usize, of_stack: bool) {
    let action = layers::middle_of(sheet.studio, seer, node);
    sheet.act(action);
    if of_stack {
        let active = sheet.studio.scene.field.active;
        sheet.act(Action::Field(FieldAction::Select(active, node.checked_sub(1))));
    }
}
