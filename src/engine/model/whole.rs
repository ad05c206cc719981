//! The loss of a batch and its gradient by all parameters, end to end.
//!
//! The batch is cut into groups of blocks, which are worked on side by side. In a group, each block of
//! eight images goes through the whole network and back while its values are still in the cache, and
//! adds to the gradient of its group; the groups are added up last. How a batch is cut depends on its
//! size alone, so the sums have the same order, and the same bits, for any number of threads.

use std::ops::Range;

use rayon::prelude::*;

use super::Learned;
use crate::engine::lanes::LANES;
use crate::engine::ops::batch_norm::Moments;
use crate::engine::ops::cross_entropy::CrossEntropy;
use crate::engine::ops::volume;
use crate::engine::plan::{Batch, Plan, Purpose};
use crate::engine::tape::{Shared, Tape, Tapes, Wanted};
use crate::engine::{EngineError, lanes};

/// Groups at most: each has a gradient of its own.
const MOST_GROUPS: usize = 8;

/// Values that a task adds up over all groups.
const PIECE: usize = 1 << 12;

/// The network on one batch.
pub struct WholeNetwork<'a> {
    pub plan: &'a Plan,
    pub shared: &'a Shared<'a>,
    pub tapes: &'a Tapes,
    /// How many values all parameters have.
    pub parameters: usize,
    /// Packed and checked.
    pub images: &'a [f32],
    /// One per image, checked.
    pub labels: &'a [usize],
    pub loss: CrossEntropy,
    /// Decides what is dropped.
    pub seed: u64,
}

/// What some blocks give.
struct Part {
    /// The sum of their images' losses.
    loss: f64,
    gradient: Vec<f32>,
    statistics: Vec<(usize, Moments)>,
}

impl WholeNetwork<'_> {
    /// The loss, its gradient, and the statistics of the batch.
    pub fn learn(&self) -> Result<Learned, EngineError> {
        let parts: Vec<Part> = self
            .groups()
            .into_par_iter()
            .map(|group| self.group(group))
            .collect::<Result<_, _>>()?;
        let loss = parts.iter().map(|part| part.loss).sum::<f64>() / self.labels.len() as f64;
        let (mut gradients, mut statistics) = (Vec::new(), Vec::new());
        for part in parts {
            gradients.push(part.gradient);
            statistics.extend(part.statistics);
        }
        Ok(Learned { loss, gradient: sum(gradients), statistics })
    }

    /// The blocks of each group, in pieces that go through the network one after the other. Where images
    /// depend on each other, the batch is one piece.
    fn groups(&self) -> Vec<Vec<Range<usize>>> {
        let blocks = lanes::blocks(self.labels.len());
        if self.plan.couples_images() {
            return vec![vec![0..blocks]];
        }
        let count = blocks.min(MOST_GROUPS);
        let group = |i: usize| i * blocks / count..(i + 1) * blocks / count;
        (0..count).map(|i| group(i).map(|block| block..block + 1).collect()).collect()
    }

    fn group(&self, pieces: Vec<Range<usize>>) -> Result<Part, EngineError> {
        let gradient = vec![0.0; self.parameters];
        let mut part = Part { loss: 0.0, gradient, statistics: Vec::new() };
        self.tapes.with(|tape| {
            pieces.into_iter().try_for_each(|blocks| self.piece(blocks, tape, &mut part))
        })?;
        Ok(part)
    }

    /// Adds what the images of some blocks give.
    fn piece(
        &self,
        blocks: Range<usize>,
        tape: &mut Tape,
        part: &mut Part,
    ) -> Result<(), EngineError> {
        let first = blocks.start * LANES;
        let labels = &self.labels[first..(blocks.end * LANES).min(self.labels.len())];
        let block = volume(self.plan.network.input()) * LANES;
        let images = &self.images[blocks.start * block..blocks.end * block];
        let purpose = Purpose::Training(Batch { images: labels.len(), first, seed: self.seed });
        let last = self.plan.network.scores();
        tape.forward(self.shared, images, purpose, last, &|| Ok(()))?;
        for (index, own) in self.plan.own[..=last].iter().enumerate() {
            if !own.constants.is_empty() {
                part.statistics.push((index, tape.moments(index).clone()));
            }
        }
        let loss = self.loss.on(labels, self.labels.len());
        let seed = |scores: &[f32], seed: &mut [f32]| {
            part.loss += loss.with_gradient(scores, seed);
        };
        let wanted = Wanted::Parameters(&mut part.gradient);
        tape.back(self.shared, purpose, last, seed, wanted)
    }
}

/// The sum of all lists, in their order.
fn sum(lists: Vec<Vec<f32>>) -> Vec<f32> {
    let mut lists = lists.into_iter();
    let Some(mut sum) = lists.next() else { return Vec::new() };
    let others: Vec<Vec<f32>> = lists.collect();
    sum.par_chunks_mut(PIECE).enumerate().for_each(|(piece, sum)| {
        for other in &others {
            let other = &other[piece * PIECE..][..sum.len()];
            sum.iter_mut().zip(other).for_each(|(sum, &value)| *sum += value);
        }
    });
    sum
}
