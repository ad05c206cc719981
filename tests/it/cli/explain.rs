//! `explain`: terms, partial sums, bias and output add up and are what was computed.

use convscope::array::TensorFile;
use serde::Deserialize;

use super::run;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    layer: String,
    unit: [usize; 3],
    kind: String,
    rule: String,
    terms: Vec<Term>,
    partial_channels: Vec<usize>,
    partial_sums: Vec<f64>,
    bias: Option<f64>,
    sum: f64,
    activation: Option<String>,
    output: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Term {
    source: String,
    input: [i64; 3],
    inside: bool,
    value: f64,
    weight: Option<f64>,
    product: f64,
}

fn explain(line: &str) -> Report {
    run(&format!("explain {line} --format json")).json()
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-5 * a.abs().max(1.0)
}

#[test]
fn a_unit_of_c3_adds_up() {
    let report = explain("lenet5 digit:7 --layer C3 --unit 7,4,6");
    assert_eq!(
        (report.layer.as_str(), report.unit, report.kind.as_str()),
        ("C3", [7, 4, 6], "conv")
    );
    assert_eq!(
        (report.rule.as_str(), report.activation.as_deref()),
        ("weighted_sum", Some("scaled_tanh"))
    );
    assert_eq!((report.terms.len(), report.partial_channels), (100, vec![1, 2, 3, 4]));
    let bias = report.bias.unwrap();
    assert!(near(report.terms.iter().map(|term| term.product).sum::<f64>() + bias, report.sum));
    assert!(near(report.partial_sums.iter().sum::<f64>() + bias, report.sum));
    let first = &report.terms[0];
    assert_eq!((first.source.as_str(), first.input, first.inside), ("S2", [1, 4, 6], true));
    assert!(near(first.value * first.weight.unwrap(), first.product));
}

#[test]
fn explained_is_what_was_computed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.safetensors");
    let ran = run(&format!("forward lenet5-modern digit:7 --dump {}", path.display()));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let file = TensorFile::read(&path).unwrap();
    for (layer, unit, rule) in [
        ("C1", [1, 9, 20], "weighted_sum"),
        ("S2", [5, 13, 0], "max"),
        ("F6", [11, 0, 0], "weighted_sum"),
        ("softmax", [7, 0, 0], "softmax"),
    ] {
        let [c, y, x] = unit;
        let report = explain(&format!("lenet5-modern digit:7 --layer {layer} --unit {c},{y},{x}"));
        assert_eq!(report.rule, rule);
        assert!(near(report.output, file.tensors[layer].at(unit).into()), "{layer}");
        assert!(near(report.sum, file.tensors[&format!("{layer}.sum")].at(unit).into()), "{layer}");
    }
}

#[test]
fn the_table_is_readable_arithmetic() {
    for (line, texts) in [
        ("lenet5 digit:7 --layer C1 --unit 0,3,3", ["25 products", "input[0,3,3]", "tanh"]),
        ("lenet5 digit:7 --layer C5 --unit 0,0,0", ["400 products", "largest", "S4[15]"]),
        ("lenet5 digit:7 --layer OUTPUT --unit 2,0,0", ["84 squared", "bitmap", "output"]),
        ("lenet5-modern digit:7 --layer softmax --unit 2,0,0", ["10 exponentials", "e^", "share"]),
    ] {
        let ran = run(&format!("explain {line}"));
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        for text in texts {
            assert!(ran.stdout.contains(text), "no {text} in\n{}", ran.stdout);
        }
    }
}

#[test]
fn refusals_name_what_was_wrong() {
    let refused = |line: &str, text: &str| {
        let ran = run(&format!("explain lenet5 digit:7 {line}"));
        assert!(ran.refused().contains(text), "{ran:?}");
    };
    refused("--layer input --unit 0,0,0", "the image itself");
    refused("--layer Q9 --unit 0,0,0", "no layer Q9");
    refused("--layer C1 --unit 99,0,0", "99,0,0");
    refused("--layer C1 --unit 0,28,0", "rows 0 to 27");
    assert_eq!(run("explain lenet5 digit:7 --layer C1 --unit 0,0").code, Some(2));
}
