//! Training on a few bundled digits: it learns, it can be stopped and taken up again, and it gives the
//! same bits every time.

use std::ops::ControlFlow;

use convscope::array::{Array, Weights};
use convscope::engine::examples::{ByteImages, Examples};
use convscope::engine::optim::{AdamSettings, Method, SgdSettings};
use convscope::engine::schedule::Schedule;
use convscope::engine::{
    CheckpointProblem, EngineError, Model, Settings, Trainer, evaluate, metrics, recipe, seeded,
};
use convscope::network::{Network, zoo};

use super::digits::digits;

pub fn settings() -> Settings {
    Settings {
        epochs: 2,
        batch: 20,
        method: Method::Adam(AdamSettings::default()),
        learning_rate: 2e-3,
        schedule: Schedule::OneCycle,
        augment: recipe::for_network("lenet5").settings.augment,
        averaging: Some(0.9),
        seed: 5,
        frozen: Vec::new(),
    }
}

pub fn trainer(network: &Network, settings: Settings, examples: &dyn Examples) -> Trainer {
    let weights = seeded::weights(network, settings.seed).unwrap();
    Trainer::new(Model::new(network, &weights).unwrap(), settings, examples.len()).unwrap()
}

fn train(network: &Network, settings: Settings, examples: &ByteImages<'_>) -> Weights {
    let mut trainer = trainer(network, settings, examples);
    assert!(trainer.run(examples, &mut |_, _| ControlFlow::Continue(())).unwrap());
    trainer.weights().unwrap()
}

#[test]
fn a_few_digits_are_learned() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let (seen, unseen) = (digits(0, 400), digits(4000, 200));
        let settings = Settings { epochs: 8, averaging: None, augment: None, ..settings() };
        let mut trainer = trainer(&network, settings, &seen);
        let mut losses = Vec::new();
        trainer
            .run(&seen, &mut |_, progress| {
                if progress.epoch_is_done() {
                    losses.push(progress.epoch_loss);
                }
                ControlFlow::Continue(())
            })
            .unwrap();
        assert_eq!(losses.len(), 8);
        assert!(losses[7] < 0.3 * losses[0], "{}: {losses:?}", network.name);
        let judged = evaluate(trainer.model(), &unseen, &mut |_| true).unwrap();
        assert!(judged.accuracy > 0.75, "{}: {judged:?}", network.name);
    }
}

/// With running statistics, and with values that are dropped.
pub fn normed() -> Network {
    let text = r#"{"name":"normed","title":"Normed","nodes":[
        {"name":"input","kind":"input","shape":[1,32,32]},
        {"name":"conv","inputs":["input"],"kind":"conv","maps":4,"bias":false,
         "window":{"kernel":[5,5],"stride":[2,2]}},
        {"name":"norm","inputs":["conv"],"kind":"batch_norm","epsilon":1e-3,"activation":"relu"},
        {"name":"drop","inputs":["norm"],"kind":"dropout","rate":0.25},
        {"name":"out","inputs":["drop"],"kind":"linear","output":[10,1,1]}]}"#;
    serde_json::from_str(text).unwrap()
}

#[test]
fn the_same_training_gives_the_same_bits_for_any_number_of_threads() {
    let digits = digits(0, 90);
    for network in [zoo::lenet5(), zoo::lenet5_modern(), normed()] {
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| train(&network, settings(), &digits))
        };
        assert_eq!(on(1), on(3), "{}", network.name);
    }
    let other = Settings { seed: 6, ..settings() };
    let network = zoo::lenet5_modern();
    assert_ne!(train(&network, settings(), &digits), train(&network, other, &digits));
}

#[test]
fn frozen_nodes_stay_bit_for_bit_while_the_others_learn() {
    let digits = digits(0, 90);
    // Weight decay and distortions would move a weight without any gradient.
    let adam = AdamSettings { weight_decay: 0.1, ..AdamSettings::default() };
    let sgd = SgdSettings { momentum: 0.9, weight_decay: 0.1 };
    for method in [Method::Adam(adam), Method::Sgd(sgd)] {
        for (network, frozen) in [
            (zoo::lenet5(), vec!["C3", "S2"]),
            (zoo::lenet5_modern(), vec!["C1"]),
            (normed(), vec!["conv", "norm"]),
        ] {
            let frozen: Vec<String> = frozen.into_iter().map(String::from).collect();
            let settings =
                Settings { frozen: frozen.clone(), method, averaging: None, ..settings() };
            let before = seeded::weights(&network, settings.seed).unwrap();
            let after = train(&network, settings, &digits);
            assert_eq!(after.tensors.len(), before.tensors.len());
            for (name, numbers) in &after.tensors {
                let node = name.rsplit_once('.').expect("a node").0;
                let still = frozen.iter().any(|frozen| frozen == node);
                assert_eq!(*numbers == before.tensors[name], still, "{}: {name}", network.name);
            }
        }
    }
    let network = zoo::lenet5_modern();
    let model = Model::new(&network, &seeded::weights(&network, 1).unwrap()).unwrap();
    let unknown = Settings { frozen: vec!["C9".into()], ..settings() };
    let refused = Trainer::new(model, unknown, 90).err().expect("there is no C9");
    assert!(refused.to_string().contains("C9"), "{refused}");
}

#[test]
fn a_training_that_was_stopped_goes_on_as_if_nothing_had_happened() {
    let digits = digits(0, 90);
    let sgd = Method::Sgd(SgdSettings::default());
    let plain = Settings { method: sgd, learning_rate: 1e-3, averaging: None, ..settings() };
    let variants = [
        (zoo::lenet5(), settings()),
        (zoo::lenet5(), plain.clone()),
        (normed(), settings()),
        (normed(), plain),
    ];
    for (network, settings) in variants {
        let expected = train(&network, settings.clone(), &digits);
        for stop_after in [1, 5, 7] {
            let mut first = trainer(&network, settings.clone(), &digits);
            let mut steps = 0;
            let done = first.run(&digits, &mut |_, _| {
                steps += 1;
                if steps == stop_after { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            assert!(!done.unwrap());
            let state = first.checkpoint().unwrap();
            // Through bytes, as it would be on disk.
            let state = convscope::array::TensorFile::parse(
                &state.to_bytes(),
                std::path::Path::new("checkpoint"),
            )
            .unwrap();
            let mut second = trainer(&network, settings.clone(), &digits);
            second.restore(&state).unwrap();
            assert!(second.run(&digits, &mut |_, _| ControlFlow::Continue(())).unwrap());
            assert_eq!(second.weights().unwrap(), expected, "stopped after {stop_after}");
        }
    }
}

#[test]
fn a_checkpoint_of_another_training_is_refused() {
    let digits = digits(0, 40);
    let network = zoo::lenet5();
    let state = trainer(&network, settings(), &digits).checkpoint().unwrap();
    let mut other = trainer(&network, Settings { batch: 10, ..settings() }, &digits);
    let error = other.restore(&state).unwrap_err();
    assert!(matches!(
        &error,
        EngineError::Checkpoint { problem: CheckpointProblem::Differs { key, .. } } if key == "settings"
    ));
    // A step more than the epochs and images say.
    let mut later = state.clone();
    later.metadata.insert("steps".into(), u64::MAX.to_string());
    let error = trainer(&network, settings(), &digits).restore(&later).unwrap_err();
    assert!(
        matches!(error, EngineError::Checkpoint { problem: CheckpointProblem::Counters }),
        "{error}"
    );
    let mut broken = state.clone();
    broken.tensors.remove("first_moment/C3.weight");
    let error = trainer(&network, settings(), &digits).restore(&broken).unwrap_err();
    assert!(error.to_string().contains("first_moment/C3.weight"), "{error}");
}

#[test]
fn a_training_that_diverges_says_so_and_keeps_finite_weights() {
    let digits = digits(0, 100);
    let network = zoo::lenet5_modern();
    let wild = Settings {
        method: Method::Sgd(SgdSettings { momentum: 0.9, weight_decay: 0.0 }),
        learning_rate: 1e9,
        schedule: Schedule::Constant,
        averaging: None,
        ..settings()
    };
    let mut trainer = trainer(&network, wild, &digits);
    let error = trainer.run(&digits, &mut |_, _| ControlFlow::Continue(())).unwrap_err();
    assert!(matches!(error, EngineError::Diverged { epoch: 1, .. }), "{error}");
    assert!(error.to_string().contains("smaller learning rate"));
    let weights = trainer.weights().unwrap();
    assert!(
        weights
            .tensors
            .values()
            .flat_map(convscope::array::Array::values)
            .all(|value| value.is_finite())
    );
}

#[test]
fn an_evaluation_counts_every_image_once() {
    let network = zoo::lenet5();
    let model = Model::new(&network, &seeded::weights(&network, 1).unwrap()).unwrap();
    let digits = digits(4000, 300);
    let mut asked = Vec::new();
    let result = evaluate(&model, &digits, &mut |done| {
        asked.push(done);
        true
    })
    .unwrap();
    assert_eq!(asked, [256, 300]);
    assert_eq!(result.count, 300);
    assert_eq!(result.confusion.iter().flatten().sum::<u64>(), 300);
    for (label, row) in result.confusion.iter().enumerate() {
        let expected = (0..300).filter(|&i| digits.label(i) == label).count() as u64;
        assert_eq!(row.iter().sum::<u64>(), expected);
        let accuracy = row[label] as f64 / expected as f64;
        assert_eq!(result.per_class[label], Some(accuracy));
    }
    let right: u64 = (0..10).map(|class| result.confusion[class][class]).sum();
    assert_eq!(result.accuracy, right as f64 / 300.0);
    assert!(result.loss > 0.0);
    let images: Vec<Array> = (0..300)
        .map(|index| {
            let mut image = vec![0.0; 1024];
            digits.fill(index, &mut image);
            Array::new(&[1, 32, 32], image).unwrap()
        })
        .collect();
    let classes = metrics::classes(&model, &images).unwrap();
    let right = (0..300).filter(|&i| classes[i] == digits.label(i)).count();
    assert_eq!(result.accuracy, right as f64 / 300.0);
    let stopped = evaluate(&model, &digits, &mut |_| false);
    assert!(matches!(stopped, Err(EngineError::Cancelled)));
}
