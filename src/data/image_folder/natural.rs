//! Names in the order that a person expects: 9 before 10.

use std::cmp::Ordering;

/// Runs of digits are compared as numbers, all else letter by letter; names that are then equal (01 and 1)
/// as plain text.
pub fn compare(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a, b);
    loop {
        let (first, second) = (number(left), number(right));
        if !first.is_empty() && !second.is_empty() {
            let [x, y] = [first, second].map(|digits| digits.trim_start_matches('0'));
            let order = x.len().cmp(&y.len()).then_with(|| x.cmp(y));
            if order.is_ne() {
                return order;
            }
            (left, right) = (&left[first.len()..], &right[second.len()..]);
            continue;
        }
        let (mut letters, mut others) = (left.chars(), right.chars());
        match (letters.next(), others.next()) {
            (Some(x), Some(y)) if x == y => (left, right) = (letters.as_str(), others.as_str()),
            (None, None) => return a.cmp(b),
            (x, y) => return x.cmp(&y),
        }
    }
}

/// The digits that a text begins with.
fn number(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}
