//! Every image moved by whole pixels: does a network still know what it has seen elsewhere?

use super::Examples;
use crate::network::Shape;

/// The images of `all`, each moved `dy` rows down and `dx` columns to the right on its sheet. What leaves
/// the sheet is lost; where nothing comes from there is paper.
pub struct Shifted<'a> {
    pub all: &'a dyn Examples,
    pub dy: isize,
    pub dx: isize,
}

impl Examples for Shifted<'_> {
    fn len(&self) -> usize {
        self.all.len()
    }

    fn shape(&self) -> Shape {
        self.all.shape()
    }

    fn label(&self, index: usize) -> usize {
        self.all.label(index)
    }

    fn fill(&self, index: usize, image: &mut [f32]) {
        let [_, h, w] = self.all.shape();
        let mut original = vec![0.0; image.len()];
        self.all.fill(index, &mut original);
        image.fill(self.all.paper());
        let (rows, columns) = (kept(h, self.dy), kept(w, self.dx));
        let maps = original.chunks_exact(h * w).zip(image.chunks_exact_mut(h * w));
        for (from, to) in maps {
            for row in 0..rows.count {
                let from = &from[(rows.from + row) * w + columns.from..][..columns.count];
                to[(rows.to + row) * w + columns.to..][..columns.count].copy_from_slice(from);
            }
        }
    }

    fn paper(&self) -> f32 {
        self.all.paper()
    }
}

/// `count` places along an axis, from `from` on, that come to lie from `to` on.
struct Kept {
    from: usize,
    to: usize,
    count: usize,
}

/// What stays on an axis of `side` places that moves by `by`.
fn kept(side: usize, by: isize) -> Kept {
    let far = by.unsigned_abs().min(side);
    let (from, to) = if by < 0 { (far, 0) } else { (0, far) };
    Kept { from, to, count: side - far }
}
