//! What the curves of a training say, and what one could do about it.
//!
//! The rules are those of thumb that are taught, with numbers; each stands in its own function in
//! `rules`, and each was tried on recorded trainings (`tests/fixtures/curves`). They read smoothed
//! curves (`smooth`), so that a single batch changes no answer.

mod rules;
mod smooth;

use crate::network::{Layer, Network};

/// A training so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// In the order of time.
    pub points: Vec<CurvePoint>,
    /// The latest gradient of every layer with weights, first layer first; may be empty.
    pub gradients: Vec<LayerGradient>,
    /// Whether the training broke off because a number was not finite.
    pub diverged: bool,
    /// The loss of one who guesses: ln of the number of classes.
    pub chance_loss: f64,
}

/// A moment of a training.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct CurvePoint {
    /// Epochs done, with the part of the present one.
    pub epoch: f64,
    /// Mean cross-entropy.
    pub train_loss: f64,
    pub test_loss: Option<f64>,
    /// 0 to 1.
    pub train_accuracy: Option<f64>,
    pub test_accuracy: Option<f64>,
}

/// How large the gradient of a layer's weights is.
#[derive(Clone, Debug, PartialEq)]
pub struct LayerGradient {
    pub node: String,
    /// √ of the mean square over its weights.
    pub rms: f64,
}

/// What is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Situation {
    /// There is too little to see yet.
    TooEarly,
    /// The loss falls, as it should.
    Learning,
    /// The loss falls no more, and is low.
    Done,
    /// Training and test loss are alike, high, and fall slowly or not at all.
    Underfitting,
    /// The training loss falls on, the test loss does not, and lies above it.
    Overfitting,
    /// The loss left the range of numbers, or has grown far above that of guessing.
    Diverged,
    /// Nothing is learned, and of the gradient hardly anything comes through to the first layers.
    VanishingGradients,
    /// Nothing is learned, for another reason.
    NotLearning,
}

/// Something that one could do; the most promising first.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Advice {
    GoOn,
    /// Stop, or go back to the weights of this epoch.
    StopHere {
        epoch: f64,
    },
    BiggerModel,
    LessCapacity,
    Dropout,
    BatchNorm,
    MoreData,
    /// Distort the images, anew in each epoch.
    Augment,
    LowerLearningRate,
    HigherLearningRate,
    ReluInsteadOfSigmoid,
}

impl Advice {
    /// Whether it is news to a training of `network`, whose images are distorted (`augmented`) or not: what
    /// is done already is no advice.
    #[must_use]
    pub fn is_news(self, network: &Network, augmented: bool) -> bool {
        let mut nodes = network.nodes().iter();
        match self {
            Self::ReluInsteadOfSigmoid => nodes.any(|node| node.activation.saturates()),
            Self::BatchNorm => !nodes.any(|node| matches!(node.layer, Layer::BatchNorm { .. })),
            Self::Dropout => !nodes.any(|node| matches!(node.layer, Layer::Dropout { .. })),
            Self::Augment => !augmented,
            Self::GoOn
            | Self::StopHere { .. }
            | Self::BiggerModel
            | Self::LessCapacity
            | Self::MoreData
            | Self::LowerLearningRate
            | Self::HigherLearningRate => true,
        }
    }
}

/// The numbers that a reading rests on, smoothed all but the first; `None` where there are none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    pub epoch: f64,
    pub chance_loss: f64,
    /// Training loss at the beginning, and now.
    pub first_loss: f64,
    pub train_loss: f64,
    pub test_loss: Option<f64>,
    /// Test loss − training loss.
    pub gap: Option<f64>,
    /// How much of the training loss went in the last third of the time: 0.1 is a tenth, below 0 it grew.
    pub fall: f64,
    /// Where the test loss was lowest, and how low.
    pub best_epoch: Option<f64>,
    pub best_test_loss: Option<f64>,
    /// How far the lowest of its last three values lies above that.
    pub test_rise: Option<f64>,
    /// How far single test losses lie off the smoothed curve, on average.
    pub test_noise: f64,
    /// rms gradient of the first layer ÷ that of the last.
    pub gradient_ratio: Option<f64>,
}

impl Evidence {
    /// Whether the training loss hardly falls any more.
    #[must_use]
    pub fn stands_still(&self) -> bool {
        self.fall < rules::STILL
    }
}

/// What a training's curves say.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub situation: Situation,
    pub evidence: Evidence,
    /// Not empty.
    pub advice: Vec<Advice>,
}

/// Reads the curves.
#[must_use]
pub fn read(curve: &Curve) -> Reading {
    let evidence = Evidence::of(curve);
    let (situation, advice) = rules::RULES
        .iter()
        .find_map(|rule| rule(curve, &evidence))
        .unwrap_or((Situation::Learning, vec![Advice::GoOn]));
    Reading { situation, evidence, advice }
}

impl Evidence {
    fn of(curve: &Curve) -> Self {
        let series = |value: &dyn Fn(&CurvePoint) -> Option<f64>| -> Vec<(f64, f64)> {
            curve
                .points
                .iter()
                .filter_map(|point| Some((point.epoch, value(point)?)))
                .filter(|(_, value)| value.is_finite())
                .collect()
        };
        let train = smooth::smoothed(&series(&|point| Some(point.train_loss)));
        let raw_test = series(&|point| point.test_loss);
        let test = smooth::smoothed(&raw_test);
        let last = |series: &[(f64, f64)]| series.last().map(|&(_, value)| value);
        let train_loss = last(&train).unwrap_or(f64::NAN);
        let test_loss = last(&test);
        let best = test.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1));
        Self {
            epoch: curve.points.last().map_or(0.0, |point| point.epoch),
            chance_loss: curve.chance_loss,
            first_loss: curve.points.first().map_or(f64::NAN, |point| point.train_loss),
            train_loss,
            test_loss,
            gap: test_loss.map(|test| test - train_loss),
            fall: smooth::fall(&train),
            best_epoch: best.map(|(epoch, _)| epoch),
            best_test_loss: best.map(|(_, loss)| loss),
            test_rise: best
                .map(|(_, best)| smooth::lowest(&test[test.len().saturating_sub(3)..]) - best),
            test_noise: smooth::noise(&raw_test, &test),
            gradient_ratio: match curve.gradients.as_slice() {
                // Where units are dead, nothing arrives anywhere.
                [first, .., _] if first.rms == 0.0 => Some(0.0),
                [first, .., last] => Some(first.rms / last.rms).filter(|ratio| ratio.is_finite()),
                [_] | [] => None,
            },
        }
    }
}
