//! Copying maps into larger ones with zeros around or between, and adding maps up.

use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use fearless_simd::{Level, Simd, dispatch, f32x8, prelude::*};
use rayon::prelude::*;

use super::jobs_at_once;
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

    /// Copies one map to its places among others.
    fn spread(&self, from: &[Cell], to: &mut [Cell]) {
        self.each_row(|from_row, to_row| {
            let (from, to) = (&from[from_row], &mut to[to_row]);
            if self.step[1] == 1 {
                to.copy_from_slice(from);
            } else {
                from.iter().zip(to.iter_mut().step_by(self.step[1])).for_each(|(f, t)| *t = *f);
            }
        });
    }

    /// The way back: what [`Placement::spread`] placed; what it left out stays as it is.
    fn gather(&self, from: &[Cell], to: &mut [Cell]) {
        self.each_row(|to_row, from_row| {
            let (from, to) = (&from[from_row], &mut to[to_row]);
            from.iter().step_by(self.step[1]).zip(to).for_each(|(f, t)| *t = *f);
        });
    }

    /// For each row that is placed, the cells that are, and the span of their places.
    fn each_row(&self, mut row: impl FnMut(Range<usize>, Range<usize>)) {
        let mut inside = (0..self.from[1]).filter(|&x| self.target(1, x).is_some());
        let Some(first) = inside.next() else { return };
        let last = inside.next_back().unwrap_or(first);
        let Some(start) = self.target(1, first) else { return };
        let span = (last - first) * self.step[1] + 1;
        for y in 0..self.from[0] {
            let Some(line) = self.target(0, y) else { continue };
            let (from, to) = (y * self.from[1], line * self.to[1] + start);
            row(from + first..from + last + 1, to..to + span);
        }
    }
}

/// A buffer of more values than this (8 MB) is let go after use: a whole batch with batch norm takes that much in
/// every layer. What a block of eight images takes in a network for photographs is kept.
const MOST_VALUES: usize = 1 << 21;

/// A placement with buffers of its own, whose zeros are written once.
#[derive(Clone, Debug)]
pub struct Margin {
    pub placement: Placement,
    spare: Arc<Mutex<Vec<Vec<f32>>>>,
}

impl Margin {
    pub fn new(placement: Placement) -> Self {
        Self { placement, spare: Arc::default() }
    }

    /// Works on all maps of packed values, placed among zeros; on the values themselves where nothing
    /// changes.
    pub fn spread<R>(&self, values: &[f32], work: impl FnOnce(&[f32]) -> R) -> R {
        if self.placement.is_identity() {
            return work(values);
        }
        let [from, to] = self.areas();
        let mut buffer = self.take(values.len() / from * to);
        let maps = buffer.par_chunks_mut(to).zip(values.par_chunks(from));
        maps.with_min_len(jobs_at_once(from / LANES)).for_each(|(to, from)| {
            self.placement.spread(cells(from), cells_mut(to));
        });
        let result = work(&buffer);
        if buffer.capacity() <= MOST_VALUES {
            self.spare().push(buffer);
        }
        result
    }

    /// The way back: `work` fills a buffer, whatever it holds, in the form of the spread values; what stands in
    /// the places of values goes to `values`, where those without a place become 0.
    pub fn gather(&self, values: &mut [f32], work: impl FnOnce(&mut [f32])) {
        if self.placement.is_identity() {
            return work(values);
        }
        let [from, to] = self.areas();
        let mut buffer = vec![0.0; values.len() / from * to];
        work(&mut buffer);
        let maps = values.par_chunks_mut(from).zip(buffer.par_chunks(to));
        maps.with_min_len(jobs_at_once(from / LANES)).for_each(|(from, to)| {
            from.fill(0.0);
            self.placement.gather(cells(to), cells_mut(from));
        });
    }

    /// Values of a map, as it arrives and placed.
    fn areas(&self) -> [usize; 2] {
        [self.placement.from, self.placement.to].map(|[h, w]| h * w * LANES)
    }

    /// A buffer that holds nothing but zeros outside the places of values.
    fn take(&self, size: usize) -> Vec<f32> {
        let mut buffer = self.spare().pop().unwrap_or_default();
        buffer.resize(size, 0.0);
        buffer
    }

    fn spare(&self) -> MutexGuard<'_, Vec<Vec<f32>>> {
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Adds to each of `sums`, one per map of `area` cells, all its values over all images: the gradient of
/// a bias.
pub fn add_map_sums(values: &[f32], area: usize, sums: &mut [f32]) {
    let (level, maps) = (Level::new(), sums.len());
    let add = |(map, total): (usize, &mut f32)| {
        let planes = cells(values).chunks(area).skip(map).step_by(maps);
        *total += dispatch!(level, simd => sum(simd, planes));
    };
    let work = values.len() / LANES / maps.max(1);
    sums.par_iter_mut().enumerate().with_min_len(jobs_at_once(work)).for_each(add);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_large_batch_took_is_let_go_and_what_a_block_took_is_kept() {
        let margin = Margin::new(Placement::padded([30, 30], Padding::all(1)));
        let kept = || margin.spare().iter().map(Vec::capacity).sum::<usize>();
        let block = vec![1.0; 30 * 30 * LANES];
        margin.spread(&block, |spread| assert_eq!(spread.len(), 32 * 32 * LANES));
        assert_eq!(kept(), 32 * 32 * LANES);
        let batch = block.repeat(MOST_VALUES / block.len() + 1);
        margin.spread(&batch, |spread| assert!(spread.len() > MOST_VALUES));
        assert!(kept() <= MOST_VALUES, "{} values", kept());
    }
}
