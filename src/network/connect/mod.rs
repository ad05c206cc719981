//! One layer, connected in three ways: fully, locally, and with shared weights.
//!
//! The argument for convolution (LeCun 1989, "Generalization and network design strategies"): a field
//! of its own for every unit lowers weights and work, one kernel for all of them lowers the weights
//! again and leaves the work. A [`Setting`] is the layer in question; [`Setting::counts`] says what it
//! costs at any [`Stop`] on the way from one end to the other, and [`Setting::wiring`] is its matrix.
//!
//! A scene from a file may hold any numbers: [`Setting::check`] and [`Setting::check_stop`] say which make
//! a layer, and what is computed of others is of no use, but overflows nowhere and divides by no zero.

mod check;
mod counts;
mod growth;
mod picture;
mod stops;

pub use check::{
    LARGEST_BYTES, LARGEST_HIDDEN, LARGEST_MAPS, LARGEST_SIDE, Quantity, SettingError,
    legal_groups, legal_strides,
};
pub use counts::Counts;
pub use stops::Stop;

use serde::{Deserialize, Serialize};

use super::connectivity::weight_shapes;
use super::{Channels, Conv, Layer, Linear, Local, Network, Padding, Window};

/// A layer that could be connected in any of the three ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Setting {
    /// Channels, rows and columns of what arrives.
    pub image: [u64; 3],
    pub border: Border,
    /// Rows and columns that a unit sees of each map, when it has a field of its own.
    pub field: [u64; 2],
    pub stride: [u64; 2],
    pub dilation: [u64; 2],
    /// Maps that are made.
    pub kernels: u64,
    pub channels: Channels,
    pub bias: bool,
    pub bytes_per_weight: u64,
}

/// What happens to fields that hang over the border, which decides how many units there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Border {
    /// The border is ignored: so many units, each with a whole field, as a first course counts.
    Ignored(Hidden),
    /// As many units as steps over the image, which is padded with zeros.
    Same,
    /// Only where the field lies inside the image.
    Valid,
    /// Padded like this: a layer of a network.
    Padded(Padding),
}

/// How many units there are where the border is ignored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hidden {
    /// In all, whatever the number of kernels.
    Units(u64),
    /// One per pixel of the image.
    LikeImage,
    /// One per pixel; where weights are shared, that many for each kernel.
    MapPerKernel,
}

impl Default for Setting {
    /// A grey image of 1000 × 1000, a million units, fields of 10 × 10: as the course tells it.
    fn default() -> Self {
        Self {
            image: [1, 1000, 1000],
            border: Border::Ignored(Hidden::LikeImage),
            field: [10, 10],
            stride: [1, 1],
            dilation: [1, 1],
            kernels: 1,
            channels: Channels::Groups(1),
            bias: false,
            bytes_per_weight: 4,
        }
    }
}

impl Setting {
    /// Node `index` as a setting, and the stop at which the network has it; `None` for kinds without
    /// weights of their own for connections, and for layers beyond what a setting may be.
    #[must_use]
    pub fn of_layer(network: &Network, index: usize) -> Option<(Self, Stop)> {
        Self::of_node(network, index).filter(|(setting, _)| setting.check().is_ok())
    }

    fn of_node(network: &Network, index: usize) -> Option<(Self, Stop)> {
        let node = network.nodes().get(index)?;
        let image = network.input_shapes(index).first()?.map(|side| side as u64);
        let windowed = |window: &Window, maps: usize, channels: &Channels, bias: bool| {
            let padded = Self {
                image,
                border: Border::Padded(window.padding),
                field: window.kernel.map(|side| side as u64),
                stride: window.stride.map(|side| side as u64),
                dilation: window.dilation.map(|side| side as u64),
                kernels: maps as u64,
                channels: channels.clone(),
                bias,
                ..Self::default()
            };
            // A network may leave rows at the border that no window reaches; `Valid` may not.
            let valid = Self { border: Border::Valid, ..padded.clone() };
            let is_valid = window.padding == Padding::all(0) && valid.check_stride().is_ok();
            if is_valid { valid } else { padded }
        };
        match &node.layer {
            Layer::Conv(Conv { maps, window, channels, bias }) => {
                Some((windowed(window, *maps, channels, *bias), Stop::Shared))
            }
            Layer::Local(Local { maps, window, bias }) => {
                Some((windowed(window, *maps, &Channels::Groups(1), *bias), Stop::Local))
            }
            Layer::Linear(Linear { output, bias }) => {
                let units = weight_shapes(network, index).first()?.1.first().copied()? as u64;
                let [_, rows, columns] = image;
                let vector = Self {
                    image,
                    border: Border::Ignored(Hidden::Units(units)),
                    field: [rows, columns],
                    kernels: units,
                    bias: *bias,
                    ..Self::default()
                };
                // Units arranged as maps, where spreading them over the image arranges them so.
                let maps = Self { kernels: output[0] as u64, ..vector.clone() };
                let shape = output.map(|side| side as u64);
                let arranged = maps.arrangement(Stop::Full) == Some(shape);
                Some((if arranged { maps } else { vector }, Stop::Full))
            }
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
            | Layer::PadChannels { .. } => None,
        }
    }

    /// Rows and columns from the first to the last cell of a field, holes counted.
    #[must_use]
    pub fn spans(&self) -> [u64; 2] {
        [self.span(0), self.span(1)]
    }

    /// The same along one axis.
    fn span(&self, axis: usize) -> u64 {
        self.span_of(axis, self.field[axis])
    }

    /// The same for a field of `cells` cells.
    fn span_of(&self, axis: usize, cells: u64) -> u64 {
        cells.saturating_sub(1).saturating_mul(self.dilation[axis]).saturating_add(1)
    }

    /// Maps, rows and columns of the units, where fields have true places; `None` where the border is
    /// ignored and only their number is known.
    fn true_shape(&self) -> Option<[u64; 3]> {
        let side = |axis: usize| {
            let stride = self.stride[axis].max(1);
            match &self.border {
                Border::Ignored(_) => None,
                Border::Same => Some(self.image[axis + 1].div_ceil(stride)),
                Border::Valid | Border::Padded(_) => {
                    let steps = self.room()[axis].checked_sub(self.span(axis))? / stride;
                    Some(steps.saturating_add(1))
                }
            }
        };
        Some([self.kernels, side(0)?, side(1)?])
    }

    /// Maps, rows and columns of the units at `stop`, for a picture; `None` where their number cannot
    /// be spread over the image as maps.
    #[must_use]
    pub fn arrangement(&self, stop: Stop) -> Option<[u64; 3]> {
        let Border::Ignored(hidden) = &self.border else { return self.true_shape() };
        let [_, rows, columns] = self.image;
        let pixels = rows.saturating_mul(columns);
        let (maps, per_map) = match hidden {
            Hidden::MapPerKernel if stop.is_sharing() => (self.kernels, pixels),
            Hidden::MapPerKernel => (1, pixels),
            Hidden::LikeImage => (self.kernels, pixels.checked_div(self.kernels)?),
            Hidden::Units(units) => (self.kernels, units.checked_div(self.kernels)?),
        };
        let units = self.units(stop)?;
        if u128::from(maps) * u128::from(per_map) != units {
            return None;
        }
        spread(per_map, [rows, columns]).map(|[y, x]| [maps, y, x])
    }

    /// How many units there are at `stop`, in all.
    fn units(&self, stop: Stop) -> Option<u128> {
        let pixels = u128::from(self.image[1]) * u128::from(self.image[2]);
        match &self.border {
            Border::Ignored(Hidden::Units(units)) => Some((*units).into()),
            Border::Ignored(Hidden::MapPerKernel) if stop.is_sharing() => {
                Some(pixels.saturating_mul(self.kernels.into()))
            }
            Border::Ignored(Hidden::LikeImage | Hidden::MapPerKernel) => Some(pixels),
            Border::Same | Border::Valid | Border::Padded(_) => {
                let [maps, rows, columns] = self.true_shape()?;
                Some((u128::from(rows) * u128::from(columns)).saturating_mul(maps.into()))
            }
        }
    }

    /// Input maps that an output map is linked to, with how many output maps have so many.
    fn linked(&self) -> Vec<(u64, u64)> {
        let arriving = self.image[0];
        match &self.channels {
            Channels::Groups(groups) => vec![(self.kernels, arriving / (*groups as u64).max(1))],
            Channels::Table(table) => {
                let mut counts = std::collections::BTreeMap::new();
                for row in table {
                    *counts.entry(row.len() as u64).or_insert(0) += 1;
                }
                counts.into_iter().map(|(linked, maps)| (maps, linked)).collect()
            }
        }
    }
}

/// `units` as rows × columns that fit on the image and are as near to its shape as their number allows.
fn spread(units: u64, [rows, columns]: [u64; 2]) -> Option<[u64; 2]> {
    if rows.checked_mul(columns) == Some(units) {
        return Some([rows, columns]);
    }
    let wanted = (rows as f64 / columns as f64).ln();
    let badness = |[y, x]: [u64; 2]| ((y as f64 / x as f64).ln() - wanted).abs();
    // No more than a few ten thousand rows are drawn, so no more are tried.
    (units.div_ceil(columns.max(1)).max(1)..=rows.min(1 << 16).min(units))
        .filter(|y| units.is_multiple_of(*y))
        .map(|y| [y, units / y])
        .min_by(|&a, &b| badness(a).total_cmp(&badness(b)))
}
