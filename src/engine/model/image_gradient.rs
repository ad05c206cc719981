//! What in the image speaks for one class against another: the gradient back to the pixels.

use candle_core::{Device, Tensor, Var};

use super::Model;
use crate::array::Array;
use crate::engine::EngineError;
use crate::engine::backward::{self, Record};
use crate::engine::lanes::{self, LANES};
use crate::engine::muted::Muted;

impl Model {
    /// The gradient, `[c, h, w]`, of `score[classes[0]] − score[classes[1]]` with respect to the image
    /// `[c, h, w]`, with the maps of `muted` (node, map) silenced as in [`Model::trace_muted`]. Scores
    /// are raw ([`crate::network::Network::scores`]), squared distances where the network has class
    /// pictures; where a class has a score at several positions, they are summed.
    ///
    /// # Errors
    /// An image of another shape, or a class that the scores do not have.
    pub fn image_gradient(
        &self,
        image: &Array,
        muted: &[(usize, usize)],
        classes: [usize; 2],
    ) -> Result<Array, EngineError> {
        let network = &self.plan.network;
        let last = network.scores();
        let scores = network.nodes()[last].output;
        if let Some(&class) = classes.iter().find(|&&class| class >= scores[0]) {
            return Err(EngineError::Class { class, classes: scores[0] });
        }
        self.check_memory(1)?;
        // Operations give no gradient to what nothing learns from: here that is all but the image.
        let image = Var::from_tensor(&lanes::pack_arrays(&[image], network.input())?)?;
        let frozen = self.tensors(Tensor::detach);
        let muted = Muted::new(network, muted);
        let mut records = Vec::with_capacity(last + 1);
        self.run(&image, &frozen, &muted, last, &mut |computed| {
            records.push(Record { sum: computed.sum.clone(), output: computed.output.clone() });
            Ok(())
        })?;
        let seed = difference(scores, classes)?;
        match backward::walk(&self.plan, &frozen, &muted, &records, seed)?.image {
            Some(gradient) => lanes::unpack(&gradient, 0),
            None => Ok(Array::full(&network.input(), 0.0)),
        }
    }
}

/// The gradient of the difference of two classes' scores by the packed scores of one image.
fn difference([c, h, w]: [usize; 3], classes: [usize; 2]) -> Result<Tensor, EngineError> {
    let area = h * w;
    let mut seed = vec![0.0_f32; c * area * LANES];
    for (class, sign) in classes.into_iter().zip([1.0, -1.0]) {
        // The image stands in the first lane.
        for place in class * area..(class + 1) * area {
            seed[place * LANES] += sign;
        }
    }
    Ok(Tensor::from_vec(seed, (1, c, h, w, LANES), &Device::Cpu)?)
}
