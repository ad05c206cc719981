//! Back to the pixels: what in the image speaks for one class against another, and what moves one unit.
//!
//! Both are one walk from a seed: the gradient of what is asked about with respect to one node.

use candle_core::{Device, Tensor};

use super::Model;
use crate::array::Array;
use crate::engine::EngineError;
use crate::engine::lanes::{self, LANES};
use crate::engine::muted::Muted;
use crate::engine::ops::values;
use crate::engine::plan::Purpose;
use crate::engine::tape::{Direction, Wanted};
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
        let packed = lanes::pack_arrays(images, network.input())?;
        self.check_images(&packed)?;
        let (packed, seed) = (&*values(&packed)?, &*values(&seed)?);
        let go_on = || if cancelled() { Err(EngineError::Cancelled) } else { Ok(()) };
        let muted = &Muted::new(network, muted);
        self.with_shared(muted, Direction::ThereAndBack, |shared| {
            self.tapes.with(|tape| {
                tape.forward(shared, packed, Purpose::Use, last, &go_on)?;
                let seed = |_: &[f32], gradient: &mut [f32]| gradient.copy_from_slice(seed);
                tape.back(shared, Purpose::Use, last, seed, Wanted::Image)?;
                let zero = || Array::full(&network.input(), 0.0);
                (0..images.len())
                    .map(|image| match tape.of_image() {
                        Some(found) => lanes::image_of(found, network.input(), image),
                        None => Ok(zero()),
                    })
                    .collect()
            })
        })
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
