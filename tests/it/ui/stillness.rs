//! Nothing moves, nothing is drawn.

use std::time::Duration;

use convscope::ui::action::Action;
use convscope::ui::scene::{InputRef, NetworkRef, Scene};
use egui_kittest::kittest::Queryable as _;

use super::{Window, first, in_language, open, settle};

/// How long egui would wait before the next frame of a window in which nothing happens.
fn rest(window: &Window) -> Duration {
    let output = window.output();
    output.viewport_output.values().map(|viewport| viewport.repaint_delay).min().expect("a window")
}

#[test]
fn three_seconds_of_stillness_have_no_frame() {
    let still = Duration::from_secs(3);
    let mut window = first();
    assert!(rest(&window) > still, "at rest");
    window.get_by_label("S2, map 2").click();
    window.run();
    assert!(window.state().studio.scene.loupe && rest(&window) > still, "with an open loupe");
    window.get_by_label("C1, map 2").hover();
    window.run();
    assert!(rest(&window) > still, "under a pointer that rests");
    window.key_press(egui::Key::F1);
    window.run();
    assert!(rest(&window) > still, "with a dialog");
}

#[test]
fn a_network_that_cannot_run_says_so_once_and_is_still() {
    // Pooling to 16,000 × 16,000 takes more memory than a pass may have.
    let text = r#"{"name":"big","title":"Big","nodes":[
        {"name":"input","kind":"input","shape":[1,8,8]},
        {"name":"A","inputs":["input"],"kind":"pool_avg","extent":{"adaptive":{"output":[16000,16000]}}}]}"#;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("big.json");
    std::fs::write(&path, text).expect("written");
    let scene = Scene { network: NetworkRef::File(path), ..Scene::default() };
    let mut window = open(scene, in_language(convscope::locale::Lang::En), [1280.0, 800.0]);
    assert!(window.state().studio.notice.is_some());
    window.get_by_label("Close").click();
    window.run();
    assert!(window.state().studio.notice.is_none(), "it was tried again");
    assert!(rest(&window) > Duration::from_secs(3));
}

#[test]
fn every_map_on_screen_is_a_tensor_of_the_engine() {
    let mut window = first();
    let before = window.state().studio.seen.clone().expect("a trace");
    window.state_mut().studio.carry_out([Action::Input(InputRef::Digit(4_100))]);
    settle(&mut window);
    let studio = &window.state().studio;
    let after = studio.seen.clone().expect("a trace");
    assert_ne!(before.trace.output(1), after.trace.output(1));
    let input = &studio.input.as_ref().expect("an input").tensor;
    assert_eq!(after.trace.output(0), input);
}
