//! `export`: the script that PyTorch runs computes what the engine does.

use std::path::Path;
use std::process::Command;

use super::{Ran, TINY, run};

/// Every kind, with windows that are hard to get right.
const ALL_KINDS: &str = include_str!("../../fixtures/kinds.json");

/// Prints for each node how far the exported script is from a dump, relative to the largest value.
const COMPARE: &str = r"
import sys, pathlib, torch
sys.path.insert(0, sys.argv[1])
import model
net = model.load()
dump = model.read_safetensors(pathlib.Path(sys.argv[2]))
with torch.inference_mode():
    found = net(dump['input'][None], every=True)
for name, value in found.items():
    expected = dump[name].reshape(value.shape[1:])
    scale = max(1.0, float(expected.abs().max()))
    print(name, float((value[0] - expected).abs().max()) / scale)
";

fn exported(folder: &Path, network: &str, more: &str) -> Ran {
    run(&format!("export {network} {more} --to pytorch -o {}", folder.display()))
}

#[test]
fn the_script_and_its_weights_are_written_once() {
    let folder = tempfile::tempdir().expect("a folder");
    assert_eq!(exported(folder.path(), "lenet5", "").code, Some(0));
    let script = std::fs::read_to_string(folder.path().join("model.py")).expect("written");
    assert!(script.contains("[0, 1, 2, 3, 4, 5]]") && script.contains("class Net(nn.Module)"));
    assert!(folder.path().join("weights.safetensors").exists());
    let again = exported(folder.path(), "lenet5", "");
    assert!(again.refused().contains("model.py"), "{again:?}");
    assert_eq!(exported(folder.path(), "lenet5", "--force").code, Some(0));
    let nowhere = exported(&folder.path().join("nowhere"), "lenet5", "");
    assert!(nowhere.refused().contains("nowhere"), "{nowhere:?}");
    let nothing = run("export lenet5 --to pytorch");
    assert_eq!(nothing.code, Some(2));
}

/// What PyTorch gave when it ran the script of `kinds.json` (`tests/fixtures/make_exported.py`).
#[test]
fn what_pytorch_computed_is_what_the_engine_computes() {
    let network: convscope::network::Network = serde_json::from_str(ALL_KINDS).expect("valid");
    let weights = convscope::engine::seeded::weights(&network, 1).expect("small");
    let model = convscope::engine::Model::new(&network, &weights).expect("runs");
    let image = convscope::array::Array::from_fn(&[2, 13, 11], |i| (i as f32 * 0.7).sin());
    let trace = model.trace(&image, &|| false).expect("runs");
    let recorded =
        Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/exported.safetensors"));
    let recorded = convscope::array::TensorFile::read(recorded).expect("a fixture").tensors;
    assert_eq!(recorded.len(), network.nodes().len());
    for (index, node) in network.nodes().iter().enumerate() {
        let (found, expected) = (trace.output(index).values(), recorded[&node.name].values());
        let scale = expected.iter().fold(1.0f32, |most, value| most.max(value.abs()));
        assert_eq!(found.len(), expected.len(), "{}", node.name);
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-5 * scale, "{}: {found}, {expected}", node.name);
        }
    }
}

/// Where the interpreter that `TORCH_PY` names has PyTorch: every node of every network, to 1e-5.
#[test]
fn pytorch_computes_the_same() {
    let Some(python) = std::env::var_os("TORCH_PY") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("tiny.json"), TINY).expect("can be written");
    std::fs::write(path("kinds.json"), ALL_KINDS).expect("can be written");
    std::fs::write(path("compare.py"), COMPARE).expect("can be written");
    for (network, image) in [
        ("lenet5".to_owned(), "digit:7".to_owned()),
        ("lenet5-modern".into(), "digit:4321".into()),
        (path("tiny.json").display().to_string(), "digit:3".into()),
    ] {
        let dump = path("dump.safetensors");
        let ran = run(&format!("forward {network} {image} --dump {}", dump.display()));
        assert_eq!(ran.code, Some(0), "{ran:?}");
        compare(&python, &folder, &network, &dump);
    }
    // Every kind, on an image that is handed over as a tensor.
    let network: convscope::network::Network = serde_json::from_str(ALL_KINDS).expect("valid");
    let mut weights = convscope::engine::seeded::weights(&network, 1).expect("small");
    for (name, array) in &mut weights.tensors {
        let statistics = [".gamma", ".beta", ".running_mean", ".running_variance"];
        if name.ends_with(".bias") || statistics.iter().any(|part| name.ends_with(part)) {
            *array =
                convscope::array::Array::from_fn(array.shape(), |i| 0.4 + 0.2 * (i % 4) as f32);
        }
    }
    let image = convscope::array::Array::from_fn(&[2, 13, 11], |i| (i as f32 * 0.7).sin());
    let model = convscope::engine::Model::new(&network, &weights).expect("runs");
    let trace = model.trace(&image, &|| false).expect("runs");
    let mut dump = convscope::array::TensorFile::default();
    for (node, computed) in network.nodes().iter().zip(&trace.nodes) {
        dump.tensors.insert(node.name.clone(), computed.output.clone());
    }
    dump.write(&path("dump.safetensors")).expect("can be written");
    let file = convscope::array::TensorFile { tensors: weights.tensors, ..Default::default() };
    file.write(&path("weights.safetensors")).expect("can be written");
    let network = format!(
        "{} --weights {}",
        path("kinds.json").display(),
        path("weights.safetensors").display()
    );
    compare(&python, &folder, &network, &path("dump.safetensors"));
}

fn compare(python: &std::ffi::OsStr, folder: &tempfile::TempDir, network: &str, dump: &Path) {
    let out = folder.path().join("out");
    std::fs::create_dir_all(&out).expect("can be made");
    let ran = exported(&out, network, "--force");
    assert_eq!(ran.code, Some(0), "{ran:?}");
    let output = Command::new(python)
        .arg(folder.path().join("compare.py"))
        .args([&out, dump])
        .output()
        .expect("runs");
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !told.is_empty(), "{network}: {told} {complaint}");
    for line in told.lines() {
        let (node, difference) = line.rsplit_once(' ').expect("a name and a number");
        assert!(difference.parse::<f64>().expect("a number") < 1e-5, "{network}: {node} {line}");
    }
}
