//! A layer as the matrix of y = W·x: which weight stands in which cell.
//!
//! Rows are the layer's units and columns its inputs, both flattened c, y, x. The matrix of a million
//! pixels and a million units has 10¹² cells, so nothing here lists them: cells are answered one by
//! one, and counts are sums over one axis at a time.
//!
//! Three facts make every layer that has weights of its own: what a unit reads of a map ([`Reach`]),
//! which maps it reads ([`Channels`]), and which units use the same weights ([`Sharing`]).

mod axis;
mod count;
mod drawable;
mod nearest;

pub use axis::Axis;
pub use drawable::{MAX_LINKS, NotDrawn};

use std::ops::Range;

use super::{Channels, Layer, Linear, Local, Network, Shape, Unit, Window};

/// One layer as the matrix of y = W·x.
///
/// Its parts must fit each other as they do in a [`Network`]: groups divide the maps on both sides, a
/// table has a row for each output map. [`Wiring::of_layer`] and
/// [`Setting::wiring`](super::connect::Setting::wiring) see to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wiring {
    pub input: Shape,
    pub output: Shape,
    pub reach: Reach,
    pub channels: Channels,
    pub sharing: Sharing,
}

/// What one unit reads of a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All of it: fully connected.
    All,
    Window(Lattice),
}

/// A window that slides: per axis `[rows, columns]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lattice {
    pub kernel: [usize; 2],
    pub stride: [usize; 2],
    pub dilation: [usize; 2],
    /// The first row and column that unit (0, 0) reads: −padding.
    pub start: [i64; 2],
}

/// Which units use the same weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// Every cell has a weight of its own.
    None,
    /// The units of a map in tiles of so many rows and columns share a kernel; a tile as large as the
    /// map is a convolution.
    Tiles([usize; 2]),
}

/// The name of a weight. As numbers, both grow in the order of the layer's weight tensor (contract,
/// §5): see [`Wiring::tensor_index`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Weight {
    /// The flattened unit without sharing, else map · tiles + tile.
    pub kernel: u32,
    /// slot · kh · kw + ky · kw + kx; for [`Reach::All`] the flattened input.
    pub offset: u32,
}

/// What a [`Weight`] is in the layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightPosition {
    /// The output map, and the rows and columns of its units that use the weight.
    pub map: usize,
    pub rows: Range<usize>,
    pub columns: Range<usize>,
    /// The input map.
    pub channel: usize,
    /// Row and column in the kernel.
    pub tap: [usize; 2],
}

/// The diagonal stripes that a field in two dimensions makes of a matrix whose rows and columns are
/// flattened: one for each kernel row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bands {
    /// Bands per linked pair of maps.
    pub count: usize,
    /// Columns of the matrix from one band to the next: an input row, for kernels without holes.
    pub apart: usize,
}

impl Wiring {
    /// The matrix of node `index`; `None` where a kind has no weights between units and inputs.
    #[must_use]
    pub fn of_layer(network: &Network, index: usize) -> Option<Self> {
        let node = &network.nodes()[index];
        let input = network.input_shapes(index).first().copied()?;
        let output = node.output;
        let window = |window: &Window| Reach::Window(Lattice::of(window));
        let all = Channels::Groups(1);
        let (reach, channels, sharing) = match &node.layer {
            Layer::Conv(conv) => {
                let whole_map = Sharing::Tiles([output[1], output[2]]);
                (window(&conv.window), conv.channels.clone(), whole_map)
            }
            Layer::Local(Local { window: sliding, .. }) => (window(sliding), all, Sharing::None),
            Layer::Linear(Linear { .. }) => (Reach::All, all, Sharing::None),
            Layer::Input { .. }
            | Layer::PoolMax(_)
            | Layer::PoolAvg(_)
            | Layer::GlobalAvg
            | Layer::Subsample(_)
            | Layer::Rbf(_)
            | Layer::Softmax
            | Layer::BatchNorm { .. }
            | Layer::Lrn(_)
            | Layer::Dropout { .. }
            | Layer::Flatten
            | Layer::Concat
            | Layer::Add
            | Layer::PadChannels { .. } => return None,
        };
        Some(Self { input, output, reach, channels, sharing })
    }

    /// Units of the layer.
    #[must_use]
    pub fn rows(&self) -> u128 {
        self.output.iter().map(|&side| side as u128).product()
    }

    /// Inputs of the layer.
    #[must_use]
    pub fn columns(&self) -> u128 {
        self.input.iter().map(|&side| side as u128).product()
    }

    /// The unit of a row; rows behind the last continue into maps that do not exist.
    #[must_use]
    pub fn unit_of(&self, row: u64) -> Unit {
        unflattened(row, self.output)
    }

    /// The input of a column; columns behind the last continue into maps that do not exist.
    #[must_use]
    pub fn pixel_of(&self, column: u64) -> Unit {
        unflattened(column, self.input)
    }

    #[must_use]
    pub fn row_of(&self, unit: Unit) -> u64 {
        flattened(unit, self.output)
    }

    #[must_use]
    pub fn column_of(&self, pixel: Unit) -> u64 {
        flattened(pixel, self.input)
    }

    /// The weight in a cell; `None` where the unit does not read the input, outside the matrix, and
    /// where the weight's number has more than 32 bits (which [`Wiring::drawable`] refuses).
    #[must_use]
    pub fn weight_at(&self, row: u64, column: u64) -> Option<Weight> {
        let [map, y, x] = self.unit_of(row);
        let [channel, iy, ix] = self.pixel_of(column);
        if map >= self.output[0] || channel >= self.input[0] {
            return None;
        }
        let slot = self.slot(map, channel)?;
        let [ky, kx] = [self.axis(0).tap(y, iy)?, self.axis(1).tap(x, ix)?];
        let [kh, kw] = self.kernel();
        let [tile_rows, tile_columns] = self.tile();
        let [down, across] = self.tiles();
        let kernel = (map * down + y / tile_rows) * across + x / tile_columns;
        Some(Weight {
            kernel: u32::try_from(kernel).ok()?,
            offset: u32::try_from((slot * kh + ky) * kw + kx).ok()?,
        })
    }

    /// Where a weight stands in its kernel and which units use it; `None` where the layer has no such
    /// weight.
    #[must_use]
    pub fn position_of(&self, weight: Weight) -> Option<WeightPosition> {
        let [down, across] = self.tiles();
        let [tile_rows, tile_columns] = self.tile();
        let kernel = weight.kernel as usize;
        let (map, tile) = (kernel / (down * across), kernel % (down * across));
        let (y, x) = (tile / across * tile_rows, tile % across * tile_columns);
        let [kh, kw] = self.kernel();
        let offset = weight.offset as usize;
        let (slot, ky, kx) = (offset / (kh * kw), offset / kw % kh, offset % kw);
        if map >= self.output[0] {
            return None;
        }
        Some(WeightPosition {
            map,
            rows: y..(y + tile_rows).min(self.output[1]),
            columns: x..(x + tile_columns).min(self.output[2]),
            channel: self.channels.channel(map, slot, self.output[0], self.input[0])?,
            tap: [ky, kx],
        })
    }

    /// The weight's place in the layer's tensor, flattened: `[o, slot, h, w]` of a convolution,
    /// `[o, y, x, i, h, w]` of a local layer, `[o, i]` of a fully connected one (contract, §5).
    #[must_use]
    pub fn tensor_index(&self, weight: Weight) -> u128 {
        u128::from(weight.kernel) * self.kernel_weights() + u128::from(weight.offset)
    }

    /// The diagonal bands of a field; `None` where units read everything.
    #[must_use]
    pub fn bands(&self) -> Option<Bands> {
        match self.reach {
            Reach::All => None,
            Reach::Window(Lattice { kernel: [count, _], dilation: [dilation, _], .. }) => {
                Some(Bands { count, apart: dilation * self.input[2] })
            }
        }
    }

    /// What happens along rows (0) or columns (1) of the maps. A unit that reads everything has a
    /// kernel as large as the map that does not move.
    #[must_use]
    pub fn axis(&self, axis: usize) -> Axis {
        let [units, cells] = [self.output[axis + 1], self.input[axis + 1]];
        match self.reach {
            Reach::All => Axis { kernel: cells, stride: 0, dilation: 1, start: 0, units, cells },
            Reach::Window(Lattice { kernel, stride, dilation, start }) => Axis {
                kernel: kernel[axis],
                stride: stride[axis],
                dilation: dilation[axis].max(1),
                start: start[axis],
                units,
                cells,
            },
        }
    }

    /// Rows and columns of a kernel, holes not counted.
    #[must_use]
    pub fn kernel(&self) -> [usize; 2] {
        [self.axis(0).kernel, self.axis(1).kernel]
    }

    /// Rows and columns of the units that share a kernel: 1 × 1 without sharing.
    #[must_use]
    pub fn tile(&self) -> [usize; 2] {
        match self.sharing {
            Sharing::None => [1, 1],
            Sharing::Tiles(tile) => tile.map(|side| side.max(1)),
        }
    }

    /// Rows and columns of tiles on one map.
    #[must_use]
    pub fn tiles(&self) -> [usize; 2] {
        let [rows, columns] = self.tile();
        [self.output[1].div_ceil(rows), self.output[2].div_ceil(columns)]
    }

    /// The place of `channel` in the kernels of `map`, if the two are linked.
    #[must_use]
    pub fn slot(&self, map: usize, channel: usize) -> Option<usize> {
        self.channels.slot(map, channel, self.output[0], self.input[0])
    }

    /// The used cell of a row that is nearest to `column`: in the nearest linked map, the nearest row and
    /// column there; `None` where the unit reads nothing that exists.
    #[must_use]
    pub fn nearest_used(&self, row: u64, column: u64) -> Option<u64> {
        let [map, y, x] = self.unit_of(row);
        let [channel, iy, ix] = self.pixel_of(column);
        let channel = self.channels.nearest(map, channel, self.output[0], self.input[0])?;
        let pixel = [channel, self.axis(0).nearest(y, iy)?, self.axis(1).nearest(x, ix)?];
        Some(self.column_of(pixel))
    }

    /// Weights of one kernel, those of unlinked maps in a table included: the stride of
    /// [`Weight::kernel`] in the tensor.
    pub(super) fn kernel_weights(&self) -> u128 {
        let [kh, kw] = self.kernel();
        self.channels.slots(self.input[0]) as u128 * kh as u128 * kw as u128
    }
}

impl Lattice {
    fn of(window: &Window) -> Self {
        let Window { kernel, stride, dilation, padding } = *window;
        Self { kernel, stride, dilation, start: [-(padding.top as i64), -(padding.left as i64)] }
    }
}

fn flattened([c, y, x]: Unit, [_, h, w]: Shape) -> u64 {
    (c as u64 * h as u64 + y as u64) * w as u64 + x as u64
}

fn unflattened(index: u64, [_, h, w]: Shape) -> Unit {
    let (h, w) = (h.max(1) as u64, w.max(1) as u64);
    [index / w / h, index / w % h, index % w].map(|at| at as usize)
}
