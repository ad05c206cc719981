//! A setting at a stop as the matrix y = W·x.

use super::{Border, Setting, Stop};
use crate::network::Channels;
use crate::network::wiring::{Lattice, Reach, Sharing, Wiring};

impl Setting {
    /// The matrix at `stop`; `None` where the units cannot be spread over the image as maps.
    ///
    /// Where the border is ignored, fields get places all the same: evenly spread, a whole number of
    /// pixels apart, as far over the border on one side as on the other. A field of another size than the
    /// one in question stands around its middle.
    #[must_use]
    pub fn wiring(&self, stop: Stop) -> Option<Wiring> {
        let output = self.arrangement(stop)?;
        let window = |field: [u64; 2]| {
            let [lower, upper] = [0, 1].map(|axis| self.along(axis, output[axis + 1], field[axis]));
            Reach::Window(Lattice {
                kernel: field.map(|side| side as usize),
                stride: [lower.0, upper.0],
                dilation: self.dilation.map(|step| step as usize),
                start: [lower.1, upper.1],
            })
        };
        let whole = [output[1], output[2]].map(|side| side as usize);
        let (reach, sharing) = match stop {
            Stop::Full => (Reach::All, Sharing::None),
            Stop::Field(field) => (window(field), Sharing::None),
            Stop::Local => (window(self.field), Sharing::None),
            Stop::Tiles(tile) => {
                (window(self.field), Sharing::Tiles(tile.map(|side| side as usize)))
            }
            Stop::Shared => (window(self.field), Sharing::Tiles(whole)),
        };
        let channels = match stop {
            Stop::Full => Channels::Groups(1),
            // One map of units stands for all kernels until they share.
            Stop::Field(_) | Stop::Local | Stop::Tiles(_) | Stop::Shared => self.channels.clone(),
        };
        Some(Wiring {
            input: self.image.map(|side| side as usize),
            output: output.map(|side| side as usize),
            reach,
            channels,
            sharing,
        })
    }

    /// Stride and start of fields of `field` cells for `units` units along an axis.
    fn along(&self, axis: usize, units: u64, field: u64) -> (usize, i64) {
        let side = self.image[axis + 1];
        // How far the fields reach over the image, both sides together.
        let hanging = |stride: u64| {
            let reached = units.saturating_sub(1).saturating_mul(stride);
            signed(reached.saturating_add(self.span(axis))) - signed(side)
        };
        let (stride, start) = match &self.border {
            Border::Ignored(_) => {
                let stride = side.checked_div(units).unwrap_or(0).max(1);
                (stride, -hanging(stride).div_euclid(2))
            }
            Border::Same => {
                let stride = self.stride[axis];
                (stride, -hanging(stride).max(0) / 2)
            }
            Border::Valid => (self.stride[axis], 0),
            Border::Padded(padding) => {
                let [before, _] = padding.along(axis);
                (self.stride[axis], -signed(before as u64))
            }
        };
        let wider = signed(self.span_of(axis, field)) - signed(self.span(axis));
        (stride as usize, start.saturating_sub(wider.div_euclid(2)))
    }
}

/// What is so large that it does not fit makes no layer.
fn signed(cells: u64) -> i64 {
    i64::try_from(cells).unwrap_or(i64::MAX)
}
