//! `field`: boxes and channels, back to the image.

use serde::Deserialize;

use super::run;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    layer: String,
    unit: Vec<usize>,
    size: [u64; 2],
    jump: [i64; 2],
    start: [i64; 2],
    exact: bool,
    r#box: Bounds,
    clipped: Bounds,
    layers: Vec<Layer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Bounds {
    y0: i64,
    x0: i64,
    y1: i64,
    x1: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Layer {
    node: String,
    r#box: Bounds,
    channels: Vec<usize>,
}

fn field(line: &str) -> Report {
    run(&format!("field {line} --format json")).json()
}

fn bounds([y0, x0, y1, x1]: [i64; 4]) -> Bounds {
    Bounds { y0, x0, y1, x1 }
}

#[test]
fn map_7_of_c3_sees_maps_1_to_4_of_s2() {
    let report = field("lenet5 --layer C3 --unit 7,4,6");
    assert_eq!((report.layer.as_str(), report.unit), ("C3", vec![7, 4, 6]));
    assert_eq!((report.size, report.jump, report.start), ([14, 14], [2, 2], [0, 0]));
    assert!(report.exact);
    assert_eq!(report.r#box, bounds([8, 12, 22, 26]));
    assert_eq!(report.clipped, report.r#box);
    let names: Vec<_> = report.layers.iter().map(|layer| layer.node.as_str()).collect();
    assert_eq!(names, ["C3", "S2", "C1", "input"]);
    assert_eq!(report.layers[0].channels, [7]);
    assert_eq!(report.layers[1].channels, [1, 2, 3, 4]);
    assert_eq!(report.layers[1].r#box, bounds([4, 6, 9, 11]));
    assert_eq!(report.layers[3].channels, [0]);
}

#[test]
fn without_a_map_all_maps_count() {
    let report = field("lenet5 --layer C3 --unit 4,6");
    assert_eq!(report.unit, [4, 6]);
    assert_eq!(report.layers[0].channels, (0..16).collect::<Vec<_>>());
    assert_eq!(report.layers[1].channels, (0..6).collect::<Vec<_>>());
}

#[test]
fn a_field_beyond_the_border_is_clipped_to_the_image() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("padded.json");
    let text = r#"{"name": "padded", "title": "Padded", "nodes": [
        {"name": "input", "kind": "input", "shape": [1, 4, 4]},
        {"name": "C1", "inputs": ["input"], "kind": "conv", "maps": 1, "window":
         {"kernel": [3, 3], "padding": {"top": 1, "bottom": 1, "left": 1, "right": 1}}}]}"#;
    std::fs::write(&path, text).unwrap();
    let report = field(&format!("{} --layer C1 --unit 0,0,3", path.display()));
    assert_eq!(report.start, [-1, -1]);
    assert_eq!(report.r#box, bounds([-1, 2, 2, 5]));
    assert_eq!(report.clipped, bounds([0, 2, 2, 4]));
}

#[test]
fn a_unit_that_is_not_there_is_told_the_ranges() {
    for unit in ["16,0,0", "0,10,0", "10,0", "99999999999999999999,0,0"] {
        let ran = run(&format!("field lenet5 --layer C3 --unit {unit}"));
        let text = ran.refused();
        for range in ["0 to 15", "0 to 9"] {
            assert!(text.contains(range), "{text}");
        }
    }
}
