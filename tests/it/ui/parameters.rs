//! The Parameters view, driven by keyboard and mouse.

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
fn the_arrows_walk_through_the_stops_and_the_counts_follow() {
    let mut window = on(Parameters::default());
    assert_eq!(shown(&window).stop, Stop::Shared);
    window.get_by_label_contains("weights: 100.");
    press(&mut window, Key::Home);
    assert_eq!(shown(&window).stop, Stop::Full);
    let mut seen = vec![shown(&window).stop];
    loop {
        press(&mut window, Key::ArrowRight);
        if seen.last() == Some(&shown(&window).stop) {
            break;
        }
        seen.push(shown(&window).stop);
        let said = narrate(&window.state().studio).text(Lang::En);
        let weights =
            Setting::default().counts(shown(&window).stop).expect("a layer").weights.value();
        let weights = convscope::locale::count(weights.expect("below 10³⁰"));
        assert!(said.contains(&weights), "{said}");
    }
    assert_eq!(seen, Setting::default().stops());
}

#[test]
fn what_is_asked_is_not_said_until_it_is_revealed() {
    let mut window = on(Parameters { asked: [false, false, true], ..Parameters::default() });
    assert!(window.query_by_label_contains("weights: 100.").is_none());
    let said = narrate(&window.state().studio).text(Lang::En);
    assert!(!said.contains("100"), "{said}");
    window.get_all_by_label("Show the number").next().expect("a question").click();
    window.run();
    window.get_by_label_contains("weights: 100.");
    press(&mut window, Key::H);
    assert!(window.query_by_label_contains("weights: 100.").is_none(), "covered by H");
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
fn another_layer_is_taken_or_refused_with_the_range() {
    let mut window = on(Parameters::default());
    let good = shown(&window).setting.clone();
    let wanted = Setting { kernels: 100, ..good.clone() };
    act(&mut window, [Action::Parameters(Connect::Setting(wanted.clone()))]);
    assert_eq!(shown(&window).setting, wanted);
    for bad in [
        Setting { field: [0, 0], ..good.clone() },
        Setting { field: [1001, 1001], ..good.clone() },
        Setting { image: [1, 1000, 0], ..good.clone() },
    ] {
        act(&mut window, [Action::Parameters(Connect::Setting(bad))]);
        assert_eq!(shown(&window).setting, wanted);
        let said = failure(&window).expect("a sentence");
        assert!(said.contains("1 "), "{said}");
        act(&mut window, [Action::Dismiss]);
    }
    act(&mut window, [Action::Undo]);
    assert_eq!(shown(&window).setting, good);
}

#[test]
fn what_is_typed_and_is_no_number_is_told() {
    for (typed, accepted) in
        [("64", true), ("0", false), ("-3", false), ("2.5", false), ("1e40", false)]
    {
        let mut window = on(Parameters::default());
        let field = by().role(Role::SpinButton).label("Kernels");
        window.get(field).click();
        window.run();
        let field = by().role(Role::SpinButton).label("Kernels");
        window.get(field).type_text(typed);
        window.run();
        press(&mut window, Key::Enter);
        let kernels = shown(&window).setting.kernels;
        if accepted {
            assert_eq!((kernels, failure(&window)), (64, None));
        } else {
            assert_eq!(kernels, 1, "{typed}");
            let said = failure(&window).unwrap_or_else(|| panic!("nothing was said of {typed}"));
            assert!(said.contains("between 1 and 1,000,000") && said.contains(typed), "{said}");
        }
    }
}

#[test]
fn a_cell_is_touched_and_walked_from() {
    let mut window = on(Parameters::default());
    press(&mut window, Key::Enter);
    let [row, column] = shown(&window).touched.expect("a cell in the middle");
    let wiring = window.state().studio.wiring().cloned().expect("a matrix");
    assert!(wiring.weight_at(row, column).is_some());
    press(&mut window, Key::Enter);
    assert!(matches!(shown(&window).camera, MatrixCamera::At { .. }));
    window.get_by_label_contains("This weight is used");
    press(&mut window, Key::ArrowDown);
    assert_eq!(shown(&window).touched, Some([row + 1, column]));
    press(&mut window, Key::Escape);
    assert_eq!(shown(&window).camera, MatrixCamera::Fit);
    press(&mut window, Key::Escape);
    assert_eq!(shown(&window).touched, None);
}

#[test]
fn the_wheel_zooms_at_the_pointer_and_back() {
    let mut window = on(Parameters::default());
    let matrix = window.get_by_label_contains("The matrix has 1,000,000 rows").rect();
    window.hover_at(matrix.center());
    for _ in 0..40 {
        window.event(egui::Event::MouseWheel {
            source: egui::MouseWheelSource::Unknown,
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, 60.0),
            phase: egui::TouchPhase::Move,
            modifiers: egui::Modifiers::NONE,
        });
        window.run();
    }
    let MatrixCamera::At { cells, centre } = shown(&window).camera else {
        panic!("nothing was zoomed");
    };
    assert!(cells < 0.1, "{cells}");
    // What was under the pointer is still there.
    assert!((centre[0] - 500_000.0).abs() < 10_000.0, "{centre:?}");
}

/// Where bands are seen and cells are not: what is told, marked and lit is one cell, under the pointer.
#[test]
fn a_touch_lights_the_band_under_the_pointer() {
    let cells = 180.0;
    let camera = MatrixCamera::At { centre: [500_000.0, 500_000.0], cells };
    let mut window = on(Parameters { camera, ..Parameters::default() });
    let matrix = window.get_by_label_contains("The matrix has 1,000,000 rows").rect();
    for points in [-14.0, -8.0, 0.0, 5.0, 11.0] {
        let at = matrix.center() + egui::vec2(points, 0.0);
        window.hover_at(at);
        window.run();
        window.drag_at(at);
        window.run();
        window.drop_at(at);
        window.run();
        let [row, column] = shown(&window).touched.expect("a cell");
        let wiring = window.state().studio.wiring().cloned().expect("a matrix");
        assert!(wiring.weight_at(row, column).is_some(), "({row}, {column}) has no weight");
        let meant = [500_000.0, 500_000.0 + f64::from(points) * cells];
        let away = (row as f64 - meant[0]).abs() + (column as f64 - meant[1]).abs();
        assert!(away < 8.0 * cells, "({row}, {column}) is not at {meant:?}");
        let unit = format!("Unit [0]({}, {})", row / 1000, row % 1000);
        let pixel = format!("input [0]({}, {})", column / 1000, column % 1000);
        let said = format!("{unit} reads {pixel}");
        assert!(window.query_by_label_contains(&said).is_some(), "{said}");
    }
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
fn the_story_asks_before_it_tells() {
    let file = SceneFile::parse(lectures::text(Lecture::Parameters), std::path::Path::new("story"))
        .expect("the lecture");
    let asks = |scene: &Scene| scene.parameters.asked.iter().filter(|&&asked| asked).count();
    let story: Vec<usize> = file.scenes.iter().map(asks).collect();
    // One column at a time, for the toy and for the true size; then the kernels.
    assert_eq!(story, [3, 2, 2, 1, 1, 0, 3, 2, 2, 1, 1, 0, 1, 0, 0, 0]);
    for scene in &file.scenes {
        assert_eq!(scene.parameters.setting.check(), Ok(()), "{:?}", scene.title.en);
        for words in [&scene.title.en, &scene.title.zh] {
            assert!(!words.is_empty());
        }
    }
    let mut window = first();
    let lecture = convscope::ui::action::Slides::Lecture(Lecture::Parameters);
    act(&mut window, [Action::Slides(lecture)]);
    assert!(window.query_by_label_contains("weights: 576.").is_none());
    press(&mut window, Key::PageDown);
    window.get_by_label_contains("weights: 576.");
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

#[test]
fn the_trial_says_who_moves_along() {
    let mut window = on(Parameters { page: Page::Trial, ..Parameters::default() });
    let mut trial = shown(&window).trial.clone();
    trial.shift.x = 3;
    trial.turned = 0.5;
    act(&mut window, [Action::Parameters(Connect::Trial(trial, Hand::Drags))]);
    let said = |window: &Window, words: &str| window.query_all_by_label(words).count();
    assert_eq!(said(&window, "700 of 700 pixels moved along"), 1);
    assert_eq!(said(&window, "1 of 784 pixels changed"), 2);
    assert_eq!(said(&window, "784 of 784 pixels changed"), 1);
    window.get_by_label("larger image").click();
    window.run();
    let none = "No weights for an image of this size: it would have to be made and trained anew.";
    assert_eq!(said(&window, none), 2);
}

#[test]
fn the_control_is_a_slider_with_a_value() {
    let window = on(Parameters::default());
    let slider = window.get_by_label("Connect: from every pixel to one shared kernel");
    assert_eq!(slider.accesskit_node().value().as_deref(), Some("all share"));
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

/// What the narrator says at a stop of a layer.
fn said(setting: Setting, stop: Stop) -> String {
    let window = on(Parameters { setting, stop, ..Parameters::default() });
    assert_eq!(failure(&window), None);
    narrate(&window.state().studio).text(Lang::En)
}

#[test]
fn the_narrator_says_what_sharing_leaves_and_what_it_changes() {
    let course = Setting::default();
    let tile = Stop::Tiles([8, 8]);
    assert!(said(course.clone(), tile).contains("and still 100,000,000 connections"));
    let hidden = Border::Ignored(Hidden::MapPerKernel);
    let maps = Setting { kernels: 100, border: hidden, ..course };
    let (tiles, shared) = (said(maps.clone(), tile), said(maps.clone(), Stop::Shared));
    for sentence in [&tiles, &shared] {
        assert!(sentence.starts_with("100 maps"), "{sentence}");
        assert!(sentence.contains("10,000,000,000 connections"), "{sentence}");
        assert!(!sentence.contains("still"), "{sentence}");
    }
    assert!(said(maps, Stop::Local).contains("100,000,000 connections"));
    let (fc6, _) = Preset::AlexNetFc6.setting();
    for stop in [Stop::Local, Stop::Shared] {
        let sentence = said(fc6.clone(), stop);
        assert!(sentence.contains("37,748,736 weights"), "{sentence}");
        assert!(!sentence.contains("instead"), "{sentence}");
    }
    assert!(said(fc6, Stop::Shared).starts_with("No two units have a kernel in common"));
}

#[test]
fn the_notes_say_what_happens_at_the_border() {
    use convscope::network::Padding;
    let small = Setting { image: [1, 32, 32], field: [5, 5], ..Setting::default() };
    let ignored = Border::Ignored(Hidden::LikeImage);
    let padded = |cells| Border::Padded(Padding::all(cells));
    let (zeros, inside) = ("The image is padded with zeros", "Fields lie inside the image");
    let (larger, hanging) = ("There are as many units as", "In the matrix those at the rim");
    for (border, stop, words) in [
        (Border::Valid, Stop::Full, inside),
        (Border::Valid, Stop::Field([20, 20]), larger),
        (Border::Valid, Stop::Local, inside),
        (Border::Valid, Stop::Tiles([2, 2]), inside),
        (Border::Same, Stop::Shared, zeros),
        (Border::Same, Stop::Field([20, 20]), larger),
        (padded(0), Stop::Shared, inside),
        (padded(2), Stop::Shared, zeros),
        (ignored.clone(), Stop::Shared, hanging),
        (ignored, Stop::Full, "The border is ignored"),
    ] {
        let setting = Setting { border, ..small.clone() };
        let window = on(Parameters { setting: setting.clone(), stop, ..Parameters::default() });
        assert_eq!(shown(&window).stop, stop, "{setting:?}");
        assert!(window.query_by_label_contains(words).is_some(), "{stop:?} of {setting:?}");
        let others = [zeros, inside, larger].into_iter().filter(|&other| other != words);
        for other in others {
            assert!(
                window.query_by_label_contains(other).is_none(),
                "{other}: {stop:?}, {setting:?}"
            );
        }
    }
    let one = Setting { field: [1, 1], border: Border::Same, ..small };
    let window = on(Parameters { setting: one, ..Parameters::default() });
    assert!(
        window.query_by_label_contains(zeros).is_none(),
        "a field of one cell needs no padding"
    );
}

fn tells_nothing(window: &mut Window) {
    let folder = tempfile::tempdir().expect("a folder");
    for said in ["120", "576", "hang over the border", "This weight is used"] {
        assert!(window.query_by_label_contains(said).is_none(), "{said} is told");
    }
    let sketch = convscope::ui::views::parameters::as_sketch(&window.state().studio);
    let lines = sketch
        .marks
        .iter()
        .filter(|mark| matches!(mark, convscope::paper::sketch::Mark::Polyline { .. }));
    assert_eq!(lines.count(), 0, "the growth is drawn");
    let opened = Opened { way: 1, count: Count::Weights };
    for what in [What::Counts, What::Count { opened, latex: false }] {
        let path = folder.path().join("hidden");
        export(window, what, &path);
        assert!(failure(window).expect("a refusal").contains("still to be guessed"));
        assert!(!path.exists());
        act(window, [Action::Dismiss]);
    }
}

/// Everything that is drawn or leaves as a file, without the numbers that are still to be guessed.
#[test]
fn hidden_numbers_are_told_nowhere() {
    let toy = || Parameters {
        setting: Preset::Toy.setting().0,
        stop: Stop::Local,
        touched: Some([0, 0]),
        ..Parameters::default()
    };
    let asked = Parameters { asked: [true; 3], ..toy() };
    let mut covered = on(toy());
    for said in ["120 weights", "hang over the border", "This weight is used"] {
        assert!(
            covered.query_by_label_contains(said).is_some(),
            "{said}: shown while nothing is hidden"
        );
    }
    act(
        &mut covered,
        [Action::Parameters(Connect::Formula(Some(Opened { way: 1, count: Count::Weights })))],
    );
    covered.get_by_label_contains("= 120");
    press(&mut covered, Key::H);
    tells_nothing(&mut covered);
    tells_nothing(&mut on(asked));
    // Where what it was without sharing is hidden, no sentence compares with it.
    let one = Parameters { asked: [false, true, false], stop: Stop::Shared, ..toy() };
    let said = narrate(&on(one).state().studio).text(Lang::En);
    assert!(said.contains("5 weights") && !said.contains("instead of"), "{said}");
    let course = Parameters { asked: [true, false, false], ..Parameters::default() };
    assert!(on(course).query_by_label_contains("10¹² → 10⁸").is_none());
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
fn a_digit_is_tried_where_it_was_chosen() {
    let mut window = on(Parameters { page: Page::Trial, ..Parameters::default() });
    let before = window.state().studio.tried.clone().expect("a trial").image;
    act(&mut window, [Action::Input(InputRef::Digit(7))]);
    assert_eq!(window.state().studio.scene.view, View::Parameters);
    assert_ne!(window.state().studio.tried.as_ref().expect("a trial").image, before);
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
fn the_control_and_the_matrix_move_with_the_arrows_while_they_have_the_focus() {
    let mut window = on(Parameters::default());
    window.get_by_label("Connect: from every pixel to one shared kernel").focus();
    window.run();
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::ArrowDown);
    assert_eq!(shown(&window).stop, Stop::Tiles([64, 64]));
    press(&mut window, Key::ArrowRight);
    assert_eq!(shown(&window).stop, Stop::Tiles([512, 512]));
    window.get_by_label_contains("The matrix has 1,000,000 rows").focus();
    window.run();
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::ArrowLeft);
    assert_eq!(shown(&window).touched, Some([1, 1]));
    assert_eq!(shown(&window).stop, Stop::Tiles([512, 512]));
    press(&mut window, Key::Enter);
    assert!(matches!(shown(&window).camera, MatrixCamera::At { .. }));
}

#[test]
fn a_touched_cell_goes_with_the_matrix_that_had_it() {
    let hidden = Border::Ignored(Hidden::MapPerKernel);
    let setting = Setting { kernels: 100, border: hidden, ..Setting::default() };
    let far = Some([50_000_000, 10]);
    let mut window = on(Parameters { setting, touched: far, ..Parameters::default() });
    assert_eq!(shown(&window).touched, far);
    act(&mut window, [Action::Parameters(Connect::Stop(Stop::Local))]);
    assert_eq!(shown(&window).touched, None, "a hundredth of the rows is left");
    act(&mut window, [Action::Undo]);
    assert_eq!(shown(&window).touched, far);
}

#[test]
fn names_of_columns_are_buttons() {
    let mut window = on(Parameters::default());
    window.get(by().role(Role::Button).label("Fully connected")).click();
    window.run();
    assert_eq!(shown(&window).stop, Stop::Full);
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

/// Keys of another view do nothing to what it would show.
#[test]
fn delete_removes_no_layer_that_is_not_shown() {
    let mut window = on(Parameters::default());
    let before = window.state().studio.scene.clone();
    for key in [Key::Delete, Key::C, Key::M, Key::D, Key::Space] {
        press(&mut window, key);
    }
    assert_eq!(window.state().studio.scene, before);
    for subject in [Subject::Network, Subject::Branches, Subject::Neocognitron] {
        let field = FieldScene { subject, ..FieldScene::default() };
        let scene = Scene { view: View::Field, field: field.clone(), ..Scene::default() };
        let mut window = open(scene, Settings::default(), [1280.0, 800.0]);
        press(&mut window, Key::Delete);
        assert_eq!(window.state().studio.scene.field.stacks, field.stacks, "{subject:?}");
    }
}

/// Where the CPU draws, a large matrix is coarse while it changes and whole when it rests.
#[test]
fn a_matrix_is_coarse_only_while_it_changes() {
    let ctx = egui::Context::default();
    let mut painter = Painter::cpu();
    let setting = Setting::default();
    let mut drawn = |stop: Stop, time: f64| {
        let wiring = setting.wiring(stop).expect("a matrix");
        let view = WiringView::whole(&wiring, 400, 400);
        let style = WiringStyle::default();
        let mut size = [0, 0];
        let input = egui::RawInput { time: Some(time), ..egui::RawInput::default() };
        let mut output = ctx.run_ui(input, |ui| {
            let id = painter.wiring(ui.ctx(), Slot::Wiring, &wiring, view, style).expect("draws");
            let textures = ui.ctx().tex_manager();
            size = textures.read().meta(id).expect("a texture").size;
        });
        output.textures_delta.clear();
        size
    };
    let (whole, coarse) = ([400, 400], [134, 134]);
    assert_eq!(drawn(Stop::Shared, 1.0), whole, "the first picture");
    assert_eq!(drawn(Stop::Local, 1.02), coarse);
    assert_eq!(drawn(Stop::Field([200, 200]), 1.04), coarse);
    assert_eq!(drawn(Stop::Field([200, 200]), 1.06), coarse, "it may go on");
    assert_eq!(drawn(Stop::Field([200, 200]), 1.5), whole);
    assert_eq!(drawn(Stop::Field([200, 200]), 1.6), whole);
}

/// Types into a field for a number, and enters it.
fn enter(window: &mut Window, name: &str, typed: &str) {
    window.get(by().role(Role::SpinButton).label(name)).click();
    window.run();
    window.get(by().role(Role::SpinButton).label(name)).type_text(typed);
    window.run();
    press(window, Key::Enter);
}

#[test]
fn what_is_typed_in_the_trial_is_taken_or_refused() {
    let turn = "How far the weight is turned";
    for (name, typed) in [("down", "99"), ("right", "1.5"), ("down", "abc"), (turn, "1e30")] {
        let mut window = on(Parameters { page: Page::Trial, ..Parameters::default() });
        let before = shown(&window).trial.clone();
        enter(&mut window, name, typed);
        assert_eq!(shown(&window).trial, before, "{name}: {typed}");
        let said = failure(&window).unwrap_or_else(|| panic!("nothing was said of {typed}"));
        assert!(said.contains(typed), "{said}");
        enter(&mut window, name, "2");
        assert_eq!(failure(&window), None, "put right");
        let Trial { shift: Shift { y, x }, turned, .. } = shown(&window).trial;
        assert_eq!(f64::from(y + x) + f64::from(turned), 2.0);
    }
}

/// The number that was there before is a good one, too; and undo leads back from what was refused.
#[test]
fn an_error_of_an_entry_goes_when_it_is_put_right() {
    let mut window = on(Parameters::default());
    enter(&mut window, "Kernels", "abc");
    assert!(failure(&window).is_some());
    let before = window.state().studio.scene.clone();
    enter(&mut window, "Kernels", "1");
    assert_eq!(failure(&window), None);
    assert_eq!(window.state().studio.scene, before);
    enter(&mut window, "Kernels", "abc");
    assert!(failure(&window).is_some());
    act(&mut window, [Action::Undo]);
    assert_eq!(failure(&window), None);
}

#[test]
fn the_answers_of_the_trial_are_covered_with_the_other_numbers() {
    let trial = Trial { shift: Shift { y: 0, x: 3 }, turned: 0.5, ..Trial::default() };
    let mut window = on(Parameters { page: Page::Trial, trial, ..Parameters::default() });
    assert!(window.query_all_by_label_contains("pixels changed").count() > 0);
    press(&mut window, Key::H);
    for answer in ["pixels changed", "pixels moved along"] {
        assert_eq!(window.query_all_by_label_contains(answer).count(), 0, "{answer}");
    }
}

/// What the course says of sharing is told where all share, with the numbers that are shown.
#[test]
fn the_course_text_is_told_of_at_its_own_stop() {
    for (stop, told) in [(Stop::Local, false), (Stop::Tiles([2, 2]), false), (Stop::Shared, true)] {
        let window = on(Parameters { stop, ..Parameters::default() });
        let found = window.query_by_label_contains("The course text says").is_some();
        assert_eq!(found, told, "{stop:?}");
    }
}

/// The caption names the field that is drawn, and counts the arrows of the drawing.
#[test]
fn the_example_says_what_it_draws() {
    use convscope::paper::sketch::Mark;
    for (stop, field, arrows) in [
        (Stop::Full, "every unit reads everything", 99),
        (Stop::Field([100, 100]), "fields of 5, cut at the ends", 43),
        (Stop::Local, "its own field of 3", 27),
        (Stop::Shared, "fields of 3", 27),
    ] {
        let window = on(Parameters { stop, ..Parameters::default() });
        let said = format!("{arrows} arrows");
        let caption = window.query_all_by_label_contains(&said).next();
        let caption = caption.and_then(|node| node.accesskit_node().label()).expect("a caption");
        assert!(caption.contains(field), "{caption}");
        let sketch =
            convscope::ui::views::parameters::slice_sketch(&window.state().studio, 480.0, None);
        let lines = sketch.marks.iter().filter(|mark| matches!(mark, Mark::Line { .. })).count();
        assert_eq!(lines, arrows, "{stop:?}");
    }
}

/// The last slide's title holds the numbers that are shown large.
#[test]
fn the_titles_of_the_lecture_say_the_counts() {
    let file = SceneFile::parse(lectures::text(Lecture::Parameters), std::path::Path::new("story"))
        .expect("the lecture");
    let scene = file.scenes.last().expect("a slide");
    let Parameters { setting, .. } = &scene.parameters;
    for stop in [Stop::Full, Stop::Local, Stop::Shared] {
        let counts = setting.counts(stop).expect("a layer");
        let weights = counts.weights.value().expect("below 10³⁰");
        let params = counts.params().value().expect("below 10³⁰");
        for (title, notes) in
            [(&scene.title.en, &scene.notes.en), (&scene.title.zh, &scene.notes.zh)]
        {
            assert!(title.contains(&convscope::locale::count(weights)), "{title}");
            assert!(notes.contains(&convscope::locale::count(params)), "{notes}");
        }
    }
}
