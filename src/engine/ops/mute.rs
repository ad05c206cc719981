//! Some maps silenced: `y[c] = 0` where map c is muted, else `x[c]`.

use candle_core::{CpuStorage, CustomOp1, Layout, Result, Tensor};

use super::{gradient_if_tracked, packed, slice, values};
use crate::engine::lanes::LANES;
use crate::network::Shape;

/// Muted maps of an input of one shape, `[n/8, c, h, w, 8]` → the same.
#[derive(Clone, Debug)]
pub struct Mute {
    shape: Shape,
    /// Each below c.
    maps: Vec<usize>,
}

impl Mute {
    /// Maps beyond the last of `shape` are ignored.
    #[must_use]
    pub fn new(shape: Shape, maps: impl IntoIterator<Item = usize>) -> Self {
        Self { shape, maps: maps.into_iter().filter(|&map| map < shape[0]).collect() }
    }

    /// Zeros instead of what is muted: it passes nothing on, and its gradient nothing back.
    pub(in crate::engine) fn silence(&self, values: &mut [f32]) {
        let [c, h, w] = self.shape;
        let map = h * w * LANES;
        for block in values.chunks_exact_mut(c * map) {
            for &muted in &self.maps {
                block[muted * map..][..map].fill(0.0);
            }
        }
    }
}

impl CustomOp1 for Mute {
    fn name(&self) -> &'static str {
        "mute"
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, candle_core::Shape)> {
        let mut y = slice(x, layout)?.to_vec();
        self.silence(&mut y);
        Ok(packed(y, self.shape))
    }

    fn bwd(&self, x: &Tensor, _y: &Tensor, gy: &Tensor) -> Result<Option<Tensor>> {
        let gy = gy.contiguous()?;
        let gy = values(&gy)?;
        gradient_if_tracked(x, |gx| {
            gx.copy_from_slice(&gy);
            self.silence(gx);
        })
    }
}

/// One image `[c, h, w]`, as the formula above says it.
#[must_use]
pub fn reference([_, h, w]: Shape, muted: &[usize], x: &[f64]) -> Vec<f64> {
    let silent = |place: usize| muted.contains(&(place / (h * w)));
    x.iter().enumerate().map(|(place, &x)| if silent(place) { 0.0 } else { x }).collect()
}
