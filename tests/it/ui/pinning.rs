//! Hover previews, click pins; keys move the pin; terms are followed to their source and back.

use convscope::ui::action::UnitRef;
use convscope::ui::scene::{Camera, Scene};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::{first, pin};

#[test]
fn the_first_start_tells_the_story_of_a_unit_of_c3() {
    let window = first();
    assert_eq!(pin(&window), Some(UnitRef { node: 3, unit: [7, 4, 6] }));
    let story = window.state().studio.story.as_ref().expect("a story");
    assert_eq!(story.explanation().expect("explained").terms.len(), 100);
    window.get_by_label_contains("This one number");
    window.get_by_label("Why these 4 maps?");
    window.get_by_label("Where on the image?");
    window.get_by_label("Begin with C1");
}

#[test]
fn a_click_on_a_small_cell_pins_its_map_and_opens_the_loupe_and_the_second_picks_the_unit() {
    let mut window = first();
    let map = window.get_by_label("S2, map 2").rect();
    window.get_by_label("S2, map 2").click();
    window.run();
    let first_pin = pin(&window).expect("pinned");
    assert_eq!((first_pin.node, first_pin.unit[0]), (2, 2), "{map:?}");
    assert!(window.state().studio.scene.loupe);
    let loupe = window.get_by_label("The cells of the map, enlarged").rect();
    let cell = loupe.width() / 14.0;
    assert!(cell >= 20.0, "cells of {cell} points are hard to hit");
    let target = loupe.min + egui::vec2(3.5, 9.5) * cell;
    window.drag_at(target);
    window.drop_at(target);
    window.run();
    assert_eq!(pin(&window), Some(UnitRef { node: 2, unit: [2, 9, 3] }));
}

#[test]
fn hovering_never_moves_the_pin() {
    let mut window = first();
    let before = pin(&window);
    window.get_by_label("C1, map 4").hover();
    window.run();
    let hovered = window.state().studio.hover.unit.expect("something is under the pointer");
    assert_eq!((hovered.node, hovered.unit[0]), (1, 4));
    assert_eq!(pin(&window), before);
}

#[test]
fn a_cell_of_a_vector_is_picked_at_once_where_it_is_large() {
    let mut window = first();
    let f6 = window.get_by_label("F6, 84 units").rect();
    let cell = f6.size() / egui::vec2(7.0, 12.0);
    let target = f6.min + egui::vec2(2.5, 4.5) * cell;
    window.drag_at(target);
    window.drop_at(target);
    window.run();
    assert_eq!(pin(&window), Some(UnitRef { node: 6, unit: [4 * 7 + 2, 0, 0] }));
}

#[test]
fn a_term_is_followed_to_its_source_and_backspace_returns() {
    let mut window = first();
    let start = pin(&window);
    let patch = window.get_by_label("What the unit reads of map 2").rect();
    let target = patch.min + patch.size() * egui::vec2(0.5, 0.5);
    window.hover_at(target);
    window.run();
    assert_eq!(window.state().studio.hover.term, Some(25 + 12));
    window.drag_at(target);
    window.drop_at(target);
    window.run();
    // The middle of the window of C3 (4, 6) on map 2 of S2.
    assert_eq!(pin(&window), Some(UnitRef { node: 2, unit: [2, 6, 8] }));
    window.get_by_label("C3[7](4,6)");
    window.key_press(Key::Backspace);
    window.run();
    assert_eq!(pin(&window), start);
    assert!(window.state().studio.scene.trail.is_empty());
}

#[test]
fn a_term_is_followed_by_keyboard_alone() {
    let mut window = first();
    window.get_by_label("What the unit reads of map 2").focus();
    window.run();
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowRight, Key::Enter] {
        window.key_press(key);
        window.run();
    }
    // Row 2, column 1 of the window of C3 (4, 6), whose arrows did not move the pin.
    assert_eq!(pin(&window), Some(UnitRef { node: 2, unit: [2, 6, 7] }));
    assert!(!window.state().studio.scene.loupe, "Enter belongs to the cell");
}

#[test]
fn one_number_can_be_walked_to_its_pixels() {
    let mut window = first();
    while pin(&window).expect("pinned").node != 0 {
        let studio = &window.state().studio;
        let explanation = studio.story.as_ref().and_then(|s| s.explanation()).expect("explained");
        let term = explanation.terms.iter().find(|term| term.inside).expect("a cell of a map");
        let (node, unit) = term.source_unit().expect("inside");
        let follow = convscope::ui::action::Action::Follow(UnitRef { node, unit });
        window.state_mut().studio.carry_out([follow]);
        window.run();
    }
    assert_eq!(window.state().studio.scene.trail.len(), 3);
    window.get_by_label("Image, one pixel");
}

#[test]
fn keys_move_the_pin() {
    let mut window = first();
    let mut press = |modifiers: Modifiers, key: Key| {
        window.key_press_modifiers(modifiers, key);
        window.run();
        pin(&window).expect("pinned")
    };
    assert_eq!(press(Modifiers::NONE, Key::ArrowRight).node, 4);
    assert_eq!(press(Modifiers::NONE, Key::ArrowLeft).node, 3);
    let before = press(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(before.unit[0], 8);
    let after = press(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(after.unit, [8, before.unit[1] + 1, before.unit[2]]);
    assert_eq!(press(Modifiers::NONE, Key::Home).node, 0);
    assert_eq!(press(Modifiers::NONE, Key::End).node, 7);
}

#[test]
fn escape_leads_out_step_by_step() {
    let mut window = first();
    let studio = &mut window.state_mut().studio;
    studio.scene.loupe = true;
    studio.scene.camera = Camera::At { scale: 3.0, centre: [100.0, 100.0] };
    studio.carry_out([convscope::ui::action::Action::Open(convscope::ui::action::Dialog::Keys)]);
    window.run();
    let mut escape = || {
        window.key_press(Key::Escape);
        window.run();
        let studio = &window.state().studio;
        (
            studio.dialog,
            studio.scene.loupe,
            studio.scene.camera == Camera::Fit,
            studio.pin().is_some(),
        )
    };
    assert_eq!(escape(), (None, true, false, true));
    assert_eq!(escape(), (None, false, false, true));
    assert_eq!(escape(), (None, false, true, true));
    assert_eq!(escape(), (None, false, true, false));
}

#[test]
fn the_table_of_c3_is_clicked_column_by_column() {
    let mut window = super::open(
        Scene::default(),
        super::in_language(convscope::locale::Lang::En),
        [1280.0, 1400.0],
    );
    let table = window.get_by_label("The table of links").rect();
    let target = table.min + egui::vec2(18.0 + 16.0 * 3.5, 16.0 + 40.0);
    window.drag_at(target);
    window.drop_at(target);
    window.run();
    assert_eq!(pin(&window), Some(UnitRef { node: 3, unit: [3, 4, 6] }));
}

#[test]
fn undo_brings_back_the_scene_bit_for_bit_and_redo_the_last() {
    let mut window = first();
    let start = window.state().studio.scene.clone();
    for key in [Key::ArrowRight, Key::ArrowDown, Key::ArrowDown, Key::ArrowLeft] {
        window.key_press(key);
        window.run();
    }
    let end = window.state().studio.scene.clone();
    assert_ne!(start, end);
    for _ in 0..4 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.run();
    }
    assert_eq!(window.state().studio.scene, start);
    for _ in 0..4 {
        window.key_press_modifiers(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
        window.run();
    }
    assert_eq!(window.state().studio.scene, end);
}
