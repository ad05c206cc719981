//! Lines of bundled digits, as a person writes them on one strip of paper.

use convscope::array::Array;
use convscope::data::digits::{self, SIDE};
use convscope::engine::examples::digit_value;
use convscope::engine::rng::Rng;
use convscope::engine::{Model, bundled, reshaped};
use convscope::explain::{Reading, read_line};
use convscope::network::Network;

/// Rows of the paper.
const ROWS: usize = 32;
/// Columns from one score to the next.
const JUMP: usize = 4;

/// Digits on paper `[1, 32, width]`, each with its number among the bundled ones and the first column
/// of its 28×28 pixels; all of them lie on the paper.
pub fn paper(width: usize, written: &[(usize, usize)]) -> Array {
    let mut values = vec![digit_value(0); ROWS * width];
    for &(index, left) in written {
        for (i, &byte) in digits::bundled().image(index).iter().enumerate() {
            let at = (i / SIDE + 2) * width + left + i % SIDE;
            // Where two digits touch, ink wins.
            values[at] = f32::max(values[at], digit_value(byte));
        }
    }
    Array::new(&[1, ROWS, width], values).expect("one value per place")
}

/// The class of a bundled digit.
pub fn label(index: usize) -> usize {
    digits::bundled().labels()[index].into()
}

/// `count` digits of the bundled test split, by a seed.
pub fn test_digits(count: usize, seed: u64) -> Vec<usize> {
    let mut rng = Rng::new(&[seed]);
    let range = digits::range(convscope::data::idx::Split::Test);
    (0..count).map(|_| range.start + rng.below(range.len())).collect()
}

/// A network with its bundled weights, sliding over paper of one width.
pub struct Reader {
    network: Network,
    model: Model,
}

impl Reader {
    pub fn new(plain: &Network, width: usize) -> Self {
        let network = plain.sliding([1, ROWS, width]).expect("wider than a digit");
        let weights = bundled::weights(&plain.name).expect("a network with weights");
        let model = Model::new(&network, &reshaped(&network, &weights)).expect("they fit");
        Self { network, model }
    }

    pub fn read(&self, paper: &Array) -> Vec<Reading> {
        let trace = self.model.trace(paper, &|| false).expect("runs");
        read_line(&self.network, trace.output(self.network.scores()), JUMP)
    }
}

/// How many of a hundred lines of five test digits, 32 pixels apart, are read wholly right.
pub fn lines_read_right(plain: &Network) -> usize {
    let reader = Reader::new(plain, 160);
    let right = |&seed: &u64| {
        let indices = test_digits(5, seed);
        let written: Vec<(usize, usize)> =
            indices.iter().enumerate().map(|(place, &index)| (index, 32 * place + 2)).collect();
        let read = reader.read(&paper(160, &written));
        read.iter().map(|reading| reading.class).eq(indices.iter().map(|&index| label(index)))
    };
    (0..100u64).filter(right).count()
}
