//! Which cells a unit reads: the one place that knows the geometry of every kind.
//!
//! Counts, explanations, field boxes and the engine's links all come from here.

use std::ops::Range;

use super::{Channels, Conv, Layer, Linear, Network, Pool, PoolExtent, Shape, Window};

/// The cells one unit reads along one axis, `start + i·step` for `i < count`; positions may lie in the
/// padding (negative or beyond the input).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taps {
    pub start: i64,
    pub step: i64,
    pub count: usize,
}

impl Taps {
    /// Positions in ascending order.
    pub fn positions(self) -> impl Iterator<Item = i64> + Clone {
        (0..self.count as i64).map(move |i| self.start + i * self.step)
    }

    /// How far the last position lies behind the first.
    #[must_use]
    pub fn last(self) -> i64 {
        (self.count as i64 - 1) * self.step
    }

    /// From the first position to one past the last.
    #[must_use]
    pub fn span(self) -> Range<i64> {
        self.start..self.start + self.last() + 1
    }

    /// The first cell alone.
    pub const ONE: Self = Self { start: 0, step: 1, count: 1 };

    /// A whole axis.
    #[must_use]
    pub const fn whole(side: usize) -> Self {
        Self { start: 0, step: 1, count: side }
    }

    fn one(position: i64) -> Self {
        Self { start: position, step: 1, count: 1 }
    }
}

impl Window {
    /// What the window at `position` covers along `axis`; positions outside the map continue the rule.
    #[must_use]
    pub fn taps(&self, axis: usize, position: i64) -> Taps {
        let [before, _] = self.padding.along(axis);
        Taps {
            start: position * self.stride[axis] as i64 - before as i64,
            step: self.dilation[axis] as i64,
            count: self.kernel[axis],
        }
    }
}

impl Pool {
    /// What the unit at `position` covers along `axis` of an input with `side` cells. Windows of an
    /// adaptive pool tile the input as PyTorch does: from ⌊p·side/n⌋ to ⌈(p+1)·side/n⌉.
    #[must_use]
    pub fn taps(&self, axis: usize, position: i64, side: usize) -> Taps {
        match &self.extent {
            PoolExtent::Window { window, .. } => window.taps(axis, position),
            PoolExtent::Adaptive { output } => {
                let position = position.clamp(0, output[axis] as i64 - 1) as usize;
                let start = position * side / output[axis];
                let end = ((position + 1) * side).div_ceil(output[axis]);
                Taps { start: start as i64, step: 1, count: end - start }
            }
        }
    }
}

impl Conv {
    /// The input maps that output map `map` is linked to, of `arriving` ones, each with the place of
    /// its kernel along the weight's second axis.
    #[must_use]
    pub fn links(&self, map: usize, arriving: usize) -> Vec<Link> {
        let link = |slot| {
            let channel = self.channels.channel(map, slot, self.maps, arriving)?;
            Some(Link { channel, slot })
        };
        match &self.channels {
            Channels::Groups(_) => (0..self.slots(arriving)).filter_map(link).collect(),
            Channels::Table(rows) => rows[map].iter().filter_map(|&slot| link(slot)).collect(),
        }
    }

    /// The length of the weight's second axis.
    #[must_use]
    pub fn slots(&self, arriving: usize) -> usize {
        self.channels.slots(arriving)
    }
}

impl Channels {
    /// The length of the weight's second axis.
    #[must_use]
    pub fn slots(&self, arriving: usize) -> usize {
        match self {
            Self::Groups(groups) => arriving / (*groups).max(1),
            Self::Table(_) => arriving,
        }
    }

    /// The place of input map `channel` in the kernels of output map `map`, of `maps` and `arriving`
    /// ones; `None` where the two are not linked.
    #[must_use]
    pub fn slot(&self, map: usize, channel: usize, maps: usize, arriving: usize) -> Option<usize> {
        match self {
            Self::Groups(groups) => {
                let slot = channel.checked_sub(first_of_group(*groups, map, maps, arriving))?;
                (slot < self.slots(arriving)).then_some(slot)
            }
            Self::Table(rows) => rows.get(map)?.binary_search(&channel).ok().map(|_| channel),
        }
    }

    /// The input map nearest to `channel` that output map `map` is linked to; `None` where it has none.
    #[must_use]
    pub fn nearest(
        &self,
        map: usize,
        channel: usize,
        maps: usize,
        arriving: usize,
    ) -> Option<usize> {
        match self {
            Self::Groups(groups) => {
                let first = first_of_group(*groups, map, maps, arriving);
                let last = first + self.slots(arriving).checked_sub(1)?;
                Some(channel.clamp(first, last))
            }
            Self::Table(rows) => {
                rows.get(map)?.iter().copied().min_by_key(|linked| linked.abs_diff(channel))
            }
        }
    }

    /// The input map at a place in the kernels of output map `map`: the inverse of [`Channels::slot`].
    #[must_use]
    pub fn channel(&self, map: usize, slot: usize, maps: usize, arriving: usize) -> Option<usize> {
        match self {
            Self::Groups(groups) => (slot < self.slots(arriving))
                .then(|| first_of_group(*groups, map, maps, arriving) + slot),
            Self::Table(rows) => rows.get(map)?.binary_search(&slot).ok().map(|_| slot),
        }
    }
}

/// The first input map of the group that output map `map` belongs to.
fn first_of_group(groups: usize, map: usize, maps: usize, arriving: usize) -> usize {
    let groups = groups.max(1);
    map / (maps / groups).max(1) * (arriving / groups)
}

/// An input map and where its kernel stands in the weight `[o, slot, h, w]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub channel: usize,
    pub slot: usize,
}

/// The part of one input that one unit reads: these maps, and in each the same cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reads {
    /// Position among the node's inputs.
    pub input: usize,
    pub channels: Vec<usize>,
    pub rows: Taps,
    pub columns: Taps,
}

/// What the unit at row `y`, column `x` of map `c` of node `index` reads, an entry per input that it
/// reads from. Rows and columns outside the map continue the rule of the window.
#[must_use]
pub fn reads(network: &Network, index: usize, c: usize, y: i64, x: i64) -> Vec<Reads> {
    let shapes = network.input_shapes(index);
    let Some(&[channels, h, w]) = shapes.first() else { return Vec::new() };
    let from_first =
        |channels: Vec<usize>, rows, columns| vec![Reads { input: 0, channels, rows, columns }];
    let windowed =
        |window: &Window, channels| from_first(channels, window.taps(0, y), window.taps(1, x));
    let own_cell = |channels| from_first(channels, Taps::one(y), Taps::one(x));
    let everything = || from_first((0..channels).collect(), Taps::whole(h), Taps::whole(w));
    match &network.nodes()[index].layer {
        Layer::Input { .. } => Vec::new(),
        Layer::Conv(conv) => windowed(
            &conv.window,
            conv.links(c, channels).into_iter().map(|link| link.channel).collect(),
        ),
        Layer::Local(local) => windowed(&local.window, (0..channels).collect()),
        Layer::Subsample(window) => windowed(window, vec![c]),
        Layer::PoolMax(pool) | Layer::PoolAvg(pool) => {
            from_first(vec![c], pool.taps(0, y, h), pool.taps(1, x, w))
        }
        Layer::GlobalAvg => from_first(vec![c], Taps::whole(h), Taps::whole(w)),
        Layer::Linear(_) => everything(),
        // Over all maps, at each position by itself.
        Layer::Rbf(_) | Layer::Softmax => own_cell((0..channels).collect()),
        Layer::BatchNorm { .. } | Layer::Dropout { .. } => own_cell(vec![c]),
        Layer::Lrn(lrn) => own_cell(lrn_channels(lrn.size, c, channels).collect()),
        Layer::Flatten => {
            let cell = c % (h * w);
            from_first(
                vec![c / (h * w)],
                Taps::one((cell / w) as i64),
                Taps::one((cell % w) as i64),
            )
        }
        Layer::PadChannels { .. } => {
            if c < channels {
                own_cell(vec![c])
            } else {
                Vec::new()
            }
        }
        Layer::Add => (0..shapes.len())
            .map(|input| Reads {
                input,
                channels: vec![c],
                rows: Taps::one(y),
                columns: Taps::one(x),
            })
            .collect(),
        Layer::Concat => {
            let (input, channel) = concat_source(&shapes, c);
            vec![Reads {
                input,
                channels: vec![channel],
                rows: Taps::one(y),
                columns: Taps::one(x),
            }]
        }
    }
}

/// How many maps a unit of map `c` of node `index` reads, all inputs together: the length of all
/// `channels` of [`reads`], without listing them.
#[must_use]
pub fn maps_read(network: &Network, index: usize, c: usize) -> usize {
    let node = &network.nodes()[index];
    let arriving = node.inputs.first().map_or(0, |&input| network.nodes()[input].output[0]);
    match &node.layer {
        Layer::Input { .. } => 0,
        Layer::Conv(conv) => match &conv.channels {
            Channels::Groups(groups) => arriving / groups,
            Channels::Table(rows) => rows[c].len(),
        },
        Layer::Local(_) | Layer::Linear(_) | Layer::Rbf(_) | Layer::Softmax => arriving,
        Layer::Subsample(_)
        | Layer::PoolMax(_)
        | Layer::PoolAvg(_)
        | Layer::GlobalAvg
        | Layer::BatchNorm { .. }
        | Layer::Dropout { .. }
        | Layer::Flatten
        | Layer::Concat => 1,
        Layer::Lrn(lrn) => lrn_channels(lrn.size, c, arriving).len(),
        Layer::PadChannels { .. } => usize::from(c < arriving),
        Layer::Add => node.inputs.len(),
    }
}

/// Which input of a concatenation map `c` comes from, and which of its maps.
#[must_use]
pub fn concat_source(shapes: &[Shape], mut c: usize) -> (usize, usize) {
    for (input, shape) in shapes.iter().enumerate() {
        if c < shape[0] {
            return (input, c);
        }
        c -= shape[0];
    }
    (shapes.len().saturating_sub(1), c)
}

/// The maps around `c` that local response normalisation sums over, cut at both ends
/// (Krizhevsky 2012, §3.3).
#[must_use]
pub fn lrn_channels(size: usize, c: usize, channels: usize) -> Range<usize> {
    let before = size.saturating_sub(1) / 2;
    let after = size / 2;
    c.saturating_sub(before)..(c + after + 1).min(channels)
}

/// The shapes of a node's trained tensors by part name, in the contract's layout (§5). Running
/// statistics of batch norm are constants and stand in [`constant_shapes`].
#[must_use]
pub fn weight_shapes(network: &Network, index: usize) -> Vec<(&'static str, Vec<usize>)> {
    let node = &network.nodes()[index];
    let [c, h, w] = network.input_shapes(index).first().copied().unwrap_or([0, 0, 0]);
    let [maps, rows, columns] = node.output;
    let with_bias = |weight: Vec<usize>, bias: Option<Vec<usize>>| {
        let bias = bias.map(|shape| ("bias", shape));
        std::iter::once(("weight", weight)).chain(bias).collect()
    };
    match &node.layer {
        Layer::Conv(conv) => {
            let [kh, kw] = conv.window.kernel;
            with_bias(vec![maps, conv.slots(c), kh, kw], conv.bias.then(|| vec![maps]))
        }
        Layer::Local(local) => {
            let [kh, kw] = local.window.kernel;
            with_bias(
                vec![maps, rows, columns, c, kh, kw],
                local.bias.then(|| vec![maps, rows, columns]),
            )
        }
        Layer::Linear(Linear { output, bias }) => {
            let units = output.iter().product();
            with_bias(vec![units, c * h * w], bias.then(|| vec![units]))
        }
        Layer::Subsample(_) => vec![("coefficient", vec![c]), ("bias", vec![c])],
        Layer::BatchNorm { .. } => vec![("gamma", vec![c]), ("beta", vec![c])],
        Layer::Input { .. }
        | Layer::PoolMax(_)
        | Layer::PoolAvg(_)
        | Layer::GlobalAvg
        | Layer::Rbf(_)
        | Layer::Softmax
        | Layer::Lrn(_)
        | Layer::Dropout { .. }
        | Layer::Flatten
        | Layer::Concat
        | Layer::Add
        | Layer::PadChannels { .. } => Vec::new(),
    }
}

/// The shapes of a node's tensors that are stored in weight files but not trained.
#[must_use]
pub fn constant_shapes(network: &Network, index: usize) -> Vec<(&'static str, Vec<usize>)> {
    let node = &network.nodes()[index];
    match node.layer {
        Layer::BatchNorm { .. } => {
            vec![("running_mean", vec![node.output[0]]), ("running_variance", vec![node.output[0]])]
        }
        _ => Vec::new(),
    }
}

/// How many inputs one unit of map `map` is linked to: the fan-in of the seeded weights.
#[must_use]
pub fn fan_in(network: &Network, index: usize, map: usize) -> usize {
    reads(network, index, map, 0, 0)
        .iter()
        .map(|reads| reads.channels.len() * reads.rows.count * reads.columns.count)
        .sum()
}
