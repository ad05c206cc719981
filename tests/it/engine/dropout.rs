//! Dropout: what is dropped hangs on seed, image and value alone; in use, nothing is.

use candle_core::{Tensor, Var};
use convscope::array::Array;
use convscope::engine::ops::dropout::Dropout;
use convscope::engine::{Model, lanes, seeded};
use convscope::network::Network;

const SHAPE: [usize; 3] = [3, 5, 7];

fn ones(images: usize) -> Tensor {
    lanes::pack(images, SHAPE, |_, image| image.fill(1.0)).unwrap()
}

fn values(tensor: &Tensor) -> Vec<f32> {
    tensor.flatten_all().unwrap().to_vec1().unwrap()
}

#[test]
fn the_given_part_is_dropped_and_the_mean_stays() {
    for rate in [0.0, 0.2, 0.5, 0.9] {
        let op = Dropout { shape: SHAPE, rate, key: 7, first_image: 0 };
        let x = Var::from_tensor(&ones(400)).unwrap();
        let y = x.apply_op1(op).unwrap();
        let kept = values(&y);
        let dropped = kept.iter().filter(|&&value| value == 0.0).count() as f64;
        let share = dropped / kept.len() as f64;
        // Four standard deviations of 42,000 tosses.
        let deviation = (rate * (1.0 - rate) / kept.len() as f64).sqrt();
        assert!((share - rate).abs() <= 4.0 * deviation, "{share} of {rate}");
        let scaled = (1.0 / (1.0 - rate)) as f32;
        assert!(kept.iter().all(|&value| value == 0.0 || value == scaled));
        // What was dropped passes nothing back.
        let gradients = y.sum_all().unwrap().backward().unwrap();
        assert_eq!(values(gradients.get(&x).unwrap()), kept);
    }
}

#[test]
fn the_way_a_batch_is_cut_drops_nothing_else_and_every_key_does() {
    let whole = Dropout { shape: SHAPE, rate: 0.5, key: 7, first_image: 0 };
    let second = Dropout { first_image: 8, ..whole };
    let all = values(&ones(16).apply_op1(whole).unwrap());
    assert_eq!(all[all.len() / 2..], values(&ones(8).apply_op1(second).unwrap()));
    assert_ne!(all, values(&ones(16).apply_op1(Dropout { key: 8, ..whole }).unwrap()));
    assert_ne!(all[..all.len() / 2], all[all.len() / 2..]);
}

#[test]
fn a_network_in_use_drops_nothing() {
    let text = r#"{"name": "n", "title": "N", "nodes": [
        {"name": "input", "kind": "input", "shape": [1, 3, 3]},
        {"name": "drop", "inputs": ["input"], "kind": "dropout", "rate": 0.5}]}"#;
    let network: Network = serde_json::from_str(text).unwrap();
    let model = Model::new(&network, &seeded::weights(&network, 1).unwrap()).unwrap();
    let image = Array::from_fn(&[1, 3, 3], |i| i as f32);
    assert_eq!(model.trace(&image, &|| false).unwrap().output(1), &image);
}
