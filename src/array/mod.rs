//! Plain arrays: a shape and shared `f32` values. This module knows no other.
//!
//! Everything the engine computes leaves it as an [`Array`]; everything that draws, counts or
//! explains reads one. Values are behind an `Arc`, so a snapshot costs no copy.

pub mod portable;
mod stats;
mod tensor_file;
mod trace;
mod weights;
mod whole_file;

pub use stats::{Histogram, Range};
pub use tensor_file::{MAX_FILE_BYTES, TensorFile, TensorFileError};
pub use trace::{NodeTrace, Trace};
pub use weights::Weights;
pub use whole_file::{sync_folder_of, write_whole};

use std::sync::Arc;

/// The most values one array may hold (1 GiB of `f32`): a larger one is a mistake or an attack.
pub const MAX_VALUES: usize = 1 << 28;

/// A dense row-major array of `f32`.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    shape: Vec<usize>,
    values: Arc<[f32]>,
}

/// A shape that does not fit its values, or is too large to hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{values} values do not fill an array of shape {shape:?}")]
pub struct ShapeError {
    pub shape: Vec<usize>,
    pub values: usize,
}

/// One feature map, `[height, width]`, seen inside an array `[c, h, w]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MapView<'a> {
    pub height: usize,
    pub width: usize,
    pub values: &'a [f32],
}

impl MapView<'_> {
    /// The value at (row, column).
    #[must_use]
    pub fn at(&self, y: usize, x: usize) -> f32 {
        self.values[y * self.width + x]
    }
}

impl Array {
    /// An array over given values.
    ///
    /// # Errors
    /// If the product of `shape` is not the number of values.
    pub fn new(shape: &[usize], values: impl Into<Arc<[f32]>>) -> Result<Self, ShapeError> {
        let values = values.into();
        if volume(shape) == Some(values.len()) {
            Ok(Self { shape: shape.to_vec(), values })
        } else {
            Err(ShapeError { shape: shape.to_vec(), values: values.len() })
        }
    }

    /// An array made value by value, in row-major order.
    ///
    /// # Panics
    /// If the shape holds more than [`MAX_VALUES`]; callers check shapes that come from outside.
    #[must_use]
    pub fn from_fn(shape: &[usize], value: impl FnMut(usize) -> f32) -> Self {
        let len = volume(shape).expect("the caller has bounded the shape");
        Self { shape: shape.to_vec(), values: (0..len).map(value).collect() }
    }

    /// An array of one value repeated; see [`Array::from_fn`] for the limit.
    #[must_use]
    pub fn full(shape: &[usize], value: f32) -> Self {
        Self::from_fn(shape, |_| value)
    }

    #[must_use]
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The shape as `[channels, height, width]`; missing leading axes are 1, extra ones are folded
    /// into the channels.
    #[must_use]
    pub fn chw(&self) -> [usize; 3] {
        match *self.shape.as_slice() {
            [] => [1, 1, 1],
            [w] => [1, 1, w],
            [h, w] => [1, h, w],
            [ref outer @ .., h, w] => [outer.iter().product(), h, w],
        }
    }

    /// The value at (channel, row, column).
    #[must_use]
    pub fn at(&self, [c, y, x]: [usize; 3]) -> f32 {
        let [_, h, w] = self.chw();
        self.values[(c * h + y) * w + x]
    }

    /// Feature map `channel` of an array `[c, h, w]`.
    #[must_use]
    pub fn map(&self, channel: usize) -> MapView<'_> {
        let [_, height, width] = self.chw();
        let start = channel * height * width;
        MapView { height, width, values: &self.values[start..start + height * width] }
    }

    /// The same values under another shape of the same size.
    ///
    /// # Errors
    /// If the sizes differ.
    pub fn reshaped(&self, shape: &[usize]) -> Result<Self, ShapeError> {
        Self::new(shape, Arc::clone(&self.values))
    }

    /// Whether both arrays share the same memory: a cheap test for "nothing changed".
    #[must_use]
    pub fn same_memory(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.values, &other.values)
    }
}

/// The number of values of a shape, if it stays within [`MAX_VALUES`].
#[must_use]
pub fn volume(shape: &[usize]) -> Option<usize> {
    shape.iter().try_fold(1usize, |n, &side| n.checked_mul(side)).filter(|&n| n <= MAX_VALUES)
}
