//! The network learns a person's hand: what is drawn is remembered, learned, and taken back.

use std::path::Path;

use convscope::array::Weights;
use convscope::ui::action::{Action, HandAction, Touch};
use convscope::ui::scene::{Document, NetworkRef, Pad, Scene, SceneError, SceneFile};
use egui_kittest::kittest::Queryable as _;

use super::{Window, act, answer, failure, open, open_file};

/// A 7 as the networks know it; here it is called something else.
const SEVEN: [[f32; 2]; 5] = [[7.5, 6.0], [20.5, 6.0], [17.5, 13.0], [15.0, 18.0], [13.0, 23.5]];
const CALLED: u8 = 4;

fn on(network: &str) -> Window {
    let network = NetworkRef::Zoo(network.into());
    let scene = Scene { network, pad: Pad::Draw, ..Scene::default() };
    let mut window = open(scene, super::in_language(Default::default()), [1280.0, 800.0]);
    act(&mut window, [Action::Touch(Touch::Pad(Pad::Draw))]);
    window
}

fn draw(window: &mut Window) {
    draw_bent(window, 0.0);
}

/// The same, with its foot so far to the left.
fn draw_bent(window: &mut Window, left: f32) {
    let mut points = SEVEN.to_vec();
    points[4][0] -= left;
    let pen = Action::Touch(Touch::Pen { points, erase: false, begin: true });
    act(window, [Action::BeginGesture, pen]);
}

fn remember(window: &mut Window, label: u8) {
    draw_bent(window, 0.4 * f32::from(label.abs_diff(CALLED)));
    act(window, [Action::Hand(HandAction::Remember(label))]);
}

fn weights(window: &Window) -> Weights {
    (*window.state().studio.open.as_ref().expect("open").weights).clone()
}

fn labels(window: &Window) -> Vec<u8> {
    window.state().studio.hand.digits.iter().map(|(_, label)| *label).collect()
}

#[test]
fn a_drawing_is_remembered_by_a_click_with_the_pixels_that_the_network_sees() {
    let mut window = on("lenet5");
    draw(&mut window);
    let seen = window.state().studio.input.as_ref().expect("an input").tensor.clone();
    let before = window.state().studio.scene.clone();
    window.get_by_label("It is a 4: remember the drawing").click();
    window.run();
    let studio = &window.state().studio;
    assert_eq!(studio.scene.input, before.input, "it can be looked at while it is learned");
    assert!(studio.is_remembered() && !studio.can_remember(), "once is enough");
    assert_eq!(labels(&window), [4]);
    for (kept, value) in studio.hand.digits[0].0.values().iter().zip(seen.values()) {
        // Bytes are 1/255 of the way from paper (−0.1) to ink (1.175) apart.
        let kept = -0.1 + kept * 1.275;
        assert!((kept - value.clamp(-0.1, 1.175)).abs() < 0.6 * 1.275 / 255.0);
    }
    // The next stroke begins another digit.
    let scene = window.state().studio.scene.clone();
    draw_bent(&mut window, 5.0);
    assert_eq!(window.state().studio.drawing().expect("a drawing").strokes.len(), 1);
    act(&mut window, [Action::Undo]);
    assert_eq!(window.state().studio.scene, scene, "the drawing is there again");
    act(&mut window, [Action::Undo]);
    assert_eq!(window.state().studio.scene, before);
    assert!(labels(&window).is_empty());
}

#[test]
fn one_of_several_is_forgotten_and_a_blank_sheet_is_not_remembered() {
    let mut window = on("lenet5");
    for label in [4, 9, 1] {
        remember(&mut window, label);
    }
    act(&mut window, [Action::Hand(HandAction::Remember(5))]);
    assert_eq!(labels(&window), [4, 9, 1], "nothing is drawn");
    window.get_by_label("A 9; a click forgets it").click();
    window.run();
    assert_eq!(labels(&window), [4, 1]);
    for _ in 0..2 {
        act(&mut window, [Action::Hand(HandAction::Forget(0))]);
    }
    assert_eq!(window.state().studio.scene.hand.digits, None);
}

#[test]
fn learning_changes_the_answer_and_undo_brings_the_weights_back_bit_for_bit() {
    for network in ["lenet5", "lenet5-modern"] {
        let mut window = on(network);
        remember(&mut window, CALLED);
        draw(&mut window);
        assert_eq!(answer(&window), Some(7), "{network}");
        let (scene, old) = (window.state().studio.scene.clone(), weights(&window));
        let stages = window.state().studio.open.as_ref().expect("open").stages.clone();
        window.get_by_label("Learn these").click();
        window.run();
        assert_eq!(failure(&window), None);
        assert_eq!(answer(&window), Some(usize::from(CALLED)), "{network}");
        let studio = &window.state().studio;
        assert_ne!(weights(&window), old);
        assert_eq!(studio.open.as_ref().expect("open").stages, stages, "prepared as before");
        let lesson = studio.lesson().expect("what it did");
        assert_eq!((lesson.test, lesson.own), (1_000, 1));
        let (first, last) = (lesson.points[0], lesson.points[lesson.points.len() - 1]);
        assert_eq!((first.step, first.own, last.own), (0, 0, 1));
        assert!(first.test >= 985, "as the bundled weights are known to read: {first:?}");
        assert!(last.test < first.test, "a false name costs something: {last:?}");
        act(&mut window, [Action::Undo]);
        assert_eq!(window.state().studio.scene, scene, "one step back");
        assert_eq!(weights(&window), old, "bit for bit");
        assert_eq!(answer(&window), Some(7));
        act(&mut window, [Action::Redo]);
        assert_eq!(answer(&window), Some(usize::from(CALLED)));
    }
}

#[test]
fn the_same_lesson_gives_the_same_weights_and_a_second_one_goes_on_from_them() {
    let lesson = || {
        let mut window = on("lenet5");
        remember(&mut window, CALLED);
        act(&mut window, [Action::Hand(HandAction::Learn)]);
        window
    };
    let (mut one, two) = (lesson(), lesson());
    assert_eq!(weights(&one), weights(&two));
    let steps = one.state().studio.trained_steps().expect("trained here");
    act(&mut one, [Action::Hand(HandAction::Learn)]);
    assert_ne!(weights(&one), weights(&two));
    assert_eq!(one.state().studio.trained_steps(), Some(2 * steps));
    let again = one.state().studio.lesson().expect("what it did").points[0];
    assert_eq!(again.own, 1, "it begins where the first one ended");
}

#[test]
fn what_was_learned_is_the_same_after_saving_and_opening() {
    let mut window = on("lenet5");
    remember(&mut window, CALLED);
    act(&mut window, [Action::Hand(HandAction::Learn)]);
    draw(&mut window);
    let studio = &window.state().studio;
    let text = serde_json::to_string(&studio.scene_file()).expect("serialises");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("learned.json");
    std::fs::write(&path, text).expect("written");
    let mut other = super::first();
    open_file(&mut other, &path);
    assert_eq!(other.state().studio.scene, studio.scene);
    assert_eq!(weights(&other), weights(&window));
    assert_eq!((answer(&other), labels(&other)), (Some(usize::from(CALLED)), vec![CALLED]));
    assert_eq!(other.state().studio.lesson(), studio.lesson());
    other.get_by_label_contains("Forgotten: test");
}

/// A scene file whose digits are said by `json`, under the name that this content has.
fn file_with(json: &str) -> Result<SceneFile, SceneError> {
    let document: Document = serde_json::from_str(json).expect("a document");
    let id = document.id();
    let text = format!(
        r#"{{"convscope":1,"scenes":[{{"hand":{{"digits":"{id}"}}}}],"documents":{{"{id}":{json}}}}}"#
    );
    SceneFile::parse(&text, Path::new("hand.json"))
}

#[test]
fn damaged_digits_are_refused() {
    // "AAAA" is three bytes, "AAAAAA==" four.
    assert!(file_with(r#"{"hand":{"side":2,"pixels":"AAAAAA==","labels":[7]}}"#).is_ok());
    for damaged in [
        r#"{"hand":{"side":2,"pixels":"AAAA","labels":[7]}}"#,
        r#"{"hand":{"side":2,"pixels":"AAAAAA==","labels":[10]}}"#,
        r#"{"hand":{"side":2,"pixels":"not base64","labels":[7]}}"#,
        r#"{"hand":{"side":1,"pixels":"AAAAAAAAAAAAAAAAAAAAAAAAAAAA","labels":[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]}}"#,
        r#"{"hand":{"side":0,"pixels":"","labels":[7]}}"#,
        r#"{"hand":{"side":2,"pixels":"","labels":[]}}"#,
        r#"{"hand":{"side":9000000000000000000,"pixels":"AAAA","labels":[7]}}"#,
        r#"{"paint":{"3":1.0}}"#,
    ] {
        let refused = file_with(damaged);
        assert!(matches!(refused, Err(SceneError::Document { .. })), "{damaged}: {refused:?}");
    }
}
