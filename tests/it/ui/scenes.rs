//! Scenes: saved whole, opened whole, refused with a sentence.

use std::path::Path;

use convscope::ui::action::{Action, Edit, Slides, Touch};
use convscope::ui::remembered::{recall, text_of};
use convscope::ui::scene::{
    Document, Documents, Edits, InputRef, Pad, Scene, SceneError, SceneFile, Worksheet,
};
use convscope::ui::studio::Studio;
use convscope::worker::Worker;

use super::{act, answer, failure, first, open_file, until};

/// A window in which something has been drawn and edited.
fn drawn() -> super::Window {
    let mut window = first();
    let pen = |at, begin| Action::Touch(Touch::Pen { points: vec![at], erase: false, begin });
    act(&mut window, [Action::Touch(Touch::Pad(Pad::Draw))]);
    act(&mut window, [pen([14.0, 4.0], true), pen([13.0, 24.0], false)]);
    let tensor = String::from("C3.bias");
    act(&mut window, [Action::Edit(Edit::Turn { tensor, index: 3, by: 0.25 })]);
    window
}

#[test]
fn a_scene_with_a_drawing_and_edits_is_the_same_after_saving_and_opening() {
    let window = drawn();
    let studio = &window.state().studio;
    let seen = studio.seen.as_ref().expect("seen").trace.clone();
    let text = serde_json::to_string(&studio.scene_file()).expect("serialises");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("drawn.json");
    std::fs::write(&path, text).expect("written");
    let mut other = first();
    open_file(&mut other, &path);
    assert_eq!(other.state().studio.scene, studio.scene);
    let again = other.state().studio.seen.as_ref().expect("seen").trace.clone();
    assert_eq!(*again, *seen, "the same numbers, bit for bit");
}

#[test]
fn documents_are_named_by_their_content() {
    let edits = |value| {
        let mut edits = Edits::default();
        edits.weights.entry("C1.weight".into()).or_default().insert(3, value);
        Document::Edits(edits)
    };
    let mut documents = Documents::default();
    let (a, b, c) =
        (documents.keep(edits(1.0)), documents.keep(edits(2.0)), documents.keep(edits(1.0)));
    assert_eq!(a, c);
    assert_ne!(a, b);
    assert_eq!(documents.len(), 2);
}

#[test]
fn a_document_that_was_changed_by_hand_or_is_missing_is_refused() {
    let window = drawn();
    let text = serde_json::to_string(&window.state().studio.scene_file()).expect("serialises");
    let path = Path::new("scene.json");
    assert!(SceneFile::parse(&text, path).is_ok());
    let changed = text.replace("[13.0,24.0]", "[13.0,23.0]");
    assert_ne!(changed, text);
    assert!(matches!(SceneFile::parse(&changed, path), Err(SceneError::Document { .. })));
    let mut missing: SceneFile = serde_json::from_str(&text).expect("a scene file");
    missing.documents = Documents::default();
    let missing = serde_json::to_string(&missing).expect("serialises");
    assert!(matches!(SceneFile::parse(&missing, path), Err(SceneError::Document { .. })));
}

#[test]
fn a_drawing_from_a_file_is_bounded_before_it_is_drawn() {
    let drawing = r#"{"drawing":{"width":4000000000,"strokes":[]}}"#;
    let document: Document = serde_json::from_str(drawing).expect("a document");
    let id = document.id();
    let text = format!(
        r#"{{"convscope":1,"scenes":[{{"input":{{"drawing":"{id}"}}}}],"documents":{{"{id}":{drawing}}}}}"#
    );
    let refused = SceneFile::parse(&text, Path::new("wide.json"));
    assert!(matches!(refused, Err(SceneError::Format { .. })), "{refused:?}");
}

#[test]
fn another_version_an_unknown_field_and_a_missing_unit_get_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases = [
        (r#"{"convscope":99,"scenes":[{}]}"#, "another version (99"),
        (r#"{"convscope":1,"scenes":[{"colour":"blue"}]}"#, "colour"),
        (r#"{"convscope":1,"scenes":[]}"#, "no scene"),
        (r#"{"convscope":1,"scenes":[{"pin":{"node":"C9","unit":[1,2,3]}}]}"#, "C9[1](2,3)"),
        (r#"{"convscope":1,"scenes":[{"pin":{"node":"C3","unit":[16,0,0]}}]}"#, "C3[16](0,0)"),
    ];
    for (place, (text, expected)) in cases.into_iter().enumerate() {
        let path = folder.path().join(format!("{place}.json"));
        std::fs::write(&path, text).expect("written");
        let mut window = first();
        open_file(&mut window, &path);
        let said = failure(&window).unwrap_or_else(|| panic!("nothing was said about {text}"));
        assert!(said.contains(expected), "{said}");
        assert_eq!(answer(&window), Some(7), "what was there stays there");
        assert!(window.state().studio.pin().is_some(), "and something is pinned");
    }
}

#[test]
fn two_pictures_at_once_and_a_folder_get_a_sentence() {
    let mut window = first();
    let paths = ["a.png", "b.png"].map(std::path::PathBuf::from).to_vec();
    act(&mut window, [Action::OpenPaths(paths)]);
    assert!(failure(&window).expect("a sentence").contains("2 files"));
    let folder = tempfile::tempdir().expect("a folder");
    let named = folder.path().join("digits.json");
    std::fs::create_dir(&named).expect("a folder");
    for path in [folder.path(), &named] {
        let mut window = first();
        open_file(&mut window, path);
        assert!(failure(&window).expect("a sentence").contains("folder"));
        assert_eq!(answer(&window), Some(7));
    }
}

#[test]
fn the_beginning_of_a_session_is_what_was_open_at_the_end_of_the_last() {
    let mut window = drawn();
    act(&mut window, [Action::Slides(Slides::Add), Action::Slides(Slides::Add)]);
    act(&mut window, [Action::Slides(Slides::Previous)]);
    act(&mut window, [Action::Worksheet(Some(Worksheet { part: 2, term: Some(60) }))]);
    let studio = &window.state().studio;
    let text = text_of(studio).expect("a session is text");
    let last = recall(&text, studio.deck.current()).expect("and can be read again");
    assert_eq!(last.scene, studio.scene);
    assert_eq!(last.deck, studio.deck);
    // And it comes up as it was: on an engine that answers later, too.
    let worker = Worker::start(|| ()).expect("a thread");
    let mut again =
        Studio::with_documents(last.scene, last.documents.clone(), studio.settings, worker);
    again.bring_back(last.deck, last.documents);
    until("the last session is shown", || {
        again.drain();
        !again.is_waiting() && again.seen.is_some()
    });
    assert_eq!(again.state(), studio.state());
    let (a, b) = (again.seen.expect("seen"), studio.seen.as_ref().expect("seen"));
    assert_eq!(*a.trace, *b.trace, "the same numbers");
}

#[test]
fn a_session_of_another_version_is_an_error_and_no_panic() {
    assert!(recall(r#"{"convscope":7,"scenes":[{}]}"#, 0).is_err());
    assert!(recall("not JSON", 3).is_err());
}

#[cfg(unix)]
#[test]
fn a_file_name_that_is_no_text_does_not_lose_the_session() {
    use std::os::unix::ffi::OsStrExt as _;
    let mut window = first();
    let odd = std::ffi::OsStr::from_bytes(b"/tmp/\xff.png").into();
    window.state_mut().studio.scene.input = InputRef::File { path: odd, anyway: false };
    let text = text_of(&window.state().studio).expect("still text");
    assert_eq!(recall(&text, 0).expect("read again").scene.pin, Scene::default().pin);
}

#[test]
fn saving_over_a_file_keeps_the_old_one_until_the_new_one_is_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("lecture.json");
    std::fs::write(&path, "the old lecture").expect("written");
    // The name under which the new file is written first is taken by a folder.
    std::fs::create_dir(folder.path().join("lecture.json.partial")).expect("a folder");
    let mut window = first();
    act(&mut window, [Action::SaveScene(Some(path.clone()))]);
    until("a sentence", || {
        window.run();
        failure(&window).is_some()
    });
    assert!(failure(&window).expect("a sentence").contains("lecture.json"));
    assert_eq!(std::fs::read_to_string(&path).expect("there"), "the old lecture");
}

#[test]
fn good_scenes_open_beside_a_broken_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a.json", "b.json", "c.json"].map(|name| folder.path().join(name));
    std::fs::write(&paths[0], r#"{"convscope":1,"scenes":[{}]}"#).expect("written");
    std::fs::write(&paths[1], "broken").expect("written");
    std::fs::write(&paths[2], r#"{"convscope":1,"scenes":[{"diverging":true}]}"#).expect("written");
    let mut window = first();
    act(&mut window, [Action::OpenPaths(paths.to_vec())]);
    assert_eq!(window.state().studio.deck.slides().len(), 2);
    assert!(failure(&window).expect("a sentence").contains("1 of 3"));
}
