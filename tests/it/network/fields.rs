//! Receptive fields against the published ones, and against a walk over every single tap.

use std::collections::BTreeSet;

use convscope::network::connectivity::reads;
use convscope::network::receptive::{Fields, trace};
use convscope::network::{Network, zoo};
use proptest::prelude::*;

use super::made_up::branching;

#[test]
fn lenet5_fields_are_the_published_ones() {
    let network = zoo::lenet5();
    let fields = Fields::of(&network);
    for (name, size, jump) in
        [("C1", 5, 1), ("S2", 6, 2), ("C3", 14, 2), ("S4", 16, 4), ("C5", 32, 4), ("F6", 32, 4)]
    {
        let field = fields.node(network.index_of(name).expect("there"));
        assert_eq!((field.size, field.jump, field.exact), ([size; 2], [jump; 2], true), "{name}");
    }
}

#[test]
fn a_unit_of_c3_sees_only_its_own_maps() {
    let network = zoo::lenet5();
    let [c3, s2] = ["C3", "S2"].map(|name| network.index_of(name).expect("there"));
    let regions = trace(&network, c3, [7, 4, 6]);
    let on_s2 = regions.iter().find(|region| region.node == s2).expect("C3 reads S2");
    assert_eq!(on_s2.channels, BTreeSet::from([1, 2, 3, 4]));
    let image = regions.last().expect("the image");
    let bounds = image.bounds;
    assert_eq!([bounds.y0, bounds.x0, bounds.y1, bounds.x1], [8, 12, 22, 26]);
}

#[test]
fn dilation_leaves_holes_and_says_so() {
    let text = r#"{"name":"d","title":"D","nodes":[
        {"name":"input","kind":"input","shape":[1,9,9]},
        {"name":"A","inputs":["input"],"kind":"conv","maps":1,"window":{"kernel":[3,3],"dilation":[2,2]}},
        {"name":"B","inputs":["A"],"kind":"conv","maps":1,"window":{"kernel":[2,2]}}]}"#;
    let network: Network = serde_json::from_str(text).expect("valid");
    let fields = Fields::of(&network);
    assert_eq!((fields.node(1).size, fields.node(1).exact), ([5, 5], false));
    assert_eq!((fields.node(2).size, fields.node(2).exact), ([6, 6], true));
}

/// All image cells that a unit sees, tap by tap, positions beyond every border included.
fn brute_force(
    network: &Network,
    node: usize,
    map: usize,
    y: i64,
    x: i64,
    seen: &mut BTreeSet<(i64, i64)>,
) {
    if node == 0 {
        seen.insert((y, x));
        return;
    }
    for reads in reads(network, node, map, y, x) {
        let source = network.nodes()[node].inputs[reads.input];
        for &channel in &reads.channels {
            for row in reads.rows.positions() {
                for column in reads.columns.positions() {
                    brute_force(network, source, channel, row, column, seen);
                }
            }
        }
    }
}

fn bounds(seen: &BTreeSet<(i64, i64)>) -> [i64; 4] {
    let rows = seen.iter().map(|cell| cell.0);
    let columns = seen.iter().map(|cell| cell.1);
    [
        rows.clone().min().expect("not empty"),
        columns.clone().min().expect("not empty"),
        rows.max().expect("not empty") + 1,
        columns.max().expect("not empty") + 1,
    ]
}

/// A network from its nodes behind a picture of eight maps.
fn made_of(side: usize, nodes: &str) -> Result<Network, serde_json::Error> {
    serde_json::from_str(&format!(
        r#"{{"name":"n","title":"N","nodes":[{{"name":"input","kind":"input","shape":[8,{side},{side}]}},{nodes}]}}"#
    ))
}

#[test]
fn many_maps_and_branches_are_derived_in_no_time() {
    // Without remembering, both take longer than anyone lives.
    let grouped: Vec<String> = (0..60)
        .map(|i| {
            let from = if i == 0 { "input".into() } else { format!("n{}", i - 1) };
            format!(
                r#"{{"name":"n{i}","inputs":["{from}"],"kind":"conv","maps":8,"channels":{{"groups":2}},"window":{{"kernel":[1,1]}}}}"#
            )
        })
        .collect();
    let added: Vec<String> = (0..60)
        .map(|i| {
            let from = if i == 0 { "input".into() } else { format!("a{}", i - 1) };
            let one = r#""extent":{"window":{"window":{"kernel":[1,1]},"ceil":false}}"#;
            format!(
                r#"{{"name":"p{i}","inputs":["{from}"],"kind":"pool_max",{one}}},{{"name":"a{i}","inputs":["{from}","p{i}"],"kind":"add"}}"#
            )
        })
        .collect();
    for nodes in [grouped.join(","), added.join(",")] {
        let network = made_of(4, &nodes).expect("valid");
        let fields = Fields::of(&network);
        let last = network.nodes().len() - 1;
        assert_eq!(fields.map(&network, last, 7).size, [1, 1]);
    }
}

#[test]
fn a_field_of_too_many_pieces_is_its_box_and_no_longer_exact() {
    let conv = |name: &str, from: &str, kernel: usize, dilation: usize| {
        format!(
            r#"{{"name":"{name}","inputs":["{from}"],"kind":"conv","maps":1,"window":{{"kernel":[{kernel},1],
               "dilation":[{dilation},1],"padding":{{"top":65536,"bottom":65536,"left":0,"right":0}}}}}}"#
        )
    };
    let nodes = [conv("a", "input", 30_000, 2), conv("b", "a", 20_000, 3)].join(",");
    let network = made_of(4, &nodes).expect("valid");
    let field = Fields::of(&network).node(2);
    assert_eq!((field.size[0], field.exact), (29_999 * 2 + 19_999 * 3 + 1, false));
}

#[test]
fn a_reach_beyond_all_measure_is_refused_by_name() {
    let strided = (0..6).map(|i| {
        let from = if i == 0 { "input".into() } else { format!("n{}", i - 1) };
        format!(
            r#"{{"name":"n{i}","inputs":["{from}"],"kind":"conv","maps":1,"window":{{"kernel":[1,1],"stride":[65536,65536]}}}}"#
        )
    });
    let error = made_of(4, &strided.collect::<Vec<_>>().join(",")).expect_err("refused");
    assert!(error.to_string().contains("node n2"), "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn fields_are_what_a_walk_over_all_taps_finds(network in branching()) {
        let fields = Fields::of(&network);
        let last = network.nodes().len() - 1;
        let mut all = BTreeSet::new();
        for map in 0..network.nodes()[last].output[0] {
            let mut seen = BTreeSet::new();
            brute_force(&network, last, map, 0, 0, &mut seen);
            let [y0, x0, y1, x1] = bounds(&seen);
            let field = fields.map(&network, last, map);
            prop_assert_eq!(field.start, [y0, x0]);
            prop_assert_eq!(field.size, [y0.abs_diff(y1), x0.abs_diff(x1)]);
            prop_assert_eq!(field.exact, seen.len() as u64 == field.size[0] * field.size[1]);
            let region = trace(&network, last, [map, 0, 0]).pop().expect("reaches the image");
            let b = region.bounds;
            prop_assert_eq!([b.y0, b.x0, b.y1, b.x1], [y0, x0, y1, x1]);
            all.extend(seen);
        }
        let [y0, x0, y1, x1] = bounds(&all);
        let field = fields.node(last);
        prop_assert_eq!(field.start, [y0, x0]);
        prop_assert_eq!(field.size, [y0.abs_diff(y1), x0.abs_diff(x1)]);
        prop_assert_eq!(field.exact, all.len() as u64 == field.size[0] * field.size[1]);
        // The field of the next unit lies one jump further.
        let mut next = BTreeSet::new();
        brute_force(&network, last, 0, 1, 1, &mut next);
        let mut here = BTreeSet::new();
        brute_force(&network, last, 0, 0, 0, &mut here);
        let moved: BTreeSet<_> = here.iter().map(|&(y, x)| (y + field.jump[0], x + field.jump[1])).collect();
        prop_assert_eq!(next, moved);
    }
}
