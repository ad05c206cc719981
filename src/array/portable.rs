//! Random numbers that another program can make too: pure functions of a name and a place (contract, §5).

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
