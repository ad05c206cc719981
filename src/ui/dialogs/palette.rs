//! Ctrl+K: type a few letters and go to anything: a layer, a map, a class, a digit, a network, a
//! setting, a dialog.

use egui::{Key, ScrollArea, TextEdit, Ui};

use crate::data::digits;
use crate::locale::{Lang, Message};
use crate::network::{Layer, zoo};
use crate::ui::action::{
    Action, Dialog, FieldPreset, Play, Preset, Slides, Touch, TrainAction, UnitRef,
};
use crate::ui::frame::name_of;
use crate::ui::lectures::Lecture;
use crate::ui::navigate::to_layer;
use crate::ui::scene::{Camera, InputRef, NetworkRef, Pad, RangeChoice, TrainPage, View};
use crate::ui::settings::{Change, SCALES, SPEEDS};
use crate::ui::sheet::Sheet;
use crate::ui::studio::Studio;
use crate::ui::theme::Type;
use crate::ui::views::train::page_key;
use crate::ui::widgets::{cell, text};

/// Entries that are shown at most.
const MOST: usize = 12;
const WIDTH: f32 = 460.0;
/// Of a layer with more maps than this only the first are listed one by one.
const MOST_MAPS: usize = 512;

/// A place to go to.
struct Entry {
    /// What it is called, in both languages: people type either.
    name: Message,
    actions: Vec<Action>,
}

pub fn show(ui: &mut Ui, sheet: &mut Sheet<'_>) {
    ui.set_width(WIDTH);
    let id = egui::Id::unique(("palette", sheet.studio.dialogs_opened));
    let (mut typed, mut chosen): (String, usize) = ui.data(|d| d.get_temp(id)).unwrap_or_default();
    let field =
        TextEdit::singleline(&mut typed).hint_text(sheet.say("palette-hint")).desired_width(WIDTH);
    let response = ui.add(field);
    let name = sheet.say("palette-title");
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(name.clone()));
    response.request_focus();
    if response.changed() {
        chosen = 0;
    }
    let found = matching(sheet.studio, typed.trim());
    let (down, up, enter) = ui.input(|input| {
        let pressed = |key| input.num_presses(key);
        (pressed(Key::ArrowDown), pressed(Key::ArrowUp), input.key_pressed(Key::Enter))
    });
    chosen = (chosen + down).saturating_sub(up).min(found.len().saturating_sub(1));
    let mut wanted = enter.then(|| found.get(chosen)).flatten();
    if found.is_empty() {
        text(ui, sheet.say("palette-nothing"), Type::Body, sheet.palette.muted);
    }
    ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
        for (place, entry) in found.iter().enumerate() {
            let words = entry.name.text(sheet.lang);
            let response = ui.selectable_label(place == chosen, words);
            if response.clicked() {
                wanted = Some(entry);
            }
        }
    });
    cell(ui, "↑ ↓ · Enter · Esc", Type::Caption, sheet.palette.muted);
    let go = wanted.map(|entry| entry.actions.clone());
    match go {
        Some(actions) => {
            ui.data_mut(|data| data.remove::<(String, usize)>(id));
            sheet.act(Action::CloseDialog);
            sheet.actions.extend(actions);
        }
        None => {
            ui.data_mut(|data| data.insert_temp(id, (typed, chosen)));
        }
    }
}

/// The entries that have all typed words in their name, in either language; those that begin with
/// them first.
fn matching(studio: &Studio, typed: &str) -> Vec<Entry> {
    let wanted: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let mut ranked: Vec<(usize, Entry)> = entries(studio, typed)
        .into_iter()
        .filter_map(|entry| {
            let names = Lang::ALL.map(|lang| entry.name.text(lang).to_lowercase());
            let rank = names.iter().filter_map(|name| rank(name, &wanted)).min()?;
            Some((rank, entry))
        })
        .collect();
    // Of names that fit equally well, the shorter is meant: the layer before its maps.
    let length = |entry: &Entry| entry.name.text(studio.settings.lang).chars().count();
    ranked.sort_by_key(|(rank, entry)| (*rank, length(entry)));
    ranked.into_iter().take(MOST).map(|(_, entry)| entry).collect()
}

/// 0 where the name begins with what was typed, 1 where a word of it does, 2 where it is inside.
fn rank(name: &str, wanted: &[String]) -> Option<usize> {
    let of = |word: &String| {
        let at = name.find(word.as_str())?;
        let starts = name[..at].ends_with(|c: char| !c.is_alphanumeric());
        Some(if at == 0 {
            0
        } else if starts {
            1
        } else {
            2
        })
    };
    wanted.iter().map(of).try_fold(0, |worst, rank| Some(rank?.max(worst)))
}

fn entries(studio: &Studio, typed: &str) -> Vec<Entry> {
    let mut all = Vec::new();
    let mut add = |name: Message, action: Action| all.push(Entry { name, actions: vec![action] });
    digit(typed, &mut add);
    layers(studio, &mut add);
    for entry in zoo::ENTRIES {
        let name = Message::new("go-network").with("name", (entry.build)().title);
        add(name, Action::Network(NetworkRef::Zoo(entry.name.into())));
    }
    for (key, dialog) in [
        ("open-gallery", Dialog::Gallery),
        ("stages-hint", Dialog::Stages),
        ("setting-options-hint", Dialog::LayerOptions),
        ("path-title", Dialog::Path),
        ("copy-and-save", Dialog::Export),
        ("keys-title", Dialog::Keys),
        ("slide-words", Dialog::Notes),
    ] {
        add(Message::new(key), Action::Open(dialog));
    }
    let settings = &studio.settings;
    for (key, action) in [
        ("pad-draw", Action::Touch(Touch::Pad(Pad::Draw))),
        ("pad-move", Action::Touch(Touch::Pad(Pad::Move))),
        ("pad-paint", Action::Touch(Touch::Pad(Pad::Paint))),
        ("time-play", Action::Play(Play::Toggle)),
        ("time-from-image", Action::Play(Play::FromImage)),
        ("fit", Action::Camera(Camera::Fit)),
        ("signed-colours", Action::Diverging(!studio.scene.diverging)),
        ("cover-numbers", Action::Cover(studio.covered.is_none())),
        ("speaker-window", Action::Speaker(!studio.speaker)),
        ("present", Action::Setting(Change::Present(!settings.presenting))),
        ("both-languages", Action::Setting(Change::Both(!settings.both))),
        ("reduced-motion", Action::Setting(Change::Still(!settings.still))),
        ("other-language", Action::Setting(Change::OtherLanguage)),
        ("other-theme", Action::Setting(Change::OtherTheme)),
        ("save-scene", Action::Open(Dialog::Save)),
        ("paste-picture", Action::Paste),
        ("slide-add", Action::Slides(Slides::Add)),
        ("range-map", Action::Range(RangeChoice::Map)),
        ("range-layer", Action::Range(RangeChoice::Layer)),
        ("range-network", Action::Range(RangeChoice::Network)),
    ] {
        add(Message::new(key), action);
    }
    for view in View::ALL {
        add(Message::new(name_of(view)), Action::View(view));
    }
    for preset in Preset::ALL {
        add(Message::new(preset.key()), preset.action());
    }
    for preset in FieldPreset::ALL {
        add(Message::new(preset.key()), preset.action());
    }
    for lecture in Lecture::ALL {
        add(Message::new(lecture.key()), Action::Slides(Slides::Lecture(lecture)));
    }
    for scale in SCALES {
        let percent = (scale * 100.0).round();
        add(
            Message::new("go-scale").with("percent", percent),
            Action::Setting(Change::Scale(scale)),
        );
    }
    for speed in SPEEDS {
        add(Message::new("go-speed").with("speed", speed), Action::Setting(Change::Speed(speed)));
    }
    for (place, slide) in studio.deck.slides().iter().enumerate() {
        let (title, _) = slide.title.in_language(studio.settings.lang);
        let name = Message::new("slide-name").with("number", place + 1).with("title", title);
        add(name, Action::Slides(Slides::Go(place)));
    }
    all.extend(training());
    all
}

/// What is done in the Train view, from wherever it is asked for.
fn training() -> impl Iterator<Item = Entry> {
    let page = |page: TrainPage| {
        let name = Message::new("go-train-page").with_message("page", Message::new(page_key(page)));
        (name, Action::Train(TrainAction::Page(page)))
    };
    let others = [
        ("go-train-toggle", Action::Train(TrainAction::Toggle)),
        ("go-train-step", Action::Train(TrainAction::OneStep)),
        ("go-train-again", Action::Train(TrainAction::Again)),
        ("train-settings", Action::Open(Dialog::Training)),
        ("design-title", Action::Open(Dialog::Architecture)),
    ];
    let others = others.into_iter().map(|(key, action)| (Message::new(key), action));
    let all = others.chain(TrainPage::ALL.map(page));
    all.map(|(name, action)| Entry { name, actions: vec![Action::View(View::Train), action] })
}

/// A bundled digit by its number.
fn digit(typed: &str, add: &mut impl FnMut(Message, Action)) {
    let number = typed.trim_start_matches('#').parse::<usize>().ok();
    let Some(index) = number.filter(|&index| index < digits::COUNT) else { return };
    let name = Message::new("go-digit")
        .with("number", typed)
        .with("index", format!("{index:04}"))
        .with("label", digits::bundled().labels()[index]);
    add(name, Action::Input(InputRef::Digit(index)));
}

/// Layers, their maps, and the classes.
fn layers(studio: &Studio, add: &mut impl FnMut(Message, Action)) {
    let Some(open) = &studio.open else { return };
    let network = &open.network;
    let pin = studio.pin();
    for (node, description) in network.nodes().iter().enumerate() {
        let at = to_layer(network, node, pin);
        if matches!(description.layer, Layer::Input { .. }) {
            add(Message::new("input-layer"), Action::Pin(at));
            continue;
        }
        add(Message::new("go-layer").with("layer", &description.name), Action::Pin(at));
        let [maps, ..] = description.output;
        for map in 0..maps.min(MOST_MAPS) {
            let [_, y, x] = at.unit;
            let unit = UnitRef { node, unit: [map, y, x] };
            let name = if node >= network.scores() {
                Message::new("go-class")
                    .with("layer", &description.name)
                    .with("label", network.label(map))
            } else {
                Message::new("map-name").with("layer", &description.name).with("map", map)
            };
            add(name, Action::Pin(unit));
        }
    }
}
