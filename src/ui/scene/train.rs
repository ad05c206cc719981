//! What the Train view shows. A plan decides its training bit for bit, so a plan and a number of steps name
//! one moment of it: a scene that is opened is trained again to that moment.

use serde::{Deserialize, Serialize};

use super::Series;
use crate::network::design::Design;
use crate::network::{Network, Shape, zoo};
use crate::worker::training::{
    DataRef, Method, Pace, Schedule, Sets, SgdSettings, TrainingSettings,
};

/// The training, and what is seen of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TrainScene {
    pub plan: TrainPlan,
    /// Steps that have been taken, at least.
    pub steps: u64,
    /// The moment of the history that is shown, by its steps; none: the present one.
    pub shown: Option<u64>,
    pub pace: Pace,
    pub page: TrainPage,
    /// What the curves show.
    pub quantity: Quantity,
    /// Label and answer of the digits that are looked at.
    pub cell: Option<[usize; 2]>,
    /// The test image whose maps are shown.
    pub probe: usize,
    /// The layer whose numbers are shown.
    pub layer: Option<String>,
    /// The number whose gradient is taken apart.
    pub weight: Option<WeightRef>,
    /// The image of the batch that is looked at.
    pub image: usize,
    /// How far the digit is moved that the three ways read, down and to the right.
    pub shift: [i32; 2],
    /// Trainings that follow each other.
    pub series: Option<Series>,
    /// Other trainings whose curves are shown beside this one.
    pub beside: Vec<TrainPlan>,
}

/// Everything that decides a training.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct TrainPlan {
    pub network: TrainNetwork,
    pub data: DataRef,
    /// Images to learn from, at most.
    pub images: Option<usize>,
    /// Their pixels in one other order, the same for all.
    pub scrambled: bool,
    pub settings: TrainingSettings,
}

/// What is trained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum TrainNetwork {
    Zoo(String),
    /// Edited in the window.
    Design(Design),
}

/// One number of a parameter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeightRef {
    /// `<node>.<part>`.
    pub tensor: String,
    pub index: usize,
}

/// What the curves show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantity {
    #[default]
    Loss,
    Accuracy,
}

/// What stands beside the curves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TrainPage {
    /// Kernels, maps and gradients as they are now.
    #[default]
    Watch,
    /// The next step, taken apart.
    Apart,
    /// Images, before anything is learned from them.
    Data,
    /// Trainings beside each other.
    Runs,
    /// Fully, locally connected and convolutional.
    Ways,
}

impl TrainPage {
    pub const ALL: [Self; 5] = [Self::Watch, Self::Apart, Self::Data, Self::Runs, Self::Ways];
}

impl Default for TrainNetwork {
    fn default() -> Self {
        Self::Zoo("lenet5-modern".into())
    }
}

impl TrainNetwork {
    /// What the zoo calls it.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Zoo(name) => name.clone(),
            Self::Design(design) => design.short(),
        }
    }

    /// A design, by the zoo's name where it has one: the same network is the same training.
    #[must_use]
    pub fn of(design: Design) -> Self {
        let known = zoo::ENTRIES.iter().map(|entry| entry.name);
        match known.into_iter().find(|name| Design::of(name).as_ref() == Some(&design)) {
            Some(name) => Self::Zoo(name.into()),
            None => Self::Design(design),
        }
    }

    /// The choices that it is made of; `None` for a network that has other kinds of layers.
    #[must_use]
    pub fn design(&self) -> Option<Design> {
        match self {
            Self::Zoo(name) => Design::of(name),
            Self::Design(design) => Some(design.clone()),
        }
    }

    /// The network; `None` where the zoo has none of this name.
    #[must_use]
    pub fn network(&self) -> Option<Network> {
        match self {
            Self::Zoo(name) => zoo::find(name),
            // A scene from a file may say anything.
            Self::Design(design) if design.is_legal() => design.network().ok(),
            Self::Design(_) => None,
        }
    }
}

impl TrainPlan {
    /// The same training of another network: a frozen layer stays frozen where the other one has the same.
    #[must_use]
    pub fn with_network(&self, network: TrainNetwork) -> Self {
        let mut plan = Self { network, ..self.clone() };
        plan.thaw_others(self);
        plan
    }

    /// Freezes no layer that `before` had frozen as another one.
    pub fn thaw_others(&mut self, before: &Self) {
        if self.settings.frozen.is_empty() || self.network == before.network {
            return;
        }
        let (before, now) = (before.network.network(), self.network.network());
        self.settings.frozen.retain(|name| {
            let node = |network: &Option<Network>| {
                let network = network.as_ref()?;
                let node = &network.nodes()[network.index_of(name)?];
                let read: Vec<Shape> =
                    node.inputs.iter().map(|&input| network.nodes()[input].output).collect();
                Some((node.layer.clone(), read))
            };
            node(&now).is_some_and(|now| node(&before) == Some(now))
        });
    }

    /// The same training with a network that reads images of this set and tells its classes apart; `None`
    /// where the network cannot be changed so.
    #[must_use]
    pub fn fitted_to(&self, sets: &Sets) -> Option<Self> {
        let mut design = self.network.design()?;
        let [channels, height, width] = sets.train.shape();
        let [_, h, w] = design.input;
        design.input = [channels, h.max(height), w.max(width)];
        design.classes = sets.classes.len();
        design.is_legal().then(|| self.with_network(TrainNetwork::of(design)))
    }
}

impl Default for TrainPlan {
    /// Plain gradient descent: every number of a step can be followed by hand.
    fn default() -> Self {
        Self {
            network: TrainNetwork::default(),
            data: DataRef::Digits,
            images: None,
            scrambled: false,
            settings: TrainingSettings {
                epochs: 5,
                batch: 16,
                method: Method::Sgd(SgdSettings::default()),
                learning_rate: 0.01,
                schedule: Schedule::Cosine,
                augment: None,
                averaging: None,
                seed: 1,
                frozen: Vec::new(),
            },
        }
    }
}
