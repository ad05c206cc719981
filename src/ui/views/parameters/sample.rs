//! A digit as the layer's input, spread over its image, and what seeded weights make of it: so that the
//! strips beside the matrix show something that goes in and something that comes out.

use std::ops::Range;

use crate::array::Array;
use crate::array::portable::{splitmix64, symmetric};
use crate::network::wiring::Wiring;

/// Of a unit that reads more, so many inputs are taken, evenly spread over what it reads: rows, columns
/// and maps of them.
const MOST_ALONG: usize = 6;
const MOST_MAPS: usize = 3;
/// How dark outputs are: most fields of a digit are paper for the most part, so that sums are small.
const SPREAD: f32 = 1.2;
/// Inputs whose mean stands for all that are under one point of the strip.
const MOST_MEANT: u64 = 16;

pub struct Sample<'a> {
    pub wiring: &'a Wiring,
    pub image: Option<&'a Array>,
}

impl Sample<'_> {
    /// 0 (paper) to 1 (ink) of these inputs, in the mean of some of them.
    pub fn input(&self, columns: Range<u64>) -> Option<f32> {
        let count = columns.end.saturating_sub(columns.start).clamp(1, MOST_MEANT);
        let mut sum = 0.0;
        for i in 0..count {
            let column = columns.start + (columns.end - columns.start) * i / count;
            let [_, y, x] = self.wiring.pixel_of(column);
            sum += self.ink([y, x])?;
        }
        Some(sum / count as f32)
    }

    fn ink(&self, at: [usize; 2]) -> Option<f32> {
        let image = self.image?;
        let [_, h, w] = image.chw();
        let [_, rows, columns] = self.wiring.input;
        // A line shows the middle row.
        let y = if rows == 1 { h / 2 } else { at[0] * h / rows };
        let x = (at[1] * w / columns).min(w - 1);
        Some(image.at([0, y.min(h - 1), x]).clamp(0.0, 1.0))
    }

    /// The same of an output: how far it is from 0, which a blank sheet gives.
    pub fn output(&self, row: u64) -> Option<f32> {
        let [map, y, x] = self.wiring.unit_of(row);
        let (down, across) = (self.wiring.axis(0), self.wiring.axis(1));
        let (mut sum, mut taken) = (0.0, 0_usize);
        for channel in self.maps_of(map) {
            for iy in evenly(down.taps(y), MOST_ALONG).filter_map(|tap| down.cell(y, tap)) {
                for ix in evenly(across.taps(x), MOST_ALONG).filter_map(|tap| across.cell(x, tap)) {
                    let column = self.wiring.column_of([channel, iy, ix]);
                    let weight = self.wiring.weight_at(row, column)?;
                    let name = u64::from(weight.kernel) << 32 | u64::from(weight.offset);
                    sum += symmetric(splitmix64(name)) as f32 * self.ink([iy, ix])?;
                    taken += 1;
                }
            }
        }
        // A sum of so many random numbers is as large as the root of their number.
        Some((SPREAD * sum / (taken.max(1) as f32).sqrt()).abs().tanh())
    }

    /// Maps that a unit of output map `map` reads.
    fn maps_of(&self, map: usize) -> Vec<usize> {
        let (made, arriving) = (self.wiring.output[0], self.wiring.input[0]);
        let channels = &self.wiring.channels;
        let linked = |slot: usize| {
            let own = channels.channel(map, slot, made, arriving);
            own.or_else(|| channels.nearest(map, slot, made, arriving))
        };
        let mut maps: Vec<usize> =
            evenly(0..channels.slots(arriving), MOST_MAPS).filter_map(linked).collect();
        maps.dedup();
        maps
    }
}

/// All of these, or so many, evenly spread.
fn evenly(all: Range<usize>, most: usize) -> impl Iterator<Item = usize> {
    let (first, count) = (all.start, all.len());
    let taken = count.min(most);
    (0..taken).map(move |i| first + (2 * i + 1) * count / (2 * taken))
}
