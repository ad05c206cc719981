//! The difference of two classes' scores is what the engine computed, whoever is asked.

use convscope::array::{Array, Trace, Weights};
use convscope::data::digits;
use convscope::engine::examples::digit_value;
use convscope::engine::{Model, bundled, reshaped, seeded};
use convscope::explain::{Contrast, ExplainError, contrast};
use convscope::network::{Layer, Network, zoo};
use proptest::prelude::*;

/// Bundled digit `index` in the middle of the paper.
fn digit(index: usize) -> Array {
    let pixels = digits::bundled().image(index);
    Array::from_fn(&[1, 32, 32], |i| {
        let inside = |at: usize| (2..30).contains(&at).then(|| at - 2);
        let byte = inside(i / 32).zip(inside(i % 32)).map_or(0, |(y, x)| pixels[y * 28 + x]);
        digit_value(byte)
    })
}

fn traced(network: &Network, weights: &Weights, image: &Array) -> Trace {
    Model::new(network, weights).unwrap().trace(image, &|| false).unwrap()
}

fn check(network: &Network, weights: &Weights, trace: &Trace, classes: [usize; 2]) -> Contrast {
    let found = contrast(network, weights, trace, classes).unwrap();
    assert_eq!(found.classes, classes);
    assert_eq!(found.source, network.nodes()[network.scores()].inputs[0]);
    let products: f64 = found.terms.iter().map(|term| term.product).sum();
    assert!((products + found.bias - found.difference).abs() < 1e-9);
    let scores = trace.output(network.scores());
    let [a, b] = classes.map(|class| f64::from(scores.at([class, 0, 0])));
    let scale = a.abs().max(b.abs()).max(1.0);
    assert!((found.difference - (a - b)).abs() < 1e-5 * scale, "{classes:?}: {found:?}");
    for term in &found.terms {
        assert_eq!(term.value, f64::from(trace.output(found.source).at(term.unit)));
        assert_eq!(term.product, term.value * term.weight);
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_is_the_difference_of_the_scores(
        index in 0usize..5000,
        a in 0usize..10,
        b in 0usize..10,
        seed in prop::option::of(0u64..1000),
    ) {
        for network in [zoo::lenet5(), zoo::lenet5_modern()] {
            let weights = match seed {
                Some(seed) => seeded::weights(&network, seed).unwrap(),
                None => bundled::weights(&network.name).unwrap(),
            };
            let trace = traced(&network, &weights, &digit(index));
            check(&network, &weights, &trace, [a, b]);
        }
    }
}

#[test]
fn squared_distances_differ_where_the_bitmaps_do() {
    let network = zoo::lenet5();
    let weights = bundled::weights("lenet5").unwrap();
    let trace = traced(&network, &weights, &digit(4007));
    let Layer::Rbf(rbf) = &network.nodes()[network.scores()].layer else { panic!("an RBF layer") };
    let found = check(&network, &weights, &trace, [3, 8]);
    let expected: Vec<([usize; 3], f64)> = (rbf.bitmaps[3].iter().zip(&rbf.bitmaps[8]).enumerate())
        .filter(|(_, (a, b))| a != b)
        .map(|(cell, (&a, _))| ([cell, 0, 0], -4.0 * f64::from(a)))
        .collect();
    let terms: Vec<_> = found.terms.iter().map(|term| (term.unit, term.weight)).collect();
    assert_eq!(terms, expected);
    assert_eq!(found.bias, 0.0);
    // A class against itself: nothing differs.
    let same = check(&network, &weights, &trace, [5, 5]);
    assert_eq!((same.terms.len(), same.difference), (0, 0.0));
}

#[test]
fn a_softmax_is_looked_behind_and_every_cell_is_a_term() {
    let network = zoo::lenet5_modern();
    let weights = bundled::weights("lenet5-modern").unwrap();
    let trace = traced(&network, &weights, &digit(4007));
    let found = check(&network, &weights, &trace, [3, 8]);
    assert_eq!(found.terms.len(), 84);
    let [weight, bias] =
        ["weight", "bias"].map(|part| weights.get("OUTPUT", part).unwrap().values());
    let of = |values: &[f32], at: usize| f64::from(values[at]);
    assert_eq!(found.terms[7].weight, of(weight, 3 * 84 + 7) - of(weight, 8 * 84 + 7));
    assert_eq!(found.bias, of(bias, 3) - of(bias, 8));
}

#[test]
fn a_sliding_network_is_asked_at_its_first_position() {
    for plain in [zoo::lenet5(), zoo::lenet5_modern()] {
        let network = plain.sliding([1, 32, 48]).unwrap();
        let weights = reshaped(&network, &bundled::weights(&plain.name).unwrap());
        let image = Array::from_fn(&[1, 32, 48], |i| (i as f32 * 0.61).sin());
        let trace = traced(&network, &weights, &image);
        let found = check(&network, &weights, &trace, [2, 7]);
        assert!(found.terms.iter().all(|term| term.unit[1..] == [0, 0]));
    }
}

#[test]
fn what_cannot_be_compared_says_so() {
    let network = zoo::lenet5();
    let weights = bundled::weights("lenet5").unwrap();
    let trace = traced(&network, &weights, &digit(1));
    let error = contrast(&network, &weights, &trace, [3, 10]).unwrap_err();
    assert!(matches!(error, ExplainError::Outside { unit: [10, 0, 0], .. }), "{error}");
    let end = |node: &str| {
        let text = format!(
            r#"{{"name":"n","title":"N","nodes":[{{"name":"input","kind":"input","shape":[2,2,2]}},
                {{"name":"end","inputs":["input"],{node}}}]}}"#
        );
        let network = Network::from_json(text.as_bytes()).unwrap();
        let weights = seeded::weights(&network, 1).unwrap();
        let trace = traced(&network, &weights, &Array::full(&[2, 2, 2], 0.5));
        contrast(&network, &weights, &trace, [0, 1])
    };
    for node in [
        r#""kind":"subsample","kernel":[2,2]"#,
        r#""kind":"linear","output":[3,1,1],"activation":"tanh""#,
        // Its maps see different things.
        r#""kind":"conv","maps":2,"window":{"kernel":[2,2]},"channels":{"groups":2}"#,
        r#""kind":"flatten""#,
    ] {
        let error = end(node).unwrap_err();
        assert!(
            matches!(&error, ExplainError::NoContrast { layer, .. } if layer == "end"),
            "{node}"
        );
    }
    assert!(end(r#""kind":"conv","maps":2,"window":{"kernel":[2,2]}"#).is_ok());
}
