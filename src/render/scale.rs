//! Colour scales: from a number to a colour.
//!
//! A scale is a list of colours at equal distances, interpolated linearly. The shader gets the same
//! list as a buffer, so a map, its colour bar and a kernel beside it never disagree.

use super::colour::Rgba;
use super::viridis::VIRIDIS;
use crate::array::Range;

/// What a value that is not a number looks like, on every scale: a magenta found on none of them.
pub const NOT_A_NUMBER: Rgba = Rgba::opaque(0xFF_00_C8);

/// How numbers become colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Viridis: activations.
    Sequential,
    /// Blue for negative, white for zero, orange for positive: weights, products, gradients. The
    /// range is widened until zero is its middle.
    Diverging,
    /// White paper to black ink, the image; `inverted` is black paper and white ink.
    Grey { inverted: bool },
}

static SEQUENTIAL: [Rgba; 256] = opaque(VIRIDIS);
static DIVERGING: [Rgba; 3] = opaque([0x2B_6C_B0, 0xFF_FF_FF, 0xD9_59_0B]);
static INK_ON_PAPER: [Rgba; 2] = [Rgba::WHITE, Rgba::BLACK];
static PAPER_ON_INK: [Rgba; 2] = [Rgba::BLACK, Rgba::WHITE];

impl Scale {
    /// The colours from the lowest value to the highest, at equal distances; at least two.
    #[must_use]
    pub fn table(self) -> &'static [Rgba] {
        match self {
            Self::Sequential => &SEQUENTIAL,
            Self::Diverging => &DIVERGING,
            Self::Grey { inverted: false } => &INK_ON_PAPER,
            Self::Grey { inverted: true } => &PAPER_ON_INK,
        }
    }

    /// The colour at `t`, 0 the lowest value and 1 the highest; clamped, opaque.
    ///
    /// Keep in sync with `scale_colour` in `shaders/feature_map.wgsl`.
    #[must_use]
    pub fn colour(self, t: f32) -> Rgba {
        let table = self.table();
        let place = t.clamp(0.0, 1.0) * (table.len() - 1) as f32;
        let lower = (place as usize).min(table.len() - 2);
        table[lower].mix(table[lower + 1], place - lower as f32)
    }

    /// The colour of `value` when the scale spans `range`. Infinities take the ends of the scale;
    /// a value that is not a number is [`NOT_A_NUMBER`].
    ///
    /// Keep in sync with `value_colour` in `shaders/feature_map.wgsl`.
    #[must_use]
    pub fn value_colour(self, value: f32, range: Range) -> Rgba {
        if value.is_nan() {
            NOT_A_NUMBER
        } else if value.is_infinite() {
            self.colour(if value > 0.0 { 1.0 } else { 0.0 })
        } else {
            self.colour(position(value, self.span(range)))
        }
    }

    /// The range the scale spans when the values lie in `range`: what stands under the colour bar.
    #[must_use]
    pub fn span(self, range: Range) -> Range {
        if self.is_diverging() { range.symmetric() } else { range }
    }

    pub(super) fn is_diverging(self) -> bool {
        self == Self::Diverging
    }
}

/// [`Range::position`] for any finite numbers: halves, because the width of a range may overflow;
/// and no width below the smallest normal number, which some GPUs take for zero.
///
/// Keep in sync with `position` in `shaders/feature_map.wgsl`.
fn position(value: f32, range: Range) -> f32 {
    let half_width = 0.5 * range.max - 0.5 * range.min;
    if half_width < f32::MIN_POSITIVE {
        return 0.5;
    }
    ((0.5 * value - 0.5 * range.min) / half_width).clamp(0.0, 1.0)
}

const fn opaque<const N: usize>(rgb: [u32; N]) -> [Rgba; N] {
    let mut colours = [Rgba::TRANSPARENT; N];
    let mut i = 0;
    while i < N {
        colours[i] = Rgba::opaque(rgb[i]);
        i += 1;
    }
    colours
}
