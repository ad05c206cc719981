//! Windows of pooling and subsampling, cut to the input.

use std::ops::Range;

use crate::network::connectivity::Taps;

/// What one window covers along one axis: `first + i·step` for i < `count`, all inside the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    pub first: usize,
    pub step: usize,
    pub count: usize,
    /// How many of the window's cells an average divides by.
    pub divisor: usize,
}

impl Cut {
    /// Keeps what lies inside 0..`side`; cells in `counted` make the divisor.
    fn new(taps: Taps, side: usize, counted: &Range<i64>) -> Self {
        let inside = |position: &i64| (0..side as i64).contains(position);
        let first = taps.positions().find(inside).unwrap_or_default();
        Self {
            first: first as usize,
            step: taps.step as usize,
            count: taps.positions().filter(inside).count(),
            divisor: taps.positions().filter(|position| counted.contains(position)).count(),
        }
    }

    #[inline(always)]
    fn positions(self) -> impl Iterator<Item = usize> {
        (0..self.count).map(move |i| self.first + i * self.step)
    }
}

/// All windows over a map, `[rows, columns]` of them.
#[derive(Clone, Debug)]
pub struct Windows {
    rows: Vec<Cut>,
    columns: Vec<Cut>,
    width: usize,
}

impl Windows {
    /// `taps(axis, i)` says what window i covers along an axis of an input `[h, w]`; `counted(axis)`
    /// which positions a divisor counts.
    pub fn new(
        input: [usize; 2],
        output: [usize; 2],
        taps: impl Fn(usize, i64) -> Taps,
        counted: impl Fn(usize) -> Range<i64>,
    ) -> Self {
        let cuts = |axis: usize| {
            let counted = counted(axis);
            (0..output[axis])
                .map(|i| Cut::new(taps(axis, i as i64), input[axis], &counted))
                .collect()
        };
        Self { rows: cuts(0), columns: cuts(1), width: input[1] }
    }

    /// How many units a map has.
    pub fn len(&self) -> usize {
        self.rows.len() * self.columns.len()
    }

    /// The windows in scan order.
    #[inline(always)]
    pub fn iter(&self) -> impl Iterator<Item = Window> {
        self.rows.iter().flat_map(move |&rows| {
            self.columns.iter().map(move |&columns| Window { rows, columns, width: self.width })
        })
    }
}

/// One window.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    rows: Cut,
    columns: Cut,
    width: usize,
}

impl Window {
    /// The cells inside the map, in scan order.
    #[inline(always)]
    pub fn cells(self) -> impl Iterator<Item = usize> {
        self.rows
            .positions()
            .flat_map(move |y| self.columns.positions().map(move |x| y * self.width + x))
    }

    /// What an average divides by; 1 where a window has no cells at all.
    #[inline(always)]
    pub fn divisor(self) -> usize {
        (self.rows.divisor * self.columns.divisor).max(1)
    }
}
