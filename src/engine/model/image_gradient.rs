//! Back to the pixels: what in the image speaks for one class against another, and what moves one unit.
//!
//! Both are one walk from a seed: the gradient of what is asked about with respect to one node.

use candle_core::{Device, Tensor, Var};

use super::Model;
use crate::array::Array;
use crate::engine::EngineError;
use crate::engine::backward::{self, Record};
use crate::engine::lanes::{self, LANES};
use crate::engine::muted::Muted;
use crate::engine::plan::{Given, Purpose};
use crate::network::{Shape, Unit};

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
        let last = self.plan.network.scores();
        let scores = self.plan.network.nodes()[last].output;
        if let Some(&class) = classes.iter().find(|&&class| class >= scores[0]) {
            return Err(EngineError::Class { class, classes: scores[0] });
        }
        let seed = difference(scores, classes)?;
        self.one_back_to_pixels(image, muted, last, seed)
    }

    /// The gradient, `[c, h, w]`, of one unit's output, after its activation and muting, with respect
    /// to the image `[c, h, w]`; `muted` as in [`Model::trace_muted`]. It is exactly 0 for every pixel
    /// that the unit does not see, and for all of them where the unit is silent.
    ///
    /// # Errors
    /// An image of another shape, or a unit that node `node` does not have.
    pub fn unit_gradient(
        &self,
        image: &Array,
        muted: &[(usize, usize)],
        node: usize,
        unit: Unit,
    ) -> Result<Array, EngineError> {
        let seed = self.seed_of_unit(node, unit, 1)?;
        self.one_back_to_pixels(image, muted, node, seed)
    }

    /// As [`Model::unit_gradient`] on several images at once.
    ///
    /// # Errors
    /// As [`Model::unit_gradient`], no images, or more than memory holds ([`Model::most_images`]).
    pub fn unit_gradients(
        &self,
        images: &[Array],
        muted: &[(usize, usize)],
        node: usize,
        unit: Unit,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<Array>, EngineError> {
        let seed = self.seed_of_unit(node, unit, images.len())?;
        let images: Vec<&Array> = images.iter().collect();
        self.back_to_pixels(&images, muted, node, seed, cancelled)
    }

    fn one_back_to_pixels(
        &self,
        image: &Array,
        muted: &[(usize, usize)],
        last: usize,
        seed: Tensor,
    ) -> Result<Array, EngineError> {
        let gradients = self.back_to_pixels(&[image], muted, last, seed, &|| false)?;
        gradients.into_iter().next().ok_or(EngineError::NoImages)
    }

    /// Runs the nodes up to `last` and walks back from there, where `seed` is the packed gradient:
    /// what remains of it at each image's pixels. `cancelled` is asked after each node on the way there.
    fn back_to_pixels(
        &self,
        images: &[&Array],
        muted: &[(usize, usize)],
        last: usize,
        seed: Tensor,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<Array>, EngineError> {
        let network = &self.plan.network;
        if images.is_empty() {
            return Err(EngineError::NoImages);
        }
        self.check_memory(images.len())?;
        // Operations give no gradient to what nothing learns from: here that is all but the image.
        let packed = Var::from_tensor(&lanes::pack_arrays(images, network.input())?)?;
        let (parameters, constants) = (self.frozen(), self.constants_frozen());
        let muted = &Muted::new(network, muted);
        let (parameters, constants) = (parameters.as_slice(), constants.as_slice());
        let given = Given { parameters, constants, muted, purpose: Purpose::Use };
        let mut records = Vec::with_capacity(last + 1);
        self.run(&packed, &given, last, &mut |computed| {
            records.push(Record { sum: computed.sum.clone(), output: computed.output.clone() });
            if cancelled() { Err(EngineError::Cancelled) } else { Ok(()) }
        })?;
        match backward::walk(&self.plan, &given, &records, seed)?.image {
            Some(gradient) => (0..images.len()).map(|i| lanes::unpack(&gradient, i)).collect(),
            None => Ok(vec![Array::full(&network.input(), 0.0); images.len()]),
        }
    }

    /// 1 at the unit in the lane of every image, 0 elsewhere.
    fn seed_of_unit(&self, node: usize, unit: Unit, images: usize) -> Result<Tensor, EngineError> {
        let known = self.plan.network.nodes().get(node);
        let (name, shape) =
            known.map_or_else(|| (format!("#{node}"), [0; 3]), |n| (n.name.clone(), n.output));
        if unit.iter().zip(shape).any(|(&at, side)| at >= side) {
            return Err(EngineError::Unit { node: name, unit, shape });
        }
        let ([c, h, w], [map, row, column]) = (shape, unit);
        let place = (map * h + row) * w + column;
        let mut seed = vec![0.0_f32; lanes::blocks(images) * c * h * w * LANES];
        for image in 0..images {
            let block = image / LANES * c * h * w;
            seed[(block + place) * LANES + image % LANES] = 1.0;
        }
        Ok(Tensor::from_vec(seed, (lanes::blocks(images), c, h, w, LANES), &Device::Cpu)?)
    }
}

/// The gradient of the difference of two classes' scores by the packed scores of one image.
fn difference([c, h, w]: Shape, classes: [usize; 2]) -> Result<Tensor, EngineError> {
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
