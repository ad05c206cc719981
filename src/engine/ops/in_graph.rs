//! An operation on values in memory as candle's graph applies it.

use std::sync::Arc;

use candle_core::{CpuStorage, CustomOp1, CustomOp3, Layout, Result, Tensor};

use super::{Fixed, Gradients, Own, Trained, gradient_if_tracked, packed, slice, values, volume};

/// An operation with tensors for values: without parameters a `CustomOp1`, with weight and bias a `CustomOp3`.
#[derive(Debug)]
pub struct InGraph<T: ?Sized>(Arc<T>);

impl<T> InGraph<T> {
    #[must_use]
    pub fn new(op: T) -> Self {
        Self(Arc::new(op))
    }
}

impl<T: ?Sized> InGraph<T> {
    /// The graph may outlive whoever else has the operation.
    pub(in crate::engine) fn of(op: &Arc<T>) -> Self {
        Self(Arc::clone(op))
    }
}

impl<T: Fixed + ?Sized> CustomOp1 for InGraph<T> {
    fn name(&self) -> &'static str {
        "fixed"
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, candle_core::Shape)> {
        let (x, [input, output]) = (slice(x, layout)?, self.0.shapes());
        let mut y = vec![0.0; x.len() / volume(input) * volume(output)];
        self.0.forward(x, &mut y);
        Ok(packed(y, output))
    }

    fn bwd(&self, x: &Tensor, y: &Tensor, gy: &Tensor) -> Result<Option<Tensor>> {
        let gy = gy.contiguous()?;
        let (x_values, y, gy) = (values(x)?, values(y)?, values(&gy)?);
        gradient_if_tracked(x, |gx| self.0.input_gradient(&x_values, &y, &gy, gx))
    }
}

impl<T: Trained + ?Sized> CustomOp3 for InGraph<T> {
    fn name(&self) -> &'static str {
        "trained"
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_layout: &Layout,
        weight: &CpuStorage,
        weight_layout: &Layout,
        bias: &CpuStorage,
        bias_layout: &Layout,
    ) -> Result<(CpuStorage, candle_core::Shape)> {
        let (x, [input, output]) = (slice(x, x_layout)?, self.0.shapes());
        let (weight, bias) = (slice(weight, weight_layout)?, slice(bias, bias_layout)?);
        let mut y = vec![0.0; x.len() / volume(input) * volume(output)];
        self.0.forward(x, Own { weight, bias, packed: &self.0.pack_forward(weight) }, &mut y);
        Ok(packed(y, output))
    }

    fn bwd(
        &self,
        x: &Tensor,
        weight: &Tensor,
        bias: &Tensor,
        _y: &Tensor,
        gy: &Tensor,
    ) -> Result<Gradients> {
        let (op, gy) = (&self.0, gy.contiguous()?);
        let (x_values, weight_values, bias_values) = (values(x)?, values(weight)?, values(bias)?);
        let gy = values(&gy)?;
        Ok((
            gradient_if_tracked(x, |gx| {
                let packed = &op.pack_back(&weight_values);
                let own = Own { weight: &weight_values, bias: &bias_values, packed };
                op.input_gradient(&gy, own, gx);
            })?,
            gradient_if_tracked(weight, |gw| op.weight_gradient(&x_values, &gy, gw))?,
            gradient_if_tracked(bias, |gb| op.bias_gradient(&gy, gb))?,
        ))
    }
}
