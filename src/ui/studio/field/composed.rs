//! What two kernels do to an image, one after the other and as one.

use super::super::Studio;
use super::{Composition, FieldPage};
use crate::array::Array;
use crate::explain::{composed, correlated};

/// Side of the picture that an impulse lies on.
const IMPULSE: usize = 11;
/// Larger pictures take too long to be looked at while a weight is turned.
const LARGEST: usize = 64 * 64;
/// What single-precision sums of 25 terms may be off by, as a part of the largest sum that there could be.
const ROUNDING: f64 = 16.0 * f32::EPSILON as f64;

/// What the composition does to an image.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub image: Array,
    pub kernel: Vec<f32>,
    /// One kernel after the other.
    pub both: Array,
    /// The one kernel.
    pub one: Array,
    /// The first less the second.
    pub difference: Array,
    /// Whether something behind the first kernel is negative, which a ReLU cuts off.
    pub negative: bool,
    /// The largest difference of two values.
    pub largest: f64,
    /// As much of it as single precision may make.
    pub rounding: f64,
}

/// An outcome, and what it was made of.
#[derive(Clone, Debug)]
pub struct Composed {
    of: Composition,
    /// `None` for the single bright pixel.
    digit: Option<Array>,
    pub outcome: Outcome,
}

impl Studio {
    /// The outcome that is to be shown; the known one where nothing has changed.
    pub(super) fn composed(&mut self) -> Option<Composed> {
        let known = self.field.composed.take();
        let shown = &self.scene.field;
        if shown.page != FieldPage::Compose {
            return None;
        }
        let digit = self.input.as_ref().map(|input| &input.tensor);
        let digit = digit.filter(|tensor| {
            let [c, h, w] = tensor.chw();
            !shown.composition.impulse && c == 1 && h >= 5 && w >= 5 && h * w <= LARGEST
        });
        let known = known.filter(|known| {
            let same = match (digit, &known.digit) {
                (Some(digit), Some(known)) => digit.same_memory(known),
                (digit, known) => digit.is_none() && known.is_none(),
            };
            same && known.of == shown.composition
        });
        Some(known.unwrap_or_else(|| Composed::new(&shown.composition, digit)))
    }
}

impl Composed {
    fn new(of: &Composition, digit: Option<&Array>) -> Self {
        let image = digit.cloned().unwrap_or_else(impulse);
        Self { of: of.clone(), digit: digit.cloned(), outcome: Outcome::of(of, image) }
    }
}

/// A single bright pixel.
fn impulse() -> Array {
    Array::from_fn(&[1, IMPULSE, IMPULSE], |i| f32::from(u8::from(i == IMPULSE * IMPULSE / 2)))
}

impl Outcome {
    fn of(Composition { inner, outer, relu, .. }: &Composition, image: Array) -> Self {
        let mut between = correlated(&image, inner);
        let negative = between.values().iter().any(|&value| value < 0.0);
        if *relu {
            let values = between.values().to_vec();
            between = Array::from_fn(between.shape(), |i| values[i].max(0.0));
        }
        let both = correlated(&between, outer);
        let kernel = composed(inner, outer);
        let one = correlated(&image, &kernel);
        let difference = Array::from_fn(both.shape(), |i| both.values()[i] - one.values()[i]);
        let rounding = ROUNDING * most(image.values()) * sum(inner) * sum(outer);
        let largest = most(difference.values());
        Self { image, kernel, both, one, difference, negative, largest, rounding }
    }

    /// Whether the two ways differ by more than rounding.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.largest > self.rounding
    }
}

fn most(values: &[f32]) -> f64 {
    values.iter().map(|value| f64::from(value.abs())).fold(0.0, f64::max)
}

fn sum(weights: &[f32]) -> f64 {
    weights.iter().map(|weight| f64::from(weight.abs())).sum()
}
