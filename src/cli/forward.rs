//! `convscope forward`: the scores of one image, and every activation into a file.

use std::path::PathBuf;

use serde::Serialize;

use super::look::{LookArgs, Seen};
use super::numbers::percent;
use super::out_file::OutFile;
use super::output::Output;
use super::table::Table;
use super::weights_source::Origin;
use crate::array::{Array, TensorFile};
use crate::engine::answer::{Candidate, ranking};
use crate::explain::{ExplainError, explain};
use crate::locale;
use crate::network::{Layer, Network};

/// Runs a network on one image: the scores, and every activation on request.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope forward lenet5 digit:7
  convscope forward lenet5-modern photo-of-a-digit.jpg --top 3 --format json
  convscope forward lenet5 digit:7 --dump activations.safetensors
  convscope forward lenet5 digit:7 --weights mine.safetensors")]
pub struct ForwardArgs {
    #[command(flatten)]
    look: LookArgs,
    /// How many classes to show.
    #[arg(long, value_name = "K", default_value_t = 5)]
    top: usize,
    /// Writes what every node computed: one tensor per node, NODE.sum before its activation.
    #[arg(long, value_name = "F.safetensors")]
    dump: Option<PathBuf>,
    #[command(flatten)]
    output: Output,
}

/// The answer as JSON (contract §4).
#[derive(Serialize)]
struct Report {
    top: Vec<Class>,
    weights: Origin,
    preprocessing: Vec<&'static str>,
    lower_is_better: bool,
}

#[derive(Serialize)]
struct Class {
    index: usize,
    label: String,
    score: f32,
    probability: f64,
}

pub fn run(args: &ForwardArgs) -> anyhow::Result<()> {
    let network = args.look.net.open()?;
    let dump = args.dump.as_deref().map(OutFile::new).transpose()?;
    let seen = args.look.look(&network)?;
    if let Some(file) = dump {
        file.write(&activations(&network, &seen)?.to_bytes())?;
    }
    let report = Report::of(&network, &seen, args.top);
    Ok(args.output.write(&report, || text(&report, &network, &seen))?)
}

impl Report {
    fn of(network: &Network, seen: &Seen, top: usize) -> Self {
        let scores = seen.trace.output(network.scores()).values();
        let class = |Candidate { class, score, probability }| Class {
            index: class,
            label: network.label(class),
            score,
            probability,
        };
        Self {
            top: ranking(network, scores, top).into_iter().map(class).collect(),
            weights: seen.loaded.origin,
            preprocessing: seen.stages.iter().map(crate::data::Stage::name).collect(),
            lower_is_better: network.lower_is_better(),
        }
    }
}

/// Every activation under its node's name, the sums before them, and what was fed in.
fn activations(network: &Network, seen: &Seen) -> Result<TensorFile, ExplainError> {
    let mut file = TensorFile::default();
    for (index, (node, trace)) in network.nodes().iter().zip(&seen.trace.nodes).enumerate() {
        let sum = if node.layer == Layer::Softmax {
            denominators(network, seen, index)?
        } else {
            trace.sum.clone()
        };
        file.tensors.insert(format!("{}.sum", node.name), sum);
        file.tensors.insert(node.name.clone(), trace.output.clone());
    }
    file.tensors.insert("input".into(), seen.input.clone());
    file.metadata.insert("network".into(), network.name.clone());
    file.metadata.insert("image".into(), seen.source.name.clone());
    Ok(file)
}

/// What a softmax divides by, at each of its units: its `sum` in the contract's sense (§4), which the
/// engine has no need to keep.
fn denominators(network: &Network, seen: &Seen, index: usize) -> Result<Array, ExplainError> {
    let [maps, rows, columns] = network.nodes()[index].output;
    let mut sums = Vec::with_capacity(rows * columns);
    for cell in 0..rows * columns {
        let unit = [0, cell / columns, cell % columns];
        let explained = explain(network, &seen.loaded.weights, &seen.trace, index, unit)?;
        sums.push(explained.sum as f32);
    }
    // All classes of one position share theirs.
    Ok(Array::from_fn(&[maps, rows, columns], |i| sums[i % (rows * columns)]))
}

fn text(report: &Report, network: &Network, seen: &Seen) -> String {
    let score = if report.lower_is_better { "squared distance" } else { "score" };
    let mut table = Table::new().figures("").words("class").figures(score).figures("probability");
    for (place, class) in report.top.iter().enumerate() {
        table.row([
            format!("{}.", place + 1),
            class.label.clone(),
            locale::value(class.score.into(), 4),
            percent(class.probability),
        ]);
    }
    let rule = if report.lower_is_better {
        "The nearest class is the answer; probability ∝ e^(−d²/2).\n"
    } else {
        ""
    };
    format!(
        "{} looks at {}, with {}.\n\n{table}\n{rule}Prepared by: {}.",
        network.title,
        seen.source.name,
        report.weights.text(),
        report.preprocessing.join(", ")
    )
}
