//! The same digit through a fully connected, a locally connected and a convolutional layer: what
//! sharing buys besides fewer weights.
//!
//! All three make a map of 28 × 28 from an image of 32 × 32, as C1 of LeNet-5 does. Nothing is trained:
//! the weights are the portable seeded ones (contract, §5), so that whoever likes can make them again.

use std::sync::LazyLock;

use crate::array::Array;
use crate::array::portable::{fnv1a64, splitmix64, symmetric};

/// Rows and columns of the image that the layers are made for.
pub const IMAGE: usize = 32;
/// Rows and columns of a unit's field.
pub const FIELD: usize = 5;
/// Rows and columns of the map that is made.
pub const MAP: usize = IMAGE - FIELD + 1;

const SEED: u64 = 1;
/// Outputs that differ by less than this are equal: rounding aside, they are.
const SAME: f32 = 1e-5;

/// The weights of one map, three ways.
#[derive(Clone, Debug)]
pub struct ThreeWays {
    /// `[unit, pixel]`.
    full: Vec<f32>,
    /// `[unit, row, column]`.
    local: Vec<f32>,
    /// `[row, column]`.
    shared: Vec<f32>,
}

/// One weight of one unit, turned by so much. Where the weight is shared, all units are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Turned {
    /// Row and column of the unit.
    pub unit: [usize; 2],
    /// Row and column in its kernel.
    pub weight: [usize; 2],
    pub by: f32,
}

/// A map `[1, h, w]` from each layer; `None` where it has no weights for an image of this size.
#[derive(Clone, Debug, PartialEq)]
pub struct Maps {
    pub full: Option<Array>,
    pub local: Option<Array>,
    pub shared: Option<Array>,
}

static SEEDED: LazyLock<ThreeWays> = LazyLock::new(|| {
    let units = MAP * MAP;
    let fan_in = FIELD * FIELD;
    ThreeWays {
        full: seeded("full.weight", units * IMAGE * IMAGE, IMAGE * IMAGE),
        local: seeded("local.weight", units * fan_in, fan_in),
        shared: seeded("conv.weight", fan_in, fan_in),
    }
});

fn seeded(name: &str, count: usize, fan_in: usize) -> Vec<f32> {
    let start = fnv1a64(name) ^ SEED;
    let reach = (3.0 / fan_in as f64).sqrt();
    let number = |i: usize| (reach * symmetric(splitmix64(start.wrapping_add(i as u64)))) as f32;
    (0..count).map(number).collect()
}

impl ThreeWays {
    /// The seeded weights.
    #[must_use]
    pub fn seeded() -> &'static Self {
        &SEEDED
    }

    /// The kernel of the unit at a row and column: of the locally connected layer, and the shared one.
    #[must_use]
    pub fn kernels(&self, [y, x]: [usize; 2]) -> [&[f32]; 2] {
        let area = FIELD * FIELD;
        let unit = y.min(MAP - 1) * MAP + x.min(MAP - 1);
        [&self.local[unit * area..][..area], &self.shared]
    }

    /// What each layer makes of `image` `[1, h, w]`, before any activation and without bias.
    #[must_use]
    pub fn run(&self, image: &Array, turned: Option<Turned>) -> Maps {
        let [_, h, w] = image.chw();
        let fits = h == IMAGE && w == IMAGE;
        let pixels = image.values();
        let maps = Maps {
            full: fits.then(|| self.fully(pixels)),
            local: fits.then(|| self.locally(pixels)),
            shared: (h >= FIELD && w >= FIELD).then(|| self.shared([h, w], pixels)),
        };
        turned.map_or_else(|| maps.clone(), |turned| self.turn(image, &maps, turned))
    }

    /// What becomes of `maps`, made of `image`, when a weight is turned: as layers are linear, every unit that
    /// uses it has so much more. A unit that reads the whole image has the weight, too: its field is a part of
    /// that.
    #[must_use]
    pub fn turn(&self, image: &Array, maps: &Maps, turned: Turned) -> Maps {
        let more = |map: &Array, unit: usize| {
            let [_, _, columns] = map.chw();
            map.values()[unit] + turned.by * under(image, unit, columns, turned)
        };
        let own = turned.unit[0] * MAP + turned.unit[1];
        let one = |map: &Array| {
            let turned = |unit| if unit == own { more(map, unit) } else { map.values()[unit] };
            Array::from_fn(&map.chw(), turned)
        };
        Maps {
            full: maps.full.as_ref().map(one),
            local: maps.local.as_ref().map(one),
            shared: maps
                .shared
                .as_ref()
                .map(|map| Array::from_fn(&map.chw(), |unit| more(map, unit))),
        }
    }

    fn fully(&self, pixels: &[f32]) -> Array {
        Array::from_fn(&[1, MAP, MAP], |unit| {
            let weights = &self.full[unit * pixels.len()..][..pixels.len()];
            weights.iter().zip(pixels).map(|(w, x)| w * x).sum()
        })
    }

    fn locally(&self, pixels: &[f32]) -> Array {
        let area = FIELD * FIELD;
        Array::from_fn(&[1, MAP, MAP], |unit| {
            window_sum(&self.local[unit * area..][..area], IMAGE, pixels, unit, MAP)
        })
    }

    fn shared(&self, [h, w]: [usize; 2], pixels: &[f32]) -> Array {
        let (rows, columns) = (h - FIELD + 1, w - FIELD + 1);
        Array::from_fn(&[1, rows, columns], |unit| {
            window_sum(&self.shared, w, pixels, unit, columns)
        })
    }
}

/// The pixel under a unit's turned weight, on a map of so many columns.
fn under(image: &Array, unit: usize, columns: usize, turned: Turned) -> f32 {
    image.at([0, unit / columns + turned.weight[0], unit % columns + turned.weight[1]])
}

fn window_sum(kernel: &[f32], w: usize, pixels: &[f32], unit: usize, columns: usize) -> f32 {
    let (y, x) = (unit / columns, unit % columns);
    (0..FIELD)
        .map(|ky| {
            let row = &pixels[(y + ky) * w + x..][..FIELD];
            kernel[ky * FIELD..][..FIELD].iter().zip(row).map(|(k, p)| k * p).sum::<f32>()
        })
        .sum()
}

/// `image` `[1, h, w]` moved down and to the right; what comes in has the value of `paper`.
#[must_use]
pub fn shifted(image: &Array, [dy, dx]: [i32; 2], paper: f32) -> Array {
    let [_, h, w] = image.chw();
    let values = image.values();
    Array::from_fn(&[1, h, w], |i| {
        let (y, x) = ((i / w) as i32 - dy, (i % w) as i32 - dx);
        let inside = (0..h as i32).contains(&y) && (0..w as i32).contains(&x);
        if inside { values[y as usize * w + x as usize] } else { paper }
    })
}

/// How many units of two maps of one shape have different values.
#[must_use]
pub fn changed(before: &Array, after: &Array) -> usize {
    before.values().iter().zip(after.values()).filter(|(a, b)| (*a - *b).abs() > SAME).count()
}

/// Whether the map moved along with the image: of the units whose old place is on the map, how many have
/// the value that stood there, and how many there are.
#[must_use]
pub fn moved_along(before: &Array, after: &Array, [dy, dx]: [i32; 2]) -> [usize; 2] {
    let [_, h, w] = before.chw();
    let (old, new) = (before.values(), after.values());
    let mut along = [0, 0];
    for (i, value) in new.iter().enumerate() {
        let (y, x) = ((i / w) as i32 - dy, (i % w) as i32 - dx);
        if (0..h as i32).contains(&y) && (0..w as i32).contains(&x) {
            let same = (old[y as usize * w + x as usize] - value).abs() <= SAME;
            along[0] += usize::from(same);
            along[1] += 1;
        }
    }
    along
}
