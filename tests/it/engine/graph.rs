//! Networks with branches: the whole network as one operation of candle's graph against an operation
//! per node, and the memory that a forward pass may take.

use convscope::array::Array;
use convscope::engine::rng::Rng;
use convscope::engine::{EngineError, Learned, Model, Parameter, lanes, seeded};
use convscope::network::Network;

/// One of every kind that runs, with a node that two others read, a sum of three, and nodes without
/// bias.
const BRANCHES: &str = r#"{
    "name": "branches", "title": "Branches", "nodes": [
        {"name": "input", "kind": "input", "shape": [2, 8, 8]},
        {"name": "a", "inputs": ["input"], "kind": "conv", "maps": 4, "bias": false,
            "window": {"kernel": [3, 3], "padding": {"top": 1, "bottom": 1, "left": 1, "right": 1}},
            "activation": "tanh"},
        {"name": "b", "inputs": ["a"], "kind": "conv", "maps": 4, "channels": {"groups": 2},
            "window": {"kernel": [1, 1]}, "activation": "relu"},
        {"name": "c", "inputs": ["a", "b", "a"], "kind": "add", "activation": "sigmoid"},
        {"name": "d", "inputs": ["c"], "kind": "pool_max",
            "extent": {"window": {"window": {"kernel": [2, 2], "stride": [2, 2]}, "ceil": false}}},
        {"name": "e", "inputs": ["c"], "kind": "subsample", "kernel": [2, 2], "stride": [2, 2],
            "activation": "scaled_tanh"},
        {"name": "f", "inputs": ["d", "e", "d"], "kind": "concat"},
        {"name": "g", "inputs": ["f"], "kind": "local", "maps": 2, "bias": false,
            "window": {"kernel": [3, 3]}},
        {"name": "h", "inputs": ["f"], "kind": "pool_avg", "extent": {"adaptive": {"output": [2, 2]}}},
        {"name": "i", "inputs": ["g", "h"], "kind": "concat"},
        {"name": "j", "inputs": ["i"], "kind": "flatten"},
        {"name": "k", "inputs": ["j"], "kind": "linear", "output": [5, 1, 1], "bias": false},
        {"name": "l", "inputs": ["k"], "kind": "softmax"}
    ]
}"#;

/// What is special in training, and the kinds that only deep networks have.
const DEEP: &str = r#"{
    "name": "deep", "title": "Deep", "nodes": [
        {"name": "input", "kind": "input", "shape": [2, 8, 8]},
        {"name": "a", "inputs": ["input"], "kind": "conv", "maps": 4, "bias": false,
            "window": {"kernel": [3, 3]}},
        {"name": "b", "inputs": ["a"], "kind": "batch_norm", "epsilon": 1e-3, "activation": "relu"},
        {"name": "c", "inputs": ["b"], "kind": "dropout", "rate": 0.25},
        {"name": "d", "inputs": ["c"], "kind": "lrn", "size": 3, "alpha": 0.5,
            "alpha_over_size": true, "beta": 0.75, "k": 1.0},
        {"name": "e", "inputs": ["d"], "kind": "pad_channels", "added": 2},
        {"name": "f", "inputs": ["e"], "kind": "batch_norm", "epsilon": 1e-3},
        {"name": "g", "inputs": ["f"], "kind": "global_avg"},
        {"name": "h", "inputs": ["g"], "kind": "linear", "output": [5, 1, 1]}
    ]
}"#;

/// Cut into groups of blocks, and dropping other values in each.
const DROPPING: &str = r#"{
    "name": "dropping", "title": "Dropping", "nodes": [
        {"name": "input", "kind": "input", "shape": [2, 8, 8]},
        {"name": "a", "inputs": ["input"], "kind": "dropout", "rate": 0.5},
        {"name": "b", "inputs": ["a"], "kind": "linear", "output": [5, 1, 1]}
    ]
}"#;

pub fn branches() -> Network {
    serde_json::from_str(BRANCHES).unwrap()
}

pub fn deep() -> Network {
    serde_json::from_str(DEEP).unwrap()
}

fn images(network: &Network, count: usize) -> candle_core::Tensor {
    lanes::pack(count, network.input(), |i, image| {
        let mut rng = Rng::new(&[i as u64]);
        for value in image {
            *value = rng.symmetric();
        }
    })
    .unwrap()
}

#[test]
fn a_batch_cut_into_blocks_has_the_gradients_of_candles_own_walk() {
    for text in [BRANCHES, DEEP, DROPPING] {
        compare_both(&serde_json::from_str(text).unwrap());
    }
}

/// What each parameter has of a gradient end to end.
fn by_parameter<'a>(model: &'a Model, gradient: &'a [f32]) -> Vec<(&'a Parameter, &'a [f32])> {
    let mut rest = gradient;
    let mut of_each = Vec::new();
    for parameter in model.parameters() {
        let (own, others) = rest.split_at(parameter.var.elem_count());
        rest = others;
        of_each.push((parameter, own));
    }
    assert!(rest.is_empty());
    of_each
}

fn compare_both(network: &Network) {
    let model = Model::new(network, &seeded::weights(network, 3).unwrap()).unwrap();
    let images = images(network, 11);
    let labels: Vec<usize> = (0..11).map(|i| i % 5).collect();
    let loss = model.loss(&images, &labels, 1).unwrap();
    let expected = loss.backward().unwrap();
    let Learned { loss: value, gradient, .. } = model.learn(&images, &labels, 1).unwrap();
    let expected_loss = f64::from(loss.to_scalar::<f32>().unwrap());
    assert!((value - expected_loss).abs() < 1e-6, "{value} instead of {expected_loss}");
    for (parameter, found) in by_parameter(&model, &gradient) {
        let expected = expected.get(&parameter.var).unwrap().flatten_all().unwrap();
        let expected: Vec<f32> = expected.to_vec1().unwrap();
        assert!(expected.iter().any(|&value| value != 0.0), "{}", parameter.name);
        super::fixture::assert_close(&parameter.name, found, &expected, 1e-6);
    }
}

#[test]
fn the_gradients_say_where_the_loss_goes() {
    let network = branches();
    let weights = seeded::weights(&network, 3).unwrap();
    let images = images(&network, 11);
    let labels: Vec<usize> = (0..11).map(|i| i % 5).collect();
    let model = Model::new(&network, &weights).unwrap();
    let whole = model.learn(&images, &labels, 1).unwrap().gradient;
    for (parameter, gradient) in by_parameter(&model, &whole) {
        let length = gradient.iter().map(|g| g * g).sum::<f32>().sqrt();
        // The slope along the gradient is the gradient's length.
        let loss_at = |step: f32| {
            let mut moved = weights.clone();
            let array = &weights.tensors[&parameter.name];
            let value = |i: usize| array.values()[i] + step * gradient[i] / length;
            moved.tensors.insert(parameter.name.clone(), Array::from_fn(array.shape(), value));
            Model::new(&network, &moved).unwrap().learn(&images, &labels, 1).unwrap().loss
        };
        let slope = (loss_at(1e-3) - loss_at(-1e-3)) / 2e-3;
        let error = (slope / f64::from(length) - 1.0).abs();
        assert!(error < 0.01, "{}: slope {slope}, length {length}", parameter.name);
    }
}

#[test]
fn a_batch_gives_what_single_images_give() {
    let network = branches();
    let model = Model::new(&network, &seeded::weights(&network, 3).unwrap()).unwrap();
    let images = images(&network, 11);
    let scores = lanes::unpack_rows(&model.scores(&images).unwrap(), 11).unwrap();
    for (i, scores) in scores.iter().enumerate() {
        let image = lanes::unpack(&images, i).unwrap();
        let trace = model.trace(&image, &|| false).unwrap();
        assert_eq!(trace.output(network.scores()).values(), scores, "image {i}");
    }
}

#[test]
fn an_image_of_another_shape_is_refused() {
    let network = branches();
    let model = Model::new(&network, &seeded::weights(&network, 3).unwrap()).unwrap();
    let error = model.trace(&Array::full(&[1, 8, 8], 0.0), &|| false).unwrap_err();
    assert!(matches!(error, EngineError::Input { .. }), "{error}");
    let error = model.loss(&images(&network, 2), &[0, 5], 1).unwrap_err();
    assert!(matches!(error, EngineError::Label { label: 5, classes: 5 }), "{error}");
    let error = model.learn(&images(&network, 2), &[0; 9], 1).err().unwrap();
    assert!(matches!(error, EngineError::Count { .. }), "{error}");
}

#[test]
fn a_pass_that_would_not_fit_into_memory_is_refused() {
    let text = r#"{"name": "huge", "title": "Huge", "nodes": [
        {"name": "input", "kind": "input", "shape": [1, 16384, 16384]},
        {"name": "a", "inputs": ["input"], "kind": "pool_max",
            "extent": {"window": {"window": {"kernel": [1, 1]}, "ceil": false}}}]}"#;
    let network: Network = serde_json::from_str(text).unwrap();
    let model = Model::new(&network, &seeded::weights(&network, 1).unwrap()).unwrap();
    // Before the image is looked at, let alone copied into lanes.
    let error = model.trace(&Array::full(&[1, 1, 1], 0.0), &|| false).unwrap_err();
    assert!(matches!(error, EngineError::TooLarge { .. }), "{error}");
}
