//! Sheets of A4 and what is drawn on them: text, lines and boxes, in points from the top left corner.
//!
//! A sheet is a list of marks first, so that one that has grown too long can be made smaller as a whole
//! before it is written.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;

use super::PaperError;
use super::typeface::{Face, Run, Typefaces};

/// A4, in points.
pub const WIDTH: f32 = 595.276;
pub const HEIGHT: f32 = 841.89;

/// Red, green and blue.
pub type Ink = [u8; 3];

/// Where a text stands from its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
    Right,
}

/// How a text looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Style {
    pub face: Face,
    /// In points.
    pub size: f32,
    pub ink: Ink,
}

enum Mark {
    Text { at: [f32; 2], size: f32, ink: Ink, runs: Vec<Run> },
    Path { path: Path, fill: Option<Ink>, stroke: Option<(Ink, f32)> },
}

/// One page while it is drawn.
pub struct Sheet<'a> {
    pub faces: &'a Typefaces,
    marks: Vec<Mark>,
}

impl<'a> Sheet<'a> {
    pub const fn new(faces: &'a Typefaces) -> Self {
        Self { faces, marks: Vec::new() }
    }

    /// Writes a text whose base line goes through `at`; one wider than `room` is set smaller.
    pub fn text(&mut self, at: [f32; 2], align: Align, style: Style, text: &str, room: f32) {
        let Style { face, size, ink } = style;
        let runs = self.faces.shape(face, text);
        let ems: f32 = runs.iter().map(|run| run.width).sum();
        let size = if ems * size > room { room / ems } else { size };
        let [x, y] = at;
        let x = match align {
            Align::Left => x,
            Align::Centre => x - ems * size / 2.0,
            Align::Right => x - ems * size,
        };
        self.marks.push(Mark::Text { at: [x, y], size, ink, runs });
    }

    /// A straight line.
    pub fn line(&mut self, from: [f32; 2], to: [f32; 2], ink: Ink, width: f32) {
        self.curve(&[from, to], ink, width);
    }

    /// A line through points.
    pub fn curve(&mut self, points: &[[f32; 2]], ink: Ink, width: f32) {
        let mut builder = PathBuilder::new();
        for (i, &[x, y]) in points.iter().enumerate() {
            if i == 0 { builder.move_to(x, y) } else { builder.line_to(x, y) }
        }
        self.push(builder, None, Some((ink, width)));
    }

    /// A box, `[x, y, width, height]`, filled or outlined or both.
    pub fn rect(&mut self, [x, y, w, h]: [f32; 4], fill: Option<Ink>, stroke: Option<(Ink, f32)>) {
        let mut builder = PathBuilder::new();
        if let Some(rect) = Rect::from_xywh(x, y, w, h) {
            builder.push_rect(rect);
        }
        self.push(builder, fill, stroke);
    }

    /// An ellipse inside a box.
    pub fn ring(&mut self, [x, y, w, h]: [f32; 4], fill: Option<Ink>, stroke: Option<(Ink, f32)>) {
        // A quarter of a circle as one cubic: off by 0.03 % of the radius.
        const BEND: f32 = 0.552_284_7;
        let (rx, ry) = (w / 2.0, h / 2.0);
        let (cx, cy) = (x + rx, y + ry);
        let (bx, by) = (rx * BEND, ry * BEND);
        let mut builder = PathBuilder::new();
        builder.move_to(cx + rx, cy);
        builder.cubic_to(cx + rx, cy + by, cx + bx, cy + ry, cx, cy + ry);
        builder.cubic_to(cx - bx, cy + ry, cx - rx, cy + by, cx - rx, cy);
        builder.cubic_to(cx - rx, cy - by, cx - bx, cy - ry, cx, cy - ry);
        builder.cubic_to(cx + bx, cy - ry, cx + rx, cy - by, cx + rx, cy);
        builder.close();
        self.push(builder, fill, stroke);
    }

    /// What cannot be a path (no length, not finite) leaves no mark.
    fn push(&mut self, builder: PathBuilder, fill: Option<Ink>, stroke: Option<(Ink, f32)>) {
        if let Some(path) = builder.finish() {
            self.marks.push(Mark::Path { path, fill, stroke });
        }
    }

    /// Draws the marks; `scale` around the middle of the upper edge.
    fn draw(self, surface: &mut Surface<'_>, scale: f32) {
        let left = WIDTH / 2.0 * (1.0 - scale);
        surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, left, 0.0));
        for mark in self.marks {
            match mark {
                Mark::Text { at: [mut x, y], size, ink, runs } => {
                    for run in runs {
                        surface.set_fill(Some(fill(ink)));
                        surface.set_stroke(run.thicken.then(|| stroke(ink, size * 0.03)));
                        let start = Point::from_xy(x, y);
                        surface.draw_glyphs(start, &run.glyphs, run.font, &run.text, size, false);
                        x += run.width * size;
                    }
                }
                Mark::Path { path, fill: inside, stroke: outline } => {
                    surface.set_fill(inside.map(fill));
                    surface.set_stroke(outline.map(|(ink, width)| stroke(ink, width)));
                    surface.draw_path(&path);
                }
            }
        }
        surface.pop();
    }
}

fn colour([red, green, blue]: Ink) -> rgb::Color {
    rgb::Color::new(red, green, blue)
}

fn fill(ink: Ink) -> Fill {
    Fill { paint: colour(ink).into(), ..Fill::default() }
}

fn stroke(ink: Ink, width: f32) -> Stroke {
    Stroke { paint: colour(ink).into(), width, ..Stroke::default() }
}

/// What a reader's program shows about the file.
#[derive(Clone, Debug)]
pub struct About {
    pub title: String,
    /// As in HTML: `en`, `zh-CN`.
    pub language: &'static str,
    /// Decides the file's identifier, which would be random otherwise.
    pub id: String,
}

/// A document of sheets, each with the scale that makes it fit.
///
/// # Errors
/// If a font cannot be embedded, which would be a bug.
pub fn document(about: About, sheets: Vec<(Sheet<'_>, f32)>) -> Result<Vec<u8>, PaperError> {
    let mut document = Document::new();
    let metadata = Metadata::new()
        .title(about.title)
        .language(about.language.to_owned())
        .creator("Convscope".to_owned())
        .document_id(about.id);
    document.set_metadata(metadata);
    for (sheet, scale) in sheets {
        let Some(settings) = PageSettings::from_wh(WIDTH, HEIGHT) else {
            return Err(PaperError::Pdf { reason: "A4".to_owned() });
        };
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        sheet.draw(&mut surface, scale);
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| PaperError::Pdf { reason: error.to_string() })
}
