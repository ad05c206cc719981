//! The loss of a batch as one operation of candle's graph: all parameters in, end to end, the mean
//! cross-entropy out.
//!
//! The batch is cut into groups of blocks, which are worked on side by side. In a group, each block of
//! eight images goes through the whole network and back while its values are still in the cache, and
//! adds to the gradient of its group; the groups are added up last. How a batch is cut depends on its
//! size alone, so the sums have the same order, and the same bits, for any number of threads.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use candle_core::{CpuStorage, CustomOp1, Device, Layout, Result, Shape, Tensor, Var};
use rayon::prelude::*;

use crate::engine::backward::{self, Record};
use crate::engine::lanes::LANES;
use crate::engine::muted::Muted;
use crate::engine::ops::batch_norm::{Moments, moments};
use crate::engine::ops::cross_entropy::CrossEntropy;
use crate::engine::ops::{slice, values};
use crate::engine::plan::{Batch, Given, Plan, Purpose};
use crate::engine::{EngineError, lanes};

/// Groups at most: each has a gradient of its own.
const MOST_GROUPS: usize = 8;

/// Values that a task adds up over all groups.
const PIECE: usize = 1 << 12;

/// The network on one batch; lives as long as the loss that it gave.
pub struct WholeNetwork {
    pub plan: Arc<Plan>,
    pub constants: Vec<Tensor>,
    /// Packed and checked.
    pub images: Tensor,
    /// One per image, checked.
    pub labels: Vec<usize>,
    pub loss: CrossEntropy,
    /// Decides what is dropped.
    pub seed: u64,
    /// Where it puts what it finds of the batch at each batch norm.
    pub statistics: Arc<Mutex<Vec<(usize, Moments)>>>,
    /// The gradient by all parameters, end to end: the forward pass has it already, because only then
    /// are the values that it needs near.
    pub gradient: Mutex<Option<Vec<f32>>>,
}

/// What some blocks give.
struct Part {
    /// The sum of their images' losses.
    loss: f64,
    gradient: Vec<f32>,
}

impl WholeNetwork {
    /// The loss and its gradient.
    fn pass(&self, flat: &[f32]) -> std::result::Result<(f32, Vec<f32>), EngineError> {
        let parameters = self.split(flat)?;
        let parts: Vec<Part> = self
            .groups()
            .into_par_iter()
            .map(|group| self.group(group, &parameters, flat.len()))
            .collect::<std::result::Result<_, _>>()?;
        let loss = parts.iter().map(|part| part.loss).sum::<f64>();
        let gradients: Vec<Vec<f32>> = parts.into_iter().map(|part| part.gradient).collect();
        Ok(((loss / self.labels.len() as f64) as f32, sum(gradients)))
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

    fn group(
        &self,
        pieces: Vec<Range<usize>>,
        parameters: &[Tensor],
        size: usize,
    ) -> std::result::Result<Part, EngineError> {
        let mut part = Part { loss: 0.0, gradient: vec![0.0; size] };
        for blocks in pieces {
            self.piece(blocks, parameters, &mut part)?;
        }
        Ok(part)
    }

    /// Adds what the images of some blocks give.
    fn piece(
        &self,
        blocks: Range<usize>,
        parameters: &[Tensor],
        part: &mut Part,
    ) -> std::result::Result<(), EngineError> {
        let first = blocks.start * LANES;
        let labels = &self.labels[first..(blocks.end * LANES).min(self.labels.len())];
        let images = self.images.narrow(0, blocks.start, blocks.len())?;
        let batch = Batch { images: labels.len(), first, seed: self.seed };
        let muted = &Muted::default();
        let (constants, purpose) = (self.constants.as_slice(), Purpose::Training(batch));
        let given = Given { parameters, constants, muted, purpose };
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
        self.note_statistics(&records)?;
        let found = backward::walk(&self.plan, &given, &records, seed)?;
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

    fn note_statistics(&self, records: &[Record]) -> Result<()> {
        let mut statistics = Vec::new();
        for (index, node) in self.plan.network.nodes()[..records.len()].iter().enumerate() {
            if !self.plan.own[index].constants.is_empty() {
                let arriving = &records[node.inputs[0]].output;
                statistics.push((index, moments(arriving, self.labels.len())?));
            }
        }
        if !statistics.is_empty() {
            *self.statistics.lock().unwrap_or_else(PoisonError::into_inner) = statistics;
        }
        Ok(())
    }

    /// The parameters again as tensors of their own, marked as learning.
    fn split(&self, flat: &[f32]) -> Result<Vec<Tensor>> {
        let mut rest = flat;
        let one = |shape: &Vec<usize>| {
            let (own, others) = rest.split_at(shape.iter().product());
            rest = others;
            Ok(Var::from_slice(own, shape.as_slice(), &Device::Cpu)?.into_inner())
        };
        self.plan.shapes.iter().map(one).collect()
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

impl CustomOp1 for WholeNetwork {
    fn name(&self) -> &'static str {
        "whole_network"
    }

    fn cpu_fwd(&self, flat: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let (loss, gradient) = self.pass(slice(flat, layout)?).map_err(candle_core::Error::wrap)?;
        *self.gradient.lock().unwrap_or_else(PoisonError::into_inner) = Some(gradient);
        Ok((CpuStorage::F32(vec![loss]), ().into()))
    }

    fn bwd(&self, flat: &Tensor, _loss: &Tensor, upstream: &Tensor) -> Result<Option<Tensor>> {
        let known = self.gradient.lock().unwrap_or_else(PoisonError::into_inner).take();
        // A second way back from the same loss has to compute it again.
        let mut gradient = match known {
            Some(gradient) => gradient,
            None => self.pass(&values(flat)?).map_err(candle_core::Error::wrap)?.1,
        };
        let upstream = upstream.to_scalar::<f32>()?;
        if upstream != 1.0 {
            for value in &mut gradient {
                *value *= upstream;
            }
        }
        Tensor::from_vec(gradient, flat.shape(), &Device::Cpu).map(Some)
    }
}
