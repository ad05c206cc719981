//! `train` and `eval` on folders of images, and on Fashion-MNIST.

use std::path::Path;

use convscope::array::TensorFile;
use convscope::data::digits;
use image::{GrayImage, Rgb, RgbImage};
use serde::Deserialize;
use tempfile::TempDir;

use super::{Ran, TINY, run};

/// A network for small colour pictures of two classes.
const COLOUR: &str = r#"{"name": "colour", "title": "Colour", "nodes": [
    {"name": "input", "kind": "input", "shape": [3, 12, 12]},
    {"name": "C1", "inputs": ["input"], "kind": "conv", "maps": 4,
     "window": {"kernel": [3, 3], "stride": [3, 3]}, "activation": "relu"},
    {"name": "OUTPUT", "inputs": ["C1"], "kind": "linear", "output": [2, 1, 1]},
    {"name": "softmax", "inputs": ["OUTPUT"], "kind": "softmax"}]}"#;

#[derive(Deserialize)]
struct Judged {
    split: String,
    count: usize,
    accuracy: f64,
}

/// A folder with networks, and pictures in `set`.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("tiny.json"), TINY).unwrap();
        std::fs::write(folder.path().join("colour.json"), COLOUR).unwrap();
        Self(folder)
    }

    /// A picture's path, whose folder is there.
    fn file(&self, name: &str) -> std::path::PathBuf {
        let path = self.0.path().join("set").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        path
    }

    fn run(&self, line: &str) -> Ran {
        run(&line.replace('@', &self.0.path().display().to_string()))
    }

    fn judged(&self, line: &str) -> (Judged, String) {
        let ran = self.run(line);
        assert_eq!(ran.code, Some(0), "{ran:?}");
        (serde_json::from_str(&ran.stdout).expect("the JSON of the contract"), ran.stderr)
    }
}

/// Twenty reddish and twenty bluish pictures of many sizes.
fn paint(place: &Place) {
    for number in 0..20u32 {
        let side = 8 + number;
        let noise = move |x: u32, y: u32| ((x * 7 + y * 13 + number) % 60) as u8;
        RgbImage::from_fn(side, side + 3, |x, y| Rgb([200 + noise(x, y) / 2, 60, noise(x, y)]))
            .save(place.file(&format!("red/{number}.png")))
            .unwrap();
        RgbImage::from_fn(side + 5, side, |x, y| Rgb([noise(x, y), 60, 200 + noise(x, y) / 2]))
            .save(place.file(&format!("blue/{number}.png")))
            .unwrap();
    }
}

#[test]
fn a_colour_network_learns_pictures_and_its_weights_say_how_they_are_prepared() {
    let place = Place::new();
    paint(&place);
    std::fs::write(place.file("red/notes.txt"), "text").unwrap();
    let train = "train @/colour.json --data @/set --epochs 30 --batch 8 --lr 0.01";
    let ran = place.run(&format!("{train} -o @/t.safetensors"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stdout.contains("32 images"), "{ran:?}");
    assert!(ran.stderr.contains("no images of the set: 1 in"), "{ran:?}");
    let file = TensorFile::read(&place.0.path().join("t.safetensors")).unwrap();
    assert!(file.metadata["source"].contains("32 images of the folder set"));
    let stages = &file.metadata["preprocessing"];
    assert!(stages.contains("fit_within") && !stages.contains("grey"), "{stages}");

    let eval = "eval @/colour.json --weights @/t.safetensors --data @/set --format json";
    let (judged, said) = place.judged(eval);
    assert_eq!((judged.split.as_str(), judged.count), ("test", 8));
    assert!(judged.accuracy > 0.99, "{}", judged.accuracy);
    assert!(said.contains("judging the test split"), "{said}");
    let (judged, _) = place.judged(&format!("{eval} --split all"));
    assert_eq!((judged.split.as_str(), judged.count), ("all", 40));
    let (judged, _) = place.judged(&format!("{eval} --split train"));
    assert_eq!(judged.count, 32);
    let table = place.run(&eval.replace("format json", "format table"));
    assert!(table.stdout.contains("0 blue") && table.stdout.contains("1 red"), "{table:?}");
    // A single picture goes the same way.
    let forward = "forward @/colour.json @/set/red/3.png --weights @/t.safetensors --format json";
    let ran = place.run(forward);
    // Natural order: blue is 0, red 1.
    assert!(ran.stdout.starts_with(r#"{"top":[{"index":1,"#), "{ran:?}");
}

/// The sheet is the network's input, a square or not: what was trained can be used.
#[test]
fn a_network_that_is_no_square_is_judged_on_what_it_learned() {
    let place = Place::new();
    paint(&place);
    let wide = COLOUR.replace("[3, 12, 12]", "[3, 9, 18]");
    std::fs::write(place.0.path().join("wide.json"), wide).unwrap();
    let train = "train @/wide.json --data @/set --epochs 30 --batch 8 --lr 0.01";
    let ran = place.run(&format!("{train} -o @/w.safetensors"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let with = "--weights @/w.safetensors --format json";
    let (judged, _) = place.judged(&format!("eval @/wide.json --data @/set {with}"));
    assert_eq!(judged.count, 8);
    assert!(judged.accuracy > 0.99, "{}", judged.accuracy);
    let ran = place.run(&format!("forward @/wide.json @/set/red/3.png {with}"));
    assert!(ran.stdout.starts_with(r#"{"top":[{"index":1,"#), "{ran:?}");

    // Digits, which are already as they should be, too.
    let wide = TINY.replace("[1, 28, 28]", "[1, 28, 37]");
    std::fs::write(place.0.path().join("digits.json"), wide).unwrap();
    let train = "train @/digits.json --data digits --epochs 1 --batch 64";
    let ran = place.run(&format!("{train} -o @/d.safetensors"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let with = "--weights @/d.safetensors --format json";
    let (judged, _) = place.judged(&format!("eval @/digits.json --data digits {with}"));
    assert_eq!(judged.count, 1000);
    assert!(judged.accuracy > 0.3, "{}", judged.accuracy);
    for image in ["digit:7", "@/set/red/3.png"] {
        let ran = place.run(&format!("forward @/digits.json {image} {with}"));
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
}

#[test]
fn digits_as_pictures_train_the_same_weights_as_idx_files() {
    let place = Place::new();
    let all = digits::bundled();
    // As pictures, class by class in natural order; as idx files, in the same order.
    let mut numbers: Vec<usize> = (0..100).collect();
    numbers.sort_by_key(|&number| (all.labels()[number], number));
    for &number in &numbers {
        let image = GrayImage::from_raw(28, 28, all.image(number).to_vec()).unwrap();
        for split in ["train", "test"] {
            let name = format!("{split}/{}/{number}.png", all.labels()[number]);
            image.save(place.file(&name)).unwrap();
        }
    }
    let idx = place.0.path().join("idx");
    write_idx(&idx, &numbers);
    let train = "train @/tiny.json --epochs 1 --batch 16 --exclude-bundled-test";
    for (data, name) in [("set", "a"), ("idx", "b")] {
        let ran = place.run(&format!("{train} --data @/{data} -o @/{name}.safetensors"));
        assert_eq!(ran.code, Some(0), "{ran:?}");
    }
    let [a, b] = ["a", "b"].map(|name| {
        TensorFile::read(&place.0.path().join(format!("{name}.safetensors"))).unwrap().tensors
    });
    assert_eq!(a, b);
}

fn write_idx(folder: &Path, numbers: &[usize]) {
    std::fs::create_dir(folder).unwrap();
    let set = digits::bundled().subset(numbers.iter().copied());
    let word = |number: usize| (number as u32).to_be_bytes();
    let count = word(numbers.len());
    let images = [&[0, 0, 8, 3], &count[..], &word(28), &word(28), set.pixels()].concat();
    let labels = [&[0, 0, 8, 1], &count[..], set.labels()].concat();
    std::fs::write(folder.join("train-images-idx3-ubyte"), images).unwrap();
    std::fs::write(folder.join("train-labels-idx1-ubyte"), labels).unwrap();
}

#[test]
fn sets_that_do_not_fit_the_network_are_refused_in_a_sentence() {
    let place = Place::new();
    paint(&place);
    let refused = |line: &str, texts: &[&str]| {
        let ran = place.run(line);
        let said = ran.refused();
        assert!(texts.iter().all(|text| said.contains(text)), "{line}: {said}");
    };
    // Ten outputs for two classes.
    refused(
        "train @/tiny.json --data @/set -o @/t.safetensors",
        &["10 classes", "2 folders", "set"],
    );
    refused("eval lenet5 --data @/set", &["10 classes", "2 folders", "set"]);
    // Grey digits for a colour network.
    refused(
        "train @/colour.json --data digits -o @/t.safetensors",
        &["[3, 12, 12]", "[1, 28, 28]"],
    );
    std::fs::write(place.file("red/1.png"), "no picture").unwrap();
    refused("train @/colour.json --data @/set -o @/t.safetensors", &["red/1.png"]);
    std::fs::create_dir(place.0.path().join("empty")).unwrap();
    refused(
        "train @/colour.json --data @/empty -o @/t.safetensors",
        &["idx files", "folders", "empty"],
    );
    assert!(!place.0.path().join("t.safetensors").exists());
}

#[test]
fn without_fashion_mnist_it_is_said_how_to_get_it() {
    let ran = run("eval lenet5-modern --data fashion --format json");
    if ran.code == Some(0) {
        let judged: Judged = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!((judged.split.as_str(), judged.count), ("test", 10_000));
    } else {
        assert!(ran.refused().contains("apt install dataset-fashion-mnist"), "{ran:?}");
    }
}
