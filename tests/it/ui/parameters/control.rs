//! The control, the toolbar, and what cannot be entered.

use super::*;

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
fn the_control_is_a_slider_with_a_value() {
    let window = on(Parameters::default());
    let slider = window.get_by_label("Connect: from every pixel to one shared kernel");
    assert_eq!(slider.accesskit_node().value().as_deref(), Some("all share"));
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
fn names_of_columns_are_buttons() {
    let mut window = on(Parameters::default());
    window.get(by().role(Role::Button).label("Fully connected")).click();
    window.run();
    assert_eq!(shown(&window).stop, Stop::Full);
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
