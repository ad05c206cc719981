//! Slides: a lecture is opened, walked through, changed, presented.

use convscope::locale::Lang;
use convscope::ui::action::{Action, Slides};
use convscope::ui::lectures::{Lecture, text};
use convscope::ui::scene::{Scene, SceneFile};
use convscope::ui::settings::{Change, Settings};
use convscope::ui::studio::Studio;
use convscope::worker::Worker;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use super::{Window, act, failure, first, open_file, until};

fn lecture() -> Window {
    let mut window = first();
    act(&mut window, [Action::Slides(Slides::Lecture(Lecture::LeNet))]);
    window
}

#[test]
fn every_slide_of_the_lecture_opens_and_has_words_in_both_languages() {
    let file = SceneFile::parse(text(Lecture::LeNet), std::path::Path::new("lecture"));
    let slides = file.expect("a scene file").scenes;
    assert!((9..=12).contains(&slides.len()), "{} slides", slides.len());
    let mut window = lecture();
    for (place, slide) in slides.iter().enumerate() {
        assert_eq!(window.state().studio.deck.current(), place);
        assert_eq!(window.state().studio.scene, *slide, "slide {place} as it was written");
        assert_eq!(failure(&window), None, "slide {place}");
        assert!(!window.state().studio.is_waiting(), "slide {place}");
        for words in [&slide.title, &slide.notes] {
            assert!(!words.en.is_empty() && !words.zh.is_empty(), "slide {place}: {words:?}");
        }
        window.key_press(Key::PageDown);
        window.run();
    }
}

#[test]
fn every_slide_is_the_same_on_an_engine_that_answers_later() {
    let worker = Worker::start(|| ()).expect("a thread");
    let mut studio = Studio::new(Scene::default(), Settings::default(), worker);
    studio.carry_out([Action::Slides(Slides::Lecture(Lecture::LeNet))]);
    let slides = studio.deck.slides().to_vec();
    // There and back, so that each slide comes after two others.
    let places = (0..slides.len()).chain((0..slides.len()).rev());
    for place in places {
        studio.carry_out([Action::Slides(Slides::Go(place))]);
        until("the slide is shown", || {
            studio.drain();
            !studio.is_waiting() && (studio.seen.is_some() || studio.notice.is_some())
        });
        assert!(studio.notice.is_none(), "slide {place}: {:?}", studio.notice);
        assert_eq!(studio.scene, slides[place], "slide {place}");
        assert!(!studio.differs_from_slide(), "slide {place}");
    }
}

#[test]
fn page_keys_go_through_slides_and_layers_where_there_are_none() {
    let mut window = first();
    window.key_press(Key::PageDown);
    window.run();
    assert_eq!(super::pin(&window).map(|pin| pin.node), Some(7), "the last layer");
    let mut window = lecture();
    window.key_press(Key::PageDown);
    window.key_press(Key::PageDown);
    window.run();
    assert_eq!(window.state().studio.deck.current(), 2);
    window.key_press(Key::PageUp);
    window.run();
    assert_eq!(window.state().studio.deck.current(), 1);
}

#[test]
fn slides_are_added_moved_renamed_and_removed_and_undo_takes_it_back() {
    let mut window = lecture();
    let start = window.state().studio.state();
    let count = start.deck.slides().len();
    let titles = |window: &Window| -> Vec<String> {
        let slides = window.state().studio.deck.slides().iter();
        slides.map(|slide| slide.title.en.clone()).collect()
    };
    let before = titles(&window);
    act(&mut window, [Action::Slides(Slides::Reorder { from: 0, to: 2 })]);
    let mut moved = before.clone();
    moved[..3].rotate_left(1);
    assert_eq!(titles(&window), moved);
    assert_eq!(window.state().studio.deck.current(), 2, "the shown one stays shown");
    act(&mut window, [Action::Slides(Slides::Title(Lang::En, "Mine".into()))]);
    assert_eq!(titles(&window)[2], "Mine");
    act(&mut window, [Action::Slides(Slides::Duplicate(2))]);
    act(&mut window, [Action::Slides(Slides::Remove(0))]);
    assert_eq!(titles(&window).len(), count);
    act(&mut window, [Action::Slides(Slides::Add)]);
    assert_eq!(titles(&window).len(), count + 1);
    for _ in 0..5 {
        act(&mut window, [Action::Undo]);
    }
    assert_eq!(window.state().studio.state(), start);
}

#[test]
fn a_slide_that_differs_is_marked_and_can_be_updated() {
    let mut window = lecture();
    assert!(!window.state().studio.differs_from_slide());
    window.key_press(Key::ArrowDown);
    window.run();
    assert!(window.state().studio.differs_from_slide());
    window.get_by_label("Update").click();
    window.run();
    assert!(!window.state().studio.differs_from_slide());
}

#[test]
fn several_scene_files_open_as_slides() {
    let folder = tempfile::tempdir().expect("a folder");
    let paths = ["a", "b", "c"].map(|name| {
        let mut scene = Scene::default();
        scene.title.en = name.into();
        let file = SceneFile::new(vec![scene], &convscope::ui::scene::Documents::default());
        let path = folder.path().join(format!("{name}.json"));
        std::fs::write(&path, serde_json::to_string(&file).expect("serialises")).expect("written");
        path
    });
    let mut window = first();
    act(&mut window, [Action::OpenPaths(paths.to_vec())]);
    assert_eq!(window.state().studio.deck.slides().len(), 3);
    // And come back as one file.
    let path = folder.path().join("all.json");
    let file = window.state().studio.scene_file();
    std::fs::write(&path, serde_json::to_string(&file).expect("serialises")).expect("written");
    let mut window = first();
    open_file(&mut window, &path);
    assert_eq!(window.state().studio.deck.slides().len(), 3);
}

#[test]
fn presenting_keeps_the_keyboard_the_narrator_and_the_control_of_time() {
    let mut window = lecture();
    window.key_press(Key::F11);
    window.run();
    assert!(window.state().studio.settings.presenting);
    assert!(window.query_by_label("Choose a network").is_none(), "the bar is gone");
    window.get_by_label("Play (Space)");
    window.key_press(Key::Escape);
    window.run();
    assert!(window.state().studio.settings.presenting, "Esc never leads out of it");
    window.key_press(Key::F2);
    window.run();
    window.get_by_label("播放（空格）");
    window.key_press(Key::F11);
    window.run();
    assert!(!window.state().studio.settings.presenting);
}

#[test]
fn covered_numbers_are_uncovered_one_by_one() {
    let mut window = first();
    window.get_by_label_contains("This one number, +1.71");
    window.key_press(Key::H);
    window.run();
    assert!(window.query_by_label_contains("This one number").is_none());
    window.get_by_label("covered: click to see it").click();
    window.run();
    window.get_by_label_contains("This one number, +1.71");
    assert!(window.query_by_label("+5.3171").is_none(), "the others stay covered");
    window.key_press(Key::H);
    window.run();
    window.get_by_label("+5.3171");
}

#[test]
fn the_speaker_sees_notes_and_what_comes_next_in_a_language_of_their_own() {
    let mut window = lecture();
    let (here, next) = {
        let slides = window.state().studio.deck.slides();
        (slides[0].clone(), slides[1].clone())
    };
    let speaker = Change::SpeakerLanguage(Some(Lang::Zh));
    act(&mut window, [Action::Setting(speaker), Action::Speaker(true)]);
    // The clock of the speaker's window goes on for ever.
    window.step();
    window.step();
    window.get_by_label(&here.notes.zh);
    window.get_by_label(&next.title.zh);
    window.get_by_label("接下来");
    assert_eq!(window.state().studio.settings.lang, Lang::En);
}

#[test]
fn both_languages_stand_beside_titles() {
    let mut window = first();
    act(&mut window, [Action::Setting(Change::Both(true))]);
    window.get_by_label_contains("感受野");
    window.key_press_modifiers(Modifiers::NONE, Key::F2);
    window.run();
    window.get_by_label_contains("Receptive field");
}

/// A card has room for a part of a title; the whole one stands over the cards, and the card is in sight.
#[test]
fn the_shown_slide_is_in_sight_with_its_whole_title() {
    let mut window = first();
    act(&mut window, [Action::Slides(Slides::Lecture(Lecture::Parameters))]);
    let slides = window.state().studio.deck.slides().to_vec();
    for place in [0, slides.len() - 1, 5] {
        act(&mut window, [Action::Slides(Slides::Go(place))]);
        let title = slides[place].title.en.clone();
        window.get_by_label(&title);
        let card = window.get_by_label(&format!("Slide {}: {title}", place + 1)).rect();
        assert!((0.0..1280.0).contains(&card.left()) && card.right() <= 1280.0, "{card:?}");
    }
}
