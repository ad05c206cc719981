//! Eight images side by side: the layout in which everything is computed.
//!
//! A batch of n images `[c, h, w]` is one tensor `[⌈n/8⌉, c, h, w, 8]`: a *block* of eight images
//! keeps the same value of all eight in neighbouring places, so that every operation, whatever its
//! window, is plain full-width vector code, and a weight is one broadcast. Lanes without an image
//! hold zeros and are ignored by losses and metrics. One image alone is a block with one live lane.

use candle_core::{Device, Tensor};
use rayon::prelude::*;

use crate::array::Array;
use crate::network::Shape;

use super::EngineError;
use super::ops::values;

/// Images in a block.
pub const LANES: usize = 8;

/// The same value of the eight images of a block.
pub type Cell = [f32; LANES];

/// Blocks that `images` images fill.
#[must_use]
pub const fn blocks(images: usize) -> usize {
    images.div_ceil(LANES)
}

/// Packs `count` images of `shape`: `fill(i, image)` writes image i, `[c, h, w]`, into a buffer of
/// zeros. Blocks are filled in parallel.
///
/// # Errors
/// Only if candle refuses the tensor.
pub fn pack(
    count: usize,
    shape: Shape,
    fill: impl Fn(usize, &mut [f32]) + Sync,
) -> Result<Tensor, EngineError> {
    let [c, h, w] = shape;
    let size = c * h * w;
    let mut packed = vec![0.0; blocks(count) * size * LANES];
    packed.par_chunks_mut((size * LANES).max(1)).enumerate().for_each(|(block, cells)| {
        let first = block * LANES;
        let live = LANES.min(count - first);
        let mut images = vec![0.0; size * live];
        for (lane, image) in images.chunks_mut(size.max(1)).enumerate() {
            fill(first + lane, image);
        }
        let (cells, _) = cells.as_chunks_mut::<LANES>();
        for (position, cell) in cells.iter_mut().enumerate() {
            for (lane, value) in cell.iter_mut().take(live).enumerate() {
                *value = images[lane * size + position];
            }
        }
    });
    Ok(Tensor::from_vec(packed, (blocks(count), c, h, w, LANES), &Device::Cpu)?)
}

/// Packs images that are already arrays `[c, h, w]`.
///
/// # Errors
/// If one of them has another shape.
pub fn pack_arrays(images: &[&Array], shape: Shape) -> Result<Tensor, EngineError> {
    if let Some(image) = images.iter().find(|image| image.shape() != shape.as_slice()) {
        return Err(EngineError::Input { expected: shape.to_vec(), found: image.shape().to_vec() });
    }
    pack(images.len(), shape, |index, image| image.copy_from_slice(images[index].values()))
}

/// Image `index` of a packed tensor, `[c, h, w]`.
///
/// # Errors
/// If the tensor is not packed as this module does it, or has no such image.
pub fn unpack(tensor: &Tensor, index: usize) -> Result<Array, EngineError> {
    let (_, c, h, w, _) = tensor.dims5()?;
    let block = tensor.get(index / LANES)?;
    image_of(&values(&block)?, [c, h, w], index % LANES)
}

/// Image `index` of packed values, `[c, h, w]`.
///
/// # Errors
/// If there are not as many values.
pub(super) fn image_of(values: &[f32], shape: Shape, index: usize) -> Result<Array, EngineError> {
    let size = shape.iter().product::<usize>();
    let first = index / LANES * size * LANES + index % LANES;
    let image: Vec<f32> = values.iter().skip(first).step_by(LANES).take(size).copied().collect();
    Array::new(&shape, image).map_err(|error| candle_core::Error::wrap(error).into())
}

/// The first `count` images of a packed tensor, each flattened to c·h·w values.
///
/// # Errors
/// As [`unpack`].
pub fn unpack_rows(tensor: &Tensor, count: usize) -> Result<Vec<Vec<f32>>, EngineError> {
    (0..count).map(|index| Ok(unpack(tensor, index)?.values().to_vec())).collect()
}

/// A slice of packed values as cells.
pub(super) fn cells(values: &[f32]) -> &[Cell] {
    values.as_chunks().0
}

/// As [`cells`], for writing.
pub(super) fn cells_mut(values: &mut [f32]) -> &mut [Cell] {
    values.as_chunks_mut().0
}
