//! The three ways to connect against published figures, the counts of real layers, and small layers
//! that are counted one by one.

use convscope::network::connect::{Border, Counts, Hidden, Setting, SettingError, Stop};
use convscope::network::{Channels, Network, Padding, cost, zoo};
use proptest::prelude::*;

fn weights(counts: &Counts) -> u128 {
    counts.weights.value().unwrap()
}

fn all(counts: &Counts) -> [u128; 3] {
    [counts.weights.value(), counts.biases.value(), counts.connections.value()].map(Result::unwrap)
}

fn counted(setting: &Setting, stop: Stop) -> Counts {
    setting.counts(stop).expect("a layer")
}

/// "10¹² → 10⁸ → 100 → 10⁴", as the course tells it.
#[test]
fn the_argument_of_the_course() {
    let setting = Setting::default();
    let million = 1_000_000_u128;
    assert_eq!(all(&counted(&setting, Stop::Full)), [million * million, 0, million * million]);
    assert_eq!(all(&counted(&setting, Stop::Local)), [100 * million, 0, 100 * million]);
    assert_eq!(all(&counted(&setting, Stop::Shared)), [100, 0, 100 * million]);
    assert_eq!(counted(&setting, Stop::Shared).bytes.value(), Ok(400));
    let hundred = Setting { kernels: 100, ..setting.clone() };
    assert_eq!(all(&counted(&hundred, Stop::Shared)), [10_000, 0, 100 * million]);
    // What a hundred kernels really cost: a map of a million units each.
    let maps = Setting { border: Border::Ignored(Hidden::MapPerKernel), ..hundred };
    assert_eq!(all(&counted(&maps, Stop::Shared)), [10_000, 0, 10_000 * million]);
    assert_eq!(all(&counted(&maps, Stop::Local)), [100 * million, 0, 100 * million]);
}

/// LeCun 1998: C1 has 156 parameters and 122,304 connections.
#[test]
fn c1_of_lenet() {
    let setting = Setting {
        image: [1, 32, 32],
        border: Border::Ignored(Hidden::Units(4704)),
        field: [5, 5],
        kernels: 6,
        bias: true,
        ..Setting::default()
    };
    let params = |stop| counted(&setting, stop).params().value().unwrap();
    assert_eq!(params(Stop::Full), 4_821_600);
    assert_eq!(params(Stop::Local), 122_304);
    assert_eq!(params(Stop::Shared), 156);
    assert_eq!(counted(&setting, Stop::Shared).connections.value(), Ok(122_304));
    // Spread over the image, they stand where the paper has them.
    assert_eq!(setting.arrangement(Stop::Shared), Some([6, 28, 28]));
}

/// What the calculator says of a network's layer is what the network's own counts say.
#[test]
fn layers_of_the_zoo() {
    for entry in zoo::ENTRIES {
        let network = (entry.build)();
        for index in 0..network.nodes().len() {
            let Some((setting, stop)) = Setting::of_layer(&network, index) else { continue };
            setting.check().unwrap();
            let (ours, own) = (counted(&setting, stop), cost::cost(&network, index));
            let name = &network.nodes()[index].name;
            assert_eq!(ours.params().value(), own.params.value(), "{name}");
            assert_eq!(ours.connections.value(), own.connections.value(), "{name}");
            assert_eq!(ours.macs.value(), own.macs.value(), "{name}");
        }
    }
}

#[test]
fn c3_of_lenet_unshared_has_as_many_weights_as_connections() {
    let network = zoo::lenet5();
    let c3 = network.index_of("C3").unwrap();
    let (setting, _) = Setting::of_layer(&network, c3).unwrap();
    assert!(matches!(setting.channels, Channels::Table(_)));
    let local = counted(&setting, Stop::Local);
    assert_eq!(local.params().value(), Ok(151_600));
    assert_eq!(local.connections.value(), Ok(151_600));
    assert_eq!(weights(&counted(&setting, Stop::Full)), 1600 * 6 * 14 * 14);
}

/// AlexNet's fc6: a fully connected layer is a convolution whose kernel is its whole input.
#[test]
fn a_field_as_large_as_the_image() {
    let fc6 = Setting {
        image: [256, 6, 6],
        border: Border::Ignored(Hidden::Units(4096)),
        field: [6, 6],
        kernels: 4096,
        bias: true,
        ..Setting::default()
    };
    fc6.check().unwrap();
    for stop in [Stop::Full, Stop::Local, Stop::Shared] {
        assert_eq!(counted(&fc6, stop).params().value(), Ok(37_752_832), "{stop:?}");
    }
    assert_eq!(fc6.stops(), [Stop::Full, Stop::Local, Stop::Shared]);
}

#[test]
fn stops_lead_from_every_pixel_to_one_kernel() {
    let stops = Setting::default().stops();
    let side = |n| Stop::Field([n, n]);
    let tile = |n| Stop::Tiles([n, n]);
    assert_eq!(
        stops,
        [
            Stop::Full,
            side(500),
            side(200),
            side(100),
            side(50),
            side(20),
            Stop::Local,
            tile(2),
            tile(8),
            tile(64),
            tile(512),
            Stop::Shared,
        ]
    );
    let counts: Vec<u128> =
        stops.iter().map(|&stop| weights(&counted(&Setting::default(), stop))).collect();
    assert!(counts.windows(2).all(|pair| pair[0] > pair[1]), "{counts:?}");
    // Tiles of 8 × 8 on 1000 × 1000 units: 125² kernels of 100 weights.
    assert_eq!(counts[8], 125 * 125 * 100);
    let toy = Setting { image: [1, 1, 24], field: [1, 5], ..Setting::default() };
    assert_eq!(weights(&counted(&toy, Stop::Full)), 576);
    assert_eq!(weights(&counted(&toy, Stop::Local)), 120);
    assert_eq!(weights(&counted(&toy, Stop::Shared)), 5);
    assert!(toy.stops().contains(&Stop::Tiles([1, 2])), "{:?}", toy.stops());
    assert_eq!(weights(&counted(&toy, Stop::Tiles([1, 2]))), 60);
}

#[test]
fn what_is_no_layer_is_refused_with_the_range() {
    let good = Setting {
        image: [6, 14, 14],
        border: Border::Valid,
        field: [5, 5],
        kernels: 16,
        ..Setting::default()
    };
    assert_eq!(good.check(), Ok(()));
    let refused = |setting: Setting| setting.check().unwrap_err().to_string();
    let too_large = refused(Setting { field: [15, 5], ..good.clone() });
    assert!(too_large.contains("14"), "{too_large}");
    let stride = refused(Setting { stride: [2, 2], ..good.clone() });
    assert!(stride.contains("1, 3, 9"), "{stride}");
    let groups = refused(Setting { channels: Channels::Groups(4), ..good.clone() });
    assert!(groups.contains("1, 2"), "{groups}");
    let zero = refused(Setting { kernels: 0, ..good.clone() });
    assert!(zero.contains("1,000,000"), "{zero}");
    let none = refused(Setting { field: [0, 5], ..good.clone() });
    assert!(none.contains("between 1"), "{none}");
    let table = Channels::Table(vec![vec![0, 6]; 16]);
    assert!(matches!(Setting { channels: table, ..good }.check(), Err(SettingError::Table { .. })));
    let vast = Setting {
        image: [1_000_000, 1_000_000, 1_000_000],
        border: Border::Ignored(Hidden::Units(1_000_000_000_000_000_000)),
        ..Setting::default()
    };
    assert!(matches!(vast.check(), Err(SettingError::TooLarge(_))));
}

proptest! {
    /// Small layers, unit by unit: as many units as the fields have places, and every count with them.
    #[test]
    fn small_layers_are_counted_one_by_one(
        c in 1_u64..4, h in 1_u64..9, w in 1_u64..9, kh in 1_u64..4, kw in 1_u64..4,
        stride in 1_u64..3, pad in 0_usize..2, m in 1_u64..4, rule in 0..3, bias: bool,
    ) {
        let padding = Padding { top: pad, left: 1, ..Padding::all(0) };
        let border = match rule { 0 => Border::Same, 1 => Border::Valid, _ => Border::Padded(padding) };
        let setting = Setting {
            image: [c, h, w], border: border.clone(), field: [kh, kw], stride: [stride; 2],
            kernels: m, bias, ..Setting::default()
        };
        prop_assume!(setting.check().is_ok());
        // Places by walking: where a field starts and still ends within what is padded.
        let places = |side: u64, field: u64, before: u64| -> u64 {
            match border {
                Border::Same => (0..side).step_by(stride as usize).count() as u64,
                _ => (0..=side + before).map(|i| i * stride).take_while(|at| at + field <= side + before).count() as u64,
            }
        };
        let (top, left) = if rule == 2 { (pad as u64, 1) } else { (0, 0) };
        let units = u128::from(m * places(h, kh, top) * places(w, kw, left));
        let (field, image, m) = (u128::from(c * kh * kw), u128::from(c * h * w), u128::from(m));
        let one = u128::from(bias);
        prop_assert_eq!(all(&counted(&setting, Stop::Full)), [units * image, units * one, units * (image + one)]);
        prop_assert_eq!(all(&counted(&setting, Stop::Local)), [units * field, units * one, units * (field + one)]);
        prop_assert_eq!(all(&counted(&setting, Stop::Shared)), [m * field, m * one, units * (field + one)]);
    }
}

/// Mostly what makes a layer, now and then what does not.
fn anything() -> impl Strategy<Value = u64> {
    let odd = [0, 1000, 1_000_000, 1_000_001, 3_000_001, 1 << 32, u64::MAX - 1, u64::MAX];
    prop_oneof![
        16 => 1_u64..4,
        8 => 1_u64..40,
        1 => prop::sample::select(odd.to_vec()),
        1 => any::<u64>(),
    ]
}

fn any_setting() -> impl Strategy<Value = Setting> {
    let pair = || [anything(), anything()];
    let border = prop_oneof![
        Just(Border::Same),
        Just(Border::Valid),
        Just(Border::Ignored(Hidden::LikeImage)),
        Just(Border::Ignored(Hidden::MapPerKernel)),
        anything().prop_map(|units| Border::Ignored(Hidden::Units(units))),
        (0..3_usize, any::<usize>()).prop_map(|(small, any)| {
            Border::Padded(Padding {
                top: small,
                left: if small == 2 { any } else { 1 },
                ..Padding::all(0)
            })
        }),
    ];
    let channels = prop_oneof![
        (0..5_usize).prop_map(Channels::Groups),
        prop::collection::vec(prop::collection::vec(0..5_usize, 0..3), 0..4)
            .prop_map(Channels::Table),
    ];
    let image = [anything(), anything(), anything()];
    (image, border, pair(), pair(), pair(), anything(), channels, anything()).prop_map(
        |(image, border, field, stride, dilation, kernels, channels, bytes_per_weight)| Setting {
            image,
            border,
            field,
            stride,
            dilation,
            kernels,
            channels,
            bias: true,
            bytes_per_weight,
        },
    )
}

/// Small numbers of which most make a layer, each row of a table a set of channels.
fn likely_setting() -> impl Strategy<Value = Setting> {
    let pair = |most: u64| [1..most, 1..most];
    let padding = (0..3_usize, 0..3_usize, 0..3_usize).prop_map(|(top, bottom, left)| Padding {
        top,
        bottom,
        left,
        ..Padding::all(0)
    });
    let border = prop_oneof![
        Just(Border::Same),
        Just(Border::Valid),
        Just(Border::Ignored(Hidden::LikeImage)),
        Just(Border::Ignored(Hidden::MapPerKernel)),
        (1_u64..200).prop_map(|units| Border::Ignored(Hidden::Units(units))),
        padding.prop_map(Border::Padded),
    ];
    let sets = prop::option::of(prop::collection::vec(1..32_usize, 6));
    let one_in_two = prop_oneof![Just(1_usize), 1..4_usize];
    let strides = prop_oneof![Just([1, 1]), pair(5)];
    let image = (1_u64..7, 1_u64..40, 1_u64..40);
    (image, border, pair(7), strides, pair(3), 1_u64..7, one_in_two, sets).prop_map(
        |((channels, rows, columns), border, field, stride, dilation, kernels, groups, sets)| {
            let set = |bits: &usize| -> Vec<usize> {
                let set: Vec<usize> =
                    (0..channels as usize).filter(|i| bits >> i & 1 == 1).collect();
                if set.is_empty() { vec![0] } else { set }
            };
            Setting {
                image: [channels, rows, columns],
                border,
                field,
                stride,
                dilation,
                kernels,
                channels: match sets {
                    Some(sets) => {
                        Channels::Table(sets.iter().take(kernels as usize).map(set).collect())
                    }
                    None => Channels::Groups(groups),
                },
                bias: kernels % 2 == 0,
                bytes_per_weight: 4,
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// A scene file may hold any numbers. Nothing overflows; what is accepted can be shown, and its matrix
    /// has as many weights and connections as are counted.
    #[test]
    fn no_numbers_break_anything(setting in prop_oneof![1 => any_setting(), 3 => likely_setting()], a in anything(), b in anything()) {
        let (accepted, stops) = (setting.check().is_ok(), setting.stops());
        for stop in stops.iter().copied().chain([Stop::Tiles([a, b]), Stop::Field([a, b])]) {
            let nearest = stops[setting.place_of(stop)];
            let (counts, wiring) = (setting.counts(stop), setting.wiring(stop));
            let possible = setting.check_stop(stop);
            if !accepted {
                continue;
            }
            prop_assert!(setting.check_stop(nearest).is_ok(), "{:?} for {:?}", nearest, stop);
            if stops.contains(&stop) {
                prop_assert_eq!(nearest, stop);
            }
            if possible.is_err() {
                continue;
            }
            let counts = counts.expect("what may be shown is counted");
            prop_assert!(counts.check().is_ok());
            if let Some(wiring) = wiring {
                prop_assert_eq!(counts.weights.value(), Ok(wiring.weights()), "{:?}", stop);
                let connections = wiring.cells() + wiring.hanging();
                prop_assert_eq!(counts.macs.value(), Ok(connections), "{:?}", stop);
            }
        }
    }
}

/// A network may leave rows that no window reaches and leap over what follows the first one.
#[test]
fn strides_of_networks_need_not_end_at_the_border() {
    for (side, stride, units) in [(9, 3, 3), (8, 3, 2), (4, 5, 1), (3, 5, 1)] {
        let text = format!(
            r#"{{"name":"made-up","title":"Made up","nodes":[
               {{"name":"input","kind":"input","shape":[1,{side},{side}]}},
               {{"name":"L","inputs":["input"],"kind":"conv","maps":2,
                 "window":{{"kernel":[3,3],"stride":[{stride},{stride}]}}}}]}}"#
        );
        let network: Network = serde_json::from_str(&text).unwrap();
        let (setting, stop) = Setting::of_layer(&network, 1).unwrap();
        assert_eq!((setting.check(), setting.check_stop(stop)), (Ok(()), Ok(())), "{side}");
        assert_eq!(setting.arrangement(stop), Some([2, units, units]), "{side}");
    }
}

#[test]
fn larger_fields_have_the_middle_of_the_one_in_question() {
    for border in [Border::Same, Border::Valid, Border::Ignored(Hidden::LikeImage)] {
        let setting = Setting { image: [1, 31, 31], border, field: [5, 5], ..Setting::default() };
        let middle = |stop: Stop| {
            let axis = setting.wiring(stop).unwrap().axis(0);
            2 * axis.start + axis.span() as i64
        };
        for side in [1, 3, 7, 31] {
            assert_eq!(middle(Stop::Field([side; 2])), middle(Stop::Local), "{side}");
        }
    }
}

/// Evenly: no more rows hang over one side than over the other, but for an odd one behind.
#[test]
fn units_without_places_are_spread_over_the_whole_image() {
    for (units, side) in [(1, 32), (4, 32), (49, 32), (784, 32), (1024, 32), (100, 1000)] {
        let setting = Setting {
            image: [1, side, side],
            border: Border::Ignored(Hidden::Units(units)),
            field: [5, 5],
            ..Setting::default()
        };
        setting.check().unwrap();
        let axis = setting.wiring(Stop::Local).unwrap().axis(0);
        assert_eq!((axis.units * axis.units) as u64, units);
        let end = axis.start + ((axis.units - 1) * axis.stride + axis.kernel) as i64;
        let [before, behind] = [-axis.start, end - side as i64];
        assert!((0..=1).contains(&(behind - before)), "{before} and {behind} of {units}");
        assert!(axis.units * (axis.stride + 1) > axis.cells, "{axis:?}");
    }
}

/// Without places for the units there is nothing to tile: no count, and above all not that of a convolution.
#[test]
fn what_cannot_be_tiled_is_not_counted() {
    let setting = Setting {
        border: Border::Ignored(Hidden::Units(7_919)),
        image: [1, 32, 32],
        field: [5, 5],
        ..Setting::default()
    };
    assert_eq!(setting.arrangement(Stop::Shared), None, "a prime number beyond the image");
    assert_eq!(setting.counts(Stop::Tiles([2, 2])), None);
    assert!(setting.check_stop(Stop::Tiles([2, 2])).is_err());
    assert_eq!(weights(&counted(&setting, Stop::Shared)), 25);
}

/// The weights of growing images: of tiles a staircase that never falls, of a convolution a level line; where
/// a field with its holes does not fit, or a tile is larger than the map, there is no layer.
#[test]
fn weights_grow_with_the_image() {
    let setting = Setting::default();
    let growth = |stop| setting.growth(stop);
    for (stop, exponent) in [(Stop::Full, 4), (Stop::Local, 2), (Stop::Shared, 0)] {
        let line = growth(stop);
        let ((first, least), (last, most)) = (line[0], line[line.len() - 1]);
        assert_eq!((first, last), (10, 10_000), "{stop:?}");
        assert_eq!(most, least * 1000_u128.pow(exponent), "{stop:?}");
    }
    let tiles = growth(Stop::Tiles([64, 64]));
    assert!(tiles[0].0 >= 64, "{tiles:?}");
    for (side, weights) in tiles {
        assert_eq!(weights, u128::from(side.div_ceil(64)).pow(2) * 100, "{side}");
    }
    let dilated = Setting {
        image: [1, 100, 100],
        border: Border::Valid,
        field: [3, 3],
        dilation: [8, 8],
        ..Setting::default()
    };
    let line = dilated.growth(Stop::Local);
    assert_eq!(line[0], (17, 9), "one field, holes counted");
    for (side, weights) in line {
        assert_eq!(weights, u128::from(side - 16).pow(2) * 9, "{side}");
    }
}
