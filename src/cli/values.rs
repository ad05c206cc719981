//! What stands behind an option, parsed: shapes, sizes, units, images.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use crate::network::Shape;

/// A whole number, 0 or more.
pub fn whole<N: std::str::FromStr>(text: &str) -> Result<N, String> {
    text.parse().map_err(|_| "write a whole number of 0 or more".into())
}

/// `CxHxW`, as in `3x224x224`.
pub fn shape(text: &str) -> Result<Shape, String> {
    sides(text).ok_or_else(|| "write channels, rows and columns, as in 3x224x224".into())
}

/// `HxW|CxHxW`: an image, of one channel where none are given.
pub fn image_shape(text: &str) -> Result<Shape, String> {
    let grey = || sides::<2>(text).map(|[h, w]| [1, h, w]);
    grey()
        .or_else(|| sides(text))
        .ok_or_else(|| "write rows and columns, as in 32x32, or channels before them".into())
}

/// `WxH`, as in `1280x800`.
pub fn size(text: &str) -> Result<[u32; 2], String> {
    let fits = |side: &usize| (1..=LONGEST_SIDE).contains(side);
    sides::<2>(text)
        .filter(|sides| sides.iter().all(fits))
        .map(|sides| sides.map(|side| side as u32))
        .ok_or_else(|| format!("write width and height up to {LONGEST_SIDE}, as in 1280x800"))
}

/// The longest side of a picture to ask for, in pixels: what every GPU takes.
const LONGEST_SIDE: usize = 8192;

fn sides<const N: usize>(text: &str) -> Option<[usize; N]> {
    let sides: Option<Vec<usize>> =
        text.split(['x', 'X', '×']).map(|side| side.trim().parse().ok()).collect();
    sides?.try_into().ok()
}

/// `C,Y,X`: map, row and column of one unit, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnitValue(pub [u64; 3]);

impl std::str::FromStr for UnitValue {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        numbers(text)
            .and_then(|numbers| numbers.try_into().ok())
            .map(Self)
            .ok_or_else(|| "write map, row and column, counted from 0, as in 7,4,6".into())
    }
}

/// `[C,]Y,X`: without a map, all maps of the layer together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceValue {
    pub map: Option<u64>,
    pub row: u64,
    pub column: u64,
}

impl std::str::FromStr for PlaceValue {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match numbers(text).as_deref() {
            Some(&[row, column]) => Ok(Self { map: None, row, column }),
            Some(&[map, row, column]) => Ok(Self { map: Some(map), row, column }),
            _ => Err("write [map,]row,column, counted from 0, as in 7,4,6 or 4,6; in a vector such as F6, unit 3 is 3,0,0".into()),
        }
    }
}

/// `ROW,COLUMN` of a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellValue {
    pub row: u64,
    pub column: u64,
}

impl std::str::FromStr for CellValue {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match numbers(text).as_deref() {
            Some(&[row, column]) => Ok(Self { row, column }),
            _ => Err("write row and column, counted from 0, as in 310,305".into()),
        }
    }
}

/// `ROW,COLUMN,ROWS,COLUMNS`: a part of a matrix, not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegionValue {
    pub row: u64,
    pub column: u64,
    pub rows: u64,
    pub columns: u64,
}

impl std::str::FromStr for RegionValue {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match numbers(text).as_deref() {
            Some(&[row, column, rows, columns]) if rows > 0 && columns > 0 => {
                Ok(Self { row, column, rows, columns })
            }
            _ => Err("write first row and column, then how many of each, as in 0,0,40,40".into()),
        }
    }
}

/// `K|all`: the side of a field, or the whole image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldValue {
    All,
    Side(usize),
}

impl std::str::FromStr for FieldValue {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match (text, text.parse()) {
            ("all", _) => Ok(Self::All),
            (_, Ok(side)) => Ok(Self::Side(side)),
            _ => Err("write the side of the field, as in 5, or all".into()),
        }
    }
}

/// `none|all|T`: who shares a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShareValue {
    None,
    All,
    Tiles(usize),
}

impl std::str::FromStr for ShareValue {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match (text, text.parse()) {
            ("none", _) => Ok(Self::None),
            ("all", _) => Ok(Self::All),
            (_, Ok(side)) => Ok(Self::Tiles(side)),
            _ => Err("write none, all, or the side of the tiles that share, as in 8".into()),
        }
    }
}

/// Whole numbers between commas; one beyond 64 bits stands for the largest, which no layer has.
fn numbers(text: &str) -> Option<Vec<u64>> {
    let number = |part: &str| {
        let part = part.trim();
        let digits = !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse().unwrap_or(u64::MAX))
    };
    text.split(',').map(number).collect()
}

/// `IMAGE`: a file, or `digit:N`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageValue {
    /// The number as it was written: it may be far beyond the digits there are.
    Digit(String),
    File(PathBuf),
}

impl From<OsString> for ImageValue {
    fn from(value: OsString) -> Self {
        match value.to_str().and_then(|text| text.strip_prefix("digit:")) {
            Some(number) => Self::Digit(number.into()),
            None => Self::File(value.into()),
        }
    }
}

/// Whether a path ends like this, whatever its case; paths need not be Unicode.
pub fn has_extension(path: &OsStr, extension: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|e| e.eq_ignore_ascii_case(extension))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_and_sizes() {
        assert_eq!(shape("3x224x227"), Ok([3, 224, 227]));
        assert_eq!(shape("3×8×9"), Ok([3, 8, 9]));
        assert!(shape("224x224").is_err() && shape("1x-3x3").is_err() && shape("").is_err());
        assert_eq!(image_shape("1000x1000"), Ok([1, 1000, 1000]));
        assert_eq!(image_shape("3x224x227"), Ok([3, 224, 227]));
        assert!(image_shape("5").is_err() && image_shape("-5x5").is_err());
        assert_eq!(size("1280x800"), Ok([1280, 800]));
        assert!(size("0x800").is_err() && size("9000x1").is_err());
    }

    #[test]
    fn units_with_and_without_a_map() {
        assert_eq!("7,4,6".parse(), Ok(UnitValue([7, 4, 6])));
        assert!("7,4".parse::<UnitValue>().is_err() && "7,4,-6".parse::<UnitValue>().is_err());
        assert_eq!("4,6".parse(), Ok(PlaceValue { map: None, row: 4, column: 6 }));
        assert_eq!("7,4,6".parse(), Ok(PlaceValue { map: Some(7), row: 4, column: 6 }));
        assert_eq!("99999999999999999999,0,0".parse(), Ok(UnitValue([u64::MAX, 0, 0])));
    }

    #[test]
    fn images() {
        assert_eq!(ImageValue::from(OsString::from("digit:7")), ImageValue::Digit("7".into()));
        assert_eq!(
            ImageValue::from(OsString::from("./digit:7")),
            ImageValue::File("./digit:7".into())
        );
    }
}
