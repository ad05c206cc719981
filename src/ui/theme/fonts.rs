//! The families of the window, made of the fonts in `locale::fonts`.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

use crate::locale::fonts::FILES;

const SEMI_BOLD: &str = "semi-bold";
const BOLD: &str = "bold";
const BOLD_MONO: &str = "bold-mono";

pub fn semi_bold() -> FontFamily {
    FontFamily::Name(SEMI_BOLD.into())
}

pub fn bold() -> FontFamily {
    FontFamily::Name(BOLD.into())
}

pub fn bold_mono() -> FontFamily {
    FontFamily::Name(BOLD_MONO.into())
}

/// All families. Noto comes last everywhere: its ×, ≤ and √ are wide Chinese forms.
#[must_use]
pub fn definitions() -> FontDefinitions {
    let [inter, inter_semi, inter_bold, mono, mono_bold, noto] = FILES.map(|(name, _)| name);
    let family = |fonts: &[&str]| fonts.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    FontDefinitions {
        font_data: FILES
            .iter()
            .map(|&(name, bytes)| (name.to_owned(), Arc::new(FontData::from_static(bytes))))
            .collect(),
        families: [
            (FontFamily::Proportional, family(&[inter, mono, noto])),
            (FontFamily::Monospace, family(&[mono, inter, noto])),
            (semi_bold(), family(&[inter_semi, mono_bold, noto])),
            (bold(), family(&[inter_bold, mono_bold, noto])),
            (bold_mono(), family(&[mono_bold, inter_bold, noto])),
        ]
        .into(),
    }
}
