//! One image forward and back: every value, and how the loss moves with it.

use candle_core::{Tensor, Var};

use super::Model;
use crate::array::{Array, NodeTrace, Trace};
use crate::engine::backward::{self, Reached, Record};
use crate::engine::muted::Muted;
use crate::engine::plan::{Given, Purpose};
use crate::engine::{EngineError, lanes};
use crate::network::Shape;

/// What one image teaches, before any weight moves.
#[derive(Clone, Debug)]
pub struct Backward {
    /// What training lowers, for this image alone.
    pub loss: f64,
    /// The forward pass.
    pub trace: Trace,
    /// For every node the derivative of the loss by its `sum` and by its `output`, in their shapes. Zeros
    /// for nodes that the loss does not depend on, such as a softmax behind the scores: the loss has its
    /// own.
    pub gradients: Trace,
}

impl Model {
    /// The loss of one image `[c, h, w]` with its label, every value on the way there, and its
    /// derivative by every one of them on the way back. It is the loss of [`Model::learn`] for this
    /// image: for squared distances with the rubbish class.
    ///
    /// The network is taken as it is used: nothing is dropped, and a batch norm takes its running
    /// statistics as constants, because those of one image would say little. For networks without either
    /// it is exactly what [`Model::learn`] walks through for a batch of this image.
    ///
    /// # Errors
    /// An image of another shape, or a label that names no class.
    pub fn backward_trace(&self, image: &Array, label: usize) -> Result<Backward, EngineError> {
        let network = &self.plan.network;
        self.check_memory(1)?;
        // Operations give no gradient to what nothing learns from: the image stands for all nodes.
        let packed = Var::from_tensor(&lanes::pack_arrays(&[image], network.input())?)?;
        let loss = self.learned_loss(&[label], packed.dim(0)?)?;
        let (parameters, constants) = (self.frozen(), self.constants_frozen());
        let (parameters, constants) = (parameters.as_slice(), constants.as_slice());
        let muted = &Muted::default();
        let given = Given { parameters, constants, muted, purpose: Purpose::Use };
        let (nodes, scores) = (network.nodes(), network.scores());
        let (mut records, mut trace) = (Vec::with_capacity(nodes.len()), Trace::default());
        self.run(&packed, &given, nodes.len() - 1, &mut |computed| {
            trace.nodes.push(of_node(computed.sum, computed.output)?);
            records.push(Record { sum: computed.sum.clone(), output: computed.output.clone() });
            Ok(())
        })?;
        let (loss, seed) = loss.with_gradient(&records[scores].output)?;
        let mut reached: Vec<Option<(Tensor, Tensor)>> = vec![None; nodes.len()];
        let mut keep = |Reached { node, sum, output }: Reached<'_>| {
            reached[node] = Some((sum.clone(), output.clone()));
        };
        backward::walk_observed(&self.plan, &given, &records[..=scores], seed, &mut keep)?;
        let gradients = reached.iter().zip(nodes).map(|(gradients, node)| match gradients {
            Some((sum, output)) => of_node(sum, output),
            None => Ok(zeros(node.output)),
        });
        let gradients = Trace { nodes: gradients.collect::<Result<_, _>>()? };
        Ok(Backward { loss, trace, gradients })
    }
}

/// The first image's part of what belongs to a node.
fn of_node(sum: &Tensor, output: &Tensor) -> Result<NodeTrace, EngineError> {
    let array = lanes::unpack(sum, 0)?;
    let output = if output.id() == sum.id() { array.clone() } else { lanes::unpack(output, 0)? };
    Ok(NodeTrace { sum: array, output })
}

fn zeros(shape: Shape) -> NodeTrace {
    let zeros = Array::full(&shape, 0.0);
    NodeTrace { sum: zeros.clone(), output: zeros }
}
