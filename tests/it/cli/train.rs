//! `train` and `eval`: weights that fit, remarks, refusals.

mod log;
mod resumed;
#[cfg(unix)]
mod stopped;

use std::path::{Path, PathBuf};

use convscope::array::TensorFile;
use convscope::data::digits;
use serde::Deserialize;
use tempfile::TempDir;

use super::{Ran, TINY, run};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Evaluation {
    data: String,
    split: String,
    count: usize,
    loss: f64,
    accuracy: f64,
    per_class: Vec<Option<f64>>,
    confusion: Vec<Vec<u64>>,
}

/// A folder with idx files of these bundled digits.
fn write_idx(folder: &Path, prefix: &str, range: std::ops::Range<usize>) {
    let digits = digits::bundled().subset(range);
    let count = (digits.len() as u32).to_be_bytes();
    let side = 28u32.to_be_bytes();
    let images = [&[0, 0, 8, 3], &count[..], &side, &side, digits.pixels()].concat();
    let labels = [&[0, 0, 8, 1], &count[..], digits.labels()].concat();
    std::fs::write(folder.join(format!("{prefix}-images-idx3-ubyte")), images)
        .expect("the folder can be written");
    std::fs::write(folder.join(format!("{prefix}-labels-idx1-ubyte")), labels)
        .expect("the folder can be written");
}

/// A folder for a training, with 200 digits and a tiny network.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::create_dir(folder.path().join("set")).expect("the folder can be written");
        write_idx(&folder.path().join("set"), "train", 0..200);
        std::fs::write(folder.path().join("tiny.json"), TINY).expect("the folder can be written");
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// `convscope` with `@` standing for this folder.
    fn run(&self, line: &str) -> Ran {
        run(&line.replace('@', &self.0.path().display().to_string()))
    }
}

const TRAIN: &str = "train @/tiny.json --data @/set --epochs 2 --batch 16";

#[test]
fn the_same_training_writes_the_same_bytes() {
    let place = Place::new();
    for name in ["a", "b"] {
        let ran = place.run(&format!("{TRAIN} --seed 3 --hold-out 20 -o @/{name}.safetensors"));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(ran.stdout.contains("kept aside"), "{ran:?}");
        assert!(ran.stderr.contains("epoch 2 of 2: loss"), "a line per epoch: {ran:?}");
    }
    let [a, b] = ["a", "b"].map(|name| std::fs::read(place.path(&format!("{name}.safetensors"))));
    assert!(a.unwrap() == b.unwrap(), "byte for byte");
    let file = TensorFile::read(&place.path("a.safetensors")).unwrap();
    assert_eq!(file.tensors["C1.weight"].shape(), [2, 1, 5, 5]);
    assert!(file.metadata["score"].contains("20 images"), "{:?}", file.metadata);
    assert!(
        file.metadata["source"].contains("180 images of the folder set"),
        "{:?}",
        file.metadata
    );
    assert!(file.metadata["network"].contains("\"tiny\""));
    assert!(file.metadata["preprocessing"].contains("normalise"));
}

#[test]
fn what_was_trained_can_be_used() {
    let place = Place::new();
    let ran = place.run(&format!("{TRAIN} -o @/t.safetensors --format json"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let ran = place.run("eval @/tiny.json --weights @/t.safetensors --data @/set --format json");
    assert!(ran.stderr.contains("train split"), "{ran:?}");
    let judged: Evaluation = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((judged.split.as_str(), judged.count), ("train", 200));
    assert!(judged.data.ends_with("set") && judged.loss > 0.0);
    let right: u64 = (0..10).map(|class| judged.confusion[class][class]).sum();
    assert!((right as f64 / 200.0 - judged.accuracy).abs() < 1e-12);
    let of_3: u64 = judged.confusion[3].iter().sum();
    let share = judged.confusion[3][3] as f64 / of_3 as f64;
    assert_eq!(judged.per_class[3], Some(share));
    let ran = place.run("forward @/tiny.json digit:4 --weights @/t.safetensors --format json");
    assert!(ran.code == Some(0) && ran.stdout.contains(r#""weights":"file""#), "{ran:?}");
}

#[test]
fn frozen_layers_keep_their_first_weights_and_an_unknown_one_is_refused() {
    let place = Place::new();
    let tensors = |epochs: usize, more: &str, name: &str| {
        let line = "train @/tiny.json --data @/set --batch 16 --augment none --seed 3";
        let ran = place.run(&format!("{line} --epochs {epochs} {more} -o @/{name}.safetensors"));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        TensorFile::read(&place.path(&format!("{name}.safetensors"))).unwrap().tensors
    };
    let one = tensors(1, "--freeze C1", "one");
    let two = tensors(2, "--freeze C1", "two");
    let free = tensors(1, "", "free");
    for part in ["weight", "bias"] {
        let (c1, output) = (format!("C1.{part}"), format!("OUTPUT.{part}"));
        assert_eq!(one[&c1], two[&c1], "the first weights, whatever is learned behind them");
        assert_ne!(one[&c1], free[&c1]);
        assert_ne!(one[&output], two[&output]);
    }
    let ran = place.run(&format!("{TRAIN} --freeze C1,OUTPU -o @/t.safetensors"));
    let said = ran.refused();
    let at = |name: &str| said.rfind(name).unwrap_or_else(|| panic!("no {name} in {said}"));
    assert!(said.contains("no layer OUTPU;"), "{said}");
    assert!(at("OUTPUT") < at("softmax") && at("OUTPUT") < at("C1"), "the nearest first: {said}");
    assert!(!place.path("t.safetensors").exists());
}

#[test]
fn an_existing_file_is_only_replaced_with_force() {
    let place = Place::new();
    let out = place.path("t.safetensors");
    std::fs::write(&out, "precious").unwrap();
    let ran = place.run(&format!("{TRAIN} -o @/t.safetensors"));
    assert!(ran.refused().contains("--force"), "before any training: {ran:?}");
    assert_eq!(std::fs::read(&out).unwrap(), b"precious");
    assert_eq!(place.run(&format!("{TRAIN} -o @/t.safetensors --force")).code, Some(0));
    assert!(TensorFile::read(&out).is_ok());
}

#[test]
fn bad_settings_and_sets_are_refused_before_the_work() {
    let place = Place::new();
    let refused = |line: &str, text: &str| {
        let ran = place.run(line);
        assert!(ran.refused().contains(text), "{line}: {ran:?}");
    };
    refused(&format!("{TRAIN} -o @/none/t.safetensors"), "none");
    refused(&format!("{TRAIN} -o @"), "folder");
    refused(&format!("{TRAIN} --hold-out 200 -o @/t.safetensors"), "200");
    refused(&format!("{TRAIN} --lr 0 -o @/t.safetensors"), "learning rate");
    // Finite, but not in the single precision in which weights are.
    refused(&format!("{TRAIN} --lr 1e39 -o @/t.safetensors"), "learning rate is 1e39");
    refused("train @/tiny.json --data @/set --epochs 1000001 -o @/t.safetensors", "1,000,000");
    refused("train @/tiny.json --data @/no-such-set -o @/t.safetensors", "no-such-set");
    refused("eval lenet5 --data @/no-such-set", "no-such-set");
    refused("eval @/tiny.json --data digits", "no bundled weights");
    refused("eval lenet5 --data @/set --split test", "t10k");
    assert_eq!(place.run(&format!("{TRAIN} --optimizer best -o @/t.safetensors")).code, Some(2));
    assert!(!place.path("t.safetensors").exists());
}

#[test]
fn weights_that_overflow_are_never_written() {
    let place = Place::new();
    // In its only step every weight becomes infinite, though the loss before it is as good as any.
    let line = "train @/tiny.json --data @/set --epochs 1 --batch 200 --schedule constant";
    let ran = place
        .run(&format!("{line} --optimizer sgd --lr 1000 --weight-decay 1e38 -o @/t.safetensors"));
    let said = ran.refused();
    assert!(said.contains("epoch 1") && said.contains("smaller learning rate"), "{said}");
    assert!(!place.path("t.safetensors").exists());
    assert!(!place.path("t.safetensors.checkpoint").exists());
}

/// Sixty thousand classes make a table of 29 GB, a hundred million small images on large sheets 409 GB.
#[test]
fn a_training_that_ends_worse_than_guessing_says_so() {
    let place = Place::new();
    let ran = place.run(
        "train @/tiny.json --data @/set --epochs 1 --lr 10 --optimizer sgd -o @/bad.safetensors",
    );
    assert_eq!(ran.code, Some(0));
    assert!(ran.stderr.contains("guessing, 2.30"), "{ran:?}");
}

#[test]
fn what_would_not_fit_into_memory_is_refused_before_the_work() {
    let place = Place::new();
    let many = TINY.replace(r#""kind": "conv", "maps": 2,"#, r#""kind": "conv", "maps": 1,"#);
    let many = many.replace("[5, 5]", "[28, 28]").replace("[10, 1, 1]", "[5000, 1, 1]");
    std::fs::write(place.path("many.json"), many).unwrap();
    let train = "train @/many.json --data @/set --epochs 1 --batch 100 --hold-out 20";
    let ran = place.run(&format!("{train} -o @/t.safetensors"));
    let said = ran.refused();
    assert!(said.contains("5000 classes") && said.contains("4096"), "{said}");
    assert!(!place.path("t.safetensors").exists());
    assert!(!place.path("t.safetensors.checkpoint").exists());

    let count = 300_000u32.to_be_bytes();
    let one = 1u32.to_be_bytes();
    let images = [&[0, 0, 8, 3], &count[..], &one, &one, &vec![0; 300_000]].concat();
    let labels = [&[0, 0, 8, 1], &count[..], &vec![0; 300_000]].concat();
    std::fs::create_dir(place.path("dots")).unwrap();
    std::fs::write(place.path("dots/train-images-idx3-ubyte"), images).unwrap();
    std::fs::write(place.path("dots/train-labels-idx1-ubyte"), labels).unwrap();
    let ran = place.run("eval lenet5 --data @/dots --split train");
    let said = ran.refused();
    assert!(said.contains("300000 images of 1×32×32"), "{said}");
    // All of them at once are no batch either.
    let ran = place.run("train lenet5 --data @/dots --epochs 1 --batch 1000000 -o @/t.safetensors");
    let said = ran.refused();
    assert!(said.contains("300000 images"), "{said}");
}

#[test]
fn the_bundled_test_split_can_be_left_out() {
    let place = Place::new();
    // 100 digits to learn from, 100 that the test split holds.
    write_idx(&place.path("set"), "train", 3_900..4_100);
    let ran = place.run(&format!("{TRAIN} --exclude-bundled-test -o @/t.safetensors"));
    assert!(ran.stdout.contains("100 images"), "{ran:?}");
}

#[test]
fn bundled_weights_judge_the_test_split() {
    for (network, least) in [("lenet5", 0.98), ("lenet5-modern", 0.985)] {
        let judged: Evaluation = run(&format!("eval {network} --data digits --format json")).json();
        assert_eq!((judged.data.as_str(), judged.split.as_str()), ("digits", "test"));
        assert_eq!(judged.count, 1000);
        assert!(judged.confusion.iter().all(|row| row.iter().sum::<u64>() == 100));
        assert!(judged.accuracy >= least, "{network}: {}", judged.accuracy);
    }
}
