//! Time: layers and units are replayed, forwards and back.

use convscope::explain::replay::LayerClock;
use convscope::ui::action::{Action, Play, UnitRef};
use convscope::ui::replay::Now;
use convscope::ui::scene::{Camera, NetworkRef, Scene, Time, Worksheet};
use convscope::ui::settings::Change;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::made_up::forked;
use super::{act, first, pin};

fn event(window: &super::Window) -> Option<(String, u64)> {
    match &window.state().studio.scene.time {
        Time::Layer { node, event } => Some((node.clone(), *event)),
        Time::Unit { event } => Some(("unit".into(), *event)),
        Time::Rest => None,
    }
}

#[test]
fn space_plays_the_pinned_layer_and_stops_at_its_end_within_eight_seconds() {
    let mut window = first();
    act(&mut window, [Action::Play(Play::Toggle)]);
    assert!(window.state().studio.playing);
    let network = window.state().studio.open.as_ref().expect("open").network.clone();
    let end = LayerClock::of(&network, 3).len();
    let mut ticks = 0;
    let mut before = 0;
    while window.state().studio.playing {
        act(&mut window, [Action::Play(Play::Tick(0.1))]);
        let (node, now) = event(&window).expect("time has begun");
        assert_eq!(node, "C3");
        assert!(now >= before, "time runs forward");
        before = now;
        ticks += 1;
        assert!(ticks <= 81, "longer than 8 s");
    }
    assert_eq!(before, end);
    // The next layer comes after it.
    act(&mut window, [Action::Play(Play::Toggle)]);
    assert_eq!(event(&window), Some(("S4".into(), 0)));
}

#[test]
fn maps_beyond_the_play_head_are_labelled_and_the_narrator_says_the_event() {
    let mut window = first();
    act(&mut window, [Action::Play(Play::Scrub { node: 3, event: 2 })]);
    window
        .get_by_label_contains("the window stands at row 0, column 0; 25 products from S2, map 2");
    let progress = window.state().studio.progress().expect("a replay");
    assert_eq!((progress.units, progress.now), (0, Now::Part(2)));
    assert_eq!(pin(&window), Some(UnitRef { node: 3, unit: [0, 0, 0] }), "the head has the story");
    window.get_by_label("75 of 75 so far");
    // One event on, the unit is done.
    window.key_press(Key::Period);
    window.run();
    window.get_by_label_contains("row 0, column 0 is done");
    window.key_press(Key::Comma);
    window.key_press(Key::Comma);
    window.run();
    window.get_by_label("50 of 75 so far");
    window.key_press(Key::Escape);
    window.run();
    assert_eq!(event(&window), None);
    assert_eq!(pin(&window).map(|pin| pin.unit), Some([7, 4, 6]), "the pin is where it was");
}

#[test]
fn the_running_sum_of_a_unit_ends_in_its_sum() {
    let mut window = first();
    act(&mut window, [Action::Worksheet(Some(Worksheet::default()))]);
    act(&mut window, [Action::Play(Play::Toggle)]);
    assert_eq!(event(&window), Some(("unit".into(), 0)));
    let story = window.state().studio.story.clone().expect("a story");
    let e = story.explanation().expect("explained");
    let end = window.state().studio.replay().expect("a replay").len();
    // Products, four partial sums, the bias, the result.
    assert_eq!(end, 100 + 4 + 2);
    act(&mut window, [Action::Play(Play::ScrubUnit(24))]);
    // The narrator names the cell that the product comes from, not the unit that is computed.
    let term = e.terms[24].input;
    assert_eq!(term, [1, 8, 10]);
    window.get_by_label_contains("S2, map 1, row 8, column 10: ");
    window.get_by_label("25 of 100 so far");
    assert_eq!(window.state().studio.scene.worksheet, Some(Worksheet { part: 0, term: None }));
    // The partial sum of the first map, then the first product of the second.
    act(&mut window, [Action::Play(Play::ScrubUnit(26))]);
    assert_eq!(window.state().studio.scene.worksheet, Some(Worksheet { part: 1, term: None }));
    act(&mut window, [Action::Play(Play::ScrubUnit(end))]);
    let progress = window.state().studio.progress().expect("a replay");
    assert_eq!((progress.terms, progress.parts, progress.now), (100, 4, Now::Result));
    assert_eq!(e.parts.len(), 4);
}

#[test]
fn enter_zooms_from_the_network_to_one_product_and_escape_back() {
    let mut window = first();
    let state = |window: &super::Window| {
        let scene = &window.state().studio.scene;
        (scene.camera.clone(), scene.worksheet)
    };
    let layer = Camera::Layer("C3".into());
    let map = Camera::Map { node: "C3".into(), map: 7 };
    let all = Worksheet { part: 0, term: None };
    let one = Worksheet { part: 0, term: Some(0) };
    let path = [
        (Camera::Fit, None),
        (layer.clone(), None),
        (map.clone(), None),
        (map.clone(), Some(all)),
        (map, Some(one)),
    ];
    for step in &path[1..] {
        window.key_press(Key::Enter);
        window.run();
        assert_eq!(state(&window), *step);
    }
    for step in path[..4].iter().rev() {
        window.key_press(Key::Escape);
        window.run();
        assert_eq!(state(&window), *step);
    }
}

#[test]
fn branches_are_replayed_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let network = NetworkRef::File(forked(folder.path()));
    let scene = Scene { network, pin: None, ..Scene::default() };
    let mut window = super::open(scene, super::in_language(Default::default()), [1280.0, 800.0]);
    let nodes = window.state().studio.open.as_ref().expect("open").network.nodes().len();
    act(&mut window, [Action::Play(Play::FromImage)]);
    for node in 1..nodes {
        let network = window.state().studio.open.as_ref().expect("open").network.clone();
        let name = network.nodes()[node].name.clone();
        for event in [0, 1, u64::MAX] {
            act(&mut window, [Action::Play(Play::Scrub { node, event })]);
            let studio = &window.state().studio;
            assert!(studio.progress().is_some(), "{name} at {event}");
            assert!(studio.story.as_ref().is_some_and(|s| s.pin.node == node), "{name}");
        }
        let progress = window.state().studio.progress().expect("a replay");
        let units: usize = network.nodes()[node].output.iter().product();
        assert_eq!(progress.units, units, "{name} ends complete");
    }
}

#[test]
fn reduced_motion_moves_once_a_second() {
    let mut window = first();
    act(&mut window, [Action::Setting(Change::Still(true)), Action::Play(Play::Toggle)]);
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..30 {
        act(&mut window, [Action::Play(Play::Tick(0.1))]);
        seen.insert(event(&window));
    }
    assert!((3..=8).contains(&seen.len()), "{seen:?}");
}

#[test]
fn speed_goes_from_a_quarter_to_sixteen() {
    let mut window = first();
    for _ in 0..9 {
        window.key_press(Key::CloseBracket);
    }
    window.run();
    assert_eq!(window.state().studio.settings.speed, 16.0);
    for _ in 0..9 {
        window.key_press(Key::OpenBracket);
    }
    window.run();
    assert_eq!(window.state().studio.settings.speed, 0.25);
    window.key_press_modifiers(Modifiers::SHIFT, Key::Space);
    window.step();
    assert_eq!(event(&window).map(|(node, _)| node), Some("C1".into()), "from the image");
}
