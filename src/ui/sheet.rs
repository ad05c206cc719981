//! What a view gets to draw on: the state to read, the painter, and a place for its wishes.

use super::action::Action;
use super::platform::painter::Painter;
use super::studio::{Hover, Studio};
use super::theme::Palette;
use crate::locale::{Lang, Message};

pub struct Sheet<'a> {
    pub studio: &'a Studio,
    pub painter: &'a mut Painter,
    pub palette: &'static Palette,
    pub lang: Lang,
    /// What the person asked for in this frame.
    pub actions: Vec<Action>,
    /// What is under the pointer in this frame.
    pub hover: Hover,
}

impl<'a> Sheet<'a> {
    pub fn new(studio: &'a Studio, painter: &'a mut Painter) -> Self {
        Self {
            palette: studio.settings.theme.palette(),
            lang: studio.settings.lang,
            studio,
            painter,
            actions: Vec::new(),
            hover: Hover::default(),
        }
    }

    pub fn act(&mut self, action: Action) {
        self.actions.push(action);
    }

    /// A sentence without values, in the person's language.
    #[must_use]
    pub fn say(&self, key: &'static str) -> String {
        Message::new(key).text(self.lang)
    }

    /// A sentence with values.
    #[must_use]
    pub fn tell(&self, message: &Message) -> String {
        message.text(self.lang)
    }
}
