//! The settings of a training, each with the recipe's value where it is not given.

use clap::ValueEnum;

use crate::cli::values::whole;
use crate::engine::optim::{AdamSettings, Method, SgdSettings};
use crate::engine::recipe;
use crate::engine::schedule::Schedule;
use crate::engine::{Settings, augment};

/// A learning rate that suits SGD with momentum; the recipes' own are for Adam.
const SGD_LEARNING_RATE: f64 = 0.02;

/// The weight decay of AdamW where none is given (PyTorch's).
const ADAMW_WEIGHT_DECAY: f64 = 0.01;

/// What can be set; the rest is the recipe of the bundled weights.
#[derive(Clone, Debug, clap::Args)]
pub struct SettingsArgs {
    /// How often all images are learned from [default: the recipe of the bundled weights, as for all
    /// that follow].
    #[arg(long, value_name = "N", value_parser = whole::<usize>)]
    epochs: Option<usize>,
    /// Images per step.
    #[arg(long, value_name = "N", value_parser = whole::<usize>)]
    batch: Option<usize>,
    /// The learning rate, at its highest.
    #[arg(long, value_name = "RATE", allow_negative_numbers = true)]
    lr: Option<f64>,
    /// How weights follow gradients.
    #[arg(long, value_enum)]
    optimizer: Option<Optimizer>,
    /// How much weights shrink by themselves: adam and adamw take it off the weights, times the learning
    /// rate; sgd adds it to the gradient [default: 0.01 with adamw, else 0].
    #[arg(long, value_name = "DECAY", allow_negative_numbers = true)]
    weight_decay: Option<f64>,
    /// How the learning rate changes.
    #[arg(long, value_enum)]
    schedule: Option<ScheduleValue>,
    /// How images are changed a little, anew in every epoch; several with commas, as in affine,elastic.
    #[arg(long, value_enum, value_delimiter = ',', value_name = "HOW")]
    augment: Vec<Augment>,
    /// Leaves the weights of these layers as they are; several with commas, as in C1,C3.
    #[arg(long, value_delimiter = ',', value_name = "LAYER")]
    freeze: Vec<String>,
    /// Decides first weights, order, distortions and what is kept aside.
    #[arg(long, value_name = "N", value_parser = whole::<u64>)]
    seed: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Optimizer {
    Adam,
    /// Adam with decoupled weight decay.
    Adamw,
    /// Stochastic gradient descent with momentum 0.9.
    Sgd,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ScheduleValue {
    Constant,
    /// A tenth after half, and again after three quarters.
    Step,
    /// From the highest down to 0.
    Cosine,
    /// Up in the first three tenths, then down to almost 0.
    OneCycle,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Augment {
    /// Images as they are.
    None,
    /// Turned, stretched, slanted and shifted.
    Affine,
    /// Bent like rubber.
    Elastic,
    /// Shifted by up to four whole pixels.
    Crop,
    /// Half of them, by chance, mirrored left to right: not for digits.
    Mirror,
}

/// Pixels by which a crop shifts at most.
const CROP: u32 = 4;

impl SettingsArgs {
    /// What was asked for; an affine distortion is as strong as the recipe's.
    fn augmentation(&self, recipe: Option<augment::Augment>) -> Option<augment::Augment> {
        let has = |wanted| self.augment.contains(&wanted);
        (!has(Augment::None)).then(|| augment::Augment {
            affine: recipe.and_then(|recipe| recipe.affine).filter(|_| has(Augment::Affine)),
            elastic: has(Augment::Elastic).then(augment::Elastic::default),
            crop: if has(Augment::Crop) { CROP } else { 0 },
            mirror: has(Augment::Mirror),
        })
    }

    /// The recipe for the network with what was asked for in its place.
    pub fn over_recipe(&self, network: &str) -> Settings {
        let mut settings = recipe::for_network(network).settings;
        match self.optimizer {
            Some(Optimizer::Adam) => settings.method = Method::Adam(AdamSettings::default()),
            Some(Optimizer::Adamw) => {
                let weight_decay = ADAMW_WEIGHT_DECAY;
                settings.method =
                    Method::Adam(AdamSettings { weight_decay, ..AdamSettings::default() });
            }
            Some(Optimizer::Sgd) => {
                settings.method = Method::Sgd(SgdSettings::default());
                settings.learning_rate = SGD_LEARNING_RATE;
            }
            None => {}
        }
        match self.schedule {
            Some(ScheduleValue::Constant) => settings.schedule = Schedule::Constant,
            Some(ScheduleValue::Step) => settings.schedule = Schedule::Step,
            Some(ScheduleValue::Cosine) => settings.schedule = Schedule::Cosine,
            Some(ScheduleValue::OneCycle) => settings.schedule = Schedule::OneCycle,
            None => {}
        }
        match (&mut settings.method, self.weight_decay) {
            (
                Method::Adam(AdamSettings { weight_decay, .. })
                | Method::Sgd(SgdSettings { weight_decay, .. }),
                Some(decay),
            ) => *weight_decay = decay,
            (_, None) => {}
        }
        if !self.augment.is_empty() {
            settings.augment = self.augmentation(settings.augment);
        }
        settings.frozen.clone_from(&self.freeze);
        settings.epochs = self.epochs.unwrap_or(settings.epochs);
        settings.batch = self.batch.unwrap_or(settings.batch);
        settings.learning_rate = self.lr.unwrap_or(settings.learning_rate);
        settings.seed = self.seed.unwrap_or(settings.seed);
        settings
    }
}
