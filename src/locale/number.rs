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

/// An exact count as a power or a multiple of a power of ten, where that is easier to read: `10¹²`,
/// `4.82 × 10⁶`; `None` below ten thousand. Rounded ones begin with `≈ `.
#[must_use]
pub fn powers(value: u128) -> Option<String> {
    let exponent = value.checked_ilog10().filter(|&exponent| exponent >= 4)?;
    let unit = 10_u128.pow(exponent);
    let power = format!("10{}", superscript(exponent));
    if value == unit {
        return Some(power);
    }
    let (digits, exact) = three_digits(value, unit);
    let sign = if exact { "" } else { "≈ " };
    Some(format!("{sign}{digits} × {power}"))
}

/// The same as Chinese counts: `1 万亿`, `≈ 482 万`; `None` below ten thousand.
#[must_use]
pub fn myriads(value: u128) -> Option<String> {
    let names = [(12, "万亿"), (8, "亿"), (4, "万")];
    let (exponent, name) =
        names.into_iter().find(|(exponent, _)| value >= 10_u128.pow(*exponent))?;
    let unit = 10_u128.pow(exponent);
    let whole = value / unit;
    // A number of a hundred and more needs no decimals.
    let (digits, exact) = if whole >= 1_000 {
        (count(whole), value.is_multiple_of(unit))
    } else {
        three_digits(value, unit)
    };
    let sign = if exact { "" } else { "≈ " };
    Some(format!("{sign}{digits} {name}"))
}

/// `value / unit` with at most three significant digits, and whether that is exact.
fn three_digits(value: u128, unit: u128) -> (String, bool) {
    let whole = value / unit;
    let decimals = match whole {
        0..10 => 2,
        10..100 => 1,
        _ => 0,
    };
    let scale = 10_u128.pow(decimals);
    // Below 10³⁰ and times at most 100: far from the end of 128 bits.
    let scaled = (value * scale + unit / 2) / unit;
    let (whole, part) = (scaled / scale, scaled % scale);
    let fraction = format!("{part:0width$}", width = decimals as usize);
    let fraction = fraction.trim_end_matches('0');
    let exact = scaled * unit == value * scale;
    let point = if decimals == 0 || fraction.is_empty() { "" } else { "." };
    let fraction = if decimals == 0 { "" } else { fraction };
    (format!("{whole}{point}{fraction}"), exact)
}

/// Raised digits.
#[must_use]
pub fn superscript(number: u32) -> String {
    let raised = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digits = number.to_string();
    digits.bytes().filter_map(|digit| raised.get(usize::from(digit - b'0'))).collect()
}

/// Bytes in decimal units: `400 B`, `4 TB`, `18.8 MB`.
#[must_use]
pub fn bytes_of(value: u128) -> String {
    let units = ["B", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "YB", "RB", "QB"];
    let step = (value.checked_ilog10().unwrap_or(0) / 3).min(units.len() as u32 - 1);
    let unit = 10_u128.pow(3 * step);
    let (digits, _) = three_digits(value, unit);
    format!("{digits} {}", units[step as usize])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_counts_are_read_as_powers_and_as_myriads() {
        assert_eq!(powers(1_000_000_000_000).as_deref(), Some("10¹²"));
        assert_eq!(powers(4_821_600).as_deref(), Some("≈ 4.82 × 10⁶"));
        assert_eq!(powers(40_000).as_deref(), Some("4 × 10⁴"));
        assert_eq!(powers(9_999), None);
        assert_eq!(myriads(1_000_000_000_000).as_deref(), Some("1 万亿"));
        assert_eq!(myriads(100_000_000).as_deref(), Some("1 亿"));
        assert_eq!(myriads(10_000).as_deref(), Some("1 万"));
        assert_eq!(myriads(4_821_600).as_deref(), Some("≈ 482 万"));
        assert_eq!(myriads(122_304).as_deref(), Some("≈ 12.2 万"));
        assert_eq!(myriads(10_u128.pow(27)).as_deref(), Some("1,000,000,000,000,000 万亿"));
        assert_eq!(myriads(9_999), None);
    }

    #[test]
    fn bytes_have_decimal_units() {
        assert_eq!(bytes_of(400), "400 B");
        assert_eq!(bytes_of(4_000_000_000_000), "4 TB");
        assert_eq!(bytes_of(18_816_000), "18.8 MB");
        assert_eq!(bytes_of(0), "0 B");
    }
}
