//! What a batch gives: scores, and the loss with its gradient.

use candle_core::{Device, Tensor};
use rayon::prelude::*;

use super::whole::WholeNetwork;
use super::{Learned, Model, Parameter};
use crate::engine::EngineError;
use crate::engine::lanes::LANES;
use crate::engine::muted::Muted;
use crate::engine::ops::cross_entropy::CrossEntropy;
use crate::engine::ops::{Values, values};
use crate::engine::plan::Purpose;
use crate::engine::tape::{Direction, Shared};

/// The logit of the rubbish class: a distance of ten from the right class picture, of 84 cells, is as
/// bad as no answer.
const RUBBISH_LOGIT: f32 = -5.0;

/// A network whose nodes compute no more values than this for an image is small.
const SMALL: u128 = 1 << 16;

impl Model {
    /// The scores `[n/8, classes, h, w, 8]` of packed images (h = w = 1 but in a sliding network); nothing is kept for gradients.
    ///
    /// # Errors
    /// As [`Model::forward`].
    pub fn scores(&self, images: &Tensor) -> Result<Tensor, EngineError> {
        self.check_images(images)?;
        let (last, muted) = (self.plan.network.scores(), &Muted::default());
        let (blocks, [classes, h, w]) = (images.dim(0)?, self.plan.network.nodes()[last].output);
        let mut scores = vec![0.0; blocks * classes * h * w * LANES];
        let images = &*values(images)?;
        // Block by block, each in the cache from the image to the scores.
        self.with_shared(muted, Direction::There, |shared| {
            let of_block = |(scores, images): (&mut [f32], &[f32])| {
                self.tapes.with(|tape| {
                    tape.forward(shared, images, Purpose::Use, last, &|| Ok(()))?;
                    scores.copy_from_slice(tape.output(last));
                    Ok(())
                })
            };
            let of_images = images.par_chunks(images.len() / blocks);
            let of_scores = scores.par_chunks_mut(classes * h * w * LANES);
            self.in_pool(blocks, || of_scores.zip(of_images).try_for_each(of_block))
        })?;
        Ok(Tensor::from_vec(scores, (blocks, classes, h, w, LANES), &Device::Cpu)?)
    }

    /// Prepares passes with the weights as they are now.
    pub(super) fn with_shared<R>(
        &self,
        muted: &Muted,
        direction: Direction,
        work: impl FnOnce(&Shared<'_>) -> Result<R, EngineError>,
    ) -> Result<R, EngineError> {
        let parameters = all_values(&self.parameters)?;
        let constants = all_values(&self.constants)?;
        let [parameters, constants] =
            [&parameters, &constants].map(|all| all.iter().map(|v| &**v).collect::<Vec<&[f32]>>());
        work(&Shared::new(&self.plan, [&parameters, &constants], muted, direction))
    }

    /// What training lowers, and its gradient with respect to every parameter: a pure function of model,
    /// batch and `seed`, which decides what is dropped. It is the mean cross-entropy of packed images, one
    /// label each; networks that end in squared distances have a rubbish class beside their own (see
    /// [`crate::engine::ops::cross_entropy`]).
    ///
    /// # Errors
    /// As [`Model::loss`].
    pub fn learn(
        &self,
        images: &Tensor,
        labels: &[usize],
        seed: u64,
    ) -> Result<Learned, EngineError> {
        self.check_images(images)?;
        let loss = self.learned_loss(labels, images.dim(0)?)?;
        let (plan, tapes, blocks) = (&*self.plan, &self.tapes, images.dim(0)?);
        let images = &*values(images)?;
        let parameters = self.parameters.iter().map(|one| one.var.elem_count()).sum();
        self.with_shared(&Muted::default(), Direction::ThereAndBack, |shared| {
            let whole =
                WholeNetwork { plan, shared, tapes, parameters, images, labels, loss, seed };
            self.in_pool(blocks, || whole.learn())
        })
    }

    /// What [`Model::learn`] lowers.
    pub(super) fn learned_loss(
        &self,
        labels: &[usize],
        blocks: usize,
    ) -> Result<CrossEntropy, EngineError> {
        Ok(self.cross_entropy(labels, blocks)?.with_rubbish(self.rubbish()))
    }

    /// The logit of a class that stands for everything that is none of the others, where the network has one.
    pub(in crate::engine) fn rubbish(&self) -> Option<f32> {
        self.plan.network.lower_is_better().then_some(RUBBISH_LOGIT)
    }

    /// Inside rayon's pool from the first operation to the last: from outside, each of them would wait for a
    /// worker to wake up. One block of a small network is done before that.
    fn in_pool<R: Send>(&self, blocks: usize, work: impl FnOnce() -> R + Send) -> R {
        if blocks == 1 && self.values_per_image <= SMALL {
            work()
        } else {
            rayon::scope(|_| work())
        }
    }
}

fn all_values(all: &[Parameter]) -> candle_core::Result<Vec<Values<'_>>> {
    all.iter().map(|one| values(&one.var)).collect()
}
