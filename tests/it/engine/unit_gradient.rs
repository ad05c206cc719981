//! The gradient of one unit by the pixels: against finite differences, and against what it can see.

use convscope::array::Array;
use convscope::engine::{EngineError, Model};
use convscope::network::receptive::trace;
use convscope::network::{Network, Unit, zoo};

use super::fixture;
use super::image_gradient::computed;

fn image(network: &Network) -> Array {
    Array::from_fn(&network.input(), |i| ((i as f64 * 0.37).sin() * 0.8) as f32)
}

/// Compares the gradient of a unit with the slope along every pixel that it sees, and along itself.
fn check(network: &Network, name: &str, unit: Unit, muted: &[(usize, usize)]) {
    const STEP: f64 = 1e-5;
    let node = network.index_of(name).unwrap();
    let weights = fixture::weights(network);
    let image = image(network);
    let model = Model::new(network, &weights).unwrap();
    let gradient = model.unit_gradient(&image, muted, node, unit).unwrap();
    assert_eq!(gradient.shape(), image.shape());
    let [_, h, w] = network.nodes()[node].output;
    let place = (unit[0] * h + unit[1]) * w + unit[2];
    let x: Vec<f64> = image.values().iter().map(|&value| f64::from(value)).collect();
    let slope = |direction: &dyn Fn(usize) -> f64| {
        let at = |step: f64| {
            let moved: Vec<f64> =
                x.iter().enumerate().map(|(i, x)| x + step * direction(i)).collect();
            computed(network, &weights, muted, &moved, node)[place]
        };
        (at(STEP) - at(-STEP)) / (2.0 * STEP)
    };
    let largest = gradient.values().iter().fold(0f32, |most, g| most.max(g.abs()));
    let what = format!("{} {name} {unit:?} muted {muted:?}", network.name);
    assert!(largest > 1e-3, "{what}: nothing moves the unit");
    let seen = trace(network, node, unit).pop().unwrap().bounds;
    let [_, rows, columns] = network.input();
    let mut inside = 0;
    for (pixel, &found) in gradient.values().iter().enumerate() {
        let (y, x) = ((pixel / columns % rows) as i64, (pixel % columns) as i64);
        if !(seen.y0..seen.y1).contains(&y) || !(seen.x0..seen.x1).contains(&x) {
            assert_eq!(found, 0.0, "{what}: pixel {y},{x} is beyond the field");
            continue;
        }
        inside += 1;
        if inside % 7 == 0 {
            let expected = slope(&|i| f64::from(u8::from(i == pixel)));
            let error = (f64::from(found) - expected).abs();
            assert!(error <= 2e-4 * f64::from(largest), "{what}: {found} instead of {expected}");
        }
    }
    let length = gradient.values().iter().map(|&g| f64::from(g).powi(2)).sum::<f64>().sqrt();
    let along = slope(&|i| f64::from(gradient.values()[i]) / length);
    assert!((along / length - 1.0).abs() < 1e-3, "{what}: slope {along}, length {length}");
}

#[test]
fn units_of_lenet5() {
    let network = zoo::lenet5();
    check(&network, "C1", [2, 0, 27], &[]);
    check(&network, "S2", [5, 13, 0], &[]);
    check(&network, "C3", [7, 4, 6], &[]);
    check(&network, "S4", [3, 2, 2], &[]);
    check(&network, "S4", [3, 0, 4], &[(1, 0), (3, 2)]);
    check(&network, "F6", [40, 0, 0], &[(5, 17)]);
    check(&network, "OUTPUT", [3, 0, 0], &[]);
}

#[test]
fn units_of_every_node_of_a_network_with_branches() {
    let network = super::graph::branches();
    for name in ["a", "c", "d", "e", "f", "i", "j", "k"] {
        let index = network.index_of(name).unwrap();
        let last = network.nodes()[index].output.map(|side| side - 1);
        check(&network, name, last, &[]);
    }
    check(&network, "k", [1, 0, 0], &[(network.index_of("c").unwrap(), 2)]);
}

#[test]
fn a_pixel_moves_itself_and_what_is_silent_is_moved_by_none() {
    let network = zoo::lenet5();
    let model = Model::new(&network, &fixture::weights(&network)).unwrap();
    let of = |muted: &[(usize, usize)], node, unit| {
        model.unit_gradient(&image(&network), muted, node, unit).unwrap()
    };
    let own = of(&[], 0, [0, 3, 5]);
    assert_eq!((own.at([0, 3, 5]), own.values().iter().sum::<f32>()), (1.0, 1.0));
    for muted in [[(0, 0)], [(1, 2)]] {
        assert!(of(&muted, 1, [2, 3, 5]).values().iter().all(|&value| value == 0.0));
    }
    assert!(of(&[(1, 3)], 1, [2, 3, 5]).values().iter().any(|&value| value != 0.0));
}

#[test]
fn units_that_there_are_not_are_refused() {
    let network = zoo::lenet5();
    let model = Model::new(&network, &fixture::weights(&network)).unwrap();
    let refused = |node, unit| match model.unit_gradient(&image(&network), &[], node, unit) {
        Err(EngineError::Unit { node, .. }) => node,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(3, [16, 0, 0]), "C3");
    assert_eq!(refused(3, [0, 0, 10]), "C3");
    assert_eq!(refused(99, [0, 0, 0]), "#99");
    let small = Array::full(&[1, 8, 8], 0.0);
    let error = model.unit_gradient(&small, &[], 3, [0; 3]).unwrap_err();
    assert!(matches!(error, EngineError::Input { .. }), "{error}");
    let error = model.unit_gradients(&[], &[], 3, [0; 3], &|| false).unwrap_err();
    assert!(matches!(error, EngineError::NoImages), "{error}");
}
