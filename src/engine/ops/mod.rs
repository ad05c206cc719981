//! The operations: forward and exact backward in the lane layout, each beside its `reference`.
//!
//! Every operation can be a custom op in candle's graph, so that candle's autograd runs through it; candle's own
//! pooling, convolution and ReLU are not used because their gradients are wrong, missing or slow
//! (`max_pool2d` gives a quarter of the true gradient, `relu` has derivative 1 at 0, `conv2d` knows
//! one padding for both axes). The `reference` of an operation is its forward pass for one image in
//! plain `f64` loops: the textbook, and the oracle of the tests.
//!
//! Most operations are a `Fixed` or a `Trained`: loops on values in memory, which write into what the caller
//! brings. A training step runs those (`engine/tape.rs`); as a custom op ([`InGraph`]) they get buffers of their
//! own.
//!
//! Results do not depend on the number of threads: every output value is summed by one thread in a
//! fixed order. Forward passes and input gradients are parallel over blocks and maps, weight
//! gradients over kernels.

pub mod activation;
pub mod batch_norm;
pub mod conv;
pub mod cross_entropy;
pub mod dropout;
mod in_graph;
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

pub use in_graph::InGraph;

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

/// An operation without parameters on packed values in memory: as many blocks as they fill.
pub(in crate::engine) trait Fixed: Send + Sync {
    /// Of the input and of the output.
    fn shapes(&self) -> [Shape; 2];

    /// Overwrites `y`, whatever it holds.
    fn forward(&self, x: &[f32], y: &mut [f32]);

    /// Overwrites `gx`, whatever it holds, with the gradient of `x`.
    fn input_gradient(&self, x: &[f32], y: &[f32], gy: &[f32], gx: &mut [f32]);
}

/// An operation with a weight and a bias on packed values in memory: as many blocks as they fill.
pub(in crate::engine) trait Trained: Send + Sync {
    /// Of the input and of the output.
    fn shapes(&self) -> [Shape; 2];

    /// The weight in the order in which [`Trained::forward`] reads it, if that is another one; one packing
    /// serves all blocks of a batch.
    fn pack_forward(&self, _weight: &[f32]) -> Vec<f32> {
        Vec::new()
    }

    /// As [`Trained::pack_forward`], for [`Trained::input_gradient`].
    fn pack_back(&self, _weight: &[f32]) -> Vec<f32> {
        Vec::new()
    }

    /// Overwrites `y`, whatever it holds.
    fn forward(&self, x: &[f32], own: Own<'_>, y: &mut [f32]);

    /// Overwrites `gx`, whatever it holds, with the gradient of `x`.
    fn input_gradient(&self, gy: &[f32], own: Own<'_>, gx: &mut [f32]);

    /// Adds the gradient of the weight to `gw`.
    fn weight_gradient(&self, x: &[f32], gy: &[f32], gw: &mut [f32]);

    /// Adds the gradient of the bias to `gb`.
    fn bias_gradient(&self, gy: &[f32], gb: &mut [f32]) {
        let area = self.shapes()[1].iter().product::<usize>() / gb.len();
        planes::add_map_sums(gy, area, gb);
    }
}

/// The parameters of one operation.
#[derive(Clone, Copy)]
pub(in crate::engine) struct Own<'a> {
    pub weight: &'a [f32],
    pub bias: &'a [f32],
    /// The weight as the operation packed it for the direction that it goes in.
    pub packed: &'a [f32],
}

/// Multiply-adds of cells that are worth waking a thread for.
const SHARE: usize = 1 << 18;

/// How many jobs of `work` multiply-adds each a thread takes at least.
fn jobs_at_once(work: usize) -> usize {
    (SHARE / work.max(1)).max(1)
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

/// The gradient of `of`, written by `fill` over zeros, only where something learns from it.
fn gradient_if_tracked(of: &Tensor, fill: impl FnOnce(&mut [f32])) -> Result<Option<Tensor>> {
    if !of.track_op() {
        return Ok(None);
    }
    let mut values = vec![0.0; of.elem_count()];
    fill(&mut values);
    gradient(values, of)
}

/// Gradients of the input, the weight and the bias.
type Gradients = (Option<Tensor>, Option<Tensor>, Option<Tensor>);

/// Values of one image.
pub(in crate::engine) fn volume(shape: Shape) -> usize {
    shape.iter().product()
}
