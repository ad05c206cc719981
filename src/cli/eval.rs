//! `convscope eval`: how well a network does on labelled images.

use serde::Serialize;

use super::data_source::{DataArg, Part};
use super::image_source::family_default;
use super::network_source::NetArg;
use super::numbers::percent;
use super::output::Output;
use super::prepared::Prepared;
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
  convscope eval lenet5-modern --data ./mnist --split test --weights mine.safetensors")]
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
    let (images, split) = args.data.to_judge(args.split)?;
    let loaded = args.weights.open_trained(&network)?;
    let stages = loaded.stages()?.unwrap_or_else(|| family_default(&network));
    let model = Model::new(&network, &loaded.weights)?;
    let prepared = Prepared::new(&images, &stages, &network)?;
    let evaluation = evaluate(&model, &prepared, &mut |_| true)?;
    let report = Report::of(evaluation, args.data.name(), split);
    Ok(args.output.write(&report, || text(&report, &network))?)
}

impl Report {
    fn of(evaluation: Evaluation, data: String, split: Part) -> Self {
        let Evaluation { count, loss, accuracy, per_class, confusion } = evaluation;
        Self { data, split, count, loss, accuracy, per_class, confusion }
    }
}

fn text(report: &Report, network: &Network) -> String {
    format!(
        "{} on the {} split of {}: {} images\n\naccuracy  {}\nloss      {}\n\n{}",
        network.title,
        report.split.name(),
        report.data,
        count(report.count as u128),
        percent(report.accuracy),
        value(report.loss, 4),
        confusion(report, network)
    )
}

/// A row per label, a column per answer.
fn confusion(report: &Report, network: &Network) -> Table {
    let mut table = Table::new().words("labelled").figures("right").words("answered:");
    for class in 0..report.confusion.len() {
        table = table.figures(network.label(class));
    }
    for (class, row) in report.confusion.iter().enumerate() {
        let right = report.per_class.get(class).copied().flatten();
        let head = [network.label(class), right.map_or_else(String::new, percent), String::new()];
        // Zeros are left out, so that the eye finds the mistakes.
        let cells = row.iter().map(|&n| if n == 0 { "·".into() } else { count(n.into()) });
        table.row(head.into_iter().chain(cells));
    }
    table
}
