//! The gradient back to the pixels against finite differences of the network's `f64` references, which
//! share no code with it.

use convscope::array::{Array, Weights};
use convscope::engine::ops::{
    activation, conv, linear, local, lrn, mute, pad_channels, pool, rbf, subsample,
};
use convscope::engine::{EngineError, Model, reshaped};
use convscope::network::{Layer, Network, zoo};

use super::fixture;

/// The scores of an image.
fn scores(network: &Network, weights: &Weights, muted: &[(usize, usize)], x: &[f64]) -> Vec<f64> {
    computed(network, weights, muted, x, network.scores())
}

/// What node `last` computes of an image, node by node as the references say.
pub fn computed(
    network: &Network,
    weights: &Weights,
    muted: &[(usize, usize)],
    x: &[f64],
    last: usize,
) -> Vec<f64> {
    computed_nudged(network, weights, muted, x, last, None)
}

/// The same with the output of one unit (node, place) moved by so much before anything reads it.
pub fn computed_nudged(
    network: &Network,
    weights: &Weights,
    muted: &[(usize, usize)],
    x: &[f64],
    last: usize,
    nudge: Option<(usize, usize, f64)>,
) -> Vec<f64> {
    let mut outputs: Vec<Vec<f64>> = Vec::new();
    for (index, node) in network.nodes()[..=last].iter().enumerate() {
        let inputs: Vec<&Vec<f64>> = node.inputs.iter().map(|&i| &outputs[i]).collect();
        let shape = network.input_shapes(index).first().copied().unwrap_or_default();
        let part = |name| -> Vec<f64> {
            let array = weights.get(&node.name, name).map_or(&[][..], Array::values);
            array.iter().map(|&value| f64::from(value)).collect()
        };
        let bias =
            |count: usize| Some(part("bias")).filter(|b| !b.is_empty()).unwrap_or(vec![0.0; count]);
        let out = node.output;
        let sum = match &node.layer {
            Layer::Input { .. } => x.to_vec(),
            Layer::Conv(layer) => {
                conv::reference(layer, shape, out, inputs[0], &part("weight"), &bias(out[0]))
            }
            Layer::Local(layer) => {
                let units = out.iter().product();
                local::reference(layer, shape, out, inputs[0], &part("weight"), &bias(units))
            }
            Layer::Linear(_) => {
                linear::reference(inputs[0], &part("weight"), &bias(out.iter().product()))
            }
            Layer::Subsample(window) => {
                let (coefficient, bias) = (part("coefficient"), part("bias"));
                subsample::reference(window, shape, out, inputs[0], &coefficient, &bias)
            }
            Layer::PoolMax(layer) => pool::reference(pool::Kind::Max, layer, shape, out, inputs[0]),
            Layer::PoolAvg(layer) => {
                pool::reference(pool::Kind::Average, layer, shape, out, inputs[0])
            }
            Layer::Rbf(layer) => rbf::reference(layer, shape, inputs[0]),
            Layer::Flatten | Layer::Dropout { .. } => inputs[0].clone(),
            Layer::Add => (0..inputs[0].len()).map(|i| inputs.iter().map(|x| x[i]).sum()).collect(),
            Layer::Concat => inputs.into_iter().flatten().copied().collect(),
            Layer::Lrn(layer) => lrn::reference(layer, shape, inputs[0]),
            Layer::PadChannels { added } => pad_channels::reference(shape, *added, inputs[0]),
            Layer::GlobalAvg => {
                let area = shape[1] * shape[2];
                inputs[0].chunks(area).map(|map| map.iter().sum::<f64>() / area as f64).collect()
            }
            Layer::BatchNorm { epsilon } => {
                let [gamma, beta] = ["gamma", "beta"].map(&part);
                let [mean, variance] = ["running_mean", "running_variance"].map(&part);
                let area = shape[1] * shape[2];
                let one = |(i, x): (usize, &f64)| {
                    let map = i / area;
                    gamma[map] * (x - mean[map]) / (variance[map] + epsilon).sqrt() + beta[map]
                };
                inputs[0].iter().enumerate().map(one).collect()
            }
            other @ Layer::Softmax => panic!("{} has no reference here", other.kind()),
        };
        let silent: Vec<usize> =
            muted.iter().filter(|(n, _)| *n == index).map(|&(_, map)| map).collect();
        let mut output =
            mute::reference(out, &silent, &activation::reference(node.activation, &sum));
        if let Some((_, place, step)) = nudge.filter(|&(node, ..)| node == index) {
            output[place] += step;
        }
        outputs.push(output);
    }
    outputs.pop().unwrap()
}

/// Compares the gradient with the slope along single pixels and along itself.
fn check(network: &Network, weights: &Weights, muted: &[(usize, usize)], classes: [usize; 2]) {
    const STEP: f64 = 1e-5;
    let image = Array::from_fn(&network.input(), |i| ((i as f64 * 0.37).sin() * 0.8) as f32);
    let model = Model::new(network, weights).unwrap();
    let gradient = model.image_gradient(&image, muted, classes).unwrap();
    assert_eq!(gradient.shape(), image.shape());
    let area: usize = network.nodes()[network.scores()].output[1..].iter().product();
    let x: Vec<f64> = image.values().iter().map(|&value| f64::from(value)).collect();
    let difference = |x: &[f64]| {
        let scores = scores(network, weights, muted, x);
        let of = |class: usize| scores[class * area..][..area].iter().sum::<f64>();
        of(classes[0]) - of(classes[1])
    };
    let slope = |direction: &dyn Fn(usize) -> f64| {
        let at = |step: f64| {
            let moved: Vec<f64> =
                x.iter().enumerate().map(|(i, x)| x + step * direction(i)).collect();
            difference(&moved)
        };
        (at(STEP) - at(-STEP)) / (2.0 * STEP)
    };
    let largest = gradient.values().iter().fold(0f32, |most, g| most.max(g.abs()));
    let what = format!("{} {classes:?} muted {muted:?}", network.name);
    assert!(largest > 1e-3, "{what}: nothing speaks for either class");
    let near = |found: f64, expected: f64| (found - expected).abs() <= 2e-4 * f64::from(largest);
    for pixel in (0..x.len()).step_by((x.len() / 40).max(1)) {
        let expected = slope(&|i| f64::from(u8::from(i == pixel)));
        let found = f64::from(gradient.values()[pixel]);
        assert!(near(found, expected), "{what}, pixel {pixel}: {found} instead of {expected}");
    }
    // Every pixel at once: the slope along the gradient is its length.
    let length = gradient.values().iter().map(|&g| f64::from(g).powi(2)).sum::<f64>().sqrt();
    let along = slope(&|i| f64::from(gradient.values()[i]) / length);
    assert!((along / length - 1.0).abs() < 1e-3, "{what}: slope {along}, length {length}");
}

#[test]
fn both_lenets() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let weights = fixture::weights(&network);
        check(&network, &weights, &[], [3, 8]);
        check(&network, &weights, &[(1, 0), (2, 4), (5, 17), (6, 40)], [1, 7]);
    }
}

#[test]
fn a_network_with_branches() {
    let network = super::graph::branches();
    let weights = fixture::weights(&network);
    check(&network, &weights, &[], [0, 4]);
    let [a, c, f] = ["a", "c", "f"].map(|name| network.index_of(name).unwrap());
    check(&network, &weights, &[(a, 1), (c, 3), (f, 0)], [2, 1]);
}

#[test]
fn positions_of_a_sliding_network_are_summed() {
    let network = zoo::lenet5();
    let sliding = network.sliding([1, 32, 40]).unwrap();
    check(&sliding, &reshaped(&sliding, &fixture::weights(&network)), &[(3, 2)], [2, 5]);
}

#[test]
fn what_is_muted_hears_nothing() {
    let network = zoo::lenet5();
    let model = Model::new(&network, &fixture::weights(&network)).unwrap();
    let image = fixture::image(0);
    let silent = |muted: &[(usize, usize)], classes| {
        let gradient = model.image_gradient(&image, muted, classes).unwrap();
        gradient.values().iter().all(|&value| value == 0.0)
    };
    let all_of_c1: Vec<(usize, usize)> = (0..6).map(|map| (1, map)).collect();
    assert!(silent(&all_of_c1, [0, 1]));
    assert!(silent(&[(0, 0)], [0, 1]));
    assert!(silent(&[], [4, 4]));
    assert!(!silent(&[], [0, 1]));
}

#[test]
fn what_there_is_not_is_refused() {
    let network = zoo::lenet5();
    let model = Model::new(&network, &fixture::weights(&network)).unwrap();
    for classes in [[10, 0], [0, 10]] {
        let error = model.image_gradient(&fixture::image(0), &[], classes).unwrap_err();
        assert!(matches!(error, EngineError::Class { class: 10, classes: 10 }), "{error}");
    }
    let error = model.image_gradient(&Array::full(&[1, 8, 8], 0.0), &[], [0, 1]).unwrap_err();
    assert!(matches!(error, EngineError::Input { .. }), "{error}");
}
