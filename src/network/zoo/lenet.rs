//! LeNet-5 (LeCun, Bottou, Bengio, Haffner: Gradient-based learning applied to document recognition,
//! Proceedings of the IEEE 86, 1998), as printed, in the form common today, and with its first layers
//! connected in three ways.

use super::super::design::{Connect, Design};
use super::super::graph::Description;
use super::super::layer::{Channels, Conv, Linear, Pool, Rbf, Window};
use super::super::{Activation, Domain, Layer, Network};
use super::Chain;

/// Ten pictures, 7 wide and 12 high, that the output layer of `lenet5` compares F6 with. Drawn for
/// this project; `#` is +1.
pub const CLASS_BITMAPS: &str = include_str!("../../../assets/bitmaps.txt");

const BITMAP_ROWS: usize = 12;
const BITMAP_COLUMNS: usize = 7;

/// Which maps of S2 each map of C3 sees (LeCun 1998, table I).
const C3_TABLE: [&[usize]; 16] = [
    &[0, 1, 2],
    &[1, 2, 3],
    &[2, 3, 4],
    &[3, 4, 5],
    &[0, 4, 5],
    &[0, 1, 5],
    &[0, 1, 2, 3],
    &[1, 2, 3, 4],
    &[2, 3, 4, 5],
    &[0, 3, 4, 5],
    &[0, 1, 4, 5],
    &[0, 1, 2, 5],
    &[0, 1, 3, 4],
    &[1, 2, 4, 5],
    &[0, 2, 3, 5],
    &[0, 1, 2, 3, 4, 5],
];

/// LeNet-5 as printed in 1998: C3's partial table, trainable subsampling, scaled tanh, and an output
/// layer of squared distances to class bitmaps.
#[must_use]
pub fn lenet5() -> Network {
    let tanh = Activation::ScaledTanh;
    let table = C3_TABLE.iter().map(|row| row.to_vec()).collect();
    let halve = Layer::Subsample(Window::square(2).stride(2));
    Chain::from_input([1, 32, 32])
        .then("C1", convolution(6, Channels::Groups(1)), tanh)
        .then("S2", halve.clone(), tanh)
        .then("C3", convolution(16, Channels::Table(table)), tanh)
        .then("S4", halve, tanh)
        .then("C5", convolution(120, Channels::Groups(1)), tanh)
        .then("F6", fully_connected(BITMAP_ROWS * BITMAP_COLUMNS), tanh)
        .then("OUTPUT", Layer::Rbf(class_bitmaps()), Activation::Identity)
        .build(about("lenet5", "LeNet-5", "LeCun, Bottou, Bengio, Haffner 1998, figure 2"))
}

/// LeNet-5 as it is usually rebuilt today: all links in C3, ReLU, max pooling, softmax.
#[must_use]
pub fn lenet5_modern() -> Network {
    let relu = Activation::Relu;
    let none = Activation::Identity;
    let halve = Layer::PoolMax(Pool::tiles(2));
    Chain::from_input([1, 32, 32])
        .then("C1", convolution(6, Channels::Groups(1)), relu)
        .then("S2", halve.clone(), none)
        .then("C3", convolution(16, Channels::Groups(1)), relu)
        .then("S4", halve, none)
        .then("C5", convolution(120, Channels::Groups(1)), relu)
        .then("F6", fully_connected(84), relu)
        .then("OUTPUT", fully_connected(10), none)
        .then("softmax", Layer::Softmax, none)
        .build(about(
            "lenet5-modern",
            "LeNet-5 modern",
            "after LeCun 1998, with all links in C3, ReLU, max pooling and softmax",
        ))
}

/// The modern LeNet with C1 and C3 fully connected, their units arranged as the maps of a convolution.
#[must_use]
pub fn lenet_full() -> Network {
    connected(
        Connect::Full,
        about(
            "lenet-full",
            "LeNet full",
            "LeNet-5 modern with every unit of C1 and C3 reading everything, with weights of its own",
        ),
    )
}

/// The modern LeNet with C1 and C3 locally connected: fields as in a convolution, no weight shared (after
/// LeCun: Generalization and network design strategies, 1989).
#[must_use]
pub fn lenet_local() -> Network {
    connected(
        Connect::Local,
        about(
            "lenet-local",
            "LeNet local",
            "LeNet-5 modern with a 5×5 field for every unit of C1 and C3, and weights of its own",
        ),
    )
}

/// The modern LeNet beside the other two: convolutions throughout, the same as `lenet5-modern`.
#[must_use]
pub fn lenet_conv() -> Network {
    connected(
        Connect::Conv,
        about(
            "lenet-conv",
            "LeNet convolutional",
            "LeNet-5 modern under a name beside the other two: a map's units share their weights",
        ),
    )
}

fn connected(connect: Connect, rest: Description) -> Network {
    let built = Design::lenet(connect).nodes().map(|nodes| Description { nodes, ..rest });
    built
        .and_then(Network::try_from)
        .expect("the zoo's descriptions are valid; a test builds every one")
}

fn convolution(maps: usize, channels: Channels) -> Layer {
    Layer::Conv(Conv { maps, window: Window::square(5), channels, bias: true })
}

fn fully_connected(units: usize) -> Layer {
    Layer::Linear(Linear { output: [units, 1, 1], bias: true })
}

fn about(name: &str, title: &str, source: &str) -> Description {
    Description {
        name: name.into(),
        title: title.into(),
        // The year of the network that was printed; the others follow it.
        year: if name == "lenet5" { 1998 } else { 0 },
        source: source.into(),
        domain: Domain::Digit,
        labels: (0..10).map(|digit| digit.to_string()).collect(),
        nodes: Vec::new(),
    }
}

fn class_bitmaps() -> Rbf {
    let is_row = |line: &&str| !line.is_empty() && line.chars().all(|c| c == '#' || c == '.');
    let bits: Vec<i8> = CLASS_BITMAPS
        .lines()
        .filter(is_row)
        .flat_map(str::chars)
        .map(|c| if c == '#' { 1 } else { -1 })
        .collect();
    let bitmaps = bits.chunks(BITMAP_ROWS * BITMAP_COLUMNS).map(<[i8]>::to_vec).collect();
    Rbf { picture: [BITMAP_ROWS, BITMAP_COLUMNS], bitmaps }
}
