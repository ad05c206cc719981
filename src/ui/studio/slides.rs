//! Slides: going through them, and changing them.

use std::path::Path;

use super::Studio;
use crate::ui::action::Slides;
use crate::ui::lectures;
use crate::ui::scene::{Deck, Scene, SceneFile};

impl Studio {
    pub(super) fn slides(&mut self, slides: Slides) {
        let current = self.deck.current();
        match slides {
            Slides::Next => self.go_to_slide(current + 1),
            Slides::Previous => {
                if let Some(before) = current.checked_sub(1) {
                    self.go_to_slide(before);
                }
            }
            Slides::Go(place) => self.go_to_slide(place),
            Slides::Add => self.deck.insert(self.scene.clone()),
            Slides::Update => self.deck.replace(self.scene.clone()),
            Slides::Duplicate(place) => self.deck.duplicate(place),
            Slides::Remove(place) => {
                self.deck.remove(place);
                self.go_to_slide(self.deck.current());
            }
            Slides::Reorder { from, to } => self.deck.reorder(from, to),
            Slides::Title(lang, text) => self.reword(|scene| scene.title.set(lang, text.clone())),
            Slides::Notes(lang, text) => self.reword(|scene| scene.notes.set(lang, text.clone())),
            Slides::Lecture(lecture) => {
                // A test opens every lecture, so a failure here is a slip in the assets.
                match SceneFile::parse(lectures::text(lecture), Path::new("lecture")) {
                    Ok(file) => self.open_scenes(file.scenes, file.documents),
                    Err(error) => self.fail(std::sync::Arc::new(error)),
                }
            }
            Slides::Close => self.deck = Deck::default(),
        }
    }

    fn go_to_slide(&mut self, place: usize) {
        if let Some(scene) = self.deck.go(place) {
            self.enter(scene);
        }
    }

    /// Words belong to the slide and to what is shown of it.
    fn reword(&mut self, change: impl Fn(&mut Scene)) {
        change(&mut self.scene);
        self.deck.rename(self.deck.current(), &change);
    }

    /// A scene in place of the present one.
    pub(super) fn enter(&mut self, scene: Scene) {
        self.playing = false;
        self.dialog = None;
        self.untried = true;
        if let Some(revealed) = &mut self.covered {
            revealed.clear();
        }
        self.scene = scene;
    }

    /// Whether what is shown differs from its slide.
    #[must_use]
    pub fn differs_from_slide(&self) -> bool {
        self.deck.slide().is_some_and(|slide| *slide != self.scene)
    }
}
