//! The gradient of one trained number: one product for every place where it was used.

use super::super::ExplainError;
use super::Pass;
use crate::network::connectivity::weight_shapes;
use crate::network::{Conv, Layer, Node, Shape, Unit, Window};

/// What one use of a parameter adds to its gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BackTerm {
    /// The unit that used it.
    pub unit: Unit,
    /// The unit of the node before whose value stood under it; `None` in the padding, and for a bias.
    pub source: Option<Unit>,
    /// False where padding stood under it.
    pub inside: bool,
    /// ∂L/∂sum of the unit.
    pub gradient: f64,
    /// What stood under it: 1 for a bias, the normalised value for a γ.
    pub value: f64,
    /// gradient × value
    pub product: f64,
}

/// The gradient of one parameter, taken apart.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightGradient {
    /// In the order of the units that used it.
    pub terms: Vec<BackTerm>,
    /// ∂L/∂parameter: all products together.
    pub sum: f64,
}

impl Pass<'_> {
    /// The gradient of number `index` of tensor `part` (`weight`, `bias`, `coefficient`, `gamma`, `beta`)
    /// of a node, counted as in weight files. A weight of two maps that a channel table does not link is
    /// used nowhere.
    ///
    /// # Errors
    /// A number that the node does not have, or weights of another network.
    pub fn weight_gradient(
        &self,
        node: usize,
        part: &str,
        index: usize,
    ) -> Result<WeightGradient, ExplainError> {
        let uses = Uses::of(self, node, part, index)?;
        let terms = match uses.layer() {
            Layer::Conv(_) | Layer::Subsample(_) if part == "bias" => {
                uses.of_map(index, |_, _| None)
            }
            Layer::Local(_) | Layer::Linear(_) if part == "bias" => {
                vec![uses.alone(unit_at(uses.node().output, index))]
            }
            Layer::Conv(conv) => uses.of_kernel(conv),
            Layer::Local(local) => {
                let [own, channel, i, j] = uses.place(kernel(uses.input[0], &local.window));
                let [c, y, x] = unit_at(uses.node().output, own);
                vec![uses.term([c, y, x], under(&local.window, channel, [y, x], [i, j]))]
            }
            Layer::Linear(_) => {
                let inputs: usize = uses.input.iter().product();
                let unit = unit_at(uses.node().output, index / inputs);
                let source = unit_at(uses.input, index % inputs).map(|at| at as i64);
                vec![uses.term(unit, source)]
            }
            Layer::Subsample(window) => uses.of_map(index, |y, x| {
                let [rows, columns] =
                    [(0, y), (1, x)].map(|(axis, at)| window.taps(axis, at as i64));
                let cell = |y| columns.positions().map(move |x| [index as i64, y, x]);
                Some(rows.positions().flat_map(cell).collect())
            }),
            Layer::BatchNorm { .. } if part == "beta" => uses.of_map(index, |_, _| None),
            Layer::BatchNorm { epsilon } => uses.normalised(*epsilon)?,
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
        };
        let sum = terms.iter().map(|term| term.product).sum();
        Ok(WeightGradient { terms, sum })
    }
}

/// One parameter of one node.
struct Uses<'a> {
    pass: &'a Pass<'a>,
    index: usize,
    /// Index of the node, and of the node that it reads.
    at: usize,
    before: usize,
    /// What arrives.
    input: Shape,
}

impl<'a> Uses<'a> {
    fn of(pass: &'a Pass<'a>, node: usize, part: &str, index: usize) -> Result<Self, ExplainError> {
        let missing = || ExplainError::NoParameter {
            tensor: format!("{}.{part}", pass.network.nodes()[node].name),
            index,
        };
        let shapes = weight_shapes(pass.network, node);
        let (_, shape) = shapes.iter().find(|(name, _)| *name == part).ok_or_else(missing)?;
        if index >= shape.iter().product() {
            return Err(missing());
        }
        let &before = pass.network.nodes()[node].inputs.first().ok_or_else(missing)?;
        Ok(Self { pass, index, at: node, before, input: pass.network.nodes()[before].output })
    }

    fn node(&self) -> &'a Node {
        &self.pass.network.nodes()[self.at]
    }

    fn layer(&self) -> &'a Layer {
        &self.node().layer
    }

    /// Where the parameter stands in a tensor `[any, slots, rows, columns]`.
    fn place(&self, [slots, rows, columns]: [usize; 3]) -> [usize; 4] {
        let (kernel, area) = (self.index / (rows * columns), self.index % (rows * columns));
        [kernel / slots, kernel % slots, area / columns, area % columns]
    }

    /// A use over one cell of what arrives, which may lie in the padding.
    fn term(&self, unit: Unit, cell: [i64; 3]) -> BackTerm {
        let value = self.pass.value(self.before, cell);
        let source = value.map(|_| cell.map(|at| at as usize));
        self.weighed(unit, source, value.is_some(), value.unwrap_or(0.0))
    }

    /// A use over nothing, as of a bias.
    fn alone(&self, unit: Unit) -> BackTerm {
        self.weighed(unit, None, true, 1.0)
    }

    fn weighed(&self, unit: Unit, source: Option<Unit>, inside: bool, value: f64) -> BackTerm {
        let gradient = self.pass.at_sum(self.at, unit);
        BackTerm { unit, source, inside, gradient, value, product: gradient * value }
    }

    /// The uses by all units of a map, each over the cells that `cells` gives, or over nothing.
    fn of_map(
        &self,
        map: usize,
        cells: impl Fn(usize, usize) -> Option<Vec<[i64; 3]>>,
    ) -> Vec<BackTerm> {
        let [_, rows, columns] = self.node().output;
        let mut terms = Vec::new();
        for [y, x] in (0..rows).flat_map(|y| (0..columns).map(move |x| [y, x])) {
            match cells(y, x) {
                Some(cells) => {
                    terms.extend(cells.into_iter().map(|cell| self.term([map, y, x], cell)));
                }
                None => terms.push(self.alone([map, y, x])),
            }
        }
        terms
    }

    /// The uses of a weight of a convolution by all units of its map.
    fn of_kernel(&self, conv: &Conv) -> Vec<BackTerm> {
        let [arriving, ..] = self.input;
        let [map, slot, i, j] = self.place(kernel(conv.slots(arriving), &conv.window));
        let Some(channel) = conv.channels.channel(map, slot, conv.maps, arriving) else {
            return Vec::new();
        };
        self.of_map(map, |y, x| Some(vec![under(&conv.window, channel, [y, x], [i, j])]))
    }

    /// The uses of a γ, over (x − μ)/√(σ² + ε).
    fn normalised(&self, epsilon: f64) -> Result<Vec<BackTerm>, ExplainError> {
        let stored = |part: &str| {
            let name = &self.node().name;
            let array = self.pass.weights.get(name, part);
            let value = array.and_then(|array| array.values().get(self.index));
            value
                .copied()
                .map(f64::from)
                .ok_or_else(|| ExplainError::NoWeight { tensor: format!("{name}.{part}") })
        };
        let (mean, variance) = (stored("running_mean")?, stored("running_variance")?);
        let scale = 1.0 / (variance + epsilon).sqrt();
        let own = |y, x| Some(vec![[self.index, y, x].map(|at| at as i64)]);
        let mut terms = self.of_map(self.index, own);
        for term in &mut terms {
            term.value = (term.value - mean) * scale;
            term.product = term.gradient * term.value;
        }
        Ok(terms)
    }
}

/// The sides of a kernel: maps it is linked to, rows, columns.
fn kernel(slots: usize, window: &Window) -> [usize; 3] {
    [slots, window.kernel[0], window.kernel[1]]
}

/// The cell that stands under place `tap` of a unit's window.
fn under(window: &Window, channel: usize, unit: [usize; 2], tap: [usize; 2]) -> [i64; 3] {
    let along = |axis: usize| {
        let taps = window.taps(axis, unit[axis] as i64);
        taps.start + tap[axis] as i64 * taps.step
    };
    [channel as i64, along(0), along(1)]
}

/// The unit at a place of flattened maps.
fn unit_at([_, rows, columns]: Shape, place: usize) -> Unit {
    [place / (rows * columns), place / columns % rows, place % columns]
}
