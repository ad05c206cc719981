//! The gradient at one unit: what it hands back to what it read, and what it gets from all that read it.

use super::super::{ExplainError, explain};
use super::{Pass, derivative};
use crate::network::connectivity::{Taps, reads};
use crate::network::{Layer, Unit};

/// What one value that a unit read gets of its gradient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// Node and unit that it came from; `None` in the padding, where it is lost.
    pub source: Option<(usize, Unit)>,
    /// How much the unit's sum moves with the value: 1 for the cell that a max pooling took, else 0; one
    /// part of n for an average; the weight where there is one.
    pub share: f64,
    /// share × ∂L/∂sum of the unit
    pub gradient: f64,
}

/// A unit that read another one, and what it hands back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reader {
    pub node: usize,
    pub unit: Unit,
    /// How much its sum moves with what it read: the weight between the two, where there is one.
    pub weight: f64,
    /// ∂L/∂sum of the reader.
    pub gradient: f64,
    /// weight × gradient
    pub product: f64,
}

/// The gradient that arrives at the output of a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitGradient {
    /// In the order of the nodes, and of the units there. A unit that reads it twice stands twice.
    pub terms: Vec<Reader>,
    /// ∂L/∂output: all products together. The scores get theirs from the loss, and have no terms.
    pub sum: f64,
}

impl Pass<'_> {
    /// How the gradient of a unit's sum is shared out among what it read: by a max pooling all of it to the
    /// first largest value, by an average in equal parts.
    ///
    /// # Errors
    /// A unit outside its layer, the input, or weights of another network.
    pub fn routing(&self, node: usize, unit: Unit) -> Result<Vec<Share>, ExplainError> {
        let e = explain(self.network, self.weights, self.trace, node, unit)?;
        let gradient = self.at_sum(node, unit);
        let share = |term| {
            let share = derivative(self.network, &e, term);
            Share { source: term.source_unit(), share, gradient: share * gradient }
        };
        Ok(e.terms.iter().map(share).collect())
    }

    /// The gradient of a unit's output as the sum over the units that read it.
    ///
    /// # Errors
    /// A unit outside its layer, or weights of another network.
    pub fn unit_gradient(&self, node: usize, unit: Unit) -> Result<UnitGradient, ExplainError> {
        self.check(node, unit)?;
        let mut terms = Vec::new();
        // Behind the scores nothing comes back.
        for reader in node + 1..=self.network.scores() {
            for (input, &source) in self.network.nodes()[reader].inputs.iter().enumerate() {
                if source == node {
                    self.readers(reader, input, (node, unit), &mut terms)?;
                }
            }
        }
        let sum = terms.iter().map(|term| term.product).sum();
        Ok(UnitGradient { terms, sum })
    }

    /// Appends the units of node `reader` that read `unit` through input number `input`.
    fn readers(
        &self,
        reader: usize,
        input: usize,
        (source, unit): (usize, Unit),
        terms: &mut Vec<Reader>,
    ) -> Result<(), ExplainError> {
        let [maps, rows, columns] = self.network.nodes()[reader].output;
        let [channel, row, column] = unit;
        for c in 0..maps {
            let from = |y: usize, x: usize| {
                let mut all = reads(self.network, reader, c, y as i64, x as i64).into_iter();
                all.find(|reads| reads.input == input)
            };
            let Some(slot) = from(0, 0)
                .and_then(|reads| reads.channels.iter().position(|&read| read == channel))
            else {
                continue;
            };
            // Rows say nothing about columns.
            let along = |side: usize, taps: &dyn Fn(usize) -> Option<Taps>, at: usize| {
                let hit = |place: usize| Some((place, tap(taps(place)?, at as i64)?));
                (0..side).filter_map(hit).collect::<Vec<_>>()
            };
            let across = along(columns, &|x| Some(from(0, x)?.columns), column);
            for (y, i) in along(rows, &|y| Some(from(y, 0)?.rows), row) {
                for &(x, j) in &across {
                    let at = [c, y, x];
                    let weight = match self.stored(reader, at, [slot, i, j])? {
                        Some(weight) => weight,
                        None => self.moved(reader, at, (source, unit))?,
                    };
                    let gradient = self.at_sum(reader, at);
                    let product = weight * gradient;
                    terms.push(Reader { node: reader, unit: at, weight, gradient, product });
                }
            }
        }
        Ok(())
    }

    /// The weight that unit `at` gives to a tap; `None` for kinds that store none between two units.
    fn stored(
        &self,
        node: usize,
        at: Unit,
        [slot, i, j]: [usize; 3],
    ) -> Result<Option<f64>, ExplainError> {
        let known = &self.network.nodes()[node];
        let [arriving, h, w] = self.network.input_shapes(node)[0];
        let [_, rows, columns] = known.output;
        let own = (at[0] * rows + at[1]) * columns + at[2];
        let index = match &known.layer {
            Layer::Conv(conv) => {
                let place = conv.links(at[0], arriving).get(slot).map_or(0, |link| link.slot);
                let [kh, kw] = conv.window.kernel;
                ((at[0] * conv.slots(arriving) + place) * kh + i) * kw + j
            }
            Layer::Local(local) => {
                let [kh, kw] = local.window.kernel;
                ((own * arriving + slot) * kh + i) * kw + j
            }
            Layer::Linear(_) => ((own * arriving + slot) * h + i) * w + j,
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
            | Layer::PadChannels { .. } => return Ok(None),
        };
        let weight = self.weights.get(&known.name, "weight");
        match weight.and_then(|weight| weight.values().get(index)) {
            Some(&weight) => Ok(Some(weight.into())),
            None => Err(ExplainError::NoWeight { tensor: format!("{}.weight", known.name) }),
        }
    }

    /// How much the sum of unit `at` moves with one value that it reads, for kinds whose units read few.
    fn moved(&self, node: usize, at: Unit, source: (usize, Unit)) -> Result<f64, ExplainError> {
        let e = explain(self.network, self.weights, self.trace, node, at)?;
        // A sum may read a value twice: both terms are alike.
        let term = e.terms.iter().find(|term| term.source_unit() == Some(source));
        Ok(term.map_or(0.0, |term| derivative(self.network, &e, term)))
    }
}

/// Which of the taps stands at a position.
fn tap(taps: Taps, position: i64) -> Option<usize> {
    taps.positions().position(|tap| tap == position)
}
