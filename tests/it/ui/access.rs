//! Everything that can be used has a name for screen readers and can be reached by keyboard.

use std::collections::BTreeSet;

use convscope::locale::Lang;
use convscope::ui::action::{Action, Connect, Dialog, Touch, TrainAction};
use convscope::ui::frame::narrate;
use convscope::ui::scene::{Pad, Page, TrainPage, View, Worksheet};
use egui::Key;
use egui::accesskit::{Live, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _, by};

use super::{Window, act, first};

/// States of the window with something to use in each.
fn states() -> Vec<(&'static str, Vec<Action>)> {
    let dialogs = [
        ("gallery", Dialog::Gallery),
        ("stages", Dialog::Stages),
        ("keys", Dialog::Keys),
        ("path", Dialog::Path),
        ("palette", Dialog::Palette),
        ("export", Dialog::Export),
        ("notes", Dialog::Notes),
    ];
    let lecture = convscope::ui::lectures::Lecture::LeNet;
    let mut states: Vec<(&str, Vec<Action>)> =
        dialogs.into_iter().map(|(name, dialog)| (name, vec![Action::Open(dialog)])).collect();
    states.push(("figure", Vec::new()));
    for (name, pad) in [("draw", Pad::Draw), ("move", Pad::Move), ("paint", Pad::Paint)] {
        states.push((name, vec![Action::Touch(Touch::Pad(pad))]));
    }
    states.push(("worksheet", vec![Action::Worksheet(Some(Worksheet::default()))]));
    states.push(("question", vec![Action::Question(Some([7, 1]))]));
    for page in [Page::Counts, Page::Wiring, Page::Trial] {
        states.push((
            "parameters",
            vec![Action::View(View::Parameters), Action::Parameters(Connect::Page(page))],
        ));
    }
    for page in TrainPage::ALL {
        let page = Action::Train(TrainAction::Page(page));
        states.push(("training", vec![Action::View(View::Train), page]));
    }
    for dialog in [Dialog::Training, Dialog::Architecture] {
        states.push(("training", vec![Action::View(View::Train), Action::Open(dialog)]));
    }
    states.push(("slides", vec![Action::Slides(convscope::ui::action::Slides::Lecture(lecture))]));
    states
}

fn unnamed(window: &Window) -> Vec<String> {
    let usable = |role: Role| {
        matches!(
            role,
            Role::Button
                | Role::CheckBox
                | Role::ComboBox
                | Role::Slider
                | Role::SpinButton
                | Role::TextInput
                | Role::Image
                | Role::Canvas
                | Role::Link
        )
    };
    window
        .query_all(by().predicate(move |node| usable(node.role())))
        .filter(|node| {
            let node = node.accesskit_node();
            let name = node.label().or_else(|| node.value()).unwrap_or_default();
            name.trim().is_empty()
        })
        .map(|node| format!("{:?} at {:?}", node.accesskit_node().role(), node.rect()))
        .collect()
}

#[test]
fn whatever_can_be_used_has_a_name_in_both_languages() {
    for lang in Lang::ALL {
        for (name, actions) in states() {
            let mut window = first();
            window.state_mut().studio.settings.lang = lang;
            act(&mut window, actions);
            window.run();
            assert_eq!(unnamed(&window), Vec::<String>::new(), "{name} in {lang:?}");
        }
    }
}

#[test]
fn the_narrator_is_a_live_region() {
    let mut window = first();
    window.key_press(Key::ArrowRight);
    window.run();
    let said = narrate(&window.state().studio).text(Lang::En);
    let live = window
        .query_all(by().predicate(|node| node.live() == Live::Polite))
        .filter_map(|node| node.accesskit_node().label())
        .collect::<Vec<_>>();
    assert_eq!(live, [said]);
}

#[test]
fn tab_leads_to_every_button_of_the_figure() {
    let mut window = first();
    let wanted: BTreeSet<String> =
        ["Draw", "Open …", "More", "Play (Space)", "C3", "C3, map 7", "Worksheet", "F6, 84 units"]
            .map(String::from)
            .into();
    let mut reached = BTreeSet::new();
    for _ in 0..160 {
        window.key_press(Key::Tab);
        window.run();
        let focused =
            window.query_all(by().predicate(|node| node.is_focused() && !node.is_disabled()));
        reached.extend(focused.filter_map(|node| node.accesskit_node().label()));
    }
    let missing: Vec<&String> = wanted.difference(&reached).collect();
    assert!(missing.is_empty(), "{missing:?} cannot be reached; {reached:?}");
}

#[test]
fn the_keyboard_draws_on_the_sheet_of_one_digit_and_of_a_line() {
    for (digits, name) in [(1, "Drawing pad"), (3, "A line of digits")] {
        let mut window = first();
        let touches = [Touch::Pad(Pad::Draw), Touch::Sheet { digits }];
        act(&mut window, touches.map(Action::Touch));
        window.run();
        window.get_by_label(name).focus();
        window.run();
        window.key_down(Key::Space);
        window.run();
        window.key_press(Key::ArrowRight);
        window.run();
        let studio = &window.state().studio;
        let drawing = studio.drawing().expect("a drawing");
        let strokes: Vec<_> = drawing.strokes.iter().map(|stroke| &stroke.points).collect();
        // From the middle of the sheet to the unit right of it.
        let x = (drawing.width / 2) as f32 + 0.5;
        assert_eq!(strokes, [&vec![[x, 14.5], [x + 1.0, 14.5]]], "{name}");
    }
}

#[test]
fn ctrl_k_goes_to_a_map_a_digit_and_a_dialog() {
    let go = |words: &str| {
        let mut window = first();
        window.key_press_modifiers(egui::Modifiers::COMMAND, Key::K);
        window.run();
        window.event(egui::Event::Text(words.into()));
        window.run();
        window.key_press(Key::Enter);
        window.run();
        window
    };
    let window = go("C1, map 4");
    assert_eq!(super::pin(&window).map(|pin| (pin.node, pin.unit[0])), Some((1, 4)));
    let window = go("4007");
    let input = window.state().studio.scene.input.clone();
    assert_eq!(input, convscope::ui::scene::InputRef::Digit(4007));
    let window = go("modern");
    assert_eq!(window.state().studio.open.as_ref().expect("open").network.name, "lenet5-modern");
    let window = go("复制与保存");
    assert_eq!(window.state().studio.dialog, Some(Dialog::Export));
    let window = go("layers of the network");
    assert_eq!(window.state().studio.dialog, Some(Dialog::Architecture));
    assert_eq!(window.state().studio.scene.view, View::Train);
    for (words, page) in [("训练页：数据", TrainPage::Data), ("page: three", TrainPage::Ways)]
    {
        let scene = go(words).state().studio.scene.clone();
        assert_eq!((scene.view, scene.train.page), (View::Train, page), "{words}");
    }
    // Also before the view was ever looked at.
    let window = go("train: one step");
    let training = window.state().studio.training().map(|run| run.steps_done);
    assert_eq!((window.state().studio.scene.view, training), (View::Train, Some(1)));
}
