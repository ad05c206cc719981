//! Numbers of a training: rates and gradients span many powers of ten.

use crate::locale::{Message, rounded, signed, superscript, value};

/// Smaller numbers are written with a power of ten: as decimals they would be mostly zeros.
const LEAST_PLAIN: f64 = 1e-5;

/// A number without zeros at its end: `0.01`, `3·10⁻⁷`.
pub fn plain(number: f64) -> String {
    if number != 0.0 && number.abs() < LEAST_PLAIN {
        return scientific_to(number, 2);
    }
    trimmed(&value(number, 6))
}

/// A part of 1 in per cent.
pub fn percent(part: f64) -> String {
    format!("{} %", value(100.0 * part, 1))
}

/// `2.4·10⁻³`.
pub fn scientific(number: f64) -> String {
    if number == 0.0 || !number.is_finite() {
        return value(number, 0);
    }
    let (digits, power) = parts(number, 1);
    written(value(digits, 1), power)
}

/// The same with up to so many decimals, without zeros at their end: `2.417·10⁻³`, `10⁻⁸`.
pub fn scientific_to(number: f64, decimals: usize) -> String {
    if number == 0.0 || !number.is_finite() {
        return value(number, 0);
    }
    let (digits, power) = parts(number, decimals);
    written(trimmed(&value(digits, decimals)), power)
}

/// A number as it is written, and what a reader takes it for.
#[derive(Clone, Debug)]
pub struct Shown {
    pub text: String,
    pub value: f64,
}

/// Decimals of gradients and weights.
pub const DECIMALS: usize = 5;
/// Below this, so many decimals would keep fewer than three digits.
const LEAST_SIGNED: f64 = 1e-3;
/// Decimals of rates and squares, and of what stands before a power of ten.
const OF_RATES: usize = 6;
const OF_POWERS: usize = 3;

impl Shown {
    /// A gradient, a weight: with its sign.
    pub fn signed(number: f64) -> Self {
        if number == 0.0 || number.abs() >= LEAST_SIGNED || !number.is_finite() {
            return Self { text: signed(number, DECIMALS), value: rounded(number, DECIMALS) };
        }
        let Self { text, value } = Self::power(number);
        Self { text: if number > 0.0 { format!("+{text}") } else { text }, value }
    }

    /// A rate, a square: what is never below 0.
    pub fn plain(number: f64) -> Self {
        if number == 0.0 || number.abs() >= LEAST_SIGNED || !number.is_finite() {
            let text = trimmed(&value(number, OF_RATES));
            return Self { text, value: rounded(number, OF_RATES) };
        }
        Self::power(number)
    }

    fn power(number: f64) -> Self {
        let (digits, power) = parts(number, OF_POWERS);
        let text = scientific_to(number, OF_POWERS);
        Self { text, value: digits * 10f64.powi(power) }
    }
}

/// Digits with one place before the point, and the power of ten. What rounding makes a ten is the next power.
fn parts(number: f64, decimals: usize) -> (f64, i32) {
    let power = number.abs().log10().floor() as i32;
    let unit = 10f64.powi(decimals as i32);
    let digits = (number / 10f64.powi(power) * unit).round() / unit;
    if digits.abs() >= 10.0 { (digits / 10.0, power + 1) } else { (digits, power) }
}

fn written(digits: String, power: i32) -> String {
    let raised = superscript(power.unsigned_abs());
    let ten = if power < 0 { format!("10⁻{raised}") } else { format!("10{raised}") };
    match (power, digits.as_str()) {
        (0, _) => digits,
        (_, "1") => ten,
        (_, "−1") => format!("−{ten}"),
        _ => format!("{digits}·{ten}"),
    }
}

fn trimmed(text: &str) -> String {
    if !text.contains('.') {
        return text.to_owned();
    }
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A time in few signs: small trainings last less than a tenth of a second.
pub fn duration(seconds: f64) -> Message {
    if seconds < 1.0 {
        Message::new("train-milliseconds").with("count", value(1000.0 * seconds, 0))
    } else {
        Message::new("train-seconds").with("count", value(seconds, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_are_not_written_as_nothing() {
        assert_eq!(plain(0.01), "0.01");
        assert_eq!(plain(0.00003), "0.00003");
        assert_eq!(plain(3e-7), "3·10⁻⁷");
        assert_eq!(plain(1e-8), "10⁻⁸");
        assert_eq!(plain(0.0), "0");
    }

    #[test]
    fn powers_of_ten_have_one_digit_before_the_point() {
        assert_eq!(scientific(0.0024), "2.4·10⁻³");
        assert_eq!(scientific(9.97e-4), "1.0·10⁻³");
        assert_eq!(scientific_to(-9.999e-4, 2), "−10⁻³");
        assert_eq!(scientific_to(-2.4166e-3, 3), "−2.417·10⁻³");
        assert_eq!(scientific(3.2), "3.2");
        assert_eq!(scientific(320.0), "3.2·10²");
    }
}
