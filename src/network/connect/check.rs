//! Which settings there are: legal ranges, and a sentence for what lies outside.

use super::{Border, Hidden, Setting, Stop};
use crate::network::Channels;
use crate::network::formula::TooLarge;

/// The longest side of an image.
pub const LARGEST_SIDE: u64 = 1_000_000;
/// The most channels and the most kernels.
pub const LARGEST_MAPS: u64 = 1_000_000;
/// The most units of a hidden layer.
pub const LARGEST_HIDDEN: u64 = 1_000_000_000_000_000_000;
/// The most bytes of one weight.
pub const LARGEST_BYTES: u64 = 16;

/// Why a setting is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingError {
    #[error("{what} must lie between 1 and {}, this is {}", grouped(*most), grouped(*value))]
    Range { what: Quantity, value: u64, most: u64 },
    #[error("{what} must be a whole number between 1 and {}, not “{text}”", grouped(*most))]
    NoNumber { what: Quantity, text: String, most: u64 },
    #[error(
        "a field of {}×{} does not fit on an image of {}×{}; it may have 1 to {} rows and 1 to {} columns",
        field[0], field[1], image[0], image[1], most[0], most[1]
    )]
    Field { field: [u64; 2], image: [u64; 2], most: [u64; 2] },
    #[error(
        "with a stride of {stride} the last field does not end at the border; these strides fit: {}",
        list(legal)
    )]
    Stride { stride: u64, legal: Vec<u64> },
    #[error(
        "{groups} groups do not divide {channels} channels and {kernels} kernels; these do: {}",
        list(legal)
    )]
    Groups { groups: u64, channels: u64, kernels: u64, legal: Vec<u64> },
    #[error(
        "a tile of {}×{} units cannot share a kernel; it may have 1 to {} rows and 1 to {} columns",
        tile[0], tile[1], most[0], most[1]
    )]
    Tile { tile: [u64; 2], most: [u64; 2] },
    #[error(
        "a table of links needs a row for each of the {kernels} kernels, and maps below {channels}"
    )]
    Table { kernels: u64, channels: u64 },
    #[error("a table of links needs fields with true places; choose same or valid padding")]
    TablePlaces,
    #[error(transparent)]
    TooLarge(#[from] TooLarge),
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    Rows,
    Columns,
    Channels,
    Hidden,
    Field,
    Stride,
    Kernels,
    Bytes,
    Dilation,
    Padding,
}

impl Quantity {
    pub const ALL: [Self; 10] = [
        Self::Rows,
        Self::Columns,
        Self::Channels,
        Self::Hidden,
        Self::Field,
        Self::Stride,
        Self::Kernels,
        Self::Bytes,
        Self::Dilation,
        Self::Padding,
    ];
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Rows => "the image's height",
            Self::Columns => "the image's width",
            Self::Channels => "the number of channels",
            Self::Hidden => "the number of hidden units",
            Self::Field => "the field's side",
            Self::Stride => "the stride",
            Self::Kernels => "the number of kernels",
            Self::Bytes => "the bytes per weight",
            Self::Dilation => "the dilation",
            Self::Padding => "the padding",
        })
    }
}

/// Thousands apart, as everywhere on screen.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let groups = digits.as_bytes()[first..].chunks(3);
    let groups = groups.map(|group| String::from_utf8_lossy(group).into_owned());
    let head = (first > 0).then(|| digits[..first].to_owned());
    head.into_iter().chain(groups).collect::<Vec<_>>().join(",")
}

/// As many as are read by anyone.
fn list(numbers: &[u64]) -> String {
    let shown: Vec<String> = numbers.iter().take(MOST_LISTED).map(ToString::to_string).collect();
    let more = if numbers.len() > MOST_LISTED { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

const MOST_LISTED: usize = 12;

/// Strides with which the last field ends exactly at the border, where nothing is padded.
#[must_use]
pub fn legal_strides(setting: &Setting) -> Vec<u64> {
    let room = |axis: usize| setting.image[axis + 1].saturating_sub(setting.span(axis));
    let (y, x) = (room(0), room(1));
    let longest = setting.image[1].max(setting.image[2]);
    match setting.border {
        // One field that fills the image does not move.
        Border::Valid if y == 0 && x == 0 => vec![1],
        Border::Valid => divisors(gcd(y, x)),
        Border::Ignored(_) => vec![1],
        Border::Same | Border::Padded(_) => (1..=longest.min(1 << 10)).collect(),
    }
}

/// Numbers of groups that divide both channels and kernels.
#[must_use]
pub fn legal_groups(setting: &Setting) -> Vec<u64> {
    divisors(gcd(setting.image[0], setting.kernels))
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Ascending.
fn divisors(number: u64) -> Vec<u64> {
    // Of numbers that have been checked: none is larger.
    let root = number.min(LARGEST_SIDE.max(LARGEST_MAPS)).isqrt();
    let low: Vec<u64> = (1..=root).filter(|d| number.is_multiple_of(*d)).collect();
    let high = low.iter().rev().map(|d| number / d).filter(|d| *d > number / d);
    low.iter().copied().chain(high).collect()
}

impl Setting {
    /// Whether there is such a layer.
    ///
    /// # Errors
    /// The first number that is out of its range, with the range; a count beyond 10³⁰.
    pub fn check(&self) -> Result<(), SettingError> {
        let range = |what, value, most| {
            let error = SettingError::Range { what, value, most };
            if (1..=most).contains(&value) { Ok(()) } else { Err(error) }
        };
        let [channels, rows, columns] = self.image;
        range(Quantity::Rows, rows, LARGEST_SIDE)?;
        range(Quantity::Columns, columns, LARGEST_SIDE)?;
        range(Quantity::Channels, channels, LARGEST_MAPS)?;
        range(Quantity::Kernels, self.kernels, LARGEST_MAPS)?;
        range(Quantity::Bytes, self.bytes_per_weight, LARGEST_BYTES)?;
        if let Border::Ignored(Hidden::Units(units)) = self.border {
            range(Quantity::Hidden, units, LARGEST_HIDDEN)?;
        }
        for axis in 0..2 {
            range(Quantity::Dilation, self.dilation[axis], LARGEST_SIDE)?;
            if let Border::Padded(padding) = self.border {
                for side in padding.along(axis) {
                    // None is as good as any.
                    range(Quantity::Padding, (side as u64).max(1), LARGEST_SIDE)?;
                }
            }
        }
        for (value, most) in self.field.into_iter().zip(self.room()) {
            if value == 0 {
                return Err(SettingError::Range { what: Quantity::Field, value, most });
            }
        }
        self.check_field()?;
        self.check_stride()?;
        self.check_channels()?;
        for stop in [Stop::Full, Stop::Local, Stop::Shared] {
            self.check_counts(stop)?;
        }
        Ok(())
    }

    /// Rows and columns of the image, padding of a network's layer included.
    pub(super) fn room(&self) -> [u64; 2] {
        [0, 1].map(|axis| {
            let side = self.image[axis + 1];
            match &self.border {
                Border::Ignored(_) | Border::Same | Border::Valid => side,
                Border::Padded(padding) => padding
                    .along(axis)
                    .iter()
                    .fold(side, |all, &more| all.saturating_add(more as u64)),
            }
        })
    }

    /// Whether a field, holes counted, fits on the image.
    pub(super) fn check_field(&self) -> Result<(), SettingError> {
        let (span, most) = (self.spans(), self.room());
        if (0..2).all(|axis| span[axis] <= most[axis]) {
            return Ok(());
        }
        let [_, rows, columns] = self.image;
        Err(SettingError::Field { field: span, image: [rows, columns], most })
    }

    fn check_counts(&self, stop: Stop) -> Result<(), SettingError> {
        match self.counts(stop) {
            Some(counts) => counts.check(),
            // Without a place for a unit there is no layer to count.
            None => self.check_field(),
        }
    }

    /// Whether this setting, which has been checked, can be connected so.
    ///
    /// # Errors
    /// A field or a tile that is out of its range; a count beyond 10³⁰.
    pub fn check_stop(&self, stop: Stop) -> Result<(), SettingError> {
        self.check_sides(stop)?;
        self.check_counts(stop)
    }

    /// Whether a stop's field or tile lies in its range.
    pub(super) fn check_sides(&self, stop: Stop) -> Result<(), SettingError> {
        let within = |sides: [u64; 2], most: [u64; 2]| {
            (0..2).all(|axis| (1..=most[axis]).contains(&sides[axis]))
        };
        let [_, rows, columns] = self.image;
        match stop {
            Stop::Full | Stop::Local | Stop::Shared => {}
            Stop::Field(field) => {
                let image = [rows, columns];
                let span = [0, 1].map(|axis| self.span_of(axis, field[axis]));
                if !within(field, image) || !within(span, image) {
                    return Err(SettingError::Field { field: span, image, most: image });
                }
            }
            Stop::Tiles(tile) => {
                // Units without places are in no tile.
                let most = self.arrangement(stop).map_or([0, 0], |[_, y, x]| [y, x]);
                if !within(tile, most) {
                    return Err(SettingError::Tile { tile, most });
                }
            }
        }
        Ok(())
    }

    pub(super) fn check_stride(&self) -> Result<(), SettingError> {
        for axis in 0..2 {
            let (stride, side) = (self.stride[axis], self.image[axis + 1]);
            let most = match self.border {
                // A layer of a network may leap over all that follows its first field.
                Border::Padded(_) => LARGEST_SIDE,
                Border::Ignored(_) | Border::Same | Border::Valid => side,
            };
            if stride == 0 || stride > most {
                return Err(SettingError::Range { what: Quantity::Stride, value: stride, most });
            }
            let room = side.saturating_sub(self.span(axis));
            if self.border == Border::Valid && !room.is_multiple_of(stride) {
                return Err(SettingError::Stride { stride, legal: legal_strides(self) });
            }
        }
        Ok(())
    }

    fn check_channels(&self) -> Result<(), SettingError> {
        let (channels, kernels) = (self.image[0], self.kernels);
        match &self.channels {
            Channels::Groups(groups) => {
                let groups = *groups as u64;
                let divide =
                    groups > 0 && channels.is_multiple_of(groups) && kernels.is_multiple_of(groups);
                if divide {
                    return Ok(());
                }
                let legal = legal_groups(self);
                Err(SettingError::Groups { groups, channels, kernels, legal })
            }
            Channels::Table(_) if matches!(self.border, Border::Ignored(_)) => {
                Err(SettingError::TablePlaces)
            }
            Channels::Table(rows) => {
                let fits = rows.len() as u64 == kernels
                    && rows.iter().all(|row| {
                        !row.is_empty()
                            && row.windows(2).all(|pair| pair[0] < pair[1])
                            && row.iter().all(|&map| (map as u64) < channels)
                    });
                if fits { Ok(()) } else { Err(SettingError::Table { kernels, channels }) }
            }
        }
    }
}
