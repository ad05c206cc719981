//! Nothing moves, nothing is drawn.

use convscope::array::Array;
use convscope::ui::action::Action;
use convscope::ui::scene::InputRef;

use super::first;

#[test]
fn no_frame_is_asked_for_when_nothing_changes() {
    let mut window = first();
    let ctx = window.ctx.clone();
    window.run();
    assert!(!ctx.has_requested_repaint(), "causes: {:?}", ctx.repaint_causes());
    window.get_by_label_contains("C1, map 2").hover();
    window.run();
    assert!(!ctx.has_requested_repaint(), "causes: {:?}", ctx.repaint_causes());
}

#[test]
fn every_map_on_screen_is_a_tensor_of_the_engine() {
    let mut window = first();
    let before = window.state().studio.seen.clone().expect("a trace");
    window.state_mut().studio.carry_out([Action::Input(InputRef::Digit(4_100))]);
    super::settle(&mut window);
    let studio = &window.state().studio;
    let after = studio.seen.clone().expect("a trace");
    assert_ne!(before.trace.output(1), after.trace.output(1));
    let input: &Array = &studio.input.as_ref().expect("an input").tensor;
    assert_eq!(after.trace.output(0), input);
}

use egui_kittest::kittest::Queryable as _;
