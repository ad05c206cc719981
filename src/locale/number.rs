//! Numbers as they are written: a real minus, thousands separated, four decimals at most.

/// An exact count with thousands separated: `60,000`.
#[must_use]
pub fn count(value: u128) -> String {
    let digits = value.to_string();
    let mut text = String::with_capacity(digits.len() * 4 / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A value with `decimals` places and a real minus sign; never "−0.00".
#[must_use]
pub fn value(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return if value.is_nan() {
            "NaN".into()
        } else if value > 0.0 {
            "∞".into()
        } else {
            "−∞".into()
        };
    }
    let text = format!("{:.decimals$}", value.abs());
    let is_zero = text.bytes().all(|b| b == b'0' || b == b'.');
    if value < 0.0 && !is_zero { format!("−{text}") } else { text }
}

/// The same with a plus before positive values.
#[must_use]
pub fn signed(number: f64, decimals: usize) -> String {
    let text = value(number, decimals);
    if number < 0.0 || text.starts_with('−') { text } else { format!("+{text}") }
}

/// `=` where the addends as they are shown (with `decimals` places) give the sum as it is shown, `≈`
/// where rounding breaks it.
#[must_use]
pub fn equals(addends: &[f64], sum: f64, decimals: usize) -> &'static str {
    let unit = 10f64.powi(decimals as i32);
    let shown: f64 = addends.iter().map(|addend| (addend * unit).round()).sum();
    if (shown - (sum * unit).round()).abs() < 0.5 { "=" } else { "≈" }
}

/// The same for a product of two shown numbers.
#[must_use]
pub fn product_equals(a: f64, b: f64, product: f64, decimals: usize) -> &'static str {
    let (a, b) = (rounded(a, decimals), rounded(b, decimals));
    let unit = 10f64.powi(decimals as i32);
    if ((a * b - rounded(product, decimals)) * unit).abs() < 0.5 { "=" } else { "≈" }
}

/// The number that is read where `number` is shown with `decimals` places.
#[must_use]
pub fn rounded(number: f64, decimals: usize) -> f64 {
    let unit = 10f64.powi(decimals as i32);
    (number * unit).round() / unit
}
