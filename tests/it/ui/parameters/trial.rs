//! Three layers on one digit.

use super::*;

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
fn a_digit_is_tried_where_it_was_chosen() {
    let mut window = on(Parameters { page: Page::Trial, ..Parameters::default() });
    let before = window.state().studio.tried.clone().expect("a trial").image;
    act(&mut window, [Action::Input(InputRef::Digit(7))]);
    assert_eq!(window.state().studio.scene.view, View::Parameters);
    assert_ne!(window.state().studio.tried.as_ref().expect("a trial").image, before);
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
