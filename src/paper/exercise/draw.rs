//! The exercise as two pages of A4: what is asked is empty on the first and filled in on the second.

use super::Exercise;
use super::content::{Bitmap, Block, Cell, Curve, Grid, Line, Look, Row};
use crate::locale::{Lang, Message, signed, value};
use crate::paper::sheet::{About, Align, HEIGHT, Ink, Sheet, Style, WIDTH, document};
use crate::paper::typeface::{Face, Typefaces};
use crate::paper::{DECIMALS, PaperError};

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

    fn grids(&mut self, grids: &[(&str, Grid)], written: bool, bitmap: Option<&Bitmap>) {
        const SIGN_ROOM: f32 = 24.0;
        const GAP: f32 = 16.0;
        let picture = if bitmap.is_some() { 74.0 } else { 0.0 };
        // A sign before a single grid stands in the margin of the others, so all grids begin alike.
        let names = |grid: &Grid| {
            let widest =
                grid.rows_named.iter().map(|name| self.sheet.faces.width(Face::Text, 8.0, name));
            widest.fold(0.0, f32::max).max(10.0) + 6.0
        };
        let gutters: f32 = grids.iter().map(|(_, grid)| names(grid)).sum();
        let signs = SIGN_ROOM * (grids.len() - 1) as f32;
        let columns: usize = grids.iter().map(|(_, grid)| grid.columns).sum();
        let space = if picture > 0.0 { picture + GAP } else { 0.0 };
        let widest = if written { 94.0 } else { 64.0 };
        let width = ((COLUMN - gutters - signs - space) / columns.max(1) as f32).min(widest);
        let rows = grids.iter().map(|(_, grid)| grid.cells.len().div_ceil(grid.columns.max(1)));
        let rows = rows.max().unwrap_or(0);
        let height = if written { (150.0 / rows.max(1) as f32).clamp(20.0, 25.0) } else { 16.5 };
        let captions = grids.iter().any(|(_, grid)| !grid.caption.is_empty());
        let columns_named = grids.iter().any(|(_, grid)| !grid.columns_named.is_empty());
        self.y += if captions { 16.0 } else { 4.0 };
        let caption = self.y;
        self.y += if columns_named { 15.0 } else { 6.0 };
        let top = self.y;
        let mut x = LEFT;
        for (i, (sign, grid)) in grids.iter().enumerate() {
            let gutter = names(grid);
            let own_rows = grid.cells.len().div_ceil(grid.columns.max(1)) as f32;
            let middle = top + own_rows * height / 2.0 + 4.0;
            if i > 0 {
                x += SIGN_ROOM;
            }
            let at = if i > 0 { x - SIGN_ROOM / 2.0 + gutter / 2.0 } else { LEFT + gutter / 2.0 };
            self.sheet.text([at, middle], Align::Centre, SIGN, sign, SIGN_ROOM);
            x += gutter;
            // A caption may be a little wider than a narrow grid.
            let room = (grid.columns as f32 * width + SIGN_ROOM).max(80.0);
            if !grid.caption.is_empty() {
                self.sheet.text([x, caption], Align::Left, SMALL, &grid.caption, room);
            }
            self.grid(grid, [x, top, width, height]);
            x += grid.columns as f32 * width;
        }
        self.y = top + rows as f32 * height + 4.0;
        if let Some(bitmap) = bitmap {
            let end = self.bitmap(bitmap, [RIGHT - picture, caption]);
            self.y = self.y.max(end);
        }
    }

    /// One grid with its first cell in the box `[x, y, width, height]`.
    fn grid(&mut self, grid: &Grid, [x, y, width, height]: [f32; 4]) {
        let small = Style { size: 7.0, ..SMALL };
        for (column, name) in grid.columns_named.iter().enumerate() {
            let at = [x + (column as f32 + 0.5) * width, y - 4.0];
            self.sheet.text(at, Align::Centre, Style { face: Face::Number, ..small }, name, width);
        }
        for (row, name) in grid.rows_named.iter().enumerate() {
            let at = [x - 5.0, y + (row as f32 + 0.5) * height + 2.6];
            let digits = name.chars().all(|c| c.is_ascii_digit() || c == '-');
            let style = if digits {
                Style { face: Face::Number, ..small }
            } else {
                Style { size: 8.0, ..SMALL }
            };
            self.sheet.text(at, Align::Right, style, name, 90.0);
        }
        // One size for the whole grid, in which its longest number fits.
        let digits = grid.cells.iter().map(|cell| self.digits_of(cell));
        let ems = digits.map(|digits| self.sheet.faces.width(Face::Number, 1.0, &digits));
        let size = (height * 0.52).min(9.0).min((width - 3.0) / ems.fold(1.0, f32::max));
        let mut asked = Vec::new();
        for (i, cell) in grid.cells.iter().enumerate() {
            let (row, column) = (i / grid.columns, i % grid.columns);
            let place = [x + column as f32 * width, y + row as f32 * height, width, height];
            match cell.look {
                Look::Asked(_) => asked.push((cell, place)),
                Look::Given | Look::Padding | Look::Ringed => self.cell(cell, size, place),
            }
        }
        let rows = grid.cells.len().div_ceil(grid.columns.max(1)) as f32;
        let whole = [x, y, grid.columns as f32 * width, rows * height];
        self.sheet.rect(whole, None, Some((FRAME, 0.8)));
        // Last, so that their frames lie on top of their neighbours'.
        for (cell, place) in asked {
            self.cell(cell, size, place);
        }
    }

    fn cell(&mut self, cell: &Cell, size: f32, place: [f32; 4]) {
        let [x, y, width, height] = place;
        let (ground, frame) = match cell.look {
            Look::Given | Look::Ringed => (None, (HAIR, HAIRLINE)),
            Look::Padding => (Some(OUTSIDE), (HAIR, HAIRLINE)),
            Look::Asked(_) => (Some(ASKED), (ACCENT, 0.8)),
        };
        self.sheet.rect(place, ground, Some(frame));
        let digits = self.digits_of(cell);
        if let Some(mut style) = self.style_of(cell) {
            style.size = size;
            if cell.look == Look::Padding {
                style.ink = MUTED;
            }
            let at = [x + width / 2.0, y + height / 2.0 + size * 0.36];
            self.sheet.text(at, Align::Centre, style, &digits, width - 3.0);
        }
        if self.key && cell.look == Look::Ringed {
            let ring = [x + 2.0, y + 2.0, width - 4.0, height - 4.0];
            self.sheet.ring(ring, None, Some((ACCENT, 1.3)));
        }
    }

    /// The number of a cell of a grid.
    fn digits_of(&self, cell: &Cell) -> String {
        match cell.look {
            Look::Padding => "0".to_owned(),
            // The bits of a bitmap are whole numbers.
            Look::Given if !self.plus && cell.number.abs() == 1.0 => signed(cell.number, 0),
            Look::Given | Look::Ringed | Look::Asked(_) => value(cell.number, DECIMALS),
        }
    }

    /// How the number of a cell is written here; `None` where the student writes it.
    const fn style_of(&self, cell: &Cell) -> Option<Style> {
        match cell.look {
            Look::Asked(_) if !self.key => None,
            Look::Asked(_) => Some(style(Face::StrongNumber, 9.0, ACCENT)),
            Look::Given | Look::Padding | Look::Ringed => Some(NUMBER),
        }
    }

    /// A class bitmap with the row that is asked for; returns its lower edge.
    fn bitmap(&mut self, bitmap: &Bitmap, [x, y]: [f32; 2]) -> f32 {
        let rows = bitmap.ink.len().div_ceil(bitmap.columns.max(1)) as f32;
        let side = (74.0 / bitmap.columns.max(1) as f32).min(96.0 / rows);
        for (i, &ink) in bitmap.ink.iter().enumerate() {
            let (row, column) = ((i / bitmap.columns) as f32, (i % bitmap.columns) as f32);
            let ground = if ink { TEXT } else { WHITE };
            let place = [x + column * side, y + row * side, side, side];
            self.sheet.rect(place, Some(ground), Some((HAIR, HAIRLINE)));
        }
        let width = bitmap.columns as f32 * side;
        let marked = [x - 1.5, y + bitmap.row as f32 * side - 0.5, width + 3.0, side + 1.0];
        self.sheet.rect(marked, None, Some((ACCENT, 1.4)));
        y + rows * side + 4.0
    }

    fn terms(&mut self, heads: &[String; 3], rows: &[Row]) {
        const HEIGHT: f32 = 20.0;
        let [value_at, weight_at, result_at] = [LEFT + 190.0, LEFT + 285.0, RIGHT];
        self.y += 14.0;
        for (head, at) in heads.iter().zip([value_at, weight_at, result_at]) {
            self.sheet.text([at, self.y], Align::Right, SMALL, head, 90.0);
        }
        self.y += 5.0;
        for row in rows {
            self.sheet.line([LEFT, self.y], [RIGHT, self.y], HAIR, HAIRLINE);
            let base = self.y + HEIGHT / 2.0 + 3.2;
            let name = Style { ink: MUTED, ..NUMBER };
            self.sheet.text([LEFT, base], Align::Left, name, &row.name, 110.0);
            let digits = value(row.value, DECIMALS);
            let at = if row.weight.is_some() { value_at } else { weight_at };
            self.sheet.text([at, base], Align::Right, NUMBER, &digits, 70.0);
            if let Some((between, weight)) = row.weight {
                let at = [f32::midpoint(value_at, weight_at) - 24.0, base];
                self.sheet.text(at, Align::Centre, SIGN, between, 20.0);
                let bit = !self.plus && weight.abs() == 1.0;
                let digits = if bit { signed(weight, 0) } else { value(weight, DECIMALS) };
                self.sheet.text([weight_at, base], Align::Right, NUMBER, &digits, 70.0);
            }
            let sign = if row.weight.is_some() { row.sign } else { "→" };
            self.answer(&row.result, sign, [RIGHT, self.y], HEIGHT, value);
            self.y += HEIGHT;
        }
        self.sheet.line([LEFT, self.y], [RIGHT, self.y], HAIR, HAIRLINE);
        self.y += 4.0;
    }

    /// A sign and a number (or the field for it) that end at `right`, in a row from `y` on.
    fn answer(
        &mut self,
        cell: &Cell,
        sign: &str,
        [right, y]: [f32; 2],
        height: f32,
        written: fn(f64, usize) -> String,
    ) {
        const FIELD: f32 = 96.0;
        let base = y + height / 2.0 + 3.2;
        if let Look::Asked(_) = cell.look {
            let place = [right - FIELD, y + 1.5, FIELD, height - 3.0];
            self.sheet.rect(place, Some(ASKED), Some((ACCENT, 0.8)));
        }
        self.sheet.text([right - FIELD - 14.0, base], Align::Centre, SIGN, sign, 20.0);
        if let Some(style) = self.style_of(cell) {
            let digits = written(cell.number, DECIMALS);
            self.sheet.text([right - 6.0, base], Align::Right, style, &digits, FIELD - 8.0);
        }
    }

    fn entries(&mut self, entries: &[(String, f64)]) {
        const COLUMNS: usize = 4;
        const GAP: f32 = 18.0;
        const HEIGHT: f32 = 15.5;
        let width = (COLUMN - GAP * (COLUMNS - 1) as f32) / COLUMNS as f32;
        self.y += 2.0;
        // Column by column, as a list is read.
        let rows = entries.len().div_ceil(COLUMNS);
        for (i, (name, number)) in entries.iter().enumerate() {
            let (row, column) = ((i % rows) as f32, (i / rows) as f32);
            let x = LEFT + column * (width + GAP);
            let base = self.y + row * HEIGHT + 11.0;
            self.sheet.text([x, base], Align::Left, SMALL, name, width * 0.5);
            let digits =
                if self.plus { signed(*number, DECIMALS) } else { value(*number, DECIMALS) };
            self.sheet.text([x + width, base], Align::Right, NUMBER, &digits, width * 0.6);
            self.sheet.line([x, base + 4.5], [x + width, base + 4.5], HAIR, HAIRLINE);
        }
        self.y += rows as f32 * HEIGHT + 4.0;
    }

    fn sum(&mut self, lines: &[Line], curve: Option<Curve>) {
        const HEIGHT: f32 = 23.0;
        const PLOT: f32 = 120.0;
        self.y += 6.0;
        let top = self.y;
        let right = if curve.is_some() { RIGHT - PLOT - 26.0 } else { RIGHT };
        for line in lines {
            if line.total {
                self.sheet.line([right - 128.0, self.y], [right, self.y], TEXT, 0.8);
                self.y += 1.5;
            }
            let base = self.y + HEIGHT / 2.0 + 3.2;
            // A formula is set in the numbers' type, as its numbers are.
            let style =
                if line.label.starts_with("y =") { Style { size: 9.5, ..NUMBER } } else { BODY };
            let room = right - LEFT - 136.0;
            self.sheet.text([LEFT, base], Align::Left, style, &line.label, room);
            let written = if self.plus { signed } else { value };
            self.answer(&line.cell, line.sign, [right, self.y], HEIGHT, written);
            self.y += HEIGHT;
        }
        if let Some(curve) = curve {
            let height = (self.y - top).max(84.0);
            self.curve(curve, [RIGHT - PLOT, top, PLOT, height]);
            self.y = top + height;
        }
        self.y += 4.0;
    }

    /// φ over x, and on the key the unit's point.
    fn curve(&mut self, curve: Curve, [left, top, width, height]: [f32; 4]) {
        const STEPS: usize = 96;
        let Curve { activation, x, y } = curve;
        if !(x.is_finite() && y.is_finite()) {
            return;
        }
        // Wide enough for the bend of every function; a point further out widens it, on both pages alike.
        let reach = 4f64.max(1.15 * x.abs());
        let samples: Vec<[f64; 2]> = (0..=STEPS)
            .map(|i| reach * (2.0 * i as f64 / STEPS as f64 - 1.0))
            .map(|x| [x, activation.apply(x)])
            .collect();
        let low = samples.iter().map(|[_, y]| *y).fold(0.0, f64::min);
        let high = samples.iter().map(|[_, y]| *y).fold(0.0, f64::max);
        let margin = 0.1 * (high - low).max(f64::MIN_POSITIVE);
        let (low, high) = (low - margin, high + margin);
        let place = |x: f64, y: f64| {
            let across = (x + reach) / (2.0 * reach);
            let up = (y - low) / (high - low);
            [left + width * across as f32, top + height * (1.0 - up as f32)]
        };
        self.sheet.rect([left, top, width, height], None, Some((HAIR, HAIRLINE)));
        self.sheet.line(place(-reach, 0.0), place(reach, 0.0), FRAME, HAIRLINE);
        self.sheet.line(place(0.0, low), place(0.0, high), FRAME, HAIRLINE);
        let points: Vec<[f32; 2]> = samples.iter().map(|&[x, y]| place(x, y)).collect();
        self.sheet.curve(&points, if self.key { FRAME } else { ACCENT }, 1.2);
        let axis = style(Face::Number, 7.0, MUTED);
        let [x_axis, zero] = place(reach, 0.0);
        self.sheet.text([x_axis - 3.0, zero - 3.0], Align::Right, axis, "x", 20.0);
        self.sheet.text([left + width / 2.0 + 3.0, top + 8.0], Align::Left, axis, "y", 20.0);
        if self.key {
            let [px, py] = place(x, y);
            self.sheet.line([px, zero], [px, py], ACCENT, 0.6);
            self.sheet.ring([px - 2.6, py - 2.6, 5.2, 5.2], Some(ACCENT), None);
        }
    }
}
