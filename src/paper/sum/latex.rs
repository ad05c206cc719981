//! The sum as LaTeX: the body of an `align*`, needing amsmath alone.

use crate::explain::{Explanation, Normalisation, Rule};
use crate::locale::{rounded, value};
use crate::network::{Activation, Network};
use crate::paper::groups::{self, Group, Place};
use crate::paper::{DECIMALS, names};

/// Up to so many terms are written out one by one.
const SHORT: usize = 9;
/// More groups than this are written as one number.
const MANY_GROUPS: usize = 24;
/// So many addends stand on one line.
const PER_LINE: usize = 4;

/// The body of an `align*`: the rule in symbols, the numbers with four decimals, the result. Where what
/// is shown does not give the shown result, the sign is `\approx`.
#[must_use]
pub fn latex(network: &Network, e: &Explanation) -> String {
    let y = symbol("y", network, e);
    let body = match e.rule {
        Rule::WeightedSum => weighted_sum(network, e, &y),
        Rule::Max => max(network, e, &y),
        Rule::SquaredDistance => distance(network, e, &y),
        Rule::Softmax => return softmax(e, &y),
        Rule::Lrn => return normalised(network, e, &y),
    };
    body + &ending(e, &y)
}

/// `y_{7,4,6}`, or `y_{11}` in a vector.
fn symbol(letter: &str, network: &Network, e: &Explanation) -> String {
    let [c, row, column] = e.unit;
    match network.nodes()[e.node].output {
        [_, 1, 1] => format!("{letter}_{{{c}}}"),
        _ => format!("{letter}_{{{c},{row},{column}}}"),
    }
}

/// What stands around the sum: φ(…), or nothing for the identity.
fn applied(e: &Explanation, inner: &str) -> String {
    if e.activation == Activation::Identity {
        inner.to_owned()
    } else {
        format!("\\varphi\\Bigl({inner}\\Bigr)")
    }
}

fn weighted_sum(network: &Network, e: &Explanation, y: &str) -> String {
    let bias = if e.bias.is_some() { " + b" } else { "" };
    let rule = applied(e, &format!("\\sum_{{m,i,j}} w_{{m,i,j}}\\, a_{{m,i,j}}{bias}"));
    let products: Vec<Addend> = e
        .terms
        .iter()
        .filter(|term| term.inside)
        .map(|term| Addend {
            text: format!("{} \\cdot {}", factor(term.value), factor(term.weight.unwrap_or(0.0))),
            number: rounded(term.value, DECIMALS) * rounded(term.weight.unwrap_or(0.0), DECIMALS),
        })
        .collect();
    let addends = if products.len() <= SHORT { products } else { by_group(network, e, "products") };
    format!("{y} &= {rule} \\\\\n") + &sum(e, addends)
}

fn distance(network: &Network, e: &Explanation, y: &str) -> String {
    let rule = applied(e, "\\sum_{i} (a_{i} - t_{i})^2");
    let squares: Vec<Addend> = e
        .terms
        .iter()
        .map(|term| {
            let (a, t) = (term.value, term.weight.unwrap_or(0.0));
            let difference = rounded(a, DECIMALS) - rounded(t, DECIMALS);
            Addend {
                text: format!("({} - {})^2", number(a), factor(t)),
                number: difference * difference,
            }
        })
        .collect();
    let addends = if squares.len() <= SHORT { squares } else { by_group(network, e, "squares") };
    format!("{y} &= {rule} \\\\\n") + &sum(e, addends)
}

fn max(network: &Network, e: &Explanation, y: &str) -> String {
    let read: Vec<&crate::explain::Term> = e.terms.iter().filter(|term| term.inside).collect();
    let values = if read.len() <= 2 * SHORT {
        let values: Vec<String> = read.iter().map(|term| number(term.value)).collect();
        values.join(",\\, ")
    } else {
        let winner = e.terms.iter().find(|term| term.weight == Some(1.0));
        let name = winner.map(|term| names::term(network, term)).unwrap_or_default();
        format!("\\underbrace{{\\ldots,\\, {}}}_{{{}}}", number(e.sum), roman(&name))
    };
    let rule = applied(e, "\\max_{i,j} a_{i,j}");
    format!("{y} &= {rule} \\\\\nx &= \\max\\{{{values}\\}} = {}", number(e.sum))
}

fn softmax(e: &Explanation, y: &str) -> String {
    let class = e.unit[0];
    let own = e.terms[class].product;
    let exponentials: Vec<f64> = e.terms.iter().map(|term| term.product).collect();
    let rule = format!(
        "{y} &= \\frac{{e^{{z_{{{class}}} - m}}}}{{\\sum_k e^{{z_k - m}}}}, \\quad m = \\max_k z_k = {}",
        number(names::largest(e))
    );
    let sum = if exponentials.len() <= 2 * SHORT {
        let addend = |&exponential: &f64| Addend {
            text: number(exponential),
            number: rounded(exponential, DECIMALS),
        };
        lines(exponentials.iter().map(addend).collect(), e.sum)
    } else {
        let words = roman(&format!("{} exponentials", exponentials.len()));
        format!("\\underbrace{{{}}}_{{{words}}}", number(e.sum))
    };
    let text = format!("{rule} \\\\\n\\sum_k e^{{z_k - m}} &= {sum}");
    let share = own / e.sum;
    let ratio = rounded(own, DECIMALS) / rounded(e.sum, DECIMALS);
    let sign = same(ratio, share);
    let fraction = format!("\\frac{{{}}}{{{}}}", number(own), number(e.sum));
    if e.activation == Activation::Identity {
        return text + &format!(" \\\\\n{y} &= {fraction} {sign} {}", number(e.output));
    }
    let applied = activation(e.activation, &fraction);
    let sign = same(e.activation.apply(ratio), e.output);
    text + &format!(" \\\\\n{y} &= {applied} {sign} {}", number(e.output))
}

fn normalised(network: &Network, e: &Explanation, y: &str) -> String {
    let Some(normal) = Normalisation::of(network, e) else { return String::new() };
    let Normalisation { own, k, alpha, beta, divisor } = normal;
    let squares = e.terms.iter().map(|term| Addend {
        text: format!("{}^2", factor(term.value)),
        number: rounded(term.value, DECIMALS).powi(2),
    });
    let sum = lines(squares.collect(), e.sum);
    let own_number = number(own);
    let x = normal.quotient();
    let found = rounded(own, DECIMALS) * rounded(divisor, DECIMALS).powf(-beta);
    let rule = applied(e, "a_c \\left(k + \\alpha \\sum_m a_m^2\\right)^{-\\beta}");
    let divisor_found = k + alpha * rounded(e.sum, DECIMALS);
    let text = format!(
        "{y} &= {rule} \\\\\n\\sum_m a_m^2 &= {sum} \\\\\nd &= {k} + {alpha} \\cdot {} {} {} \\\\\nx &= {own_number} \\cdot {}^{{-{beta}}} {} {}",
        number(e.sum),
        same(divisor_found, divisor),
        number(divisor),
        number(divisor),
        same(found, x),
        number(x)
    );
    if e.activation == Activation::Identity {
        return text + &format!(" \\\\\n{y} &= x = {}", number(e.output));
    }
    let applied = activation(e.activation, &number(x));
    let sign = same(e.activation.apply(rounded(x, DECIMALS)), e.output);
    text + &format!(" \\\\\n{y} &= {applied} {sign} {}", number(e.output))
}

/// One thing that is added, and the number that a reader of its text gets.
struct Addend {
    text: String,
    number: f64,
}

/// A brace per input map (or row of a bitmap); one for all where they would fill a page.
fn by_group(network: &Network, e: &Explanation, words: &str) -> Vec<Addend> {
    let brace = |sum: f64, under: String| Addend {
        text: format!("\\underbrace{{{}}}_{{{under}}}", number(sum)),
        number: rounded(sum, DECIMALS),
    };
    let groups = groups::of(network, e);
    if groups.len() > MANY_GROUPS {
        let sum = groups.iter().map(|group| group.sum).sum();
        return vec![brace(sum, roman(&format!("{} {words}", e.terms.len())))];
    }
    groups.iter().map(|group| brace(group.sum, group_name(network, group))).collect()
}

fn group_name(network: &Network, group: &Group) -> String {
    match group.place {
        Place::Map { source, channel } => {
            format!("{},\\,{channel}", roman(&network.nodes()[source].name))
        }
        Place::Row(row) => roman(&format!("row {row}")),
    }
}

/// `x = a + b + … = sum`.
fn sum(e: &Explanation, mut addends: Vec<Addend>) -> String {
    addends.extend(e.bias.map(|bias| Addend {
        text: format!("\\underbrace{{{}}}_{{b}}", number(bias)),
        number: rounded(bias, DECIMALS),
    }));
    format!("x &= {}", lines(addends, e.sum))
}

/// The addends, several to a line, and the sum with the sign that is true of what is shown.
fn lines(addends: Vec<Addend>, sum: f64) -> String {
    if addends.is_empty() {
        return number(sum);
    }
    if addends.len() == 1 && addends[0].text == number(sum) {
        return number(sum);
    }
    let sign = same(addends.iter().map(|addend| addend.number).sum(), sum);
    let mut text = String::new();
    for (i, addend) in addends.iter().enumerate() {
        if i > 0 {
            text += if i % PER_LINE == 0 { " \\\\\n  &\\quad + " } else { " + " };
        }
        // A minus after a plus needs brackets, a brace brings its own.
        let bare = addend.text.starts_with('-') && i > 0;
        let brackets = if bare { ["(", ")"] } else { [""; 2] };
        text.extend([brackets[0], &addend.text, brackets[1]]);
    }
    format!("{text} \\\\\n  &{sign} {}", number(sum))
}

/// The activation of x, and y.
fn ending(e: &Explanation, y: &str) -> String {
    if e.activation == Activation::Identity {
        return format!(" \\\\\n{y} &= x = {}", number(e.output));
    }
    let sign = same(e.activation.apply(rounded(e.sum, DECIMALS)), e.output);
    let rule = activation(e.activation, "x");
    let with_number = activation(e.activation, &number(e.sum));
    format!(
        ", \\quad \\varphi(x) = {rule} \\\\\n{y} &= \\varphi(x) = {with_number} {sign} {}",
        number(e.output)
    )
}

fn activation(activation: Activation, x: &str) -> String {
    let factor = if x.starts_with('-') { format!("({x})") } else { x.to_owned() };
    match activation {
        Activation::Identity => x.to_owned(),
        Activation::Relu => format!("\\max(0,\\, {x})"),
        Activation::Sigmoid => format!("\\frac{{1}}{{1 + e^{{-{factor}}}}}"),
        Activation::Tanh => format!("\\tanh\\bigl({x}\\bigr)"),
        Activation::ScaledTanh => {
            format!("1.7159 \\tanh\\bigl(\\tfrac{{2}}{{3}} \\cdot {factor}\\bigr)")
        }
    }
}

/// `=` where a result of the shown numbers rounds to the shown one, else `\approx`.
fn same(found: f64, shown: f64) -> &'static str {
    if number(found) == number(shown) { "=" } else { "\\approx" }
}

/// Four decimals, with LaTeX's own minus and infinity.
fn number(number: f64) -> String {
    value(number, DECIMALS).replace('−', "-").replace('∞', "\\infty").replace("NaN", "\\text{NaN}")
}

/// The same in brackets where it is negative.
fn factor(of: f64) -> String {
    let text = number(of);
    if text.starts_with('-') { format!("({text})") } else { text }
}

/// A name as upright text, whatever it holds.
fn roman(name: &str) -> String {
    let mut text = String::from("\\text{");
    for c in name.chars() {
        match c {
            '\\' => text += "\\textbackslash{}",
            '~' => text += "\\textasciitilde{}",
            '^' => text += "\\textasciicircum{}",
            '{' | '}' | '$' | '&' | '#' | '_' | '%' => text.extend(['\\', c]),
            c if c.is_control() => {}
            c => text.push(c),
        }
    }
    text + "}"
}
