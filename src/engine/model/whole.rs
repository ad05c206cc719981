//! The loss of a batch and its gradient by all parameters, end to end.
//!
//! The batch is cut into groups of blocks, which are worked on side by side. In a group, each block of
//! eight images goes through the whole network and back while its values are still in the cache, and
//! adds to the gradient of its group; the groups are added up last. How a batch is cut depends on its
//! size alone, so the sums have the same order, and the same bits, for any number of threads.
//!
//! Each node's gradient is the `bwd` of its own candle op; candle's own walk through its graph is left
//! out, because it adds every gradient to a tensor of zeros, on threads of its own that spin.

use std::ops::Range;

use candle_core::{Result, Tensor};
use rayon::prelude::*;

use super::Learned;
use crate::engine::backward::{self, Record};
use crate::engine::lanes::LANES;
use crate::engine::muted::Muted;
use crate::engine::ops::batch_norm::{Moments, moments};
use crate::engine::ops::cross_entropy::CrossEntropy;
use crate::engine::ops::values;
use crate::engine::plan::{Batch, Given, Plan, Purpose};
use crate::engine::{EngineError, lanes};

/// Groups at most: each has a gradient of its own.
const MOST_GROUPS: usize = 8;

/// Values that a task adds up over all groups.
const PIECE: usize = 1 << 12;

/// The network on one batch.
pub struct WholeNetwork<'a> {
    pub plan: &'a Plan,
    pub parameters: &'a [Tensor],
    pub constants: &'a [Tensor],
    /// Packed and checked.
    pub images: &'a Tensor,
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
    pub fn learn(&self) -> std::result::Result<Learned, EngineError> {
        let parts: Vec<Part> = self
            .groups()
            .into_par_iter()
            .map(|group| self.group(group))
            .collect::<std::result::Result<_, _>>()?;
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

    fn group(&self, pieces: Vec<Range<usize>>) -> std::result::Result<Part, EngineError> {
        let size = self.parameters.iter().map(Tensor::elem_count).sum();
        let mut part = Part { loss: 0.0, gradient: vec![0.0; size], statistics: Vec::new() };
        for blocks in pieces {
            self.piece(blocks, &mut part)?;
        }
        Ok(part)
    }

    /// Adds what the images of some blocks give.
    fn piece(&self, blocks: Range<usize>, part: &mut Part) -> std::result::Result<(), EngineError> {
        let first = blocks.start * LANES;
        let labels = &self.labels[first..(blocks.end * LANES).min(self.labels.len())];
        let images = self.images.narrow(0, blocks.start, blocks.len())?;
        let batch = Batch { images: labels.len(), first, seed: self.seed };
        let muted = &Muted::default();
        let (parameters, constants) = (self.parameters, self.constants);
        let given = Given { parameters, constants, muted, purpose: Purpose::Training(batch) };
        let last = self.plan.network.scores();
        let mut records = Vec::with_capacity(last + 1);
        let scores = self.plan.run(&images, &given, last, &mut |computed| {
            let (sum, output) = (computed.sum.clone(), computed.output.clone());
            records.push(Record { sum, output });
            Ok(())
        })?;
        let loss = self.loss.on(labels, self.labels.len());
        let (loss, seed) = loss.with_gradient(&scores)?;
        part.loss += loss;
        part.statistics.extend(self.statistics(&records)?);
        let found = backward::walk(self.plan, &given, &records, seed)?;
        let mut rest = part.gradient.as_mut_slice();
        for (parameter, found) in parameters.iter().zip(&found.parameters) {
            let (own, others) = rest.split_at_mut(parameter.elem_count());
            rest = others;
            if let Some(found) = found {
                own.iter_mut().zip(values(found)?.iter()).for_each(|(sum, &value)| *sum += value);
            }
        }
        Ok(())
    }

    /// Mean and variance of what arrives at each batch norm.
    fn statistics(&self, records: &[Record]) -> Result<Vec<(usize, Moments)>> {
        let mut statistics = Vec::new();
        for (index, node) in self.plan.network.nodes()[..records.len()].iter().enumerate() {
            if !self.plan.own[index].constants.is_empty() {
                let arriving = &records[node.inputs[0]].output;
                statistics.push((index, moments(arriving, self.labels.len())?));
            }
        }
        Ok(statistics)
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
