//! The matrix of a field that slides over an image, from the numbers that a person chooses.

use super::{Lattice, Reach, Sharing, Wiring};
use crate::network::shape::MAX_SIDE;
use crate::network::{Channels, Shape};

/// A layer over an image, in a person's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sliding {
    pub input: Shape,
    /// Output maps.
    pub kernels: usize,
    /// The side of a unit's field; `None`: the whole image, with as many units per map as pixels.
    pub field: Option<usize>,
    pub stride: usize,
    pub border: Border,
    /// Groups of maps that are linked inside each (1: all to all).
    pub groups: usize,
    pub share: Share,
}

/// What happens at the border of the image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Border {
    /// Padded, so that there is a unit for each pixel that the stride meets: ⌈side / stride⌉ units, the
    /// odd cell of padding behind the image (as TensorFlow and PyTorch have it).
    #[default]
    Same,
    /// Fields lie inside the image.
    Valid,
}

/// Who shares a kernel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Share {
    /// Nobody: locally connected.
    None,
    /// The units in square tiles of this side.
    Tiles(usize),
    /// All units of a map: a convolution.
    #[default]
    All,
}

/// Why these numbers make no layer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WiringProblem {
    #[error("the sides of the image must lie between 1 and {MAX_SIDE}; {side} does not")]
    Side { side: usize },
    #[error("channels and kernels must lie between 1 and {MAX_SIDE}; {maps} does not")]
    Maps { maps: usize },
    #[error("a field must lie inside the image, between 1 and {largest}; {field} does not")]
    Field { field: usize, largest: usize },
    #[error("the stride must lie between 1 and {largest}; {stride} does not")]
    Stride { stride: usize, largest: usize },
    #[error(
        "fields at a stride of {stride} do not end at the border of the image; those that do: {}",
        listed(legal)
    )]
    Uneven { stride: usize, legal: Vec<usize> },
    #[error(
        "{groups} groups do not divide {channels} channels and {kernels} kernels; those that do: {}",
        listed(legal)
    )]
    Groups { groups: usize, channels: usize, kernels: usize, legal: Vec<usize> },
    #[error("tiles that share a kernel must have a side between 1 and {largest}; {tile} does not")]
    Tile { tile: usize, largest: usize },
}

/// How many legal numbers a sentence lists.
const LISTED: usize = 12;

/// Numbers between commas, as both languages write them here.
#[must_use]
pub fn listed(numbers: &[usize]) -> String {
    let shown: Vec<String> = numbers.iter().take(LISTED).map(ToString::to_string).collect();
    let more = if numbers.len() > LISTED { " …" } else { "" };
    shown.join(", ") + more
}

impl Sliding {
    /// The layer's matrix.
    ///
    /// # Errors
    /// The first number that makes no layer, with those that would.
    pub fn wiring(&self) -> Result<Wiring, WiringProblem> {
        let [channels, h, w] = self.input;
        let within = |number: usize, largest: usize| (1..=largest).contains(&number);
        if let Some(side) = [h, w].into_iter().find(|&side| !within(side, MAX_SIDE)) {
            return Err(WiringProblem::Side { side });
        }
        let maps = [channels, self.kernels].into_iter().find(|&maps| !within(maps, MAX_SIDE));
        if let Some(maps) = maps {
            return Err(WiringProblem::Maps { maps });
        }
        self.check_groups()?;
        let (reach, [rows, columns]) = self.reach()?;
        let sharing = match self.share {
            Share::None => Sharing::None,
            Share::All => Sharing::Tiles([rows, columns]),
            Share::Tiles(tile) if within(tile, rows.max(columns)) => Sharing::Tiles([tile, tile]),
            Share::Tiles(tile) => {
                return Err(WiringProblem::Tile { tile, largest: rows.max(columns) });
            }
        };
        Ok(Wiring {
            input: self.input,
            output: [self.kernels, rows, columns],
            reach,
            channels: Channels::Groups(self.groups),
            sharing,
        })
    }

    /// What a unit reads, and how many rows and columns of units there are.
    fn reach(&self) -> Result<(Reach, [usize; 2]), WiringProblem> {
        let [_, h, w] = self.input;
        let Some(field) = self.field else { return Ok((Reach::All, [h, w])) };
        let (stride, largest) = (self.stride, h.min(w));
        if !(1..=largest).contains(&field) {
            return Err(WiringProblem::Field { field, largest });
        }
        if !(1..=largest).contains(&stride) {
            return Err(WiringProblem::Stride { stride, largest });
        }
        let (units, start) = match self.border {
            Border::Same => {
                let units = [h, w].map(|side| side.div_ceil(stride));
                let missing = |axis: usize, side: usize| {
                    ((units[axis] - 1) * stride + field).saturating_sub(side) as i64
                };
                (units, [-(missing(0, h) / 2), -(missing(1, w) / 2)])
            }
            Border::Valid => {
                let room = [h - field, w - field];
                if room.iter().any(|steps| steps % stride != 0) {
                    let divides = |&n: &usize| room.iter().all(|steps| steps % n == 0);
                    let legal = (1..=largest).filter(divides).collect();
                    return Err(WiringProblem::Uneven { stride, legal });
                }
                (room.map(|steps| steps / stride + 1), [0, 0])
            }
        };
        let lattice = Lattice { kernel: [field; 2], stride: [stride; 2], dilation: [1, 1], start };
        Ok((Reach::Window(lattice), units))
    }

    fn check_groups(&self) -> Result<(), WiringProblem> {
        let (groups, channels, kernels) = (self.groups, self.input[0], self.kernels);
        let divides = |n: usize| channels % n == 0 && kernels % n == 0;
        if groups > 0 && divides(groups) {
            return Ok(());
        }
        let legal = (1..=channels.min(kernels)).filter(|&n| divides(n)).collect();
        Err(WiringProblem::Groups { groups, channels, kernels, legal })
    }
}
