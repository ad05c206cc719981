//! One image forward and back: every value, and how the loss moves with it.

use super::Model;
use crate::array::{Array, NodeTrace, Trace};
use crate::engine::muted::Muted;
use crate::engine::ops::values;
use crate::engine::plan::Purpose;
use crate::engine::tape::{Direction, Reached, Wanted};
use crate::engine::{EngineError, lanes};
use crate::network::Node;

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
        let trace = self.trace(image, &|| false)?;
        let packed = lanes::pack_arrays(&[image], network.input())?;
        let cross_entropy = self.learned_loss(&[label], 1)?;
        let packed = &*values(&packed)?;
        let (last, nodes) = (network.scores(), network.nodes());
        let mut reached: Vec<[Option<Result<Array, EngineError>>; 2]> =
            nodes.iter().map(|_| [None, None]).collect();
        let mut loss = 0.0;
        self.with_shared(&Muted::default(), Direction::ThereAndBack, |shared| {
            self.tapes.with(|tape| {
                tape.forward(shared, packed, Purpose::Use, last, &|| Ok(()))?;
                let seed = |scores: &[f32], seed: &mut [f32]| {
                    loss = cross_entropy.with_gradient(scores, seed);
                };
                let mut keep = |found: Reached<'_>| {
                    let (node, place, gradient) = match found {
                        Reached::Output(node, gradient) => (node, 0, gradient),
                        Reached::Sum(node, gradient) => (node, 1, gradient),
                    };
                    reached[node][place] = Some(lanes::image_of(gradient, nodes[node].output, 0));
                };
                tape.back(shared, Purpose::Use, last, seed, Wanted::All(&mut keep))
            })
        })?;
        let of_node = |(found, node): ([Option<Result<Array, EngineError>>; 2], &Node)| {
            let [output, sum] =
                found.map(|array| array.unwrap_or_else(|| Ok(Array::full(&node.output, 0.0))));
            Ok::<_, EngineError>(NodeTrace { sum: sum?, output: output? })
        };
        let gradients = reached.into_iter().zip(nodes).map(of_node).collect::<Result<_, _>>()?;
        Ok(Backward { loss, trace, gradients: Trace { nodes: gradients } })
    }
}
