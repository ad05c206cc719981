//! Bad names, files and command lines: exit code 1 or 2, a sentence, never a panic.

use std::ffi::OsString;

use super::{convscope, run};

#[test]
fn an_unknown_network_is_answered_with_the_nearest() {
    let ran = run("describe lenet-5");
    let text = ran.refused();
    assert!(text.contains("lenet-5;"), "{text}");
    let (_, offered) = text.split_once("lenet-5;").unwrap();
    assert!(offered.contains("lenet5, lenet-"), "the nearest first: {text}");
    assert!(offered.contains("lenet5-modern"), "{text}");
}

#[test]
fn an_unknown_layer_is_answered_with_the_nearest() {
    let ran = run("field lenet5 --layer OUPUT --unit 0,0");
    let text = ran.refused();
    assert!(text.contains("has no layer OUPUT; it has OUTPUT, "), "{text}");
}

#[test]
fn a_file_that_is_no_network_says_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let refusal = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let ran = convscope([OsString::from("describe"), path.clone().into()]);
        let sentence = ran.refused().trim_end();
        assert!(sentence.ends_with(&path.display().to_string()), "the path comes last: {sentence}");
        sentence.to_owned()
    };
    refusal("empty.json", "");
    refusal("half.json", r#"{"name": "half""#);
    let deep = "[".repeat(100_000);
    refusal("deep.json", &deep);
    refusal("nothing.json", r#"{"name": "n", "title": "n", "nodes": []}"#);
    let unknown = r#"{"name": "n", "title": "n", "nodes": [
        {"name": "input", "kind": "input", "shape": [1, 4, 4]},
        {"name": "C1", "inputs": ["Q9"], "kind": "global_avg"}]}"#;
    assert!(refusal("unknown.json", unknown).contains("Q9"));
    let large = format!(r#"{{"name": "{}"}}"#, "x".repeat(17 << 20));
    assert!(refusal("large.json", &large).contains("at most"));
}

#[test]
fn a_missing_network_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none.json");
    assert!(
        convscope([OsString::from("describe"), missing.into()]).refused().contains("none.json")
    );
    let is_folder = folder.path().join("folder.json");
    std::fs::create_dir(&is_folder).unwrap();
    let ran = convscope([OsString::from("describe"), is_folder.into()]);
    assert!(ran.refused().contains("folder"), "{ran:?}");
}

#[test]
fn what_the_parser_refuses_ends_with_2() {
    for line in [
        "describe",
        "describe lenet5 --input 32x32",
        "describe lenet5 --format yaml",
        "field lenet5 --layer C3 --unit 1",
        "field lenet5 --layer C3 --unit -1,0,0",
        "zoo zoo",
        "--lang fr zoo",
    ] {
        let ran = run(line);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{line}: {ran:?}");
    }
}

#[test]
fn language_and_theme_stand_before_or_behind_the_command() {
    for line in ["--lang zh zoo --format json", "zoo --theme dark --lang en --format json"] {
        assert_eq!(run(line).code, Some(0), "{line}");
    }
}

#[test]
fn help_has_examples_for_every_command() {
    let help = run("--help");
    assert_eq!(help.code, Some(0));
    assert!(help.stdout.contains("./zoo"), "how to open a file called like a command");
    for command in ["zoo", "describe", "forward", "explain", "field", "render", "train", "eval"] {
        let help = run(&format!("{command} --help"));
        assert_eq!(help.code, Some(0), "{command}");
        assert!(help.stdout.contains(&format!("\n  convscope {command}")), "{}", help.stdout);
    }
}

#[test]
fn errors_are_told_in_chinese_on_request() {
    let chinese = |text: &str| text.contains("没有叫 C9 的层；它有 C1、C3、C5、");
    let line = "describe lenet5 --input 1x3x3";
    assert!(run(line).refused().contains("cannot look at"), "English without --lang");
    for line in [
        "--lang zh field lenet5 --layer C9 --unit 0,0",
        "field lenet5 --layer C9 --unit 0,0 --lang zh",
    ] {
        assert!(chinese(run(line).refused()), "{:?}", run(line));
    }
    let ran = run("describe lenet5 --input 1x3x3 --lang zh");
    assert!(ran.refused().contains("节点 C1：大小为 5 的窗口放不进大小为 3 的输入"), "{ran:?}");
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_convscope"))
        .args(["describe", "lenet5"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    use std::process::Command;
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output =
        Command::new(env!("CARGO_BIN_EXE_convscope")).arg("zoo").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("standard output"));
}
