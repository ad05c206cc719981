//! Weights: seeded, bundled, in files, and refused where they do not fit.

use std::path::Path;

use convscope::array::{Array, TensorFile, TensorFileError, Weights};
use convscope::engine::weight_file::{self, Remarks};
use convscope::engine::{EngineError, Misfit, Model, seeded};
use convscope::network::{Network, zoo};

fn misfit(change: impl FnOnce(&mut Weights)) -> Misfit {
    let network = zoo::lenet5();
    let mut weights = seeded::weights(&network, 1).unwrap();
    change(&mut weights);
    match Model::new(&network, &weights) {
        Err(EngineError::Misfit(misfit)) => misfit,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("these weights must not fit"),
    }
}

/// The tensor with one value changed.
fn with_value(array: &Array, position: usize, value: f32) -> Array {
    Array::from_fn(array.shape(), |i| if i == position { value } else { array.values()[i] })
}

#[test]
fn a_missing_tensor_is_named() {
    let found = misfit(|weights| {
        weights.tensors.remove("C5.bias");
        weights.tensors.remove("F6.weight");
    });
    assert_eq!(found, Misfit::Missing { tensor: "C5.bias".into(), expected: vec![120] });
}

#[test]
fn an_unknown_tensor_is_named() {
    let extra = Array::full(&[1], 0.0);
    let found = misfit(|weights| drop(weights.tensors.insert("C7.weight".into(), extra)));
    assert_eq!(found, Misfit::Unknown { tensor: "C7.weight".into() });
}

#[test]
fn a_tensor_of_another_shape_is_named() {
    let found = misfit(|weights| {
        weights.tensors.insert("S2.coefficient".into(), Array::full(&[7], 0.0));
    });
    let (expected, found_shape) = (vec![6], vec![7]);
    let tensor = "S2.coefficient".into();
    assert_eq!(found, Misfit::Shape { tensor, expected, found: found_shape });
}

#[test]
fn a_value_that_is_no_number_is_named() {
    for value in [f32::NAN, f32::INFINITY] {
        let found = misfit(|weights| {
            let weight = weights.tensors.get_mut("F6.weight").unwrap();
            *weight = with_value(weight, 17, value);
        });
        assert_eq!(found, Misfit::NotFinite { tensor: "F6.weight".into(), position: 17 });
    }
}

#[test]
fn a_kernel_where_there_is_no_link_is_named() {
    // Map 0 of C3 sees maps 0, 1 and 2 of S2.
    let found = misfit(|weights| {
        let weight = weights.tensors.get_mut("C3.weight").unwrap();
        *weight = with_value(weight, 3 * 25 + 4, 0.5);
    });
    assert_eq!(found, Misfit::Unlinked { tensor: "C3.weight".into(), map: 0, input: 3 });
}

#[test]
fn seeded_weights_leave_kernels_without_a_link_at_zero() {
    let weights = seeded::weights(&zoo::lenet5(), 9).unwrap();
    let c3 = weights.get("C3", "weight").unwrap().values();
    let zeros = c3.chunks(25).filter(|kernel| kernel.iter().all(|&w| w == 0.0)).count();
    assert_eq!(zeros, 36);
    assert_eq!(weights.get("S4", "coefficient").unwrap().values(), [0.25; 16]);
    assert_eq!(weights.get("C1", "bias").unwrap().values(), [0.0; 6]);
    assert_ne!(weights, seeded::weights(&zoo::lenet5(), 8).unwrap());
}

#[test]
fn weights_too_large_to_hold_are_refused_before_anything_is_reserved() {
    let text = r#"{"name": "huge", "title": "Huge", "nodes": [
        {"name": "input", "kind": "input", "shape": [1, 16384, 16384]},
        {"name": "all", "inputs": ["input"], "kind": "linear", "output": [1000000, 1, 1]}]}"#;
    let network: Network = serde_json::from_str(text).unwrap();
    let error = seeded::weights(&network, 1).unwrap_err();
    assert!(error.to_string().contains("all.weight"), "{error}");
    let error = Model::new(&network, &Weights::default()).err().unwrap();
    assert!(matches!(error, EngineError::TooLarge { .. }), "{error}");
}

#[test]
fn a_file_comes_back_as_it_was_written_byte_for_byte() {
    let network = zoo::lenet5();
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = ["a", "b"].map(|name| folder.path().join(name));
    let mut weights = seeded::weights(&network, 4).unwrap();
    let remarks = Remarks {
        preprocessing: "[]".into(),
        source: "a test".into(),
        score: "none — “untrained”".into(),
    };
    weights.metadata = remarks.metadata(&network);
    assert_eq!(weights.metadata["network"], "lenet5");
    weight_file::write(&first, &weights).unwrap();
    let read = weight_file::read(&first, &network).unwrap();
    assert_eq!(read, weights);
    weight_file::write(&second, &read).unwrap();
    assert_eq!(std::fs::read(&first).unwrap(), std::fs::read(&second).unwrap());

    let model = Model::new(&network, &read).unwrap();
    assert_eq!(model.weights().unwrap().tensors, weights.tensors);
}

#[test]
fn a_changed_network_is_written_out_in_full() {
    let mut network = zoo::lenet5();
    network.title = "Another".into();
    let metadata = Remarks::default().metadata(&network);
    let read: Network = serde_json::from_str(&metadata["network"]).unwrap();
    assert_eq!(read, network);
}

#[test]
fn an_error_about_a_file_names_tensor_and_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("modern.safetensors");
    let weights = seeded::weights(&zoo::lenet5_modern(), 1).unwrap();
    weight_file::write(&path, &weights).unwrap();
    let text = weight_file::read(&path, &zoo::lenet5()).unwrap_err().to_string();
    assert!(text.contains("S2.coefficient") && text.ends_with("modern.safetensors"), "{text}");

    let missing = folder.path().join("none");
    let error = weight_file::read(&missing, &zoo::lenet5()).unwrap_err();
    assert!(matches!(error, EngineError::TensorFile(TensorFileError::Read { .. })), "{error}");
}

#[test]
fn half_and_double_precision_are_read() {
    let network: Network = serde_json::from_str(
        r#"{"name": "n", "title": "N", "nodes": [
        {"name": "input", "kind": "input", "shape": [1, 1, 1]},
        {"name": "a", "inputs": ["input"], "kind": "linear", "output": [1, 1, 1]}]}"#,
    )
    .unwrap();
    let half = half::f16::from_f32(0.5).to_le_bytes();
    let double = (-0.25f64).to_le_bytes();
    let header = r#"{"a.weight":{"dtype":"F16","shape":[1,1],"data_offsets":[0,2]},"a.bias":{"dtype":"F64","shape":[1],"data_offsets":[2,10]}}"#;
    let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
    bytes.extend(header.bytes());
    bytes.extend(half);
    bytes.extend(double);
    let weights = weight_file::parse(&bytes, &network, Path::new("memory")).unwrap();
    assert_eq!(weights.get("a", "weight").unwrap().values(), [0.5]);
    assert_eq!(weights.get("a", "bias").unwrap().values(), [-0.25]);
    let broken = weight_file::parse(&bytes[..bytes.len() - 1], &network, Path::new("memory"));
    assert!(broken.is_err());
    assert!(TensorFile::parse(&bytes, Path::new("memory")).is_ok());
}
