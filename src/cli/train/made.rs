//! What weights were made with: as a remark in their file, and as the options that a training which goes on
//! must have again.

use sha2::{Digest, Sha256};

use super::TrainArgs;
use crate::array::Weights;
use crate::data::LabelledImages;
use crate::data::placement::TRAINED_WITH;
use crate::engine::Settings;
use crate::engine::augment::Augment;
use crate::engine::optim::Method;
use crate::engine::schedule::Schedule;
use crate::engine::train::Options;
use crate::network::Network;

/// The remark of a weight file that says all that decided it.
pub const MADE_WITH: &str = "made_with";

/// Everything that decides the weights.
pub struct Made<'a> {
    pub network: &'a Network,
    pub settings: &'a Settings,
    pub args: &'a TrainArgs,
    /// Images that are learned from.
    pub learned: usize,
}

impl Made<'_> {
    /// The remark `source`, for people: what decides the weights, in a line, and no time.
    pub fn source(&self) -> String {
        let Self { settings, args, learned, .. } = self;
        let method = match settings.method {
            Method::Adam(adam) if adam.weight_decay > 0.0 => {
                format!("AdamW with weight decay {}", adam.weight_decay)
            }
            Method::Adam(_) => "Adam".into(),
            Method::Sgd(sgd) if sgd.weight_decay > 0.0 => {
                format!("SGD with momentum {} and weight decay {}", sgd.momentum, sgd.weight_decay)
            }
            Method::Sgd(sgd) => format!("SGD with momentum {}", sgd.momentum),
        };
        let schedule = match settings.schedule {
            Schedule::Constant => "constant",
            Schedule::Step => "step",
            Schedule::Cosine => "cosine",
            Schedule::OneCycle => "one cycle",
        };
        let distorted =
            settings.augment.as_ref().map_or_else(|| "no distortions".into(), distortions);
        let aside = match args.hold_out {
            0 => String::new(),
            count => format!(", {count} kept aside"),
        };
        let test = if args.exclude_bundled_test { ", without the bundled test split" } else { "" };
        format!(
            "convscope {}: {learned} images of {}{aside}{test}, {} epochs, batch {}, {method}, \
             learning rate {} ({schedule}), {distorted}, seed {}",
            env!("CARGO_PKG_VERSION"),
            args.data.short_name(),
            settings.epochs,
            settings.batch,
            settings.learning_rate,
            settings.seed,
        )
    }

    /// The remark [`MADE_WITH`]: all settings and options, for this program to compare.
    pub fn made_with(&self, options: &Options) -> String {
        let mut all = options.clone();
        all.insert("settings".into(), self.settings.to_json());
        serde_json::to_string(&all).expect("names and texts")
    }

    /// Whether finished weights say that they were made with the same.
    pub fn has_made(&self, weights: &Weights, options: &Options) -> bool {
        weights.metadata.get(MADE_WITH) == Some(&self.made_with(options))
    }

    /// What a checkpoint keeps of it beside the settings. The data is known by its content.
    pub fn options(&self, images: &LabelledImages) -> Options {
        let mut data = Sha256::new();
        for part in [images.pixels(), images.labels()] {
            data.update(part);
        }
        let data = short(data);
        let description = serde_json::to_string(self.network).expect("text, numbers and lists");
        let network = short(Sha256::new_with_prefix(description));
        [
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("network", format!("{} {network:016x}", self.network.name)),
            ("data", format!("{} images {data:016x}", images.len())),
            ("hold-out", self.args.hold_out.to_string()),
            ("exclude-bundled-test", self.args.exclude_bundled_test.to_string()),
        ]
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
    }
}

/// The distortions by name.
fn distortions(augment: &Augment) -> String {
    let Augment { affine, elastic, crop, mirror } = augment;
    let names = [
        affine.is_some().then(|| TRAINED_WITH.to_owned()),
        elastic.is_some().then(|| "elastic distortions".to_owned()),
        (*crop > 0).then(|| format!("crops of ±{crop} pixels")),
        mirror.then(|| "mirroring".to_owned()),
    ];
    names.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The first 64 bits of a digest: enough to tell two sets apart that were mixed up.
fn short(digest: Sha256) -> u64 {
    digest.finalize().iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
}
