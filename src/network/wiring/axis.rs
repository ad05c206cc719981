//! One axis of a sliding window, as arithmetic.

use std::ops::Range;

/// Unit p reads the cells p·stride + k·dilation + start for k < kernel; those from 0 to `cells` exist,
/// the others are padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Axis {
    pub kernel: usize,
    /// 0 where all units read the same.
    pub stride: usize,
    /// At least 1.
    pub dilation: usize,
    pub start: i64,
    /// Units of the layer along the axis.
    pub units: usize,
    /// Cells of the input along the axis.
    pub cells: usize,
}

impl Axis {
    /// Which tap of the kernel connects a unit to a cell.
    #[must_use]
    pub fn tap(self, unit: usize, cell: usize) -> Option<usize> {
        let behind = cell as i64 - self.first_cell(unit);
        let dilation = self.dilation as i64;
        let fits = behind >= 0 && behind % dilation == 0 && behind / dilation < self.kernel as i64;
        fits.then(|| (behind / dilation) as usize)
    }

    /// From the first to the last cell of a window, holes counted.
    #[must_use]
    pub fn span(self) -> usize {
        self.kernel.saturating_sub(1) * self.dilation + 1
    }

    /// How many of these units have tap `k` on a cell that exists.
    #[must_use]
    pub fn units_with(self, k: usize, units: Range<usize>) -> u64 {
        let tap = self.start + (k * self.dilation) as i64;
        let (stride, cells) = (self.stride as i64, self.cells as i64);
        let (first, end) = (units.start as i64, units.end.min(self.units) as i64);
        if stride == 0 {
            return if (0..cells).contains(&tap) { (end - first).max(0) as u64 } else { 0 };
        }
        // 0 ≤ p·stride + tap < cells, solved for p.
        let low = first.max((-tap + stride - 1).div_euclid(stride));
        let high = end.min((cells - tap + stride - 1).div_euclid(stride));
        (high - low).max(0) as u64
    }

    /// All pairs of a unit and a cell that it reads. At most as many steps as the smaller of kernel and
    /// units.
    #[must_use]
    pub fn connections(self) -> u128 {
        if self.stride == 0 {
            self.units as u128 * u128::from(self.taps_of(0))
        } else if self.kernel <= self.units {
            (0..self.kernel).map(|k| u128::from(self.units_with(k, 0..self.units))).sum()
        } else {
            (0..self.units).map(|unit| u128::from(self.taps_of(unit))).sum()
        }
    }

    /// How many taps of a unit lie on cells that exist.
    fn taps_of(self, unit: usize) -> u64 {
        let (first, dilation) = (self.first_cell(unit), self.dilation as i64);
        // 0 ≤ first + k·dilation < cells, solved for k.
        let low = (-first + dilation - 1).div_euclid(dilation).max(0);
        let high = (self.cells as i64 - first + dilation - 1).div_euclid(dilation);
        (high.min(self.kernel as i64) - low).max(0) as u64
    }

    fn first_cell(self, unit: usize) -> i64 {
        unit as i64 * self.stride as i64 + self.start
    }
}
