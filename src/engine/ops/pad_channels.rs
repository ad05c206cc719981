//! Maps of zeros behind the existing ones (shortcut option A; He 2015, §3.3).

use super::Fixed;
use crate::engine::lanes::LANES;
use crate::network::Shape;

/// From maps `[n/8, c, h, w, 8]` to the same and `added` more.
#[derive(Clone, Copy, Debug)]
pub struct PadChannels {
    pub input: Shape,
    pub added: usize,
}

impl PadChannels {
    /// Values of a block, as it arrives and as it leaves.
    fn sizes(self) -> [usize; 2] {
        let [c, h, w] = self.input;
        [c, c + self.added].map(|maps| maps * h * w * LANES)
    }

    fn output(self) -> Shape {
        let [c, h, w] = self.input;
        [c + self.added, h, w]
    }
}

impl Fixed for PadChannels {
    fn shapes(&self) -> [Shape; 2] {
        [self.input, self.output()]
    }

    fn forward(&self, x: &[f32], y: &mut [f32]) {
        let [from, to] = self.sizes();
        for (y, x) in y.chunks_exact_mut(to).zip(x.chunks_exact(from)) {
            let (own, added) = y.split_at_mut(from);
            own.copy_from_slice(x);
            added.fill(0.0);
        }
    }

    fn input_gradient(&self, _x: &[f32], _y: &[f32], gy: &[f32], gx: &mut [f32]) {
        let [from, to] = self.sizes();
        for (gx, gy) in gx.chunks_exact_mut(from).zip(gy.chunks_exact(to)) {
            gx.copy_from_slice(&gy[..from]);
        }
    }
}

/// One image `[c, h, w]` with so many more maps.
#[must_use]
pub fn reference([_, h, w]: Shape, added: usize, x: &[f64]) -> Vec<f64> {
    let zeros = std::iter::repeat_n(0.0, added * h * w);
    x.iter().copied().chain(zeros).collect()
}
