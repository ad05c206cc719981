//! Counting along one axis, exactly and in 32 bits, as the shader does.

use bytemuck::{Pod, Zeroable};

use crate::network::wiring::Axis;

/// [`Axis`] for the shader, with what is touched along it.
///
/// Keep in sync with `Axis` in `shaders/wiring.wgsl`, and the functions with those there.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Pod, Zeroable)]
pub struct AxisParams {
    pub kernel: u32,
    /// 0 where all units read the same.
    pub stride: u32,
    pub dilation: u32,
    pub start: i32,
    /// From the first to the last cell of a window, holes counted.
    pub span: i32,
    /// Units that share a kernel.
    pub tile: u32,
    /// The units that may use the touched weight, half open.
    pub touched: [u32; 2],
    /// What the touched tap adds to the first cell of a unit, `start` included.
    pub touched_tap: i32,
    /// Tiles along the axis.
    pub tiles: u32,
    pub padding: [u32; 2],
}

impl AxisParams {
    /// For a matrix that is drawable, so that everything fits. Nothing is touched yet.
    pub fn new(axis: Axis, tile: usize, tiles: usize) -> Self {
        Self {
            kernel: axis.kernel as u32,
            stride: axis.stride as u32,
            dilation: axis.dilation as u32,
            start: axis.start as i32,
            span: axis.span() as i32,
            tile: tile as u32,
            touched: [0, 0],
            touched_tap: 0,
            tiles: tiles as u32,
            padding: [0; 2],
        }
    }

    /// Pairs of a unit and a cell that it reads.
    #[inline]
    pub fn pairs(&self, units: [u32; 2], cells: [u32; 2]) -> u32 {
        if !self.reaches(units, cells) {
            return 0;
        }
        let [first_cell, end_cell] = cells.map(|cell| cell as i32);
        let first = self.first_cell(units[0]);
        let count = units[1] - units[0];
        self.taps_before(count, end_cell - first) - self.taps_before(count, first_cell - first)
    }

    /// Whether the windows of these units, holes counted, reach into these cells.
    #[inline]
    pub fn reaches(&self, units: [u32; 2], cells: [u32; 2]) -> bool {
        let end = self.first_cell(units[1] - 1) + self.span;
        cells[1] as i32 > self.first_cell(units[0]) && (cells[0] as i32) < end
    }

    /// Of `count` units all taps that lie less than `ahead` cells behind the first unit's first cell.
    #[inline]
    fn taps_before(&self, count: u32, ahead: i32) -> u32 {
        if ahead < 1 {
            return 0;
        }
        let (stride, ahead) = (self.stride, ahead as u32);
        if stride == 0 {
            return count * ahead.div_ceil(self.dilation).min(self.kernel);
        }
        if stride == 1 && self.dilation == 1 {
            // As most layers are: the same without a division, of which a picture would take a million.
            let whole = (ahead + 1).saturating_sub(self.kernel).min(count);
            let (partly, longest) = (count.min(ahead) - whole, ahead - whole);
            // Each unit has one tap less than the one before it.
            return self.kernel * whole + series(longest, partly);
        }
        let span = self.span as u32;
        let whole = if ahead < span { 0 } else { count.min((ahead - span) / stride + 1) };
        let begun = count.min((ahead - 1) / stride + 1);
        if begun == whole {
            return self.kernel * whole;
        }
        // Units with some of their taps, the last first: ⌈(ahead − i·stride) / dilation⌉ each.
        let least = ahead - (begun - 1) * stride + self.dilation - 1;
        self.kernel * whole + floor_sum(begun - whole, self.dilation, stride, least)
    }

    /// At most how many kernels × taps stand in the pairs of these units and cells: all taps between
    /// the lowest and the highest that occur, for each tile, but no more than there are pairs.
    #[inline]
    pub fn different(&self, units: [u32; 2], cells: [u32; 2], pairs: u32) -> u32 {
        let tiles = match self.tile {
            1 => units[1] - units[0],
            tile if units[1] <= tile => 1,
            tile => (units[1] - 1) / tile - units[0] / tile + 1,
        };
        let lowest = (cells[0] as i32 - self.first_cell(units[1] - 1)).max(0) as u32;
        let highest = (cells[1] as i32 - 1 - self.first_cell(units[0])).max(0) as u32;
        let (lowest, highest) = match self.dilation {
            1 => (lowest, highest),
            dilation => (lowest.div_ceil(dilation), highest / dilation),
        };
        let last = highest.min(self.kernel - 1);
        let first = lowest.min(last);
        pairs.min(tiles * (last - first + 1))
    }

    /// Whether one of the units reads one of the cells by the touched tap.
    pub fn touches(&self, units: [u32; 2], cells: [u32; 2]) -> bool {
        let first = units[0].max(self.touched[0]);
        let end = units[1].min(self.touched[1]);
        let low = cells[0] as i32 - self.touched_tap;
        let high = cells[1] as i32 - 1 - self.touched_tap;
        if first >= end || high < 0 {
            return false;
        }
        if self.stride == 0 {
            return low <= 0;
        }
        // low ≤ unit · stride ≤ high
        let lowest = (low.max(0) as u32).div_ceil(self.stride);
        first.max(lowest) <= (end - 1).min(high as u32 / self.stride)
    }

    /// The tap by which a unit reads a cell, where it does.
    pub fn tap(&self, unit: u32, cell: u32) -> u32 {
        (cell as i32 - self.first_cell(unit)) as u32 / self.dilation
    }

    #[inline]
    fn first_cell(&self, unit: u32) -> i32 {
        unit as i32 * self.stride as i32 + self.start
    }
}

/// `first` + (`first` − 1) + …, so many numbers.
fn series(first: u32, count: u32) -> u32 {
    let twice = u64::from(count) * (2 * u64::from(first) + 1 - u64::from(count));
    (twice / 2) as u32
}

/// Σ ⌊(a·i + b) / m⌋ for i < n, by Euclid's algorithm: for kernels without holes, m = 1, it ends after
/// one turn as the sum of an arithmetic series (AtCoder Library, `floor_sum`).
fn floor_sum(mut n: u32, mut m: u32, mut a: u32, mut b: u32) -> u32 {
    let mut sum = 0u32;
    loop {
        if a >= m {
            // Half of n·(n − 1), without the factor of two in between.
            let triangle = if n.is_multiple_of(2) {
                (n / 2).wrapping_mul(n - 1)
            } else {
                n.wrapping_mul((n - 1) / 2)
            };
            sum = sum.wrapping_add(triangle.wrapping_mul(a / m));
            a %= m;
        }
        if b >= m {
            sum = sum.wrapping_add(n.wrapping_mul(b / m));
            b %= m;
        }
        let top = a * n + b;
        if top < m {
            return sum;
        }
        n = top / m;
        b = top % m;
        (m, a) = (a, m);
    }
}
