//! The arithmetic of a unit is what the engine computed: for every kind that runs, on random networks.

mod backward;
mod contrast;
mod curves;
mod reading;
mod replay;
mod three_ways;

use convscope::array::{Array, Trace, Weights};
use convscope::engine::{Model, seeded};
use convscope::explain::{ExplainError, Rule, explain};
use convscope::network::{Network, zoo};
use proptest::prelude::*;

use crate::network::made_up::branching;

pub fn run(network: &Network, seed: u64) -> (Weights, Trace) {
    let mut weights = seeded::weights(network, seed).expect("small");
    // Biases of zero would hide a forgotten bias.
    for (name, array) in &mut weights.tensors {
        if name.ends_with(".bias") || name.ends_with(".coefficient") {
            *array = Array::from_fn(array.shape(), |i| 0.1 * ((i % 7) as f32 - 3.0) + 0.05);
        }
        if [".gamma", ".beta", ".running_mean", ".running_variance"]
            .iter()
            .any(|p| name.ends_with(p))
        {
            *array = Array::from_fn(array.shape(), |i| 0.3 + 0.2 * (i % 5) as f32);
        }
    }
    let image = Array::from_fn(&network.input(), |i| (i as f32 * 0.61 + seed as f32).sin());
    let model = Model::new(network, &weights).expect("runs");
    let trace = model.trace(&image, &|| false).expect("runs");
    (weights, trace)
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-5 * a.abs().max(b.abs()).max(1.0)
}

/// Every unit of every computed node.
fn check_all(network: &Network, seed: u64) -> Result<(), TestCaseError> {
    let (weights, trace) = run(network, seed);
    for (index, node) in network.nodes().iter().enumerate().skip(1) {
        let [c, h, w] = node.output;
        for unit in (0..c * h * w).map(|i| [i / (h * w), i / w % h, i % w]) {
            let e = explain(network, &weights, &trace, index, unit)
                .map_err(|error| TestCaseError::fail(error.to_string()))?;
            let at = format!("{} {unit:?} ({})", node.name, node.layer.kind());
            let terms: f64 = e.terms.iter().map(|term| term.product).sum();
            let parts: f64 = e.parts.iter().map(|part| part.sum).sum();
            let bias = e.bias.unwrap_or(0.0);
            prop_assert!(near(terms + bias, e.sum), "{at}: terms give {terms}, not {}", e.sum);
            prop_assert!(near(parts + bias, e.sum), "{at}: parts give {parts}, not {}", e.sum);
            let traced = f64::from(trace.output(index).at(unit));
            prop_assert!(near(e.output, traced), "{at}: {} is not {traced}", e.output);
            // There the trace has what the sum is used for.
            if !matches!(e.rule, Rule::Softmax | Rule::Lrn) {
                let sum = f64::from(trace.nodes[index].sum.at(unit));
                prop_assert!(near(e.sum, sum), "{at}: the sum {} is not {sum}", e.sum);
            }
            for term in e.terms.iter().filter(|term| term.inside) {
                let (source, unit) = term.source_unit().expect("inside");
                prop_assert_eq!(term.value, f64::from(trace.output(source).at(unit)));
            }
        }
    }
    Ok(())
}

/// Add, flatten, linear as maps, subsampling, RBF and average pooling behind a convolution with groups.
pub fn tail(groups: usize, rows: usize) -> Network {
    let bitmap = |flip: usize| {
        let bits = (0..12).map(|i| if (i + flip).is_multiple_of(3) { "1" } else { "-1" });
        format!("[{}]", bits.collect::<Vec<_>>().join(","))
    };
    let text = format!(
        r#"{{"name":"tail","title":"Tail","nodes":[
        {{"name":"input","kind":"input","shape":[4,{rows},9]}},
        {{"name":"a","inputs":["input"],"kind":"conv","maps":4,"window":{{"kernel":[3,2]}},
          "channels":{{"groups":{groups}}},"activation":"tanh"}},
        {{"name":"b","inputs":["input"],"kind":"conv","maps":4,"window":{{"kernel":[3,2]}},
          "channels":{{"table":[[0],[1,3],[0,1,2,3],[2]]}},"bias":false,"activation":"sigmoid"}},
        {{"name":"sum","inputs":["a","b"],"kind":"add","activation":"relu"}},
        {{"name":"half","inputs":["sum"],"kind":"subsample","kernel":[2,2],"stride":[2,2],"activation":"scaled_tanh"}},
        {{"name":"mean","inputs":["half"],"kind":"pool_avg","extent":{{"adaptive":{{"output":[2,3]}}}}}},
        {{"name":"flat","inputs":["mean"],"kind":"flatten"}},
        {{"name":"maps","inputs":["flat"],"kind":"linear","output":[12,1,1]}},
        {{"name":"classes","inputs":["maps"],"kind":"rbf","picture":[4,3],"bitmaps":[{},{},{}]}},
        {{"name":"share","inputs":["classes"],"kind":"softmax"}}]}}"#,
        bitmap(0),
        bitmap(1),
        bitmap(2)
    );
    serde_json::from_str(&text).expect("a valid network")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn windows_of_every_shape_explain_what_was_computed(network in branching(), seed in 0..1000u64) {
        check_all(&network, seed)?;
    }

    #[test]
    fn the_other_kinds_explain_what_was_computed(groups in prop::sample::select(vec![1usize, 2, 4]), rows in 7..12usize, seed in 0..1000u64) {
        check_all(&tail(groups, rows), seed)?;
    }
}

#[test]
fn both_lenets_explain_what_was_computed() {
    for network in [zoo::lenet5(), zoo::lenet5_modern()] {
        check_all(&network, 3).expect("every unit agrees");
    }
}

#[test]
fn a_sliding_lenet_explains_what_was_computed_at_every_position() {
    let network = zoo::lenet5().sliding([1, 32, 40]).expect("wide enough");
    assert_eq!(network.nodes()[network.scores()].output, [10, 1, 3]);
    check_all(&network, 3).expect("every unit agrees");
}

#[test]
fn a_padding_cell_is_a_term_of_value_zero_and_never_wins() {
    let text = r#"{"name":"p","title":"P","nodes":[
        {"name":"input","kind":"input","shape":[1,4,4]},
        {"name":"pool","inputs":["input"],"kind":"pool_max","extent":{"window":{"window":
          {"kernel":[3,3],"stride":[2,2],"padding":{"top":1,"bottom":1,"left":1,"right":1}},"ceil":true}}}]}"#;
    let network: Network = serde_json::from_str(text).expect("valid");
    let image = Array::full(&[1, 4, 4], -2.0);
    let weights = Weights::default();
    let trace = Model::new(&network, &weights)
        .and_then(|model| model.trace(&image, &|| false))
        .expect("runs");
    let corner = explain(&network, &weights, &trace, 1, [0, 0, 0]).expect("explained");
    assert_eq!((corner.terms.len(), corner.output), (9, -2.0));
    assert_eq!(corner.terms.iter().filter(|term| !term.inside).count(), 5);
    // Row 5 lies beyond the declared padding: its cells are no terms.
    let last = explain(&network, &weights, &trace, 1, [0, 2, 2]).expect("explained");
    assert_eq!(last.terms.len(), 4);
}

#[test]
fn the_kinds_of_deep_networks_are_explained_too() {
    let text = r#"{"name":"deep","title":"Deep","nodes":[
        {"name":"input","kind":"input","shape":[2,6,5]},
        {"name":"conv","inputs":["input"],"kind":"conv","maps":3,"window":{"kernel":[3,3]}},
        {"name":"norm","inputs":["conv"],"kind":"batch_norm","epsilon":0.001,"activation":"relu"},
        {"name":"lrn","inputs":["norm"],"kind":"lrn","size":2,"alpha":0.7,"alpha_over_size":false,
            "beta":0.75,"k":2.0,"activation":"tanh"},
        {"name":"drop","inputs":["lrn"],"kind":"dropout","rate":0.5},
        {"name":"pad","inputs":["drop"],"kind":"pad_channels","added":2},
        {"name":"mean","inputs":["pad"],"kind":"global_avg"}]}"#;
    let network: Network = serde_json::from_str(text).expect("valid");
    check_all(&network, 5).expect("every unit");
    let (weights, trace) = run(&network, 5);
    let of = |name: &str, unit| {
        let index = network.index_of(name).expect("there");
        explain(&network, &weights, &trace, index, unit).expect("explained")
    };
    assert_eq!(of("norm", [1, 2, 0]).terms.len(), 1);
    assert_eq!(of("mean", [2, 0, 0]).terms.len(), 4 * 3);
    // An added map has no terms, and its sum is 0.
    assert_eq!((of("pad", [3, 0, 0]).terms.len(), of("pad", [3, 0, 0]).sum), (0, 0.0));
}

#[test]
fn what_cannot_be_explained_says_so() {
    let network = zoo::lenet5();
    let (weights, trace) = run(&network, 1);
    let ask = |node, unit| explain(&network, &weights, &trace, node, unit);
    assert!(matches!(ask(0, [0, 0, 0]), Err(ExplainError::Input { .. })));
    assert!(matches!(ask(1, [6, 0, 0]), Err(ExplainError::Outside { .. })));
}
