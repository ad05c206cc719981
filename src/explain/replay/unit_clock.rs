//! The events of one unit.

use crate::explain::Explanation;

/// The order in which a unit is worked out by hand: every product, after each map its partial sum (if
/// there are several maps), the bias (if there is one), the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitClock {
    /// For each part its first event and its first term.
    starts: Vec<(u64, usize)>,
    terms: usize,
    bias: bool,
}

/// One event of a unit; terms and parts as [`Explanation`] counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitEvent {
    Product(usize),
    Partial(usize),
    Bias,
    /// The activation, or what else the sum becomes.
    Result,
}

impl UnitClock {
    #[must_use]
    pub fn of(explanation: &Explanation) -> Self {
        let several = explanation.parts.len() > 1;
        let start = |(part, terms): (usize, usize)| {
            let partials = if several { part } else { 0 };
            ((terms + partials) as u64, terms)
        };
        let first_terms = explanation.parts.iter().map(|part| part.terms.start);
        Self {
            starts: first_terms.enumerate().map(start).collect(),
            terms: explanation.terms.len(),
            bias: explanation.bias.is_some(),
        }
    }

    /// How many events there are; the result is always one.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> u64 {
        self.sums() + u64::from(self.bias) + 1
    }

    /// Event `index`; the result if there are fewer.
    #[must_use]
    pub fn event(&self, index: u64) -> UnitEvent {
        if index >= self.sums() {
            let is_bias = self.bias && index == self.sums();
            return if is_bias { UnitEvent::Bias } else { UnitEvent::Result };
        }
        let after = self.starts.partition_point(|&(event, _)| event <= index);
        let part = after.saturating_sub(1);
        let (event, term) = self.starts.get(part).copied().unwrap_or((0, 0));
        let term = term + (index - event) as usize;
        if term < self.end_of(part) { UnitEvent::Product(term) } else { UnitEvent::Partial(part) }
    }

    /// The sum of all products so far, and of the bias once it is its turn, after event `index` of the
    /// explanation `e` that the clock was made of. A partial sum adds nothing. What it ends with is
    /// [`Explanation::sum`], bit for bit.
    #[must_use]
    pub fn running_sum(&self, e: &Explanation, index: u64) -> f64 {
        let terms = match self.event(index) {
            UnitEvent::Product(term) => term + 1,
            UnitEvent::Partial(part) => self.end_of(part),
            UnitEvent::Bias | UnitEvent::Result => return e.sum,
        };
        e.so_far(terms)
    }

    /// One past the last term of a part.
    fn end_of(&self, part: usize) -> usize {
        self.starts.get(part + 1).map_or(self.terms, |&(_, term)| term)
    }

    /// How many events come before the bias.
    fn sums(&self) -> u64 {
        let partials = if self.starts.len() > 1 { self.starts.len() } else { 0 };
        (self.terms + partials) as u64
    }
}
