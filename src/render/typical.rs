//! What is drawn to see which backend is the faster.

use super::context::MAX_SIDE;
use super::error::LayoutError;
use super::feature_map::{self, FeatureMapStyle};
use super::wiring::{self, WiringStyle, WiringView};
use crate::array::Array;
use crate::network::Channels;
use crate::network::wiring::{Lattice, Reach, Sharing, Wiring};

/// A picture of either kind of work: maps cost a read per pixel, a matrix many sums. A processor that
/// plays the GPU may win at the one and lose at the other by more.
#[derive(Debug)]
pub struct Typical {
    pub maps: Array,
    pub map_style: FeatureMapStyle,
    pub wiring: Wiring,
    pub view: WiringView,
    pub wiring_style: WiringStyle,
}

impl Typical {
    pub fn new() -> Self {
        let side = 1000;
        // One unit per pixel, fields of 10 × 10.
        let lattice = Lattice { kernel: [10; 2], stride: [1; 2], dilation: [1; 2], start: [-4; 2] };
        let wiring = Wiring {
            input: [1, side, side],
            output: [1, side, side],
            reach: Reach::Window(lattice),
            channels: Channels::Groups(1),
            sharing: Sharing::Tiles([side; 2]),
        };
        Self {
            maps: Array::from_fn(&[16, 28, 28], |i| (i as f32 * 0.37).sin()),
            map_style: FeatureMapStyle::default(),
            view: WiringView::whole(&wiring, 256, 256),
            wiring,
            wiring_style: WiringStyle::default(),
        }
    }

    /// All of it on the CPU.
    ///
    /// # Errors
    /// If a picture is too large, which none is.
    pub fn twins(&self) -> Result<(), LayoutError> {
        feature_map::draw(&self.maps, &self.map_style, MAX_SIDE)?;
        wiring::draw(&self.wiring, &self.view, &self.wiring_style, MAX_SIDE)?;
        Ok(())
    }
}
