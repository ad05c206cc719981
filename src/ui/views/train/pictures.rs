//! The weights of a layer as pictures, and where each cell of a picture stands in the weight.

use egui::{Color32, ColorImage};

use crate::array::{Range, Weights};
use crate::network::{Layer, Network};
use crate::render::Scale;
use crate::ui::widgets::colour;

/// Pictures that are drawn of a layer at most: the others are counted.
const MOST: usize = 32;
/// The same of mosaics, which have a kernel for each place.
const MOST_MOSAICS: usize = 6;

/// A weight as pictures of rows and columns, one per output.
pub struct Pictures<'a> {
    /// What they are.
    pub key: &'static str,
    pub columns: usize,
    /// Cells of each; the last row may be shorter.
    pub cells: usize,
    /// How many there are, and how many of them are drawn.
    pub count: usize,
    pub shown: usize,
    layout: Layout,
    values: &'a [f32],
}

/// Where the cells of a picture stand in the weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    /// One after the other; so many numbers further on begins the next picture.
    Rows { each: usize, cells: usize },
    /// A kernel of the first input map for each place, all beside each other:
    /// `[pictures, rows, columns, inputs, h, w]`.
    Mosaic { rows: usize, columns: usize, inputs: usize, h: usize, w: usize },
}

impl Layout {
    /// The place in the weight of a cell of a picture.
    fn index_of(self, [picture, cell]: [usize; 2]) -> usize {
        match self {
            Self::Rows { each, .. } => picture * each + cell,
            Self::Mosaic { rows, columns, inputs, h, w } => {
                let (y, x) = (cell / (columns * w), cell % (columns * w));
                let place = (picture * rows + y / h) * columns + x / w;
                place * inputs * h * w + (y % h) * w + x % w
            }
        }
    }

    /// The picture and the cell of a number of the weight; `None` where it is in none, as those of other
    /// input maps.
    fn place_of(self, index: usize) -> Option<[usize; 2]> {
        match self {
            Self::Rows { each, cells } => {
                let (picture, cell) = (index / each, index % each);
                (cell < cells).then_some([picture, cell])
            }
            Self::Mosaic { rows, columns, inputs, h, w } => {
                let (place, tap) = (index / (inputs * h * w), index % (inputs * h * w));
                let (picture, row, column) =
                    (place / (rows * columns), place / columns % rows, place % columns);
                let (y, x) = (row * h + tap / w, column * w + tap % w);
                (tap < h * w).then_some([picture, y * columns * w + x])
            }
        }
    }
}

impl<'a> Pictures<'a> {
    /// Of a convolution one per map (the first input's, where it has several), of a local layer the mosaic of
    /// one map, of a fully connected layer the weights of each unit as they lie on its input.
    pub fn of(network: &Network, weights: &'a Weights, node: usize) -> Option<Self> {
        let described = &network.nodes()[node];
        let weight = weights.get(&described.name, "weight")?;
        let values = weight.values();
        match (&described.layer, weight.shape()) {
            (Layer::Conv(_), &[maps, inputs, h, w]) => {
                let key = if inputs == 1 { "train-kernels" } else { "train-kernels-first" };
                let layout = Layout::Rows { each: inputs * h * w, cells: h * w };
                let shown = maps.min(MOST);
                Some(Self { key, columns: w, cells: h * w, count: maps, shown, layout, values })
            }
            (Layer::Local(_), &[maps, rows, columns, inputs, h, w]) => Some(Self {
                key: "train-mosaic",
                columns: columns * w,
                cells: rows * h * columns * w,
                count: maps,
                shown: maps.min(MOST_MOSAICS),
                layout: Layout::Mosaic { rows, columns, inputs, h, w },
                values,
            }),
            (Layer::Linear(_), &[units, inputs]) => {
                let [c, h, w] = network.nodes()[described.inputs[0]].output;
                // Of a vector, a row of numbers folded into a square.
                let is_map = h * w > 1;
                let side = if is_map { w } else { (inputs as f64).sqrt().ceil() as usize };
                let cells = if is_map { h * w } else { inputs };
                let first = is_map && c > 1;
                let key = if first { "train-unit-weights-first" } else { "train-unit-weights" };
                let layout = Layout::Rows { each: inputs, cells };
                let (columns, shown) = (side.max(1), units.min(MOST));
                Some(Self { key, columns, cells, count: units, shown, layout, values })
            }
            _ => None,
        }
    }

    pub fn rows(&self) -> usize {
        self.cells.div_ceil(self.columns)
    }

    pub fn index_of(&self, picture: usize, cell: usize) -> usize {
        self.layout.index_of([picture, cell])
    }

    pub fn place_of(&self, index: usize) -> Option<[usize; 2]> {
        self.layout.place_of(index)
    }

    /// The cells of one picture.
    pub fn cells_of(&self, picture: usize) -> Vec<f64> {
        self.singles(picture).map(f64::from).collect()
    }

    fn singles(&self, picture: usize) -> impl Iterator<Item = f32> {
        (0..self.cells).map(move |cell| self.values[self.index_of(picture, cell)])
    }

    /// The number that is furthest from 0 in the first pictures.
    pub fn reach(&self, pictures: usize) -> f32 {
        let all = (0..pictures).flat_map(|picture| self.singles(picture));
        all.fold(1e-6, |most, value| most.max(value.abs()))
    }

    /// The first pictures, one under the other, a pixel a cell, in colours over their common reach.
    pub fn image(&self, pictures: usize) -> ColorImage {
        let reach = self.reach(pictures);
        let range = Range { min: -reach, max: reach };
        let area = self.rows() * self.columns;
        let mut pixels = vec![Color32::TRANSPARENT; pictures * area];
        for picture in 0..pictures {
            for (cell, value) in self.singles(picture).enumerate() {
                pixels[picture * area + cell] = colour(Scale::Diverging.value_colour(value, range));
            }
        }
        ColorImage::new([self.columns, pictures * self.rows()], pixels)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Layout;

    #[test]
    fn a_cell_of_a_mosaic_is_a_number_of_its_own_place() {
        let (rows, columns, inputs, h, w) = (3, 4, 2, 2, 5);
        let mosaic = Layout::Mosaic { rows, columns, inputs, h, w };
        let mut seen = BTreeSet::new();
        for picture in 0..2 {
            for cell in 0..rows * h * columns * w {
                let index = mosaic.index_of([picture, cell]);
                // As the weight is laid out: [maps, rows, columns, inputs, h, w], the first input.
                let (y, x) = (cell / (columns * w), cell % (columns * w));
                let at = [picture, y / h, x / w, 0, y % h, x % w];
                let shape = [2, rows, columns, inputs, h, w];
                let wanted = at.iter().zip(shape).fold(0, |index, (at, side)| index * side + at);
                assert_eq!(index, wanted);
                assert_eq!(mosaic.place_of(index), Some([picture, cell]));
                // No number is in two cells.
                assert!(seen.insert(index), "{index}");
            }
        }
        // The second input map is in no picture.
        assert_eq!(mosaic.place_of(h * w), None);
    }

    #[test]
    fn a_cell_of_a_kernel_is_a_number_of_its_first_input() {
        let kernels = Layout::Rows { each: 6 * 25, cells: 25 };
        assert_eq!(kernels.index_of([2, 7]), 307);
        assert_eq!(kernels.place_of(307), Some([2, 7]));
        assert_eq!(kernels.place_of(325), None);
    }
}
