//! The operations: forward and exact backward in the lane layout, each beside its `reference`.
//!
//! Every operation is a candle custom op, so that candle's autograd runs through it; candle's own
//! pooling, convolution and ReLU are not used because their gradients are wrong, missing or slow
//! (`max_pool2d` gives a quarter of the true gradient, `relu` has derivative 1 at 0, `conv2d` knows
//! one padding for both axes). The `reference` of an operation is its forward pass for one image in
//! plain `f64` loops: the textbook, and the oracle of the tests.
//!
//! Results do not depend on the number of threads: every output value is summed by one thread in a
//! fixed order. Forward passes and input gradients are parallel over blocks and maps, weight
//! gradients over output maps.

pub mod activation;
pub mod batch_norm;
pub mod conv;
pub mod cross_entropy;
pub mod dropout;
pub mod linear;
pub mod local;
pub mod lrn;
pub mod mute;
pub mod pad_channels;
mod planes;
pub mod pool;
pub mod rbf;
pub mod softmax;
pub mod subsample;
mod tile;
mod windows;

use std::ops::{Deref, Range};

use candle_core::{CpuStorage, Device, Error, Layout, Result, Storage, StorageRef, Tensor};

use super::lanes::LANES;
use crate::network::Shape;

/// The values of a tensor, readable while this lives.
pub(super) struct Values<'a> {
    storage: StorageRef<'a>,
    range: Range<usize>,
}

impl Deref for Values<'_> {
    type Target = [f32];

    fn deref(&self) -> &[f32] {
        match &*self.storage {
            Storage::Cpu(CpuStorage::F32(values)) => &values[self.range.clone()],
            _ => &[], // `values` has looked
        }
    }
}

/// The values of a contiguous F32 tensor in main memory.
pub(super) fn values(tensor: &Tensor) -> Result<Values<'_>> {
    let (storage, layout) = tensor.storage_and_layout();
    let range = match &*storage {
        Storage::Cpu(storage) => contiguous(storage, layout)?.1,
        Storage::Cuda(_) | Storage::Metal(_) => {
            return Err(Error::Msg("the engine computes in main memory only".into()));
        }
    };
    Ok(Values { storage, range })
}

/// The values that a custom op was handed.
pub(super) fn slice<'a>(storage: &'a CpuStorage, layout: &Layout) -> Result<&'a [f32]> {
    contiguous(storage, layout).map(|(values, range)| &values[range])
}

fn contiguous<'a>(storage: &'a CpuStorage, layout: &Layout) -> Result<(&'a [f32], Range<usize>)> {
    let (start, end) = layout
        .contiguous_offsets()
        .ok_or_else(|| Error::Msg("the engine's operations need contiguous tensors".into()))?;
    Ok((storage.as_slice::<f32>()?, start..end))
}

/// What a custom op returns: packed maps of `shape` for as many blocks as the values fill.
fn packed(values: Vec<f32>, shape: Shape) -> (CpuStorage, candle_core::Shape) {
    let [c, h, w] = shape;
    let blocks = values.len() / (c * h * w * LANES);
    (CpuStorage::F32(values), (blocks, c, h, w, LANES).into())
}

/// A gradient with the shape of the tensor that it belongs to.
fn gradient(values: Vec<f32>, of: &Tensor) -> Result<Option<Tensor>> {
    Tensor::from_vec(values, of.shape(), &Device::Cpu).map(Some)
}

/// The gradient of `of`, computed only where something learns from it.
fn gradient_if_tracked(of: &Tensor, values: impl FnOnce() -> Vec<f32>) -> Result<Option<Tensor>> {
    if of.track_op() { gradient(values(), of) } else { Ok(None) }
}
