//! A network that no code mentions opens like any other.

use convscope::ui::action::UnitRef;
use convscope::ui::scene::{InputRef, NetworkRef, Scene};
use egui_kittest::kittest::Queryable as _;

use super::{in_language, open, pin};

const NETWORK: &str = r#"{"name":"forked","title":"Forked","nodes":[
    {"name":"input","kind":"input","shape":[1,20,26]},
    {"name":"stem","inputs":["input"],"kind":"conv","maps":3,"window":{"kernel":[3,3]},"activation":"relu"},
    {"name":"wide","inputs":["stem"],"kind":"conv","maps":2,
     "window":{"kernel":[1,7],"padding":{"top":0,"bottom":0,"left":3,"right":3}},"activation":"tanh"},
    {"name":"tall","inputs":["stem"],"kind":"conv","maps":4,
     "window":{"kernel":[5,1],"padding":{"top":2,"bottom":2,"left":0,"right":0}},"activation":"sigmoid"},
    {"name":"joined","inputs":["wide","tall"],"kind":"concat"},
    {"name":"small","inputs":["joined"],"kind":"pool_max","extent":{"window":{"window":{"kernel":[3,3],"stride":[2,2]},"ceil":true}}},
    {"name":"answer","inputs":["small"],"kind":"linear","output":[5,1,1]},
    {"name":"chance","inputs":["answer"],"kind":"softmax"}]}"#;

/// Writes the network into a folder.
pub fn forked(folder: &std::path::Path) -> std::path::PathBuf {
    let path = folder.join("forked.json");
    std::fs::write(&path, NETWORK).expect("written");
    path
}

#[test]
fn a_branching_network_with_a_one_by_seven_kernel_opens() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = forked(folder.path());
    let scene = Scene {
        network: NetworkRef::File(path),
        input: InputRef::Digit(4_007),
        ..Scene::default()
    };
    let mut window = open(scene, in_language(convscope::locale::Lang::En), [1280.0, 800.0]);
    let studio = &window.state().studio;
    assert!(studio.notice.is_none(), "{:?}", studio.notice);
    assert_eq!(studio.open.as_ref().expect("open").network.title, "Forked");
    assert_eq!(studio.open.as_ref().expect("open").origin, convscope::worker::Origin::Random);
    assert!(studio.input.as_ref().expect("an input").fitted, "32×32 is not 20×26");
    // C3 does not exist here, so the first computed layer tells its story.
    assert_eq!(pin(&window).map(|pin| pin.node), Some(1));
    for (name, node, parts, terms) in [
        ("wide, map 1", 2, 3, 21),
        ("tall, map 3", 3, 3, 15),
        ("joined, map 5", 4, 1, 1),
        ("small, map 0", 5, 1, 9),
    ] {
        window.get_by_label(name).click();
        window.run();
        assert_eq!(pin(&window).map(|pin| pin.node), Some(node), "{name}");
        let story = window.state().studio.story.as_ref().expect("a story");
        let explanation = story.explanation().expect("explained");
        assert_eq!((explanation.parts.len(), explanation.terms.len()), (parts, terms), "{name}");
        window.key_press(egui::Key::Escape);
        window.run();
    }
    window.get_by_label_contains("class 3:").click();
    window.run();
    assert_eq!(pin(&window), Some(UnitRef { node: 7, unit: [3, 0, 0] }));
    let story = window.state().studio.story.as_ref().expect("a story");
    // The two branches together, seen from the answer.
    let nodes: Vec<usize> = story.regions.iter().map(|region| region.node).collect();
    assert_eq!(nodes, [7, 6, 5, 4, 3, 2, 1, 0]);
}
