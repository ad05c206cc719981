//! What a view gets to draw on: the state to read, the painter, and a place for its wishes.

use super::action::Action;
use super::platform::painter::Painter;
use super::studio::{Hover, Studio};
use super::theme::Palette;
use crate::locale::{Lang, Message};
use crate::ui::glossary;
use crate::ui::widgets::{self, title_with};

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

    /// The small capitals over a section: in both languages where that is wanted, with the meaning of
    /// its term in the tooltip.
    pub fn section(&self, ui: &mut egui::Ui, message: &Message) -> egui::Response {
        let words = message.text(self.lang);
        let other = self.other(message);
        let response = widgets::section(ui, self.palette, &words, other.as_deref());
        match glossary::meaning_of(message.key) {
            Some(key) => response.on_hover_text(self.say(key)),
            None => response,
        }
    }

    /// A title: in both languages where that is wanted.
    pub fn title(&self, ui: &mut egui::Ui, message: &Message, kind: super::theme::Type) {
        title_with(
            ui,
            self.palette,
            &message.text(self.lang),
            self.other(message).as_deref(),
            kind,
        );
    }

    /// The same in the other language, if both are wanted.
    #[must_use]
    pub fn other(&self, message: &Message) -> Option<String> {
        self.studio.settings.both.then(|| message.text(self.lang.other()))
    }

    /// Whether the number in this place is covered.
    #[must_use]
    pub fn is_covered(&self, place: u64) -> bool {
        self.studio.covered.as_ref().is_some_and(|revealed| !revealed.contains(&place))
    }

    /// A sentence with values.
    #[must_use]
    pub fn tell(&self, message: &Message) -> String {
        message.text(self.lang)
    }
}
