//! Random numbers that are the same everywhere: from a seed, never from the clock.

/// One step of splitmix64 from state `s` (Steele, Lea, Flood: Fast splittable pseudorandom number
/// generators, 2014).
#[must_use]
pub const fn splitmix64(s: u64) -> u64 {
    let z = s.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The 64-bit FNV-1a hash of a text.
#[must_use]
pub fn fnv1a64(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}

/// A number in −1 ≤ u < 1 from the upper 24 bits of `x`: exact in `f32`.
#[must_use]
pub fn symmetric(x: u64) -> f64 {
    2.0 * (x >> 40) as f64 / (1u64 << 24) as f64 - 1.0
}

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
