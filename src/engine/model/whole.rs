//! The loss of a batch as one operation of candle's graph: all parameters in, end to end, the mean
//! cross-entropy out.

use std::sync::{Arc, Mutex, PoisonError};

use candle_core::{CpuStorage, CustomOp1, Device, Layout, Result, Shape, Tensor, Var};

use crate::engine::EngineError;
use crate::engine::backward::{self, Record};
use crate::engine::muted::Muted;
use crate::engine::ops::cross_entropy::CrossEntropy;
use crate::engine::ops::{slice, values};
use crate::engine::plan::Plan;

/// The network on one batch; lives as long as the loss that it gave.
pub struct WholeNetwork {
    plan: Arc<Plan>,
    images: Tensor,
    loss: CrossEntropy,
    /// What the forward pass leaves for the way back.
    passed: Mutex<Option<Passed>>,
}

struct Passed {
    parameters: Vec<Tensor>,
    records: Vec<Record>,
}

impl WholeNetwork {
    /// `images` are packed and have been checked.
    pub fn new(plan: Arc<Plan>, images: Tensor, loss: CrossEntropy) -> Self {
        Self { plan, images, loss, passed: Mutex::default() }
    }

    fn pass(&self, flat: &[f32]) -> std::result::Result<(Passed, f32), EngineError> {
        let parameters = self.split(flat)?;
        let last = self.plan.network.scores();
        let mut records = Vec::with_capacity(last + 1);
        let muted = Muted::default();
        let scores = self.plan.run(&self.images, &parameters, &muted, last, &mut |computed| {
            let (sum, output) = (computed.sum.clone(), computed.output.clone());
            records.push(Record { sum, output });
            Ok(())
        })?;
        let loss = scores.apply_op1_no_bwd(&self.loss)?.to_scalar()?;
        Ok((Passed { parameters, records }, loss))
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

impl CustomOp1 for WholeNetwork {
    fn name(&self) -> &'static str {
        "whole_network"
    }

    fn cpu_fwd(&self, flat: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let (passed, loss) = self.pass(slice(flat, layout)?).map_err(candle_core::Error::wrap)?;
        *self.passed.lock().unwrap_or_else(PoisonError::into_inner) = Some(passed);
        Ok((CpuStorage::F32(vec![loss]), ().into()))
    }

    fn bwd(&self, flat: &Tensor, _loss: &Tensor, upstream: &Tensor) -> Result<Option<Tensor>> {
        let passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner).take();
        // A second way back from the same loss has to compute it again.
        let Passed { parameters, records } = match passed {
            Some(passed) => passed,
            None => self.pass(&values(flat)?).map_err(candle_core::Error::wrap)?.0,
        };
        let seed = match records.last() {
            Some(scores) => self.loss.bwd(&scores.output, upstream, upstream)?,
            None => None,
        };
        let found = match seed {
            Some(seed) => {
                let muted = Muted::default();
                backward::walk(&self.plan, &parameters, &muted, &records, seed)?.parameters
            }
            None => vec![None; parameters.len()],
        };
        let mut gradient = Vec::with_capacity(flat.elem_count());
        for (parameter, found) in parameters.iter().zip(&found) {
            match found {
                Some(found) => gradient.extend_from_slice(&values(found)?),
                None => gradient.resize(gradient.len() + parameter.elem_count(), 0.0),
            }
        }
        Tensor::from_vec(gradient, flat.shape(), &Device::Cpu).map(Some)
    }
}
