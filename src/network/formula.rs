//! A count **is** the value of its formula, never a number beside a text.

/// Counts above this are refused (they would not be read by anyone).
pub const LARGEST_COUNT: u128 = 1_000_000_000_000_000_000_000_000_000_000;

/// A sum and product of exact integers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// A number, with what it counts where that helps a reader ("maps", "kernel rows").
    Number { value: u128, name: Option<&'static str> },
    /// `a + b + …`
    Sum(Vec<Formula>),
    /// `a × b × …`
    Product(Vec<Formula>),
    /// `a·b·…`: factors that belong together closely, as in `5·5`.
    Dot(Vec<Formula>),
}

/// A count above [`LARGEST_COUNT`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the count exceeds 10^30; make the layer or the image smaller")]
pub struct TooLarge;

impl From<usize> for Formula {
    fn from(value: usize) -> Self {
        Self::Number { value: value as u128, name: None }
    }
}

impl Formula {
    /// A number with what it counts.
    #[must_use]
    pub const fn named(value: usize, name: &'static str) -> Self {
        Self::Number { value: value as u128, name: Some(name) }
    }

    #[must_use]
    pub fn zero() -> Self {
        Self::from(0)
    }

    /// A sum; one addend stands for itself.
    #[must_use]
    pub fn sum(mut addends: Vec<Self>) -> Self {
        match addends.len() {
            0 => Self::zero(),
            1 => addends.remove(0),
            _ => Self::Sum(addends),
        }
    }

    /// The exact value.
    ///
    /// # Errors
    /// If it, or a part of it, exceeds [`LARGEST_COUNT`].
    pub fn value(&self) -> Result<u128, TooLarge> {
        let value = match self {
            Self::Number { value, .. } => Some(*value),
            Self::Sum(parts) => fold(parts, 0, u128::checked_add)?,
            Self::Product(parts) | Self::Dot(parts) => fold(parts, 1, u128::checked_mul)?,
        };
        value.filter(|&v| v <= LARGEST_COUNT).ok_or(TooLarge)
    }

    /// As a person writes it: `6 × (1·5·5 + 1)`.
    #[must_use]
    pub fn text(&self) -> String {
        self.written(&|value| value.to_string())
    }

    /// The same, each number written as `number` does.
    #[must_use]
    pub fn written(&self, number: &dyn Fn(u128) -> String) -> String {
        self.write(&Signs { product: " × ", dot: "·", number }, false)
    }

    /// As LaTeX, without the surrounding dollars.
    #[must_use]
    pub fn latex(&self) -> String {
        let number = |value: u128| value.to_string();
        self.write(&Signs { product: r" \times ", dot: r" \cdot ", number: &number }, false)
    }

    fn write(&self, signs: &Signs<'_>, inside_product: bool) -> String {
        let join = |parts: &[Self], sign: &str, inside: bool| {
            let parts: Vec<_> = parts.iter().map(|part| part.write(signs, inside)).collect();
            parts.join(sign)
        };
        match self {
            Self::Number { value, .. } => (signs.number)(*value),
            Self::Sum(parts) if inside_product => format!("({})", join(parts, " + ", false)),
            Self::Sum(parts) => join(parts, " + ", false),
            Self::Product(parts) => join(parts, signs.product, true),
            Self::Dot(parts) => join(parts, signs.dot, true),
        }
    }
}

struct Signs<'a> {
    product: &'static str,
    dot: &'static str,
    number: &'a dyn Fn(u128) -> String,
}

fn fold(
    parts: &[Formula],
    start: u128,
    step: fn(u128, u128) -> Option<u128>,
) -> Result<Option<u128>, TooLarge> {
    let mut total = Some(start);
    for part in parts {
        let value = part.value()?;
        total = total.and_then(|t| step(t, value));
    }
    Ok(total)
}
