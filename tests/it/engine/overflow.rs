//! A step that would leave the range of single precision is not taken.

use convscope::array::Array;
use convscope::engine::examples::{Examples, batch};
use convscope::engine::optim::{AdamSettings, Method, SgdSettings};
use convscope::engine::schedule::Schedule;
use convscope::engine::{EngineError, Model, Settings, Trainer, seeded};
use convscope::network::{Shape, zoo};

use super::digits::digits;
use super::training::{normed, settings, trainer};

/// Whatever is tried, the state is the one before, to the last bit.
#[track_caller]
fn diverges(mut trainer: Trainer, examples: &dyn Examples) {
    let before = trainer.checkpoint().unwrap();
    let (weights, gradients) = (trainer.weights().unwrap(), trainer.gradients().count());
    for _ in 0..2 {
        let error = trainer.step(examples).expect_err("the first step diverges");
        assert!(matches!(error, EngineError::Diverged { epoch: 1, images: 0, .. }), "{error}");
        assert!(error.to_string().contains("smaller learning rate"), "{error}");
    }
    assert_eq!(trainer.checkpoint().unwrap(), before);
    assert_eq!(trainer.weights().unwrap(), weights);
    assert_eq!((trainer.steps_done(), trainer.gradients().count()), (0, gradients));
}

fn with(method: Method, learning_rate: f64) -> Settings {
    Settings { method, learning_rate, schedule: Schedule::Constant, ..settings() }
}

#[test]
fn weights_that_overflow_are_noticed_in_the_step_that_makes_them() {
    let digits = digits(0, 40);
    let adam =
        |weight_decay: f64| Method::Adam(AdamSettings { weight_decay, ..Default::default() });
    let sgd = |weight_decay: f64| Method::Sgd(SgdSettings { weight_decay, ..Default::default() });
    for network in [zoo::lenet5_modern(), normed()] {
        for averaging in [None, Some(0.9)] {
            // The loss and its gradient are as good as ever; the decay is too strong, or the step too long.
            for settings in [with(sgd(1e38), 1e3), with(adam(1e30), 1e30), with(adam(0.0), 3e38)] {
                let settings = Settings { averaging, ..settings };
                diverges(trainer(&network, settings, &digits), &digits);
            }
        }
    }
}

/// Only the very last weight is large enough to overflow; all those before it would not.
#[test]
fn a_step_is_taken_by_all_parameters_or_by_none() {
    let digits = digits(0, 40);
    let network = zoo::lenet5_modern();
    let mut weights = seeded::weights(&network, 1).unwrap();
    let last = weights.tensors.get_mut("OUTPUT.weight").expect("there is one");
    let end = last.len() - 1;
    let values = last.values().to_vec();
    *last = Array::from_fn(last.shape(), |i| if i == end { 10.0 } else { values[i] });
    for averaging in [None, Some(0.9)] {
        let sgd = Method::Sgd(SgdSettings { momentum: 0.0, weight_decay: 1e29 });
        let settings = Settings { averaging, ..with(sgd, 1e8) };
        let model = Model::new(&network, &weights).unwrap();
        diverges(Trainer::new(model, settings, digits.len()).unwrap(), &digits);
    }
}

/// Images so bright that their variance cannot be held: the loss is finite, as they are divided by it.
struct Glaring;

impl Examples for Glaring {
    fn len(&self) -> usize {
        16
    }

    fn shape(&self) -> Shape {
        [1, 32, 32]
    }

    fn label(&self, index: usize) -> usize {
        index % 10
    }

    fn fill(&self, index: usize, image: &mut [f32]) {
        for (i, value) in image.iter_mut().enumerate() {
            *value = 1e25 * ((i * (index + 3)) as f32).sin();
        }
    }
}

#[test]
fn running_statistics_that_overflow_are_noticed_too() {
    let plain = Settings { augment: None, averaging: None, ..settings() };
    // Nothing else in the step is out of the ordinary.
    let numbers: Vec<usize> = (0..Glaring.len()).collect();
    let batch = batch(&Glaring, &numbers, None).unwrap();
    let model = Model::new(&normed(), &seeded::weights(&normed(), plain.seed).unwrap()).unwrap();
    let learned = model.learn(&batch.images, &batch.labels, 1).unwrap();
    assert!(learned.loss < 10.0 && learned.gradient.iter().all(|value| value.abs() < 10.0));
    assert!(!learned.statistics[0].1.variance[0].is_finite());
    diverges(trainer(&normed(), plain, &Glaring), &Glaring);
}
