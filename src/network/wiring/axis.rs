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

    /// Where the first tap of a unit lies; below 0 it is padding.
    #[must_use]
    pub fn first_cell(self, unit: usize) -> i64 {
        unit as i64 * self.stride as i64 + self.start
    }

    /// The cell under a tap of a unit, where it exists.
    #[must_use]
    pub fn cell(self, unit: usize, tap: usize) -> Option<usize> {
        let at = self.first_cell(unit) + (tap * self.dilation) as i64;
        usize::try_from(at).ok().filter(|&at| at < self.cells)
    }

    /// The taps of a unit that lie on cells that exist, half open.
    #[must_use]
    pub fn taps(self, unit: usize) -> Range<usize> {
        let (first, dilation) = (self.first_cell(unit), self.dilation as i64);
        // 0 ≤ first + k·dilation < cells, solved for k.
        let low = (-first + dilation - 1).div_euclid(dilation).max(0);
        let high = (self.cells as i64 - first + dilation - 1).div_euclid(dilation);
        let high = high.min(self.kernel as i64).max(low);
        low as usize..high as usize
    }

    /// The cell nearest to `cell` that a unit reads, the first of two; `None` where it reads none.
    #[must_use]
    pub fn nearest(self, unit: usize, cell: usize) -> Option<usize> {
        let taps = self.taps(unit);
        let last = taps.end.checked_sub(1).filter(|_| !taps.is_empty())?;
        let behind = (cell as i64 - self.first_cell(unit)).div_euclid(self.dilation as i64);
        let lower = (behind.max(0) as usize).clamp(taps.start, last);
        let upper = (lower + 1).min(last);
        [lower, upper]
            .into_iter()
            .filter_map(|tap| self.cell(unit, tap))
            .min_by_key(|at| at.abs_diff(cell))
    }

    /// The unit nearest to `unit` that reads a cell, the first of two; `None` where none does.
    #[must_use]
    pub fn nearest_unit(self, unit: usize, cell: usize) -> Option<usize> {
        let last = self.units.checked_sub(1)?;
        let Some(stride) = Some(self.stride as i64).filter(|&stride| stride > 0) else {
            // All read the same.
            return self.tap(0, cell).map(|_| unit.min(last));
        };
        let behind = cell as i64 - self.start;
        let low = (behind - self.span() as i64 + stride).div_euclid(stride).max(0) as usize;
        let high = usize::try_from(behind.div_euclid(stride)).ok()?.min(last);
        if low > high {
            return None;
        }
        let near = unit.clamp(low, high);
        // Kernels with holes leave out some units.
        (0..=high - low)
            .flat_map(|steps| [near.checked_sub(steps), near.checked_add(steps)])
            .flatten()
            .find(|&unit| (low..=high).contains(&unit) && self.tap(unit, cell).is_some())
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
            self.units as u128 * self.taps(0).len() as u128
        } else if self.kernel <= self.units {
            (0..self.kernel).map(|k| u128::from(self.units_with(k, 0..self.units))).sum()
        } else {
            (0..self.units).map(|unit| self.taps(unit).len() as u128).sum()
        }
    }
}
