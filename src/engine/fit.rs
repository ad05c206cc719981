//! Whether weights fit a network, which tensor is the first that does not, and what only has to be
//! read in another shape.

use std::collections::BTreeSet;

use super::error::{Demand, Misfit};
use crate::array::{Array, Weights, volume};
use crate::network::connectivity::{constant_shapes, weight_shapes};
use crate::network::{Channels, Layer, Network};

use super::EngineError;

/// Values that the weights of one network may have in all (1 GiB of `f32`, as a file may have).
const MAX_VALUES: usize = 1 << 28;

/// A tensor that a network needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    /// Index of its node.
    pub node: usize,
    /// `<node>.<part>`.
    pub name: String,
    pub part: &'static str,
    pub shape: Vec<usize>,
}

/// The tensors that `network` needs, in the order of its nodes: trained ones, then constants.
///
/// # Errors
/// If they are more than memory should hold. Nothing has been reserved yet.
pub fn needed(network: &Network) -> Result<Vec<Needed>, EngineError> {
    let mut all = Vec::new();
    let mut total = 0usize;
    for (node, description) in network.nodes().iter().enumerate() {
        let trained = weight_shapes(network, node);
        for (part, shape) in trained.into_iter().chain(constant_shapes(network, node)) {
            let name = format!("{}.{part}", description.name);
            let size = volume(&shape).and_then(|size| total.checked_add(size));
            total = size.filter(|&total| total <= MAX_VALUES).ok_or_else(|| {
                let values = shape.iter().fold(1u128, |n, &side| n.saturating_mul(side as u128));
                EngineError::TooLarge {
                    what: Demand::Tensor { tensor: name.clone(), shape: shape.clone() },
                    bytes: values.saturating_mul(4),
                    limit: MAX_VALUES as u128 * 4,
                }
            })?;
            all.push(Needed { node, name, part, shape });
        }
    }
    Ok(all)
}

/// Checks every tensor that the network needs, in its order, then looks for tensors beyond them.
///
/// # Errors
/// [`EngineError::Misfit`] with the first that does not fit, or a network too large to hold.
pub fn check(network: &Network, weights: &Weights) -> Result<(), EngineError> {
    let needed = needed(network)?;
    for tensor in &needed {
        let Some(array) = weights.tensors.get(&tensor.name) else {
            return Err(Misfit::Missing {
                tensor: tensor.name.clone(),
                expected: tensor.shape.clone(),
            }
            .into());
        };
        check_tensor(network, tensor, array)?;
    }
    let known: BTreeSet<&str> = needed.iter().map(|tensor| tensor.name.as_str()).collect();
    match weights.tensors.keys().find(|name| !known.contains(name.as_str())) {
        Some(tensor) => Err(Misfit::Unknown { tensor: tensor.clone() }.into()),
        None => Ok(()),
    }
}

/// The weights as `network` needs them, where they are those of the same network with its fully
/// connected layers written as convolutions, or the other way round
/// ([`Network::sliding`]): `[n, c·h·w]` becomes `[n, c, h, w]` and back. Values are shared, not
/// copied. Whatever else does not fit is left as it is, so that [`Model::new`](super::Model::new)
/// says so.
#[must_use]
pub fn reshaped(network: &Network, weights: &Weights) -> Weights {
    let mut fitted = weights.clone();
    for (index, node) in network.nodes().iter().enumerate() {
        for (part, shape) in weight_shapes(network, index) {
            if let Some(array) = fitted.tensors.get_mut(&format!("{}.{part}", node.name))
                && same_units(array.shape(), &shape)
                && let Ok(other) = array.reshaped(&shape)
            {
                *array = other;
            }
        }
    }
    fitted
}

/// Whether one shape is a matrix with a row of inputs per unit, and the other has as many units: then
/// the order of the values is the same. Others, such as a transposed matrix, must not pass.
fn same_units(found: &[usize], needed: &[usize]) -> bool {
    found.first() == needed.first() && (found.len() == 2 || needed.len() == 2)
}

fn check_tensor(network: &Network, needed: &Needed, array: &Array) -> Result<(), Misfit> {
    if array.shape() != needed.shape.as_slice() {
        return Err(Misfit::Shape {
            tensor: needed.name.clone(),
            expected: needed.shape.clone(),
            found: array.shape().to_vec(),
        });
    }
    if let Some(position) = array.values().iter().position(|value| !value.is_finite()) {
        return Err(Misfit::NotFinite { tensor: needed.name.clone(), position });
    }
    if needed.part == "running_variance"
        && let Some(position) = array.values().iter().position(|&value| value < 0.0)
    {
        return Err(Misfit::NegativeVariance { tensor: needed.name.clone(), position });
    }
    match unlinked(network, needed)
        .find(|&(map, input)| kernel(array, map, input).any(|w| w != 0.0))
    {
        Some((map, input)) => Err(Misfit::Unlinked { tensor: needed.name.clone(), map, input }),
        None => Ok(()),
    }
}

/// The kernels (output map, input map) of a weight that its channel table leaves out.
pub fn unlinked(network: &Network, needed: &Needed) -> impl Iterator<Item = (usize, usize)> {
    let table: &[Vec<usize>] = match &network.nodes()[needed.node].layer {
        Layer::Conv(conv) if needed.part == "weight" => match &conv.channels {
            Channels::Table(rows) => rows,
            Channels::Groups(_) => &[],
        },
        Layer::Conv(_)
        | Layer::Input { .. }
        | Layer::Local(_)
        | Layer::Linear(_)
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
        | Layer::PadChannels { .. } => &[],
    };
    let inputs = needed.shape.get(1).copied().unwrap_or_default();
    table.iter().enumerate().flat_map(move |(map, row)| {
        (0..inputs).filter(move |input| !row.contains(input)).map(move |input| (map, input))
    })
}

/// The values of one kernel of a weight `[o, i, h, w]`.
fn kernel(array: &Array, map: usize, input: usize) -> impl Iterator<Item = f32> {
    let [_, inputs, rows, columns] = *array.shape() else { unreachable!("the shape was checked") };
    let area = rows * columns;
    array.values()[(map * inputs + input) * area..][..area].iter().copied()
}
