//! What the optimizer makes of the gradient, with its numbers.

use egui::{Ui, vec2};

use super::super::numerals::Shown;
use crate::array::Array;
use crate::locale::{Message, superscript};
use crate::ui::sheet::Sheet;
use crate::ui::studio::TrainRun;
use crate::ui::theme::Type;
use crate::ui::widgets::{cell, text};
use crate::worker::training::{AdamSettings, Apart, Method, SgdSettings};

/// Points for the names of the lines.
const NAMES: f32 = 74.0;

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
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            ui.allocate_ui(vec2(NAMES, 18.0), |ui| {
                ui.set_min_width(NAMES);
                cell(ui, name, Type::Caption, palette.muted);
            });
            cell(ui, line.sum, Type::Number, palette.text);
            let result = format!("{} {}", line.sign, line.result.text);
            cell(ui, result, Type::StrongNumber, palette.text);
        });
    }
}

/// One line of arithmetic.
struct Line {
    key: &'static str,
    sum: String,
    sign: &'static str,
    result: Shown,
}

impl Line {
    /// `sum` is what is written, `by_hand` what a reader makes of the numbers written there: where that is not
    /// the result as it is written, the sign says so.
    fn new(key: &'static str, sum: String, by_hand: f64, result: Written) -> Self {
        let (shown, again) = match result {
            Written::Signed(number) => (Shown::signed(number), Shown::signed(by_hand)),
            Written::Square(number) => (Shown::plain(number), Shown::plain(by_hand)),
        };
        let sign = if shown.text == again.text { "=" } else { "≈" };
        Self { key, sum, sign, result: shown }
    }
}

/// What comes out of a line, and how it is written.
enum Written {
    Signed(f64),
    Square(f64),
}

fn lines_of(
    method: Method,
    rate: f64,
    step: u64,
    weight: f64,
    gradient: f64,
    moment: &dyn Fn(&str) -> f64,
) -> Vec<Line> {
    match method {
        Method::Sgd(settings) => sgd(settings, rate, weight, gradient, moment("velocity")),
        Method::Adam(settings) => {
            let moments = (moment("first_moment"), moment("second_moment"));
            adam(settings, rate, step + 1, weight, gradient, moments)
        }
    }
}

/// v ← μv + g + λw, w ← w − ηv.
fn sgd(settings: SgdSettings, rate: f64, weight: f64, gradient: f64, before: f64) -> Vec<Line> {
    let SgdSettings { momentum, weight_decay } = settings;
    let velocity = momentum * before + gradient + weight_decay * weight;
    let [mu, lambda] = [momentum, weight_decay].map(Shown::plain);
    let [w, g, v] = [weight, gradient, before].map(Shown::signed);
    let mut sum = format!("{}·({}) + ({})", mu.text, v.text, g.text);
    let mut by_hand = mu.value * v.value + g.value;
    if weight_decay > 0.0 {
        let decay = format!(" + {}·({})", lambda.text, w.text);
        sum.push_str(&decay);
        by_hand += lambda.value * w.value;
    }
    let result = Written::Signed(velocity);
    let velocity_line = Line::new("train-apart-velocity", sum, by_hand, result);
    let moved = moved(&w, weight, rate, &velocity_line.result, velocity);
    vec![velocity_line, moved]
}

/// Adam with decoupled decay; `step` is this one, counted from 1.
fn adam(
    settings: AdamSettings,
    rate: f64,
    step: u64,
    weight: f64,
    gradient: f64,
    (first, second): (f64, f64),
) -> Vec<Line> {
    let AdamSettings { beta1, beta2, epsilon, weight_decay } = settings;
    let (rest1, rest2) = (1.0 - beta1, 1.0 - beta2);
    let mean = beta1 * first + rest1 * gradient;
    let square = beta2 * second + rest2 * gradient * gradient;
    // The moments begin at 0, and are too small by this in the beginning.
    let of_all = |beta: f64| 1.0 - beta.powf(step as f64);
    let (mean_hat, square_hat) = (mean / of_all(beta1), square / of_all(beta2));
    let direction = mean_hat / (square_hat.sqrt() + epsilon);

    let [b1, b2, r1, r2, e] = [beta1, beta2, rest1, rest2, epsilon].map(Shown::plain);
    let [w, g, m] = [weight, gradient, first].map(Shown::signed);
    let v = Shown::plain(second);
    let power = superscript(u32::try_from(step).unwrap_or(u32::MAX));

    let sum = format!("{}·({}) + {}·({})", b1.text, m.text, r1.text, g.text);
    let by_hand = b1.value * m.value + r1.value * g.value;
    let mean_line = Line::new("train-apart-first", sum, by_hand, Written::Signed(mean));
    let sum = format!("{}·{} + {}·({})²", b2.text, v.text, r2.text, g.text);
    let by_hand = b2.value * v.value + r2.value * g.value.powi(2);
    let square_line = Line::new("train-apart-second", sum, by_hand, Written::Square(square));
    let m = &mean_line.result;
    let sum = format!("({}) / (1 − {}{power})", m.text, b1.text);
    let by_hand = m.value / of_all(b1.value);
    let mean_hat_line = Line::new("train-apart-first-hat", sum, by_hand, Written::Signed(mean_hat));
    let v = &square_line.result;
    let sum = format!("{} / (1 − {}{power})", v.text, b2.text);
    let by_hand = v.value / of_all(b2.value);
    let square_hat_line =
        Line::new("train-apart-second-hat", sum, by_hand, Written::Square(square_hat));
    let (m, v) = (&mean_hat_line.result, &square_hat_line.result);
    let sum = format!("({}) / (√({}) + {})", m.text, v.text, e.text);
    let by_hand = m.value / (v.value.sqrt() + e.value);
    let direction_line =
        Line::new("train-apart-direction", sum, by_hand, Written::Signed(direction));

    let mut lines = vec![mean_line, square_line, mean_hat_line, square_hat_line];
    let (mut kept, mut kept_shown) = (weight, w);
    if weight_decay > 0.0 {
        kept = (1.0 - rate * weight_decay) * weight;
        let [eta, lambda] = [rate, weight_decay].map(Shown::plain);
        let sum = format!("({})·(1 − {}·{})", kept_shown.text, eta.text, lambda.text);
        let by_hand = kept_shown.value * (1.0 - eta.value * lambda.value);
        let line = Line::new("train-apart-kept", sum, by_hand, Written::Signed(kept));
        kept_shown = line.result.clone();
        lines.push(line);
    }
    let moved = moved(&kept_shown, kept, rate, &direction_line.result, direction);
    lines.extend([direction_line, moved]);
    lines
}

/// w ← w − η·(where to).
fn moved(shown: &Shown, weight: f64, rate: f64, to_shown: &Shown, to: f64) -> Line {
    let eta = Shown::plain(rate);
    let sum = format!("({}) − {}·({})", shown.text, eta.text, to_shown.text);
    let by_hand = shown.value - eta.value * to_shown.value;
    Line::new("train-apart-weight", sum, by_hand, Written::Signed(weight - rate * to))
}
