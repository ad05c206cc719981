//! Numbers for people, beside those of [`crate::locale`].

/// A share as a percentage: `98.40 %`.
pub fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

/// One number for both axes where they agree: `4`, else `4×2`.
pub fn per_axis<T: PartialEq + std::fmt::Display>([y, x]: [T; 2]) -> String {
    if y == x { y.to_string() } else { format!("{y}×{x}") }
}

/// Ascending numbers as ranges: `0–2, 5`.
pub fn ranges(numbers: impl IntoIterator<Item = usize>) -> String {
    let mut runs: Vec<[usize; 2]> = Vec::new();
    for number in numbers {
        match runs.last_mut() {
            Some([_, last]) if *last + 1 == number => *last = number,
            _ => runs.push([number, number]),
        }
    }
    let text = |[first, last]: [usize; 2]| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    };
    runs.into_iter().map(text).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_numbers() {
        assert_eq!(ranges([0, 1, 2, 5, 7, 8]), "0–2, 5, 7, 8");
        assert_eq!(ranges([]), "");
    }
}
