//! `train` and `eval`: weights that fit, remarks, refusals.

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
    refused("train @/tiny.json --data @/no-such-set -o @/t.safetensors", "no-such-set");
    refused("eval lenet5 --data @/no-such-set", "no-such-set");
    refused("eval @/tiny.json --data digits", "no bundled weights");
    refused("eval lenet5 --data @/set --split test", "t10k");
    assert_eq!(place.run(&format!("{TRAIN} --optimizer best -o @/t.safetensors")).code, Some(2));
    assert!(!place.path("t.safetensors").exists());
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

/// A training in a process of its own, killed or interrupted in the middle.
#[cfg(unix)]
mod stopped {
    use std::io::{BufRead, BufReader};
    use std::process::{Child, Command, Stdio};

    use super::*;

    /// So many epochs take a second or two.
    const LINE: &str =
        "train @/tiny.json --data @/set --seed 5 --epochs 60 --batch 8 --hold-out 20";

    fn start(place: &Place, more: &str) -> Child {
        let line = format!("{LINE} {more}").replace('@', &place.0.path().display().to_string());
        Command::new(env!("CARGO_BIN_EXE_convscope"))
            .args(line.split_whitespace())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("starts")
    }

    fn signal(child: &Child, name: &str) {
        let id = child.id().to_string();
        assert!(Command::new("kill").args([name, &id]).status().expect("there is kill").success());
    }

    fn bytes(place: &Place, name: &str) -> Vec<u8> {
        std::fs::read(place.path(name)).expect("was written")
    }

    /// The epochs that a log has lines for.
    fn epochs(place: &Place, log: &str) -> Vec<usize> {
        let log = String::from_utf8(bytes(place, log)).expect("text");
        let epoch =
            |line: &str| line.split(',').next().expect("a field").parse().expect("a number");
        log.lines().skip(1).map(epoch).collect()
    }

    fn lines(child: &mut Child) -> impl Iterator<Item = String> + use<> {
        BufReader::new(child.stderr.take().expect("piped")).lines().map_while(Result::ok)
    }

    #[test]
    fn ctrl_c_ends_with_130_and_leaves_a_checkpoint_to_go_on_from() {
        let place = Place::new();
        assert_eq!(place.run(&format!("{LINE} --threads 1 -o @/whole.safetensors")).code, Some(0));
        let mut child = start(&place, "-o @/t.safetensors --log @/t.csv");
        let mut told = lines(&mut child);
        assert!(told.next().expect("a line per epoch").contains("epoch 1 of 60"));
        signal(&child, "-INT");
        assert_eq!(child.wait().expect("ends").code(), Some(130));
        assert!(told.last().expect("a sentence").contains("--resume"));
        assert!(!place.path("t.safetensors").exists());
        // Without a word about it, nothing is thrown away.
        let ran = place.run(&format!("{LINE} -o @/t.safetensors"));
        assert!(ran.refused().contains("--resume"), "{ran:?}");
        // Other options make another training.
        let ran = place.run(&format!("{LINE} --resume --lr 0.01 -o @/t.safetensors"));
        assert!(ran.refused().contains("settings"), "{ran:?}");
        let other = LINE.replace("--hold-out 20", "--hold-out 21");
        let ran = place.run(&format!("{other} --resume -o @/t.safetensors"));
        assert!(ran.refused().contains("hold-out"), "{ran:?}");
        let ran =
            place.run(&format!("{LINE} --resume --threads 2 -o @/t.safetensors --log @/t.csv"));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert!(ran.stderr.contains("going on after"), "{ran:?}");
        assert_eq!(bytes(&place, "t.safetensors"), bytes(&place, "whole.safetensors"));
        assert!(!place.path("t.safetensors.checkpoint").exists());
        // A line per epoch, over both runs.
        assert_eq!(epochs(&place, "t.csv"), (1..=60).collect::<Vec<_>>());
        // Complete, and another one is never touched.
        let ran = place.run(&format!("{LINE} --resume -o @/t.safetensors"));
        assert!(ran.code == Some(0) && ran.stderr.contains("complete"), "{ran:?}");
        let ran = place.run(&format!("{LINE} --resume --lr 0.01 -o @/t.safetensors"));
        assert!(ran.refused().contains("other options"), "{ran:?}");
        assert_eq!(bytes(&place, "t.safetensors"), bytes(&place, "whole.safetensors"));
    }

    #[test]
    fn what_is_there_already_is_not_lost() {
        let place = Place::new();
        // A log without --force, and one in the place of the weights.
        std::fs::write(place.path("old.csv"), "precious").expect("can be written");
        let ran = place.run(&format!("{TRAIN} -o @/t.safetensors --log @/old.csv"));
        assert!(ran.refused().contains("old.csv"), "{ran:?}");
        assert_eq!(bytes(&place, "old.csv"), b"precious");
        let ran = place.run(&format!("{TRAIN} -o @/t.safetensors --log @/t.safetensors"));
        assert!(ran.refused().contains("t.safetensors"), "{ran:?}");
        // A folder that only has the name of a checkpoint keeps what is in it.
        let folder = place.path("t.safetensors.checkpoint");
        std::fs::create_dir(&folder).expect("can be made");
        for name in ["state-of-the-art.txt", "mine.partial", "notes"] {
            std::fs::write(folder.join(name), name).expect("can be written");
        }
        let ran = place.run(&format!("{TRAIN} -o @/t.safetensors"));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(std::fs::read_dir(&folder).expect("still there").count(), 3);
    }

    #[test]
    fn where_there_is_no_checkpoint_resume_begins_anew_and_says_so() {
        let place = Place::new();
        let ran = place.run(&format!("{TRAIN} --resume -o @/t.safetensors"));
        assert!(ran.code == Some(0) && ran.stderr.contains("anew"), "{ran:?}");
    }

    /// Killed again and again, at moments that no one chose, a training still comes to the same end.
    /// `CONVSCOPE_TORTURE_KILLS` says how often.
    #[test]
    fn kill_9_at_any_moment_leaves_the_last_checkpoint_or_the_new_one() {
        let kills = std::env::var("CONVSCOPE_TORTURE_KILLS").ok();
        let kills: u64 = kills.and_then(|text| text.parse().ok()).unwrap_or(12);
        let place = Place::new();
        assert_eq!(place.run(&format!("{LINE} -o @/whole.safetensors")).code, Some(0));
        let mut killed = 0;
        let mut round = 0;
        while killed < kills {
            round += 1;
            let mut child = start(&place, "--resume -o @/t.safetensors --log @/t.csv");
            // 20 to 420 ms after the start: in reading, training, saving, judging or writing.
            let wait = 20 + (round * 7_919_u64) % 401;
            std::thread::sleep(std::time::Duration::from_millis(wait));
            signal(&child, "-9");
            let done = child.wait().expect("ends").code() == Some(0);
            killed += u64::from(!done);
            let told: Vec<String> = lines(&mut child).collect();
            let bad = |line: &&String| line.contains("error") || line.contains("panicked");
            assert!(!told.iter().any(|line| bad(&line)), "round {round}: {told:?}");
            if place.path("t.safetensors").exists() {
                assert_eq!(bytes(&place, "t.safetensors"), bytes(&place, "whole.safetensors"));
                std::fs::remove_file(place.path("t.safetensors")).expect("can be removed");
            }
        }
        let ran = place.run(&format!("{LINE} --resume -o @/t.safetensors --log @/t.csv"));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(bytes(&place, "t.safetensors"), bytes(&place, "whole.safetensors"));
        assert_eq!(epochs(&place, "t.csv"), (1..=60).collect::<Vec<_>>());
    }
}
