//! Numbers one beneath the other: the terms of a sum, a list of parameters, the sum itself.

use super::super::content::{Cell, Curve, Line, Look, Row};
use super::{
    ACCENT, ASKED, BODY, COLUMN, HAIR, HAIRLINE, LEFT, MUTED, NUMBER, Pen, RIGHT, SIGN, SMALL, TEXT,
};
use crate::locale::{signed, value};
use crate::paper::DECIMALS;
use crate::paper::sheet::{Align, Style};

impl Pen<'_> {
    pub fn terms(&mut self, heads: &[String; 3], rows: &[Row]) {
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

    pub fn entries(&mut self, entries: &[(String, f64)]) {
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

    pub fn sum(&mut self, lines: &[Line], curve: Option<Curve>) {
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
}
