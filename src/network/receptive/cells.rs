//! Sets of pixels as unions of (rows × columns), each axis a list of intervals.

use std::ops::Range;

use super::super::connectivity::Taps;

/// Ascending, disjoint, non-touching intervals.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Intervals(Vec<Range<i64>>);

/// A union of products of rows and columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells(Vec<[Intervals; 2]>);

impl Intervals {
    fn spread(&self, taps: Taps, jump: i64) -> Self {
        let mut all: Vec<Range<i64>> = taps
            .positions()
            .flat_map(|p| self.0.iter().map(move |r| r.start + p * jump..r.end + p * jump))
            .collect();
        all.sort_unstable_by_key(|range| range.start);
        let mut merged: Vec<Range<i64>> = Vec::new();
        for range in all {
            match merged.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => merged.push(range),
            }
        }
        Self(merged)
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
        let one = || Intervals(std::iter::once(0..1).collect());
        Self(vec![[one(), one()]])
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What a unit sees that reads these cells at all taps, one tap being `jump` pixels.
    pub fn spread(&self, rows: Taps, columns: Taps, jump: [i64; 2]) -> Self {
        let spread =
            |[y, x]: &[Intervals; 2]| [y.spread(rows, jump[0]), x.spread(columns, jump[1])];
        Self(self.0.iter().map(spread).collect())
    }

    /// The union with `other`; products that lie inside another are dropped, so that a chain keeps one.
    pub fn add(&mut self, other: Self) {
        for product in other.0 {
            let inside = |a: &[Intervals; 2], b: &[Intervals; 2]| {
                b[0].contains(&a[0]) && b[1].contains(&a[1])
            };
            if self.0.iter().any(|known| inside(&product, known)) {
                continue;
            }
            self.0.retain(|known| !inside(known, &product));
            self.0.push(product);
        }
    }

    /// The smallest box that holds all cells: rows, columns.
    pub fn bounds(&self) -> [Range<i64>; 2] {
        [0, 1].map(|axis| {
            self.0
                .iter()
                .map(|product| product[axis].bounds())
                .reduce(|a, b| a.start.min(b.start)..a.end.max(b.end))
                .unwrap_or(0..0)
        })
    }

    /// Whether every cell of that box belongs to the set.
    pub fn fill_their_bounds(&self) -> bool {
        let [rows, columns] = self.bounds();
        // Between two neighbouring interval ends nothing changes, so one cell of each patch is enough.
        let corners = |axis: usize, bounds: &Range<i64>| {
            let mut ends: Vec<i64> = self
                .0
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
            columns.iter().all(|&x| self.0.iter().any(|[ys, xs]| ys.holds(y) && xs.holds(x)))
        })
    }
}
