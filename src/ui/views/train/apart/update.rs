//! What the optimizer makes of the gradient, with its numbers.

use egui::{Ui, vec2};

use super::super::controls::plain;
use super::super::gradients::scientific;
use super::DECIMALS;
use crate::array::Array;
use crate::locale::{Message, equals, signed, value};
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::Type;
use crate::ui::widgets::{cell, text};
use crate::worker::training::{AdamSettings, Apart, Method, SgdSettings};

/// The number of a list by parameter that belongs to the weight.
fn number_of(list: &crate::array::Weights, (tensor, index): &(String, usize)) -> f64 {
    list.tensors
        .get(tensor)
        .and_then(|array: &Array| array.values().get(*index))
        .map_or(f64::NAN, |&v| f64::from(v))
}

/// The optimizer's arithmetic, with its numbers.
pub fn show(ui: &mut Ui, sheet: &Sheet<'_>, run: &TrainRun, apart: &Apart) {
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
                        scientific(second),
                        plain(1.0 - beta2),
                        number(gradient)
                    ),
                    result: format!("= {}", scientific(v)),
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
