//! Strokes become pixels: each pixel is covered by how near it lies to the line.

use std::ops::Range;

use crate::array::Array;

/// Pixels of 0..1, row by row. Pixel (y, x) has its centre at (y + ½, x + ½).
pub(super) struct Sheet {
    height: usize,
    width: usize,
    ink: Vec<f32>,
}

impl Sheet {
    pub(super) fn blank(height: usize, width: usize) -> Self {
        Self { height, width, ink: vec![0.0; height * width] }
    }

    pub(super) fn into_array(self) -> Array {
        let ink = self.ink;
        Array::from_fn(&[1, self.height, self.width], |i| ink[i])
    }

    /// A line through `points`, `[x, y]` in pixels, with round caps and corners; `radius` in pixels.
    pub(super) fn stroke(&mut self, points: &[[f32; 2]], radius: f32, erase: bool) {
        if let [point] = *points {
            self.segment(point, point, radius, erase);
        }
        for pair in points.windows(2) {
            self.segment(pair[0], pair[1], radius, erase);
        }
    }

    /// Where pieces of a stroke overlap the stronger one counts, so a stroke is as if drawn at once.
    fn segment(&mut self, [ax, ay]: [f32; 2], [bx, by]: [f32; 2], radius: f32, erase: bool) {
        // The edge is one pixel soft: full half a pixel inside, gone half a pixel outside.
        let (reach, core) = (radius + 0.5, (radius - 0.5).max(0.0));
        let (dx, dy) = (bx - ax, by - ay);
        let length_squared = dx * dx + dy * dy;
        for y in near(ay.min(by) - reach, ay.max(by) + reach, self.height) {
            let down = y as f32 + 0.5 - ay;
            let (left, right) = columns(dx, dy, down, reach);
            let row = &mut self.ink[y * self.width..][..self.width];
            for x in near(ax + left, ax + right, self.width) {
                let along = x as f32 + 0.5 - ax;
                let share = if length_squared > 0.0 {
                    ((along * dx + down * dy) / length_squared).clamp(0.0, 1.0)
                } else {
                    0.0
                };
                let (off_x, off_y) = (along - share * dx, down - share * dy);
                let distance_squared = off_x * off_x + off_y * off_y;
                if distance_squared >= reach * reach {
                    continue;
                }
                // Most pixels need no root.
                let cover = if distance_squared <= core * core {
                    1.0
                } else {
                    (reach - distance_squared.sqrt()).min(1.0)
                };
                row[x] = if erase { row[x].min(1.0 - cover) } else { row[x].max(cover) };
            }
        }
    }
}

/// From where to where, seen from its start, the segment (`dx`, `dy`) can be within `reach` of the row
/// that lies `down` below its start: a long slanted line touches few pixels of its box.
fn columns(dx: f32, dy: f32, down: f32, reach: f32) -> (f32, f32) {
    // A level line is near with all of it.
    let shares = if dy == 0.0 { [0.0, 1.0] } else { [(down - reach) / dy, (down + reach) / dy] };
    let ends = shares.map(|share| share.clamp(0.0, 1.0) * dx);
    (ends[0].min(ends[1]) - reach, ends[0].max(ends[1]) + reach)
}

/// The pixels of an axis of `len` whose centres lie from `low` to `high`.
fn near(low: f32, high: f32, len: usize) -> Range<usize> {
    let first = (low - 0.5).ceil().max(0.0) as usize;
    let end = ((high + 0.5).floor().max(0.0) as usize).min(len);
    first..end
}
