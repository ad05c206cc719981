//! Which values a choice may take with everything else as it is.

use super::{Block, BlockPool, Connect, Design, Hidden, PoolKind};
use crate::network::{Activation, cost};

/// The largest side of the image.
pub const LARGEST_SIDE: usize = 256;
pub const MOST_CLASSES: usize = 1000;
pub const MOST_BLOCKS: usize = 6;
pub const MOST_HIDDEN: usize = 3;
pub const MOST_MAPS: usize = 128;
/// The largest stride, of convolutions and poolings.
pub const MOST_STRIDE: usize = 4;
/// The largest window of a pooling; the smallest is 2.
pub const MOST_POOL: usize = 4;
pub const LEAST_UNITS: usize = 8;
pub const MOST_UNITS: usize = 512;
pub const MOST_DROPOUT: f32 = 0.9;
/// A design with more parameters is refused: with its gradient and two moments, 20 million take 320 MB,
/// and a step of training must not take minutes.
pub const MOST_PARAMETERS: u128 = 20_000_000;

/// What a choice belongs to, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    Block(usize),
    Hidden(usize),
}

/// A choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Knob {
    Connect,
    Maps,
    Kernel,
    Stride,
    Padding,
    /// Kind of pooling, or none.
    Pool,
    PoolSize,
    PoolStride,
    /// Units of a hidden layer.
    Units,
    BatchNorm,
    Activation,
    Dropout,
}

/// What a choice may be set to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    Connect(Connect),
    Number(usize),
    Switch(bool),
    Activation(Activation),
    Pool(Option<PoolKind>),
    Rate(f32),
}

/// The legal values of a choice.
#[derive(Clone, Debug, PartialEq)]
pub enum Legal {
    /// There is no such choice here, or no value of it gives a network.
    Nothing,
    /// These, ascending; there may be gaps.
    Numbers(Vec<usize>),
    /// These, in the order in which they are listed.
    Choices(Vec<Value>),
    /// From 0 to this.
    Rates { most: f32 },
}

impl Legal {
    #[must_use]
    pub fn contains(&self, value: Value) -> bool {
        match (self, value) {
            (Self::Numbers(numbers), Value::Number(number)) => numbers.contains(&number),
            (Self::Choices(choices), value) => choices.contains(&value),
            (Self::Rates { most }, Value::Rate(rate)) => (0.0..=*most).contains(&rate),
            (Self::Nothing | Self::Numbers(_) | Self::Rates { .. }, _) => false,
        }
    }

    /// The legal number nearest to one, of two as near the smaller.
    #[must_use]
    pub fn nearest(&self, number: usize) -> Option<usize> {
        match self {
            Self::Numbers(numbers) => {
                numbers.iter().copied().min_by_key(|legal| legal.abs_diff(number))
            }
            Self::Nothing | Self::Choices(_) | Self::Rates { .. } => None,
        }
    }
}

const ACTIVATIONS: [Activation; 5] = [
    Activation::Identity,
    Activation::Relu,
    Activation::Sigmoid,
    Activation::Tanh,
    Activation::ScaledTanh,
];

impl Design {
    /// Whether every number is in its range, and all together give a network of at most
    /// [`MOST_PARAMETERS`]. A design from a file may be anything.
    #[must_use]
    pub fn is_legal(&self) -> bool {
        let [_, h, w] = self.input;
        let (rows, columns) = (1..=LARGEST_SIDE, 1..=LARGEST_SIDE);
        rows.contains(&h)
            && columns.contains(&w)
            && (1..=MOST_CLASSES).contains(&self.classes)
            && (1..=MOST_BLOCKS).contains(&self.blocks.len())
            && self.hidden.len() <= MOST_HIDDEN
            && self.blocks.iter().all(Block::in_range)
            && self.hidden.iter().all(Hidden::in_range)
            && self.fits()
    }

    /// Whether it gives a network that is not too large, with kernels no larger than what arrives.
    fn fits(&self) -> bool {
        let Ok(network) = self.network() else { return false };
        let [_, h, w] = self.input;
        let kernels_fit = self.block_nodes().iter().zip(&self.blocks).all(|(names, block)| {
            let index = network.index_of(&names.layer);
            let arriving = index.and_then(|index| network.input_shapes(index).first().copied());
            arriving.is_some_and(|[_, rows, columns]| {
                block.kernel <= rows.min(columns) && block.kernel <= h.min(w)
            })
        });
        kernels_fit && cost::totals(&network).is_ok_and(|all| all.params <= MOST_PARAMETERS)
    }

    /// The values that `knob` may take at `place` with everything else as it is.
    #[must_use]
    pub fn legal(&self, place: Place, knob: Knob) -> Legal {
        let legal = |value: &Value| self.with(place, knob, *value).is_some();
        let choices = |all: Vec<Value>| {
            let legal: Vec<Value> = all.into_iter().filter(legal).collect();
            if legal.is_empty() { Legal::Nothing } else { Legal::Choices(legal) }
        };
        let numbers = |numbers: Vec<usize>| {
            if numbers.is_empty() { Legal::Nothing } else { Legal::Numbers(numbers) }
        };
        let each = |least: usize, most: usize| {
            numbers((least..=most).filter(|&number| legal(&Value::Number(number))).collect())
        };
        // More units need more parameters and change no side: what is legal is one range.
        let up_to = |least: usize, most: usize| {
            let count = partition(most + 1 - least, |i| legal(&Value::Number(least + i)));
            numbers((least..least + count).collect())
        };
        match knob {
            Knob::Connect => choices(Connect::ALL.map(Value::Connect).to_vec()),
            Knob::Maps => up_to(1, MOST_MAPS),
            Knob::Units => up_to(LEAST_UNITS, MOST_UNITS),
            Knob::Kernel => each(1, self.input[1].min(self.input[2])),
            Knob::Stride | Knob::PoolStride => each(1, MOST_STRIDE),
            Knob::Padding => match place {
                Place::Block(block) => {
                    each(0, self.blocks.get(block).map_or(0, |block| block.kernel))
                }
                Place::Hidden(_) => Legal::Nothing,
            },
            Knob::PoolSize => each(2, MOST_POOL),
            Knob::Pool => {
                let kinds = PoolKind::ALL.map(Some);
                choices([None].into_iter().chain(kinds).map(Value::Pool).collect())
            }
            Knob::BatchNorm => choices([false, true].map(Value::Switch).to_vec()),
            Knob::Activation => choices(ACTIVATIONS.map(Value::Activation).to_vec()),
            Knob::Dropout => {
                if [0.0, MOST_DROPOUT].iter().all(|&rate| legal(&Value::Rate(rate))) {
                    Legal::Rates { most: MOST_DROPOUT }
                } else {
                    Legal::Nothing
                }
            }
        }
    }

    /// What is chosen; `None` where there is no such choice.
    #[must_use]
    pub fn value(&self, place: Place, knob: Knob) -> Option<Value> {
        match place {
            Place::Block(index) => self.blocks.get(index)?.value(knob),
            Place::Hidden(index) => self.hidden.get(index)?.value(knob),
        }
    }

    /// The design with another choice; `None` where that is not legal.
    #[must_use]
    pub fn with(&self, place: Place, knob: Knob, value: Value) -> Option<Self> {
        let mut changed = self.clone();
        match place {
            Place::Block(index) => changed.blocks.get_mut(index)?.set(knob, value)?,
            Place::Hidden(index) => changed.hidden.get_mut(index)?.set(knob, value)?,
        }
        changed.if_legal()
    }

    /// Chooses; tells whether that was legal, and changes nothing where it was not.
    pub fn set(&mut self, place: Place, knob: Knob, value: Value) -> bool {
        let Some(changed) = self.with(place, knob, value) else { return false };
        *self = changed;
        true
    }

    /// The design with a new block before block `at`, or behind the last one: one that keeps rows and columns
    /// and has as many maps as the block before it. `None` where that is not legal.
    #[must_use]
    pub fn with_block(&self, at: usize) -> Option<Self> {
        let before = at.checked_sub(1).and_then(|before| self.blocks.get(before));
        let maps = before.or(self.blocks.first()).map_or(8, |block| block.maps);
        let of = |block: Block| {
            let mut design = self.clone();
            (at <= design.blocks.len()).then(|| design.blocks.insert(at, block))?;
            design.if_legal()
        };
        // Where fewer than three rows arrive, a kernel of 1.
        of(Block { padding: 1, ..Block::conv(maps, 3) }).or_else(|| of(Block::conv(maps, 1)))
    }

    /// The design without block `at`; `None` where that is not legal.
    #[must_use]
    pub fn without_block(&self, at: usize) -> Option<Self> {
        let mut design = self.clone();
        (at < design.blocks.len()).then(|| design.blocks.remove(at))?;
        design.if_legal()
    }

    /// The design with a new hidden layer before hidden layer `at`, or behind the last one: 84 units, as
    /// in LeNet. `None` where that is not legal.
    #[must_use]
    pub fn with_hidden(&self, at: usize) -> Option<Self> {
        let mut design = self.clone();
        (at <= design.hidden.len()).then(|| design.hidden.insert(at, Hidden::relu(84)))?;
        design.if_legal()
    }

    /// The design without hidden layer `at`; `None` where that is not legal.
    #[must_use]
    pub fn without_hidden(&self, at: usize) -> Option<Self> {
        let mut design = self.clone();
        (at < design.hidden.len()).then(|| design.hidden.remove(at))?;
        design.if_legal()
    }

    fn if_legal(self) -> Option<Self> {
        self.is_legal().then_some(self)
    }
}

impl Block {
    fn in_range(&self) -> bool {
        let pool_in_range = |pool: BlockPool| {
            (2..=MOST_POOL).contains(&pool.size) && (1..=MOST_STRIDE).contains(&pool.stride)
        };
        (1..=MOST_MAPS).contains(&self.maps)
            && (1..=LARGEST_SIDE).contains(&self.kernel)
            && (1..=MOST_STRIDE).contains(&self.stride)
            // A field in the corner still has a cell of the map.
            && self.padding < self.kernel
            && (0.0..=MOST_DROPOUT).contains(&self.dropout)
            && self.pool.is_none_or(pool_in_range)
    }

    fn value(&self, knob: Knob) -> Option<Value> {
        Some(match knob {
            Knob::Connect => Value::Connect(self.connect),
            Knob::Maps => Value::Number(self.maps),
            Knob::Kernel => Value::Number(self.kernel),
            Knob::Stride => Value::Number(self.stride),
            Knob::Padding => Value::Number(self.padding),
            Knob::BatchNorm => Value::Switch(self.batch_norm),
            Knob::Activation => Value::Activation(self.activation),
            Knob::Pool => Value::Pool(self.pool.map(|pool| pool.kind)),
            Knob::PoolSize => Value::Number(self.pool?.size),
            Knob::PoolStride => Value::Number(self.pool?.stride),
            Knob::Dropout => Value::Rate(self.dropout),
            Knob::Units => return None,
        })
    }

    fn set(&mut self, knob: Knob, value: Value) -> Option<()> {
        match (knob, value) {
            (Knob::Connect, Value::Connect(connect)) => self.connect = connect,
            (Knob::Maps, Value::Number(maps)) => self.maps = maps,
            (Knob::Kernel, Value::Number(kernel)) => self.kernel = kernel,
            (Knob::Stride, Value::Number(stride)) => self.stride = stride,
            (Knob::Padding, Value::Number(padding)) => self.padding = padding,
            (Knob::BatchNorm, Value::Switch(on)) => self.batch_norm = on,
            (Knob::Activation, Value::Activation(activation)) => self.activation = activation,
            (Knob::Pool, Value::Pool(kind)) => {
                let pool = self.pool.unwrap_or(BlockPool::HALVE);
                self.pool = kind.map(|kind| BlockPool { kind, ..pool });
            }
            (Knob::PoolSize, Value::Number(size)) => self.pool.as_mut()?.size = size,
            (Knob::PoolStride, Value::Number(stride)) => self.pool.as_mut()?.stride = stride,
            (Knob::Dropout, Value::Rate(rate)) => self.dropout = rate,
            _ => return None,
        }
        Some(())
    }
}

impl Hidden {
    fn in_range(&self) -> bool {
        (LEAST_UNITS..=MOST_UNITS).contains(&self.units)
            && (0.0..=MOST_DROPOUT).contains(&self.dropout)
    }

    fn value(&self, knob: Knob) -> Option<Value> {
        match knob {
            Knob::Units => Some(Value::Number(self.units)),
            Knob::BatchNorm => Some(Value::Switch(self.batch_norm)),
            Knob::Activation => Some(Value::Activation(self.activation)),
            Knob::Dropout => Some(Value::Rate(self.dropout)),
            Knob::Connect
            | Knob::Maps
            | Knob::Kernel
            | Knob::Stride
            | Knob::Padding
            | Knob::Pool
            | Knob::PoolSize
            | Knob::PoolStride => None,
        }
    }

    fn set(&mut self, knob: Knob, value: Value) -> Option<()> {
        match (knob, value) {
            (Knob::Units, Value::Number(units)) => self.units = units,
            (Knob::BatchNorm, Value::Switch(on)) => self.batch_norm = on,
            (Knob::Activation, Value::Activation(activation)) => self.activation = activation,
            (Knob::Dropout, Value::Rate(rate)) => self.dropout = rate,
            _ => return None,
        }
        Some(())
    }
}

/// How many of the first `count` numbers are true, where none is true behind one that is not.
fn partition(count: usize, is_true: impl Fn(usize) -> bool) -> usize {
    let (mut least, mut most) = (0, count);
    while least < most {
        let middle = usize::midpoint(least, most);
        if is_true(middle) {
            least = middle + 1;
        } else {
            most = middle;
        }
    }
    least
}
