//! A network that slides over a wide image gives at each position what the plain one gives there.

use convscope::array::{Array, Weights};
use convscope::engine::{EngineError, Misfit, Model, bundled, reshaped, seeded};
use convscope::network::{Network, zoo};

use super::fixture::assert_close;

/// An image whose columns all differ.
fn wide(width: usize) -> Array {
    Array::from_fn(&[1, 32, width], |i| {
        let (y, x) = ((i / width) as f64, (i % width) as f64);
        ((0.37 * y + 0.61 * x + 0.003 * x * x).sin() * 0.8) as f32
    })
}

fn crop(image: &Array, column: usize) -> Array {
    Array::from_fn(&[1, 32, 32], |i| image.at([0, i / 32, column + i % 32]))
}

/// Weights with biases that would show a mistake.
fn weights(network: &Network) -> Weights {
    bundled::weights(&network.name).unwrap()
}

#[test]
fn every_position_holds_what_the_plain_network_gives_on_its_crop() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let plain = Model::new(&network, &weights(&network)).unwrap();
        let sliding = network.sliding([1, 32, 160]).unwrap();
        let model = Model::new(&sliding, &reshaped(&sliding, &weights(&network))).unwrap();
        let image = wide(160);
        let trace = model.trace(&image, &|| false).unwrap();
        for position in 0..33 {
            let expected = plain.trace(&crop(&image, 4 * position), &|| false).unwrap();
            for name in ["C5", "F6", "OUTPUT", "softmax"] {
                let Some(index) = network.index_of(name) else { continue };
                let found = trace.output(index);
                let [maps, 1, 33] = *found.shape() else { panic!("{name}: {:?}", found.shape()) };
                let found: Vec<f32> = (0..maps).map(|map| found.at([map, 0, position])).collect();
                let what = format!("{} {name} at {position}", network.name);
                assert_close(&what, &found, expected.output(index).values(), 1e-5);
            }
        }
    }
}

#[test]
fn a_taller_image_is_read_in_rows_too() {
    let network = zoo::lenet5();
    let plain = Model::new(&network, &weights(&network)).unwrap();
    let sliding = network.sliding([1, 40, 44]).unwrap();
    let model = Model::new(&sliding, &reshaped(&sliding, &weights(&network))).unwrap();
    let image = Array::from_fn(&[1, 40, 44], |i| (i as f32 * 0.37).sin());
    let scores = model.trace(&image, &|| false).unwrap().output(sliding.scores()).clone();
    assert_eq!(scores.shape(), [10, 3, 4]);
    let part = Array::from_fn(&[1, 32, 32], |i| image.at([0, 8 + i / 32, 12 + i % 32]));
    let expected = plain.trace(&part, &|| false).unwrap();
    let found: Vec<f32> = (0..10).map(|class| scores.at([class, 2, 3])).collect();
    assert_close("the last position", &found, expected.answer().unwrap().values(), 1e-5);
}

#[test]
fn on_an_image_of_its_own_size_nothing_changes() {
    let branches = super::graph::branches();
    for network in [zoo::lenet5(), zoo::lenet5_modern(), branches] {
        let weights = seeded::weights(&network, 5).unwrap();
        let sliding = network.sliding(network.input()).unwrap();
        let image = Array::from_fn(&network.input(), |i| (i as f32 * 0.37).sin());
        let trace = |network: &Network, weights: &Weights| {
            Model::new(network, weights).unwrap().trace(&image, &|| false).unwrap()
        };
        let (plain, slid) =
            (trace(&network, &weights), trace(&sliding, &reshaped(&sliding, &weights)));
        for (index, node) in network.nodes().iter().enumerate() {
            assert_eq!(sliding.nodes()[index].output, node.output, "{}", node.name);
            let (found, expected) = (slid.output(index), plain.output(index));
            assert_close(&node.name, found.values(), expected.values(), 1e-6);
        }
    }
}

#[test]
fn reshaped_weights_share_memory_and_come_back() {
    let network = zoo::lenet5();
    let sliding = network.sliding([1, 32, 160]).unwrap();
    let weights = weights(&network);
    let slid = reshaped(&sliding, &weights);
    let f6 = |weights: &Weights| weights.get("F6", "weight").unwrap().clone();
    assert_eq!(f6(&slid).shape(), [84, 120, 1, 1]);
    assert!(f6(&slid).same_memory(&f6(&weights)));
    assert_eq!(slid.metadata, weights.metadata);
    assert_eq!(reshaped(&network, &slid), weights);
    assert_eq!(reshaped(&network, &weights), weights);
}

#[test]
fn weights_in_another_order_are_not_bent_into_shape() {
    let network = zoo::lenet5();
    let sliding = network.sliding([1, 32, 160]).unwrap();
    let mut transposed = weights(&network);
    let f6 = transposed.tensors.get_mut("F6.weight").unwrap();
    *f6 = f6.reshaped(&[120, 84]).unwrap();
    for network in [&network, &sliding] {
        let error = Model::new(network, &reshaped(network, &transposed)).err().unwrap();
        let EngineError::Misfit(Misfit::Shape { tensor, .. }) = error else { panic!("{error}") };
        assert_eq!(tensor, "F6.weight");
    }
}
