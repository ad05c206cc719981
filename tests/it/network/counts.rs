//! LeNet-5's figures as LeCun printed them (1998, figure 2), and the formulas behind them.

use convscope::network::cost::{cost, totals};
use convscope::network::formula::LARGEST_COUNT;
use convscope::network::{Formula, Network, zoo};

fn row(network: &Network, name: &str) -> [u128; 4] {
    let index = network.index_of(name).expect("a layer of LeNet-5");
    let cost = cost(network, index);
    [cost.params, cost.connections, cost.macs, cost.constants].map(|f| f.value().expect("small"))
}

#[test]
fn lenet5_counts_as_published() {
    let network = zoo::lenet5();
    for (name, expected) in [
        ("C1", [156, 122_304, 117_600, 0]),
        ("S2", [12, 5_880, 0, 0]),
        ("C3", [1_516, 151_600, 150_000, 0]),
        ("S4", [32, 2_000, 0, 0]),
        ("C5", [48_120, 48_120, 48_000, 0]),
        ("F6", [10_164, 10_164, 10_080, 0]),
        ("OUTPUT", [0, 840, 840, 840]),
    ] {
        assert_eq!(row(&network, name), expected, "{name}");
    }
    let all = totals(&network).expect("small");
    let totals = [all.params, all.connections, all.macs, all.constants];
    assert_eq!(totals, [60_000, 340_908, 326_520, 840]);
}

#[test]
fn lenet5_modern_counts_as_published() {
    let all = totals(&zoo::lenet5_modern()).expect("small");
    assert_eq!([all.params, all.connections, all.macs], [61_706, 429_342, 416_520]);
}

#[test]
fn formulas_read_as_a_person_writes_them() {
    let network = zoo::lenet5();
    let text = |name| cost(&network, network.index_of(name).expect("there")).params.text();
    assert_eq!(text("C1"), "6 × (1·5·5 + 1)");
    assert_eq!(text("C3"), "6 × (3·5·5 + 1) + 9 × (4·5·5 + 1) + 1 × (6·5·5 + 1)");
    assert_eq!(text("F6"), "84 × (120 + 1)");
    assert_eq!(text("S2"), "6 × (1 + 1)");
}

#[test]
fn counts_above_ten_to_the_thirty_are_refused() {
    let million = || Formula::from(1_000_000);
    let exact = Formula::Product((0..5).map(|_| million()).collect());
    assert_eq!(exact.value().ok(), Some(LARGEST_COUNT));
    let more = Formula::Sum(vec![exact, Formula::from(1)]);
    assert!(more.value().is_err());
    let overflow = Formula::Product((0..9).map(|_| million()).collect());
    assert!(overflow.value().is_err());
}
