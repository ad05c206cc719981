//! The Receptive field view: comparisons, the builder, the effective field, composition.

use convscope::engine::Model;
use convscope::engine::effective::{Asked, heats};
use convscope::locale::{Lang, Message};
use convscope::network::stack::{Stack, StackKind, StackLayer};
use convscope::paper::sketch::{Ink, Mark, Role as Colour};
use convscope::ui::action::{Action, Direction, Edit, FieldAction, FieldPreset};
use convscope::ui::export::{Export, To, What, prepare};
use convscope::ui::frame::narrate;
use convscope::ui::lectures::{Lecture, text};
use convscope::ui::scene::{
    Composition, FieldPage, FieldScene, InputRef, Pin, Scene, SceneFile, Spot, Subject, View,
};
use convscope::ui::settings::Settings;
use convscope::ui::studio::{Outcome, Studio};
use convscope::ui::views::field::as_sketch;
use egui::accesskit::{Role, Toggled};
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};

use super::{Window, act, failure, first, in_language, open, settle};

fn on(field: FieldScene) -> Window {
    open_on(field, Settings::default(), [1280.0, 800.0])
}

fn open_on(field: FieldScene, settings: Settings, size: [f32; 2]) -> Window {
    let pin = Some(Pin { node: "S4".into(), unit: [3, 2, 2] });
    let mut window =
        open(Scene { view: View::Field, field, pin, ..Scene::default() }, settings, size);
    settle(&mut window);
    window
}

fn studio(window: &Window) -> &Studio {
    &window.state().studio
}

fn shown(window: &Window) -> &FieldScene {
    &studio(window).scene.field
}

fn composition_of(window: &Window) -> &Outcome {
    studio(window).field.outcome().expect("two kernels")
}

fn of(subject: Subject) -> FieldScene {
    FieldScene { subject, ..FieldScene::default() }
}

fn press(window: &mut Window, key: Key) {
    window.key_press(key);
    window.run();
}

#[test]
fn one_key_and_one_click_show_seven_by_seven_beside_three_small_kernels() {
    let mut window = first();
    press(&mut window, Key::Num4);
    window.get_by_label("stride or pool").click();
    window.run();
    window.get_by_label("7×7 or 3 × 3×3").click();
    window.run();
    window.get_by_label_contains("27 C² weights, 55 % · 3 non-linearities");
    window.get_by_label_contains("49 C² weights · one non-linearity");
    window.get_by_label_contains("Same field, 7 pixels. Not the same function");
    window.get_by_label("5 + 2·1 = 7");
    assert_eq!(
        narrate(studio(&window)).text(Lang::En),
        "More ways lead from the middle than from the rim: 49 from the central pixel to conv 3 (6,6), one from the corner."
    );
    // Two kernels become one, three do not: the link stands under the smaller comparison, leads to the
    // two kernels, and undo leads back.
    assert!(window.query_by_label_contains("Take the ReLUs away").is_none());
    window.get_by_label("5×5 or 2 × 3×3").click();
    window.run();
    window.get_by_label_contains("Take the ReLUs away").click();
    window.run();
    assert_eq!(shown(&window).page, FieldPage::Compose);
    act(&mut window, [Action::Undo]);
    assert_eq!(shown(&window).page, FieldPage::Figure);
}

#[test]
fn layers_are_added_changed_moved_and_removed_and_all_of_it_undone() {
    let mut window = on(FieldScene::default());
    let start = studio(&window).state();
    let layers = |window: &Window| shown(window).stacks[1].layers.clone();
    window.get_by_label("+ pooling").click();
    window.run();
    assert_eq!(layers(&window)[3], StackLayer::pool(2));
    assert_eq!(shown(&window).selected, Some(3));
    window.key_press_modifiers(Modifiers::ALT, Key::ArrowUp);
    window.run();
    assert_eq!(layers(&window)[2], StackLayer::pool(2));
    press(&mut window, Key::Delete);
    assert_eq!(layers(&window), vec![StackLayer::conv(3, 1); 3]);
    let mut changed = shown(&window).stacks[1].clone();
    changed.layers[0].dilation = 2;
    changed.layers[0].padding = 2;
    act(&mut window, [Action::Field(FieldAction::Stack(1, changed))]);
    window.get_by_label("1 + 2·2·1 = 5, with holes");
    for _ in 0..4 {
        act(&mut window, [Action::Undo]);
    }
    // What was selected on the way is a step of its own at most.
    for _ in 0..3 {
        if studio(&window).state() != start {
            act(&mut window, [Action::Undo]);
        }
    }
    assert_eq!(studio(&window).state(), start);
}

#[test]
fn bad_numbers_are_told_with_their_range_and_the_last_good_picture_stays() {
    let mut window = on(FieldScene::default());
    let good = shown(&window).clone();
    for (change, says) in [
        (StackLayer { kernel: 0, ..StackLayer::conv(3, 1) }, "between 1 and 64"),
        (StackLayer { stride: 0, ..StackLayer::conv(3, 1) }, "between 1 and 16"),
        (StackLayer { padding: 9, ..StackLayer::conv(3, 1) }, "between 0 and 2"),
        (StackLayer::conv(40, 0), "1 to 13"),
    ] {
        let stack = Stack::of(13, [change]);
        act(&mut window, [Action::Field(FieldAction::Stack(1, stack))]);
        let said = failure(&window).expect("a sentence");
        assert!(said.contains(says), "{said}");
        assert_eq!(*shown(&window), good);
        assert_eq!(studio(&window).field.stacks().count(), 2);
    }
    // The next good one takes the sentence away.
    let stack = Stack::of(13, [StackLayer::conv(5, 2)]);
    act(&mut window, [Action::Field(FieldAction::Stack(1, stack))]);
    assert_eq!(failure(&window), None);
    // The last layer stays.
    act(&mut window, [Action::Field(FieldAction::Remove(None))]);
    assert_eq!(failure(&window).as_deref(), Some("a stack keeps at least one layer"));
    assert_eq!(shown(&window).stacks[1].layers.len(), 1);
}

#[test]
fn a_scene_that_cannot_be_drawn_is_told_and_does_not_stop_anything() {
    let plain = FieldScene::default;
    let weights = |weight| Composition { inner: [weight; 9], ..Composition::default() };
    let stack = || Stack::of(3, [StackLayer::conv(9, 0)]);
    let bad = [
        (FieldScene { stacks: Vec::new(), ..plain() }, "The scene has 0 stacks", "0 个层叠"),
        (FieldScene { active: 7, ..plain() }, "about stack number 7", "7 号层叠"),
        (
            FieldScene { stacks: vec![stack()], active: 0, ..plain() },
            "A stack of the scene cannot be (layer 1: a window over 9 cells",
            "层叠不成立",
        ),
        (FieldScene { composition: weights(f32::NAN), ..plain() }, "the weight NaN", "NaN"),
        (FieldScene { composition: weights(-100.0), ..plain() }, "the weight -100", "-100"),
    ];
    for (field, en, zh) in bad {
        for (lang, words) in [(Lang::En, en), (Lang::Zh, zh)] {
            let window = open_on(field.clone(), in_language(lang), [1280.0, 800.0]);
            assert!(shown(&window).check().is_ok());
            assert!(studio(&window).seer().is_some());
            let told = said(&window);
            assert!(told.contains(words), "{words}: {told}");
        }
    }
    // A unit that is not there is looked for as near to it as there is one.
    let spots = [Some(Spot { layer: 99, at: [99, 99] }), None];
    let window = on(FieldScene { spots, ..plain() });
    assert_eq!(studio(&window).field.stack(0).expect("one").unit.unit, [0, 12, 12]);
    assert_eq!(failure(&window), None);
}

#[test]
fn the_keys_move_the_unit_both_stacks_and_the_comparison() {
    let mut window = on(FieldScene::default());
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowRight);
    window.run();
    let units: Vec<_> = studio(&window).field.stacks().map(|seer| seer.unit.unit).collect();
    assert_eq!(units, [[0, 6, 7], [0, 6, 7]], "as large there: both move");
    press(&mut window, Key::ArrowLeft);
    let seer = studio(&window).seer().expect("one");
    assert_eq!((seer.unit.node, seer.field.size), (2, [5, 5]));
    press(&mut window, Key::ArrowUp);
    assert_eq!(shown(&window).active, 0);
    press(&mut window, Key::C);
    assert_eq!(shown(&window).stacks.len(), 1);
    press(&mut window, Key::C);
    assert_eq!(shown(&window).stacks.len(), 2);
    press(&mut window, Key::F);
    assert_eq!(shown(&window).spots, [None, None]);
    press(&mut window, Key::Enter);
    assert_eq!(shown(&window).page, FieldPage::Growth);
    press(&mut window, Key::Escape);
    assert_eq!(shown(&window).page, FieldPage::Figure);
}

#[test]
fn a_click_on_a_cell_looks_at_that_unit() {
    let mut window = on(FieldScene::default());
    let name = "3 × (3×3): conv 2, of which 3 are seen";
    window.get_by_label(name).click();
    window.run();
    let seer = studio(&window).seer().expect("one");
    assert_eq!((seer.unit.node, seer.unit.unit), (2, [0, 6, 6]));
}

#[test]
fn the_effective_field_of_the_open_network_lies_inside_its_box() {
    let field = FieldScene { page: FieldPage::Image, ..of(Subject::Network) };
    let mut window = on(field);
    let effective = studio(&window).effective().expect("computed").clone();
    let bounds = studio(&window).seer().expect("one").region(0).expect("the image").bounds;
    let mut inside = 0.0;
    for (i, &heat) in effective.here.values().iter().enumerate() {
        let (y, x) = ((i / 32) as i64, (i % 32) as i64);
        let within = (bounds.y0..bounds.y1).contains(&y) && (bounds.x0..bounds.x1).contains(&x);
        assert!(within || heat == 0.0, "heat at {y},{x}");
        inside += f64::from(heat);
    }
    assert!(inside > 0.0);
    // Another unit, another field; a digit is chosen without leaving the view.
    act(&mut window, [Action::Step(Direction::Right)]);
    settle(&mut window);
    let other = studio(&window).effective().expect("computed anew");
    assert_eq!(other.unit.unit, [3, 2, 3]);
    assert!(!other.here.same_memory(&effective.here));
    act(&mut window, [Action::Input(InputRef::Digit(4_100))]);
    settle(&mut window);
    assert_eq!(studio(&window).scene.view, View::Field);
    assert!(!studio(&window).effective().expect("of that digit").here.same_memory(&effective.here));
}

#[test]
fn heat_of_another_image_or_of_other_weights_is_never_shown() {
    let field = FieldScene { page: FieldPage::Image, ..of(Subject::Network) };
    let mut window = on(field);
    let before = studio(&window).effective().expect("computed").here.clone();
    // What the engine gives for what is shown now, asked for by itself.
    let told = |window: &Window| {
        let studio = studio(window);
        let open = studio.open.as_ref().expect("a network");
        let seen = studio.seen.as_ref().expect("a pass");
        let input = studio.input.as_ref().expect("a digit").tensor.clone();
        let model = Model::new(&open.network, &seen.weights).expect("fits");
        let unit = studio.seer().expect("one").unit;
        let asked = Asked { muted: &seen.muted, node: unit.node, unit: unit.unit };
        let mut heats = heats(&model, &[input], asked, &|| false).expect("runs");
        heats.pop().expect("one").values().to_vec()
    };
    assert_eq!(before.values(), told(&window));
    let changes = [
        Action::Input(InputRef::Digit(4_100)),
        Action::Edit(Edit::Mute { node: "S2".into(), map: 3 }),
        Action::Undo,
    ];
    for change in changes {
        // Not a turn of the window: what is there before the answer comes counts.
        window.state_mut().studio.carry_out([change]);
        for _ in 0..6 {
            if let Some(shown) = studio(&window).effective()
                && studio(&window).seen.is_some()
                && !studio(&window).is_waiting_for_the_pass()
            {
                assert_eq!(shown.here.values(), told(&window));
            }
            window.step();
        }
        settle(&mut window);
        let after = studio(&window).effective().expect("computed anew").here.clone();
        assert_eq!(after.values(), told(&window));
    }
}

#[test]
fn the_average_over_a_thousand_digits_prefers_the_middle() {
    let field = FieldScene { average: true, page: FieldPage::Image, ..of(Subject::Network) };
    let window = on(field);
    let (heat, live) =
        studio(&window).effective().and_then(|e| e.average.clone()).expect("an average");
    assert!(live > 900, "{live}");
    let bounds = studio(&window).seer().expect("one").region(0).expect("the image").bounds;
    let share = convscope::network::receptive::energy::share_in_quarter(&heat, bounds);
    assert!(share.expect("energy") > 0.32, "an even spread would give a quarter: {share:?}");
}

#[test]
fn two_kernels_compose_on_the_digit_until_a_relu_stands_between() {
    let composed = |relu| {
        let composition = Composition { relu, ..Composition::default() };
        let page = FieldPage::Compose;
        on(FieldScene { page, composition, ..FieldScene::default() })
    };
    let window = composed(false);
    assert!(composition_of(&window).largest < 1e-5);
    assert!(narrate(studio(&window)).text(Lang::En).contains("largest difference 0.0000, no more"));
    let mut window = composed(true);
    assert!(composition_of(&window).largest > 0.1);
    window.get_by_label("ReLU between").click();
    window.run();
    assert!(!shown(&window).composition.relu);
}

#[test]
fn h_covers_what_is_to_be_guessed() {
    let mut window = on(FieldScene::default());
    press(&mut window, Key::H);
    assert_eq!(narrate(studio(&window)).key, "narrator-covered");
    assert!(window.query_by_label("5 + 2·1 = 7").is_none());
    assert!(window.query_by_label_contains("55 %").is_none());
    press(&mut window, Key::H);
    window.get_by_label("5 + 2·1 = 7");
}

#[test]
fn branches_give_the_union_and_say_so() {
    let window = on(of(Subject::Branches));
    let told = narrate(studio(&window)).text(Lang::En);
    assert!(told.contains("union") && told.contains("17 of the 81"), "{told}");
    assert!(told.contains("has holes and is not a full rectangle"), "{told}");
    window.get_by_label("9, with holes");
}

#[test]
fn of_branches_a_unit_stands_for_all_maps_in_everything_that_is_said() {
    let branch = Some(Spot { layer: 5, at: [10, 10] });
    let window = on(FieldScene { branch, ..of(Subject::Branches) });
    let seer = studio(&window).seer().expect("one");
    assert_eq!((seer.field.size, seer.field.exact), ([9, 9], false));
    let ways = &seer.paths_of(0).expect("counted").paths;
    let seen = seer.region(0).expect("the image").bounds;
    assert_eq!(seen.sides(), ways.bounds.sides());
    assert!(narrate(studio(&window)).text(Lang::En).contains("17 of the 81"));
    let words = said(&window);
    assert!(words.contains("concat (10,10)") && !words.contains("concat[0]"), "{words}");
    // Behind a branch only that branch is seen.
    let branch = Some(Spot { layer: 2, at: [10, 10] });
    let window = on(FieldScene { branch, ..of(Subject::Branches) });
    let seer = studio(&window).seer().expect("one");
    assert_eq!((seer.field.size, seer.field.exact), ([3, 3], true));
}

#[test]
fn stacks_are_compared_on_one_image() {
    let mut window = on(FieldScene::default());
    let sides = |window: &Window| -> Vec<usize> {
        shown(window).stacks.iter().map(|stack| stack.side).collect()
    };
    let sized = |window: &Window, side| Stack { side, ..shown(window).stacks[1].clone() };
    let larger = sized(&window, 21);
    act(&mut window, [Action::Field(FieldAction::Stack(1, larger))]);
    assert_eq!(sides(&window), [21, 21]);
    let sees = |seer: &convscope::ui::studio::Seer| seer.sides_on_image();
    let seen: Vec<_> = studio(&window).field.stacks().map(sees).collect();
    assert_eq!(seen, [[[7, 7]; 2], [[7, 7]; 2]]);
    act(&mut window, [Action::Undo]);
    assert_eq!(sides(&window), [13, 13]);
    // A side that one of them cannot have, none gets.
    let stacks =
        vec![Stack::of(13, [StackLayer::conv(7, 0)]), Stack::of(13, [StackLayer::conv(3, 1)])];
    let mut window = on(FieldScene { stacks, ..FieldScene::default() });
    let smaller = sized(&window, 5);
    act(&mut window, [Action::Field(FieldAction::Stack(1, smaller))]);
    assert_eq!(sides(&window), [13, 13]);
    assert!(failure(&window).expect("a sentence").contains("window over 7 cells"));
}

#[test]
fn the_selected_layer_is_the_one_that_is_looked_at() {
    let stacks =
        vec![Stack::of(16, [StackLayer::conv(3, 1), StackLayer::conv(5, 2), StackLayer::pool(2)])];
    let field = FieldScene { stacks, active: 0, selected: Some(0), ..FieldScene::default() };
    let mut window = on(field);
    let agree = |window: &Window| {
        let selected = shown(window).selected.expect("a layer");
        assert_eq!(studio(window).seer().expect("one").unit.node, selected + 1);
    };
    for action in [
        FieldAction::Move(None, true),
        FieldAction::Reorder { from: 2, to: 0 },
        FieldAction::Remove(None),
        FieldAction::Add(StackKind::Conv),
    ] {
        act(&mut window, [Action::Field(action)]);
        assert_eq!(failure(&window), None);
        agree(&window);
    }
}

#[test]
fn the_buttons_that_add_a_layer_keep_their_place() {
    let mut window = on(FieldScene::default());
    let place = |window: &Window| window.get_by_label("+ pooling").rect().left();
    let before = place(&window);
    window.get_by_label("conv 2").click();
    window.run();
    assert_eq!(shown(&window).selected, Some(1));
    assert!((place(&window) - before).abs() < 1.0);
}

#[test]
fn so_many_layers_that_no_whole_maps_fit_are_rows() {
    let stacks = FieldPreset::Deep.stacks().expect("stacks");
    let field = FieldScene { stacks, active: 0, maps: true, ..FieldScene::default() };
    let words = said(&on(field));
    assert!(words.contains("do not fit as whole maps"), "{words}");
    assert!(words.contains("it sees 224 pixels in a field of 1,451"), "{words}");
}

#[test]
fn the_neocognitron_gives_no_table_of_another_network() {
    let window = on(of(Subject::Neocognitron));
    for what in [What::FieldCsv, What::FieldLatex, What::FieldSvg] {
        assert!(prepare(studio(&window), Export { what, to: To::Clipboard }).is_none());
    }
}

#[test]
fn figures_and_tables_leave_as_svg_csv_and_latex() {
    let window = on(FieldScene::default());
    let folder = tempfile::tempdir().expect("a folder");
    let written = |what, name: &str| {
        let to = To::Path(folder.path().join(name));
        let job = prepare(studio(&window), Export { what, to }).expect("there is something");
        job.run().expect("nobody cancels").expect("written");
        std::fs::read_to_string(folder.path().join(name)).expect("text")
    };
    let svg = written(What::FieldSvg, "a.svg");
    assert!(svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"));
    assert!(svg.contains("sees 7") && svg.contains("27 C² weights, 55 %"), "{svg}");
    // Every element is closed, every text escaped.
    assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{svg}");
    let csv = written(What::FieldCsv, "a.csv");
    let lines: Vec<&str> = csv.split("\r\n").collect();
    assert_eq!(lines[4], "conv 3,3,3,1,1,1,1,1,1,1,1,7,7,1,1,-3,-3,true");
    let latex = written(What::FieldLatex, "a.tex");
    assert!(latex.contains("r_{3} &= 5 + 2 \\cdot 1 = 7"), "{latex}");
    assert!(latex.starts_with("\\begin{align*}") && latex.trim_end().ends_with("\\end{align*}"));
    for field in [
        FieldScene { maps: true, ..FieldScene::default() },
        FieldScene { page: FieldPage::Growth, ..FieldScene::default() },
        of(Subject::Network),
        of(Subject::Branches),
    ] {
        let window = on(field);
        let sketch = as_sketch(studio(&window)).expect("a figure");
        assert!(sketch.marks.len() > 10 && sketch.size.iter().all(|side| *side > 100.0));
    }
}

/// Everything that can be read in the window, by eye or by ear.
fn said(window: &Window) -> String {
    fn drawn(shape: &egui::Shape, into: &mut Vec<String>) {
        match shape {
            egui::Shape::Text(text) => into.push(text.galley.text().to_owned()),
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| drawn(shape, into)),
            _ => {}
        }
    }
    let mut all = Vec::new();
    for node in window.query_all(by().predicate(|_| true)) {
        let node = node.accesskit_node();
        all.extend([node.label(), node.value(), node.description()].into_iter().flatten());
    }
    window.output().shapes.iter().for_each(|clipped| drawn(&clipped.shape, &mut all));
    all.join("\n")
}

#[test]
fn the_lecture_asks_and_then_tells_in_both_languages() {
    let file = SceneFile::parse(text(Lecture::Fields), std::path::Path::new("lecture"));
    let scenes = file.expect("a lecture").scenes;
    assert!(scenes.len() >= 8);
    let shown = |scene: &Scene, lang| {
        let mut window = open(scene.clone(), in_language(lang), [1280.0, 720.0]);
        settle(&mut window);
        assert!(failure(&window).is_none(), "{}", scene.title.en);
        window
    };
    for scene in &scenes {
        assert_eq!(scene.field.check(), Ok(()));
        for words in [&scene.title, &scene.notes] {
            assert!(!words.en.is_empty() && !words.zh.is_empty());
        }
        shown(scene, Lang::En);
    }
    // What each question is answered with, once the next slide is there.
    let answers = [
        ["it sees 3 pixels", "看到 3 个像素"],
        ["it sees 5 pixels", "看到 5 个像素"],
        ["55 %", "55 %"],
        ["49", "49"],
    ];
    let asking: Vec<usize> = (0..scenes.len()).filter(|&at| scenes[at].field.asked).collect();
    assert_eq!(asking.len(), answers.len());
    for (at, answer) in asking.into_iter().zip(answers) {
        let next = &scenes[at + 1];
        assert!(!next.field.asked, "slide {} asks and the next one does not tell", at + 1);
        for (lang, answer) in Lang::ALL.into_iter().zip(answer) {
            let window = shown(&scenes[at], lang);
            let words = said(&window);
            assert!(!words.contains(answer), "slide {} gives it away: {words}", at + 1);
            assert!(words.lines().any(|line| line == "?"), "slide {}: {words}", at + 1);
            assert!(narrate(studio(&window)).key.starts_with("field-asked"));
            let words = said(&shown(next, lang));
            assert!(words.contains(answer), "slide {} does not tell: {words}", at + 2);
        }
    }
    // Which of two has more weights is asked with both in sight.
    assert_eq!(scenes[4].field.stacks.len(), 2);
}

#[test]
fn a_guess_marks_only_what_the_unit_reads_itself() {
    let stacks = vec![Stack::of(13, [StackLayer::conv(3, 1); 2])];
    let field = FieldScene { stacks, active: 0, asked: true, ..FieldScene::default() };
    let amber = |field: FieldScene| {
        let sketch = as_sketch(studio(&on(field))).expect("a figure");
        let lit = sketch.marks.iter().filter(|mark| match mark {
            Mark::Line { pen, .. } => pen.ink == Ink::from(Colour::Amber),
            _ => false,
        });
        lit.count()
    };
    assert_eq!(amber(field.clone()), 3);
    assert_eq!(amber(FieldScene { asked: false, ..field }), 3 + 9);
}

#[test]
fn what_exists_of_a_field_hangs_on_the_place_of_the_unit() {
    let told = |stack: Stack, spot: Spot| {
        let spots = [Some(spot), None];
        let field = FieldScene { stacks: vec![stack], active: 0, spots, ..FieldScene::default() };
        narrate(studio(&on(field))).text(Lang::En)
    };
    let deep = FieldPreset::Deep.stacks().expect("stacks").remove(0);
    let layer = deep.layers.len();
    let middle = told(deep.clone(), Spot { layer, at: [3, 3] });
    assert!(middle.contains("1,451×1,451 pixels, of which 224×224 exist"), "{middle}");
    // At the corner of the image half of the field hangs over it.
    let wide = Stack::of(224, [StackLayer::conv(7, 3); 40]);
    let corner = told(wide, Spot { layer: 40, at: [0, 0] });
    assert!(corner.contains("sees 241×241 pixels, of which 121×121 exist"), "{corner}");
    // A window may step over the whole image.
    let holes = StackLayer { dilation: 8, padding: 6, ..StackLayer::conv(2, 0) };
    let nothing = told(Stack::of(2, [holes]), Spot { layer: 1, at: [1, 1] });
    assert_eq!(
        nothing,
        "conv 1 (1,1) sees nothing of the image: no way leads to it from any pixel."
    );
}

/// Every scene of the view that is looked at.
fn scenes() -> Vec<FieldScene> {
    let preset = |preset: FieldPreset| {
        let stacks = preset.stacks().expect("stacks");
        FieldScene { active: stacks.len() - 1, stacks, ..FieldScene::default() }
    };
    let page = |page, field: FieldScene| FieldScene { page, ..field };
    vec![
        FieldScene { selected: Some(1), ..preset(FieldPreset::Seven) },
        FieldScene { maps: true, ..preset(FieldPreset::Dilated) },
        preset(FieldPreset::StrideOrPool),
        page(FieldPage::Table, preset(FieldPreset::StrideOrPool)),
        page(FieldPage::Growth, preset(FieldPreset::Deep)),
        preset(FieldPreset::Deep),
        page(FieldPage::Compose, preset(FieldPreset::Five)),
        of(Subject::Network),
        page(FieldPage::Image, of(Subject::Network)),
        of(Subject::Branches),
        of(Subject::Neocognitron),
    ]
}

#[test]
fn labels_stay_on_screen_and_off_each_other() {
    let is_label =
        |role: Role| matches!(role, Role::Label | Role::Link | Role::ComboBox | Role::SpinButton);
    for (size, presenting) in
        [([1280.0, 800.0], false), ([1024.0, 768.0], false), ([853.0, 480.0], true)]
    {
        for lang in Lang::ALL {
            for field in scenes() {
                let settings = Settings { presenting, scale: 1.0, ..in_language(lang) };
                let at = format!("{:?} {:?} at {size:?} in {lang:?}", field.subject, field.page);
                let window = open_on(field, settings, size);
                assert!(failure(&window).is_none(), "{at}");
                let labels: Vec<(String, egui::Rect)> = window
                    .query_all(by().predicate(move |node| is_label(node.role())))
                    .filter_map(|node| {
                        let node_label = node.accesskit_node().label();
                        let name = node_label.or_else(|| node.value()).unwrap_or_default();
                        let rect = node.rect();
                        (rect.is_positive() && !name.is_empty()).then_some((name, rect))
                    })
                    .collect();
                for (i, (name, rect)) in labels.iter().enumerate() {
                    assert!(!name.contains("{$"), "{at}: a value is missing in {name:?}");
                    let on_screen = rect.left() >= 0.0 && rect.right() <= size[0] + 0.5;
                    assert!(on_screen, "{at}: {name:?} is cut off, {rect:?}");
                    for (other, covered) in &labels[..i] {
                        let shared = rect.shrink(1.0).intersect(covered.shrink(1.0));
                        // Rows of the table that are scrolled away lie under what stands below it.
                        let scrolled = |r: &egui::Rect| r.bottom() > size[1] - 110.0;
                        assert!(
                            !shared.is_positive() || scrolled(rect) || scrolled(covered),
                            "{at}: {name:?} {rect:?} covers {other:?} {covered:?}"
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn nothing_moves_when_nothing_is_done() {
    for field in [FieldScene::default(), of(Subject::Network), of(Subject::Branches)] {
        let window = on(field);
        let output = window.output();
        let rest = output.viewport_output.values().map(|v| v.repaint_delay).min().expect("one");
        assert!(rest > std::time::Duration::from_secs(3), "{rest:?}");
    }
}

#[test]
fn every_kind_of_layer_can_be_added() {
    let mut window = on(FieldScene::default());
    for kind in StackKind::ALL {
        act(&mut window, [Action::Field(FieldAction::Add(kind))]);
        assert_eq!(failure(&window), None);
        let last = shown(&window).stacks[1].layers.last().copied().expect("a layer");
        assert_eq!(last.kind, kind);
    }
}

#[test]
fn the_example_that_is_shown_is_marked() {
    let marked = |window: &Window| -> Vec<String> {
        let buttons = window.query_all(by().predicate(|node| node.role() == Role::Button));
        let names = FieldPreset::ALL.map(|p| Message::new(p.key()).text(Lang::En));
        let on = buttons.filter(|node| node.accesskit_node().toggled() == Some(Toggled::True));
        let on = on.filter_map(|node| node.accesskit_node().label());
        on.filter(|name| names.contains(name)).collect()
    };
    let mut window = open_on(FieldScene::default(), Settings::default(), [1600.0, 900.0]);
    for preset in FieldPreset::ALL {
        act(&mut window, [preset.action()]);
        settle(&mut window);
        assert_eq!(marked(&window), [Message::new(preset.key()).text(Lang::En)]);
    }
    // With another layer it is nobody's example any more.
    act(&mut window, [FieldPreset::Seven.action(), Action::Field(FieldAction::Remove(None))]);
    assert_eq!(marked(&window), Vec::<String>::new());
}

#[test]
fn a_row_is_dragged_to_another_place_in_one_step() {
    let stacks =
        vec![Stack::of(16, [StackLayer::conv(3, 1), StackLayer::conv(5, 2), StackLayer::pool(2)])];
    let mut window = on(FieldScene { stacks, active: 0, ..FieldScene::default() });
    let kernels = |window: &Window| -> Vec<usize> {
        shown(window).stacks[0].layers.iter().map(|layer| layer.kernel).collect()
    };
    assert_eq!(kernels(&window), [3, 5, 2]);
    let [from, to] = ["pool 3", "conv 1"].map(|name| window.get_by_label(name).rect().center());
    window.drag_at(from);
    window.run();
    for step in 1..=4 {
        window.hover_at(from + (to - from) * (step as f32 / 4.0));
        window.run();
    }
    window.drop_at(to);
    window.run();
    assert_eq!((kernels(&window), shown(&window).selected), (vec![2, 3, 5], Some(0)));
    act(&mut window, [Action::Undo]);
    assert_eq!(kernels(&window), [3, 5, 2]);
}

#[test]
fn what_is_typed_and_is_no_number_of_a_stack_is_told() {
    for (typed, accepted) in
        [("4", true), ("0", false), ("65", false), ("-3", false), ("many", false)]
    {
        let mut window = on(FieldScene::default());
        let field = || by().role(Role::SpinButton).label("conv 2: kernel");
        window.get(field()).click();
        window.run();
        window.get(field()).type_text(typed);
        window.run();
        press(&mut window, Key::Enter);
        let kernel = shown(&window).stacks[1].layers[1].kernel;
        if accepted {
            assert_eq!((kernel, failure(&window)), (4, None));
        } else {
            assert_eq!(kernel, 3, "{typed}");
            let said = failure(&window).unwrap_or_else(|| panic!("nothing was said of {typed}"));
            assert!(said.contains("between 1 and 64") && said.contains(typed), "{said}");
        }
    }
}

#[test]
fn every_number_that_is_dragged_is_a_step_of_its_own() {
    let mut window = on(FieldScene::default());
    let start = shown(&window).stacks.clone();
    for name in ["conv 1: kernel", "conv 2: kernel"] {
        let at = window.get(by().role(Role::SpinButton).label(name)).rect().center();
        window.drag_at(at);
        window.run();
        for step in 1..=3 {
            window.hover_at(at + egui::vec2(12.0 * step as f32, 0.0));
            window.run();
        }
        window.drop_at(at + egui::vec2(36.0, 0.0));
        window.run();
    }
    let [first, second] = [0, 1].map(|at| shown(&window).stacks[1].layers[at].kernel);
    assert!(first > 3 && second > 3, "{first} {second}");
    act(&mut window, [Action::Undo]);
    let layers = &shown(&window).stacks[1].layers;
    assert_eq!((layers[0].kernel, layers[1].kernel), (first, 3));
    act(&mut window, [Action::Undo]);
    assert_eq!(shown(&window).stacks, start);
}

#[test]
fn what_is_painted_can_be_heard() {
    let words = said(&on(of(Subject::Neocognitron)));
    for told in ["S1", "find one feature of a patch", "convolution extracts", "C3 14×14"] {
        assert!(words.contains(told), "{told}: {words}");
    }
    // Of keys that do nothing here, nothing is said.
    assert!(!words.contains("C compare"), "{words}");
    let window = on(FieldScene { page: FieldPage::Growth, ..FieldScene::default() });
    let plot = window.get(by().role(Role::Image).label("Growth"));
    let content = plot.accesskit_node().description().expect("what is written there");
    assert!(content.contains("conv 2") && content.contains("3 × (3×3)"), "{content}");
    let settings = Settings::default();
    let roomy = open_on(FieldScene::default(), settings, [1920.0, 1080.0]);
    assert!(said(&roomy).contains("C compare"));
    let composing = on(FieldScene { page: FieldPage::Compose, ..FieldScene::default() });
    composing.get(by().role(Role::Image).label("Input"));
}

#[test]
fn rounding_is_told_from_a_difference_whatever_the_size_of_the_weights() {
    let told = |scale: f32, relu| {
        let mut composition = Composition { relu, ..Composition::default() };
        for (at, weight) in composition.inner.iter_mut().chain(&mut composition.outer).enumerate() {
            *weight = scale * (0.731 + 0.113 * at as f32) * if at % 2 == 0 { 1.0 } else { -1.0 };
        }
        let page = FieldPage::Compose;
        let window = on(FieldScene { page, composition, ..FieldScene::default() });
        let outcome = composition_of(&window);
        (outcome.differs(), outcome.largest)
    };
    for scale in [1e-3, 1.0, 30.0] {
        let (differs, largest) = told(scale, false);
        assert!(!differs, "weights of {scale}: {largest}");
        let (differs, largest) = told(scale, true);
        assert!(differs, "weights of {scale}: {largest}");
    }
}
