//! Copying maps into larger ones with zeros around or between, and adding maps up.

use std::borrow::Cow;
use std::ops::Range;

use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use crate::engine::lanes::{Cell, LANES, cells, cells_mut};
use crate::network::Padding;

/// Where the cells of one map go inside another: along each axis, cell i goes to
/// `offset + i·step`, and is left out where that lies outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placement {
    pub from: [usize; 2],
    pub to: [usize; 2],
    pub offset: [i64; 2],
    pub step: [usize; 2],
}

impl Placement {
    /// A map `[h, w]` with its padding around it.
    pub const fn padded([h, w]: [usize; 2], padding: Padding) -> Self {
        Self {
            from: [h, w],
            to: [h + padding.top + padding.bottom, w + padding.left + padding.right],
            offset: [padding.top as i64, padding.left as i64],
            step: [1, 1],
        }
    }

    fn is_identity(&self) -> bool {
        self.from == self.to && self.offset == [0, 0] && self.step == [1, 1]
    }

    fn target(&self, axis: usize, position: usize) -> Option<usize> {
        let target = self.offset[axis] + (position * self.step[axis]) as i64;
        usize::try_from(target).ok().filter(|&target| target < self.to[axis])
    }

    /// The rows and the columns between the first and the last that get cells.
    pub fn live(&self) -> [Range<usize>; 2] {
        [0, 1].map(|axis| {
            let mut targets = (0..self.from[axis]).filter_map(|at| self.target(axis, at));
            let first = targets.next().unwrap_or_default();
            first..targets.next_back().unwrap_or(first) + 1
        })
    }

    /// All maps of a packed tensor, placed among zeros; borrowed where nothing changes.
    pub fn spread<'a>(&self, values: &'a [f32]) -> Cow<'a, [f32]> {
        if self.is_identity() {
            return Cow::Borrowed(values);
        }
        let [from, to] = [self.from, self.to].map(|[h, w]| h * w * LANES);
        let mut spread = vec![0.0; values.len() / from * to];
        spread.par_chunks_mut(to).zip(values.par_chunks(from)).for_each(|(to, from)| {
            self.each(|from_cell, to_cell| cells_mut(to)[to_cell] = cells(from)[from_cell]);
        });
        Cow::Owned(spread)
    }

    /// The way back: what [`Placement::spread`] placed, without the zeros.
    pub fn gather<'a>(&self, spread: &'a [f32]) -> Cow<'a, [f32]> {
        if self.is_identity() {
            return Cow::Borrowed(spread);
        }
        let [from, to] = [self.from, self.to].map(|[h, w]| h * w * LANES);
        let mut values = vec![0.0; spread.len() / to * from];
        values.par_chunks_mut(from).zip(spread.par_chunks(to)).for_each(|(from, to)| {
            self.each(|from_cell, to_cell| cells_mut(from)[from_cell] = cells(to)[to_cell]);
        });
        Cow::Owned(values)
    }

    fn each(&self, mut cell: impl FnMut(usize, usize)) {
        for y in 0..self.from[0] {
            let Some(row) = self.target(0, y) else { continue };
            for x in 0..self.from[1] {
                if let Some(column) = self.target(1, x) {
                    cell(y * self.from[1] + x, row * self.to[1] + column);
                }
            }
        }
    }
}

/// For each of `maps` maps of `area` cells, the sum of all its values over all images: the gradient
/// of a bias.
pub fn map_sums(values: &[f32], maps: usize, area: usize) -> Vec<f32> {
    let level = Level::new();
    let sum = |map| {
        let planes = cells(values).chunks(area).skip(map).step_by(maps);
        dispatch!(level, simd => sum(simd, planes))
    };
    (0..maps).into_par_iter().map(sum).collect()
}

#[inline(always)]
fn sum<'a, S: Simd>(simd: S, planes: impl Iterator<Item = &'a [Cell]>) -> f32 {
    let mut total = f32x8::splat(simd, 0.0);
    for plane in planes {
        for cell in plane {
            total += f32x8::load_array_ref(simd, cell);
        }
    }
    total.reduce_sum()
}
