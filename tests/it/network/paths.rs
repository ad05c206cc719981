//! Path counts against figures done by hand, and against walking every single way.

use std::collections::{BTreeMap, BTreeSet};

use convscope::network::connectivity::reads;
use convscope::network::receptive::{Bounds, MOST_CELLS, NotCounted, paths, paths_through};
use convscope::network::stack::{Stack, StackLayer};
use convscope::network::{Network, zoo};
use proptest::prelude::*;

use super::made_up::branching;

/// Nodes behind an image of one map.
fn behind(side: usize, nodes: &[String]) -> Network {
    let text = format!(
        r#"{{"name":"n","title":"N","nodes":[{{"name":"input","kind":"input","shape":[1,{side},{side}]}},{}]}}"#,
        nodes.join(",")
    );
    serde_json::from_str(&text).expect("valid")
}

/// A convolution of 3×3 with padding 1.
fn three(name: &str, from: &str) -> String {
    format!(
        r#"{{"name":"{name}","inputs":["{from}"],"kind":"conv","maps":1,"window":{{"kernel":[3,3],
            "padding":{{"top":1,"bottom":1,"left":1,"right":1}}}}}}"#
    )
}

#[test]
fn from_the_corner_of_s4s_field_leads_one_way_and_from_the_middle_a_hundred() {
    let network = zoo::lenet5();
    let s4 = network.index_of("S4").expect("there");
    let paths = paths(&network, s4, [2, 2]).expect("few");
    assert_eq!(paths.bounds, Bounds { y0: 8, x0: 8, y1: 24, x1: 24 });
    // Windows of 5, 2, 5 and 2 with steps of 1, 2, 1 and 2, along one axis.
    let line: [u128; 16] = [1, 2, 4, 6, 8, 9, 10, 10, 10, 10, 9, 8, 6, 4, 2, 1];
    let square: Vec<u128> = line.iter().flat_map(|y| line.map(|x| y * x)).collect();
    assert_eq!(paths.counts, square);
    assert_eq!((paths.at([8, 8]), paths.most(), paths.at([7, 8])), (1, 100, 0));
    assert_eq!(paths.total(), Ok(100 * 100));
}

#[test]
fn nodes_in_between_have_their_own_counts() {
    let network = zoo::lenet5();
    let s4 = network.index_of("S4").expect("there");
    let all = paths_through(&network, s4, [2, 2]).expect("few");
    let figures: Vec<_> = all
        .iter()
        .map(|node| {
            let name = network.nodes()[node.node].name.as_str();
            (name, node.paths.bounds.sides(), node.paths.most())
        })
        .collect();
    let expected = [
        ("S4", [1, 1], 1),
        ("C3", [2, 2], 1),
        ("S2", [6, 6], 4),
        ("C1", [12, 12], 4),
        ("input", [16, 16], 100),
    ];
    assert_eq!(figures, expected);
}

#[test]
fn two_kernels_of_three_have_eighty_one_ways() {
    let network = behind(9, &[three("a", "input"), three("b", "a")]);
    let inside = paths(&network, 2, [4, 4]).expect("few");
    assert_eq!(inside.total(), Ok(81));
    assert_eq!(inside.counts[10..15], [3, 6, 9, 6, 3]);
    // In the corner, ways through the padding are none.
    let corner = paths(&network, 2, [0, 0]).expect("few");
    assert_eq!(corner.bounds, Bounds { y0: 0, x0: 0, y1: 3, x1: 3 });
    assert_eq!(corner.counts, [4, 4, 2, 4, 4, 2, 2, 2, 1]);
}

#[test]
fn a_fully_connected_node_reads_all_and_the_image_is_its_own_way() {
    let network = zoo::lenet5();
    let of = |name: &str, place| {
        paths(&network, network.index_of(name).expect("there"), place).expect("few")
    };
    assert_eq!(of("input", [3, 5]).counts, [1]);
    // A node of 1×1 behind it does not change the ways.
    assert_eq!(of("F6", [0, 0]), of("C5", [0, 0]));
    assert_eq!(of("C5", [0, 0]).bounds, Bounds { y0: 0, x0: 0, y1: 32, x1: 32 });
}

#[test]
fn deep_chains_are_counted_and_too_many_ways_are_refused() {
    let doubled = |depth: usize| {
        let nodes: Vec<String> = (0..depth)
            .map(|i| {
                let from = if i == 0 { "input".into() } else { format!("n{}", i - 1) };
                let one = r#""extent":{"window":{"window":{"kernel":[1,1]},"ceil":false}}"#;
                format!(
                    r#"{{"name":"p{i}","inputs":["{from}"],"kind":"pool_max",{one}}},
                       {{"name":"n{i}","inputs":["{from}","p{i}"],"kind":"add"}}"#
                )
            })
            .collect();
        let network = behind(4, &nodes);
        paths(&network, network.nodes().len() - 1, [1, 1]).map(|paths| paths.counts)
    };
    assert_eq!(doubled(99), Ok(vec![1 << 99]));
    assert_eq!(doubled(100), Err(NotCounted::Ways), "2^100 is above 10^30");
    assert_eq!(doubled(300), Err(NotCounted::Ways));
}

#[test]
fn more_cells_than_fit_in_memory_are_refused_before_any_is_reserved() {
    let stack = Stack::of(512, [StackLayer::conv(63, 31); 40]);
    let network = stack.network().expect("a stack");
    let last = network.nodes().len() - 1;
    let Err(NotCounted::Cells(refused)) = paths_through(&network, last, [255, 255]) else {
        panic!("not refused for its cells")
    };
    // All cells of most layers.
    assert!(refused > (30 * 512 * 512).max(MOST_CELLS), "{refused}");
    assert!(paths(&network, 4, [255, 255]).is_ok());
}

/// Adds one for every way that ends on the image.
fn walk_all(
    network: &Network,
    node: usize,
    [y, x]: [i64; 2],
    found: &mut BTreeMap<[i64; 2], u128>,
) {
    let [maps, rows, columns] = network.nodes()[node].output;
    if y < 0 || x < 0 || y >= rows as i64 || x >= columns as i64 {
        return;
    }
    if node == 0 {
        *found.entry([y, x]).or_default() += 1;
        return;
    }
    // The maps of a node are taken together: what several of them read is one step.
    let mut steps = BTreeSet::new();
    for map in 0..maps {
        for reads in reads(network, node, map, y, x) {
            for row in reads.rows.positions() {
                steps.extend(reads.columns.positions().map(|column| (reads.input, row, column)));
            }
        }
    }
    for (input, row, column) in steps {
        walk_all(network, network.nodes()[node].inputs[input], [row, column], found);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn counts_are_what_walking_every_way_finds(
        network in branching(),
        place in (0.0..1.0, 0.0..1.0),
    ) {
        let last = network.nodes().len() - 1;
        let [_, rows, columns] = network.nodes()[last].output;
        let place = [(place.0 * rows as f64) as usize, (place.1 * columns as f64) as usize];
        let paths = paths(&network, last, place).expect("few");
        let mut found = BTreeMap::new();
        walk_all(&network, last, place.map(|at| at as i64), &mut found);
        let [_, height, width] = network.input();
        for y in 0..height as i64 {
            for x in 0..width as i64 {
                let expected = found.get(&[y, x]).copied().unwrap_or(0);
                prop_assert_eq!(paths.at([y, x]), expected, "{} {}", y, x);
            }
        }
        prop_assert_eq!(paths.total(), Ok(found.values().sum()));
    }
}
