//! Files that are opened, and files that are refused: what was there stays there.

use std::path::Path;

use convscope::ui::action::Action;
use convscope::ui::scene::{Documents, InputRef, NetworkRef, Scene, SceneFile};
use convscope::ui::studio::Notice;
use egui_kittest::kittest::Queryable as _;

use super::{first, open_file, settle};
use crate::support::photo::photographed;

fn sentence(window: &super::Window) -> Option<String> {
    match window.state().studio.notice.as_ref()? {
        Notice::Failed(error) => Some(error.to_string()),
        Notice::WorkerEnded { message } => Some(message.clone()),
        Notice::Saved(_) | Notice::Copied => None,
    }
}

#[test]
fn bad_files_get_a_sentence_and_lose_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        path
    };
    let mut window = first();
    let before = window.state().studio.scene.clone();
    for path in [
        file("empty.png", b""),
        file("text.png", b"hello"),
        file("cut.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF"),
        file("photo.heic", b"\0\0\0\x18ftypheic\0\0\0\0heicmif1"),
        file("nil.safetensors", b""),
        file("huge.safetensors", &(1u64 << 60).to_le_bytes()),
        file("lies.json", br#"{"convscope":2,"scenes":[]}"#),
        file("unknown.json", br#"{"convscope":1,"scenes":[{"colour":3}]}"#),
        folder.path().to_owned(),
        folder.path().join("not-there.png"),
    ] {
        open_file(&mut window, &path);
        let words = sentence(&window).unwrap_or_else(|| panic!("{path:?} was taken"));
        assert!(words.len() > 20, "{path:?}: {words}");
        assert_eq!(window.state().studio.scene, before, "{path:?}");
        assert!(window.state().studio.seen.is_some(), "{path:?}: the figure is gone");
        window.get_by_label("Close").click();
        window.run();
        assert!(sentence(&window).is_none());
    }
}

#[test]
fn weights_of_another_network_are_refused_by_name() {
    let mut window = first();
    open_file(&mut window, Path::new("models/lenet5-modern.safetensors"));
    let words = sentence(&window).expect("refused");
    assert!(
        words.contains("C3.weight") || words.contains("S2.") || words.contains("OUTPUT."),
        "{words}"
    );
    assert!(window.state().studio.scene.weights.is_none());
    // The network before still answers.
    window.state_mut().studio.carry_out([Action::Input(InputRef::Digit(4_321))]);
    settle(&mut window);
    assert_eq!(
        window.state().studio.input.as_ref().map(|input| input.source.reference.clone()),
        Some(InputRef::Digit(4_321))
    );
    assert!(window.state().studio.seen.is_some());
}

#[test]
fn a_photographed_digit_is_looked_at() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("digit.jpg");
    let digit = convscope::data::digits::bundled().image(4_003);
    std::fs::write(&path, photographed(digit, 7)).expect("written");
    let mut window = first();
    open_file(&mut window, &path);
    let studio = &window.state().studio;
    assert!(studio.notice.is_none() && !studio.asks_about_photo());
    assert!(studio.input.as_ref().expect("an input").steps.len() > 6, "every stage is kept");
    assert!(studio.seen.is_some());
    window.get_by_label("digit.jpg");
}

#[test]
fn a_photo_is_asked_about_before_any_score() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("colours.png");
    let picture = image::RgbImage::from_fn(200, 160, |x, y| {
        image::Rgb([(x * 5 % 256) as u8, (y * 7 % 256) as u8, ((x + y) * 3 % 256) as u8])
    });
    picture.save(&path).expect("written");
    let mut window = first();
    open_file(&mut window, &path);
    assert!(window.state().studio.asks_about_photo());
    assert!(window.state().studio.seen.is_none(), "a score stands beside the question");
    window.get_by_label("Feed LeNet-5 anyway").click();
    settle(&mut window);
    assert!(!window.state().studio.asks_about_photo());
    assert!(window.state().studio.seen.is_some());
    let undo = |window: &mut super::Window| {
        window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::Z);
        settle(window);
    };
    undo(&mut window);
    assert!(window.state().studio.asks_about_photo());
    assert!(window.state().studio.seen.is_none(), "scores stand beside the question again");
    undo(&mut window);
    assert_eq!(window.state().studio.scene, Scene::default());
    assert!(window.state().studio.seen.is_some());
}

#[test]
fn a_network_that_is_switched_while_a_picture_loads_gets_its_own_tensor() {
    let folder = tempfile::tempdir().expect("a folder");
    let network = folder.path().join("small.json");
    let text = r#"{"name":"small","title":"Small","domain":"digit","nodes":[
        {"name":"input","kind":"input","shape":[1,40,36]},
        {"name":"A","inputs":["input"],"kind":"conv","maps":2,"window":{"kernel":[3,3]}}]}"#;
    std::fs::write(&network, text).expect("written");
    let picture = folder.path().join("digit.jpg");
    std::fs::write(&picture, photographed(convscope::data::digits::bundled().image(4_003), 7))
        .expect("written");
    let mut window = first();
    let actions = [Action::OpenPaths(vec![picture]), Action::Network(NetworkRef::File(network))];
    window.state_mut().studio.carry_out(actions);
    settle(&mut window);
    let studio = &window.state().studio;
    assert!(studio.notice.is_none(), "{:?}", studio.notice);
    assert_eq!(studio.input.as_ref().expect("an input").tensor.shape(), [1, 40, 36]);
    assert_eq!(studio.seen.as_ref().expect("a trace").trace.output(1).shape(), [2, 38, 34]);
}

#[test]
fn a_scene_file_is_what_was_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("scene.json");
    let scene = Scene {
        network: NetworkRef::Zoo("lenet5-modern".into()),
        input: InputRef::Digit(4_711),
        diverging: true,
        ..Scene::default()
    };
    let text = serde_json::to_string(&SceneFile::new(vec![scene.clone()], &Documents::default()))
        .expect("serialises");
    std::fs::write(&path, text).expect("written");
    let mut window = first();
    open_file(&mut window, &path);
    assert_eq!(window.state().studio.scene, scene);
    assert_eq!(
        window.state().studio.open.as_ref().map(|o| o.network.name.clone()),
        Some("lenet5-modern".into())
    );
}
