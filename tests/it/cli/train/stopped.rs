//! A training in a process of its own, killed or interrupted in the middle.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use super::*;

/// So many epochs take half a second or two.
const LINE: &str = "train @/tiny.json --data @/set --seed 5 --epochs 60 --batch 8 --hold-out 20";

/// So many that most of them are still to come when a signal arrives after the first.
const LONG: &str = "train @/tiny.json --data @/set --seed 5 --epochs 240 --batch 8 --hold-out 20";

fn start(place: &Place, line: &str) -> Child {
    let line = line.replace('@', &place.0.path().display().to_string());
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
    let epoch = |line: &str| line.split(',').next().expect("a field").parse().expect("a number");
    log.lines().skip(1).map(epoch).collect()
}

const SIDECAR: &str = "t.safetensors.checkpoint/checkpoint.json";

/// What the checkpoint says.
fn epochs_done(place: &Place) -> u64 {
    let sidecar: serde_json::Value =
        serde_json::from_slice(&bytes(place, SIDECAR)).expect("a sidecar");
    sidecar["epochs_done"].as_u64().expect("a number")
}

fn lines(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    BufReader::new(child.stderr.take().expect("piped")).lines().map_while(Result::ok)
}

#[test]
fn ctrl_c_ends_with_130_and_leaves_a_checkpoint_to_go_on_from() {
    let place = Place::new();
    assert_eq!(place.run(&format!("{LONG} --threads 1 -o @/whole.safetensors")).code, Some(0));
    let mut child = start(&place, &format!("{LONG} -o @/t.safetensors --log @/t.csv"));
    let mut told = lines(&mut child);
    assert!(told.next().expect("a line per epoch").contains("epoch 1 of 240"));
    signal(&child, "-INT");
    assert_eq!(child.wait().expect("ends").code(), Some(130));
    assert!(told.last().expect("a sentence").contains("--resume"));
    assert!(!place.path("t.safetensors").exists());
    assert!(epochs_done(&place) < 240);
    // Without a word about it, nothing is thrown away.
    let ran = place.run(&format!("{LONG} -o @/t.safetensors"));
    assert!(ran.refused().contains("--resume"), "{ran:?}");
    // Other options make another training.
    let ran = place.run(&format!("{LONG} --resume --lr 0.01 -o @/t.safetensors"));
    assert!(ran.refused().contains("settings"), "{ran:?}");
    let other = LONG.replace("--hold-out 20", "--hold-out 21");
    let ran = place.run(&format!("{other} --resume -o @/t.safetensors"));
    assert!(ran.refused().contains("hold-out"), "{ran:?}");
    let ran = place.run(&format!("{LONG} --resume --threads 2 -o @/t.safetensors --log @/t.csv"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.stderr.contains("going on after"), "{ran:?}");
    assert_eq!(bytes(&place, "t.safetensors"), bytes(&place, "whole.safetensors"));
    assert!(!place.path("t.safetensors.checkpoint").exists());
    // A line per epoch, over both runs.
    assert_eq!(epochs(&place, "t.csv"), (1..=240).collect::<Vec<_>>());
    // Complete, and another one is never touched.
    let ran = place.run(&format!("{LONG} --resume -o @/t.safetensors"));
    assert!(ran.code == Some(0) && ran.stderr.contains("complete"), "{ran:?}");
    let ran = place.run(&format!("{LONG} --resume --lr 0.01 -o @/t.safetensors"));
    assert!(ran.refused().contains("other options"), "{ran:?}");
    assert_eq!(bytes(&place, "t.safetensors"), bytes(&place, "whole.safetensors"));
}

/// A network with so much to compute that an epoch of 200 digits takes seconds.
const SLOW: &str = r#"{"name": "slow", "title": "Slow", "nodes": [
    {"name": "input", "kind": "input", "shape": [1, 28, 28]},
    {"name": "C1", "inputs": ["input"], "kind": "conv", "maps": 64,
     "window": {"kernel": [3, 3], "stride": [1, 1]}, "activation": "relu"},
    {"name": "C2", "inputs": ["C1"], "kind": "conv", "maps": 64,
     "window": {"kernel": [5, 5], "stride": [1, 1]}, "activation": "relu"},
    {"name": "OUTPUT", "inputs": ["C2"], "kind": "linear", "output": [10, 1, 1]}]}"#;

#[test]
fn a_checkpoint_inside_the_first_epoch_is_kept_until_the_next() {
    let place = Place::new();
    std::fs::write(place.path("slow.json"), SLOW).expect("can be written");
    let line = "train @/slow.json --data @/set --seed 5 --epochs 1 --batch 4 --augment none";
    assert_eq!(place.run(&format!("{line} -o @/whole.safetensors")).code, Some(0));
    // The log is begun right before the first step.
    let mut child = start(&place, &format!("{line} -o @/t.safetensors --log @/t.csv"));
    while !place.path("t.csv").exists() {
        assert!(child.try_wait().expect("can be asked").is_none(), "it ends before it begins");
        std::thread::sleep(Duration::from_millis(1));
    }
    signal(&child, "-INT");
    assert_eq!(child.wait().expect("ends").code(), Some(130));
    assert_eq!(epochs_done(&place), 0, "inside the first epoch");
    let checkpoint = bytes(&place, SIDECAR);

    // Taken up, and killed before there is a checkpoint that could be its successor.
    let mut child = start(&place, &format!("{line} --resume -o @/t.safetensors --log @/t.csv"));
    assert!(lines(&mut child).next().expect("a line").contains("going on after 0 of 1"));
    std::thread::sleep(Duration::from_millis(30));
    signal(&child, "-9");
    assert_ne!(child.wait().expect("ends").code(), Some(0), "it was not over yet");
    assert_eq!(bytes(&place, SIDECAR), checkpoint);

    let ran = place.run(&format!("{line} --resume -o @/t.safetensors --log @/t.csv"));
    assert!(ran.code == Some(0) && ran.stderr.contains("going on after 0 of 1"), "{ran:?}");
    assert_eq!(bytes(&place, "t.safetensors"), bytes(&place, "whole.safetensors"));
    assert_eq!(epochs(&place, "t.csv"), [1]);
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
        let mut child = start(&place, &format!("{LINE} --resume -o @/t.safetensors --log @/t.csv"));
        // 20 to 420 ms after the start: in reading, training, saving, judging or writing.
        let wait = 20 + (round * 7_919_u64) % 401;
        std::thread::sleep(Duration::from_millis(wait));
        signal(&child, "-9");
        let done = child.wait().expect("ends").code() == Some(0);
        killed += u64::from(!done);
        let told: Vec<String> = lines(&mut child).collect();
        let bad = |line: &&String| line.contains("error") || line.contains("panicked");
        assert!(!told.iter().any(|line| bad(&line)), "round {round}: {told:?}");
        if place.path("t.safetensors").exists() {
            assert_eq!(bytes(&place, "t.safetensors"), bytes(&place, "whole.safetensors"));
            std::fs::remove_file(place.path("t.safetensors")).expect("can be removed");
            // The next begins from nothing; it would not take the log of a whole training for its own.
            if !place.path(SIDECAR).exists() {
                std::fs::remove_file(place.path("t.csv")).expect("can be removed");
            }
        }
    }
    let ran = place.run(&format!("{LINE} --resume -o @/t.safetensors --log @/t.csv"));
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert_eq!(bytes(&place, "t.safetensors"), bytes(&place, "whole.safetensors"));
    assert_eq!(epochs(&place, "t.csv"), (1..=60).collect::<Vec<_>>());
}
