//! Batch normalisation: in training against finite differences of the textbook over a whole batch, else
//! against its formula with running statistics.

use candle_core::{Device, Tensor, Var};
use convscope::array::Array;
use convscope::engine::ops::batch_norm::{BatchNorm, Moments, Statistics, moments, reference};
use convscope::engine::{Model, lanes, seeded};
use convscope::network::{Network, Shape};
use proptest::prelude::*;

use super::oracle::numbers;

const EPSILON: f64 = 1e-3;
const STEP: f64 = 1e-5;

fn packed(images: &[Vec<f64>], shape: Shape) -> Tensor {
    lanes::pack(images.len(), shape, |i, image| {
        image.iter_mut().zip(&images[i]).for_each(|(to, from)| *to = *from as f32);
    })
    .unwrap()
}

fn var(values: &[f64]) -> Var {
    let values: Vec<f32> = values.iter().map(|&value| value as f32).collect();
    Var::from_slice(&values, values.len(), &Device::Cpu).unwrap()
}

fn close(what: &str, found: f32, expected: f64) {
    let difference = (f64::from(found) - expected).abs();
    assert!(difference < 2e-3 * expected.abs().max(1.0), "{what}: {found} instead of {expected}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// One lane is left out (a batch of one pixel has no variance), some lanes, one block and some.
    #[test]
    fn a_batch_in_training(
        images in prop_oneof![Just(2usize), Just(7), Just(8), Just(11)],
        c in 1usize..4,
        h in 1usize..4,
        w in 1usize..4,
    ) {
        let shape = [c, h, w];
        let x: Vec<Vec<f64>> = (0..images).map(|i| numbers(i as u64, c * h * w)).collect();
        let gy: Vec<Vec<f64>> = (0..images).map(|i| numbers(500 + i as u64, c * h * w)).collect();
        let (gamma, beta) = (numbers(71, c), numbers(72, c));
        let op = BatchNorm { shape, epsilon: EPSILON, statistics: Statistics::Batch { images } };
        let (x_var, gamma_var, beta_var) =
            (Var::from_tensor(&packed(&x, shape)).unwrap(), var(&gamma), var(&beta));
        let y = x_var.apply_op3(&gamma_var, &beta_var, op).unwrap();
        let expected = reference(shape, EPSILON, &x, &gamma, &beta);
        for (i, expected) in expected.iter().enumerate() {
            for (&found, &expected) in lanes::unpack(&y, i).unwrap().values().iter().zip(expected) {
                close("output", found, expected);
            }
        }
        let loss = (&y * packed(&gy, shape)).unwrap().sum_all().unwrap();
        let gradients = loss.backward().unwrap();
        let value = |x: &[Vec<f64>], gamma: &[f64], beta: &[f64]| -> f64 {
            let y = reference(shape, EPSILON, x, gamma, beta);
            y.iter().flatten().zip(gy.iter().flatten()).map(|(y, gy)| y * gy).sum()
        };
        let gx = gradients.get(&x_var).unwrap();
        for image in 0..images {
            let found = lanes::unpack(gx, image).unwrap();
            for place in 0..c * h * w {
                let mut moved = x.clone();
                moved[image][place] += STEP;
                let above = value(&moved, &gamma, &beta);
                moved[image][place] -= 2.0 * STEP;
                let below = value(&moved, &gamma, &beta);
                close("input gradient", found.values()[place], (above - below) / (2.0 * STEP));
            }
        }
        // The lanes without an image get nothing.
        let all: Vec<f32> = gx.flatten_all().unwrap().to_vec1().unwrap();
        for (i, value) in all.iter().enumerate() {
            let image = i / (c * h * w * 8) * 8 + i % 8;
            prop_assert!(image < images || *value == 0.0);
        }
        for (which, (parameter, var)) in [(&gamma, &gamma_var), (&beta, &beta_var)].into_iter().enumerate() {
            let found: Vec<f32> = gradients.get(var).unwrap().to_vec1().unwrap();
            for map in 0..c {
                let at = |by: f64| {
                    let mut moved = parameter.clone();
                    moved[map] += by;
                    if which == 0 { value(&x, &moved, &beta) } else { value(&x, &gamma, &moved) }
                };
                close("parameter", found[map], (at(STEP) - at(-STEP)) / (2.0 * STEP));
            }
        }
        let Moments { mean, variance } = moments(&packed(&x, shape), images).unwrap();
        for map in 0..c {
            let own: Vec<f64> =
                x.iter().flat_map(|image| image[map * h * w..][..h * w].to_vec()).collect();
            let expected = own.iter().sum::<f64>() / own.len() as f64;
            close("mean", mean[map], expected);
            let squares = own.iter().map(|x| (x - expected).powi(2)).sum::<f64>();
            close("variance", variance[map], squares / own.len() as f64);
        }
    }
}

const NORM: &str = r#"{"name": "n", "title": "N", "nodes": [
    {"name": "input", "kind": "input", "shape": [2, 2, 2]},
    {"name": "norm", "inputs": ["input"], "kind": "batch_norm", "epsilon": 0.001},
    {"name": "out", "inputs": ["norm"], "kind": "linear", "output": [3, 1, 1]}]}"#;

#[test]
fn a_negative_variance_is_no_weight() {
    let network: Network = serde_json::from_str(NORM).unwrap();
    let mut weights = seeded::weights(&network, 3).unwrap();
    let broken = Array::new(&[2], vec![1.0, -0.5]).unwrap();
    weights.tensors.insert("norm.running_variance".into(), broken);
    let error = Model::new(&network, &weights).err().unwrap().to_string();
    assert!(error.contains("norm.running_variance") && error.contains("position 1"), "{error}");
}

#[test]
fn used_it_takes_the_running_statistics_that_training_moves() {
    let network: Network = serde_json::from_str(NORM).unwrap();
    let mut weights = seeded::weights(&network, 3).unwrap();
    let set = [
        ("norm.gamma", [2.0, -1.0]),
        ("norm.beta", [0.5, 0.25]),
        ("norm.running_mean", [1.0, -2.0]),
        ("norm.running_variance", [4.0, 0.25]),
    ];
    for (name, values) in set {
        weights.tensors.insert(name.into(), Array::new(&[2], values.to_vec()).unwrap());
    }
    let model = Model::new(&network, &weights).unwrap();
    let image = Array::from_fn(&[2, 2, 2], |i| i as f32 * 0.5 - 1.0);
    let trace = model.trace(&image, &|| false).unwrap();
    for i in 0..8 {
        let (x, map) = (f64::from(image.values()[i]), i / 4);
        let of = |name: &str| f64::from(weights.tensors[name].values()[map]);
        let scale = (of("norm.running_variance") + EPSILON).sqrt();
        let expected = of("norm.gamma") * (x - of("norm.running_mean")) / scale + of("norm.beta");
        close("output", trace.output(1).values()[i], expected);
    }
    // A batch of two images: a tenth of the way to its mean, and to its variance by n − 1.
    let other = Array::from_fn(&[2, 2, 2], |i| (i as f32).sin());
    let images = lanes::pack_arrays(&[&image, &other], [2, 2, 2]).unwrap();
    let learned = model.learn(&images, &[0, 2], 1).unwrap();
    model.follow(&learned.statistics, 2).unwrap();
    let after = model.weights().unwrap();
    for map in 0..2 {
        let own: Vec<f64> = [&image, &other]
            .iter()
            .flat_map(|image| &image.values()[map * 4..][..4])
            .map(|&x| f64::from(x))
            .collect();
        let mean = own.iter().sum::<f64>() / 8.0;
        let variance = own.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 7.0;
        let moved = |name: &str, towards: f64| {
            let before = f64::from(weights.tensors[name].values()[map]);
            close(name, after.tensors[name].values()[map], 0.9 * before + 0.1 * towards);
        };
        moved("norm.running_mean", mean);
        moved("norm.running_variance", variance);
    }
}
