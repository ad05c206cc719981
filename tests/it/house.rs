//! The dependency rule of ARCHITECTURE.md: who may name whom, anywhere in the code.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each room and the rooms it may use.
const ROOMS: [(&str, &[&str]); 11] = [
    ("array", &[]),
    ("network", &["array"]),
    ("explain", &["array", "network"]),
    ("data", &["array"]),
    ("engine", &["array", "network", "explain", "data"]),
    ("worker", &["array", "network", "explain", "data", "engine"]),
    ("render", &["array", "network"]),
    ("locale", &["array", "network", "explain", "data", "engine", "worker", "render"]),
    ("paper", &["array", "network", "explain", "locale"]),
    ("ui", &["array", "network", "explain", "data", "worker", "render", "locale", "paper"]),
    ("cli", &["array", "network", "explain", "data", "engine", "render", "locale", "paper"]),
];

/// Who else may cross a border, and why.
const EXCEPTIONS: [(&str, &str); 2] = [
    // `convscope` without a command opens the window, `render window` draws it off screen.
    ("src/cli/window.rs", "ui"),
    ("src/cli/render/window.rs", "ui"),
];

/// A crate and the folders or files that may name it.
const CRATES: [(&str, &[&str]); 13] = [
    ("candle_core", &["src/engine"]),
    ("candle_nn", &["src/engine"]),
    ("fearless_simd", &["src/engine"]),
    ("rayon", &["src/engine"]),
    ("wgpu", &["src/render", "src/ui/platform"]),
    ("egui", &["src/ui"]),
    ("eframe", &["src/ui"]),
    ("egui_wgpu", &["src/ui/platform"]),
    ("arboard", &["src/ui/platform"]),
    ("rfd", &["src/ui/platform"]),
    ("poll_promise", &["src/ui/platform", "src/worker"]),
    ("krilla", &["src/paper"]),
    ("harfrust", &["src/paper"]),
];

#[test]
fn every_arrow_between_rooms_is_allowed() {
    let mut broken = Vec::new();
    for (path, code) in sources() {
        let Some(room) = room_of(&path) else { continue };
        let allowed = ROOMS.iter().find(|(name, _)| *name == room);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("src/{room} is no known room"));
        for used in rooms_named_in(&code) {
            let excepted =
                EXCEPTIONS.iter().any(|&(file, to)| path == Path::new(file) && to == used);
            if used != room && !allowed.contains(&used.as_str()) && !excepted {
                broken.push(format!("{} names crate::{used}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_crate_stays_in_its_room() {
    let mut broken = Vec::new();
    for (path, code) in sources() {
        for (name, homes) in CRATES {
            let at_home = homes.iter().any(|home| path.starts_with(home));
            if !at_home && words(&code).any(|word| word == name) {
                broken.push(format!("{} names {name}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn threads_start_only_in_the_worker_and_the_platform() {
    let starters = ["spawn", "spawn_thread", "scope_fifo"];
    let homes = ["src/worker", "src/ui/platform"];
    for (path, code) in sources() {
        let named = code.contains("thread::") && words(&code).any(|word| starters.contains(&word));
        let at_home = homes.iter().any(|home| path.starts_with(home));
        assert!(at_home || !named, "{} starts a thread", path.display());
    }
}

#[test]
fn rooms_are_where_the_map_says() {
    let folders: BTreeSet<String> = std::fs::read_dir("src")
        .expect("the package has src")
        .filter_map(|entry| {
            let entry = entry.ok()?;
            entry.path().is_dir().then(|| entry.file_name().to_string_lossy().into_owned())
        })
        .collect();
    let known: BTreeSet<String> = ROOMS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(folders, known);
}

/// All Rust files under `src` without comments and texts.
fn sources() -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder of the package").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file");
                files.push((path, code_of(&text)));
            }
        }
    }
    assert!(files.len() > 50, "the sources were not found");
    files
}

fn room_of(path: &Path) -> Option<String> {
    let mut parts = path.strip_prefix("src").ok()?.components();
    let first = parts.next()?.as_os_str().to_string_lossy().into_owned();
    // `main.rs` and `lib.rs` stand in no room.
    parts.next().map(|_| first)
}

fn rooms_named_in(code: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    let squeezed: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    for (at, _) in squeezed.match_indices("crate::") {
        let rest = &squeezed[at + "crate::".len()..];
        let list = match rest.strip_prefix('{') {
            Some(group) => group.split_once("};").map_or(group, |(list, _)| list),
            None => {
                rest.split_once([';', ':', '(', '<', ')', ',', '>']).map_or(rest, |(word, _)| word)
            }
        };
        for word in words(list) {
            if ROOMS.iter().any(|(name, _)| *name == word) {
                rooms.insert(word.to_owned());
            }
        }
    }
    rooms
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The code without line comments and string literals, which may name anything.
fn code_of(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    for line in text.lines() {
        let mut in_text = false;
        let mut previous = ' ';
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            if !in_text && c == '/' && chars.peek() == Some(&'/') {
                break;
            }
            if c == '"' && previous != '\\' && previous != '\'' {
                in_text = !in_text;
            } else if !in_text {
                code.push(c);
            }
            previous = c;
        }
        code.push('\n');
    }
    code
}
