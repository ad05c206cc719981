//! One pass over some blocks of images, forward and back, on values in memory.
//!
//! A tape has a buffer for what each node computes and one for its gradient, and keeps them from one pass to
//! the next: a block of eight images goes through the network and back without a single allocation.
//! Candle's own walk through its graph does the same with tensors (`Model::loss`); a test compares both.

mod back;
mod tapes;

use super::EngineError;
use super::lanes::LANES;
use super::muted::Muted;
use super::ops::batch_norm::Moments;
use super::ops::{Own, volume};
use super::plan::{Operation, Plan, Purpose, Step, batch_norm, dropout};
pub use back::{Reached, Wanted};
pub use tapes::Tapes;

/// What all passes over one batch share.
pub struct Shared<'a> {
    plan: &'a Plan,
    muted: &'a Muted,
    /// The values of all parameters and of all constants, in their order.
    parameters: &'a [&'a [f32]],
    constants: &'a [&'a [f32]],
    /// For each node its weight as it is read on the way there and on the way back.
    packed: Vec<[Vec<f32>; 2]>,
    /// The bias of those that have none.
    zeros: Vec<f32>,
}

/// Which way the passes go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    There,
    ThereAndBack,
}

impl<'a> Shared<'a> {
    pub fn new(
        plan: &'a Plan,
        [parameters, constants]: [&'a [&'a [f32]]; 2],
        muted: &'a Muted,
        direction: Direction,
    ) -> Self {
        let mut shared =
            Self { plan, muted, parameters, constants, packed: Vec::new(), zeros: Vec::new() };
        for (index, step) in plan.steps.iter().enumerate() {
            let mut packed = [Vec::new(), Vec::new()];
            if let Operation::Trained { op, .. } = &step.operation {
                let weight = shared.own_parameters(index)[0];
                packed[0] = op.pack_forward(weight);
                if direction == Direction::ThereAndBack {
                    packed[1] = op.pack_back(weight);
                }
                shared.zeros.resize(shared.zeros.len().max(volume(op.shapes()[1])), 0.0);
            }
            shared.packed.push(packed);
        }
        shared
    }

    fn own_parameters(&self, index: usize) -> &'a [&'a [f32]] {
        &self.parameters[self.plan.own[index].parameters.clone()]
    }

    fn own_constants(&self, index: usize) -> &'a [&'a [f32]] {
        &self.constants[self.plan.own[index].constants.clone()]
    }

    /// Weight and bias of node `index`, the weight packed for the way there (0) or back (1).
    fn own(&self, index: usize, way: usize) -> Own<'_> {
        let parameters = self.own_parameters(index);
        let bias = parameters.get(1).copied().unwrap_or(&self.zeros);
        Own { weight: parameters[0], bias, packed: &self.packed[index][way] }
    }

    /// Whether what node `index` computed is still needed on the way back after activation and muting, which
    /// otherwise take its place.
    fn keeps_sum(&self, index: usize) -> bool {
        let Step { operation, activation, .. } = &self.plan.steps[index];
        let changed = activation.is_some() || self.muted.of(index).is_some();
        changed && matches!(operation, Operation::Fixed(_))
    }
}

/// Buffers for one pass at a time.
#[derive(Default)]
pub struct Tape {
    nodes: Vec<Values>,
    /// A further gradient of a node that several read.
    further: Vec<f32>,
}

/// What one node computed, and what comes back to it.
#[derive(Default)]
struct Values {
    /// Before activation and muting, where that is still needed; else empty.
    sum: Vec<f32>,
    output: Vec<f32>,
    gradient: Vec<f32>,
    /// Whether `gradient` holds that of this pass.
    reached: bool,
    /// What a batch norm found.
    moments: Moments,
}

/// Gives a buffer this many values, whatever they are.
fn fit(buffer: &mut Vec<f32>, size: usize) {
    if buffer.len() != size {
        buffer.resize(size, 0.0);
    }
}

impl Tape {
    /// Computes all nodes up to `last` on packed images; `go_on` is asked after each.
    ///
    /// # Errors
    /// Only those of `go_on`.
    pub fn forward(
        &mut self,
        shared: &Shared<'_>,
        images: &[f32],
        purpose: Purpose,
        last: usize,
        go_on: &dyn Fn() -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        let nodes = shared.plan.network.nodes();
        self.nodes.resize_with(nodes.len(), Values::default);
        let blocks = images.len() / (volume(nodes[0].output) * LANES);
        for (index, node) in nodes[..=last].iter().enumerate() {
            let (before, rest) = self.nodes.split_at_mut(index);
            let Values { sum, output, reached, moments, .. } = &mut rest[0];
            *reached = false;
            fit(output, blocks * volume(node.output) * LANES);
            let inputs = Inputs { before, numbers: &node.inputs, images };
            compute(shared, index, &inputs, purpose, output, moments)?;
            if shared.keeps_sum(index) {
                sum.clone_from(output);
            } else {
                sum.clear();
            }
            if let Some(activation) = shared.plan.steps[index].activation {
                activation.apply(output);
            }
            if let Some(mute) = shared.muted.of(index) {
                mute.silence(output);
            }
            go_on()?;
        }
        Ok(())
    }

    /// What node `index` gave in the last pass.
    pub fn output(&self, index: usize) -> &[f32] {
        &self.nodes[index].output
    }

    /// Mean and variance of what arrived at a batch norm in the last pass.
    pub fn moments(&self, index: usize) -> &Moments {
        &self.nodes[index].moments
    }

    /// Values that it has room for.
    fn size(&self) -> usize {
        let of = |node: &Values| {
            [&node.sum, &node.output, &node.gradient].map(Vec::capacity).iter().sum::<usize>()
        };
        self.nodes.iter().map(of).sum::<usize>() + self.further.capacity()
    }
}

/// What arrives at a node.
struct Inputs<'a> {
    before: &'a [Values],
    numbers: &'a [usize],
    images: &'a [f32],
}

impl Inputs<'_> {
    fn first(&self) -> &[f32] {
        self.iter().next().unwrap_or(self.images)
    }

    fn iter(&self) -> impl Iterator<Item = &[f32]> {
        self.numbers.iter().map(|&input| self.before[input].output.as_slice())
    }
}

/// Fills `y` with what node `index` computes, before its activation.
fn compute(
    shared: &Shared<'_>,
    index: usize,
    inputs: &Inputs<'_>,
    purpose: Purpose,
    y: &mut [f32],
    moments: &mut Moments,
) -> Result<(), EngineError> {
    let x = inputs.first();
    match &shared.plan.steps[index].operation {
        Operation::Input | Operation::Flatten => y.copy_from_slice(x),
        Operation::Fixed(op) => op.forward(x, y),
        Operation::Trained { op, .. } => op.forward(x, shared.own(index, 0), y),
        Operation::BatchNorm { shape, epsilon } => {
            let op = batch_norm(*shape, *epsilon, purpose, shared.own_constants(index))?;
            let own = shared.own_parameters(index);
            *moments = op.moments(x);
            op.forward(x, moments, [own[0], own[1]], y);
        }
        Operation::Dropout { shape, rate, node } => {
            y.copy_from_slice(x);
            if let Some(op) = dropout(*shape, *rate, *node, purpose) {
                op.mask(y);
            }
        }
        Operation::Add => {
            y.copy_from_slice(x);
            for other in inputs.iter().skip(1) {
                y.iter_mut().zip(other).for_each(|(sum, value)| *sum += value);
            }
        }
        Operation::Concat => {
            let nodes = shared.plan.network.nodes();
            let mut first = 0;
            let block = volume(nodes[index].output) * LANES;
            for (&number, input) in inputs.numbers.iter().zip(inputs.iter()) {
                let size = volume(nodes[number].output) * LANES;
                for (y, x) in y.chunks_exact_mut(block).zip(input.chunks_exact(size)) {
                    y[first..][..size].copy_from_slice(x);
                }
                first += size;
            }
        }
    }
    Ok(())
}
