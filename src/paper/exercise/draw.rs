//! The exercise as two pages of A4: what is asked is empty on the first and filled in on the second.

mod curve;
mod grids;
mod sums;

use super::Exercise;
use super::content::Block;
use crate::locale::{Lang, Message};
use crate::paper::PaperError;
use crate::paper::sheet::{About, Align, HEIGHT, Ink, Sheet, Style, WIDTH, document};
use crate::paper::typeface::{Face, Typefaces};

const LEFT: f32 = 56.0;
const RIGHT: f32 = WIDTH - LEFT;
const COLUMN: f32 = RIGHT - LEFT;
const TOP: f32 = 52.0;
/// Nothing of the content goes below this line; the footer stands there.
const BOTTOM: f32 = HEIGHT - 62.0;

const TEXT: Ink = [0x1A, 0x1F, 0x2B];
const MUTED: Ink = [0x5B, 0x64, 0x72];
const HAIR: Ink = [0xC9, 0xCF, 0xDA];
const FRAME: Ink = [0x8A, 0x93, 0xA3];
const ACCENT: Ink = [0x0B, 0x5F, 0xFF];
/// Behind what is to be filled in.
const ASKED: Ink = [0xEA, 0xF1, 0xFF];
/// Behind padding cells.
const OUTSIDE: Ink = [0xEE, 0xF0, 0xF3];
/// The lines of squared paper.
const SQUARED: Ink = [0xDF, 0xE5, 0xEF];
const WHITE: Ink = [0xFF, 0xFF, 0xFF];

const HAIRLINE: f32 = 0.4;

const fn style(face: Face, size: f32, ink: Ink) -> Style {
    Style { face, size, ink }
}

const BODY: Style = style(Face::Text, 10.0, TEXT);
const SMALL: Style = style(Face::Text, 8.5, MUTED);
const NUMBER: Style = style(Face::Number, 9.0, TEXT);
const SIGN: Style = style(Face::Number, 11.0, MUTED);

/// Both pages.
pub fn pdf(exercise: &Exercise) -> Result<Vec<u8>, PaperError> {
    let faces = Typefaces::new()?;
    let sheets = [false, true].map(|key| page(exercise, &faces, key)).into_iter().collect();
    let heading = say(exercise, Message::new("exercise-title"));
    let title = format!("{heading} {}: {}", exercise.seed, full_title(exercise));
    let language = match exercise.lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    };
    let id = format!("convscope exercise {} {title} {}", exercise.seed, exercise.network);
    document(About { title, language, id }, sheets)
}

fn say(exercise: &Exercise, message: Message) -> String {
    message.text(exercise.lang)
}

fn full_title(exercise: &Exercise) -> String {
    match &exercise.place {
        Some(place) => format!("{}, {place}", exercise.title),
        None => exercise.title.clone(),
    }
}

/// A page and the scale that makes it fit: most pages are shorter than A4, one with a large kernel and
/// many maps may be longer.
fn page<'a>(exercise: &Exercise, faces: &'a Typefaces, key: bool) -> (Sheet<'a>, f32) {
    let mut pen = Pen { sheet: Sheet::new(faces), y: TOP, key, plus: exercise.plus };
    head(&mut pen, exercise);
    let mut headings = 0;
    for block in &exercise.blocks {
        pen.block(block, &mut headings);
    }
    let end = pen.y;
    let scale = (BOTTOM / end).min(1.0);
    if !key {
        working(&mut pen, exercise);
    }
    foot(&mut pen, exercise, scale);
    (pen.sheet, scale)
}

fn head(pen: &mut Pen<'_>, exercise: &Exercise) {
    let kicker = style(Face::Strong, 9.5, ACCENT);
    pen.sheet.rect([LEFT, pen.y, 26.0, 2.6], Some(ACCENT), None);
    let number = Message::new("exercise-number").with("seed", exercise.seed);
    let number = say(exercise, number);
    pen.y += 18.0;
    let title = say(exercise, Message::new("exercise-title"));
    pen.sheet.text([LEFT, pen.y], Align::Left, kicker, &title, COLUMN / 2.0);
    pen.sheet.text(
        [RIGHT, pen.y],
        Align::Right,
        style(Face::Strong, 9.5, MUTED),
        &number,
        COLUMN / 2.0,
    );
    pen.y += 25.0;
    let bold = style(Face::Bold, 20.0, TEXT);
    let room = if exercise.place.is_some() { COLUMN * 0.66 } else { COLUMN };
    pen.sheet.text([LEFT, pen.y], Align::Left, bold, &exercise.title, room);
    if let Some(place) = &exercise.place {
        let style = style(Face::Text, 12.0, MUTED);
        pen.sheet.text([RIGHT, pen.y], Align::Right, style, place, COLUMN * 0.32);
    }
    pen.y += 21.0;
    pen.sheet.text(
        [LEFT, pen.y],
        Align::Left,
        style(Face::Text, 10.0, MUTED),
        &exercise.network,
        200.0,
    );
    if pen.key {
        let words = say(exercise, Message::new("exercise-key"));
        let style = style(Face::Strong, 9.5, WHITE);
        let width = pen.sheet.faces.width(Face::Strong, 9.5, &words) + 16.0;
        pen.sheet.rect([RIGHT - width, pen.y - 12.0, width, 17.0], Some(ACCENT), None);
        pen.sheet.text([RIGHT - 8.0, pen.y], Align::Right, style, &words, width);
    } else {
        let words = say(exercise, Message::new("exercise-name"));
        let line = RIGHT - 200.0;
        pen.sheet.text([line - 8.0, pen.y], Align::Right, SMALL, &words, 80.0);
        pen.sheet.line([line, pen.y + 2.0], [RIGHT, pen.y + 2.0], FRAME, 0.6);
    }
    pen.y += 14.0;
    pen.sheet.line([LEFT, pen.y], [RIGHT, pen.y], HAIR, 0.6);
    pen.y += 6.0;
}

/// Squared paper where there is room for it: the products are worked out there.
fn working(pen: &mut Pen<'_>, exercise: &Exercise) {
    /// 5 mm.
    const SQUARE: f32 = 14.173;
    let columns = (COLUMN / SQUARE).floor();
    let rows = ((BOTTOM - pen.y - 40.0) / SQUARE).floor();
    if rows < 5.0 {
        return;
    }
    let (bottom, right) = (BOTTOM - 4.0, LEFT + columns * SQUARE);
    let top = bottom - rows * SQUARE;
    let words = say(exercise, Message::new("exercise-working"));
    pen.sheet.text([LEFT, top - 6.0], Align::Left, SMALL, &words, COLUMN);
    for row in 0..=rows as usize {
        let y = top + row as f32 * SQUARE;
        pen.sheet.line([LEFT, y], [right, y], SQUARED, HAIRLINE);
    }
    for column in 0..=columns as usize {
        let x = LEFT + column as f32 * SQUARE;
        pen.sheet.line([x, top], [x, bottom], SQUARED, HAIRLINE);
    }
}

/// The footer; it keeps its place on the paper when the page is made smaller.
fn foot(pen: &mut Pen<'_>, exercise: &Exercise, scale: f32) {
    let y = (HEIGHT - 36.0) / scale;
    let words = say(exercise, Message::new("exercise-rounding"));
    pen.sheet.line([LEFT, y - 13.0], [RIGHT, y - 13.0], HAIR, HAIRLINE);
    let style = Style { size: 8.0, ..SMALL };
    pen.sheet.text([LEFT, y], Align::Left, style, &words, COLUMN - 110.0);
    let page = if pen.key { "2 / 2" } else { "1 / 2" };
    let page = format!("Convscope   {page}");
    pen.sheet.text([RIGHT, y], Align::Right, style, &page, 100.0);
}

/// Where the next block goes, and whether answers are shown.
struct Pen<'a> {
    sheet: Sheet<'a>,
    /// The upper edge of what comes next.
    y: f32,
    key: bool,
    plus: bool,
}

impl Pen<'_> {
    fn block(&mut self, block: &Block, headings: &mut usize) {
        match block {
            Block::Task(text) => self.paragraph(text, BODY, 15.0),
            Block::Note(text) => {
                self.y += 6.0;
                self.paragraph(text, SMALL, 12.0);
            }
            Block::Heading(text) => {
                *headings += 1;
                self.heading(*headings, text);
            }
            Block::Grids { grids, written, bitmap } => {
                self.grids(grids, *written, bitmap.as_ref());
            }
            Block::Terms { heads, rows } => self.terms(heads, rows),
            Block::Entries(entries) => self.entries(entries),
            Block::Sum { lines, curve } => self.sum(lines, *curve),
        }
    }

    fn paragraph(&mut self, text: &str, style: Style, leading: f32) {
        self.y += 4.0;
        for line in self.sheet.faces.lines(style.face, style.size, text, COLUMN) {
            self.y += leading;
            self.sheet.text([LEFT, self.y], Align::Left, style, line.trim_end(), COLUMN);
        }
        self.y += 4.0;
    }

    fn heading(&mut self, number: usize, text: &str) {
        self.y += 25.0;
        let accent = style(Face::Bold, 11.0, ACCENT);
        self.sheet.text([LEFT, self.y], Align::Left, accent, &number.to_string(), 16.0);
        let strong = style(Face::Strong, 11.0, TEXT);
        self.sheet.text([LEFT + 16.0, self.y], Align::Left, strong, text, COLUMN - 16.0);
        self.y += 8.0;
    }
}
