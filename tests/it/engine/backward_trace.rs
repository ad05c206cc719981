//! One image back through every node: against finite differences of the network's `f64` references, and
//! against what a batch of this image teaches.

use convscope::array::{Array, Weights};
use convscope::engine::ops::cross_entropy;
use convscope::engine::{Backward, EngineError, Model, lanes};
use convscope::network::{Layer, Network, zoo};

use super::image_gradient::computed_nudged;
use super::{fixture, graph};

const LABEL: usize = 3;

fn image(network: &Network) -> Array {
    Array::from_fn(&network.input(), |i| ((i as f64 * 0.37).sin() * 0.8) as f32)
}

/// The loss with the output of one unit moved by so much.
fn loss(network: &Network, weights: &Weights, nudge: Option<(usize, usize, f64)>) -> f64 {
    let x: Vec<f64> = image(network).values().iter().map(|&value| f64::from(value)).collect();
    let scores = computed_nudged(network, weights, &[], &x, network.scores(), nudge);
    let (scale, rubbish) = if network.lower_is_better() { (-0.5, Some(-5.0)) } else { (1.0, None) };
    cross_entropy::reference(&[scores], &[LABEL], scale, rubbish)
}

/// Compares some units of every node with the slope of the loss along them.
fn check(network: &Network, weights: &Weights) -> Backward {
    const STEP: f64 = 1e-5;
    let model = Model::new(network, weights).unwrap();
    let found = model.backward_trace(&image(network), LABEL).unwrap();
    assert!((found.loss - loss(network, weights, None)).abs() < 1e-4);
    assert_eq!(found.trace, model.trace(&image(network), &|| false).unwrap());
    let mut kinks = 0;
    for (index, node) in network.nodes()[..=network.scores()].iter().enumerate() {
        let gradient = &found.gradients.nodes[index].output;
        assert_eq!(gradient.shape(), node.output, "{}", node.name);
        let largest = gradient.values().iter().fold(0f32, |most, g| most.max(g.abs()));
        assert!(largest > 0.0, "{}: nothing moves the loss", node.name);
        let every = gradient.len().div_ceil(12);
        for place in (0..gradient.len()).filter(|place| place % every == every / 2) {
            let at = |step: f64| loss(network, weights, Some((index, place, step)));
            // At a kink, as where two values of a max pooling are nearly equal, any slope between both.
            let here = at(0.0);
            let (left, right) = ((here - at(-STEP)) / STEP, (at(STEP) - here) / STEP);
            let tolerance = 1e-3 * f64::from(largest);
            let slopes = left.min(right) - tolerance..=left.max(right) + tolerance;
            let (found, name) = (f64::from(gradient.values()[place]), &node.name);
            assert!(slopes.contains(&found), "{name}[{place}]: {found} not in {slopes:?}");
            kinks += usize::from((left - right).abs() > tolerance);
        }
        // The sum moves the output by the slope of the activation.
        let trace = &found.trace.nodes[index];
        let of_sum = &found.gradients.nodes[index].sum;
        for place in (0..gradient.len()).filter(|place| place % every == every / 2) {
            let x = f64::from(trace.sum.values()[place]);
            let value = |x| node.activation.apply(x);
            let slope = (value(x + STEP) - value(x - STEP)) / (2.0 * STEP);
            let error =
                slope * f64::from(gradient.values()[place]) - f64::from(of_sum.values()[place]);
            assert!(error.abs() <= 1e-3 * f64::from(largest), "{}[{place}]", node.name);
        }
    }
    // Where a ReLU gave zeros to a whole window, every one of them has one.
    assert!(kinks < 12, "{kinks}");
    found
}

#[test]
fn every_node_of_the_zoo() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let found = check(&network, &fixture::weights(&network));
        let behind = &found.gradients.nodes[network.scores() + 1..];
        let zero = |array: &Array| array.values().iter().all(|&value| value == 0.0);
        assert!(behind.iter().all(|node| zero(&node.sum) && zero(&node.output)));
    }
}

#[test]
fn every_node_of_networks_with_branches_and_batch_norms() {
    for network in [graph::branches(), graph::deep()] {
        let mut weights = fixture::weights(&network);
        for (name, array) in &mut weights.tensors {
            if name.ends_with(".running_mean") || name.ends_with(".running_variance") {
                *array = Array::from_fn(array.shape(), |i| 0.3 + 0.1 * i as f32);
            }
        }
        check(&network, &weights);
    }
}

/// What reaches the sums, times what stands under the weights, is what a batch of this image teaches.
#[test]
fn the_gradients_below_give_what_a_batch_of_one_teaches() {
    for network in [zoo::lenet5(), zoo::lenet5_modern(), zoo::lenet_full()] {
        let model = Model::new(&network, &fixture::weights(&network)).unwrap();
        let image = image(&network);
        let found = model.backward_trace(&image, LABEL).unwrap();
        let packed = lanes::pack_arrays(&[&image], network.input()).unwrap();
        let learned = model.learn(&packed, &[LABEL], 1).unwrap();
        assert!((found.loss - learned.loss).abs() < 1e-9);
        let mut rest = learned.gradient.as_slice();
        for parameter in model.parameters() {
            let (own, others) = rest.split_at(parameter.var.elem_count());
            rest = others;
            let (node, part) = parameter.name.split_once('.').unwrap();
            let index = network.index_of(node).unwrap();
            let of_sum = &found.gradients.nodes[index].sum;
            let below = found.trace.output(network.nodes()[index].inputs[0]);
            let expected: Vec<f32> = match (&network.nodes()[index].layer, part) {
                (Layer::Linear(_), "weight") => (of_sum.values().iter())
                    .flat_map(|g| below.values().iter().map(move |x| g * x))
                    .collect(),
                (Layer::Linear(_), "bias") => of_sum.values().to_vec(),
                (Layer::Conv(_) | Layer::Subsample(_), "bias") => {
                    let [maps, h, w] = of_sum.chw();
                    let map = |map| of_sum.map(map).values.iter().sum();
                    assert_eq!(own.len() * h * w, maps * h * w);
                    (0..maps).map(map).collect()
                }
                // The convolutions' weights: `tests/it/explain/backward.rs`.
                _ => continue,
            };
            let largest = own.iter().fold(0f32, |most, g| most.max(g.abs()));
            for (found, expected) in own.iter().zip(expected) {
                assert!((found - expected).abs() <= 1e-5 * largest, "{}", parameter.name);
            }
        }
    }
}

#[test]
fn labels_and_images_that_there_are_not_are_refused() {
    let network = zoo::lenet5();
    let model = Model::new(&network, &fixture::weights(&network)).unwrap();
    let error = model.backward_trace(&image(&network), 10).unwrap_err();
    assert!(matches!(error, EngineError::Label { label: 10, classes: 10 }), "{error}");
    let error = model.backward_trace(&Array::full(&[1, 8, 8], 0.0), 1).unwrap_err();
    assert!(matches!(error, EngineError::Input { .. }), "{error}");
}
