//! Both LeNets against PyTorch: every sum and output of an image, scores, loss and gradients.

use convscope::data::digits;
use convscope::engine::examples::{ByteImages, batch};
use convscope::engine::{EngineError, Model, evaluate, lanes, seeded};
use convscope::network::{Network, zoo};

use super::fixture::{self, LABELS, assert_close};

fn networks() -> [Network; 2] {
    [zoo::lenet5(), zoo::lenet5_modern()]
}

fn model(network: &Network) -> Model {
    Model::new(network, &fixture::weights(network)).unwrap()
}

#[test]
fn seeded_weights_begin_as_the_contract_says() {
    for network in networks() {
        let expected = fixture::file(&format!("{}.safetensors", network.name));
        let found = seeded::weights(&network, 1).unwrap();
        let first = &found.get("C1", "weight").unwrap().values()[..8];
        assert_eq!(first, expected.tensors["seeded.C1.weight"].values(), "{}", network.name);
    }
}

/// With the rubbish class of squared distances: curves of both have one scale.
#[test]
fn what_is_judged_is_what_training_lowers() {
    for network in networks() {
        let model = model(&network);
        let set = digits::bundled().subset(4000..4020);
        let test = ByteImages::of(&set, network.input()).unwrap();
        let judged = evaluate(&model, &test, &mut |_| true).unwrap().loss;
        let all: Vec<usize> = (0..20).collect();
        let batch = batch(&test, &all, None).unwrap();
        let learned = model.learn(&batch.images, &batch.labels, 1).unwrap().loss;
        assert!(
            (judged - learned).abs() < 1e-5 * learned.max(1.0),
            "{}: {judged} and {learned}",
            network.name
        );
    }
}

#[test]
fn every_sum_and_output_is_pytorchs() {
    for network in networks() {
        let expected = fixture::file(&format!("{}.safetensors", network.name)).tensors;
        let trace = model(&network).trace(&fixture::image(0), &|| false).unwrap();
        assert_eq!(trace.nodes.len(), network.nodes().len());
        for (node, computed) in network.nodes().iter().zip(&trace.nodes) {
            let name = &node.name;
            let what = format!("{} {name}", network.name);
            assert_eq!(computed.output.shape(), node.output, "{what}");
            assert_close(&what, computed.output.values(), expected[name].values(), 1e-5);
            if let Some(sum) = expected.get(&format!("{name}.sum")) {
                assert_close(&format!("{what}.sum"), computed.sum.values(), sum.values(), 1e-5);
            }
        }
    }
}

#[test]
fn a_trace_stops_when_it_is_asked_to() {
    let network = zoo::lenet5();
    let model = model(&network);
    for patience in 0..network.nodes().len() {
        let asked = std::cell::Cell::new(0);
        let cancelled = || asked.replace(asked.get() + 1) == patience;
        let result = model.trace(&fixture::image(0), &cancelled);
        assert!(matches!(result, Err(EngineError::Cancelled)), "{patience}");
    }
}

#[test]
fn scores_of_a_batch_are_pytorchs() {
    for network in networks() {
        let expected = fixture::file(&format!("{}.safetensors", network.name)).tensors;
        let scores = model(&network).scores(&fixture::images()).unwrap();
        let rows = lanes::unpack_rows(&scores, 3).unwrap().concat();
        assert_close(&network.name, &rows, expected["OUTPUT.batch"].values(), 1e-5);
    }
}

#[test]
fn loss_and_gradients_are_pytorchs() {
    for network in networks() {
        let expected = fixture::file(&format!("{}.safetensors", network.name)).tensors;
        let model = model(&network);
        let loss = model.loss(&fixture::images(), &LABELS, 1).unwrap();
        assert_close("loss", &[loss.to_scalar().unwrap()], expected["loss"].values(), 1e-5);
        let gradients = loss.backward().unwrap();
        for parameter in model.parameters() {
            let name = &parameter.name;
            let what = format!("{} {name}", network.name);
            let found = gradients.get(&parameter.var).unwrap().flatten_all().unwrap();
            let found: Vec<f32> = found.to_vec1().unwrap();
            let (key, step) = match name.as_str() {
                "C5.weight" => ("grad.C5.weight.every37".into(), 37),
                "F6.weight" => ("grad.F6.weight.every13".into(), 13),
                _ => (format!("grad.{name}"), 1),
            };
            let found: Vec<f32> = found.into_iter().step_by(step).collect();
            assert_close(&what, &found, expected[&key].values(), 2e-5);
        }
    }
}
