//! `describe` against the published figures (`networks.md`), all fields of the contract present.

use serde::Deserialize;

use super::run;

/// Every field of the contract, and no other.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "that they are there is what is tested")]
struct Report {
    name: String,
    title: String,
    year: u16,
    source: String,
    input: [usize; 3],
    weights_fit: bool,
    nodes: Vec<Node>,
    totals: Totals,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "that they are there is what is tested")]
struct Node {
    name: String,
    kind: String,
    inputs: Vec<String>,
    output: [usize; 3],
    kernel: Option<[usize; 2]>,
    stride: Option<[usize; 2]>,
    dilation: Option<[usize; 2]>,
    padding: Option<[usize; 4]>,
    groups: Option<usize>,
    activation: Option<String>,
    params: u128,
    constants: u128,
    connections: u128,
    macs: u128,
    receptive_field: [u64; 2],
    jump: [i64; 2],
    start: [i64; 2],
    exact: bool,
    formula: Formula,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "that they are there is what is tested")]
struct Formula {
    params: String,
    macs: String,
    connections: String,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Totals {
    params: u128,
    constants: u128,
    connections: u128,
    macs: u128,
}

fn describe(line: &str) -> Report {
    run(&format!("describe {line} --format json")).json()
}

#[test]
fn lenet5_of_1998_as_published() {
    let report = describe("lenet5");
    assert_eq!((report.name.as_str(), report.year, report.input), ("lenet5", 1998, [1, 32, 32]));
    let row =
        |node: &Node| (node.name.clone(), node.output, node.params, node.connections, node.macs);
    let rows: Vec<_> = report.nodes.iter().map(row).collect();
    let row = |name: &str, output, params, connections, macs| {
        (name.to_owned(), output, params, connections, macs)
    };
    assert_eq!(
        rows,
        [
            row("input", [1, 32, 32], 0, 0, 0),
            row("C1", [6, 28, 28], 156, 122_304, 117_600),
            row("S2", [6, 14, 14], 12, 5_880, 0),
            row("C3", [16, 10, 10], 1_516, 151_600, 150_000),
            row("S4", [16, 5, 5], 32, 2_000, 0),
            row("C5", [120, 1, 1], 48_120, 48_120, 48_000),
            row("F6", [84, 1, 1], 10_164, 10_164, 10_080),
            row("OUTPUT", [10, 1, 1], 0, 840, 840),
        ]
    );
    let fields: Vec<_> =
        report.nodes.iter().map(|node| (node.receptive_field[0], node.jump[0])).collect();
    assert_eq!(fields[..6], [(1, 1), (5, 1), (6, 2), (14, 2), (16, 4), (32, 4)]);
    let totals = Totals { params: 60_000, constants: 840, connections: 340_908, macs: 326_520 };
    assert_eq!(report.totals, totals);
    assert!(report.weights_fit);
}

#[test]
fn the_modern_lenet5_has_a_softmax_and_all_links() {
    let report = describe("lenet5-modern");
    let totals = Totals { params: 61_706, constants: 0, connections: 429_342, macs: 416_520 };
    assert_eq!(report.totals, totals);
    let macs: Vec<_> = report.nodes.iter().map(|node| node.macs).filter(|&n| n > 0).collect();
    assert_eq!(macs, [117_600, 240_000, 48_000, 10_080, 840]);
    let last = report.nodes.last().unwrap();
    assert_eq!((last.name.as_str(), last.kind.as_str()), ("softmax", "softmax"));
    let c3 = report.nodes.iter().find(|node| node.name == "C3").unwrap();
    assert_eq!((c3.kernel, c3.groups), (Some([5, 5]), Some(1)));
    assert_eq!(c3.formula.params, "16 × (6·5·5 + 1)");
}

#[test]
fn what_has_no_window_says_null() {
    let report = describe("lenet5");
    let f6 = report.nodes.iter().find(|node| node.name == "F6").unwrap();
    assert_eq!((f6.kernel, f6.stride, f6.dilation, f6.padding), (None, None, None, None));
    assert_eq!((f6.groups, f6.activation.as_deref()), (None, Some("scaled_tanh")));
    let output = report.nodes.last().unwrap();
    assert_eq!(output.activation, None);
}

#[test]
fn another_input_size_derives_every_shape_anew() {
    let report = describe("lenet5 --input 1x48x40");
    let shape = |name: &str| report.nodes.iter().find(|node| node.name == name).unwrap().output;
    assert_eq!(report.input, [1, 48, 40]);
    assert_eq!((shape("C1"), shape("C5")), ([6, 44, 36], [120, 5, 3]));
    assert!(!report.weights_fit, "F6 gets 15 times as many inputs");
    assert!(describe("lenet5 --input 1x32x32").weights_fit);
}

#[test]
fn a_vanishing_shape_names_its_node() {
    assert!(run("describe lenet5 --input 1x3x3").refused().contains("C1"));
    assert!(run("describe lenet5 --input 1x28x28").refused().contains("C5"));
    assert!(run("describe lenet5 --input 0x32x32").refused().contains("input"));
    run("describe lenet5 --input 4294967296x4294967296x4294967296").refused();
}

#[test]
fn the_table_is_for_people() {
    let ran = run("describe lenet5");
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    for text in ["60,000", "340,908", "16 @ 10×10", "5×5", "= 6 × (3·5·5 + 1) + 9 × (4·5·5 + 1)"]
    {
        assert!(ran.stdout.contains(text), "no {text} in\n{}", ran.stdout);
    }
}

#[test]
fn a_network_of_ones_own_comes_from_a_json_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("Tiny.JSON");
    let text = r#"{"name": "tiny", "title": "Tiny", "nodes": [
        {"name": "input", "kind": "input", "shape": [1, 4, 4]},
        {"name": "C1", "inputs": ["input"], "kind": "conv", "maps": 2,
         "window": {"kernel": [3, 3]}, "activation": "relu"}]}"#;
    std::fs::write(&path, text).unwrap();
    let report = describe(path.to_str().unwrap());
    assert_eq!((report.name.as_str(), report.totals.params), ("tiny", 20));
}
