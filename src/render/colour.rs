//! A colour as it is stored in a picture.

/// Red, green, blue and alpha, 0–255, sRGB, straight (not premultiplied) alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgba(pub [u8; 4]);

impl Rgba {
    pub const TRANSPARENT: Self = Self([0; 4]);
    pub const WHITE: Self = Self::opaque(0xFF_FF_FF);
    pub const BLACK: Self = Self::opaque(0x00_00_00);

    /// The opaque colour `0xRRGGBB`.
    #[must_use]
    pub const fn opaque(rgb: u32) -> Self {
        let [_, r, g, b] = rgb.to_be_bytes();
        Self([r, g, b, 255])
    }

    #[must_use]
    pub const fn with_alpha(self, alpha: u8) -> Self {
        let [r, g, b, _] = self.0;
        Self([r, g, b, alpha])
    }

    /// `t` = 0 gives this colour, 1 the other; channel by channel, as the shaders' `mix` does.
    #[must_use]
    pub fn mix(self, other: Self, t: f32) -> Self {
        let (a, b) = (self.levels(), other.levels());
        Self::from_levels(std::array::from_fn(|i| a[i] + (b[i] - a[i]) * t))
    }

    /// The channels as the shaders compute with them: 0.0–255.0.
    #[must_use]
    pub fn levels(self) -> [f32; 4] {
        self.0.map(f32::from)
    }

    /// Channels of 0.0–255.0, rounded half up.
    #[must_use]
    pub fn from_levels(levels: [f32; 4]) -> Self {
        Self(levels.map(|level| (level + 0.5) as u8))
    }
}
