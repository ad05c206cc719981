//! Kernels made by hand, as a course on pictures begins: edges, blur, sharpening, Gabor waves.
//!
//! A kernel is cross-correlated, as everywhere here: row 0 meets the upper row of the window. All are
//! row-major and of any size.

use std::f64::consts::TAU;

use serde::{Deserialize, Serialize};

/// How much of what a blur takes away a sharpening puts on top.
const SHARPENING: f64 = 2.0;
/// The wavelength of a Gabor wave, as a part of the kernel's longer side: 4 cells in 5×5.
const WAVELENGTH: f64 = 0.8;
/// The standard deviation of its envelope in wavelengths: a bandwidth of one octave (Daugman 1985).
const SPREAD: f64 = 0.56;

/// A kernel that shows what a convolution can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Handmade {
    /// Positive where it is brighter below than above (Sobel and Feldman 1968; Gonzalez and Woods,
    /// "Digital Image Processing", §10.2): binomial smoothing along, a difference across, scaled so that
    /// a step of 1 gives 1. Sums to 0.
    HorizontalEdge,
    /// Positive where it is brighter to the right than to the left; the same kernel on its side.
    VerticalEdge,
    /// A Gaussian, by binomial coefficients: 1 2 1, 1 4 6 4 1. Sums to 1.
    Blur,
    /// The image and twice its difference from a blur (unsharp masking). Sums to 1.
    Sharpen,
    /// A wave under a Gaussian (Gabor 1946; Daugman 1985) that runs to the right, so that it answers to
    /// upright lines. Sums to 0, and its squares to 1; where a wave has no room, as in 1×1, it is zero.
    Gabor0,
    /// A wave that runs to the upper right: lines that fall to the right.
    Gabor45,
    /// A wave that runs up: level lines.
    Gabor90,
    /// A wave that runs to the upper left: lines that rise to the right.
    Gabor135,
    /// Nothing: what remains of a map is its bias.
    Zero,
}

impl Handmade {
    pub const ALL: [Self; 9] = [
        Self::HorizontalEdge,
        Self::VerticalEdge,
        Self::Blur,
        Self::Sharpen,
        Self::Gabor0,
        Self::Gabor45,
        Self::Gabor90,
        Self::Gabor135,
        Self::Zero,
    ];

    /// The name in JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::HorizontalEdge => "horizontal_edge",
            Self::VerticalEdge => "vertical_edge",
            Self::Blur => "blur",
            Self::Sharpen => "sharpen",
            Self::Gabor0 => "gabor0",
            Self::Gabor45 => "gabor45",
            Self::Gabor90 => "gabor90",
            Self::Gabor135 => "gabor135",
            Self::Zero => "zero",
        }
    }

    /// The kernel of `rows` × `columns` cells, row by row. The size is one that a network's weights
    /// have already.
    #[must_use]
    pub fn kernel(self, [rows, columns]: [usize; 2]) -> Vec<f32> {
        let product = |down: &[f64], across: &[f64]| -> Vec<f64> {
            down.iter().flat_map(|&y| across.iter().map(move |&x| y * x)).collect()
        };
        let blur = || product(&binomial(rows), &binomial(columns));
        let values = match self {
            Self::HorizontalEdge => product(&difference(rows), &binomial(columns)),
            Self::VerticalEdge => product(&binomial(rows), &difference(columns)),
            Self::Blur => blur(),
            Self::Sharpen => {
                let itself = product(&middle(rows), &middle(columns));
                let pairs = itself.iter().zip(blur());
                pairs.map(|(one, blurred)| one + SHARPENING * (one - blurred)).collect()
            }
            Self::Gabor0 => gabor(rows, columns, 0.0),
            Self::Gabor45 => gabor(rows, columns, TAU / 8.0),
            Self::Gabor90 => gabor(rows, columns, TAU / 4.0),
            Self::Gabor135 => gabor(rows, columns, 3.0 * TAU / 8.0),
            Self::Zero => vec![0.0; rows * columns],
        };
        values.into_iter().map(|value| value as f32).collect()
    }
}

/// The binomial coefficients of `len` places, which sum to 1. Built from the middle, where they are
/// largest: those at the ends of a long row are too small for a number.
fn binomial(len: usize) -> Vec<f64> {
    let order = len.saturating_sub(1);
    let mut values = vec![0.0; len];
    let mut value = 1.0;
    for place in order / 2..len {
        values[place] = value;
        values[order - place] = value;
        value *= (order - place) as f64 / (place + 1) as f64;
    }
    let sum: f64 = values.iter().sum();
    values.into_iter().map(|value| value / sum).collect()
}

/// The slope of [`binomial`]: −1 0 1, −1 −2 0 2 1, scaled so that its positive half sums to 1.
fn difference(len: usize) -> Vec<f64> {
    let smooth = binomial(len.saturating_sub(1));
    let at = |place: Option<usize>| place.and_then(|place| smooth.get(place)).unwrap_or(&0.0);
    let values: Vec<f64> =
        (0..len).map(|place| at(place.checked_sub(1)) - at(Some(place))).collect();
    let rise: f64 = values.iter().filter(|&&value| value > 0.0).sum();
    // One place has no slope.
    values.into_iter().map(|value| if rise > 0.0 { value / rise } else { 0.0 }).collect()
}

/// 1 in the middle, or a half in either of two.
fn middle(len: usize) -> Vec<f64> {
    (0..len)
        .map(|place| {
            let own = |other: usize| if place == other { 0.5 } else { 0.0 };
            own(len / 2) + own((len - 1) / 2)
        })
        .collect()
}

/// A wave of even phase that runs at `angle` (anticlockwise from the right) under a round envelope.
fn gabor(rows: usize, columns: usize, angle: f64) -> Vec<f64> {
    let wavelength = WAVELENGTH * rows.max(columns) as f64;
    let spread = SPREAD * wavelength;
    let (sin, cos) = angle.sin_cos();
    let cells: Vec<(f64, f64)> = (0..rows * columns)
        .map(|i| {
            let y = (i / columns) as f64 - (rows - 1) as f64 / 2.0;
            let x = (i % columns) as f64 - (columns - 1) as f64 / 2.0;
            let envelope = (-(x * x + y * y) / (2.0 * spread * spread)).exp();
            // Rows are counted downwards, angles upwards.
            (envelope, envelope * (TAU * (x * cos - y * sin) / wavelength).cos())
        })
        .collect();
    // An even wave lets a part of the mean through; it is taken out under the same envelope.
    let (envelopes, waves): (f64, f64) =
        cells.iter().fold((0.0, 0.0), |(e, w), cell| (e + cell.0, w + cell.1));
    let mean = waves / envelopes;
    let values: Vec<f64> = cells.iter().map(|(envelope, wave)| wave - mean * envelope).collect();
    let length = values.iter().map(|value| value * value).sum::<f64>().sqrt();
    // Where the wave has no room only rounding is left.
    let is_wave = length > 1e-9;
    values.into_iter().map(|value| if is_wave { value / length } else { 0.0 }).collect()
}

/// What is turned round in a kernel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flip {
    /// The upper row becomes the lowest.
    Rows,
    /// The left column becomes the rightmost.
    Columns,
    /// Both: half a turn, which makes a convolution of a cross-correlation.
    Both,
}

impl Flip {
    pub const ALL: [Self; 3] = [Self::Rows, Self::Columns, Self::Both];
}

/// `kernel` of `rows` × `columns` cells, row by row, turned round; it has as many values as the size says.
#[must_use]
pub fn flipped(kernel: &[f32], [rows, columns]: [usize; 2], flip: Flip) -> Vec<f32> {
    let upside_down = matches!(flip, Flip::Rows | Flip::Both);
    let mirrored = matches!(flip, Flip::Columns | Flip::Both);
    (0..rows * columns)
        .map(|i| {
            let (y, x) = (i / columns, i % columns);
            let y = if upside_down { rows - 1 - y } else { y };
            let x = if mirrored { columns - 1 - x } else { x };
            kernel[y * columns + x]
        })
        .collect()
}
