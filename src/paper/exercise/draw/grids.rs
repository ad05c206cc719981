//! Grids of numbers side by side, and the bitmap of a class.

use super::super::content::{Bitmap, Cell, Grid, Look};
use super::{
    ACCENT, ASKED, COLUMN, FRAME, HAIR, HAIRLINE, LEFT, MUTED, NUMBER, OUTSIDE, Pen, RIGHT, SIGN,
    SMALL, TEXT, WHITE, style,
};
use crate::locale::{signed, value};
use crate::paper::DECIMALS;
use crate::paper::sheet::{Align, Style};
use crate::paper::typeface::Face;

impl Pen<'_> {
    pub fn grids(&mut self, grids: &[(&str, Grid)], written: bool, bitmap: Option<&Bitmap>) {
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
    pub const fn style_of(&self, cell: &Cell) -> Option<Style> {
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
}
