//! From the scores back to every parameter and to the image.
//!
//! Each node's gradient is the `bwd` of its own candle op. Walking the nodes here leaves out what candle's
//! own walk adds: a tensor of zeros and an addition for every gradient, on threads of its own that spin. A
//! test compares both ways.

use candle_core::{Result, Tensor};

use super::plan::{Given, Plan};

/// What a node computed in a forward pass that is to be walked back.
pub struct Record {
    pub sum: Tensor,
    pub output: Tensor,
}

/// What a walk finds: `None` where the scores do not depend on something, or where nothing learns
/// from it (a tensor that candle does not track).
pub struct Found {
    /// Of each parameter, in their order.
    pub parameters: Vec<Option<Tensor>>,
    /// Of the network's input, packed.
    pub image: Option<Tensor>,
}

/// The gradients at a node that a walk has come to.
pub struct Reached<'a> {
    /// Index of the node.
    pub node: usize,
    /// With respect to its output, all that read it added up.
    pub output: &'a Tensor,
    /// With respect to its sum; the same tensor where there is no activation.
    pub sum: &'a Tensor,
}

/// The gradients of whatever has `seed` for its gradient with respect to the scores. `records` begin
/// with the input and end with the scores, and were made with what is given.
pub fn walk(plan: &Plan, given: &Given<'_>, records: &[Record], seed: Tensor) -> Result<Found> {
    walk_observed(plan, given, records, seed, &mut |_| ())
}

/// As [`walk`], and shows every node that it comes to, the scores first, to `observer`.
pub fn walk_observed(
    plan: &Plan,
    given: &Given<'_>,
    records: &[Record],
    seed: Tensor,
    observer: &mut dyn FnMut(Reached<'_>),
) -> Result<Found> {
    let mut of_parameters: Vec<Option<Tensor>> = vec![None; given.parameters.len()];
    let mut of_outputs: Vec<Option<Tensor>> = vec![None; records.len()];
    let mut of_image = None;
    if let Some(scores) = of_outputs.last_mut() {
        *scores = Some(seed);
    }
    for (index, record) in records.iter().enumerate().rev() {
        let Some(gradient) = of_outputs[index].take() else { continue };
        let Some(of_output) = given.muted.gradient(index, &record.output, gradient)? else {
            continue;
        };
        let node = &plan.network.nodes()[index];
        let (step, range) = (&plan.steps[index], plan.own[index].parameters.clone());
        let gradient = step.output_gradient(&record.sum, &record.output, of_output.clone())?;
        let Some(gradient) = gradient else { continue };
        observer(Reached { node: index, output: &of_output, sum: &gradient });
        if index == 0 {
            of_image = Some(gradient);
            continue;
        }
        let inputs: Vec<&Tensor> =
            node.inputs.iter().map(|&input| &records[input].output).collect();
        let (of_inputs, of_own) =
            step.gradients(&inputs, plan.of(index, given), &record.sum, &gradient)?;
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
    Ok(Found { parameters: of_parameters, image: of_image })
}
