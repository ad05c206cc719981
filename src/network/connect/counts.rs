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
    /// The counts at `stop`; `None` where there is no such layer: no place for a single unit on the image, or
    /// units in tiles that nobody has spread over it.
    #[must_use]
    pub fn counts(&self, stop: Stop) -> Option<Counts> {
        let kinds = match stop {
            // A fully connected unit reads all maps, whatever the table says.
            Stop::Full => vec![(self.kernels, self.image[0])],
            Stop::Field(_) | Stop::Local | Stop::Tiles(_) | Stop::Shared => self.linked(),
        };
        let over_kinds = |each: &dyn Fn(u64, u64) -> Option<Formula>| {
            let terms = kinds.iter().map(|&(maps, linked)| each(maps, linked));
            terms.collect::<Option<Vec<Formula>>>().map(Formula::sum)
        };
        let used = |bias: bool| {
            over_kinds(&|maps, linked| {
                let inputs = self.inputs(stop, linked);
                let with_bias =
                    if bias { Formula::Sum(vec![inputs, number(1, "bias")]) } else { inputs };
                Some(Formula::Product(vec![self.units_of(stop, maps)?, with_bias]))
            })
        };
        let macs = used(false)?;
        let weights = if stop.is_sharing() {
            over_kinds(&|maps, linked| {
                let inputs = self.inputs(stop, linked);
                Some(match self.kernels_of(stop, maps)? {
                    // "100", not "1 × 100".
                    Formula::Number { value: 1, .. } => inputs,
                    kernels => Formula::Product(vec![kernels, inputs]),
                })
            })?
        } else {
            macs.clone()
        };
        let biases = match (self.bias, stop.is_sharing()) {
            (false, _) => Formula::zero(),
            (true, false) => self.units_of(stop, self.kernels)?,
            (true, true) => self.kernels_of(stop, self.kernels)?,
        };
        let bytes = Formula::Product(vec![
            weights.clone(),
            number(self.bytes_per_weight, "bytes per weight"),
        ]);
        Some(Counts { weights, biases, connections: used(self.bias)?, macs, bytes })
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
    fn units_of(&self, stop: Stop, maps: u64) -> Option<Formula> {
        let pixels = || vec![number(self.image[1], "rows"), number(self.image[2], "columns")];
        Some(match &self.border {
            Border::Ignored(Hidden::Units(units)) => number(*units, "hidden units"),
            Border::Ignored(Hidden::MapPerKernel) if stop.is_sharing() && maps > 1 => {
                Formula::Dot(std::iter::once(number(maps, "maps")).chain(pixels()).collect())
            }
            Border::Ignored(Hidden::LikeImage | Hidden::MapPerKernel) => Formula::Dot(pixels()),
            Border::Same | Border::Valid | Border::Padded(_) => {
                let [_, rows, columns] = self.true_shape()?;
                Formula::Dot(vec![
                    number(maps, "maps"),
                    number(rows, "rows"),
                    number(columns, "columns"),
                ])
            }
        })
    }

    /// The kernels of `maps` of all maps, where units share them.
    fn kernels_of(&self, stop: Stop, maps: u64) -> Option<Formula> {
        let [down, across] = self.tiles(stop)?;
        Some(match [down, across] {
            [1, 1] => number(maps, "kernels"),
            _ => Formula::Dot(vec![
                number(maps, "maps"),
                number(down, "tiles down"),
                number(across, "tiles across"),
            ]),
        })
    }

    /// Rows and columns of tiles in which units share a kernel; `None` where nobody shares, or where the
    /// units have no places that could be tiled.
    fn tiles(&self, stop: Stop) -> Option<[u64; 2]> {
        match stop {
            Stop::Full | Stop::Field(_) | Stop::Local => None,
            Stop::Tiles([down, across]) => {
                let [_, rows, columns] = self.arrangement(stop)?;
                Some([rows.div_ceil(down.max(1)), columns.div_ceil(across.max(1))])
            }
            Stop::Shared => Some([1, 1]),
        }
    }
}

fn number(value: u64, name: &'static str) -> Formula {
    Formula::Number { value: value.into(), name: Some(name) }
}
