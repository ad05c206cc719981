//! From the loss back to every parameter.
//!
//! The walk goes through the nodes, not through candle's graph of operations: candle's `backward` adds
//! each gradient to a tensor of zeros, on threads of its own that spin, which takes longer than the
//! operations themselves. Both give the same gradients; a test compares them.

use candle_core::backprop::GradStore;
use candle_core::{CustomOp1, Tensor};

use super::ops::cross_entropy::CrossEntropy;
use super::{EngineError, Model};

/// What a node computed in a forward pass that is to be walked back.
pub struct Record {
    pub sum: Tensor,
    pub output: Tensor,
}

/// Gradients of all parameters that the loss depends on. `records` begins with the input and ends with
/// the scores.
pub fn walk(
    model: &Model,
    parameters: &[Tensor],
    records: &[Record],
    loss: &CrossEntropy,
) -> Result<GradStore, EngineError> {
    let mut gradients = GradStore::default();
    let mut of_outputs: Vec<Option<Tensor>> = vec![None; records.len()];
    let Some(scores) = records.last() else { return Ok(gradients) };
    let one = Tensor::ones((), scores.output.dtype(), scores.output.device())?;
    of_outputs[records.len() - 1] = loss.bwd(&scores.output, &one, &one)?;
    for (index, record) in records.iter().enumerate().rev() {
        let Some(gradient) = of_outputs[index].take() else { continue };
        let node = &model.network().nodes()[index];
        let (step, range) = model.step(index);
        let Some(gradient) = step.output_gradient(&record.sum, &record.output, gradient)? else {
            continue;
        };
        let inputs: Vec<&Tensor> =
            node.inputs.iter().map(|&input| &records[input].output).collect();
        let own = &parameters[range.clone()];
        let (of_inputs, of_own) = step.gradients(&inputs, own, &record.sum, &gradient)?;
        for (&input, gradient) in node.inputs.iter().zip(of_inputs) {
            let Some(gradient) = gradient else { continue };
            let sum = match of_outputs[input].take() {
                Some(other) => other.add(&gradient)?,
                None => gradient,
            };
            of_outputs[input] = Some(sum);
        }
        for (parameter, gradient) in model.parameters()[range].iter().zip(of_own) {
            if let Some(gradient) = gradient {
                gradients.insert(&parameter.var, gradient);
            }
        }
    }
    Ok(gradients)
}
