//! From counts to colours.

use crate::network::wiring::Weight;
use crate::render::colour::Rgba;

/// Colours that the identities of weights are spread over; hues repeat.
pub const PALETTE: usize = 8;

/// How dark the least density is: whatever is used can be seen.
pub(super) const FAINT: f32 = 0.2;
/// log₂ of what both scales span: densities from 10⁻⁶ to 1, from one weight to 10⁶ different ones.
pub(super) const OCTAVES: f32 = 19.931_568;

/// Everything about the look of a matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WiringStyle {
    /// Where no weight is used.
    pub paper: Rgba,
    /// A used cell, and a block that is full of one weight.
    pub used: Rgba,
    /// A full block in which no weight comes twice.
    pub many: Rgba,
    /// Between cells that are used.
    pub hairline: Rgba,
    /// Beyond the last row or column; opaque or transparent.
    pub outside: Rgba,
    /// Wherever the touched weight is used.
    pub highlight: Rgba,
    pub palette: [Rgba; PALETTE],
    pub touched: Option<Weight>,
    /// Colours each cell by its weight, where a pixel shows one cell.
    pub by_identity: bool,
}

/// Light: what a picture in a file looks like. The window brings its own theme.
impl Default for WiringStyle {
    fn default() -> Self {
        Self {
            paper: Rgba::opaque(0xFA_FA_F8),
            used: Rgba::opaque(0xC2_BD_B2),
            many: Rgba::opaque(0x3F_35_7A),
            hairline: Rgba::opaque(0xFA_FA_F8),
            outside: Rgba::opaque(0xFA_FA_F8),
            highlight: Rgba::opaque(0x00_87_7A),
            // Safe for colour-blind eyes (Paul Tol, "muted"), neighbours unlike each other.
            palette: [
                0x33_22_88, 0x88_CC_EE, 0x88_22_55, 0x44_AA_99, 0xAA_44_99, 0x99_99_33, 0x11_77_33,
                0xCC_66_77,
            ]
            .map(Rgba::opaque),
            touched: None,
            by_identity: false,
        }
    }
}

impl WiringStyle {
    /// The same on dark paper.
    #[must_use]
    pub fn dark() -> Self {
        Self {
            paper: Rgba::opaque(0x14_16_1A),
            used: Rgba::opaque(0x5C_60_68),
            many: Rgba::opaque(0xB9_AC_F2),
            hairline: Rgba::opaque(0x14_16_1A),
            outside: Rgba::opaque(0x14_16_1A),
            highlight: Rgba::opaque(0x2E_C4_B2),
            // Paul Tol, "light".
            palette: [
                0x77_AA_DD, 0xEE_DD_88, 0x44_BB_99, 0xFF_AA_BB, 0xAA_AA_00, 0x99_DD_FF, 0xEE_88_66,
                0xBB_CC_33,
            ]
            .map(Rgba::opaque),
            ..Self::default()
        }
    }

    /// The colour of a block of which the part `density` (0 to 1) is used, by at most `different`
    /// weights: for a legend, and what the picture itself is drawn with. Grows darker with the
    /// density and nearer to `many` with the weights.
    #[must_use]
    pub fn colour(&self, density: f32, different: f32) -> Rgba {
        Rgba::from_levels(self.levels(density, different))
    }

    /// Keep in sync with `block_colour` in the shader.
    pub(super) fn levels(&self, density: f32, different: f32) -> [f32; 4] {
        if density <= 0.0 {
            return self.paper.levels();
        }
        let dark = FAINT + (1.0 - FAINT) * (1.0 + density.log2() / OCTAVES).clamp(0.0, 1.0);
        let many = (different.log2() / OCTAVES).clamp(0.0, 1.0);
        let ink = mix(self.used.levels(), self.many.levels(), many);
        mix(self.paper.levels(), ink, dark)
    }

    /// The colour of a weight, where cells are coloured by identity. Neighbours in a kernel differ;
    /// different kernels begin anywhere in the palette.
    ///
    /// Keep in sync with `identity` in the shader.
    #[must_use]
    pub fn identity(&self, weight: Weight) -> Rgba {
        let palette = PALETTE as u32;
        let mut mixed = weight.kernel.wrapping_mul(0x9E37_79B1);
        mixed ^= mixed >> 15;
        mixed = mixed.wrapping_mul(0x2C1B_3C6D);
        mixed ^= mixed >> 12;
        // From the last colour of a round to the first of the next it is a step, too.
        let round = (weight.offset / palette).wrapping_mul(3);
        self.palette[(mixed.wrapping_add(weight.offset).wrapping_add(round) % palette) as usize]
    }
}

pub(super) fn mix(a: [f32; 4], b: [f32; 4], t: f32) -> [f32; 4] {
    std::array::from_fn(|i| a[i] + (b[i] - a[i]) * t)
}
