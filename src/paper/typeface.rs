//! Text on paper: which font draws which character, how wide a text is, where a line ends.

use harfrust::{FontRef, ShapeOptions, ShaperData, UnicodeBuffer};
use krilla::text::{Font, GlyphId, KrillaGlyph};

use super::PaperError;
use crate::locale::fonts::FILES;

/// A font for one purpose; what it lacks is drawn by JetBrains Mono or Noto Sans SC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    Text,
    Strong,
    Bold,
    Number,
    StrongNumber,
}

/// Places of the fonts in `locale::fonts::FILES`.
const MONO: usize = 3;
const CHINESE: usize = 5;

impl Face {
    /// Who is asked for a glyph, one after the other.
    const fn fonts(self) -> [usize; 3] {
        match self {
            Self::Text => [0, MONO, CHINESE],
            Self::Strong => [1, 4, CHINESE],
            Self::Bold => [2, 4, CHINESE],
            Self::Number => [MONO, 0, CHINESE],
            Self::StrongNumber => [4, 2, CHINESE],
        }
    }

    /// Whether characters of the one Chinese weight must be thickened to match.
    const fn is_strong(self) -> bool {
        matches!(self, Self::Strong | Self::Bold | Self::StrongNumber)
    }
}

/// Characters of one font that stand in a row.
#[derive(Clone, Debug)]
pub struct Run {
    pub font: Font,
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    /// In ems.
    pub width: f32,
    /// Whether the outlines are to be drawn thicker than the font has them.
    pub thicken: bool,
}

/// All fonts, ready to measure and to draw.
pub struct Typefaces(Vec<Loaded>);

struct Loaded {
    paper: Font,
    shapes: FontRef<'static>,
    data: ShaperData,
    units: f32,
}

impl Typefaces {
    /// # Errors
    /// If a bundled font cannot be read, which would be a bug.
    pub fn new() -> Result<Self, PaperError> {
        let load = |(name, bytes): (&str, &'static [u8])| {
            let shapes = FontRef::new(bytes).ok();
            let paper = Font::new(bytes.into(), 0);
            let (Some(shapes), Some(paper)) = (shapes, paper) else {
                return Err(PaperError::Pdf { reason: name.to_owned() });
            };
            let data = ShaperData::new(&shapes);
            let units = paper.units_per_em();
            Ok(Loaded { paper, shapes, data, units })
        };
        Ok(Self(FILES.into_iter().map(load).collect::<Result<_, _>>()?))
    }

    /// The text as glyphs, in runs of one font each.
    pub fn shape(&self, face: Face, text: &str) -> Vec<Run> {
        let mut pieces: Vec<(usize, String)> = Vec::new();
        for c in text.chars().filter(|c| !c.is_control()) {
            let font = self.font_for(face, c);
            match pieces.last_mut() {
                Some((last, piece)) if *last == font => piece.push(c),
                _ => pieces.push((font, c.to_string())),
            }
        }
        let run = |(font, text): (usize, String)| {
            let glyphs = self.glyphs(font, &text);
            let width = glyphs.iter().map(|glyph| glyph.x_advance).sum();
            let thicken = font == CHINESE && face.is_strong();
            Run { font: self.0[font].paper.clone(), text, glyphs, width, thicken }
        };
        pieces.into_iter().map(run).collect()
    }

    /// The width of a text, in points.
    pub fn width(&self, face: Face, size: f32, text: &str) -> f32 {
        self.shape(face, text).iter().map(|run| run.width * size).sum()
    }

    /// The text in lines no wider than `width` points: broken at blanks and between Chinese characters.
    pub fn lines(&self, face: Face, size: f32, text: &str, width: f32) -> Vec<String> {
        let mut lines = vec![String::new()];
        for piece in pieces(text) {
            let line = lines.last().map_or("", String::as_str);
            let longer = format!("{line}{piece}");
            if line.is_empty() || self.width(face, size, longer.trim_end()) <= width {
                lines.pop();
                lines.push(longer);
            } else {
                lines.push(piece.trim_start().to_owned());
            }
        }
        lines
    }

    fn font_for(&self, face: Face, c: char) -> usize {
        let fonts = face.fonts();
        if c.is_ascii() {
            return fonts[0];
        }
        let has = |&font: &usize| {
            let mut text = [0; 4];
            let glyphs = self.glyphs(font, c.encode_utf8(&mut text));
            glyphs.iter().all(|glyph| glyph.glyph_id.to_u32() != 0)
        };
        fonts.into_iter().find(has).unwrap_or(fonts[0])
    }

    fn glyphs(&self, font: usize, text: &str) -> Vec<KrillaGlyph> {
        let Loaded { shapes, data, units, .. } = &self.0[font];
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let shaped = data.shaper(shapes).build().shape(buffer, ShapeOptions::new());
        let infos = shaped.glyph_infos();
        let starts: Vec<usize> = infos.iter().map(|info| info.cluster as usize).collect();
        let glyph = |(i, position): (usize, &harfrust::GlyphPosition)| {
            // A cluster ends where the next one begins; all texts run from left to right.
            let start = starts[i];
            let end = starts[i..].iter().copied().find(|&next| next > start);
            KrillaGlyph::new(
                GlyphId::new(infos[i].glyph_id),
                position.x_advance as f32 / units,
                position.x_offset as f32 / units,
                position.y_offset as f32 / units,
                position.y_advance as f32 / units,
                start..end.unwrap_or(text.len()),
                None,
            )
        };
        shaped.glyph_positions().iter().enumerate().map(glyph).collect()
    }
}

/// What may not be broken: words with the blanks behind them, single Chinese characters with the
/// punctuation that must not begin a line.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        let stays = c == ' ' || "，。、；：！？）》”".contains(c);
        match pieces.last_mut() {
            Some(piece) if stays => {
                piece.push(c);
                open = open && c != ' ';
            }
            Some(piece) if open && !is_chinese(c) => piece.push(c),
            _ => {
                pieces.push(c.to_string());
                open = !is_chinese(c);
            }
        }
    }
    pieces
}

fn is_chinese(c: char) -> bool {
    ('\u{3000}'..='\u{9FFF}').contains(&c) || ('\u{FF00}'..='\u{FFEF}').contains(&c)
}
