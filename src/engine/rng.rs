//! Random numbers that are the same everywhere: from a seed, never from the clock.

pub use crate::array::portable::{fnv1a64, splitmix64, symmetric};

/// The splitmix64 sequence from a seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rng {
    state: u64,
}

impl Rng {
    /// A generator for one purpose: every list of numbers (seed, epoch, image, …) has its own.
    #[must_use]
    pub fn new(purpose: &[u64]) -> Self {
        let state = purpose.iter().fold(0, |state, &number| splitmix64(state ^ number));
        Self { state }
    }

    /// The next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        let x = splitmix64(self.state);
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        x
    }

    /// The next number in −1 ≤ u < 1.
    pub fn symmetric(&mut self) -> f32 {
        symmetric(self.next_u64()) as f32
    }

    /// The next number in 0..`end`; the bias of at most `end`/2⁶⁴ is of no account here.
    ///
    /// # Panics
    /// In debug builds, if `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        debug_assert!(end > 0, "there is no number below 0");
        ((u128::from(self.next_u64()) * end as u128) >> 64) as usize
    }

    /// Shuffles in place (Fisher, Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
