//! What a person reads off a map at a glance: its range and its histogram.

/// The smallest and largest finite value of a set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    pub min: f32,
    pub max: f32,
}

impl Range {
    /// The range of the finite values; `None` when there are none.
    #[must_use]
    pub fn of(values: &[f32]) -> Option<Self> {
        values
            .iter()
            .filter(|v| v.is_finite())
            .map(|&v| Self { min: v, max: v })
            .reduce(Self::union)
    }

    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self { min: self.min.min(other.min), max: self.max.max(other.max) }
    }

    /// The smallest range around zero that holds this one: what a diverging scale needs.
    #[must_use]
    pub fn symmetric(self) -> Self {
        let reach = self.min.abs().max(self.max.abs());
        Self { min: -reach, max: reach }
    }

    /// Where `value` lies, 0 at `min` and 1 at `max`, clamped; the middle of a range without width.
    #[must_use]
    pub fn position(self, value: f32) -> f32 {
        let width = self.max - self.min;
        if width > 0.0 { ((value - self.min) / width).clamp(0.0, 1.0) } else { 0.5 }
    }
}

/// How many values fall into each of equally wide bins over a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    pub range: Range,
    pub counts: Vec<u32>,
}

impl Histogram {
    /// The histogram of the finite values; `None` when there are none or no bins.
    #[must_use]
    pub fn of(values: &[f32], bins: usize) -> Option<Self> {
        let range = Range::of(values)?;
        let last = bins.checked_sub(1)?;
        let mut counts = vec![0; bins];
        for &value in values.iter().filter(|v| v.is_finite()) {
            let bin = (range.position(value) * bins as f32) as usize;
            counts[bin.min(last)] += 1;
        }
        Some(Self { range, counts })
    }
}
