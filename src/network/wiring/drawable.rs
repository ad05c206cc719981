//! Which matrices are drawn: the picture computes with 32 bits, the counts do not.

use super::{Axis, Wiring};
use crate::network::Channels;

/// The largest table of links between maps, in pairs of maps, that a picture takes.
pub const MAX_LINKS: usize = 1 << 22;

/// The furthest cell that a window may reach to, before the map or behind its first cell: half of what
/// signed 32 bits hold, so that no sum of two overflows.
const MAX_REACH: u128 = 1 << 30;

/// Why a matrix is counted but not drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDrawn {
    #[error(
        "the picture ends at 2³² rows and columns, this matrix has {rows} × {columns}; \
         the counts go on"
    )]
    TooLarge { rows: u128, columns: u128 },
    #[error(
        "the picture takes less than 2³² pairs of a unit and a tap along one side, here {units} × \
         {kernel} are too many; the counts go on"
    )]
    Pairs { units: usize, kernel: usize },
    #[error("the picture takes windows that reach less than 2³⁰ cells far; the counts go on")]
    Reach,
    #[error(
        "the picture takes kernels of less than 2³² weights, here are {weights}; the counts go on"
    )]
    Kernel { weights: u128 },
    #[error(
        "the picture takes a table of at most {MAX_LINKS} pairs of maps, here are {maps} × {inputs}; \
         the counts go on"
    )]
    Links { maps: usize, inputs: usize },
}

impl Wiring {
    /// Whether a picture of the matrix can be drawn.
    ///
    /// # Errors
    /// If its numbers do not fit 32 bits, or its links are too many to list.
    pub fn drawable(&self) -> Result<(), NotDrawn> {
        let (rows, columns) = (self.rows(), self.columns());
        let limit = u128::from(u32::MAX);
        // Blocks of flattened rows and columns are found in 64 bits; what goes into 32 is their numbers along
        // a side, one past the last among them.
        let most = limit + 1;
        let [maps, inputs] = [self.output[0], self.input[0]].map(|maps| maps as u128);
        if rows > most || columns > most || maps > limit || inputs > limit {
            return Err(NotDrawn::TooLarge { rows, columns });
        }
        for axis in [self.axis(0), self.axis(1)] {
            check_axis(axis)?;
        }
        let weights = self.kernel_weights();
        if weights > limit {
            return Err(NotDrawn::Kernel { weights });
        }
        let [maps, inputs] = [self.output[0], self.input[0]];
        let listed = match &self.channels {
            Channels::Groups(groups) => *groups > 1,
            Channels::Table(_) => true,
        };
        if listed && maps.saturating_mul(inputs) > MAX_LINKS {
            return Err(NotDrawn::Links { maps, inputs });
        }
        Ok(())
    }
}

fn check_axis(axis: Axis) -> Result<(), NotDrawn> {
    let Axis { kernel, stride, dilation, start, units, cells } = axis;
    if units as u128 * kernel as u128 > u128::from(u32::MAX) {
        return Err(NotDrawn::Pairs { units, kernel });
    }
    // Where the last window ends, and one step beyond it.
    let far = (units as u128 + 1) * stride as u128
        + (kernel as u128 + 1) * dilation as u128
        + u128::from(start.unsigned_abs())
        + cells as u128;
    if far > MAX_REACH { Err(NotDrawn::Reach) } else { Ok(()) }
}
