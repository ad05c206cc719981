//! From one node back to every parameter and to the image.

use super::{Shared, Tape, Values, fit};
use crate::engine::EngineError;
use crate::engine::lanes::LANES;
use crate::engine::ops::volume;
use crate::engine::plan::{Operation, Purpose, batch_norm, dropout};

/// What a walk back is to find.
pub enum Wanted<'a> {
    /// The gradient by every parameter, end to end in their order, added to this one.
    Parameters(&'a mut [f32]),
    /// That by the image alone, see [`Tape::of_image`].
    Image,
    /// That by everything that was computed: told node by node, those that nothing comes back to left out.
    All(&'a mut dyn FnMut(Reached<'_>)),
}

/// The gradient of a node, packed.
#[derive(Clone, Copy)]
pub enum Reached<'a> {
    /// By what it gave.
    Output(usize, &'a [f32]),
    /// By its sum, before activation and muting.
    Sum(usize, &'a [f32]),
}

impl Tape {
    /// Walks the last pass back from node `last`. `seed` writes the gradient of that node's output, whatever
    /// it found there.
    ///
    /// # Errors
    /// A mistake in the plan.
    pub fn back(
        &mut self,
        shared: &Shared<'_>,
        purpose: Purpose,
        last: usize,
        seed: impl FnOnce(&[f32], &mut [f32]),
        mut wanted: Wanted<'_>,
    ) -> Result<(), EngineError> {
        let Values { output, gradient, reached, .. } = &mut self.nodes[last];
        fit(gradient, output.len());
        seed(output, gradient);
        *reached = true;
        let mut end = shared.parameters[..shared.plan.own[last].parameters.end]
            .iter()
            .map(|parameter| parameter.len())
            .sum();
        for index in (0..=last).rev() {
            let (before, rest) = self.nodes.split_at_mut(index);
            let own = &mut rest[0];
            let size: usize = shared.own_parameters(index).iter().map(|own| own.len()).sum();
            let start: usize = end - size;
            let range = start..end;
            end = start;
            if !own.reached {
                continue;
            }
            let mut tell = |reached: Reached<'_>| {
                if let Wanted::All(tell) = &mut wanted {
                    tell(reached);
                }
            };
            tell(Reached::Output(index, &own.gradient));
            if let Some(mute) = shared.muted.of(index) {
                mute.silence(&mut own.gradient);
            }
            if let Some(activation) = shared.plan.steps[index].activation {
                activation.chain(&own.output, &mut own.gradient);
            }
            tell(Reached::Sum(index, &own.gradient));
            let of_own = match &mut wanted {
                Wanted::Parameters(all) => Some(&mut all[range]),
                Wanted::Image | Wanted::All(_) => None,
            };
            let way = Back {
                shared,
                index,
                purpose,
                own,
                // Nothing learns from the gradient of the image.
                first: usize::from(of_own.is_some()),
            };
            way.go(before, &mut self.further, of_own)?;
        }
        Ok(())
    }

    /// The gradient by the packed images that the last walk found; `None` where nothing depends on them.
    pub fn of_image(&self) -> Option<&[f32]> {
        self.nodes.first().filter(|image| image.reached).map(|image| image.gradient.as_slice())
    }
}

/// One node's step back.
struct Back<'a> {
    shared: &'a Shared<'a>,
    index: usize,
    purpose: Purpose,
    own: &'a Values,
    /// The first node whose gradient is wanted.
    first: usize,
}

impl Back<'_> {
    /// Adds to the gradients of the inputs and of the node's own parameters, if they are wanted.
    fn go(
        &self,
        before: &mut [Values],
        further: &mut Vec<f32>,
        of_own: Option<&mut [f32]>,
    ) -> Result<(), EngineError> {
        let (shared, index, gy) = (self.shared, self.index, self.own.gradient.as_slice());
        let nodes = shared.plan.network.nodes();
        let inputs = nodes[index].inputs.as_slice();
        let mut pass_on = |input: usize, write: &mut dyn FnMut(&[f32], &mut [f32])| {
            if input >= self.first {
                before[input].receive(further, write);
            }
        };
        match (&shared.plan.steps[index].operation, inputs) {
            (Operation::Input, _) => {}
            (Operation::Fixed(op), &[input]) => {
                let own = self.own;
                let y = if own.sum.is_empty() { &own.output } else { &own.sum };
                pass_on(input, &mut |x, gx| op.input_gradient(x, y, gy, gx));
            }
            (Operation::Trained { op, .. }, &[input]) => {
                let own = shared.own(index, 1);
                pass_on(input, &mut |_, gx| op.input_gradient(gy, own, gx));
                if let Some(of_own) = of_own {
                    let (of_weight, of_bias) = of_own.split_at_mut(own.weight.len());
                    op.weight_gradient(&before[input].output, gy, of_weight);
                    if !of_bias.is_empty() {
                        op.bias_gradient(gy, of_bias);
                    }
                }
            }
            (Operation::BatchNorm { shape, epsilon }, &[input]) => {
                let op = batch_norm(*shape, *epsilon, self.purpose, shared.own_constants(index))?;
                let gamma = shared.own_parameters(index)[0];
                let mut nowhere = Vec::new();
                let of_own = of_own.unwrap_or_else(|| {
                    nowhere.resize(2 * gamma.len(), 0.0);
                    &mut nowhere
                });
                let (of_gamma, of_beta) = of_own.split_at_mut(gamma.len());
                let moments = &self.own.moments;
                if input >= self.first {
                    pass_on(input, &mut |x, gx| {
                        let own = [&mut *of_gamma, &mut *of_beta];
                        op.gradients([x, gy], moments, gamma, Some(gx), own);
                    });
                } else {
                    let x = &before[input].output;
                    op.gradients([x, gy], moments, gamma, None, [of_gamma, of_beta]);
                }
            }
            (Operation::Dropout { shape, rate, node }, &[input]) => {
                let op = dropout(*shape, *rate, *node, self.purpose);
                pass_on(input, &mut |_, gx| {
                    gx.copy_from_slice(gy);
                    if let Some(op) = &op {
                        op.mask(gx);
                    }
                });
            }
            (Operation::Flatten, &[input]) => pass_on(input, &mut |_, gx| gx.copy_from_slice(gy)),
            (Operation::Add, inputs) => {
                for &input in inputs {
                    pass_on(input, &mut |_, gx| gx.copy_from_slice(gy));
                }
            }
            (Operation::Concat, inputs) => {
                let block = volume(nodes[index].output) * LANES;
                let mut first = 0;
                for &input in inputs {
                    let size = volume(nodes[input].output) * LANES;
                    pass_on(input, &mut |_, gx| {
                        for (gx, gy) in gx.chunks_exact_mut(size).zip(gy.chunks_exact(block)) {
                            gx.copy_from_slice(&gy[first..][..size]);
                        }
                    });
                    first += size;
                }
            }
            (
                Operation::Fixed(_)
                | Operation::Trained { .. }
                | Operation::BatchNorm { .. }
                | Operation::Dropout { .. }
                | Operation::Flatten,
                _,
            ) => {
                return Err(candle_core::Error::Msg(
                    "a node has not the inputs of its kind".into(),
                )
                .into());
            }
        }
        Ok(())
    }
}

impl Values {
    /// Adds a gradient, which `write` writes from what the node gave.
    fn receive(&mut self, further: &mut Vec<f32>, write: &mut dyn FnMut(&[f32], &mut [f32])) {
        if self.reached {
            fit(further, self.output.len());
            write(&self.output, further);
            self.gradient.iter_mut().zip(&*further).for_each(|(sum, value)| *sum += value);
        } else {
            fit(&mut self.gradient, self.output.len());
            write(&self.output, &mut self.gradient);
            self.reached = true;
        }
    }
}
