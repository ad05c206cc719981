//! What belongs to the person and not to the scene: language, theme.

use serde::{Deserialize, Serialize};

use super::theme::Theme;
use crate::locale::Lang;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub lang: Lang,
    pub theme: Theme,
}
