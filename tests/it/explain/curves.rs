//! What training curves mean: recorded trainings, the same with noise, and made-up ones at the limits.

mod record;

use std::path::PathBuf;

use convscope::engine::rng::Rng;
use convscope::explain::curves::{
    Advice, Curve, CurvePoint, LayerGradient, Reading, Situation, read,
};
use convscope::network::{design::Design, zoo};

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/curves"))
}

fn recorded(name: &str) -> Curve {
    let text = std::fs::read_to_string(folder().join(format!("{name}.csv"))).unwrap();
    let mut curve = Curve { chance_loss: 10f64.ln(), ..Curve::default() };
    for line in text.lines().skip(1) {
        if let Some(gradient) = line.strip_prefix("# gradient,") {
            let (node, rms) = gradient.split_once(',').unwrap();
            let rms = rms.parse().unwrap();
            curve.gradients.push(LayerGradient { node: node.into(), rms });
        } else if line == "# diverged" {
            curve.diverged = true;
        } else {
            let numbers: Vec<f64> = line.split(',').map(|n| n.parse().unwrap()).collect();
            let &[epoch, train_loss, test_loss, train, test] = numbers.as_slice() else {
                panic!("{line}")
            };
            curve.points.push(CurvePoint {
                epoch,
                train_loss,
                test_loss: Some(test_loss),
                train_accuracy: Some(train),
                test_accuracy: Some(test),
            });
        }
    }
    curve
}

/// The first `count` points.
fn beginning(curve: &Curve, count: usize) -> Curve {
    let points = curve.points[..count].to_vec();
    Curve { points, diverged: curve.diverged && count == curve.points.len(), ..curve.clone() }
}

/// Every recorded training, what it ends in, and what is advised first.
const ENDS: [(&str, Situation, Advice); 14] = {
    use Advice as A;
    use Situation as S;
    [
        ("learning", S::Learning, A::GoOn),
        ("learning-noisy", S::Learning, A::GoOn),
        ("done", S::Done, A::StopHere { epoch: 16.0 }),
        ("overfitting", S::Overfitting, A::Augment),
        ("overfitting-rising", S::Overfitting, A::StopHere { epoch: 0.0 }),
        ("underfitting", S::Underfitting, A::BiggerModel),
        ("slow", S::Underfitting, A::HigherLearningRate),
        ("diverged", S::Diverged, A::LowerLearningRate),
        ("rate-too-high", S::NotLearning, A::LowerLearningRate),
        ("rate-too-high-adam", S::NotLearning, A::LowerLearningRate),
        ("rate-too-low", S::NotLearning, A::HigherLearningRate),
        ("vanishing", S::VanishingGradients, A::ReluInsteadOfSigmoid),
        ("vanishing-sgd", S::VanishingGradients, A::ReluInsteadOfSigmoid),
        ("sigmoid", S::Learning, A::GoOn),
    ]
};

#[test]
fn what_is_done_already_is_no_advice() {
    let lenet = zoo::lenet5();
    let modern = zoo::lenet5_modern();
    let mut design = Design::of("lenet5-modern").unwrap();
    design.blocks[0].batch_norm = true;
    design.hidden[0].dropout = 0.5;
    let edited = design.network().unwrap();
    for (advice, network, augmented, is_news) in [
        (Advice::ReluInsteadOfSigmoid, &lenet, false, true),
        (Advice::ReluInsteadOfSigmoid, &modern, false, false),
        (Advice::BatchNorm, &modern, false, true),
        (Advice::BatchNorm, &edited, false, false),
        (Advice::Dropout, &modern, false, true),
        (Advice::Dropout, &edited, false, false),
        (Advice::Augment, &modern, false, true),
        (Advice::Augment, &modern, true, false),
        (Advice::GoOn, &edited, true, true),
    ] {
        let name = &network.name;
        assert_eq!(advice.is_news(network, augmented), is_news, "{advice:?} {name}");
    }
}

#[test]
fn recorded_trainings_end_as_they_did() {
    for (name, situation, first) in ENDS {
        let Reading { situation: found, advice, evidence } = read(&recorded(name));
        assert_eq!(found, situation, "{name}: {evidence:?}");
        match (first, advice[0]) {
            (Advice::StopHere { .. }, Advice::StopHere { epoch }) => {
                assert!(epoch > 0.0 && epoch <= evidence.epoch, "{name}: {epoch}");
            }
            (first, advised) => assert_eq!(advised, first, "{name}"),
        }
    }
    // All that is recorded is looked at.
    let files = std::fs::read_dir(folder()).unwrap().count();
    assert_eq!((files, record::recipes().len()), (ENDS.len(), ENDS.len()));
}

#[test]
fn a_little_noise_changes_no_answer() {
    for (name, situation, _) in ENDS {
        let curve = recorded(name);
        for seed in 0..20 {
            let mut rng = Rng::new(&[seed]);
            let mut noisy = curve.clone();
            for point in &mut noisy.points {
                point.train_loss *= f64::from(1.0 + 0.02 * rng.symmetric());
                let test = point.test_loss.as_mut().unwrap();
                *test *= f64::from(1.0 + 0.02 * rng.symmetric());
            }
            let found = read(&noisy);
            assert_eq!(
                found.situation, situation,
                "{name} with noise {seed}: {:?}",
                found.evidence
            );
        }
    }
}

#[test]
fn on_the_way_nothing_is_said_too_soon() {
    use Situation::{Diverged, NotLearning, Underfitting, VanishingGradients};
    // What a healthy training is never told.
    let wrong = [Diverged, NotLearning, Underfitting, VanishingGradients];
    for name in ["learning", "learning-noisy", "done", "overfitting", "overfitting-rising"] {
        let curve = recorded(name);
        for count in 1..=curve.points.len() {
            let found = read(&beginning(&curve, count));
            let at = curve.points[count - 1].epoch;
            assert!(!wrong.contains(&found.situation), "{name} at {at}: {found:?}");
            if count < 4 {
                assert_eq!(found.situation, Situation::TooEarly);
            }
        }
    }
    // Once it overfits, that is what it does.
    for name in ["overfitting", "overfitting-rising"] {
        let curve = recorded(name);
        let situations: Vec<Situation> =
            (1..=curve.points.len()).map(|n| read(&beginning(&curve, n)).situation).collect();
        let first = situations.iter().position(|&s| s == Situation::Overfitting).unwrap();
        assert!(first >= 4, "{name}: {first}");
        assert!(
            situations[first..].iter().all(|&s| s == Situation::Overfitting),
            "{name}: {situations:?}"
        );
    }
}

/// A curve of `count` epochs, made up.
fn made_up(count: usize, losses: impl Fn(f64) -> (f64, Option<f64>)) -> Curve {
    let point = |i: usize| {
        let (train_loss, test_loss) = losses(i as f64);
        CurvePoint { epoch: i as f64, train_loss, test_loss, ..CurvePoint::default() }
    };
    Curve { points: (0..count).map(point).collect(), chance_loss: 10f64.ln(), ..Curve::default() }
}

#[test]
fn the_textbook_cases() {
    let situation = |curve: &Curve| read(curve).situation;
    // Twice as high each time, and a number that is none.
    let grows = made_up(8, |t| (2.3 * 2f64.powf(t), None));
    assert_eq!(situation(&grows), Situation::Diverged);
    let poisoned = made_up(8, |t| (if t > 6.0 { f64::NAN } else { 1.0 }, Some(1.0)));
    assert_eq!(situation(&poisoned), Situation::Diverged);
    // Down and up again, and up to where it was best.
    let turns = made_up(30, |t| (2.3 * (-t / 6.0).exp(), Some(0.5 + 0.003 * (t - 12.0).powi(2))));
    assert_eq!(situation(&turns), Situation::Overfitting);
    let best = read(&turns).advice[0];
    assert!(matches!(best, Advice::StopHere { epoch } if (epoch - 12.0).abs() <= 1.0), "{best:?}");
    // Without test images nobody can tell, and a low curve that stands still is done.
    let alone = made_up(40, |t| (0.02 + 2.3 * (-t / 3.0).exp(), None));
    assert_eq!(situation(&alone), Situation::Done);
    assert_eq!(situation(&made_up(12, |t| (2.3 * (-t / 4.0).exp(), None))), Situation::Learning);
    // Flat and high, both alike.
    let flat = made_up(30, |t| (1.2 + (-t).exp(), Some(1.25 + (-t).exp())));
    assert_eq!(situation(&flat), Situation::Underfitting);
    assert!(read(&flat).advice.contains(&Advice::BiggerModel));
    // No points, one, all the same.
    for count in 0..4 {
        assert_eq!(situation(&made_up(count, |_| (2.3, Some(2.3)))), Situation::TooEarly);
    }
    let dead = Curve {
        gradients: ["a", "b"].map(|node| LayerGradient { node: node.into(), rms: 0.0 }).into(),
        ..made_up(5, |_| (10f64.ln(), None))
    };
    let found = read(&dead);
    assert_eq!(
        (found.situation, found.advice[0]),
        (Situation::NotLearning, Advice::LowerLearningRate)
    );
}

#[test]
#[ignore = "records the trainings of tests/fixtures/curves that are not there"]
fn record_the_curves() {
    for recipe in record::recipes() {
        let path = folder().join(format!("{}.csv", recipe.name));
        if !path.exists() {
            std::fs::write(path, record::record(&recipe).unwrap()).unwrap();
        }
    }
}
