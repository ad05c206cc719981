//! How many cells, weights and uses, without going through them.

use super::{Weight, WeightPosition, Wiring};
use crate::network::Channels;

impl Wiring {
    /// Used cells of the matrix: connections to inputs that exist.
    #[must_use]
    pub fn cells(&self) -> u128 {
        self.links() * self.axis(0).connections() * self.axis(1).connections()
    }

    /// Connections into the padding: they have no column, but they count (contract, §2).
    #[must_use]
    pub fn hanging(&self) -> u128 {
        let [_, h, w] = self.output;
        self.links() * h as u128 * w as u128 * self.kernel_area() - self.cells()
    }

    /// Different weights of the layer; of a kernel that is not shared those over the padding too, as the
    /// contract counts them.
    #[must_use]
    pub fn weights(&self) -> u128 {
        let [down, across] = self.tiles();
        self.links() * down as u128 * across as u128 * self.kernel_area()
    }

    /// How many cells of the matrix use a weight; 0 where it always lies over the padding, or where
    /// there is no such weight.
    #[must_use]
    pub fn uses(&self, weight: Weight) -> u128 {
        let Some(WeightPosition { rows, columns, tap: [ky, kx], .. }) = self.position_of(weight)
        else {
            return 0;
        };
        let down = u128::from(self.axis(0).units_with(ky, rows));
        down * u128::from(self.axis(1).units_with(kx, columns))
    }

    /// Linked pairs of an output and an input map.
    #[must_use]
    pub fn links(&self) -> u128 {
        match &self.channels {
            Channels::Groups(groups) => {
                self.output[0] as u128 * (self.input[0] / (*groups).max(1)) as u128
            }
            Channels::Table(rows) => rows.iter().map(|row| row.len() as u128).sum(),
        }
    }

    fn kernel_area(&self) -> u128 {
        let [kh, kw] = self.kernel();
        kh as u128 * kw as u128
    }
}
