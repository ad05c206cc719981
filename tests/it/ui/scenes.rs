//! Scenes: saved whole, opened whole, refused with a sentence.

use std::path::Path;

use convscope::ui::action::{Action, Edit, Touch};
use convscope::ui::scene::{
    Deck, Document, Documents, Edits, InputRef, Pad, Pin, Scene, SceneError, SceneFile, State,
};
use egui_kittest::kittest::Queryable as _;

use super::{act, answer, failure, first, open, open_file};

/// A window in which something has been drawn and edited.
fn drawn() -> super::Window {
    let mut window = first();
    let pen = |at, begin| Action::Touch(Touch::Pen { at, erase: false, begin });
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
    let window = drawn();
    let studio = &window.state().studio;
    let mut worker = open(Scene::default(), studio.settings, [1280.0, 800.0]);
    let state = State { scene: studio.scene.clone(), deck: Deck::default() };
    let documents = studio.documents.clone();
    let studio = &mut worker.state_mut().studio;
    studio.bring_back(state.deck, documents);
    studio.scene = state.scene;
    worker.run();
    assert!(matches!(worker.state().studio.scene.input, InputRef::Drawing(_)));
    assert!(worker.state().studio.drawing().is_some());
    assert_eq!(worker.state().studio.scene.pin, Some(Pin { node: "C3".into(), unit: [7, 4, 6] }));
    worker.get_by_label("Drawing pad");
}
