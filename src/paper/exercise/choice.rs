//! The seeded choice of what a student computes: the same on every machine, never from the clock.

use crate::explain::Explanation;

/// The splitmix64 sequence (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
///
/// The engine has the same generator; this room does not reach the engine.
pub struct Choice {
    state: u64,
}

const STEP: u64 = 0x9E37_79B9_7F4A_7C15;

impl Choice {
    /// For one student and one unit: neighbouring units ask for different cells.
    pub fn new(seed: u64, e: &Explanation) -> Self {
        let [c, y, x] = e.unit;
        let numbers = [seed, e.node as u64, c as u64, y as u64, x as u64];
        let state = numbers.into_iter().fold(0, |state, number| mixed(state ^ number));
        Self { state }
    }

    /// A number in 0..`end`; 0 where `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        self.state = self.state.wrapping_add(STEP);
        ((u128::from(mixed(self.state)) * end as u128) >> 64) as usize
    }

    /// Up to `count` of the candidates, ascending: `preferred` ones first, the others where those do not
    /// suffice.
    pub fn some_of(
        &mut self,
        candidates: impl IntoIterator<Item = usize>,
        count: usize,
        preferred: impl Fn(usize) -> bool,
    ) -> Vec<usize> {
        let (mut first, mut second): (Vec<usize>, Vec<usize>) =
            candidates.into_iter().partition(|&candidate| preferred(candidate));
        self.shuffle(&mut first);
        self.shuffle(&mut second);
        first.extend(second);
        first.truncate(count);
        first.sort_unstable();
        first
    }

    /// Shuffles in place (Fisher, Yates).
    fn shuffle(&mut self, items: &mut [usize]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

const fn mixed(state: u64) -> u64 {
    let z = state.wrapping_add(STEP);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
