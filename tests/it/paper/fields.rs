//! The recurrence as a table and as LaTeX, where rows and columns are unlike and windows have holes.

use convscope::network::Network;
use convscope::network::receptive::Fields;
use convscope::network::receptive::growth::{Growth, growth};
use convscope::paper::fields::{csv, latex};

const LOPSIDED: &str = r#"{"name": "lopsided", "title": "Lopsided", "nodes": [
    {"name": "input", "kind": "input", "shape": [1, 20, 20]},
    {"name": "C1", "inputs": ["input"], "kind": "conv", "maps": 1, "window":
     {"kernel": [3, 5], "dilation": [2, 1], "stride": [1, 2],
      "padding": {"top": 1, "bottom": 0, "left": 2, "right": 2}}}]}"#;

fn grown(text: &str) -> (Network, Vec<Growth>) {
    let network: Network = serde_json::from_str(text).unwrap();
    let rows = growth(&network, &Fields::of(&network));
    (network, rows)
}

#[test]
fn the_table_has_both_axes() {
    let (network, rows) = grown(LOPSIDED);
    let text = csv(&network, &rows);
    let lines: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert!(lines.iter().all(|line| line.len() == lines[0].len()), "{text}");
    assert_eq!(
        lines[2],
        "C1,3,5,1,2,1,0,2,2,2,1,5,5,1,2,-1,-2,false".split(',').collect::<Vec<_>>()
    );
}

#[test]
fn the_recurrence_has_the_dilation_and_a_line_per_axis() {
    let (network, rows) = grown(LOPSIDED);
    let text = latex(&network, &rows);
    assert!(text.contains("(k_l - 1)\\, d_l\\, j_{l-1}"), "{text}");
    assert!(text.contains("r_{1}^{\\mathrm{h}} &= 1 + 2 \\cdot 2 \\cdot 1 = 5"), "{text}");
    assert!(text.contains("r_{1}^{\\mathrm{w}} &= 1 + 4 \\cdot 1 = 5"), "{text}");
    assert!(text.contains("j_{1}^{\\mathrm{w}} &= 1 \\cdot 2 = 2"), "{text}");
    let (network, rows) = grown(
        &LOPSIDED
            .replace("[3, 5]", "[3, 3]")
            .replace("[2, 1]", "[2, 2]")
            .replace("[1, 2]", "[1, 1]")
            .replace("\"left\": 2, \"right\": 2", "\"left\": 1, \"right\": 0"),
    );
    let text = latex(&network, &rows);
    assert!(
        text.contains("r_{1} &= 1 + 2 \\cdot 2 \\cdot 1 = 5") && !text.contains("mathrm"),
        "{text}"
    );
}
