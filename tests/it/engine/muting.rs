//! Muted maps are zeros, and what lies behind them is computed from zeros.

use convscope::array::{Array, Trace};
use convscope::engine::ops::mute::{self, Mute};
use convscope::engine::{EngineError, Model};
use convscope::network::{Network, zoo};

use super::fixture::{self, assert_close};
use super::oracle::check_fixed;

fn traced(network: &Network, image: &Array, muted: &[(usize, usize)]) -> Trace {
    let model = Model::new(network, &fixture::weights(network)).unwrap();
    model.trace_muted(image, muted, &|| false).unwrap()
}

#[test]
fn the_operation_and_its_gradient() {
    let shape = [5, 2, 3];
    for maps in [vec![], vec![3], vec![0, 4, 4]] {
        let op = Mute::new(shape, maps.clone());
        check_fixed(op, 9, shape, shape, &|x| mute::reference(shape, &maps, x));
    }
}

#[test]
fn without_mutes_nothing_changes() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let image = fixture::image(0);
        let model = Model::new(&network, &fixture::weights(&network)).unwrap();
        let plain = model.trace(&image, &|| false).unwrap();
        assert_eq!(plain, traced(&network, &image, &[]));
        // Pairs that name nothing.
        assert_eq!(plain, traced(&network, &image, &[(1, 6), (99, 0), (usize::MAX, usize::MAX)]));
    }
}

/// Muting a map is the same as weights of zero for whatever reads it.
#[test]
fn a_muted_map_counts_as_if_nobody_were_linked_to_it() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let [c3, c5, f6] = ["C3", "C5", "F6"].map(|name| network.index_of(name).unwrap());
        let image = fixture::image(1);
        let muted = [(c5, 7), (c5, 119), (f6, 3)];
        let found = traced(&network, &image, &muted);
        let mut weights = fixture::weights(&network);
        let f6_weight = weights.tensors.get_mut("F6.weight").unwrap();
        *f6_weight = Array::from_fn(f6_weight.shape(), |i| {
            if [7, 119].contains(&(i % 120)) { 0.0 } else { f6_weight.values()[i] }
        });
        let plain = Model::new(&network, &weights).unwrap().trace(&image, &|| false).unwrap();
        let sums = |trace: &Trace, node: usize| trace.nodes[node].sum.values().to_vec();
        assert_close("F6", &sums(&found, f6), &sums(&plain, f6), 1e-5);
        // The sums of what is muted stay, its outputs are zeros, and what lies before it is untouched.
        assert_eq!(sums(&found, c5), sums(&plain, c5));
        assert_eq!(found.nodes[c3], plain.nodes[c3]);
        for (node, map) in muted {
            assert!(found.output(node).map(map).values.iter().all(|&value| value == 0.0));
            assert_ne!(found.nodes[node].sum.map(map).values, [0.0]);
        }
        assert_eq!(found.output(c5).values()[8], plain.output(c5).values()[8]);
    }
}

#[test]
fn a_muted_pooling_map_and_a_muted_image_are_zeros_too() {
    let network = zoo::lenet5_modern();
    let s2 = network.index_of("S2").unwrap();
    let found = traced(&network, &fixture::image(2), &[(s2, 5), (0, 0)]);
    assert!(found.output(0).values().iter().all(|&value| value == 0.0));
    assert_eq!(&found.nodes[0].sum, &fixture::image(2));
    assert!(found.output(s2).map(5).values.iter().all(|&value| value == 0.0));
    let blank = traced(&network, &Array::full(&[1, 32, 32], 0.0), &[]);
    assert_eq!(found.output(1), blank.output(1));
}

#[test]
fn a_muted_trace_stops_when_it_is_asked_to() {
    let network = zoo::lenet5();
    let model = Model::new(&network, &fixture::weights(&network)).unwrap();
    let result = model.trace_muted(&fixture::image(0), &[(1, 0)], &|| true);
    assert!(matches!(result, Err(EngineError::Cancelled)));
}
