//! `convscope eval`: how well a network does on labelled images.

use serde::Serialize;

use super::data_source::{DataArg, Judging, Part};
use super::image_source::family_default;
use super::network_source::NetArg;
use super::numbers::percent;
use super::output::Output;
use super::table::Table;
use super::weights_source::WeightsArg;
use crate::engine::{Evaluation, Model, evaluate};
use crate::locale::{count, value};
use crate::network::Network;

/// Judges a network on labelled images: loss, accuracy, confusion matrix.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope eval lenet5 --data digits
  convscope eval lenet5-modern --data ./mnist --split test --weights mine.safetensors
  convscope eval ./mine.json --data ./photos --weights mine.safetensors     photos/cat, photos/dog, …")]
pub struct EvalArgs {
    #[command(flatten)]
    net: NetArg,
    #[command(flatten)]
    data: DataArg,
    /// Which part of the set; without it the test split, or train where there is no other.
    #[arg(long, value_enum)]
    split: Option<Part>,
    #[command(flatten)]
    weights: WeightsArg,
    #[command(flatten)]
    output: Output,
}

/// The result as JSON (contract §4).
#[derive(Serialize)]
struct Report {
    data: String,
    split: Part,
    count: usize,
    loss: f64,
    accuracy: f64,
    /// Accuracy for the images of each class; null for a class without images.
    per_class: Vec<Option<f64>>,
    /// `[true][predicted]`.
    confusion: Vec<Vec<u64>>,
}

pub fn run(args: &EvalArgs) -> anyhow::Result<()> {
    let network = args.net.open()?;
    let loaded = args.weights.open_trained(&network)?;
    let stages = loaded.stages()?.unwrap_or_else(|| family_default(&network));
    let judging = args.data.to_judge(args.split, &stages, &network)?;
    let Judging { images, part, classes } = judging;
    let model = Model::new(&network, &loaded.weights)?;
    let evaluation = evaluate(&model, &images, &mut |_| true)?;
    let report = Report::of(evaluation, args.data.name(), part);
    Ok(args.output.write(&report, || text(&report, &network, &classes))?)
}

impl Report {
    fn of(evaluation: Evaluation, data: String, split: Part) -> Self {
        let Evaluation { count, loss, accuracy, per_class, confusion } = evaluation;
        Self { data, split, count, loss, accuracy, per_class, confusion }
    }
}

fn text(report: &Report, network: &Network, classes: &[String]) -> String {
    format!(
        "{} on the {} split of {}: {} images\n\naccuracy  {}\nloss      {}\n\n{}",
        network.title,
        report.split.name(),
        report.data,
        count(report.count as u128),
        percent(report.accuracy),
        value(report.loss, 4),
        confusion(report, network, classes)
    )
}

/// A row per label, with its name in the set where the network itself has none, a column per answer.
fn confusion(report: &Report, network: &Network, classes: &[String]) -> Table {
    let mut table = Table::new().words("labelled").figures("right").words("answered:");
    for class in 0..report.confusion.len() {
        table = table.figures(network.label(class));
    }
    for (class, row) in report.confusion.iter().enumerate() {
        let right = report.per_class.get(class).copied().flatten();
        let mut label = network.label(class);
        if let Some(name) = classes.get(class).filter(|name| **name != label)
            && network.labels.is_empty()
        {
            label = format!("{label} {name}");
        }
        let head = [label, right.map_or_else(String::new, percent), String::new()];
        // Zeros are left out, so that the eye finds the mistakes.
        let cells = row.iter().map(|&n| if n == 0 { "·".into() } else { count(n.into()) });
        table.row(head.into_iter().chain(cells));
    }
    table
}
