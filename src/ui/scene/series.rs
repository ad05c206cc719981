//! Trainings that differ in one thing, one after the other.

use serde::{Deserialize, Serialize};

use super::{TrainNetwork, TrainPlan};
use crate::network::cost;
use crate::network::design::{Block, Connect, Design, Knob, Place, Value};
use crate::worker::training::Method;

/// Trainings that differ in one thing, and how many of them have been finished.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Series {
    pub what: Varied,
    /// What they have in common.
    pub base: TrainPlan,
    /// Trainings that have been finished, at least.
    #[serde(default)]
    pub done: usize,
}

/// The one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Varied {
    /// How many kernels the first layer has.
    Kernels,
    /// Their rows and columns.
    KernelSize,
    /// How many convolutions there are.
    Depth,
    LearningRate,
    /// Fully, locally connected and convolutional, with several seeds, on digits and on scrambled ones.
    Ways,
}

/// A training of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The value of what is varied.
    pub value: f64,
    pub plan: TrainPlan,
    /// Its parameters; `None` where they are too many to count.
    pub params: Option<u128>,
}

impl Member {
    fn new(value: f64, plan: TrainPlan) -> Option<Self> {
        let network = plan.network.network()?;
        let params = cost::totals(&network).ok().map(|all| all.params);
        Some(Self { value, plan, params })
    }
}

const KERNELS: [usize; 8] = [1, 2, 4, 6, 12, 25, 50, 100];
const SIZES: [usize; 6] = [1, 3, 5, 7, 9, 11];
const RATES: [f64; 7] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0];
/// Adam's steps are as long as the rate, whatever the gradient.
const ADAM_RATES: [f64; 7] = [0.000_03, 0.000_1, 0.000_3, 0.001, 0.003, 0.01, 0.03];
/// Seeds of the three ways: what differs by chance shows as a band.
pub const SEEDS: u64 = 3;

impl Varied {
    /// What a sweep may vary.
    pub const SWEEPS: [Self; 4] =
        [Self::Kernels, Self::KernelSize, Self::Depth, Self::LearningRate];
}

impl Series {
    /// Whether the network allows what is varied.
    #[must_use]
    pub fn is_possible(&self) -> bool {
        match self.what {
            Varied::LearningRate | Varied::Ways => true,
            Varied::Kernels | Varied::KernelSize | Varied::Depth => {
                self.base.network.design().is_some()
            }
        }
    }

    /// The trainings, in the order in which they run. What the network does not allow is left out.
    #[must_use]
    pub fn members(&self) -> Vec<Member> {
        let design = || self.base.network.design();
        let with = |design: Design| self.base.with_network(TrainNetwork::of(design));
        match self.what {
            Varied::Kernels => {
                let of = |maps: usize| {
                    let design =
                        design()?.with(Place::Block(0), Knob::Maps, Value::Number(maps))?;
                    Member::new(maps as f64, with(design))
                };
                KERNELS.into_iter().filter_map(of).collect()
            }
            Varied::KernelSize => {
                // Padded, so that maps keep their size and the other layers stay as they are.
                let of = |side: usize| {
                    let mut design = design()?;
                    let first = design.blocks.first_mut()?;
                    (first.kernel, first.padding) = (side, side / 2);
                    design
                        .is_legal()
                        .then(|| with(design))
                        .and_then(|plan| Member::new(side as f64, plan))
                };
                SIZES.into_iter().filter_map(of).collect()
            }
            Varied::Depth => (1..=5)
                .filter_map(|depth| {
                    let design = of_depth(&design()?, depth)?;
                    Member::new(depth as f64, with(design))
                })
                .collect(),
            Varied::LearningRate => {
                let rates = match self.base.settings.method {
                    Method::Sgd(_) => RATES,
                    Method::Adam(_) => ADAM_RATES,
                };
                let of = |rate: f64| {
                    let mut plan = self.base.clone();
                    plan.settings.learning_rate = rate;
                    Member::new(rate, plan)
                };
                rates.into_iter().filter_map(of).collect()
            }
            Varied::Ways => self.ways(),
        }
    }

    /// The first seed on digits and scrambled ones, then the others: every three make a comparison. The fast
    /// ones come first: there is something to see while the others learn.
    fn ways(&self) -> Vec<Member> {
        let mut members = Vec::new();
        // For the images and classes of the network that they follow.
        let of = self.base.network.design();
        let way = |connect: Connect| {
            let mut design = Design::lenet(connect);
            if let Some(of) = &of {
                (design.input, design.classes) = (of.input, of.classes);
            }
            design.is_legal().then(|| self.base.with_network(TrainNetwork::of(design)))
        };
        for seed in 0..SEEDS {
            for scrambled in [false, true] {
                for (place, connect) in Connect::ALL.into_iter().enumerate().rev() {
                    let Some(mut plan) = way(connect) else { continue };
                    plan.scrambled = scrambled;
                    plan.settings.seed = plan.settings.seed.wrapping_add(seed);
                    plan.settings.augment = None;
                    members.extend(Member::new(place as f64, plan));
                }
            }
        }
        members
    }
}

/// The design with so many convolutions: the first ones of its own, then more of 3×3 that keep their maps'
/// size, before the last.
fn of_depth(design: &Design, depth: usize) -> Option<Design> {
    let mut design = design.clone();
    while design.blocks.len() > depth {
        design.blocks.pop();
    }
    while design.blocks.len() < depth {
        let at = design.blocks.len().saturating_sub(1);
        let maps = design.blocks.get(at.checked_sub(1)?)?.maps;
        design.blocks.insert(at, Block { padding: 1, ..Block::conv(maps, 3) });
    }
    design.is_legal().then_some(design)
}
