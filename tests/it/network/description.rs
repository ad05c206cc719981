//! Descriptions that are refused, and those that survive a file.

use convscope::network::{Network, NetworkError, zoo};

#[test]
fn every_zoo_network_survives_a_file() {
    for entry in zoo::ENTRIES {
        let network = (entry.build)();
        assert_eq!(network.name, entry.name);
        let text = serde_json::to_string(&network).expect("serialises");
        let back: Network = serde_json::from_str(&text).expect("reads what it wrote");
        assert_eq!(back, network);
    }
}

#[test]
fn bitmaps_differ_clearly() {
    let network = zoo::lenet5();
    let convscope::network::Layer::Rbf(rbf) = &network.nodes()[network.scores()].layer else {
        panic!("the output of lenet5 is an RBF layer");
    };
    assert_eq!((rbf.picture, rbf.bitmaps.len()), ([12, 7], 10));
    for (i, a) in rbf.bitmaps.iter().enumerate() {
        for b in &rbf.bitmaps[..i] {
            let differing = a.iter().zip(b).filter(|(a, b)| a != b).count();
            assert!(differing >= 16, "class {i}: only {differing} cells differ");
        }
    }
}

#[test]
fn another_input_is_inferred_anew() {
    let wide = zoo::lenet5_modern().with_input([1, 32, 64]).expect("fits");
    let c5 = wide.index_of("C5").expect("there");
    assert_eq!(wide.nodes()[c5].output, [120, 1, 9]);
    let error = zoo::lenet5().with_input([1, 3, 3]).expect_err("C1 does not fit 3×3");
    assert!(matches!(error, NetworkError::Shape { node, .. } if node == "C1"));
}

fn refused(nodes: &str) -> String {
    let text = format!(r#"{{"name":"n","title":"N","nodes":[{nodes}]}}"#);
    serde_json::from_str::<Network>(&text).expect_err("must be refused").to_string()
}

#[test]
fn faulty_graphs_are_refused_by_name() {
    let input = r#"{"name":"input","kind":"input","shape":[1,8,8]}"#;
    let conv = |name: &str, from: &str, window: &str| {
        format!(
            r#"{{"name":"{name}","kind":"conv","inputs":["{from}"],"maps":2,"window":{{"kernel":{window}}}}}"#
        )
    };
    assert!(refused("").contains("input"));
    assert!(refused(&conv("A", "input", "[3,3]")).contains("input"));
    let unknown = refused(&format!("{input},{}", conv("A", "B", "[3,3]")));
    assert!(unknown.contains("A reads B"), "{unknown}");
    let large = refused(&format!("{input},{}", conv("A", "input", "[9,3]")));
    assert!(large.contains("node A") && large.contains('9'), "{large}");
    let zero = refused(&format!("{input},{}", conv("A", "input", "[0,3]")));
    assert!(zero.contains("node A"), "{zero}");
    let twice = refused(&format!("{input},{0},{0}", conv("A", "input", "[3,3]")));
    assert!(twice.contains("two nodes are named A"), "{twice}");
    let huge = refused(r#"{"name":"input","kind":"input","shape":[1000000,1000000,1000000]}"#);
    assert!(huge.contains("too large"), "{huge}");
    let lonely = refused(&format!(r#"{input},{{"name":"S","kind":"add","inputs":["input"]}}"#));
    assert!(lonely.contains("two or more"), "{lonely}");
}
