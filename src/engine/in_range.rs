//! Which numbers a training may come to.

/// Numbers beyond this are as good as infinite: a difference of two of them, or a few times one, would be.
const MOST: f32 = f32::MAX / 8.0;

/// Whether a number is one that can be computed with: neither infinite nor near it, and not NaN.
#[inline(always)]
pub fn is_in_range(value: f32) -> bool {
    value.abs() <= MOST
}

/// Whether all numbers are.
pub fn are_in_range(values: &[f32]) -> bool {
    // Looks at all of them: without a way out of the loop many are looked at at once.
    values.iter().fold(true, |all, &value| all & is_in_range(value))
}
