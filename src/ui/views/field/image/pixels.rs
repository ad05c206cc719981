//! The pixels of an image in a frame.

use egui::{Painter, Rect, Stroke, StrokeKind, vec2};

use crate::network::receptive::Bounds;
use crate::ui::sheet::Sheet;

/// The pixels of an image in a frame, its largest side filling it.
pub struct Pixels {
    pub rect: Rect,
    pub cell: f32,
    pub cells: [usize; 2],
}

impl Pixels {
    pub fn new(frame: Rect, [rows, columns]: [usize; 2]) -> Self {
        let cell = frame.width() / rows.max(columns).max(1) as f32;
        let size = vec2(columns as f32 * cell, rows as f32 * cell);
        Self { rect: Rect::from_min_size(frame.min, size), cell, cells: [rows, columns] }
    }

    /// The same with only `near` inside the frame, which is square.
    pub fn cut(frame: Rect, cells: [usize; 2], near: Bounds) -> Self {
        let cell = frame.width() / (near.y1 - near.y0).max(near.x1 - near.x0).max(1) as f32;
        let corner = frame.min - vec2(near.x0 as f32, near.y0 as f32) * cell;
        let size = vec2(cells[1] as f32, cells[0] as f32) * cell;
        Self { rect: Rect::from_min_size(corner, size), cell, cells }
    }

    pub fn boxed(&self, b: Bounds) -> Rect {
        let at = |y: i64, x: i64| self.rect.min + vec2(x as f32, y as f32) * self.cell;
        Rect::from_min_max(at(b.y0, b.x0), at(b.y1, b.x1))
    }
}

/// A blank image.
pub fn paper(painter: &Painter, sheet: &Sheet<'_>, pixels: &Pixels) {
    painter.rect_filled(pixels.rect, 0.0, sheet.palette.panel);
    grid(painter, sheet, pixels);
}

pub fn grid(painter: &Painter, sheet: &Sheet<'_>, pixels: &Pixels) {
    let line = Stroke::new(0.75, sheet.palette.hairline);
    if pixels.cell >= 5.0 {
        for column in 1..pixels.cells[1] {
            let x = pixels.rect.left() + column as f32 * pixels.cell;
            painter.vline(x, pixels.rect.y_range(), line);
        }
        for row in 1..pixels.cells[0] {
            let y = pixels.rect.top() + row as f32 * pixels.cell;
            painter.hline(pixels.rect.x_range(), y, line);
        }
    }
    let edge = Stroke::new(1.0, sheet.palette.hairline);
    painter.rect_stroke(pixels.rect, 0.0, edge, StrokeKind::Outside);
}
