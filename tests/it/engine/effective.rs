//! Effective fields: the average over images is the mean of the single ones, for any number of threads.

use std::cell::Cell;

use convscope::array::{Array, Weights};
use convscope::data::{digits, pipeline};
use convscope::engine::effective::{Asked, Effective, average, heats};
use convscope::engine::{EngineError, Model, bundled};
use convscope::network::receptive::energy::share_in_quarter;
use convscope::network::receptive::trace;
use convscope::network::{Network, zoo};

use super::fixture;

fn images(network: &Network, count: usize) -> Vec<Array> {
    let image = |n: usize| {
        let value =
            |i: usize| (((i + 31 * n) as f64 * (0.37 + 0.01 * n as f64)).sin() * 0.8) as f32;
        Array::from_fn(&network.input(), value)
    };
    (0..count).map(image).collect()
}

fn asked(network: &Network, name: &str, unit: [usize; 3]) -> Asked<'static> {
    Asked { muted: &[], node: network.index_of(name).unwrap(), unit }
}

#[test]
fn an_average_is_the_mean_of_the_single_ones_summed_over_channels() {
    let network = super::graph::branches();
    let model = Model::new(&network, &fixture::weights(&network)).unwrap();
    let (images, asked) = (images(&network, 19), asked(&network, "g", [1, 0, 1]));
    let found = average(&model, &images, asked, &|| false).unwrap();
    let mut expected = vec![0.0; 64];
    for image in &images {
        let gradient = model.unit_gradient(image, &[], asked.node, asked.unit).unwrap();
        for (i, value) in gradient.values().iter().enumerate() {
            expected[i % 64] += value.abs() / 19.0;
        }
        let own = heats(&model, std::slice::from_ref(image), asked, &|| false).unwrap();
        let channels = gradient.values()[..64].iter().zip(&gradient.values()[64..]);
        let sums: Vec<f32> = channels.map(|(a, b)| a.abs() + b.abs()).collect();
        assert_eq!((own[0].shape(), own[0].values()), (&[1, 8, 8][..], &sums[..]));
    }
    assert_eq!((found.heat.shape(), found.images, found.live), (&[1, 8, 8][..], 19, 19));
    fixture::assert_close("mean", found.heat.values(), &expected, 1e-6);
}

#[test]
fn images_that_leave_the_unit_dead_are_counted() {
    let text = r#"{"name":"relu","title":"R","nodes":[
        {"name":"input","kind":"input","shape":[1,4,4]},
        {"name":"a","inputs":["input"],"kind":"conv","maps":1,"bias":false,"window":{"kernel":[3,3]},
         "activation":"relu"}]}"#;
    let network: Network = serde_json::from_str(text).unwrap();
    let mut weights = Weights::default();
    weights.tensors.insert("a.weight".into(), Array::full(&[1, 1, 3, 3], 0.5));
    let model = Model::new(&network, &weights).unwrap();
    let images: Vec<Array> =
        (0..10).map(|n| Array::full(&[1, 4, 4], if n < 3 { 1.0 } else { -1.0 })).collect();
    let asked = asked(&network, "a", [0, 1, 1]);
    let Effective { heat, images: count, live } =
        average(&model, &images, asked, &|| false).unwrap();
    assert_eq!((count, live), (10, 3));
    assert_eq!((heat.at([0, 0, 0]), heat.at([0, 1, 1]), heat.at([0, 3, 3])), (0.0, 0.15, 0.15));
}

#[test]
fn the_same_bits_for_any_number_of_threads() {
    let network = zoo::lenet5();
    let model = Model::new(&network, &fixture::weights(&network)).unwrap();
    let (images, asked) = (images(&network, 21), asked(&network, "S4", [3, 2, 2]));
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| average(&model, &images, asked, &|| false).unwrap())
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn it_stops_on_request_and_needs_images() {
    let network = zoo::lenet5();
    let model = Model::new(&network, &fixture::weights(&network)).unwrap();
    let asked = asked(&network, "C1", [0, 0, 0]);
    let calls = Cell::new(0);
    let stop = || {
        calls.set(calls.get() + 1);
        calls.get() > 5
    };
    let stopped = average(&model, &images(&network, 40), asked, &stop);
    assert!(matches!(stopped, Err(EngineError::Cancelled)));
    assert!(calls.get() < 10, "{}", calls.get());
    assert!(matches!(average(&model, &[], asked, &|| false), Err(EngineError::NoImages)));
}

/// Trained weights spread the field of this unit more widely than path counts would (0.74), but less than
/// evenly (0.25).
#[test]
fn the_middle_of_s4s_box_moves_it_more_than_an_even_spread_would() {
    let network = zoo::lenet5();
    let weights = bundled::weights("lenet5").expect("bundled");
    let stages = pipeline::of_weights(&weights.metadata).expect("its stages");
    let model = Model::new(&network, &weights).unwrap();
    let images: Vec<Array> = (4000..4200)
        .map(|index| {
            let pixels = digits::bundled().image(index);
            let grey = Array::from_fn(&[1, 28, 28], |i| f32::from(pixels[i]) / 255.0);
            pipeline::tensor(pipeline::for_idx(&stages), &grey).unwrap()
        })
        .collect();
    let asked = asked(&network, "S4", [3, 2, 2]);
    let found = average(&model, &images, asked, &|| false).unwrap();
    let bounds = trace(&network, asked.node, asked.unit).pop().unwrap().bounds;
    let share = share_in_quarter(&found.heat, bounds).unwrap();
    assert_eq!(found.live, 200);
    assert!((0.3..0.5).contains(&share), "{share}");
}
