//! Changing the network by hand, and asking why.

use convscope::network::handmade::{Flip, Handmade};
use convscope::ui::action::{Action, Edit, UnitRef};
use convscope::ui::scene::{Beside, Handling, InputRef};
use egui_kittest::kittest::Queryable as _;

use super::{Window, act, first};

fn scores(window: &Window) -> Vec<f32> {
    window.state().studio.seen.as_ref().expect("seen").trace.output(7).values().to_vec()
}

fn turn(by: f32) -> Action {
    Action::Edit(Edit::Turn { tensor: "C1.weight".into(), index: 12, by })
}

#[test]
fn one_knob_moves_the_scores_and_reset_brings_them_back_bit_for_bit() {
    let mut window = first();
    let (start, before) = (window.state().studio.scene.clone(), scores(&window));
    act(&mut window, [turn(0.5)]);
    let after = scores(&window);
    assert_ne!(after, before);
    let original = window.state().studio.seen.as_ref().and_then(|seen| seen.original.clone());
    assert_eq!(original.expect("kept beside").output(7).values(), before, "what it was before");
    window.get_by_label("One number or map is edited");
    act(&mut window, [Action::Edit(Edit::Reset)]);
    assert_eq!(scores(&window), before);
    assert_eq!(window.state().studio.scene, start);
}

#[test]
fn one_number_is_put_back_bit_for_bit() {
    let mut window = first();
    let start = window.state().studio.scene.clone();
    let (tensor, index) = (String::from("C3.weight"), 1083);
    act(&mut window, [Action::Edit(Edit::Turn { tensor: tensor.clone(), index, by: 0.1 })]);
    assert_ne!(window.state().studio.scene, start);
    act(&mut window, [Action::Edit(Edit::Restore { tensor, index })]);
    assert_eq!(window.state().studio.scene, start);
}

#[test]
fn a_class_cannot_be_muted_for_its_zero_would_win() {
    let mut window = first();
    act(&mut window, [Action::Pin(UnitRef { node: 7, unit: [3, 0, 0] })]);
    window.key_press(egui::Key::M);
    window.run();
    assert_eq!(window.state().studio.scene.edits, None);
    act(&mut window, [Action::Edit(Edit::Mute { node: "OUTPUT".into(), map: 3 })]);
    assert_eq!(super::answer(&window), Some(7), "even if a file asks for it");
}

#[test]
fn turns_of_one_knob_are_one_step_of_undo() {
    let mut window = first();
    let start = window.state().studio.scene.clone();
    for _ in 0..5 {
        act(&mut window, [turn(0.1)]);
    }
    act(&mut window, [Action::Undo]);
    assert_eq!(window.state().studio.scene, start);
}

#[test]
fn the_arithmetic_that_is_shown_is_that_of_the_edited_weights() {
    let mut window = first();
    act(&mut window, [turn(0.5), Action::Pin(UnitRef { node: 1, unit: [0, 10, 10] })]);
    let studio = &window.state().studio;
    let story = studio.story.as_ref().expect("a story");
    let e = story.explanation().expect("explained");
    let traced = studio.seen.as_ref().expect("seen").trace.output(1).at([0, 10, 10]);
    assert!((e.output - f64::from(traced)).abs() < 1e-5);
    let original = studio.open.as_ref().expect("open").weights.tensors["C1.weight"].values()[12];
    let shown = e.terms[12].weight.expect("a weight");
    assert!((shown - f64::from(original) - 0.5).abs() < 1e-4);
}

#[test]
fn a_muted_map_gives_zero_and_says_so() {
    let mut window = first();
    let before = scores(&window);
    window.key_press(egui::Key::M);
    window.run();
    let trace = &window.state().studio.seen.as_ref().expect("seen").trace;
    assert!(trace.output(3).map(7).values.iter().all(|&v| v == 0.0));
    assert!(trace.output(3).map(6).values.iter().any(|&v| v != 0.0));
    assert_ne!(scores(&window), before);
    assert!(window.query_all_by_label_contains("This map is muted").next().is_some());
    window.key_press(egui::Key::M);
    window.run();
    assert_eq!(scores(&window), before);
}

#[test]
fn a_kernel_is_replaced_and_flipped_where_it_stands() {
    let mut window = first();
    let extent = [5, 5];
    let tensor = String::from("C1.weight");
    let with = Handmade::HorizontalEdge;
    act(
        &mut window,
        [Action::Edit(Edit::Replace { tensor: tensor.clone(), first: 25, extent, with })],
    );
    let kernel = |window: &Window, first: usize| -> Vec<f32> {
        let weights = &window.state().studio.seen.as_ref().expect("seen").weights;
        weights.tensors["C1.weight"].values()[first..first + 25].to_vec()
    };
    let original = window.state().studio.open.as_ref().expect("open").weights.clone();
    assert_eq!(kernel(&window, 25), with.kernel(extent));
    assert_eq!(kernel(&window, 0), original.tensors["C1.weight"].values()[..25], "only that one");
    act(&mut window, [Action::Edit(Edit::Flip { tensor, first: 25, extent, flip: Flip::Rows })]);
    let flipped: Vec<f32> = with.kernel(extent).chunks(5).rev().flatten().copied().collect();
    assert_eq!(kernel(&window, 25), flipped);
}

#[test]
fn the_wheel_turns_the_weight_in_the_hand_and_does_not_scroll() {
    let mut window = first();
    let kernel = window.get_by_label("Weights for map 2").rect();
    window.drag_at(kernel.center());
    window.drop_at(kernel.center());
    window.run();
    let knob = window.state().studio.knob.clone().expect("in the hand");
    // C3, map 7, from S2's map 2, the kernel's middle.
    assert_eq!((knob.tensor.as_str(), knob.index), ("C3.weight", ((7 * 6 + 2) * 5 + 2) * 5 + 2));
    let value = window.get_by_label("Value of the weight").rect();
    window.hover_at(value.center());
    window.run();
    window.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: egui::vec2(0.0, 2.0),
        phase: egui::TouchPhase::Move,
        modifiers: egui::Modifiers::NONE,
        source: egui::MouseWheelSource::Unknown,
    });
    window.run();
    let studio = &window.state().studio;
    let edits = studio.edits(studio.scene.edits.as_ref());
    assert_eq!(edits.weights["C3.weight"].len(), 1);
    let now = window.get_by_label("Value of the weight").rect();
    assert_eq!(now.min, value.min, "the page stayed");
}

#[test]
fn the_question_is_answered_by_the_scores_themselves() {
    let mut window = first();
    act(&mut window, [Action::Question(Some([7, 1]))]);
    let studio = &window.state().studio;
    let gradient = studio.seen.as_ref().and_then(|seen| seen.gradient.clone());
    let gradient = gradient.expect("the gradient came with the answer");
    assert_eq!(gradient.chw(), [1, 32, 32]);
    // A small step against the gradient lowers the difference of the two distances.
    let input = studio.input.as_ref().expect("an input").tensor.clone();
    let difference = |scores: &[f32]| scores[7] - scores[1];
    let before = difference(&scores(&window));
    let steepest = (0..gradient.len())
        .max_by(|&a, &b| gradient.values()[a].abs().total_cmp(&gradient.values()[b].abs()))
        .expect("a pixel");
    let value = input.values()[steepest] - 0.02 * gradient.values()[steepest].signum();
    let pixel = steepest as u32;
    act(&mut window, [Action::Touch(convscope::ui::action::Touch::Paint { pixel, value })]);
    let change = difference(&scores(&window)) - before;
    let expected = -0.02 * gradient.values()[steepest].abs();
    assert!((change - expected).abs() < 0.2 * expected.abs(), "{change} for {expected}");
    window.get_by_label("Why 7 and not 1?");
}

#[test]
fn the_other_state_and_the_difference_stand_beside() {
    let mut window = first();
    let own = scores(&window);
    let beside =
        Beside { input: InputRef::Digit(4671), handling: Handling::default(), edits: None };
    act(&mut window, [Action::Beside(Some(beside))]);
    let seen = window.state().studio.seen.clone().expect("seen");
    let other = seen.beside.expect("B");
    assert_eq!(seen.trace.output(7).values(), own);
    for node in 0..8 {
        let (a, b) = (seen.trace.output(node), other.trace.output(node));
        for (i, &d) in other.difference.output(node).values().iter().enumerate() {
            assert_eq!(d, a.values()[i] - b.values()[i]);
        }
    }
    act(&mut window, [Action::Input(InputRef::Digit(4671))]);
    let seen = window.state().studio.seen.clone().expect("seen");
    let other = seen.beside.expect("B");
    assert!(other.difference.output(3).values().iter().all(|&d| d == 0.0), "A is B now");
}
