//! Networks that slide: shapes, counts and fields, and that they are still the network they were.

use convscope::network::connectivity::{fan_in, weight_shapes};
use convscope::network::cost::{cost, totals};
use convscope::network::receptive::{Fields, trace};
use convscope::network::{Layer, Network, NetworkError, zoo};

fn index(network: &Network, name: &str) -> usize {
    network.index_of(name).expect("there")
}

#[test]
fn lenet5_answers_at_thirty_three_positions_of_five_digits() {
    let network = zoo::lenet5().sliding([1, 32, 160]).expect("wide enough");
    for (name, shape) in
        [("S4", [16, 5, 37]), ("C5", [120, 1, 33]), ("F6", [84, 1, 33]), ("OUTPUT", [10, 1, 33])]
    {
        assert_eq!(network.nodes()[index(&network, name)].output, shape, "{name}");
    }
    let modern = zoo::lenet5_modern().sliding([1, 32, 160]).expect("wide enough");
    for (name, shape) in [("OUTPUT", [10, 1, 33]), ("softmax", [10, 1, 33])] {
        assert_eq!(modern.nodes()[index(&modern, name)].output, shape, "{name}");
    }
}

/// Whether no place has weights of its own.
fn shares(network: &Network) -> bool {
    !["lenet-full", "lenet-local"].contains(&network.name.as_str())
}

#[test]
fn what_a_network_is_stays() {
    for entry in zoo::ENTRIES {
        let network = (entry.build)();
        if !shares(&network) {
            continue;
        }
        let sliding = network.sliding([1, 32, 160]).expect("wide enough");
        assert_eq!(sliding.name, network.name);
        assert_eq!(sliding.labels, network.labels);
        assert_eq!(sliding.scores(), network.scores());
        assert_eq!(sliding.lower_is_better(), network.lower_is_better());
        for node in 0..network.nodes().len() {
            assert_eq!(sliding.picture(node), network.picture(node));
        }
        // It may be written to a file and read again.
        let text = serde_json::to_string(&sliding).expect("serialises");
        assert_eq!(Network::from_json(text.as_bytes()), Ok(sliding));
    }
    assert_eq!(zoo::lenet5().sliding([1, 32, 160]).expect("fits").picture(6), Some([12, 7]));
}

#[test]
fn weights_are_as_many_and_uses_of_them_more() {
    for entry in zoo::ENTRIES {
        let network = (entry.build)();
        if !shares(&network) {
            // On an image of its own size there is nothing to slide.
            let same = network.sliding([1, 32, 32]).map(|same| totals(&same).expect("small"));
            assert_eq!(same, Ok(totals(&network).expect("small")));
            let error = network.sliding([1, 32, 160]).expect_err("weights of its own");
            assert_eq!(error, NetworkError::Slide { node: "C1".into() });
            continue;
        }
        let [plain, same, wide] = [
            totals(&network),
            totals(&network.sliding([1, 32, 32]).expect("fits")),
            totals(&network.sliding([1, 32, 160]).expect("fits")),
        ]
        .map(|totals| totals.expect("small"));
        assert_eq!(same, plain);
        assert_eq!((wide.params, wide.constants), (plain.params, plain.constants));
    }
    let network = zoo::lenet5().sliding([1, 32, 160]).expect("fits");
    // Everything behind S4 once per position.
    for (name, params, connections, macs, constants) in [
        ("C5", 48_120, 33 * 48_120, 33 * 48_000, 0),
        ("F6", 10_164, 33 * 10_164, 33 * 10_080, 0),
        ("OUTPUT", 0, 33 * 840, 33 * 840, 840),
    ] {
        let cost = cost(&network, index(&network, name));
        let found = [cost.params, cost.connections, cost.macs, cost.constants]
            .map(|formula| formula.value().expect("small"));
        assert_eq!(found, [params, connections, macs, constants], "{name}");
    }
    let output = cost(&network, index(&network, "OUTPUT"));
    assert_eq!(output.constants.text(), cost(&zoo::lenet5(), 7).constants.text());
}

#[test]
fn a_position_sees_its_own_part_of_the_image() {
    let network = zoo::lenet5().sliding([1, 32, 160]).expect("fits");
    let output = index(&network, "OUTPUT");
    let field = Fields::of(&network).node(output);
    assert_eq!((field.size, field.jump, field.start, field.exact), ([32; 2], [4; 2], [0; 2], true));
    let image = trace(&network, output, [3, 0, 20]);
    let bounds = image.last().expect("the image").bounds;
    assert_eq!([bounds.y0, bounds.x0, bounds.y1, bounds.x1], [0, 80, 32, 112]);
    assert_eq!(fan_in(&network, output, 3), 84);
}

#[test]
fn a_fully_connected_layer_behind_maps_keeps_its_whole_input_for_a_kernel() {
    let text = r#"{"name":"n","title":"N","nodes":[
        {"name":"input","kind":"input","shape":[3,4,5]},
        {"name":"full","inputs":["input"],"kind":"linear","output":[7,1,1],"bias":false},
        {"name":"maps","inputs":["full"],"kind":"linear","output":[2,3,3]}]}"#;
    let network = Network::from_json(text.as_bytes()).expect("valid");
    let sliding = network.sliding([3, 4, 5]).expect("fits");
    assert_eq!(weight_shapes(&sliding, 1), [("weight", vec![7, 3, 4, 5])]);
    assert!(matches!(sliding.nodes()[2].layer, Layer::Linear(_)), "its units are no vector");
    let wide = network.sliding([3, 6, 9]);
    assert_eq!(wide, Err(NetworkError::Slide { node: "maps".into() }), "it would see more");
    let text = text.replace("[2,3,3]", "[2,1,1]");
    let network = Network::from_json(text.as_bytes()).expect("valid");
    assert_eq!(network.sliding([3, 6, 9]).expect("fits").nodes()[1].output, [7, 3, 5]);
}

#[test]
fn an_image_that_is_too_small_is_refused_by_name() {
    let error = zoo::lenet5().sliding([1, 32, 31]).expect_err("C5 needs five columns");
    assert!(matches!(error, NetworkError::Shape { node, .. } if node == "C5"));
}

#[test]
fn bitmaps_need_as_many_maps_as_they_have_cells() {
    let network = |maps: usize, side: usize| {
        let text = format!(
            r#"{{"name":"n","title":"N","nodes":[
                {{"name":"input","kind":"input","shape":[{maps},{side},{side}]}},
                {{"name":"out","inputs":["input"],"kind":"rbf","picture":[2,2],
                  "bitmaps":[[1,-1,1,1],[-1,-1,1,-1]]}}]}}"#
        );
        Network::from_json(text.as_bytes())
    };
    assert_eq!(network(4, 3).expect("fits").nodes()[1].output, [2, 3, 3]);
    let error = network(1, 2).expect_err("four cells of one map are no four maps").to_string();
    assert!(error.contains("1 input maps") && error.contains("2×2"), "{error}");
}
