//! What belongs to the person and not to the scene: language, theme, size, speed.

use serde::{Deserialize, Serialize};

use super::theme::Theme;
use crate::locale::Lang;

/// How large everything may be drawn, 1 as designed.
pub const SCALES: [f32; 7] = [0.8, 0.9, 1.0, 1.25, 1.5, 1.75, 2.0];
/// How fast time may play.
pub const SPEEDS: [f32; 7] = [0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0];

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub lang: Lang,
    /// The other language stands small beside titles.
    pub both: bool,
    pub theme: Theme,
    pub scale: f32,
    pub speed: f32,
    /// Time goes in steps, not in motion.
    pub still: bool,
    /// Large, for a projector, without what is not needed.
    pub presenting: bool,
    /// The inspector is shown while presenting, too.
    pub inspector: bool,
    /// The language of the speaker's window, if not the same.
    pub speaker_lang: Option<Lang>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: Lang::default(),
            both: false,
            theme: Theme::default(),
            scale: 1.0,
            speed: 1.0,
            still: false,
            presenting: false,
            inspector: false,
            speaker_lang: None,
        }
    }
}

/// How much larger everything is on a projector.
const PRESENTATION_SCALE: f32 = 1.5;

/// A change of the settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    OtherLanguage,
    Language(Lang),
    Both(bool),
    OtherTheme,
    Scale(f32),
    Speed(f32),
    Still(bool),
    Present(bool),
    Inspector(bool),
    SpeakerLanguage(Option<Lang>),
}

impl Settings {
    pub fn change(&mut self, change: Change) {
        match change {
            Change::OtherLanguage => self.lang = self.lang.other(),
            Change::Language(lang) => self.lang = lang,
            Change::Both(on) => self.both = on,
            Change::OtherTheme => self.theme = self.theme.other(),
            Change::Scale(scale) => self.scale = scale.clamp(SCALES[0], SCALES[SCALES.len() - 1]),
            Change::Speed(speed) => self.speed = speed.clamp(SPEEDS[0], SPEEDS[SPEEDS.len() - 1]),
            Change::Still(on) => self.still = on,
            Change::Present(on) => self.presenting = on,
            Change::Inspector(on) => self.inspector = on,
            Change::SpeakerLanguage(lang) => self.speaker_lang = lang,
        }
    }

    /// How large everything is drawn now.
    #[must_use]
    pub fn zoom(&self) -> f32 {
        if self.presenting { self.scale * PRESENTATION_SCALE } else { self.scale }
    }

    /// The next choice of a list above (or below) `value`.
    #[must_use]
    pub fn next_of(choices: &[f32], value: f32, up: bool) -> f32 {
        let found = if up {
            choices.iter().find(|&&choice| choice > value * 1.001)
        } else {
            choices.iter().rev().find(|&&choice| choice < value * 0.999)
        };
        found.copied().unwrap_or(value)
    }
}
