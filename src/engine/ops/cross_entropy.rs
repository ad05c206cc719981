//! The loss: mean over the images of `−log softmax(scale · scores)[label]`.
//!
//! `scale` is 1 where scores are logits, −½ where they are squared distances: there softmax(−d²/2) is
//! the probability that a Gaussian of variance 1 around each class picture gives.
//!
//! Squared distances are trained with a further class that nothing belongs to, the rubbish class, whose
//! logit is a constant −j (LeCun 1998, §III-D, equation 9). Without it only differences of distances
//! count, and F6 never learns to look like a class picture: with it the right class must come nearer
//! than 2j.

use candle_core::{CpuStorage, CustomOp1, Layout, Result, Tensor};

use super::{gradient_if_tracked, slice, values};
use crate::engine::lanes::{LANES, blocks};

/// Cross-entropy of packed scores `[n/8, classes, 1, 1, 8]` with one label per image → a scalar. Lanes
/// beyond the last label are ignored.
#[derive(Clone, Debug)]
pub struct CrossEntropy {
    labels: Vec<usize>,
    /// Images of the whole batch, over which the mean is taken: these, or more.
    images: usize,
    classes: usize,
    scale: f32,
    /// The constant logit of the rubbish class, where there is one.
    rubbish: Option<f32>,
}

impl CrossEntropy {
    /// Labels are below `classes`, and there is at least one; the model checks it.
    #[must_use]
    pub fn new(labels: Vec<usize>, classes: usize, scale: f32) -> Self {
        Self { images: labels.len(), labels, classes, scale, rubbish: None }
    }

    /// The same loss of some images only, out of a batch of `images`.
    #[must_use]
    pub fn on(&self, labels: &[usize], images: usize) -> Self {
        Self { labels: labels.to_vec(), images, ..*self }
    }

    /// With a rubbish class of this logit.
    #[must_use]
    pub fn with_rubbish(self, logit: Option<f32>) -> Self {
        Self { rubbish: logit, ..self }
    }

    /// Positions of the scores of image `index`.
    fn scores(&self, index: usize) -> impl Iterator<Item = usize> + Clone + use<> {
        let first = index / LANES * self.classes * LANES + index % LANES;
        (0..self.classes).map(move |class| first + class * LANES)
    }

    /// The sum over its images, which the mean is made of.
    fn total(&self, scores: &[f32]) -> f64 {
        (self.labels.iter().enumerate())
            .map(|(index, &label)| {
                let logits = self.scores(index).map(|i| self.scale * scores[i]).chain(self.rubbish);
                negative_log_likelihood(logits, label)
            })
            .sum()
    }

    /// The sum of its images' losses; `gradient` gets that of the batch's mean by their scores.
    pub(in crate::engine) fn with_gradient(&self, scores: &[f32], gradient: &mut [f32]) -> f64 {
        self.gradient(scores, 1.0, gradient);
        self.total(scores)
    }

    /// `∂L/∂score[k] = scale · (probability[k] − [k is the label]) / n`.
    fn gradient(&self, scores: &[f32], upstream: f32, gradient: &mut [f32]) {
        gradient.fill(0.0);
        let factor = upstream * self.scale / self.images as f32;
        for (index, &label) in self.labels.iter().enumerate() {
            let places = self.scores(index);
            let logit = |i: usize| self.scale * scores[i];
            let logits = places.clone().map(logit).chain(self.rubbish);
            let max = logits.clone().fold(f32::NEG_INFINITY, f32::max);
            let sum: f32 = logits.map(|logit| (logit - max).exp()).sum();
            for (class, i) in places.enumerate() {
                let target = if class == label { 1.0 } else { 0.0 };
                gradient[i] = factor * ((logit(i) - max).exp() / sum - target);
            }
        }
    }
}

/// `−log softmax(logits)[label]`, in `f64`.
pub(in crate::engine) fn negative_log_likelihood(
    logits: impl Iterator<Item = f32> + Clone,
    label: usize,
) -> f64 {
    let max = logits.clone().fold(f32::NEG_INFINITY, f32::max);
    let sum: f64 = logits.clone().map(|x| f64::from(x - max).exp()).sum();
    let own = logits.into_iter().nth(label).unwrap_or(f32::NAN);
    sum.ln() - f64::from(own - max)
}

impl CustomOp1 for CrossEntropy {
    fn name(&self) -> &'static str {
        "cross_entropy"
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, candle_core::Shape)> {
        let scores = slice(x, layout)?;
        debug_assert_eq!(scores.len(), blocks(self.labels.len()) * self.classes * LANES);
        let mean = self.total(scores) / self.images as f64;
        Ok((CpuStorage::F32(vec![mean as f32]), ().into()))
    }

    fn bwd(&self, x: &Tensor, _loss: &Tensor, upstream: &Tensor) -> Result<Option<Tensor>> {
        let upstream = upstream.to_scalar::<f32>()?;
        let scores = values(x)?;
        gradient_if_tracked(x, |gradient| self.gradient(&scores, upstream, gradient))
    }
}

/// The loss of some images' scores, as the formula above says it.
#[must_use]
pub fn reference(scores: &[Vec<f64>], labels: &[usize], scale: f64, rubbish: Option<f64>) -> f64 {
    let loss = |(scores, &label): (&Vec<f64>, &usize)| {
        let classes: f64 = scores.iter().map(|score| (scale * score).exp()).sum();
        let sum = classes + rubbish.map_or(0.0, f64::exp);
        sum.ln() - scale * scores[label]
    };
    scores.iter().zip(labels).map(loss).sum::<f64>() / labels.len() as f64
}
