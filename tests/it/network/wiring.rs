//! The connection matrix against the engine: unit impulses through weights that are numbered.

use std::collections::HashMap;

use convscope::array::Array;
use convscope::engine::{Model, seeded};
use convscope::network::connect::{Border, Hidden, Setting, SettingError, Stop};
use convscope::network::wiring::{Bands, Lattice, NotDrawn, Reach, Sharing, Weight};
use convscope::network::{Channels, Network, cost, wiring::Wiring, zoo};
use proptest::prelude::*;

/// One small layer on an image: a convolution with groups or a table, a local or a linear layer.
pub fn one_layer() -> impl Strategy<Value = Network> {
    let sides = (1..=4usize, 2..=6usize, 2..=7usize);
    let window = (
        (1..=3usize, 1..=4usize),
        (1..=3usize, 1..=2usize),
        (1..=2usize, 1..=3usize),
        (0..=2usize, 0..=2usize, 0..=3usize, 0..=1usize),
    );
    let table = prop::collection::vec(1..16usize, 1..=4);
    (0..5u8, sides, window, table, 1..=3usize).prop_filter_map(
        "a window that does not fit",
        |(kind, (c, h, w), (kernel, stride, dilation, (t, b, l, r)), table, maps)| {
            let [(kh, kw), (sy, sx), (dy, dx)] = [kernel, stride, dilation];
            let window = format!(
                r#""window":{{"kernel":[{kh},{kw}],"stride":[{sy},{sx}],"dilation":[{dy},{dx}],
                   "padding":{{"top":{t},"bottom":{b},"left":{l},"right":{r}}}}}"#
            );
            let layer = match kind {
                0 => format!(r#""kind":"conv","maps":{maps},{window}"#),
                1 => {
                    let groups = if c % 2 == 0 { 2 } else { c };
                    let maps = maps * groups;
                    format!(
                        r#""kind":"conv","maps":{maps},"channels":{{"groups":{groups}}},{window}"#
                    )
                }
                2 => {
                    // Each number is a set of input maps, not empty.
                    let row = |&bits: &usize| -> Vec<usize> {
                        let row: Vec<usize> = (0..c).filter(|i| bits >> i & 1 == 1).collect();
                        if row.is_empty() { vec![bits % c] } else { row }
                    };
                    let rows: Vec<Vec<usize>> = table.iter().map(row).collect();
                    let maps = rows.len();
                    format!(
                        r#""kind":"conv","maps":{maps},"channels":{{"table":{rows:?}}},{window}"#
                    )
                }
                3 => format!(r#""kind":"local","maps":{maps},{window}"#),
                _ => format!(r#""kind":"linear","output":[{maps},{kh},{kw}]"#),
            };
            let text = format!(
                r#"{{"name":"made-up","title":"Made up","nodes":[
                   {{"name":"input","kind":"input","shape":[{c},{h},{w}]}},
                   {{"name":"L","inputs":["input"],"bias":false,{layer}}}]}}"#
            );
            serde_json::from_str(&text).ok()
        },
    )
}

/// What the engine computes with: for each row and column the weight's place in the tensor.
pub fn engine_matrix(network: &Network) -> Vec<Vec<Option<u128>>> {
    let wiring = Wiring::of_layer(network, 1).unwrap();
    let mut weights = seeded::weights(network, 1).unwrap();
    // Seeded weights are 0 where a table links no maps, and must stay so.
    let linked = weights.tensors["L.weight"].clone();
    let number = |i: usize| if linked.values()[i] == 0.0 { 0.0 } else { (i + 1) as f32 };
    weights.tensors.insert("L.weight".into(), Array::from_fn(linked.shape(), number));
    let model = Model::new(network, &weights).unwrap();
    let columns = (0..wiring.columns() as usize).map(|column| {
        let impulse = Array::from_fn(&network.input(), |i| f32::from(i == column));
        model.trace(&impulse, &|| false).unwrap().output(1).values().to_vec()
    });
    let columns: Vec<Vec<f32>> = columns.collect();
    let cell = |value: f32| (value != 0.0).then(|| value as u128 - 1);
    (0..wiring.rows() as usize)
        .map(|row| columns.iter().map(|column| cell(column[row])).collect())
        .collect()
}

/// How often each weight stands in the matrix.
pub fn tally(wiring: &Wiring) -> HashMap<Weight, u128> {
    let mut uses = HashMap::new();
    for row in 0..wiring.rows() as u64 {
        for column in 0..wiring.columns() as u64 {
            if let Some(weight) = wiring.weight_at(row, column) {
                *uses.entry(weight).or_insert(0) += 1;
            }
        }
    }
    uses
}

#[track_caller]
fn assert_counts(wiring: &Wiring) {
    let uses = tally(wiring);
    assert_eq!(wiring.cells(), uses.values().sum::<u128>(), "{wiring:?}");
    for (&weight, &count) in &uses {
        assert_eq!(wiring.uses(weight), count, "{weight:?} of {wiring:?}");
        let position = wiring.position_of(weight).unwrap();
        let units = position.rows.flat_map(|y| position.columns.clone().map(move |x| (y, x)));
        let rows: Vec<u64> = units.map(|(y, x)| wiring.row_of([position.map, y, x])).collect();
        let users = (0..wiring.rows() as u64).filter(|&row| {
            (0..wiring.columns() as u64).any(|c| wiring.weight_at(row, c) == Some(weight))
        });
        assert!(users.into_iter().all(|row| rows.contains(&row)), "{weight:?} of {wiring:?}");
    }
    // All weights there are, those that lie over the padding alone included.
    let [tiles_down, tiles_across] = wiring.tiles();
    let kernels = wiring.output[0] * tiles_down * tiles_across;
    let size = wiring.tensor_index(Weight { kernel: 1, offset: 0 }) as usize;
    let all = (0..kernels * size)
        .map(|i| Weight { kernel: (i / size) as u32, offset: (i % size) as u32 });
    let existing: Vec<Weight> = all.filter(|&w| wiring.position_of(w).is_some()).collect();
    assert_eq!(wiring.weights(), existing.len() as u128, "{wiring:?}");
    assert_eq!(existing.iter().map(|&w| wiring.uses(w)).sum::<u128>(), wiring.cells());
    assert!(uses.keys().all(|weight| existing.contains(weight)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn the_matrix_is_the_engines(network in one_layer()) {
        let wiring = Wiring::of_layer(&network, 1).unwrap();
        let matrix = engine_matrix(&network);
        prop_assert_eq!(matrix.len() as u128, wiring.rows());
        for (row, line) in matrix.iter().enumerate() {
            prop_assert_eq!(wiring.row_of(wiring.unit_of(row as u64)), row as u64);
            for (column, &expected) in line.iter().enumerate() {
                let found = wiring.weight_at(row as u64, column as u64);
                let found = found.map(|weight| wiring.tensor_index(weight));
                prop_assert_eq!(found, expected, "{},{} of {:?}", row, column, wiring);
            }
        }
        assert_counts(&wiring);
        // Connections as the contract counts them, without biases.
        let counted = cost::cost(&network, 1);
        let connections = counted.connections.value().unwrap();
        prop_assert_eq!(wiring.cells() + wiring.hanging(), connections);
        prop_assert_eq!(wiring.weights(), counted.params.value().unwrap());
    }

    #[test]
    fn tiles_share_what_their_units_have_in_common(network in one_layer(), tile in 1..4usize) {
        let whole = Wiring::of_layer(&network, 1).unwrap();
        let wiring = Wiring { sharing: Sharing::Tiles([tile, tile + 1]), ..whole.clone() };
        assert_counts(&wiring);
        let mut seen = HashMap::new();
        for row in 0..wiring.rows() as u64 {
            for column in 0..wiring.columns() as u64 {
                let Some(weight) = wiring.weight_at(row, column) else { continue };
                let [map, y, x] = wiring.unit_of(row);
                let tile = [map, y / tile, x / (tile + 1)];
                let offset = whole.weight_at(row, column).unwrap().offset;
                prop_assert_eq!(weight.offset, offset);
                prop_assert_eq!(*seen.entry(weight.kernel).or_insert(tile), tile);
            }
        }
        let different: std::collections::HashSet<_> = seen.values().collect();
        prop_assert_eq!(different.len(), seen.len());
    }
}

/// A layer over an image that is padded to keep its size; without a field everything is read.
pub fn layer(
    input: [u64; 3],
    kernels: u64,
    field: Option<u64>,
    groups: usize,
    stop: Stop,
) -> Wiring {
    let setting = Setting {
        image: input,
        border: Border::Same,
        field: [field.unwrap_or(1); 2],
        kernels,
        channels: Channels::Groups(groups),
        ..Setting::default()
    };
    setting.check().unwrap();
    setting.wiring(if field.is_some() { stop } else { Stop::Full }).unwrap()
}

/// A million pixels and a million units, a field of K×K (or everything) and who shares.
pub fn million(field: Option<u64>, stop: Stop) -> Wiring {
    layer([1, 1000, 1000], 1, field, 1, stop)
}

#[test]
fn the_course_texts_figures() {
    let fully = million(None, Stop::Local);
    assert_eq!(
        (fully.weights(), fully.cells(), fully.hanging()),
        (10u128.pow(12), 10u128.pow(12), 0)
    );
    let local = million(Some(10), Stop::Local);
    assert_eq!(local.weights(), 100_000_000);
    assert_eq!(local.cells() + local.hanging(), 100_000_000);
    // Along an axis the taps −4 … 5 lose 4+3+2+1 and 5+4+3+2+1 units.
    assert_eq!(local.cells(), (10_000 - 10 - 15) * (10_000 - 10 - 15));
    let conv = million(Some(10), Stop::Shared);
    assert_eq!((conv.weights(), conv.cells()), (100, local.cells()));
    assert_eq!(conv.bands(), Some(Bands { count: 10, apart: 1000 }));
    assert_eq!(fully.bands(), None);
    // A unit far from the border: the tap on the pixel itself is row 4, column 4.
    let weight = conv.weight_at(412_310, 412_310).unwrap();
    assert_eq!(weight, Weight { kernel: 0, offset: 44 });
    assert_eq!(
        (conv.uses(weight), local.uses(local.weight_at(412_310, 412_310).unwrap())),
        (1_000_000, 1)
    );
    let tiles = million(Some(10), Stop::Tiles([8, 8]));
    assert_eq!(tiles.weights(), 125 * 125 * 100);
    assert_eq!(tiles.uses(tiles.weight_at(412_310, 412_310).unwrap()), 64);
    assert!(million(Some(1000), Stop::Local).cells() > million(Some(999), Stop::Local).cells());
}

#[test]
fn c3_of_lenet_is_linked_by_its_table() {
    let network = zoo::lenet5();
    let c3 = Wiring::of_layer(&network, network.index_of("C3").unwrap()).unwrap();
    assert_eq!((c3.weights(), c3.cells(), c3.hanging()), (1500, 150_000, 0));
    assert_eq!(c3.slot(0, 3), None, "map 0 sees maps 0 to 2");
    let weight = c3.weight_at(c3.row_of([15, 4, 6]), c3.column_of([5, 7, 8])).unwrap();
    assert_eq!(weight, Weight { kernel: 15, offset: 5 * 25 + 3 * 5 + 2 });
    let position = c3.position_of(weight).unwrap();
    assert_eq!((position.map, position.channel, position.tap), (15, 5, [3, 2]));
    let s2 = network.index_of("S2").unwrap();
    assert_eq!(Wiring::of_layer(&network, s2), None);
}

#[test]
fn what_is_too_large_is_counted_and_not_drawn() {
    let sliding =
        |input, kernels, field, groups| layer(input, kernels, Some(field), groups, Stop::Shared);
    let wide = sliding([1, 65_537, 65_536], 1, 3, 1);
    let refused = wide.drawable().unwrap_err();
    assert!(refused.to_string().contains("2³² rows and columns"), "{refused}");
    assert_eq!(wide.cells(), (3 * 65_537 - 2u128) * (3 * 65_536 - 2), "the counts go on");
    assert_eq!(sliding([1, 65_536, 65_536], 1, 3, 1).drawable(), Ok(()), "2³² and no more");
    let deep = sliding([4096, 2, 2], 4096, 1, 4096);
    assert_eq!(deep.drawable(), Err(NotDrawn::Links { maps: 4096, inputs: 4096 }));
    assert_eq!(deep.cells(), 4096 * 4);
    assert_eq!(sliding([4096, 2, 2], 4096, 1, 1).drawable(), Ok(()));
    let long = Wiring {
        input: [1, 1 << 17, 1],
        output: [1, 1 << 16, 1],
        reach: Reach::Window(Lattice {
            kernel: [1 << 16, 1],
            stride: [1, 1],
            dilation: [1, 1],
            start: [0, 0],
        }),
        channels: Channels::Groups(1),
        sharing: Sharing::None,
    };
    assert_eq!(long.drawable(), Err(NotDrawn::Pairs { units: 1 << 16, kernel: 1 << 16 }));
    assert_eq!(long.cells(), 1 << 32);
    assert_eq!(million(Some(500), Stop::Local).drawable(), Ok(()));
}

#[test]
fn numbers_that_a_person_chooses_become_shapes_and_tiles() {
    let good = Setting {
        image: [6, 32, 28],
        kernels: 4,
        field: [4, 4],
        stride: [4, 4],
        border: Border::Valid,
        channels: Channels::Groups(2),
        ..Setting::default()
    };
    let wiring = good.wiring(Stop::Tiles([3, 3])).unwrap();
    assert_eq!((wiring.output, wiring.tiles()), ([4, 8, 7], [3, 3]));
    assert_eq!(good.check_stop(Stop::Tiles([8, 7])), Ok(()));
    for tile in [[9, 3], [3, 8], [0, 3]] {
        let refused = good.check_stop(Stop::Tiles(tile));
        assert_eq!(refused, Err(SettingError::Tile { tile, most: [8, 7] }));
    }
    let same = Setting { border: Border::Same, stride: [3, 3], ..good };
    assert_eq!(same.wiring(Stop::Shared).unwrap().output, [4, 11, 10]);
}

/// The two ways to a matrix agree: from a network's node, and from the node as numbers.
#[test]
fn a_layer_as_numbers_has_the_layers_matrix() {
    for entry in zoo::ENTRIES {
        let network = (entry.build)();
        for index in 0..network.nodes().len() {
            let own = Wiring::of_layer(&network, index);
            let numbers = Setting::of_layer(&network, index).and_then(|(s, stop)| s.wiring(stop));
            assert_eq!(own, numbers, "{}", network.nodes()[index].name);
        }
    }
}

#[test]
fn where_the_border_is_ignored_units_are_spread_evenly() {
    let course = Setting::default().wiring(Stop::Local).unwrap();
    assert_eq!(course.cells() + course.hanging(), 100_000_000);
    let network = zoo::lenet5();
    let c1 = Setting {
        image: [1, 32, 32],
        border: Border::Ignored(Hidden::Units(4704)),
        field: [5, 5],
        kernels: 6,
        ..Setting::default()
    };
    let own = Wiring::of_layer(&network, network.index_of("C1").unwrap());
    assert_eq!(c1.wiring(Stop::Shared), own);
}

proptest! {
    #[test]
    fn a_small_layer_as_numbers_has_its_matrix(network in one_layer()) {
        let own = Wiring::of_layer(&network, 1).unwrap();
        let (setting, stop) = Setting::of_layer(&network, 1).unwrap();
        prop_assert_eq!(setting.check_stop(stop), Ok(()));
        let own = match stop {
            // The numbers do not always say how the units of a fully connected layer are arranged.
            Stop::Full if u128::from(setting.kernels) == own.rows() => Wiring { output: [own.rows() as usize, 1, 1], ..own },
            Stop::Full | Stop::Field(_) | Stop::Local | Stop::Tiles(_) | Stop::Shared => own,
        };
        prop_assert_eq!(setting.wiring(stop), Some(own));
    }
}

/// The nearest used cell lies in the row or the column of the cell, and none there is nearer.
#[test]
fn the_nearest_cell_is_the_nearest_that_is_drawn() {
    let ignored = Border::Ignored(Hidden::LikeImage);
    let small = Setting { image: [2, 7, 9], field: [3, 3], ..Setting::default() };
    let settings = [
        Setting { border: ignored, ..small.clone() },
        Setting { border: Border::Valid, kernels: 3, ..small.clone() },
        Setting { border: Border::Valid, stride: [2, 2], kernels: 2, ..small.clone() },
        Setting { border: Border::Same, dilation: [2, 2], ..small.clone() },
        Setting { channels: Channels::Groups(2), kernels: 4, border: Border::Same, ..small },
    ];
    for setting in settings {
        let wiring = setting.wiring(Stop::Shared).expect("a matrix");
        let (rows, columns) = (wiring.rows() as u64, wiring.columns() as u64);
        let used = |[row, column]: [u64; 2]| wiring.weight_at(row, column).is_some();
        for row in 0..rows {
            for column in 0..columns {
                let across = (0..columns).filter(|&at| used([row, at]));
                let down = (0..rows).filter(|&at| used([at, column]));
                let away =
                    across.map(|at| at.abs_diff(column)).chain(down.map(|at| at.abs_diff(row)));
                let near = wiring.nearest_cell([row, column]).filter(|&near| used(near));
                let found = near.map(|[y, x]| y.abs_diff(row) + x.abs_diff(column));
                assert_eq!(found, away.min(), "({row}, {column}) of {setting:?}");
            }
        }
    }
}

/// On 10⁶ × 10⁶ the next band is half an image row away at most, not the other end of the same one.
#[test]
fn the_nearest_cell_of_a_large_matrix_is_in_the_nearest_band() {
    let wiring = Setting::default().wiring(Stop::Shared).expect("a matrix");
    for cell in [[500_000, 496_969], [500_500, 500_000], [499_964, 498_500], [412_310, 414_800]] {
        let [row, column] = wiring.nearest_cell(cell).expect("a used cell");
        assert!(wiring.weight_at(row, column).is_some());
        let away = row.abs_diff(cell[0]) + column.abs_diff(cell[1]);
        assert!(away <= 500, "{cell:?} → ({row}, {column})");
    }
}
