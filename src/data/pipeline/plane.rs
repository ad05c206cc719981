//! One grey map and the filters that the stages share.

use crate::array::Array;

/// A map of `height` × `width` values, row by row.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    pub height: usize,
    pub width: usize,
    pub values: Vec<f32>,
}

impl Plane {
    /// Channel `channel` of an array `[c, h, w]`.
    pub fn of(image: &Array, channel: usize) -> Self {
        let map = image.map(channel);
        Self { height: map.height, width: map.width, values: map.values.to_vec() }
    }

    pub fn zeros(height: usize, width: usize) -> Self {
        Self { height, width, values: vec![0.0; height * width] }
    }

    pub fn into_array(self) -> Array {
        stack(vec![self])
    }

    pub fn at(&self, y: usize, x: usize) -> f32 {
        self.values[y * self.width + x]
    }

    pub fn map(&self, f: impl FnMut(f32) -> f32) -> Self {
        Self { values: self.values.iter().copied().map(f).collect(), ..*self }
    }

    pub fn zip(&self, other: &Self, f: impl Fn(f32, f32) -> f32) -> Self {
        let pairs = self.values.iter().zip(&other.values);
        Self { values: pairs.map(|(&a, &b)| f(a, b)).collect(), ..*self }
    }

    fn transposed(&self) -> Self {
        let mut turned = Self::zeros(self.width, self.height);
        for (y, row) in self.values.chunks_exact(self.width).enumerate() {
            for (x, &value) in row.iter().enumerate() {
                turned.values[x * self.height + y] = value;
            }
        }
        turned
    }

    /// Applies a filter of rows to the rows, then to the columns.
    pub fn separable(&self, rows: impl Fn(&Self) -> Self) -> Self {
        rows(&rows(self).transposed()).transposed()
    }

    /// The part from (`top`, `left`), `height` × `width`, which lies inside.
    pub fn crop(&self, top: usize, left: usize, height: usize, width: usize) -> Self {
        let rows = self.values.chunks_exact(self.width).skip(top).take(height);
        Self {
            height,
            width,
            values: rows.flat_map(|row| &row[left..left + width]).copied().collect(),
        }
    }

    /// The same content at another size, with a triangle filter that widens when it shrinks (the
    /// antialiased bilinear filter of Pillow and torchvision). The own size changes nothing.
    pub fn resized(&self, height: usize, width: usize) -> Self {
        if (height, width) == (self.height, self.width) {
            return self.clone();
        }
        resize_rows(&resize_rows(self, width).transposed(), height).transposed()
    }

    /// The smallest (or largest) value within `radius` rows and columns.
    pub fn extreme(&self, radius: usize, pick: fn(f32, f32) -> f32) -> Self {
        self.separable(|plane| {
            let rows = plane.values.chunks_exact(plane.width);
            Self { values: rows.flat_map(|row| running(row, radius, pick)).collect(), ..*plane }
        })
    }

    /// The mean within `radius` rows and columns, as far as they exist.
    pub fn box_blur(&self, radius: usize) -> Self {
        self.separable(|plane| {
            let mut blurred = Self::zeros(plane.height, plane.width);
            let rows = plane.values.chunks_exact(plane.width);
            for (row, out) in rows.zip(blurred.values.chunks_exact_mut(plane.width)) {
                for (x, value) in out.iter_mut().enumerate() {
                    let window = &row[x.saturating_sub(radius)..(x + radius + 1).min(row.len())];
                    *value = window.iter().sum::<f32>() / window.len() as f32;
                }
            }
            blurred
        })
    }
}

/// Maps of one size as an array `[c, h, w]`.
pub fn stack(planes: Vec<Plane>) -> Array {
    let shape = planes.first().map_or([0; 3], |first| [planes.len(), first.height, first.width]);
    let values: Vec<f32> = planes.into_iter().flat_map(|plane| plane.values).collect();
    Array::new(&shape, values).expect("planes of one size fill their shape")
}

/// The value below which the fraction `part` of the values lies.
pub fn quantile(values: impl IntoIterator<Item = f32>, part: f32) -> f32 {
    let mut values: Vec<f32> = values.into_iter().collect();
    let Some(last) = values.len().checked_sub(1) else {
        return 0.0;
    };
    let place = (last as f32 * part).round() as usize;
    *values.select_nth_unstable_by(place.min(last), f32::total_cmp).1
}

fn resize_rows(plane: &Plane, width: usize) -> Plane {
    let scale = plane.width as f32 / width as f32;
    let support = scale.max(1.0);
    // Which inputs, from which on, make each output, and with which weights.
    let taps: Vec<(usize, Vec<f32>)> = (0..width)
        .map(|x| {
            let centre = (x as f32 + 0.5) * scale;
            let first = (centre - support + 0.5).max(0.0) as usize;
            let end = ((centre + support + 0.5) as usize).min(plane.width);
            let weight = |i| (1.0 - ((i as f32 + 0.5 - centre) / support).abs()).max(0.0);
            let weights: Vec<f32> = (first..end).map(weight).collect();
            let sum: f32 = weights.iter().sum();
            (first, weights.into_iter().map(|weight| weight / sum).collect())
        })
        .collect();
    let mut values = Vec::with_capacity(plane.height * width);
    for row in plane.values.chunks_exact(plane.width) {
        values.extend(taps.iter().map(|(first, weights)| {
            row[*first..].iter().zip(weights).map(|(value, weight)| value * weight).sum::<f32>()
        }));
    }
    Plane { height: plane.height, width, values }
}

/// The extreme of each window of `2 * radius + 1` values, in three comparisons per value whatever
/// the radius (van Herk 1992: running extremes of blocks, forwards and backwards).
fn running(row: &[f32], radius: usize, pick: fn(f32, f32) -> f32) -> Vec<f32> {
    let size = 2 * radius + 1;
    let neutral = if pick(0.0, 1.0) > 0.5 { f32::NEG_INFINITY } else { f32::INFINITY };
    let mut padded = vec![neutral; radius];
    padded.extend_from_slice(row);
    padded.resize((row.len() + 2 * radius).next_multiple_of(size), neutral);
    let mut forwards = padded.clone();
    for block in forwards.chunks_exact_mut(size) {
        for i in 1..size {
            block[i] = pick(block[i], block[i - 1]);
        }
    }
    for block in padded.chunks_exact_mut(size) {
        for i in (0..size - 1).rev() {
            block[i] = pick(block[i], block[i + 1]);
        }
    }
    (0..row.len()).map(|x| pick(padded[x], forwards[x + size - 1])).collect()
}
