//! Settings of a training: every number has a range, as scene files can hold any.

use convscope::engine::augment::{Affine, Augment, Elastic};
use convscope::engine::optim::{AdamSettings, Method, SgdSettings};
use convscope::engine::train::{MOST_BATCH, MOST_EPOCHS};
use convscope::engine::{EngineError, Setting, Settings};

use super::training::settings;

/// The setting that is refused, with the sentence; `None` if none is.
fn refused(settings: &Settings) -> Option<(Setting, String)> {
    match settings.check() {
        Ok(()) => None,
        Err(EngineError::Setting { name, value }) => {
            Some((name, EngineError::Setting { name, value }.to_string()))
        }
        Err(other) => panic!("{other}"),
    }
}

#[track_caller]
fn refuses(name: Setting, settings: &[Settings]) {
    for settings in settings {
        let (found, said) = refused(settings).unwrap_or_else(|| panic!("{settings:?}"));
        assert!(found == name && said.contains(&name.to_string()), "{settings:?}: {said}");
        assert!(said.len() < 130, "one short sentence: {said}");
    }
}

#[track_caller]
fn accepts(settings: &[Settings]) {
    for settings in settings {
        assert_eq!(refused(settings), None, "{settings:?}");
    }
}

const NO_NUMBERS: [f64; 3] = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];

#[test]
fn counts_and_rates_have_ranges() {
    let epochs = [0, MOST_EPOCHS + 1, usize::MAX].map(|epochs| Settings { epochs, ..settings() });
    refuses(Setting::Epochs, &epochs);
    let batches = [0, MOST_BATCH + 1, usize::MAX].map(|batch| Settings { batch, ..settings() });
    refuses(Setting::Batch, &batches);
    accepts(&[Settings { epochs: MOST_EPOCHS, batch: MOST_BATCH, ..settings() }]);
    let rate = |learning_rate: f64| Settings { learning_rate, ..settings() };
    // 10³⁹ is infinite in single precision, 10⁻⁵⁰ is nothing.
    refuses(Setting::LearningRate, &[0.0, -1.0, 1e39, 1e-50].map(rate));
    refuses(Setting::LearningRate, &NO_NUMBERS.map(rate));
    accepts(&[1e-30, 0.1, 1e38].map(rate));
    let averaging = |decay: f64| Settings { averaging: Some(decay), ..settings() };
    refuses(Setting::Averaging, &[1.0, -0.1, 1.0 - 1e-12, f64::NAN].map(averaging));
    accepts(&[0.0, 0.9999].map(averaging));
}

#[test]
fn the_numbers_of_an_optimizer_have_ranges() {
    let adam = |adam: AdamSettings| Settings { method: Method::Adam(adam), ..settings() };
    let usual = AdamSettings::default();
    // What is 1 in single precision would divide by nothing.
    let bad_share = [-0.1, 1.0, 1.0 - 1e-12, f64::NAN, f64::INFINITY];
    refuses(Setting::Beta1, &bad_share.map(|beta1| adam(AdamSettings { beta1, ..usual })));
    refuses(Setting::Beta2, &bad_share.map(|beta2| adam(AdamSettings { beta2, ..usual })));
    let bad_epsilon = [0.0, -1e-8, 1e-60, 1e40, f64::NAN];
    refuses(Setting::Epsilon, &bad_epsilon.map(|epsilon| adam(AdamSettings { epsilon, ..usual })));
    let bad_decay = [-0.1, 1e39, f64::NAN, f64::INFINITY];
    let of_adam = |weight_decay: f64| adam(AdamSettings { weight_decay, ..usual });
    refuses(Setting::WeightDecay, &bad_decay.map(of_adam));
    accepts(&[
        adam(AdamSettings { beta1: 0.0, beta2: 0.0, ..usual }),
        adam(AdamSettings { beta1: 0.9999, beta2: 0.999_999, epsilon: 1.0, weight_decay: 10.0 }),
    ]);
    let sgd = |momentum: f64, weight_decay: f64| Settings {
        method: Method::Sgd(SgdSettings { momentum, weight_decay }),
        ..settings()
    };
    refuses(Setting::Momentum, &bad_share.map(|momentum| sgd(momentum, 0.0)));
    refuses(Setting::WeightDecay, &bad_decay.map(|decay| sgd(0.9, decay)));
    accepts(&[sgd(0.0, 0.0), sgd(0.999, 1.0)]);
}

#[test]
fn distortions_have_ranges() {
    let with = |augment: Augment| Settings { augment: Some(augment), ..settings() };
    let affine = |affine: Affine| with(Augment::from(affine));
    let still = Affine::default();
    let no_numbers = [f32::NAN, f32::INFINITY, -0.1, 1e30];
    refuses(Setting::Rotation, &no_numbers.map(|rotation| affine(Affine { rotation, ..still })));
    refuses(Setting::Scale, &no_numbers.map(|scale| affine(Affine { scale, ..still })));
    refuses(Setting::Shear, &no_numbers.map(|shear| affine(Affine { shear, ..still })));
    refuses(Setting::Shift, &no_numbers.map(|shift| affine(Affine { shift, ..still })));
    refuses(Setting::Scale, &[affine(Affine { scale: 1.0, ..still })]);
    let elastic = |amplitude: f32, sigma: f32| {
        with(Augment { elastic: Some(Elastic { amplitude, sigma }), ..Augment::default() })
    };
    refuses(Setting::Amplitude, &no_numbers.map(|amplitude| elastic(amplitude, 4.0)));
    refuses(Setting::Sigma, &no_numbers.map(|sigma| elastic(34.0, sigma)));
    refuses(Setting::Sigma, &[elastic(34.0, 1e8)]);
    let crop = |crop: u32| with(Augment { crop, ..Augment::default() });
    refuses(Setting::Crop, &[4097, u32::MAX].map(crop));
    accepts(&[crop(4096), elastic(0.0, 0.0), affine(still)]);
}

/// At the ends of the ranges an image is distorted beyond recognition, but every pixel is a number.
#[test]
fn the_widest_distortions_give_numbers() {
    let affine = Affine { rotation: 3.1, scale: 0.999_999, shear: 10.0, shift: 4096.0 };
    let elastic = Elastic { amplitude: 1000.0, sigma: 100.0 };
    for elastic in [elastic, Elastic { sigma: 0.0, ..elastic }] {
        let widest =
            Augment { affine: Some(affine), elastic: Some(elastic), crop: 4096, mirror: true };
        assert_eq!(refused(&Settings { augment: Some(widest), ..settings() }), None);
        let image: Vec<f32> = (0..64).map(|i| i as f32).collect();
        for seed in 0..50 {
            let mut output = vec![f32::NAN; 64];
            widest.distort(&[seed], [1, 8, 8], &image, &mut output);
            assert!(output.iter().all(|value| (0.0..=63.0).contains(value)), "{output:?}");
        }
    }
}
