//! A digit as the layer's input, spread over its image, and what seeded weights make of it: so that the
//! strips beside the matrix show something that goes in and something that comes out.

use crate::array::Array;
use crate::array::portable::{splitmix64, symmetric};
use crate::network::wiring::Wiring;
use crate::ui::studio::Studio;

/// Units that read more inputs than this are not computed for a strip.
const MOST_INPUTS: usize = 128;

pub struct Sample<'a> {
    wiring: &'a Wiring,
    image: Option<&'a Array>,
}

impl<'a> Sample<'a> {
    pub fn of(studio: &'a Studio, wiring: &'a Wiring) -> Self {
        Self { wiring, image: studio.input.as_ref().map(|input| &input.tensor) }
    }

    /// 0 (paper) to 1 (ink) of an input.
    pub fn input(&self, column: u64) -> Option<f32> {
        let [_, y, x] = self.wiring.pixel_of(column);
        self.ink([y, x])
    }

    fn ink(&self, at: [usize; 2]) -> Option<f32> {
        let image = self.image?;
        let [_, h, w] = image.chw();
        let [_, rows, columns] = self.wiring.input;
        // A line shows the middle row.
        let y = if rows == 1 { h / 2 } else { at[0] * h / rows };
        let x = (at[1] * w / columns).min(w - 1);
        Some(image.at([0, y.min(h - 1), x]).clamp(0.0, 1.0))
    }

    /// The same of an output: how far it is from what a blank sheet gives.
    pub fn output(&self, row: u64) -> Option<f32> {
        let [map, y, x] = self.wiring.unit_of(row);
        let (down, across) = (self.wiring.axis(0), self.wiring.axis(1));
        let channels = self.wiring.input[0];
        if down.kernel * across.kernel * channels > MOST_INPUTS {
            return None;
        }
        let place = |axis: crate::network::wiring::Axis, unit: usize, k: usize| {
            let at = unit as i64 * axis.stride as i64 + axis.start + (k * axis.dilation) as i64;
            usize::try_from(at).ok().filter(|&at| at < axis.cells)
        };
        let mut sum = 0.0;
        for channel in (0..channels).filter(|&c| self.wiring.slot(map, c).is_some()) {
            for ky in 0..down.kernel {
                for kx in 0..across.kernel {
                    let (Some(iy), Some(ix)) = (place(down, y, ky), place(across, x, kx)) else {
                        continue;
                    };
                    let column = self.wiring.column_of([channel, iy, ix]);
                    let weight = self.wiring.weight_at(row, column)?;
                    let name = u64::from(weight.kernel) << 32 | u64::from(weight.offset);
                    sum += symmetric(splitmix64(name)) as f32 * self.ink([iy, ix])?;
                }
            }
        }
        let reach = (down.kernel * across.kernel) as f32;
        Some(0.5 + 0.5 * (4.0 * sum / reach).tanh())
    }
}
