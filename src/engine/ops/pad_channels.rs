//! Maps of zeros behind the existing ones (shortcut option A; He 2015, §3.3).

use candle_core::{CpuStorage, CustomOp1, Layout, Result, Tensor};

use super::{gradient_if_tracked, packed, slice, values};
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

    fn forward(self, x: &[f32]) -> Vec<f32> {
        let [from, to] = self.sizes();
        let mut y = vec![0.0; x.len() / from * to];
        for (y, x) in y.chunks_exact_mut(to).zip(x.chunks_exact(from)) {
            y[..from].copy_from_slice(x);
        }
        y
    }

    fn input_gradient(self, gy: &[f32]) -> Vec<f32> {
        let [from, to] = self.sizes();
        gy.chunks_exact(to).flat_map(|gy| &gy[..from]).copied().collect()
    }
}

impl CustomOp1 for PadChannels {
    fn name(&self) -> &'static str {
        "pad_channels"
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, candle_core::Shape)> {
        Ok(packed(self.forward(slice(x, layout)?), self.output()))
    }

    fn bwd(&self, x: &Tensor, _y: &Tensor, gy: &Tensor) -> Result<Option<Tensor>> {
        let gy = gy.contiguous()?;
        let gy = values(&gy)?;
        gradient_if_tracked(x, || self.input_gradient(&gy))
    }
}

/// One image `[c, h, w]` with so many more maps.
#[must_use]
pub fn reference([_, h, w]: Shape, added: usize, x: &[f64]) -> Vec<f64> {
    let zeros = std::iter::repeat_n(0.0, added * h * w);
    x.iter().copied().chain(zeros).collect()
}
