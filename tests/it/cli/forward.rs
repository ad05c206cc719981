//! `forward`: scores, warnings, and the dump of every activation.

use std::path::Path;

use convscope::array::TensorFile;
use serde::Deserialize;

use super::{TINY, convscope, run};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    top: Vec<Class>,
    weights: String,
    preprocessing: Vec<String>,
    lower_is_better: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    index: usize,
    label: String,
    score: f64,
    probability: f64,
}

fn forward(line: &str) -> Report {
    run(&format!("forward {line} --format json")).json()
}

#[test]
fn lenet5_ranks_squared_distances_nearest_first() {
    let report = forward("lenet5 digit:4013 --top 10");
    assert_eq!(report.weights, "bundled");
    assert!(report.lower_is_better);
    assert_eq!(report.preprocessing, ["pad", "normalise"]);
    assert_eq!(report.top.len(), 10);
    assert!(report.top.is_sorted_by(|a, b| a.score <= b.score));
    assert!(report.top.is_sorted_by(|a, b| a.probability >= b.probability));
    let sum: f64 = report.top.iter().map(|class| class.probability).sum();
    assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    assert!(report.top.iter().all(|class| class.label == class.index.to_string()));
    // Probability ∝ e^(−d²/2).
    let [first, second] = [0, 1].map(|place| &report.top[place]);
    let ratio = ((second.score - first.score) / 2.0).exp();
    assert!((first.probability / second.probability / ratio - 1.0).abs() < 1e-6);
}

#[test]
fn the_modern_lenet5_gives_scores_before_softmax() {
    let report = forward("lenet5-modern digit:4013 --top 3");
    assert!(!report.lower_is_better);
    assert_eq!(report.top.len(), 3);
    assert!(report.top.is_sorted_by(|a, b| a.score >= b.score));
}

#[test]
fn the_dump_holds_every_activation() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.safetensors");
    let ran = convscope([
        "forward".as_ref(),
        "lenet5".as_ref(),
        "digit:7".as_ref(),
        "--dump".as_ref(),
        path.as_os_str(),
    ]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let file = TensorFile::read(&path).unwrap();
    let shape = |name: &str| file.tensors[name].shape().to_vec();
    for (node, shape_of) in [
        ("input", [1, 32, 32]),
        ("C1", [6, 28, 28]),
        ("S2", [6, 14, 14]),
        ("C3", [16, 10, 10]),
        ("S4", [16, 5, 5]),
        ("C5", [120, 1, 1]),
        ("F6", [84, 1, 1]),
        ("OUTPUT", [10, 1, 1]),
    ] {
        assert_eq!(shape(node), shape_of, "{node}");
        if node != "input" {
            assert_eq!(shape(&format!("{node}.sum")), shape_of, "{node}.sum");
        }
    }
    let input = &file.tensors["input"];
    assert!((input.at([0, 0, 0]) + 0.1).abs() < 1e-6, "paper");
    let [sum, output] = ["C1.sum", "C1"].map(|name| file.tensors[name].at([2, 10, 10]));
    assert!((1.7159 * (2.0 / 3.0 * sum).tanh() - output).abs() < 1e-5);
    assert!(!Path::new(&format!("{}.partial", path.display())).exists());
}

#[test]
fn random_weights_come_with_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("tiny.json");
    std::fs::write(&path, TINY).unwrap();
    let ran = run(&format!("forward {} digit:3 --format json", path.display()));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("warning") && ran.stderr.contains("random"), "{ran:?}");
    let report: Report = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(report.weights, "random");
    let again = run(&format!("forward {} digit:3 --format json", path.display()));
    assert_eq!(ran.stdout, again.stdout, "seeded");
}

#[test]
fn a_png_of_a_digit_is_prepared_by_every_stage() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("seven.png");
    let mut paper = image::GrayImage::from_pixel(120, 160, image::Luma([250]));
    for i in 0..60 {
        for thick in 0..8 {
            paper.put_pixel(30 + i, 40 + thick, image::Luma([10]));
            paper.put_pixel(90 - i / 3 - thick, 40 + i, image::Luma([10]));
        }
    }
    paper.save(&path).unwrap();
    let report = forward(&format!("lenet5 {}", path.display()));
    assert_eq!(report.preprocessing.first().map(String::as_str), Some("fit_within"));
    assert_eq!(report.preprocessing.last().map(String::as_str), Some("normalise"));
}

#[test]
fn digits_that_are_not_there_and_files_that_are_no_pictures() {
    for digit in ["5000", "999999", "99999999999999999999999", "x", "-1", ""] {
        let ran = run(&format!("forward lenet5 digit:{digit}"));
        let text = ran.refused();
        assert!(
            text.contains(&format!("no digit {digit};")) && text.contains("0 to 4999"),
            "{text}"
        );
    }
    assert!(run("forward lenet5 /no/such/file.png").refused().contains("/no/such/file.png"));
    assert!(run("forward lenet5 /").refused().contains("folder"));
    let ran = run("forward lenet5 digit:0 --weights /no/such/weights.safetensors");
    assert!(ran.refused().contains("weights.safetensors"));
    let ran = run("forward lenet5 digit:0 --dump /no/such/folder/x.safetensors");
    assert!(ran.refused().contains("/no/such/folder"));
}

#[cfg(unix)]
#[test]
fn a_path_that_is_not_unicode_is_named_as_well_as_can_be() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let path = OsStr::from_bytes(b"/no/such/\xff\xfe.png");
    let ran = convscope([OsStr::new("forward"), OsStr::new("lenet5"), path]);
    assert!(ran.refused().contains("/no/such/\u{fffd}\u{fffd}.png"), "{ran:?}");
    let ran = convscope([OsStr::new("describe"), path]);
    assert!(ran.refused().contains("\u{fffd}"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_path_that_is_not_unicode_works() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(OsStr::from_bytes(b"\xff\xfe.json"));
    std::fs::write(&path, TINY).unwrap();
    let ran = convscope([OsStr::new("describe"), path.as_os_str()]);
    assert_eq!(ran.code, Some(0), "{ran:?}");
}
