//! Where the numbers of an explanation stand in the weight tensors: what a person turns when they turn
//! a weight.

use super::Explanation;
use crate::network::{Layer, Network};

/// A trained number of the explained node: the part (`weight`, `bias`, `coefficient`) and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub part: &'static str,
    pub index: usize,
}

/// The weight of a term; `None` where nothing was trained.
#[must_use]
pub fn weight(network: &Network, e: &Explanation, term: usize) -> Option<Place> {
    let place = e.parts.iter().position(|part| part.terms.contains(&term))?;
    let offset = term - e.parts[place].terms.start;
    match kernel(network, e, place) {
        Some(first) => Some(Place { part: "weight", index: first + offset }),
        None => match network.nodes()[e.node].layer {
            // One coefficient for the whole window.
            Layer::Subsample(_) => Some(Place { part: "coefficient", index: e.unit[0] }),
            _ => None,
        },
    }
}

/// The first weight of the kernel that part `place` is multiplied with: its weights stand behind one
/// another, row by row, as the terms do.
#[must_use]
pub fn kernel(network: &Network, e: &Explanation, place: usize) -> Option<usize> {
    let node = &network.nodes()[e.node];
    let [c, y, x] = e.unit;
    let [_, rows, columns] = node.output;
    let own = (c * rows + y) * columns + x;
    let [arriving, h, w] = *network.input_shapes(e.node).first()?;
    match &node.layer {
        Layer::Conv(conv) => {
            let slot = conv.links(c, arriving).get(place)?.slot;
            Some((c * conv.slots(arriving) + slot) * conv.window.area())
        }
        Layer::Local(local) => Some((own * arriving + place) * local.window.area()),
        Layer::Linear(_) => Some((own * arriving + place) * h * w),
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

/// The bias of the unit; `None` where it has none.
#[must_use]
pub fn bias(network: &Network, e: &Explanation) -> Option<Place> {
    e.bias?;
    let node = &network.nodes()[e.node];
    let [c, y, x] = e.unit;
    let [_, rows, columns] = node.output;
    let index = match node.layer {
        Layer::Conv(_) | Layer::Subsample(_) => c,
        Layer::Local(_) | Layer::Linear(_) => (c * rows + y) * columns + x,
        Layer::Input { .. }
        | Layer::PoolMax(_)
        | Layer::PoolAvg(_)
        | Layer::GlobalAvg
        | Layer::Rbf(_)
        | Layer::Softmax
        | Layer::BatchNorm { .. }
        | Layer::Lrn(_)
        | Layer::Dropout { .. }
        | Layer::Flatten
        | Layer::Concat
        | Layer::Add
        | Layer::PadChannels { .. } => return None,
    };
    Some(Place { part: "bias", index })
}
