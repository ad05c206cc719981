//! Names of files may hold any character; one that no font has is written as U+XXXX, never as a box.

use std::fmt::Write as _;

use egui::{Context, FontId};

/// `words` with every character that `font` cannot draw spelled out.
#[must_use]
pub fn visible(ctx: &Context, font: &FontId, words: &str) -> String {
    ctx.fonts_mut(|fonts| {
        let mut shown = String::with_capacity(words.len());
        for c in words.chars() {
            if fonts.has_glyph(font, c) || c == '\n' {
                shown.push(c);
            } else {
                let _ = write!(shown, "U+{:04X}", u32::from(c));
            }
        }
        shown
    })
}
