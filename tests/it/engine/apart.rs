//! A step that is not taken yet, against the step that is taken.

use convscope::array::Weights;
use convscope::engine::optim::{AdamSettings, Method, SgdSettings};
use convscope::engine::schedule::Schedule;
use convscope::engine::train::Next;
use convscope::engine::{Model, Settings, Trainer, recipe, seeded};
use convscope::explain::backward::Pass;
use convscope::network::zoo;

use super::digits::digits;

const SGD: Method = Method::Sgd(SgdSettings { momentum: 0.9, weight_decay: 0.01 });
const ADAM: Method =
    Method::Adam(AdamSettings { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weight_decay: 0.01 });

/// A training in which three steps have been taken, and the next one.
fn after_three(method: Method, learning_rate: f64, frozen: &[&str]) -> (Trainer, Next) {
    let network = zoo::lenet5_modern();
    let settings = Settings {
        epochs: 1,
        batch: 12,
        method,
        learning_rate,
        schedule: Schedule::Cosine,
        augment: recipe::for_network("lenet5").settings.augment,
        averaging: None,
        seed: 8,
        frozen: frozen.iter().map(|&name| name.into()).collect(),
    };
    let digits = digits(0, 100);
    let weights = seeded::weights(&network, 8).unwrap();
    let mut trainer = Trainer::new(Model::new(&network, &weights).unwrap(), settings, 100).unwrap();
    for _ in 0..3 {
        trainer.step(&digits).unwrap();
    }
    let next = trainer.next(&digits).unwrap().expect("a fourth step");
    (trainer, next)
}

#[test]
fn what_the_images_say_has_the_gradient_for_its_mean() {
    let (trainer, next) = after_three(SGD, 0.01, &[]);
    let gradient = trainer.gradient_of(&next).unwrap();
    for (tensor, index) in [
        ("C1.weight", 12),
        ("C1.bias", 5),
        ("C3.weight", 777),
        ("C5.weight", 40_000),
        ("OUTPUT.weight", 3),
        ("OUTPUT.bias", 9),
    ] {
        let each = trainer.each_of(&next, tensor, index).unwrap().expect("few images");
        assert_eq!(each.len(), 12);
        let mean = each.iter().sum::<f64>() / 12.0;
        let found = f64::from(gradient.tensors[tensor].values()[index]);
        let reach = each.iter().fold(1e-9_f64, |reach, one| reach.max(one.abs()));
        assert!((mean - found).abs() < 1e-5 * reach, "{tensor}[{index}]: {mean} and {found}");
        assert!(each.iter().any(|&one| (one - each[0]).abs() > 1e-9) || reach < 1e-8);
    }
    assert!(trainer.each_of(&next, "C1.weight", 150).is_err(), "C1 has 150 weights");
}

#[test]
fn the_products_of_an_image_add_up_to_what_it_says() {
    let (trainer, next) = after_three(SGD, 0.01, &[]);
    let model = trainer.model();
    let (network, weights) = (model.network(), model.weights().unwrap());
    for image in [0, 7] {
        let seen = trainer.image_of(&next, image).unwrap();
        let back = model.backward_trace(&seen, next.batch.labels[image]).unwrap();
        let (trace, gradients) = (&back.trace, &back.gradients);
        let pass = Pass { network, weights: &weights, trace, gradients };
        for (node, part, index) in
            [("C1", "weight", 30), ("C3", "weight", 1234), ("C3", "bias", 2), ("F6", "weight", 500)]
        {
            let tensor = format!("{node}.{part}");
            let each = trainer.each_of(&next, &tensor, index).unwrap().expect("few images");
            let place = network.index_of(node).expect("a node");
            let found = pass.weight_gradient(place, part, index).unwrap();
            let products: f64 = found.terms.iter().map(|term| term.product).sum();
            let reach = found.terms.iter().map(|term| term.product.abs()).sum::<f64>().max(1e-9);
            assert!((products - each[image]).abs() < 1e-5 * reach, "{tensor}[{index}]");
        }
    }
}

/// Number by number, what the formula of the optimizer makes of a list of weights.
fn moved(
    trainer: &Trainer,
    next: &Next,
    change: impl Fn(f64, f64, &dyn Fn(&str) -> f64) -> f64,
) -> Vec<(String, Vec<f64>)> {
    let before = trainer.model().weights().unwrap();
    let gradient = trainer.gradient_of(next).unwrap();
    let moments = trainer.moments().unwrap();
    let of = |(tensor, weights): (&String, &convscope::array::Array)| {
        let numbers = weights.values().iter().enumerate().map(|(i, &weight)| {
            let moment = |name: &str| {
                let found = moments.iter().find(|(known, _)| *known == name);
                f64::from(found.expect("a moment").1.tensors[tensor].values()[i])
            };
            change(weight.into(), gradient.tensors[tensor].values()[i].into(), &moment)
        });
        (tensor.clone(), numbers.collect())
    };
    before.tensors.iter().map(of).collect()
}

fn assert_taken(mut trainer: Trainer, expected: Vec<(String, Vec<f64>)>) {
    trainer.step(&digits(0, 100)).unwrap();
    let Weights { tensors, .. } = trainer.weights().unwrap();
    assert_eq!(tensors.len(), expected.len());
    for (tensor, numbers) in expected {
        for (i, (found, expected)) in tensors[&tensor].values().iter().zip(numbers).enumerate() {
            let found = f64::from(*found);
            assert!((found - expected).abs() < 1e-6, "{tensor}[{i}]: {found} and {expected}");
        }
    }
}

#[test]
fn gradient_descent_goes_where_its_arithmetic_says() {
    let (trainer, next) = after_three(SGD, 0.01, &[]);
    let expected = moved(&trainer, &next, |weight, gradient, moment| {
        let velocity = 0.9 * moment("velocity") + gradient + 0.01 * weight;
        weight - next.learning_rate * velocity
    });
    assert!(next.learning_rate < 0.01, "the schedule has begun to fall");
    assert_taken(trainer, expected);
}

#[test]
fn adam_goes_where_its_arithmetic_says() {
    let (trainer, next) = after_three(ADAM, 2e-3, &[]);
    let expected = moved(&trainer, &next, |weight, gradient, moment| {
        let first = 0.9 * moment("first_moment") + 0.1 * gradient;
        let second = 0.999 * moment("second_moment") + 0.001 * gradient * gradient;
        let (m, v) = (first / (1.0 - 0.9_f64.powi(4)), second / (1.0 - 0.999_f64.powi(4)));
        (1.0 - next.learning_rate * 0.01) * weight - next.learning_rate * m / (v.sqrt() + 1e-8)
    });
    assert_taken(trainer, expected);
}

#[test]
fn looking_at_the_next_step_changes_nothing_and_frozen_layers_have_no_gradient() {
    let digits = digits(0, 100);
    let (mut looked, next) = after_three(ADAM, 2e-3, &["C1", "F6"]);
    let (mut other, _) = after_three(ADAM, 2e-3, &["C1", "F6"]);
    let gradient = looked.gradient_of(&next).unwrap();
    for (tensor, numbers) in &gradient.tensors {
        let still = tensor.starts_with("C1.") || tensor.starts_with("F6.");
        assert_eq!(numbers.values().iter().all(|&g| g == 0.0), still, "{tensor}");
    }
    let before = looked.weights().unwrap();
    looked.step(&digits).unwrap();
    other.step(&digits).unwrap();
    assert_eq!(looked.weights().unwrap(), other.weights().unwrap());
    for (tensor, numbers) in &looked.weights().unwrap().tensors {
        let still = tensor.starts_with("C1.") || tensor.starts_with("F6.");
        assert_eq!(*numbers == before.tensors[tensor], still, "{tensor}");
    }
}
