//! From the loss back to every parameter.
//!
//! Each node's gradient is the `bwd` of its own candle op. Walking the nodes here, inside the one op
//! that a training step is ([`super::model`]), leaves out what candle's graph of many ops adds: a
//! tensor of zeros and an addition for every gradient, on threads of its own that spin. A test
//! compares both ways.

use candle_core::{CustomOp1, Result, Tensor};

use super::ops::cross_entropy::CrossEntropy;
use super::plan::Plan;

/// What a node computed in a forward pass that is to be walked back.
pub struct Record {
    pub sum: Tensor,
    pub output: Tensor,
}

/// Gradients of all parameters, in their order; `None` for one that the loss does not depend on.
/// `records` begin with the input and end with the scores; `upstream` is the gradient of the loss.
pub fn walk(
    plan: &Plan,
    parameters: &[Tensor],
    records: &[Record],
    loss: &CrossEntropy,
    upstream: &Tensor,
) -> Result<Vec<Option<Tensor>>> {
    let mut of_parameters: Vec<Option<Tensor>> = vec![None; parameters.len()];
    let mut of_outputs: Vec<Option<Tensor>> = vec![None; records.len()];
    let Some(scores) = records.last() else { return Ok(of_parameters) };
    of_outputs[records.len() - 1] = loss.bwd(&scores.output, upstream, upstream)?;
    for (index, record) in records.iter().enumerate().rev() {
        let Some(gradient) = of_outputs[index].take() else { continue };
        let node = &plan.network.nodes()[index];
        let (step, range) = (&plan.steps[index], plan.of_node[index].clone());
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
        for (place, gradient) in range.zip(of_own) {
            of_parameters[place] = gradient;
        }
    }
    Ok(of_parameters)
}
