//! A finished picture in memory.

use super::colour::Rgba;

/// Pixels row by row from the top left, four bytes each: red, green, blue, straight alpha
/// (`egui::ColorImage::from_rgba_unmultiplied`, PNG).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Image {
    pub width: u32,
    pub height: u32,
    /// `4 · width · height` bytes.
    pub rgba: Vec<u8>,
}

impl Image {
    /// A picture of one colour.
    #[must_use]
    pub fn filled(width: u32, height: u32, colour: Rgba) -> Self {
        Self { width, height, rgba: colour.0.repeat(width as usize * height as usize) }
    }

    /// The colour at column `x` of row `y`.
    ///
    /// # Panics
    /// If the pixel lies outside the picture.
    #[must_use]
    pub fn pixel(&self, x: u32, y: u32) -> Rgba {
        let [r, g, b, a] = self.row(y)[4 * x as usize..][..4] else { unreachable!("four bytes") };
        Rgba([r, g, b, a])
    }

    /// The bytes of row `y`.
    pub(super) fn row(&self, y: u32) -> &[u8] {
        let bytes = 4 * self.width as usize;
        &self.rgba[y as usize * bytes..][..bytes]
    }

    /// The bytes of row `y` from column `x` on.
    pub(super) fn row_from(&mut self, x: u32, y: u32) -> &mut [u8] {
        let bytes = 4 * self.width as usize;
        &mut self.rgba[y as usize * bytes..][4 * x as usize..bytes]
    }
}
