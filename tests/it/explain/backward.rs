//! The arithmetic of gradients is what the engine learns from: every use of a weight, every unit.

use convscope::array::{Array, Weights};
use convscope::engine::ops::cross_entropy;
use convscope::engine::{Backward, Model, lanes};
use convscope::explain::ExplainError;
use convscope::explain::backward::Pass;
use convscope::network::{Layer, Network, Unit, zoo};

use crate::engine::image_gradient::computed;
use crate::engine::{fixture, graph};

const LABEL: usize = 3;

fn image(network: &Network) -> Array {
    Array::from_fn(&network.input(), |i| ((i as f64 * 0.37).sin() * 0.8) as f32)
}

struct Seen {
    network: Network,
    weights: Weights,
    model: Model,
    back: Backward,
}

impl Seen {
    fn of(network: Network) -> Self {
        let mut weights = fixture::weights(&network);
        for (name, array) in &mut weights.tensors {
            if name.ends_with(".running_mean") || name.ends_with(".running_variance") {
                *array = Array::from_fn(array.shape(), |i| 0.3 + 0.1 * i as f32);
            }
        }
        let model = Model::new(&network, &weights).unwrap();
        let back = model.backward_trace(&image(&network), LABEL).unwrap();
        Self { network, weights, model, back }
    }

    fn pass(&self) -> Pass<'_> {
        let Self { network, weights, back, .. } = self;
        Pass { network, weights, trace: &back.trace, gradients: &back.gradients }
    }

    /// What a batch of this one image teaches, by tensor.
    fn learned(&self) -> Vec<(String, Vec<f32>)> {
        let packed = lanes::pack_arrays(&[&image(&self.network)], self.network.input()).unwrap();
        let learned = self.model.learn(&packed, &[LABEL], 1).unwrap();
        let mut rest = learned.gradient.as_slice();
        let tensor = |parameter: &convscope::engine::Parameter| {
            let (own, others) = rest.split_at(parameter.var.elem_count());
            rest = others;
            (parameter.name.clone(), own.to_vec())
        };
        self.model.parameters().iter().map(tensor).collect()
    }
}

/// Some 40 numbers of every tensor, first and last included.
fn sample(len: usize) -> impl Iterator<Item = usize> {
    let every = (len / 40).max(1) | 1;
    (0..len).filter(move |i| i % every == 0 || i + 1 == len)
}

#[test]
fn uses_of_every_tensor_add_up_to_what_is_learned() {
    for network in [
        zoo::lenet5(),
        zoo::lenet5_modern(),
        zoo::lenet_full(),
        zoo::lenet_local(),
        graph::branches(),
        padded(),
    ] {
        let seen = Seen::of(network);
        for (name, learned) in seen.learned() {
            let (node, part) = name.split_once('.').unwrap();
            let node = seen.network.index_of(node).unwrap();
            let largest = learned.iter().fold(0f32, |most, g| most.max(g.abs()));
            assert!(largest > 0.0, "{name}");
            for index in sample(learned.len()) {
                let found = seen.pass().weight_gradient(node, part, index).unwrap();
                let terms: f64 = found.terms.iter().map(|term| term.gradient * term.value).sum();
                assert_eq!(terms, found.sum);
                let error = (found.sum - f64::from(learned[index])).abs();
                let what = &seen.network.name;
                assert!(error <= 1e-4 * f64::from(largest), "{what} {name}[{index}]: {error:e}");
                for term in &found.terms {
                    let inside = term.inside || term.value == 0.0;
                    assert!(inside && (term.source.is_some() == (term.inside && part != "bias")));
                }
            }
        }
    }
}

/// Kernels that are no squares, strides, dilation, padding on one side, groups.
fn padded() -> Network {
    let text = r#"{"name": "padded", "title": "Padded", "nodes": [
        {"name": "input", "kind": "input", "shape": [2, 11, 12]},
        {"name": "a", "inputs": ["input"], "kind": "conv", "maps": 4, "channels": {"groups": 2},
            "window": {"kernel": [3, 2], "stride": [2, 1], "dilation": [1, 2],
                "padding": {"top": 2, "bottom": 1, "left": 0, "right": 1}}, "activation": "tanh"},
        {"name": "b", "inputs": ["a"], "kind": "local", "maps": 3,
            "window": {"kernel": [2, 3], "stride": [1, 2],
                "padding": {"top": 1, "bottom": 0, "left": 1, "right": 2}}, "activation": "relu"},
        {"name": "c", "inputs": ["b"], "kind": "subsample", "kernel": [2, 3], "stride": [1, 2],
            "padding": {"top": 0, "bottom": 1, "left": 1, "right": 0}, "activation": "sigmoid"},
        {"name": "d", "inputs": ["c"], "kind": "linear", "output": [2, 2, 3]},
        {"name": "e", "inputs": ["d"], "kind": "conv", "maps": 5, "window": {"kernel": [2, 3]}}
    ]}"#;
    serde_json::from_str(text).unwrap()
}

#[test]
fn weights_that_lie_over_the_padding_say_so() {
    let seen = Seen::of(padded());
    let found = seen.pass().weight_gradient(1, "weight", 0).unwrap();
    // The first weight of a 3×2 kernel two rows above the map: the first row of units meets padding.
    let [_, rows, columns] = seen.network.nodes()[1].output;
    assert_eq!(found.terms.len(), rows * columns);
    assert!(found.terms.iter().all(|term| term.inside == (term.unit[1] > 0)));
    assert_eq!(found.terms.last().unwrap().source, Some([0, 2 * (rows - 1) - 2, columns - 1]));
}

#[test]
fn a_link_that_the_table_does_not_have_is_used_nowhere() {
    let seen = Seen::of(zoo::lenet5());
    let c3 = seen.network.index_of("C3").unwrap();
    // Map 0 sees S2's maps 0 to 2.
    let uses =
        |slot: usize| seen.pass().weight_gradient(c3, "weight", slot * 25).unwrap().terms.len();
    assert_eq!([0, 1, 2, 3].map(uses), [100, 100, 100, 0]);
    let missing = |part: &str, index| seen.pass().weight_gradient(c3, part, index).unwrap_err();
    let expected = |tensor: &str, index| ExplainError::NoParameter { tensor: tensor.into(), index };
    assert_eq!(missing("weight", 2400), expected("C3.weight", 2400));
    assert_eq!(missing("gamma", 0), expected("C3.gamma", 0));
}

/// γ and β, and all else in a network whose batches learn otherwise: against the slope of the loss.
#[test]
fn batch_norms_as_they_are_used() {
    let seen = Seen::of(graph::deep());
    let x: Vec<f64> = image(&seen.network).values().iter().map(|&v| f64::from(v)).collect();
    for (name, tensor) in &seen.weights.tensors {
        let (node, part) = name.split_once('.').unwrap();
        if part.starts_with("running") {
            continue;
        }
        let node = seen.network.index_of(node).unwrap();
        for index in sample(tensor.len()) {
            // A step that 32 bits hold exactly enough.
            let step = 1.0 / 512.0;
            let at = |step: f32| {
                let mut weights = seen.weights.clone();
                let moved = |i: usize| tensor.values()[i] + if i == index { step } else { 0.0 };
                weights.tensors.insert(name.clone(), Array::from_fn(tensor.shape(), moved));
                let scores = computed(&seen.network, &weights, &[], &x, seen.network.scores());
                cross_entropy::reference(&[scores], &[LABEL], 1.0, None)
            };
            let expected = (at(step) - at(-step)) / (2.0 * f64::from(step));
            let found = seen.pass().weight_gradient(node, part, index).unwrap().sum;
            assert!(
                (found - expected).abs() < 2e-3 * expected.abs().max(0.1),
                "{name}[{index}]: {found} {expected}"
            );
        }
    }
}

fn units(network: &Network, node: usize) -> impl Iterator<Item = Unit> + use<> {
    let [c, h, w] = network.nodes()[node].output;
    sample(c * h * w).map(move |i| [i / (h * w), i / w % h, i % w])
}

#[test]
fn what_units_get_from_their_readers_is_what_arrives() {
    for network in [
        zoo::lenet5(),
        zoo::lenet5_modern(),
        zoo::lenet_full(),
        zoo::lenet_local(),
        graph::branches(),
        graph::deep(),
        padded(),
    ] {
        let seen = Seen::of(network);
        let last = seen.network.scores();
        for (node, known) in seen.network.nodes().iter().enumerate().take(last) {
            let arrived = &seen.back.gradients.nodes[node].output;
            let largest = arrived.values().iter().fold(0f32, |most, g| most.max(g.abs()));
            for unit in units(&seen.network, node) {
                let found = seen.pass().unit_gradient(node, unit).unwrap();
                let error = (found.sum - f64::from(arrived.at(unit))).abs();
                let what = format!("{} {} {unit:?}", seen.network.name, known.name);
                assert!(error <= 1e-4 * f64::from(largest), "{what}: {error:e}");
            }
        }
        assert!(seen.pass().unit_gradient(last, [0; 3]).unwrap().terms.is_empty());
    }
}

/// What all units of a node hand back, added up by those who get it, is what these get.
#[test]
fn what_is_handed_back_arrives() {
    for network in [zoo::lenet5(), zoo::lenet5_modern(), graph::branches(), graph::deep()] {
        let seen = Seen::of(network);
        for node in 1..=seen.network.scores() {
            let known = &seen.network.nodes()[node];
            let mut readers = seen.network.nodes()[..=seen.network.scores()].iter();
            let before = known.inputs[0];
            let alone = readers.all(|n| std::ptr::eq(n, known) || !n.inputs.contains(&before));
            let [c, h, w] = known.output;
            if !alone || known.inputs.len() > 1 {
                continue;
            }
            let arrived = &seen.back.gradients.nodes[before].output;
            let mut sums = vec![0.0; arrived.len()];
            let [_, rows, columns] = arrived.chw();
            for unit in (0..c * h * w).map(|i| [i / (h * w), i / w % h, i % w]) {
                for share in seen.pass().routing(node, unit).unwrap() {
                    let Some((source, [c, y, x])) = share.source else { continue };
                    assert_eq!(source, before);
                    sums[(c * rows + y) * columns + x] += share.gradient;
                }
            }
            let largest = arrived.values().iter().fold(0f32, |most, g| most.max(g.abs()));
            for (sum, &arrived) in sums.iter().zip(arrived.values()) {
                let error = (sum - f64::from(arrived)).abs();
                assert!(error <= 1e-4 * f64::from(largest), "{} {}", seen.network.name, known.name);
            }
        }
    }
}

#[test]
fn poolings_route_to_the_largest_or_in_equal_parts() {
    let seen = Seen::of(zoo::lenet5_modern());
    let s2 = seen.network.index_of("S2").unwrap();
    assert!(matches!(seen.network.nodes()[s2].layer, Layer::PoolMax(_)));
    let shares = seen.pass().routing(s2, [3, 5, 7]).unwrap();
    let winner = (0..4).max_by(|&a, &b| {
        let value = |i: usize| seen.back.trace.output(1).at(shares[i].source.unwrap().1);
        // The first of two as large.
        value(a).total_cmp(&value(b)).then(b.cmp(&a))
    });
    for (i, share) in shares.iter().enumerate() {
        assert_eq!(share.share, f64::from(u8::from(Some(i) == winner)));
        let (node, [c, y, x]) = share.source.unwrap();
        assert_eq!((node, c, y / 2, x / 2), (1, 3, 5, 7));
    }
    let branches = Seen::of(graph::branches());
    let h = branches.network.index_of("h").unwrap();
    let shares = branches.pass().routing(h, [0, 1, 1]).unwrap();
    assert!(shares.iter().all(|share| share.share == 1.0 / shares.len() as f64));
    assert!(matches!(seen.pass().routing(0, [0; 3]), Err(ExplainError::Input { .. })));
    assert!(matches!(seen.pass().unit_gradient(s2, [6, 0, 0]), Err(ExplainError::Outside { .. })));
}
