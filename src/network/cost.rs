//! Parameters, constants, connections and multiply–accumulates, each as a formula.
//!
//! What counts as what is fixed in the contract, §2: one MAC per use of a weight, padding cells
//! included, biases not; per unit as many connections as it has inputs, plus one for its bias.

use super::formula::{Formula, TooLarge};
use super::{Channels, Conv, Layer, Linear, Local, Network, PoolExtent, Rbf, Window};

/// The counts of one node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cost {
    pub params: Formula,
    pub constants: Formula,
    pub connections: Formula,
    pub macs: Formula,
}

/// The counts of a whole network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub params: u128,
    pub constants: u128,
    pub connections: u128,
    pub macs: u128,
}

impl Cost {
    fn none() -> Self {
        let zero = Formula::zero;
        Self { params: zero(), constants: zero(), connections: zero(), macs: zero() }
    }
}

/// The counts of all nodes together.
///
/// # Errors
/// If one of them exceeds 10³⁰.
pub fn totals(network: &Network) -> Result<Totals, TooLarge> {
    let mut sums: [Vec<Formula>; 4] = Default::default();
    for index in 0..network.nodes().len() {
        let Cost { params, constants, connections, macs } = cost(network, index);
        for (sum, part) in sums.iter_mut().zip([params, constants, connections, macs]) {
            sum.push(part);
        }
    }
    let [params, constants, connections, macs] = sums.map(|parts| Formula::Sum(parts).value());
    Ok(Totals { params: params?, constants: constants?, connections: connections?, macs: macs? })
}

/// The counts of node `index`.
#[must_use]
pub fn cost(network: &Network, index: usize) -> Cost {
    let node = &network.nodes()[index];
    let [c, h, w] = network.input_shapes(index).first().copied().unwrap_or([0, 0, 0]);
    let [maps, rows, columns] = node.output;
    match &node.layer {
        Layer::Conv(conv) => convolution(conv, c, [rows, columns]),
        Layer::Local(local) => locally_connected(local, c, [rows, columns]),
        Layer::Linear(Linear { output, bias }) => {
            let inputs = dot_of_shape([c, h, w], ["input maps", "rows", "columns"]);
            let units = dot_of_shape(*output, ["units", "rows", "columns"]);
            with_shared_shape(&units, &inputs, *bias)
        }
        Layer::Subsample(window) => Cost {
            params: Formula::Product(vec![
                Formula::named(c, "maps"),
                Formula::Sum(vec![Formula::named(1, "coefficient"), Formula::named(1, "bias")]),
            ]),
            connections: Formula::Product(vec![
                units(node.output),
                Formula::Sum(vec![area(window), Formula::named(1, "bias")]),
            ]),
            ..Cost::none()
        },
        Layer::Rbf(Rbf { bitmaps, picture: [height, width] }) => {
            let each_with_all_cells = |classes| {
                Formula::Product(vec![
                    classes,
                    Formula::Dot(vec![
                        Formula::named(*height, "bitmap rows"),
                        Formula::named(*width, "bitmap columns"),
                    ]),
                ])
            };
            let everywhere = dot_of_shape(node.output, ["classes", "rows", "columns"]);
            let compared = each_with_all_cells(everywhere);
            Cost {
                constants: each_with_all_cells(Formula::named(bitmaps.len(), "classes")),
                connections: compared.clone(),
                macs: compared,
                ..Cost::none()
            }
        }
        Layer::PoolMax(pool) | Layer::PoolAvg(pool) => {
            let connections = match &pool.extent {
                PoolExtent::Window { window, .. } => {
                    Formula::Product(vec![units(node.output), area(window)])
                }
                PoolExtent::Adaptive { output } => {
                    let cells = |axis: usize, side| {
                        (0..output[axis] as i64)
                            .map(|p| pool.taps(axis, p, side).count)
                            .sum::<usize>()
                    };
                    Formula::Product(vec![
                        Formula::named(maps, "maps"),
                        Formula::named(cells(0, h), "rows read"),
                        Formula::named(cells(1, w), "columns read"),
                    ])
                }
            };
            Cost { connections, ..Cost::none() }
        }
        Layer::GlobalAvg => Cost {
            connections: Formula::Product(vec![
                Formula::named(c, "maps"),
                Formula::Dot(vec![Formula::named(h, "rows"), Formula::named(w, "columns")]),
            ]),
            ..Cost::none()
        },
        Layer::BatchNorm { .. } => {
            let pair = |a, b| {
                Formula::Product(vec![
                    Formula::named(c, "maps"),
                    Formula::Sum(vec![Formula::named(1, a), Formula::named(1, b)]),
                ])
            };
            Cost {
                params: pair("γ", "β"),
                constants: pair("running mean", "running variance"),
                ..Cost::none()
            }
        }
        Layer::Input { .. }
        | Layer::Softmax
        | Layer::Lrn(_)
        | Layer::Dropout { .. }
        | Layer::Flatten
        | Layer::Concat
        | Layer::Add
        | Layer::PadChannels { .. } => Cost::none(),
    }
}

/// Maps are gathered by how many inputs they are linked to: C3 of LeNet-5 becomes
/// `6 × (3·5·5 + 1) + 9 × (4·5·5 + 1) + 1 × (6·5·5 + 1)`.
fn convolution(conv: &Conv, arriving: usize, [rows, columns]: [usize; 2]) -> Cost {
    let kinds: Vec<(usize, usize)> = match &conv.channels {
        Channels::Groups(groups) => vec![(conv.maps, arriving / groups)],
        Channels::Table(table) => {
            let mut counts = std::collections::BTreeMap::new();
            for row in table {
                *counts.entry(row.len()).or_insert(0) += 1;
            }
            counts.into_iter().map(|(linked, maps)| (maps, linked)).collect()
        }
    };
    let [kh, kw] = conv.window.kernel;
    let kernel = |linked| {
        Formula::Dot(vec![
            Formula::named(linked, "input maps"),
            Formula::named(kh, "kernel rows"),
            Formula::named(kw, "kernel columns"),
        ])
    };
    let over_kinds = |uses: &dyn Fn(usize) -> Formula, of: &dyn Fn(usize) -> Formula| {
        Formula::sum(
            kinds
                .iter()
                .map(|&(maps, linked)| Formula::Product(vec![uses(maps), of(linked)]))
                .collect(),
        )
    };
    let once = |maps| Formula::named(maps, "maps");
    let everywhere = |maps| units([maps, rows, columns]);
    let biased = |linked| add_bias(kernel(linked), conv.bias);
    Cost {
        params: over_kinds(&once, &biased),
        connections: over_kinds(&everywhere, &biased),
        macs: over_kinds(&everywhere, &kernel),
        ..Cost::none()
    }
}

fn locally_connected(local: &Local, arriving: usize, [rows, columns]: [usize; 2]) -> Cost {
    let [kh, kw] = local.window.kernel;
    let kernel = Formula::Dot(vec![
        Formula::named(arriving, "input maps"),
        Formula::named(kh, "kernel rows"),
        Formula::named(kw, "kernel columns"),
    ]);
    with_shared_shape(&units([local.maps, rows, columns]), &kernel, local.bias)
}

/// Every unit has weights of its own, so weights, connections and MACs have one shape.
fn with_shared_shape(units: &Formula, inputs: &Formula, bias: bool) -> Cost {
    let biased = Formula::Product(vec![units.clone(), add_bias(inputs.clone(), bias)]);
    Cost {
        params: biased.clone(),
        connections: biased,
        macs: Formula::Product(vec![units.clone(), inputs.clone()]),
        ..Cost::none()
    }
}

fn add_bias(weights: Formula, bias: bool) -> Formula {
    if bias { Formula::Sum(vec![weights, Formula::named(1, "bias")]) } else { weights }
}

fn units(shape: [usize; 3]) -> Formula {
    dot_of_shape(shape, ["maps", "rows", "columns"])
}

/// `c·h·w`, or `c` alone for a vector.
fn dot_of_shape([c, h, w]: [usize; 3], names: [&'static str; 3]) -> Formula {
    if h == 1 && w == 1 {
        return Formula::named(c, names[0]);
    }
    Formula::Dot(vec![
        Formula::named(c, names[0]),
        Formula::named(h, names[1]),
        Formula::named(w, names[2]),
    ])
}

fn area(window: &Window) -> Formula {
    Formula::Dot(vec![
        Formula::named(window.kernel[0], "window rows"),
        Formula::named(window.kernel[1], "window columns"),
    ])
}
