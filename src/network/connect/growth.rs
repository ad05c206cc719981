//! How the weights grow with the image.

use super::{Setting, Stop};

/// Sides per line.
const SAMPLES: u32 = 48;
/// Lines go on to at least this side.
const FURTHEST: u64 = 10_000;
/// No line begins at a smaller one.
const SMALLEST: u64 = 4;

impl Setting {
    /// The longer side of the image.
    #[must_use]
    pub fn side(&self) -> u64 {
        self.image[1].max(self.image[2])
    }

    /// The shortest and the longest side of those that the growth is told for: from one field to far beyond
    /// the image.
    #[must_use]
    pub fn sides(&self) -> [u64; 2] {
        let field = self.spans().into_iter().fold(SMALLEST, u64::max);
        [field.min(self.side()), FURTHEST.max(self.side())]
    }

    /// Longer sides, evenly spaced on a logarithmic scale, and the weights of the layer on an image of that
    /// size; without those where it cannot be connected so.
    #[must_use]
    pub fn growth(&self, stop: Stop) -> Vec<(u64, u128)> {
        let [first, last] = self.sides();
        let ratio = last as f64 / first as f64;
        // Images have whole sides: those of the line do, too.
        let side = |i: u32| first as f64 * ratio.powf(f64::from(i) / f64::from(SAMPLES));
        let mut sides: Vec<u64> = (0..=SAMPLES).map(|i| side(i).round() as u64).collect();
        sides.dedup();
        sides
            .into_iter()
            .filter_map(|side| Some((side, self.resized(side).weights(stop)?)))
            .collect()
    }

    /// `None` where this layer cannot be connected so: a field larger than the image, units without places,
    /// a tile larger than the map.
    fn weights(&self, stop: Stop) -> Option<u128> {
        self.check_field().and_then(|()| self.check_sides(stop)).ok()?;
        self.counts(stop)?.weights.value().ok()
    }

    /// The same layer on an image whose longer side is this.
    fn resized(&self, side: u64) -> Self {
        let [channels, rows, columns] = self.image;
        let factor = side as f64 / self.side() as f64;
        // A line stays a line.
        let scaled = |side: u64| match side {
            1 => 1,
            side => ((side as f64 * factor).round() as u64).max(1),
        };
        Self { image: [channels, scaled(rows), scaled(columns)], ..self.clone() }
    }
}
