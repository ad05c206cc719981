//! The way from fully connected to shared, in true stops: first the field shrinks, then more and more
//! units share a kernel.

use serde::{Deserialize, Serialize};

use super::Setting;

/// One way to connect the layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// Every unit reads the whole image.
    Full,
    /// Every unit has a field of its own of so many rows and columns, as a rule larger than the one in
    /// question.
    Field([u64; 2]),
    /// Every unit has a field of its own.
    Local,
    /// Units in tiles of so many rows and columns share a kernel.
    Tiles([u64; 2]),
    /// All units of a map share one kernel: a convolution.
    #[default]
    Shared,
}

/// The most stops between two of the three ends.
const MOST_FIELDS: usize = 5;
const MOST_TILES: usize = 4;

impl Stop {
    /// Whether units use each other's weights.
    #[must_use]
    pub const fn is_sharing(self) -> bool {
        match self {
            Self::Full | Self::Field(_) | Self::Local => false,
            Self::Tiles(_) | Self::Shared => true,
        }
    }
}

impl Setting {
    /// All stops, from fully connected to shared.
    #[must_use]
    pub fn stops(&self) -> Vec<Stop> {
        let [_, rows, columns] = self.image;
        let (longest, least) = (rows.max(columns), self.field[0].max(self.field[1]));
        let fields = thinned(round_numbers(least, longest), MOST_FIELDS);
        // Larger fields have no holes, so they are of use only where the one in question has none.
        let fields = fields.into_iter().rev().filter(|_| self.dilation == [1, 1]);
        let fields = fields
            .map(|side| [side.min(rows), side.min(columns)])
            // Over padding, the one in question may be larger than the image.
            .filter(|field| field[0] >= self.field[0] && field[1] >= self.field[1])
            .map(Stop::Field);
        let tiles = match self.arrangement(Stop::Shared) {
            Some([_, rows, columns]) => {
                let longest = rows.max(columns);
                let sides = (1..64).map(|power| 1_u64 << power).take_while(|&side| side < longest);
                thinned(sides.collect(), MOST_TILES)
                    .into_iter()
                    .map(|side| Stop::Tiles([side.min(rows), side.min(columns)]))
                    .collect()
            }
            None => Vec::new(),
        };
        std::iter::once(Stop::Full)
            .chain(fields)
            .chain([Stop::Local])
            .chain(tiles)
            .chain([Stop::Shared])
            .collect()
    }

    /// The place of `stop` among [`Setting::stops`]; one that this setting does not have is taken for the
    /// nearest of the three ends.
    #[must_use]
    pub fn place_of(&self, stop: Stop) -> usize {
        let stops = self.stops();
        let place = |stop| stops.iter().position(|&known| known == stop);
        let end = match stop {
            Stop::Full => Stop::Full,
            Stop::Field(_) | Stop::Local => Stop::Local,
            Stop::Tiles(_) | Stop::Shared => Stop::Shared,
        };
        place(stop).or_else(|| place(end)).unwrap_or(0)
    }
}

/// 1, 2 and 5 times powers of ten, strictly between two numbers, ascending.
fn round_numbers(above: u64, below: u64) -> Vec<u64> {
    let powers = (0..18).map(|power| 10_u64.pow(power));
    powers
        .flat_map(|power| [power, 2 * power, 5 * power])
        .filter(|&number| above < number && number < below)
        .collect()
}

/// At most so many, evenly chosen, the first and the last among them.
fn thinned(all: Vec<u64>, most: usize) -> Vec<u64> {
    if all.len() <= most {
        return all;
    }
    (0..most).map(|i| all[i * (all.len() - 1) / (most - 1)]).collect()
}
