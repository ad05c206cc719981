//! Random numbers that are the same everywhere: from a seed, never from the clock.

pub use crate::array::portable::{fnv1a64, splitmix64, symmetric};

/// What the random numbers of a training are for. Recorded results hang on these numbers: none is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Which images are kept aside.
    HoldOut = 1,
    /// The order of an epoch's images.
    Order = 2,
    /// How an image is distorted in an epoch.
    Distortion = 3,
    /// The order of the pixels of scrambled images.
    Scrambling = 4,
    /// What a step drops.
    Dropping = 5,
}

/// The splitmix64 sequence from a seed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rng {
    state: u64,
}

impl Rng {
    /// A generator of its own for every list of numbers.
    #[must_use]
    pub fn new(numbers: &[u64]) -> Self {
        let state = numbers.iter().fold(0, |state, &number| splitmix64(state ^ number));
        Self { state }
    }

    /// A generator for one purpose of a training with this seed: that of the list (seed, purpose, `which` …),
    /// where `which` tells the epoch, the image and what else there are several of.
    #[must_use]
    pub fn of(seed: u64, purpose: Purpose, which: &[u64]) -> Self {
        Self::new(&[&[seed, purpose as u64], which].concat())
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
