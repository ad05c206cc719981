//! The Parameters view, driven by keyboard and mouse.

mod control;
mod matrix;
mod telling;
mod trial;

use convscope::locale::Lang;
use convscope::network::connect::{Border, Hidden, Setting, Stop};
use convscope::network::zoo;
use convscope::render::{WiringStyle, WiringView};
use convscope::ui::action::{Action, Connect, Hand, Preset};
use convscope::ui::export::What;
use convscope::ui::frame::narrate;
use convscope::ui::lectures::{self, Lecture};
use convscope::ui::platform::painter::{Painter, Slot};
use convscope::ui::scene::{
    Count, FieldScene, InputRef, MatrixCamera, Opened, Page, Parameters, Scene, SceneFile, Shift,
    Subject, Trial, View,
};
use convscope::ui::settings::Settings;
use egui::Key;
use egui::accesskit::Role;
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};

use super::exports::export;
use super::{Window, act, failure, first, open};

fn on(parameters: Parameters) -> Window {
    let scene = Scene { view: View::Parameters, parameters, ..Scene::default() };
    open(scene, Settings::default(), [1280.0, 800.0])
}

fn shown(window: &Window) -> &Parameters {
    &window.state().studio.scene.parameters
}

fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    window.run();
}

#[test]
fn number_keys_change_the_view_and_nothing_of_what_was_there() {
    let mut window = first();
    let before = window.state().studio.scene.clone();
    press(&mut window, Key::Num3);
    assert_eq!(window.state().studio.scene.view, View::Parameters);
    window.get_by_label("Fully connected");
    press(&mut window, Key::Num1);
    assert_eq!(window.state().studio.scene, before);
}

#[test]
fn a_count_opens_to_its_formula() {
    let mut window = on(Parameters::default());
    let of_convolution = "connections: 100,000,000. Opens";
    window.query_all_by_label_contains(of_convolution).next_back().expect("a count").click();
    window.run();
    window.get_by_label("1,000·1,000 × 10·10 = 100,000,000");
    window.get_by_label("Copy LaTeX");
    window.get_by_label("Close").click();
    window.run();
    assert!(window.query_by_label("Copy LaTeX").is_none());
}

#[test]
fn layers_come_from_the_step_view_and_lead_back() {
    let mut window = first();
    window.get_by_label("Count its weights").click();
    window.run();
    assert_eq!(window.state().studio.scene.view, View::Parameters);
    let network = zoo::lenet5();
    let c3 = network.index_of("C3").and_then(|c3| Setting::of_layer(&network, c3)).expect("C3");
    assert_eq!((shown(&window).setting.clone(), shown(&window).stop), c3);
    window.get_by_label_contains("weights: 1,500.");
    window.get_by_label("Back to C3").click();
    window.run();
    assert_eq!(
        window.state().studio.scene,
        Scene { parameters: shown(&window).clone(), ..Scene::default() }
    );
}

#[test]
fn presets_show_published_numbers() {
    let expected = [
        (Preset::Course, "connections: 100,000,000."),
        (Preset::LeNetC1, "connections: 122,304."),
        (Preset::LeNetC3, "connections: 151,600."),
        (Preset::AlexNetConv1, "connections: 105,705,600."),
        (Preset::AlexNetFc6, "weights: 37,748,736."),
    ];
    for (preset, said) in expected {
        let mut window = on(Parameters::default());
        act(&mut window, [preset.action()]);
        assert!(window.query_all_by_label_contains(said).next().is_some(), "{preset:?}: {said}");
    }
}

#[test]
fn counts_leave_as_a_table_and_as_latex() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = on(Parameters::default());
    let opened = Opened { way: 1, count: Count::Weights };
    for (what, file, expected) in [
        (What::CountsSvg, "c.svg", "<polyline"),
        (What::Counts, "counts.csv", "locally connected,100000000,0,100000000,100000000"),
        (
            What::Count { opened, latex: true },
            "c.tex",
            r"1000 \cdot 1000 \times 10 \cdot 10 = 100000000",
        ),
    ] {
        let path = folder.path().join(file);
        export(&mut window, what, &path);
        assert_eq!(failure(&window), None);
        let written = std::fs::read_to_string(&path).expect("a file");
        assert!(written.contains(expected), "{written}");
    }
}

/// A scene file may name any stop and any numbers: the nearest end is shown, or the first layer.
#[test]
fn a_scene_with_impossible_numbers_is_shown_all_the_same() {
    let stops = [
        (Stop::Tiles([0, 0]), Stop::Shared),
        (Stop::Tiles([u64::MAX, 1]), Stop::Shared),
        (Stop::Field([u64::MAX, 1]), Stop::Local),
        (Stop::Field([1, 0]), Stop::Local),
        (Stop::Tiles([3, 5]), Stop::Tiles([3, 5])),
    ];
    for (stop, shown_stop) in stops {
        let window = on(Parameters { stop, ..Parameters::default() });
        assert_eq!(shown(&window).stop, shown_stop);
        assert_eq!(failure(&window), None, "{stop:?}");
    }
    let settings = [
        Setting { kernels: 0, ..Setting::default() },
        Setting { field: [u64::MAX; 2], dilation: [u64::MAX; 2], ..Setting::default() },
        Setting { image: [u64::MAX; 3], stride: [0, 0], ..Setting::default() },
    ];
    for setting in settings {
        let parameters = Parameters { setting, stop: Stop::Tiles([7, 0]), ..Parameters::default() };
        let window = on(parameters);
        assert_eq!(shown(&window).setting, Setting::default());
        assert!(failure(&window).is_some());
    }
}

/// What a scene says is shown, not changed; what it cannot mean does no harm.
#[test]
fn opening_a_scene_changes_nothing_of_it() {
    let units = Setting {
        border: Border::Ignored(Hidden::Units(1_000_000_000_000_000_000)),
        ..Setting::default()
    };
    let far = Trial {
        shift: Shift { y: i32::MIN, x: i32::MAX },
        unit: [usize::MAX, 99],
        weight: [usize::MAX, 9],
        turned: f32::INFINITY,
        larger: [usize::MAX, 1],
    };
    let scenes = [
        Parameters { setting: units, ..Parameters::default() },
        Parameters { page: Page::Trial, trial: far, ..Parameters::default() },
    ];
    for parameters in scenes {
        let mut window = on(parameters.clone());
        window.run();
        assert_eq!(*shown(&window), parameters);
    }
}

#[test]
fn an_opened_formula_is_a_part_of_the_scene() {
    let mut window = on(Parameters::default());
    let opened = Some(Opened { way: 2, count: Count::Connections });
    act(&mut window, [Action::Parameters(Connect::Formula(opened))]);
    window.get_by_label("Copy LaTeX");
    let text = serde_json::to_string(&window.state().studio.scene).expect("JSON");
    let scene: Scene = serde_json::from_str(&text).expect("a scene");
    assert_eq!(scene.parameters.formula, opened);
    let odd = text.replace(r#""count":"connections""#, r#""count":"connections","odd":1"#);
    assert_ne!(odd, text);
    assert!(serde_json::from_str::<Scene>(&odd).is_err(), "unknown fields are refused");
    press(&mut window, Key::F1);
    act(&mut window, [Action::CloseDialog, Action::Undo]);
    assert_eq!(shown(&window).formula, None);
    assert!(window.query_by_label("Copy LaTeX").is_none());
    // A scene may say anything.
    let nowhere = Some(Opened { way: 7, count: Count::Bytes });
    let window = on(Parameters { formula: nowhere, ..Parameters::default() });
    assert!(window.query_by_label("Copy LaTeX").is_none());
}

#[test]
fn backspace_leads_back_to_the_layer_that_was_sent_here() {
    let mut window = first();
    let before = window.state().studio.scene.clone();
    window.get_by_label("Count its weights").click();
    window.run();
    press(&mut window, Key::Backspace);
    let scene = &window.state().studio.scene;
    assert_eq!((scene.view, &scene.pin), (View::Step, &before.pin));
    let mut window = on(Parameters::default());
    press(&mut window, Key::Backspace);
    assert_eq!(window.state().studio.scene.view, View::Parameters, "it came from nowhere");
}

#[test]
fn the_dialog_shows_the_keys_of_the_view() {
    for (view, own, others) in [
        (View::Step, "mute the pinned map", "the next cell of the matrix"),
        (View::Parameters, "the next cell of the matrix", "mute the pinned map"),
        (View::Field, "one stack or two", "mute the pinned map"),
    ] {
        let scene = Scene { view, ..Scene::default() };
        let mut window = open(scene, Settings::default(), [1280.0, 800.0]);
        press(&mut window, Key::F1);
        window.get_by_label(own);
        window.get_by_label("go to anything");
        assert!(window.query_by_label(others).is_none(), "{view:?}");
    }
}

/// Types into a field for a number, and enters it.
fn enter(window: &mut Window, name: &str, typed: &str) {
    window.get(by().role(Role::SpinButton).label(name)).click();
    window.run();
    window.get(by().role(Role::SpinButton).label(name)).type_text(typed);
    window.run();
    press(window, Key::Enter);
}
