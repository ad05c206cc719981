//! Sets of pixels as unions of (rows × columns), each axis a list of intervals.

use std::ops::Range;

use super::super::connectivity::Taps;

/// Ascending, disjoint, non-touching intervals.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Intervals(Vec<Range<i64>>);

/// A union of products of rows and columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    products: Vec<[Intervals; 2]>,
    /// Whether holes have been filled because there were too many pieces to keep.
    rough: bool,
}

/// The most intervals of an axis, and the most products, that are kept apart.
const MAX_PIECES: usize = 4096;
const MAX_PRODUCTS: usize = 64;

impl Intervals {
    fn one(range: Range<i64>) -> Self {
        Self(std::iter::once(range).collect())
    }

    /// The union over all taps, and whether it is exact: a set of more than [`MAX_PIECES`] pieces is
    /// replaced by its bounds.
    fn spread(&self, taps: Taps, jump: i64) -> (Self, bool) {
        let step = taps.step * jump;
        let (first, last) = (taps.start * jump, (taps.start + taps.last()) * jump);
        let moved = |range: &Range<i64>, by: i64| range.start + by..range.end + by;
        // Where the next tap's copy touches this one's, all copies are one piece.
        let touch = |range: &Range<i64>| step <= range.end - range.start;
        let pieces = |range: &Range<i64>| if touch(range) { 1 } else { taps.count };
        if self.0.iter().map(pieces).sum::<usize>() > MAX_PIECES {
            let whole = self.bounds();
            let bounds = whole.start + first..whole.end + last;
            return (Self::one(bounds), false);
        }
        let mut all: Vec<Range<i64>> = Vec::new();
        for range in &self.0 {
            if touch(range) {
                all.push(range.start + first..range.end + last);
            } else {
                all.extend(taps.positions().map(|position| moved(range, position * jump)));
            }
        }
        all.sort_unstable_by_key(|range| range.start);
        let mut merged: Vec<Range<i64>> = Vec::new();
        for range in all {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        (Self(merged), true)
    }

    fn bounds(&self) -> Range<i64> {
        match (self.0.first(), self.0.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    fn contains(&self, other: &Self) -> bool {
        other.0.iter().all(|b| self.0.iter().any(|a| a.start <= b.start && b.end <= a.end))
    }

    fn holds(&self, position: i64) -> bool {
        self.0.iter().any(|range| range.contains(&position))
    }
}

impl Cells {
    /// Pixel (0, 0) alone.
    pub fn single() -> Self {
        let one = || Intervals::one(0..1);
        Self { products: vec![[one(), one()]], rough: false }
    }

    pub fn is_empty(&self) -> bool {
        self.products.is_empty()
    }

    /// What a unit sees that reads these cells at all taps, one tap being `jump` pixels.
    pub fn spread(&self, rows: Taps, columns: Taps, jump: [i64; 2]) -> Self {
        let mut rough = self.rough;
        let spread = |[y, x]: &[Intervals; 2]| {
            let (y, y_is_exact) = y.spread(rows, jump[0]);
            let (x, x_is_exact) = x.spread(columns, jump[1]);
            rough |= !(y_is_exact && x_is_exact);
            [y, x]
        };
        let products = self.products.iter().map(spread).collect();
        Self { products, rough }
    }

    /// The union with `other`; products that lie inside another are dropped, so that a chain keeps one.
    pub fn add(&mut self, other: Self) {
        self.rough |= other.rough;
        for product in other.products {
            let inside = |a: &[Intervals; 2], b: &[Intervals; 2]| {
                b[0].contains(&a[0]) && b[1].contains(&a[1])
            };
            if self.products.iter().any(|known| inside(&product, known)) {
                continue;
            }
            self.products.retain(|known| !inside(known, &product));
            self.products.push(product);
        }
        if self.products.len() > MAX_PRODUCTS {
            let bounds = self.bounds().map(Intervals::one);
            *self = Self { products: vec![bounds], rough: true };
        }
    }

    /// The smallest box that holds all cells: rows, columns.
    pub fn bounds(&self) -> [Range<i64>; 2] {
        [0, 1].map(|axis| {
            self.products
                .iter()
                .map(|product| product[axis].bounds())
                .reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))
                .unwrap_or(0..0)
        })
    }

    /// Whether every cell of that box belongs to the set.
    pub fn fill_their_bounds(&self) -> bool {
        if self.rough {
            return false;
        }
        let [rows, columns] = self.bounds();
        // Between two neighbouring interval ends nothing changes, so one cell of each patch is enough.
        let corners = |axis: usize, bounds: &Range<i64>| {
            let mut ends: Vec<i64> = self
                .products
                .iter()
                .flat_map(|product| product[axis].0.iter().flat_map(|r| [r.start, r.end]))
                .filter(|end| bounds.contains(end))
                .collect();
            ends.sort_unstable();
            ends.dedup();
            ends
        };
        let columns = corners(1, &columns);
        corners(0, &rows).iter().all(|&y| {
            columns.iter().all(|&x| self.products.iter().any(|[ys, xs]| ys.holds(y) && xs.holds(x)))
        })
    }
}
