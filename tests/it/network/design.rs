//! Designs: what they build, and that no legal choice breaks them.

use convscope::network::design::{
    Block, Connect, Design, Hidden, Knob, Legal, MOST_PARAMETERS, Place, PoolKind, Value,
};
use convscope::network::{Activation, Network, cost, zoo};
use proptest::prelude::*;

fn params(network: &Network) -> u128 {
    cost::totals(network).unwrap().params
}

fn names(design: &Design) -> Vec<String> {
    design.network().unwrap().nodes().iter().map(|node| node.name.clone()).collect()
}

#[test]
fn the_designs_of_the_zoo_are_its_networks() {
    for name in ["lenet5-modern", "lenet-full", "lenet-local", "lenet-conv"] {
        let design = Design::of(name).unwrap();
        let network = design.network().unwrap();
        assert_eq!(network.nodes(), zoo::find(name).unwrap().nodes(), "{name}");
        assert!(design.is_legal());
        assert_eq!(zoo::find(name).unwrap().labels, network.labels);
        let text = serde_json::to_string(&design).unwrap();
        assert_eq!(serde_json::from_str::<Design>(&text).unwrap(), design);
    }
    assert_eq!(Design::of("lenet5"), None);
    assert_eq!(Design::default().short(), "6C5-MP2-16C5-MP2-120C5-84N-10N");
}

#[test]
fn the_three_ways_differ_in_c1_and_c3_only() {
    let nets = ["lenet-full", "lenet-local", "lenet-conv"].map(|name| zoo::find(name).unwrap());
    let of = |network: &Network, name: &str| {
        cost::cost(network, network.index_of(name).unwrap()).params.value().unwrap()
    };
    // C1 as networks.md has it; C3 from its sizes: 1,600 units, 1,176 or 150 inputs and a bias.
    assert_eq!([0, 1, 2].map(|i| of(&nets[i], "C1")), [4_821_600, 122_304, 156]);
    assert_eq!([0, 1, 2].map(|i| of(&nets[i], "C3")), [1600 * 1177, 1600 * 151, 2_416]);
    assert_eq!(nets.each_ref().map(params), [6_763_934, 423_038, 61_706]);
    for network in &nets[..2] {
        for (node, other) in network.nodes().iter().zip(nets[2].nodes()) {
            assert_eq!((&node.name, node.output), (&other.name, other.output));
            let differs = node.layer != other.layer;
            assert_eq!(differs, ["C1", "C3"].contains(&node.name.as_str()), "{}", node.name);
        }
    }
}

#[test]
fn nodes_are_named_and_stand_as_said() {
    let mut design = Design::lenet5_modern();
    design.blocks[0].batch_norm = true;
    design.blocks[0].dropout = 0.1;
    design.blocks[2].dropout = 0.25;
    design.hidden[0].batch_norm = true;
    design.hidden[0].dropout = 0.5;
    let network = design.network().unwrap();
    let expected = "input C1 C1/norm S2 S2/dropout C3 S4 C5 C5/dropout F6 F6/norm F6/dropout \
                    OUTPUT softmax";
    assert_eq!(names(&design).join(" "), expected);
    let node = |name: &str| &network.nodes()[network.index_of(name).unwrap()];
    assert_eq!(node("C1").activation, Activation::Identity);
    assert_eq!(node("C1/norm").activation, Activation::Relu);
    assert_eq!(node("C3").activation, Activation::Relu);
    assert!(serde_json::to_string(&network).unwrap().contains("\"rate\":0.1,"));
    // γ and β in the place of 6 + 84 biases.
    assert_eq!(params(&network), 61_706 + 6 + 84);
    let blocks = design.block_nodes();
    assert_eq!(blocks[0].dropout.as_deref(), Some("S2/dropout"));
    assert_eq!((blocks[2].layer.as_str(), &blocks[2].pool), ("C5", &None));
}

#[test]
fn legal_values_end_where_the_network_does() {
    let design = Design::default();
    let numbers = |design: &Design, place, knob| match design.legal(place, knob) {
        Legal::Numbers(numbers) => numbers,
        other => panic!("{knob:?}: {other:?}"),
    };
    // 5 × 5 arrive at C5, 14 × 14 at C3, of which 5 × 5 must be left for C5.
    assert_eq!(numbers(&design, Place::Block(2), Knob::Kernel), [1, 2, 3, 4, 5]);
    assert_eq!(numbers(&design, Place::Block(1), Knob::Kernel), [1, 2, 3, 4, 5]);
    assert_eq!(numbers(&design, Place::Block(0), Knob::Padding), [0, 1, 2, 3, 4]);
    assert_eq!(numbers(&design, Place::Block(1), Knob::Stride), [1]);
    assert_eq!(numbers(&design, Place::Block(0), Knob::Maps).len(), 128);
    assert_eq!(numbers(&design, Place::Hidden(0), Knob::Units), (8..=512).collect::<Vec<_>>());
    assert_eq!(design.legal(Place::Block(0), Knob::Units), Legal::Nothing);
    assert_eq!(design.legal(Place::Block(2), Knob::PoolSize), Legal::Nothing);
    assert_eq!(design.legal(Place::Block(9), Knob::Maps), Legal::Nothing);
    // Nothing can be pooled of one row.
    let pools = design.legal(Place::Block(2), Knob::Pool);
    assert_eq!(pools, Legal::Choices(vec![Value::Pool(None)]));
    assert_eq!(design.legal(Place::Block(0), Knob::Dropout), Legal::Rates { most: 0.9 });

    // Fully connected, C1 has 1,025 parameters per unit, 784 units per map; C3 reads them all.
    let full = Design::lenet(Connect::Full);
    let maps = numbers(&full, Place::Block(0), Knob::Maps);
    let total = |maps: u128| maps * 784 * 1025 + 1600 * (maps * 196 + 1) + 48_120 + 10_164 + 850;
    let most = (1..=128).filter(|&maps| total(maps) <= MOST_PARAMETERS).max().unwrap();
    assert_eq!(maps.len() as u128, most);
    let largest = full.with(Place::Block(0), Knob::Maps, Value::Number(maps.len())).unwrap();
    assert_eq!(params(&largest.network().unwrap()), total(most));
    let mut beyond = full.clone();
    assert!(!beyond.set(Place::Block(0), Knob::Maps, Value::Number(maps.len() + 1)));
    assert_eq!(beyond, full);
    assert_eq!(design.legal(Place::Block(2), Knob::Kernel).nearest(9), Some(5));
}

#[test]
fn blocks_and_hidden_layers_come_and_go_where_they_may() {
    let design = Design::default();
    let more = design.with_block(1).unwrap();
    assert_eq!(names(&more).join(" "), "input C1 S2 C3 C4 S5 C6 F7 OUTPUT softmax");
    let more = more.with_block(4).unwrap();
    assert_eq!((more.blocks[4].kernel, more.blocks[4].maps), (1, 120));
    let most = more.with_block(0).unwrap();
    assert_eq!((most.blocks.len(), most.with_block(0)), (6, None));
    assert_eq!(design.with_block(4), None);
    let none = design.without_hidden(0).unwrap();
    assert_eq!(names(&none).join(" "), "input C1 S2 C3 S4 C5 OUTPUT softmax");
    let deep = design.with_hidden(1).and_then(|d| d.with_hidden(0)).unwrap();
    assert_eq!((deep.hidden.len(), deep.with_hidden(3)), (3, None));
    let one = Design { blocks: vec![Block::conv(4, 3)], ..design.clone() };
    assert_eq!(one.without_block(0), None);
    assert!(design.without_block(2).is_some());
    assert_eq!(design.without_block(3), None);
}

#[test]
fn designs_from_files_may_be_illegal_and_harm_nothing() {
    let good = Design::default();
    let with = |change: fn(&mut Design)| {
        let mut bad = good.clone();
        change(&mut bad);
        bad
    };
    for bad in [
        with(|d| d.blocks[0].kernel = 0),
        with(|d| d.blocks[0].stride = 0),
        with(|d| d.blocks[0].maps = usize::MAX),
        with(|d| d.blocks[0].kernel = usize::MAX),
        with(|d| d.blocks[1].padding = usize::MAX),
        with(|d| d.blocks[1].dropout = f32::NAN),
        with(|d| d.hidden[0] = Hidden::relu(usize::MAX)),
        with(|d| d.input = [usize::MAX; 3]),
        with(|d| d.input = [0, 32, 32]),
        with(|d| d.classes = 0),
        with(|d| d.blocks.clear()),
    ] {
        assert!(!bad.is_legal(), "{bad:?}");
    }
    let mut wide = good.clone();
    wide.blocks[2].kernel = 6;
    let error = wide.network().unwrap_err().to_string();
    assert!(error.starts_with("node C5: a window of 6"), "{error}");
    // A legal value repairs it.
    assert!(wide.set(Place::Block(2), Knob::Kernel, Value::Number(5)));
}

/// The choices that blocks have, and those of hidden layers.
const OF_BLOCK: [Knob; 11] = [
    Knob::Connect,
    Knob::Maps,
    Knob::Kernel,
    Knob::Stride,
    Knob::Padding,
    Knob::BatchNorm,
    Knob::Activation,
    Knob::Pool,
    Knob::PoolSize,
    Knob::PoolStride,
    Knob::Dropout,
];
const OF_HIDDEN: [Knob; 4] = [Knob::Units, Knob::BatchNorm, Knob::Activation, Knob::Dropout];

/// Makes one choice by number; tells whether there was one.
fn change(design: &mut Design, [what, place, knob, value]: [usize; 4]) -> bool {
    let (blocks, hidden) = (design.blocks.len(), design.hidden.len());
    let changed = match what % 8 {
        0 => design.with_block(place % (blocks + 1)),
        1 => design.without_block(place % blocks),
        2 => design.with_hidden(place % (hidden + 1)),
        3 => design.without_hidden(place % (hidden + 1)),
        _ => {
            let place = place % (blocks + hidden);
            let (place, knob) = if place < blocks {
                (Place::Block(place), OF_BLOCK[knob % OF_BLOCK.len()])
            } else {
                (Place::Hidden(place - blocks), OF_HIDDEN[knob % OF_HIDDEN.len()])
            };
            let value = match design.legal(place, knob) {
                Legal::Nothing => return false,
                Legal::Numbers(numbers) => Value::Number(numbers[value % numbers.len()]),
                Legal::Choices(choices) => choices[value % choices.len()],
                Legal::Rates { most } => Value::Rate(most * (value % 10) as f32 / 9.0),
            };
            assert!(design.legal(place, knob).contains(value));
            assert!(design.set(place, knob, value), "{place:?} {knob:?} {value:?} in {design:?}");
            assert_eq!(design.value(place, knob), Some(value));
            return true;
        }
    };
    let any = changed.is_some();
    if let Some(changed) = changed {
        *design = changed;
    }
    any
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn legal_choices_always_give_a_network(
        choices in prop::collection::vec([any::<usize>(), any::<usize>(), any::<usize>(), any::<usize>()], 1..24),
    ) {
        let mut design = Design::default();
        for choice in choices {
            change(&mut design, choice);
            let network = design.network();
            prop_assert!(network.is_ok(), "{:?}: {:?}", design, network);
            let network = network.unwrap();
            prop_assert!(network.nodes().iter().all(|node| !node.output.contains(&0)));
            prop_assert!(params(&network) <= MOST_PARAMETERS);
        }
    }

    /// What is not offered would break something that can be named.
    #[test]
    fn what_is_not_legal_gives_no_network_or_too_large_a_one(
        choices in prop::collection::vec([any::<usize>(), any::<usize>(), any::<usize>(), any::<usize>()], 0..8),
        place in 0usize..4,
        kernel in 1usize..33,
    ) {
        let mut design = Design::default();
        for choice in choices {
            change(&mut design, choice);
        }
        let place = place % design.blocks.len();
        let legal = design.legal(Place::Block(place), Knob::Kernel);
        design.blocks[place].kernel = kernel;
        let network = design.network();
        let fits = network.as_ref().is_ok_and(|network| {
            let sides = design.block_nodes().iter().zip(&design.blocks).all(|(names, block)| {
                let arriving = network.input_shapes(network.index_of(&names.layer).unwrap())[0];
                block.kernel <= arriving[1] && block.kernel <= arriving[2]
            });
            sides && params(network) <= MOST_PARAMETERS && design.blocks[place].padding < kernel
        });
        prop_assert_eq!(legal.contains(Value::Number(kernel)), fits);
    }
}

#[test]
fn every_kind_of_pooling_is_built() {
    let average = Value::Pool(Some(PoolKind::Average));
    let design = Design::default().with(Place::Block(0), Knob::Pool, average).unwrap();
    assert_eq!(design.network().unwrap().nodes()[2].layer.kind(), "pool_avg");
    assert_eq!(design.blocks[0].pool.unwrap().size, 2);
}
