//! The keyboard, by physical position, when no text field wants it.

use egui::{Context, Event, Key, Modifiers, PointerButton};

use super::action::{Action, Dialog, Direction};
use super::scene::{Camera, FIRST_DIGIT, InputRef};
use super::studio::Studio;
use super::widgets::has_cursor;

/// What the keys pressed in this frame ask for; `popup` says that a list is open.
#[must_use]
pub fn actions(ctx: &Context, studio: &Studio, popup: bool) -> Vec<Action> {
    let wanted = Wanted {
        text: ctx.text_edit_focused(),
        popup,
        enter: ctx.memory(|memory| memory.focused().is_some()),
        arrows: has_cursor(ctx),
    };
    let typing = wanted.text;
    ctx.input(|input| {
        input
            .events
            .iter()
            .filter_map(|event| match event {
                Event::Key { key, physical_key, pressed: true, modifiers, .. } => {
                    meaning(physical_key.unwrap_or(*key), *key, *modifiers, studio, wanted)
                }
                Event::Copy if !typing => Some(Action::CopyValue),
                // The mouse's own "back" key.
                Event::PointerButton { button: PointerButton::Extra1, pressed: true, .. } => {
                    Some(Action::Back)
                }
                _ => None,
            })
            .collect()
    })
}

/// Keys that a widget wants for itself.
#[derive(Clone, Copy)]
struct Wanted {
    /// A text field has the focus.
    text: bool,
    popup: bool,
    /// Something that Enter would click has the focus.
    enter: bool,
    /// Something with a cursor of its own has the focus.
    arrows: bool,
}

fn meaning(
    place: Key,
    key: Key,
    modifiers: Modifiers,
    studio: &Studio,
    wanted: Wanted,
) -> Option<Action> {
    let typing = wanted.text;
    if modifiers.command {
        return match place {
            Key::Q => Some(Action::Quit),
            Key::O => Some(Action::Open(Dialog::Path)),
            Key::S => Some(Action::SaveScene),
            Key::Z if typing => None,
            Key::Z if modifiers.shift => Some(Action::Redo),
            Key::Z => Some(Action::Undo),
            Key::Y => Some(Action::Redo),
            _ => None,
        };
    }
    match key {
        Key::F1 => return Some(Action::Open(Dialog::Keys)),
        Key::Questionmark if !typing => return Some(Action::Open(Dialog::Keys)),
        Key::F2 => return Some(Action::OtherLanguage),
        Key::F3 => return Some(Action::OtherTheme),
        // An open list closes by itself.
        Key::Escape if wanted.popup => return None,
        Key::Escape => return Some(escape(studio)),
        _ => {}
    }
    if typing || wanted.popup || studio.dialog.is_some() {
        return None;
    }
    let is_arrow =
        matches!(place, Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown);
    if is_arrow && wanted.arrows {
        return None;
    }
    let step = |direction| Some(Action::Step(direction));
    match place {
        Key::ArrowLeft if modifiers.shift => step(Direction::Left),
        Key::ArrowRight if modifiers.shift => step(Direction::Right),
        Key::ArrowUp if modifiers.shift => step(Direction::Up),
        Key::ArrowDown if modifiers.shift => step(Direction::Down),
        Key::ArrowLeft => step(Direction::PreviousLayer),
        Key::ArrowRight => step(Direction::NextLayer),
        Key::ArrowUp => step(Direction::PreviousMap),
        Key::ArrowDown => step(Direction::NextMap),
        Key::Home | Key::PageUp => step(Direction::FirstLayer),
        Key::End | Key::PageDown => step(Direction::LastLayer),
        Key::Enter if studio.scene.pin.is_some() && !wanted.enter => Some(Action::Loupe(true)),
        Key::Backspace => Some(Action::Back),
        Key::F => Some(Action::Camera(Camera::Fit)),
        _ => None,
    }
}

/// Out of whatever is innermost: a dialog, the loupe, the zoom, the pin.
fn escape(studio: &Studio) -> Action {
    if studio.dialog.is_some() {
        Action::CloseDialog
    } else if studio.asks_about_photo() {
        Action::Input(InputRef::Digit(FIRST_DIGIT))
    } else if studio.scene.loupe {
        Action::Loupe(false)
    } else if studio.scene.camera != Camera::Fit {
        Action::Camera(Camera::Fit)
    } else {
        Action::Unpin
    }
}
