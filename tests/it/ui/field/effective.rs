//! What a trained unit really looks at.

use super::*;

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
