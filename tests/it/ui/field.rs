//! The Receptive field view: comparisons, the builder, the effective field, composition.

mod asking;
mod builder;
mod composing;
mod drawing;
mod effective;

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
