//! Stacks are built, changed and compared.

use super::*;

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
