//! Every image with its pixels in another order, the same one for all: the same information, without
//! neighbours. A fully connected network learns it as well as before; a convolution has nothing to hold on
//! to.

use super::Examples;
use crate::engine::rng::{Purpose, Rng};
use crate::network::Shape;

/// The images of `all` with their pixels moved: place i of every channel gets what was at place
/// `permutation[i]`, places counted row by row.
pub struct Scrambled<'a> {
    pub all: &'a dyn Examples,
    /// Each of the h·w places once, as [`scramble`] gives them.
    pub permutation: &'a [usize],
}

/// The places of `h` × `w` pixels in an order that the seed decides.
#[must_use]
pub fn scramble(seed: u64, h: usize, w: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..h * w).collect();
    Rng::of(seed, Purpose::Scrambling, &[]).shuffle(&mut places);
    places
}

impl Examples for Scrambled<'_> {
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
        let maps = original.chunks_exact(h * w).zip(image.chunks_exact_mut(h * w));
        for (from, to) in maps {
            for (value, &place) in to.iter_mut().zip(self.permutation) {
                *value = from[place];
            }
        }
    }

    fn paper(&self) -> f32 {
        self.all.paper()
    }
}
