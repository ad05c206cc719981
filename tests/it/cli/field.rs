//! `field`: boxes and channels, back to the image.

use serde::Deserialize;

use super::{TINY, convscope, run};

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
    effective: Option<Effective>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Effective {
    image: Option<String>,
    weights: String,
    images: usize,
    live: usize,
    maximum: f64,
    energy_in_quarter: Option<f64>,
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

/// The report of an effective field, and the picture.
fn effective(line: &str) -> (Report, image::RgbaImage) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("field.png");
    let report = field(&format!("{line} -o {} --backend cpu", path.display()));
    (report, image::open(&path).unwrap().into_rgba8())
}

/// Pixels that are clearly magenta, and their bounds: left, top, right, bottom.
fn magenta(image: &image::RgbaImage) -> (usize, [u32; 4]) {
    let mut bounds = [u32::MAX, u32::MAX, 0, 0];
    let mut count = 0;
    for (x, y, pixel) in image.enumerate_pixels() {
        let [r, g, b, _] = pixel.0;
        if r > g.saturating_add(60) && b > g.saturating_add(20) {
            let [left, top, right, bottom] = bounds;
            bounds = [left.min(x), top.min(y), right.max(x), bottom.max(y)];
            count += 1;
        }
    }
    (count, bounds)
}

#[test]
fn the_effective_field_of_a_unit_is_drawn_inside_its_box() {
    let (report, image) = effective("lenet5 --layer S4 --unit 3,2,2 --effective digit:7");
    assert_eq!(report.clipped, bounds([8, 8, 24, 24]));
    let found = report.effective.expect("asked for");
    assert!(found.image.as_ref().is_some_and(|name| name.contains("#0007")), "{found:?}");
    assert_eq!((found.weights.as_str(), found.images, found.live), ("bundled", 1, 1));
    let share = found.energy_in_quarter.expect("not silent");
    assert!(found.maximum > 0.0 && share > 0.05 && share < 1.0, "{found:?}");
    assert_eq!(image.dimensions(), (32 * 8 + 8, 32 * 8 + 8));
    let (count, [left, top, right, bottom]) = magenta(&image);
    assert!(count > 1000, "{count}");
    // The picture begins four pixels from the border; the box is columns and rows 8 to 23.
    let [first, last] = [4 + 8 * 8, 4 + 24 * 8 - 1];
    assert!(left >= first && top >= first && right <= last && bottom <= last);
}

#[test]
fn the_average_is_over_all_test_digits() {
    let (report, image) = effective("lenet5 --layer S4 --unit 3,2,2 --average");
    let found = report.effective.expect("asked for");
    assert_eq!((found.image.as_deref(), found.images, found.live), (None, 1000, 1000));
    // The mean of many lies on no one's picture: beside the box there is plain paper.
    for (x, y) in [(4, 4), (20, 250), (250, 20), (130, 40)] {
        let pixel = image.get_pixel(x, y).0;
        assert!(pixel.iter().all(|&part| part > 240), "{pixel:?} at {x},{y}");
    }
    let share = found.energy_in_quarter.expect("not silent");
    assert!((0.3..0.5).contains(&share), "{share}");
    assert!(magenta(&image).0 > 2000);
}

#[test]
fn without_being_asked_for_the_report_is_the_contracts() {
    let ran = run("field lenet5 --layer C3 --unit 7,4,6 --format json");
    assert!(!ran.stdout.contains("effective"), "{}", ran.stdout);
}

#[test]
fn the_table_says_what_the_central_quarter_of_the_box_holds() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("field.png");
    let line = format!(
        "field lenet5 --layer S4 --unit 3,2,2 --effective digit:7 -o {} --backend cpu",
        path.display()
    );
    let ran = run(&line);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    for words in [
        "|gradient| on #0007",
        "the bundled weights",
        "% of Σ gradient² in the central quarter of the box",
        "16×16",
    ] {
        assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
    }
    let twin = folder.path().join("twin.png");
    let drawn = run(&format!(
        "render field lenet5 digit:7 --layer S4 --unit 3,2,2 --effective -o {} --backend cpu",
        twin.display()
    ));
    assert_eq!(drawn.code, Some(0), "{drawn:?}");
    assert_eq!(std::fs::read(path).unwrap(), std::fs::read(twin).unwrap());
}

#[test]
fn untrained_weights_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let (network, out) = (folder.path().join("tiny.json"), folder.path().join("field.png"));
    std::fs::write(&network, TINY).unwrap();
    let line = format!(
        "field {} --layer C1 --unit 0,4,4 --effective digit:7 --backend cpu --format json -o {}",
        network.display(),
        out.display()
    );
    let ran = run(&line);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("random"), "{ran:?}");
    let report: Report = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(report.effective.unwrap().weights, "random");
}

#[test]
fn an_effective_field_needs_a_map_digits_and_somewhere_to_go() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("field.png");
    let out = out.to_str().unwrap();
    let ask = |line: &str| convscope(line.split(' ').chain(["-o", out]));
    let ran = ask("field lenet5 --layer S4 --unit 2,2 --effective digit:7");
    assert!(ran.refused().contains("S4"), "{ran:?}");
    let photos = TINY.replace(r#""title""#, r#""domain": "photo", "title""#);
    let network = folder.path().join("photos.json");
    std::fs::write(&network, photos).unwrap();
    let line = "--layer C1 --unit 0,2,2 --average";
    let ran = ask(&format!("field {} {line}", network.display()));
    assert!(ran.refused().contains("photos"), "{ran:?}");
    let ran = ask("field lenet5 --layer S4 --unit 3,2,2 --effective digit:5000");
    assert!(ran.refused().contains("4999"), "{ran:?}");
    assert!(!std::path::Path::new(out).exists());
    for line in [
        "--effective digit:7",
        "-o x.png",
        "--average",
        "--effective digit:7 --average -o x.png",
        "--weights x",
        "--backend cpu",
    ] {
        let ran = run(&format!("field lenet5 --layer S4 --unit 3,2,2 {line}"));
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{line}: {ran:?}");
    }
}
