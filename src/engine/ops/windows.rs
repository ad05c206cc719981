//! Windows of pooling and subsampling, cut to the input.

use std::ops::Range;

use fearless_simd::{Simd, f32x8, prelude::*};

use crate::engine::lanes::Cell;
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
    /// Whether they are squares of 2×2 cells side by side from the first cell on: the usual case, whose loops
    /// are written out where they are needed, several times as fast.
    pub quads: bool,
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
        let cuts = |axis: usize| -> Vec<Cut> {
            let counted = counted(axis);
            (0..output[axis])
                .map(|i| Cut::new(taps(axis, i as i64), input[axis], &counted))
                .collect()
        };
        let (rows, columns) = (cuts(0), cuts(1));
        let two = |i: usize| Cut { first: 2 * i, step: 1, count: 2, divisor: 2 };
        let halved = |cuts: &[Cut]| cuts.iter().enumerate().all(|(i, &cut)| cut == two(i));
        let quads = halved(&rows) && halved(&columns);
        Self { rows, columns, width: input[1], quads }
    }

    /// How many units a map has.
    pub fn len(&self) -> usize {
        self.rows.len() * self.columns.len()
    }

    /// The lines of 2×2 windows of [`Windows::quads`]: where each begins in the input and in the output.
    #[inline(always)]
    pub fn lines(&self) -> impl Iterator<Item = Line> {
        let (width, columns) = (self.width, self.columns.len());
        (0..self.rows.len()).map(move |y| Line { input: 2 * y * width, output: y * columns })
    }

    /// Cells of a row of the input and of the output.
    #[inline(always)]
    pub fn widths(&self) -> [usize; 2] {
        [self.width, self.columns.len()]
    }

    /// The windows in scan order.
    #[inline(always)]
    pub fn iter(&self) -> impl Iterator<Item = Window> {
        self.rows.iter().flat_map(move |&rows| {
            self.columns.iter().map(move |&columns| Window { rows, columns, width: self.width })
        })
    }
}

/// A line of 2×2 windows.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    pub input: usize,
    pub output: usize,
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

/// Writes to the four cells of each 2×2 window `factor` times its value.
#[inline(always)]
pub fn quad_shares<S: Simd>(simd: S, windows: &Windows, factor: f32, gy: &[Cell], gx: &mut [Cell]) {
    let [width, columns] = windows.widths();
    for line in windows.lines() {
        let (top, bottom) = gx[line.input..][..2 * width].split_at_mut(width);
        let (top, bottom) = (top.as_chunks_mut::<2>().0, bottom.as_chunks_mut::<2>().0);
        let gy = &gy[line.output..][..columns];
        for i in 0..columns {
            let share = f32x8::load_array_ref(simd, &gy[i]) * factor;
            share.store_array(&mut top[i][0]);
            share.store_array(&mut top[i][1]);
            share.store_array(&mut bottom[i][0]);
            share.store_array(&mut bottom[i][1]);
        }
    }
}

/// The sum of the four cells of the 2×2 window number `i` of a line.
#[inline(always)]
pub fn quad_sum<S: Simd>(simd: S, [top, bottom]: [&[[Cell; 2]]; 2], i: usize) -> f32x8<S> {
    let [a, b] = &top[i];
    let [c, d] = &bottom[i];
    let above = f32x8::load_array_ref(simd, a) + f32x8::load_array_ref(simd, b);
    above + f32x8::load_array_ref(simd, c) + f32x8::load_array_ref(simd, d)
}

/// The two rows of cells that a line of 2×2 windows reads, in pairs.
#[inline(always)]
pub fn quad_rows<'a>(windows: &Windows, line: Line, x: &'a [Cell]) -> [&'a [[Cell; 2]]; 2] {
    let width = windows.width;
    let (top, bottom) = x[line.input..][..2 * width].split_at(width);
    [top.as_chunks().0, bottom.as_chunks().0]
}
