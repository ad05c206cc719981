//! `export`: the script that PyTorch runs computes what the engine does.

use std::path::{Path, PathBuf};
use std::process::Command;

use convscope::array::{Array, TensorFile, Weights};
use convscope::engine::Model;
use convscope::network::Network;
use convscope::paper::pytorch;

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
    print(repr(name), float((value[0] - expected).abs().max()) / scale)
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
    // A folder is made, but no folders for it, and none where a file is.
    let made = folder.path().join("made");
    assert_eq!(exported(&made, "lenet5", "").code, Some(0));
    assert!(made.join("model.py").exists());
    for place in [folder.path().join("no/where"), made.join("model.py")] {
        let refused = exported(&place, "lenet5", "");
        assert!(refused.refused().contains("folder"), "{refused:?}");
    }
    let nothing = run("export lenet5 --to pytorch");
    assert_eq!(nothing.code, Some(2));
}

/// Weights for every kind of which no tensor is the same everywhere, as new biases, γ, β, μ, σ² and coefficients
/// are: element i of those is a number of their part plus i mod 4 tenths.
fn weights(network: &Network) -> Weights {
    let mut weights = convscope::engine::seeded::weights(network, 1).expect("small");
    for (name, array) in &mut weights.tensors {
        let first = match name.rsplit_once('.').expect("a node and a part").1 {
            "weight" => continue,
            "bias" => -0.2,
            "gamma" => 0.8,
            "beta" => 0.1,
            "running_mean" => -0.1,
            "running_variance" => 0.5,
            "coefficient" => 0.2,
            other => panic!("a part that is new: {other}"),
        };
        *array = Array::from_fn(array.shape(), |i| first + 0.1 * (i % 4) as f32);
    }
    weights
}

/// A file of those next to the fixtures of the script.
fn fixture(name: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/exported")).join(name)
}

/// Exports every kind, with [`weights`], into a folder.
fn export_kinds(folder: &Path) {
    let place = tempfile::tempdir().expect("a folder");
    let [network, file] = ["kinds.json", "weights.safetensors"].map(|name| place.path().join(name));
    std::fs::write(&network, ALL_KINDS).expect("can be written");
    let tensors = weights(&kinds()).tensors;
    TensorFile { tensors, ..TensorFile::default() }.write(&file).expect("can be written");
    let network = format!("{} --weights {}", network.display(), file.display());
    let ran = exported(folder, &network, "--force");
    assert_eq!(ran.code, Some(0), "{ran:?}");
}

fn kinds() -> Network {
    serde_json::from_str(ALL_KINDS).expect("valid")
}

/// The image that the fixture was made with.
fn image() -> Array {
    Array::from_fn(&[2, 13, 11], |i| (i as f32 * 0.7).sin())
}

/// Writes the script and the weights that `make_exported.py` hands to PyTorch; run it by name after a change of
/// the script, then that.
#[test]
#[ignore = "writes the fixtures"]
fn record_the_script() {
    export_kinds(&fixture(""));
}

/// The script is the one that PyTorch has run, but for its first line, which tells the version.
#[test]
fn the_script_is_the_one_that_pytorch_has_run() {
    let folder = tempfile::tempdir().expect("a folder");
    export_kinds(folder.path());
    let [found, recorded] = [folder.path().join("model.py"), fixture("model.py")]
        .map(|path| std::fs::read_to_string(path).expect("a script"));
    let (first, _) = found.split_once('\n').expect("lines");
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(first, format!(r#""""All \"kinds\", exported by Convscope {version}."#));
    for (number, (found, recorded)) in found.lines().zip(recorded.lines()).enumerate().skip(1) {
        assert_eq!(found, recorded, "line {} of model.py", number + 1);
    }
    assert_eq!(found.lines().count(), recorded.lines().count());
    let [found, recorded] =
        [folder.path().join("weights.safetensors"), fixture("weights.safetensors")]
            .map(|path| TensorFile::read(&path).expect("a file of tensors").tensors);
    assert_eq!(found, recorded);
}

/// What PyTorch gave when it ran that script (`tests/fixtures/make_exported.py`).
#[test]
fn what_pytorch_computed_is_what_the_engine_computes() {
    let network = kinds();
    let read = |name| TensorFile::read(&fixture(name)).expect("a fixture").tensors;
    let weights = Weights { tensors: read("weights.safetensors"), ..Weights::default() };
    for (name, array) in &weights.tensors {
        let first = array.values()[0];
        assert!(
            array.values().iter().any(|&value| value != first),
            "{name} is the same everywhere"
        );
    }
    let model = Model::new(&network, &weights).expect("runs");
    let trace = model.trace(&image(), &|| false).expect("runs");
    let recorded = read("nodes.safetensors");
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

/// A title and names that a person may give, and that are more than letters to Python.
const STRANGE: &str = r#"{"name":"strange","title":"C:\\users \"\"\"\n\r\u0000 \\N{x} \"","nodes":[
    {"name":"input","kind":"input","shape":[1,1,2]},
    {"name":"C:\\user\"'\n{0} 名.1","inputs":["input"],"kind":"linear","output":[3,1,1]},
    {"name":"class","inputs":["C:\\user\"'\n{0} 名.1"],"kind":"softmax"}]}"#;

#[test]
fn names_are_python_strings_whatever_they_are() {
    let network: Network = serde_json::from_str(STRANGE).expect("valid");
    let script = pytorch::script(&network);
    let title = r#""""C:\\users \"\"\"\u000a\u000d\u0000 \\N{x} \", exported by"#;
    assert!(script.starts_with(title), "{}", script.lines().next().unwrap_or_default());
    for line in [
        r#"    "n_C__user____0____1": "C:\\user\"'\u000a{0} 名.1","#,
        "        self.n_C__user____0____1 = nn.Linear(2, 3, bias=True)",
        r#"    "n_class": "class","#,
    ] {
        assert!(script.lines().any(|found| found == line), "{line} in {script}");
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
    // A network whose names are of use to nobody.
    std::fs::write(path("strange.json"), STRANGE).expect("can be written");
    let strange = path("strange.json").display().to_string();
    let network: Network = serde_json::from_str(STRANGE).expect("valid");
    let seeded = convscope::engine::seeded::weights(&network, 1).expect("small");
    let model = Model::new(&network, &seeded).expect("runs");
    write_trace(&network, &model, &Array::full(&network.input(), 0.5), &path("dump.safetensors"));
    compare(&python, &folder, &strange, &path("dump.safetensors"));
    // Every kind, on an image that is handed over as a tensor.
    let network: Network = kinds();
    let weights = weights(&network);
    let model = Model::new(&network, &weights).expect("runs");
    write_trace(&network, &model, &image(), &path("dump.safetensors"));
    let file = TensorFile { tensors: weights.tensors, ..Default::default() };
    file.write(&path("weights.safetensors")).expect("can be written");
    let network = format!(
        "{} --weights {}",
        path("kinds.json").display(),
        path("weights.safetensors").display()
    );
    compare(&python, &folder, &network, &path("dump.safetensors"));
}

/// Writes what every node gives on an image.
fn write_trace(network: &Network, model: &Model, image: &Array, to: &Path) {
    let trace = model.trace(image, &|| false).expect("runs");
    let outputs = trace.nodes.iter().map(|computed| computed.output.clone());
    let names = network.nodes().iter().map(|node| node.name.clone());
    let dump = TensorFile { tensors: names.zip(outputs).collect(), ..TensorFile::default() };
    dump.write(to).expect("can be written");
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
