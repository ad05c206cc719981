//! What a layer costs at each stop, as formulas (contract §4, `parameters`).

use super::{Border, Hidden, Setting, SettingError, Stop};
use crate::network::Formula;

/// The counts of one layer, connected in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    pub weights: Formula,
    pub biases: Formula,
    /// One per input of each unit, those in the padding included, and one for its bias.
    pub connections: Formula,
    /// One per use of a weight.
    pub macs: Formula,
    /// Of the weights; biases not counted.
    pub bytes: Formula,
}

impl Counts {
    /// Weights and biases.
    #[must_use]
    pub fn params(&self) -> Formula {
        Formula::Sum(vec![self.weights.clone(), self.biases.clone()])
    }

    /// # Errors
    /// If one of them exceeds 10³⁰.
    pub fn check(&self) -> Result<(), SettingError> {
        for count in [&self.weights, &self.biases, &self.connections, &self.macs, &self.bytes] {
            count.value()?;
        }
        self.params().value()?;
        Ok(())
    }
}

impl Setting {
    /// The counts at `stop`.
    #[must_use]
    pub fn counts(&self, stop: Stop) -> Counts {
        let kinds = match stop {
            // A fully connected unit reads all maps, whatever the table says.
            Stop::Full => vec![(self.kernels, self.image[0])],
            Stop::Field(_) | Stop::Local | Stop::Tiles(_) | Stop::Shared => self.linked(),
        };
        let over_kinds = |each: &dyn Fn(u64, u64) -> Formula| {
            Formula::sum(kinds.iter().map(|&(maps, linked)| each(maps, linked)).collect())
        };
        let inputs = |linked| self.inputs(stop, linked);
        let used = |bias: bool| {
            over_kinds(&|maps, linked| {
                let inputs = inputs(linked);
                let with_bias =
                    if bias { Formula::Sum(vec![inputs, number(1, "bias")]) } else { inputs };
                Formula::Product(vec![self.units_of(stop, maps), with_bias])
            })
        };
        let weights = match stop {
            Stop::Full | Stop::Field(_) | Stop::Local => used(false),
            Stop::Tiles(_) | Stop::Shared => over_kinds(&|maps, linked| {
                let kernels = match self.tiles(stop) {
                    Some([1, 1]) | None => number(maps, "kernels"),
                    Some([rows, columns]) => Formula::Dot(vec![
                        number(maps, "maps"),
                        number(rows, "tiles down"),
                        number(columns, "tiles across"),
                    ]),
                };
                match (maps, kernels) {
                    // "100", not "1 × 100".
                    (1, Formula::Number { value: 1, .. }) => inputs(linked),
                    (_, kernels) => Formula::Product(vec![kernels, inputs(linked)]),
                }
            }),
        };
        let biases = match (self.bias, stop) {
            (false, _) => Formula::zero(),
            (true, Stop::Full | Stop::Field(_) | Stop::Local) => self.units_of(stop, self.kernels),
            (true, Stop::Tiles(_) | Stop::Shared) => match self.tiles(stop) {
                Some([1, 1]) | None => number(self.kernels, "kernels"),
                Some([rows, columns]) => Formula::Dot(vec![
                    number(self.kernels, "maps"),
                    number(rows, "tiles down"),
                    number(columns, "tiles across"),
                ]),
            },
        };
        let bytes = Formula::Product(vec![
            weights.clone(),
            number(self.bytes_per_weight, "bytes per weight"),
        ]);
        Counts { weights, biases, connections: used(self.bias), macs: used(false), bytes }
    }

    /// What one unit reads.
    fn inputs(&self, stop: Stop, linked: u64) -> Formula {
        let ([rows, columns], names) = match stop {
            Stop::Full => ([self.image[1], self.image[2]], ["image rows", "image columns"]),
            Stop::Field(field) => (field, ["field rows", "field columns"]),
            Stop::Local | Stop::Tiles(_) | Stop::Shared => {
                (self.field, ["field rows", "field columns"])
            }
        };
        let area = [number(rows, names[0]), number(columns, names[1])];
        let channels = (linked > 1).then(|| number(linked, "channels"));
        Formula::Dot(channels.into_iter().chain(area).collect())
    }

    /// The units of `maps` of all maps.
    fn units_of(&self, stop: Stop, maps: u64) -> Formula {
        let pixels = || vec![number(self.image[1], "rows"), number(self.image[2], "columns")];
        match &self.border {
            Border::Ignored(Hidden::Units(units)) => number(*units, "hidden units"),
            Border::Ignored(Hidden::MapPerKernel) if stop.is_sharing() && maps > 1 => {
                Formula::Dot(std::iter::once(number(maps, "maps")).chain(pixels()).collect())
            }
            Border::Ignored(Hidden::LikeImage | Hidden::MapPerKernel) => Formula::Dot(pixels()),
            Border::Same | Border::Valid | Border::Padded(_) => {
                let [_, rows, columns] = self.true_shape().unwrap_or([0, 0, 0]);
                Formula::Dot(vec![
                    number(maps, "maps"),
                    number(rows, "rows"),
                    number(columns, "columns"),
                ])
            }
        }
    }

    /// Rows and columns of tiles in which units share a kernel, where their places are known.
    fn tiles(&self, stop: Stop) -> Option<[u64; 2]> {
        let [_, rows, columns] = match stop {
            Stop::Tiles(_) => self.arrangement(stop)?,
            Stop::Shared => return Some([1, 1]),
            Stop::Full | Stop::Field(_) | Stop::Local => return None,
        };
        let Stop::Tiles(tile) = stop else { return None };
        Some([rows.div_ceil(tile[0].max(1)), columns.div_ceil(tile[1].max(1))])
    }
}

fn number(value: u64, name: &'static str) -> Formula {
    Formula::Number { value: value.into(), name: Some(name) }
}
