//! Slides: scenes in a row, each with a title and notes.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{DocId, Scene};

/// The slides that are open, and the one that the scene came from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deck {
    slides: Arc<Vec<Scene>>,
    current: usize,
}

/// What undo brings back: the scene and the slides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    pub scene: Scene,
    pub deck: Deck,
}

impl Deck {
    #[must_use]
    pub fn new(slides: Vec<Scene>) -> Self {
        Self { slides: Arc::new(slides), current: 0 }
    }

    /// The same slides with another one shown.
    #[must_use]
    pub fn showing(self, place: usize) -> Self {
        let current = place.min(self.slides.len().saturating_sub(1));
        Self { current, ..self }
    }

    #[must_use]
    pub fn slides(&self) -> &[Scene] {
        &self.slides
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.slides.is_empty()
    }

    /// The place of the slide that is shown.
    #[must_use]
    pub fn current(&self) -> usize {
        self.current
    }

    #[must_use]
    pub fn slide(&self) -> Option<&Scene> {
        self.slides.get(self.current)
    }

    #[must_use]
    pub fn next(&self) -> Option<&Scene> {
        self.slides.get(self.current + 1)
    }

    /// Goes to a slide and gives its scene; `None` beyond the ends.
    pub fn go(&mut self, place: usize) -> Option<Scene> {
        let scene = self.slides.get(place)?.clone();
        self.current = place;
        Some(scene)
    }

    /// Puts a slide behind the one that is shown, and shows it.
    pub fn insert(&mut self, scene: Scene) {
        let place = if self.slides.is_empty() { 0 } else { self.current + 1 };
        Arc::make_mut(&mut self.slides).insert(place, scene);
        self.current = place;
    }

    /// Puts `scene` in the place of the slide that is shown.
    pub fn replace(&mut self, scene: Scene) {
        if let Some(slide) = Arc::make_mut(&mut self.slides).get_mut(self.current) {
            *slide = scene;
        }
    }

    pub fn duplicate(&mut self, place: usize) {
        if let Some(scene) = self.slides.get(place).cloned() {
            Arc::make_mut(&mut self.slides).insert(place + 1, scene);
            if place < self.current {
                self.current += 1;
            }
        }
    }

    pub fn remove(&mut self, place: usize) {
        if place < self.slides.len() {
            Arc::make_mut(&mut self.slides).remove(place);
            if place < self.current || self.current == self.slides.len() {
                self.current = self.current.saturating_sub(1);
            }
        }
    }

    /// Moves a slide; the one that is shown stays shown.
    pub fn reorder(&mut self, from: usize, to: usize) {
        if from == to || from.max(to) >= self.slides.len() {
            return;
        }
        let slides = Arc::make_mut(&mut self.slides);
        let slide = slides.remove(from);
        slides.insert(to, slide);
        if self.current == from {
            self.current = to;
        } else if from < self.current && to >= self.current {
            self.current -= 1;
        } else if from > self.current && to <= self.current {
            self.current += 1;
        }
    }

    /// Changes the words of a slide.
    pub fn rename(&mut self, place: usize, change: impl FnOnce(&mut Scene)) {
        if let Some(slide) = Arc::make_mut(&mut self.slides).get_mut(place) {
            change(slide);
        }
    }
}

impl State {
    /// Every document that scene and slides name.
    pub fn documents(&self, named: &mut BTreeSet<DocId>) {
        self.scene.documents(named);
        for slide in self.deck.slides() {
            slide.documents(named);
        }
    }
}
