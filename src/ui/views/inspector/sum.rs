//! Partial sums, bias, sum and activation: from the products to the number.

use egui::{Align, Layout, Ui};

use super::parts::weights_are_coefficients;
use crate::explain::{Explanation, Rule};
use crate::locale::{Message, equals, product_equals, signed, value};
use crate::network::Activation;
use crate::ui::sheet::Sheet;
use crate::ui::studio::Open;
use crate::ui::theme::{Type, size};
use crate::ui::widgets::{cell, curve, number_colour, section, text};

/// Decimals of every addend and of the sum.
const DECIMALS: usize = 4;

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>, open: &Open, e: &Explanation) {
    let words = sheet.say("section-sum");
    section(ui, sheet.palette, &words);
    match e.rule {
        Rule::WeightedSum => weighted_sum(ui, sheet, open, e),
        Rule::Max => line(ui, sheet, &sheet.say("sum-largest"), e.sum, "="),
        Rule::SquaredDistance => line_of(ui, sheet, "d²", &value(e.sum, DECIMALS), "=", e.sum),
        Rule::Softmax => {
            let sum = value(e.sum, DECIMALS);
            line_of(ui, sheet, &sheet.say("sum-denominator"), &sum, "=", e.sum);
            let own = e.terms[e.unit[0]].product;
            let ratio = format!("{} / {} =", value(own, DECIMALS), value(e.sum, DECIMALS));
            line_of(ui, sheet, &ratio, &value(e.output, DECIMALS), "", e.output);
        }
    }
    if e.activation != Activation::Identity {
        activation(ui, sheet, e);
    }
}

fn weighted_sum(ui: &mut Ui, sheet: &Sheet<'_>, open: &Open, e: &Explanation) {
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
        line(ui, sheet, &sheet.say("sum-bias"), bias, "");
    }
    let addends: Vec<f64> = std::iter::once(products).chain(e.bias).collect();
    line(ui, sheet, "x", e.sum, equals(&addends, e.sum, DECIMALS));
}

/// `=` or `≈` for values that are shown with two decimals and a sum with four.
fn equals_short(addends: &[f64], sum: f64) -> &'static str {
    let shown: f64 = addends.iter().map(|addend| (addend * 100.0).round()).sum();
    if (shown * 100.0 - (sum * 10_000.0).round()).abs() < 0.5 { "=" } else { "≈" }
}

fn line(ui: &mut Ui, sheet: &Sheet<'_>, label: &str, number: f64, sign: &str) {
    line_of(ui, sheet, label, &signed(number, DECIMALS), sign, number);
}

/// A label on the left, a number on the right.
fn line_of(ui: &mut Ui, sheet: &Sheet<'_>, label: &str, digits: &str, sign: &str, number: f64) {
    let palette = sheet.palette;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        text(ui, label, Type::Number, palette.text);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let colour = number_colour(palette, number);
            cell(ui, digits, Type::StrongNumber, colour);
            cell(ui, sign, Type::Number, palette.muted);
        });
    });
}

fn activation(ui: &mut Ui, sheet: &Sheet<'_>, e: &Explanation) {
    let palette = sheet.palette;
    ui.add_space(size::SECTION - size::GAP);
    let words = sheet.say("section-activation");
    section(ui, palette, &words);
    let formula = e.activation.formula();
    text(ui, format!("y = {formula}"), Type::SmallNumber, palette.muted);
    let numbers = formula.replacen('x', &format!("({})", signed(e.sum, DECIMALS)), formula.len());
    let numbers = if e.activation == Activation::Relu {
        format!("max(0, {})", signed(e.sum, DECIMALS))
    } else {
        numbers
    };
    text(ui, format!("  = {numbers}"), Type::SmallNumber, palette.muted);
    ui.horizontal(|ui| {
        text(ui, "y =", Type::Number, palette.text);
        text(ui, signed(e.output, DECIMALS), Type::StrongNumber, palette.accent);
    });
    let name = sheet.say("curve-name");
    curve(ui, palette, &name, e.activation, e.sum, e.output);
}
