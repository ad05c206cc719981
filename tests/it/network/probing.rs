//! Receptive fields against the engine: an impulse on each pixel, and which units hear of it.
//!
//! All weights are positive and the image is zero elsewhere, so that nothing cancels: a unit's value
//! changes if and only if it sees the pixel, through maxima and activations too.

use std::collections::BTreeSet;

use convscope::array::Weights;
use convscope::engine::{Model, lanes, seeded};
use convscope::network::receptive::{Bounds, Fields, paths, trace_maps};
use convscope::network::{Network, zoo};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use super::made_up::branching;

/// Pixels by row and column.
type Pixels = BTreeSet<(usize, usize)>;

fn positive(network: &Network) -> Weights {
    let mut weights = seeded::weights(network, 3).expect("weights");
    for (name, array) in &mut weights.tensors {
        let bias = name.ends_with(".bias");
        // Kernels between maps that are not linked are zeros and stay it.
        let value = |v: f32| if bias || v == 0.0 { 0.0 } else { v.abs() + 0.1 };
        let values: Vec<f32> = array.values().iter().map(|&v| value(v)).collect();
        *array = convscope::array::Array::new(array.shape(), values).expect("the same size");
    }
    weights
}

/// For each node and each of its places (row, column), the pixels that any of its maps there hears of.
fn heard(network: &Network) -> Vec<Vec<Pixels>> {
    let model = Model::new(network, &positive(network)).expect("a model");
    let [channels, h, w] = network.input();
    let pixels = h * w;
    // The last image is empty: what units say without an impulse.
    let images = lanes::pack(pixels + 1, network.input(), |index, image| {
        if index < pixels {
            (0..channels).for_each(|channel| image[channel * pixels + index] = 1.0);
        }
    });
    let mut all = Vec::new();
    let mut look = |computed: convscope::engine::Computed<'_>| {
        let [_, rows, columns] = network.nodes()[computed.node].output;
        let silent = lanes::unpack(computed.output, pixels)?;
        let mut places = vec![Pixels::new(); rows * columns];
        for pixel in 0..pixels {
            let values = lanes::unpack(computed.output, pixel)?;
            for (unit, (value, before)) in values.values().iter().zip(silent.values()).enumerate() {
                if value != before {
                    places[unit % (rows * columns)].insert((pixel / w, pixel % w));
                }
            }
        }
        all.push(places);
        Ok(())
    };
    model.forward(&images.expect("small"), &mut look).expect("runs");
    all
}

fn box_of(seen: &Pixels) -> Option<Bounds> {
    let (y0, y1) = (seen.first()?.0, seen.last()?.0 + 1);
    let x0 = seen.iter().map(|pixel| pixel.1).min()?;
    let x1 = seen.iter().map(|pixel| pixel.1).max()? + 1;
    Some(Bounds { y0: y0 as i64, x0: x0 as i64, y1: y1 as i64, x1: x1 as i64 })
}

fn within(inner: Bounds, outer: Bounds) -> bool {
    inner.y0 >= outer.y0 && inner.x0 >= outer.x0 && inner.y1 <= outer.y1 && inner.x1 <= outer.x1
}

/// Compares every unit of every node; tells how many had their whole field on the image.
fn check(network: &Network, clipping_is_exact: bool, whole: &mut usize) -> TestCaseResult {
    let fields = Fields::of(network);
    for (index, places) in heard(network).into_iter().enumerate() {
        let [maps, _, columns] = network.nodes()[index].output;
        let field = fields.node(index);
        for (place, seen) in places.iter().enumerate() {
            let (y, x) = (place / columns, place % columns);
            let what = format!("{} at {y},{x}", network.nodes()[index].name);
            let ways = paths(network, index, [y, x]).expect("few");
            let met = |&(y, x): &(usize, usize)| ways.at([y as i64, x as i64]) > 0;
            let ways_from = ways.counts.iter().filter(|&&count| count > 0).count();
            prop_assert!(seen.iter().all(met) && ways_from == seen.len(), "paths to {}", what);

            let regions = trace_maps(network, index, (0..maps).collect(), [y, x]);
            let theory = regions.last().expect("the image").bounds;
            let clipped = theory.clipped(network.input());
            let found = box_of(seen);
            // Where a padding cell stands for pixels that no real cell covers, less is seen.
            prop_assert!(found.is_none_or(|found| within(found, clipped)), "{}", what);
            prop_assert!(!clipping_is_exact || found == Some(clipped), "{} clipped", what);
            if theory != clipped {
                continue;
            }
            *whole += 1;
            let [start_y, start_x] =
                [(0, y), (1, x)].map(|(a, at)| field.start[a] + at as i64 * field.jump[a]);
            let [rows, columns] = field.size.map(|side| side as i64);
            let expected =
                Bounds { y0: start_y, x0: start_x, y1: start_y + rows, x1: start_x + columns };
            prop_assert_eq!(found, Some(expected), "{}", &what);
            prop_assert_eq!(field.exact, seen.len() as i64 == rows * columns, "{}", what);
        }
    }
    Ok(())
}

#[test]
fn every_unit_of_both_lenets_hears_what_its_field_says() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        let mut whole = 0;
        check(&network, true, &mut whole).expect("every unit as in theory");
        // Image, C1, S2, C3 and S4 at least; all of lenet5 is unpadded.
        assert!(whole > 1024 + 25, "{whole}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn made_up_networks_hear_what_their_fields_say(network in branching()) {
        let network = network.with_input([1, 28, 27]).expect("larger than it was");
        let mut whole = 0;
        check(&network, false, &mut whole)?;
        prop_assert!(whole > 28 * 27, "units of every kind have their field on the image: {}", whole);
    }
}
