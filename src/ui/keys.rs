//! The keyboard, by physical position, when no text field wants it.

use egui::{Context, Event, Key, Modifiers, PointerButton};

use super::action::{Action, Dialog, Direction, FieldAction, Play, Slides, Touch, TrainAction};
use super::scene::{Camera, FIRST_DIGIT, InputRef, Pad, Time, TrainPage, View, can_be_muted};
use super::settings::{Change, SCALES, SPEEDS, Settings};
use super::studio::{Notice, Studio};
use super::widgets::has_cursor;

/// What the keys pressed in this frame ask for; `popup` says that a list is open.
#[must_use]
pub fn actions(ctx: &Context, studio: &Studio, popup: bool) -> Vec<Action> {
    let wanted = Wanted {
        text: ctx.text_edit_focused(),
        popup,
        focus: ctx.memory(|memory| memory.focused().is_some()),
        arrows: has_cursor(ctx),
    };
    let typing = wanted.text;
    ctx.input(|input| {
        input
            .events
            .iter()
            .filter_map(|event| match event {
                Event::Key { key, physical_key, pressed: true, repeat, modifiers } => {
                    let place = physical_key.unwrap_or(*key);
                    // A key that is held goes on moving, but switches nothing on and off.
                    let goes_on = !repeat || moves(place);
                    goes_on.then(|| meaning(place, *key, *modifiers, studio, wanted)).flatten()
                }
                Event::Copy if !typing => Some(Action::CopyValue),
                Event::Paste(_) | Event::PasteImage(_) if !typing => Some(Action::Paste),
                // The mouse's own "back" key.
                Event::PointerButton { button: PointerButton::Extra1, pressed: true, .. } => {
                    Some(Action::Back)
                }
                _ => None,
            })
            .collect()
    })
}

/// Whether a key moves something on, step by step.
const fn moves(place: Key) -> bool {
    matches!(
        place,
        Key::ArrowLeft
            | Key::ArrowRight
            | Key::ArrowUp
            | Key::ArrowDown
            | Key::Comma
            | Key::Period
            | Key::Backspace
            | Key::Z
            | Key::Y
    )
}

/// Keys that a widget wants for itself.
#[derive(Clone, Copy)]
struct Wanted {
    /// A text field has the focus.
    text: bool,
    popup: bool,
    /// Something that Enter or Space would click has the focus.
    focus: bool,
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
        return with_command(place, key, modifiers, studio, typing);
    }
    match key {
        Key::F1 => return Some(Action::Open(Dialog::Keys)),
        Key::Questionmark if !typing => return Some(Action::Open(Dialog::Keys)),
        Key::F2 => return Some(Action::Setting(Change::OtherLanguage)),
        Key::F3 => return Some(Action::Setting(Change::OtherTheme)),
        Key::F4 => return Some(Action::Speaker(!studio.speaker)),
        Key::F11 => return Some(Action::Setting(Change::Present(!studio.settings.presenting))),
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
    if is_arrow && (wanted.arrows || wanted.focus) {
        return None;
    }
    let step = |direction| Some(Action::Step(direction));
    let play = |play| Some(Action::Play(play));
    let slides = !studio.deck.is_empty();
    let step_view = studio.scene.view == View::Step;
    let train_view = studio.scene.view == View::Train;
    if let Some(view) = view_of(place) {
        return Some(Action::View(view));
    }
    if studio.scene.view == View::Field
        && let Some(action) = in_fields(place, modifiers)
    {
        return Some(action);
    }
    match place {
        Key::Space if train_view && !wanted.focus => {
            Some(Action::Train(match studio.scene.train.page {
                TrainPage::Ways => TrainAction::SeriesGoes(!studio.series_is_going()),
                _ => TrainAction::Toggle,
            }))
        }
        Key::Period if train_view => Some(Action::Train(TrainAction::OneStep)),
        // Time runs in the Step view alone; elsewhere the two keys go on and back.
        Key::Comma if !step_view => step(Direction::PreviousLayer),
        Key::Period if !step_view => step(Direction::NextLayer),
        Key::F if !step_view => Some(Action::Fit),
        Key::Space | Key::D | Key::M if !step_view => None,
        Key::ArrowLeft if modifiers.shift => step(Direction::Left),
        Key::ArrowRight if modifiers.shift => step(Direction::Right),
        Key::ArrowUp if modifiers.shift => step(Direction::Up),
        Key::ArrowDown if modifiers.shift => step(Direction::Down),
        Key::ArrowLeft => step(Direction::PreviousLayer),
        Key::ArrowRight => step(Direction::NextLayer),
        Key::ArrowUp => step(Direction::PreviousMap),
        Key::ArrowDown => step(Direction::NextMap),
        // Presentation clickers send these two.
        Key::PageUp if slides => Some(Action::Slides(Slides::Previous)),
        Key::PageDown if slides => Some(Action::Slides(Slides::Next)),
        Key::Home | Key::PageUp => step(Direction::FirstLayer),
        Key::End | Key::PageDown => step(Direction::LastLayer),
        Key::Enter if step_view && studio.asks_about_photo() && !wanted.focus => {
            Some(Action::FeedAnyway)
        }
        Key::Enter if !wanted.focus => Some(Action::In),
        Key::I if studio.settings.presenting => {
            Some(Action::Setting(Change::Inspector(!studio.settings.inspector)))
        }
        Key::Backspace => Some(Action::Back),
        Key::F => Some(Action::Camera(Camera::Fit)),
        Key::Space if modifiers.shift => play(Play::FromImage),
        Key::Space if !wanted.focus => play(Play::Toggle),
        Key::Comma => play(Play::StepBy(-1)),
        Key::Period => play(Play::StepBy(1)),
        Key::OpenBracket => Some(Action::Setting(speed(studio, false))),
        Key::CloseBracket => Some(Action::Setting(speed(studio, true))),
        Key::D if studio.scene.pad.is_open() => Some(Action::Touch(Touch::Pad(Pad::Closed))),
        Key::D => Some(Action::Touch(Touch::Pad(Pad::Draw))),
        Key::H => Some(Action::Cover(studio.covered.is_none())),
        Key::M => mute(studio),
        _ => None,
    }
}

/// What only the Receptive field view knows.
fn in_fields(place: Key, modifiers: Modifiers) -> Option<Action> {
    let action = match place {
        Key::C => FieldAction::Compare,
        Key::Delete => FieldAction::Remove(None),
        Key::ArrowUp if modifiers.alt => FieldAction::Move(None, false),
        Key::ArrowDown if modifiers.alt => FieldAction::Move(None, true),
        _ => return None,
    };
    Some(Action::Field(action))
}

/// The view of a number key.
fn view_of(place: Key) -> Option<View> {
    let number = match place {
        Key::Num1 => 1,
        Key::Num2 => 2,
        Key::Num3 => 3,
        Key::Num4 => 4,
        Key::Num5 => 5,
        Key::Num6 => 6,
        Key::Num7 => 7,
        _ => return None,
    };
    View::ALL.into_iter().find(|view| view.number() == number)
}

fn with_command(
    place: Key,
    key: Key,
    modifiers: Modifiers,
    studio: &Studio,
    typing: bool,
) -> Option<Action> {
    let settings = &studio.settings;
    let scale = |up| Change::Scale(Settings::next_of(&SCALES, settings.scale, up));
    match key {
        Key::Plus | Key::Equals => return Some(Action::Setting(scale(true))),
        Key::Minus => return Some(Action::Setting(scale(false))),
        Key::Num0 => return Some(Action::Setting(Change::Scale(1.0))),
        _ => {}
    }
    match place {
        Key::Q => Some(Action::Quit),
        Key::O => Some(Action::Open(Dialog::Path)),
        Key::S => Some(Action::Open(Dialog::Save)),
        Key::E => Some(Action::Open(Dialog::Export)),
        Key::K => Some(Action::Open(Dialog::Palette)),
        Key::Z | Key::Y if typing => None,
        Key::Z if modifiers.shift => Some(Action::Redo),
        Key::Z => Some(Action::Undo),
        Key::Y => Some(Action::Redo),
        _ => None,
    }
}

fn speed(studio: &Studio, faster: bool) -> Change {
    Change::Speed(Settings::next_of(&SPEEDS, studio.settings.speed, faster))
}

fn mute(studio: &Studio) -> Option<Action> {
    let (pin, open) = (studio.pin()?, studio.open.as_ref()?);
    if !can_be_muted(&open.network, pin.node) {
        return None;
    }
    let node = open.network.nodes()[pin.node].name.clone();
    Some(Action::Edit(super::action::Edit::Mute { node, map: pin.unit[0] }))
}

/// Out of whatever is innermost: a dialog, the replay, the worksheet, the loupe, the zoom, the pin.
fn escape(studio: &Studio) -> Action {
    if studio.dialog.is_some() {
        Action::CloseDialog
    } else if matches!(studio.notice, Some(Notice::Failed(_) | Notice::Saved(_) | Notice::Copied)) {
        Action::Dismiss
    } else if studio.scene.view == View::Step && studio.asks_about_photo() {
        Action::Input(InputRef::Digit(FIRST_DIGIT))
    } else if studio.scene.time == Time::Rest && studio.knob.is_some() {
        Action::Knob(None)
    } else {
        Action::Out
    }
}
