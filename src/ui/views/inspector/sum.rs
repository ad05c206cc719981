//! Partial sums, bias, sum and activation: from the products to the number.

use egui::{Align, Layout, Ui};

use super::parts::weights_are_coefficients;
use crate::explain::place;
use crate::explain::{Explanation, Normalisation, Rule};
use crate::locale::{Message, equals, product_equals, signed, value};
use crate::network::Activation;
use crate::ui::action::Action;
use crate::ui::cover::cover_place;
use crate::ui::replay::{Now, Progress};
use crate::ui::sheet::Sheet;
use crate::ui::studio::Knob;
use crate::ui::studio::Open;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{curve, number, number_colour, text};

/// Decimals of every addend and of the sum.
const DECIMALS: usize = 4;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, e: &Explanation) {
    sheet.section(ui, &Message::new("section-sum"));
    if let Some(progress) = sheet.studio.progress().filter(|p| p.now != Now::Result) {
        running(ui, sheet, e, &progress);
        return;
    }
    match e.rule {
        Rule::WeightedSum => weighted_sum(ui, sheet, open, e),
        Rule::Max => line(ui, sheet, &sheet.say("sum-largest"), e.sum, "="),
        Rule::SquaredDistance => line_of(ui, sheet, "d²", &value(e.sum, DECIMALS), "=", e.sum),
        Rule::Softmax => {
            let sum = value(e.sum, DECIMALS);
            line_of(ui, sheet, &sheet.say("sum-denominator"), &sum, "=", e.sum);
            let own = e.terms[e.unit[0]].product;
            let share = e.argument(&open.network);
            let ratio = format!("{} / Σ", value(own, DECIMALS));
            line_of(ui, sheet, &ratio, &value(share, DECIMALS), "=", share);
        }
        Rule::Lrn => normalised(ui, sheet, open, e),
    }
    if e.activation != Activation::Identity {
        activation(ui, sheet, e, e.argument(&open.network));
    }
}

/// From the sum of squares to the value that it divides.
fn normalised(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, e: &Explanation) {
    let Some(normal) = Normalisation::of(&open.network, e) else { return };
    let number = |number: f64| value(number, DECIMALS);
    line_of(ui, sheet, &sheet.say("sum-squares"), &number(e.sum), "=", e.sum);
    let divisor = format!("d = {} + {} · Σ", normal.k, normal.alpha);
    line_of(ui, sheet, &divisor, &number(normal.divisor), "=", normal.divisor);
    let quotient = normal.quotient();
    let words = format!("{} / d^{}", signed(normal.own, DECIMALS), normal.beta);
    line_of(ui, sheet, &words, &signed(quotient, DECIMALS), "=", quotient);
}

/// What has been added up by now.
fn running(ui: &mut Ui, sheet: &mut Sheet<'_>, e: &Explanation, progress: &Progress) {
    let bias = e.bias.filter(|_| progress.now == Now::Bias);
    let key = if e.rule == Rule::Max { "largest-so-far" } else { "sum-so-far" };
    let count = Message::new(key).with("done", progress.terms).with("terms", e.terms.len());
    let so_far = e.so_far(progress.terms) + bias.unwrap_or(0.0);
    line(ui, sheet, &sheet.tell(&count), so_far, "=");
    if let Some(bias) = bias {
        line(ui, sheet, &sheet.say("sum-bias"), bias, "");
    }
}

fn weighted_sum(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, e: &Explanation) {
    let layer = &open.network.nodes()[e.node].layer;
    let parts: Vec<f64> = e.parts.iter().map(|part| part.sum).collect();
    let products: f64 = parts.iter().sum();
    if weights_are_coefficients(layer) && !e.terms.is_empty() {
        // One coefficient for the whole window: coefficient × (a + b + c + d) says it shorter.
        let values: Vec<f64> = e.terms.iter().map(|term| term.value).collect();
        let coefficient = e.terms[0].weight.unwrap_or(0.0);
        let sum = values.iter().sum();
        line(ui, sheet, &sheet.say("sum-of-four"), sum, equals_short(&values, sum));
        line(ui, sheet, &sheet.say("sum-coefficient"), coefficient, "×");
    }
    let maps = Message::new("sum-of-maps").with_count("maps", e.parts.len());
    // The parts stand above, one by one, unless they were gathered into one picture.
    let sign = if weights_are_coefficients(layer) && !e.terms.is_empty() {
        let values: f64 = e.terms.iter().map(|term| term.value).sum();
        product_equals(values, e.terms[0].weight.unwrap_or(0.0), products, DECIMALS)
    } else if parts.len() > 1 && e.parts[0].extent != [1, 1] {
        equals(&parts, products, DECIMALS)
    } else {
        "="
    };
    line(ui, sheet, &sheet.tell(&maps), products, sign);
    if let Some(bias) = e.bias {
        take_bias(ui, sheet, open, e, bias);
    }
    let addends: Vec<f64> = std::iter::once(products).chain(e.bias).collect();
    line(ui, sheet, "x", e.sum, equals(&addends, e.sum, DECIMALS));
}

/// The bias can be taken in hand and turned, as a weight can.
fn take_bias(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, e: &Explanation, bias: f64) {
    let node = &open.network.nodes()[e.node];
    let coefficient =
        weights_are_coefficients(&node.layer).then(|| place::weight(&open.network, e, 0));
    let knobs =
        [("turn-bias", place::bias(&open.network, e)), ("turn-coefficient", coefficient.flatten())];
    let covered = cover_place(("sum", sheet.studio.pin(), "bias"));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        text(ui, sheet.say("sum-bias"), Type::Number, sheet.palette.text);
        for (key, place) in knobs {
            let Some(place) = place else { continue };
            let tensor = format!("{}.{}", node.name, place.part);
            let knob = Knob { tensor, index: place.index };
            let label = egui::RichText::new(sheet.say(key)).font(Type::Caption.font());
            if ui.link(label.color(sheet.palette.accent)).clicked() {
                sheet.act(Action::Knob(Some(knob)));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let colour = number_colour(sheet.palette, bias);
            let (digits, hidden) = (signed(bias, DECIMALS), sheet.is_covered(covered));
            if number(ui, sheet.palette, &digits, Type::StrongNumber, colour, hidden) {
                sheet.act(Action::Reveal(covered));
            }
        });
    });
}

/// `=` or `≈` for values that are shown with two decimals and a sum with four.
fn equals_short(addends: &[f64], sum: f64) -> &'static str {
    let shown: f64 = addends.iter().map(|addend| (addend * 100.0).round()).sum();
    if (shown * 100.0 - (sum * 10_000.0).round()).abs() < 0.5 { "=" } else { "≈" }
}

fn line(ui: &mut Ui, sheet: &mut Sheet<'_>, label: &str, number: f64, sign: &str) {
    line_of(ui, sheet, label, &signed(number, DECIMALS), sign, number);
}

/// A label on the left, a number on the right.
fn line_of(ui: &mut Ui, sheet: &mut Sheet<'_>, label: &str, digits: &str, sign: &str, of: f64) {
    let pin = sheet.studio.pin();
    let place = cover_place(("sum", pin, label));
    let covered = sheet.is_covered(place);
    let palette = sheet.palette;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        text(ui, label, Type::Number, palette.text);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let colour = number_colour(palette, of);
            if number(ui, palette, digits, Type::StrongNumber, colour, covered) {
                sheet.act(Action::Reveal(place));
            }
            text(ui, sign, Type::Number, palette.muted);
        });
    });
}

fn activation(ui: &mut Ui, sheet: &mut Sheet<'_>, e: &Explanation, x: f64) {
    let palette = sheet.palette;
    ui.add_space(size::SECTION - size::GAP);
    sheet.section(ui, &Message::new("section-activation"));
    let formula = e.activation.formula();
    text(ui, format!("y = {formula}"), Type::SmallNumber, palette.muted);
    let place = cover_place(("output", e.node, e.unit));
    if sheet.is_covered(place) {
        // The numbers in the formula and on the curve would give the covered one away.
        ui.horizontal(|ui| {
            text(ui, "y =", Type::Number, palette.text);
            if number(ui, palette, "", Type::StrongNumber, palette.accent, true) {
                sheet.act(Action::Reveal(place));
            }
        });
        return;
    }
    let numbers = formula.replacen('x', &format!("({})", signed(x, DECIMALS)), formula.len());
    let numbers = if e.activation == Activation::Relu {
        format!("max(0, {})", signed(x, DECIMALS))
    } else {
        numbers
    };
    text(ui, format!("  = {numbers}"), Type::SmallNumber, palette.muted);
    ui.horizontal(|ui| {
        text(ui, "y =", Type::Number, palette.text);
        text(ui, signed(e.output, DECIMALS), Type::StrongNumber, palette.accent);
    });
    if sheet.studio.seen.as_ref().is_some_and(|seen| seen.muted.contains(&(e.node, e.unit[0]))) {
        let words = sheet.say("muted-note");
        text(ui, words, Type::Caption, palette.error);
    }
    let name = sheet.say("curve-name");
    curve(ui, palette, &name, e.activation, x, e.output);
}
