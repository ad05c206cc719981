//! How many pairs of maps are linked, in any rectangle of output × input maps.

use crate::network::Channels;
use crate::network::wiring::Wiring;

/// Sums over a table of links from its corner, so that a rectangle costs four look-ups.
#[derive(Clone, Debug)]
pub struct Links {
    /// `sums[m · stride + c]`: linked pairs among the first m output and c input maps; empty where all
    /// maps are linked.
    pub sums: Vec<u32>,
    /// Input maps + 1.
    pub stride: u32,
}

impl Links {
    /// For a matrix that is drawable, so that the table is small.
    pub fn new(wiring: &Wiring) -> Self {
        let [maps, inputs] = [wiring.output[0], wiring.input[0]];
        let stride = inputs + 1;
        let mut sums = Vec::new();
        if wiring.channels != Channels::Groups(1) {
            sums.reserve_exact((maps + 1) * stride);
            sums.resize(stride, 0);
            for map in 0..maps {
                let mut in_row = 0;
                sums.push(0);
                for channel in 0..inputs {
                    in_row += u32::from(wiring.slot(map, channel).is_some());
                    let above = sums[map * stride + channel + 1];
                    sums.push(above + in_row);
                }
            }
        }
        Self { sums, stride: stride as u32 }
    }

    /// Linked pairs of these output and input maps.
    ///
    /// Keep in sync with `links` in the shader.
    pub fn between(&self, maps: [u32; 2], channels: [u32; 2]) -> u64 {
        if self.sums.is_empty() {
            return u64::from(maps[1] - maps[0]) * u64::from(channels[1] - channels[0]);
        }
        let at = |map: u32, channel: u32| self.sums[(map * self.stride + channel) as usize];
        let [upper, lower] = maps.map(|map| at(map, channels[1]) - at(map, channels[0]));
        u64::from(lower - upper)
    }
}
