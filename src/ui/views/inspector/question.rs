//! Why this class and not that one? The difference of two scores, taken apart.

use egui::{Align, ComboBox, Layout, Ui};

use crate::array::Range;
use crate::explain::{Contrast, contrast};
use crate::locale::{Message, signed, value};
use crate::render::Scale;
use crate::ui::action::{Action, UnitRef};
use crate::ui::errors::sentence;
use crate::ui::sheet::Sheet;
use crate::ui::studio::{Open, Seen};
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{Cells, Icon, cell, icon_button, number_colour, text};

/// Terms that are listed one by one; the rest is one number.
const LISTED: usize = 8;
/// Width of the picture of all terms.
const PICTURE: f32 = 118.0;

pub fn show(
    ui: &mut Ui,
    sheet: &mut Sheet<'_>,
    open: &Open,
    seen: &Seen,
    classes @ [a, b]: [usize; 2],
) {
    let network = &open.network;
    ui.horizontal(|ui| {
        let title =
            Message::new("question-title").with("a", network.label(a)).with("b", network.label(b));
        sheet.title(ui, &title, Type::Title);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = sheet.say("close");
            if icon_button(ui, sheet.palette, Icon::Close, &close).clicked() {
                sheet.act(Action::Question(None));
            }
        });
    });
    choose(ui, sheet, open, classes);
    match contrast(network, &seen.weights, &seen.trace, classes) {
        Ok(contrast) => {
            in_words(ui, sheet, open, seen, &contrast);
            pictures(ui, sheet, open, &contrast);
            strongest(ui, sheet, open, &contrast);
        }
        Err(error) => {
            let words = sentence(sheet.lang, &error);
            text(ui, words, Type::Body, sheet.palette.muted);
        }
    }
    ui.add_space(size::SECTION);
    sheet.section(ui, &Message::new("section-gradient"));
    let words = sheet.say("question-heat");
    text(ui, words, Type::Caption, sheet.palette.heat);
}

/// Any two classes.
fn choose(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, classes: [usize; 2]) {
    let count = open.network.nodes()[open.network.scores()].output[0];
    ui.horizontal(|ui| {
        for (place, key) in ["question-this", "question-not-that"].into_iter().enumerate() {
            text(ui, sheet.say(key), Type::Caption, sheet.palette.muted);
            let name = sheet.say(key);
            let shown = open.network.label(classes[place]);
            let combo = ComboBox::from_id_salt(("class", place)).selected_text(shown).width(56.0);
            let combo = combo.show_ui(ui, |ui| {
                for class in 0..count {
                    let chosen = classes[place] == class;
                    if ui.selectable_label(chosen, open.network.label(class)).clicked() {
                        let mut other = classes;
                        other[place] = class;
                        if other[0] == other[1] {
                            other[1 - place] = classes[place];
                        }
                        sheet.actions.push(Action::Question(Some(other)));
                    }
                }
            });
            combo.response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::ComboBox, true, name.clone())
            });
        }
    });
}

fn in_words(ui: &mut Ui, sheet: &Sheet<'_>, open: &Open, seen: &Seen, contrast: &Contrast) {
    let [a, b] = contrast.classes;
    let lower = open.network.lower_is_better();
    let scores = seen.trace.output(open.network.scores());
    let score = |class: usize| value(f64::from(scores.at([class, 0, 0])), 2);
    let key = if lower { "question-distances" } else { "question-scores" };
    let message = Message::new(key)
        .with("a", open.network.label(a))
        .with("b", open.network.label(b))
        .with("of_a", score(a))
        .with("of_b", score(b))
        .with("difference", signed(contrast.difference, 2))
        .with("terms", contrast.terms.len());
    text(ui, sheet.tell(&message), Type::Strong, sheet.palette.text);
    let formula = if lower { "question-formula-distance" } else { "question-formula-score" };
    let formula =
        Message::new(formula).with("a", open.network.label(a)).with("b", open.network.label(b));
    text(ui, sheet.tell(&formula), Type::SmallNumber, sheet.palette.muted);
}

/// Values, weights and their products as pictures in the form of the layer that they come from.
fn pictures(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, contrast: &Contrast) {
    let network = &open.network;
    let shape @ [_, rows, columns_of_maps] = network.nodes()[contrast.source].output;
    let units: usize = shape.iter().product();
    let columns = network.vector_columns(contrast.source);
    let mut products = vec![0.0; units];
    let mut outside = vec![true; units];
    for term in &contrast.terms {
        let [c, y, x] = term.unit;
        let cell = (c * rows + y) * columns_of_maps + x;
        products[cell] += term.product;
        outside[cell] = false;
    }
    let numbers: Vec<f32> = products.iter().map(|&p| p as f32).collect();
    let range = Range::of(&numbers).unwrap_or(Range { min: 0.0, max: 0.0 }).symmetric();
    ui.add_space(size::GAP);
    ui.horizontal(|ui| {
        let cells = Cells {
            name: sheet.say("question-products"),
            columns,
            values: &products,
            scale: Scale::Diverging,
            range,
            cell: (PICTURE / columns as f32).min(15.0),
            marked: None,
            outside: Some(&outside),
        };
        let answer = cells.show(ui, sheet.palette);
        let area = rows * columns_of_maps;
        let source = |cell: usize| UnitRef {
            node: contrast.source,
            unit: [cell / area, cell % area / columns_of_maps, cell % columns_of_maps],
        };
        sheet.hover.unit = answer.hovered.map(source).or(sheet.hover.unit);
        if let Some(cell) = answer.clicked {
            sheet.act(Action::Pin(source(cell)));
            sheet.act(Action::Question(None));
        }
        let [a, b] = contrast.classes;
        let lower = network.lower_is_better();
        let key = if lower { "question-key-distance" } else { "question-key-score" };
        let words = Message::new(key).with("a", network.label(a)).with("b", network.label(b));
        ui.vertical(|ui| {
            text(ui, sheet.tell(&words), Type::Caption, sheet.palette.muted);
        });
    });
}

/// The terms that decide, and what the others add up to.
fn strongest(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, contrast: &Contrast) {
    let palette = sheet.palette;
    let mut order: Vec<usize> = (0..contrast.terms.len()).collect();
    let strength = |&i: &usize| contrast.terms[i].product.abs();
    order.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
    let source = &open.network.nodes()[contrast.source].name;
    ui.add_space(size::GAP);
    let line = |ui: &mut Ui, label: String, number: f64, strong: bool| {
        ui.horizontal(|ui| {
            let kind = if strong { Type::StrongNumber } else { Type::SmallNumber };
            cell(ui, label, kind, palette.text);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                cell(ui, signed(number, 4), kind, number_colour(palette, number));
            });
        });
    };
    for &index in order.iter().take(LISTED) {
        let term = &contrast.terms[index];
        let (value, weight) = (signed(term.value, 4), signed(term.weight, 4));
        line(ui, format!("{source}[{}]  {value} × {weight}", term.unit[0]), term.product, false);
    }
    if order.len() > LISTED {
        let rest: f64 = order[LISTED..].iter().map(|&i| contrast.terms[i].product).sum();
        let label = Message::new("question-rest").with_count("count", order.len() - LISTED);
        line(ui, sheet.tell(&label), rest, false);
    }
    if contrast.bias != 0.0 {
        line(ui, sheet.say("question-biases"), contrast.bias, false);
    }
    line(ui, sheet.say("question-sum"), contrast.difference, true);
}
