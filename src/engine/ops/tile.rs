//! Splitting a row into tiles that fit the vector registers.

use std::ops::Range;

use fearless_simd::{Level, Simd, dispatch, prelude::*};

use crate::engine::lanes::LANES;

/// Whether a vector register holds two cells.
pub fn wide(level: Level) -> bool {
    #[inline(always)]
    fn of<S: Simd>(_simd: S) -> bool {
        S::f32s::LEN == 2 * LANES
    }
    dispatch!(level, simd => of(simd))
}

/// Registers that a vector takes.
pub const fn registers<S: Simd, V: SimdBase<S>>() -> usize {
    let registers = V::LEN / S::f32s::LEN;
    if registers == 0 { 1 } else { registers }
}

/// Cuts 0..`length` into as few ranges of at most `most` as possible, all within one of each other
/// (28 columns in tiles of up to 10: 10, 9, 9).
pub fn balanced(length: usize, most: usize) -> impl Iterator<Item = Range<usize>> + Clone {
    let count = length.div_ceil(most);
    (0..count).map(move |i| i * length / count..(i + 1) * length / count)
}

/// Runs an expression with a size, known at run time, as a constant.
macro_rules! with_size {
    ($size:expr, [$($n:literal)*], $constant:ident => $run:expr) => {
        with_size!($size, [$($n)*], $constant => $run, else {
            unreachable!("`balanced` gives no other sizes")
        })
    };
    ($size:expr, [$($n:literal)*], $constant:ident => $run:expr, else $other:block) => {
        match $size {
            $($n => {
                const $constant: usize = $n;
                $run
            })*
            _ => $other,
        }
    };
}

pub(super) use with_size;
