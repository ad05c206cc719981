//! `convscope explain`: the arithmetic of one unit.

mod report;
mod table;

use super::look::LookArgs;
use super::network_source::{layer, unit};
use super::output::Output;
use super::values::UnitValue;
use crate::explain::explain;
use crate::network::Layer;
use report::Report;

/// Shows the arithmetic of one unit: what it reads, times which weight, down to its output.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope explain lenet5 digit:7 --layer C1 --unit 0,3,3
  convscope explain lenet5 digit:7 --layer OUTPUT --unit 2,0,0
  convscope explain lenet5 digit:7 --layer C3 --unit 7,4,6 --format json   all 100 products")]
pub struct ExplainArgs {
    #[command(flatten)]
    look: LookArgs,
    /// The layer of the unit.
    #[arg(long, value_name = "L")]
    layer: String,
    /// Map, row and column of the unit, counted from 0.
    #[arg(long, value_name = "C,Y,X", allow_hyphen_values = true)]
    unit: UnitValue,
    #[command(flatten)]
    output: Output,
}

pub fn run(args: &ExplainArgs) -> anyhow::Result<()> {
    let network = args.look.net.open()?;
    let index = layer(&network, &args.layer)?;
    let unit = unit(&network, index, args.unit)?;
    if let Layer::Input { .. } = network.nodes()[index].layer {
        let layer = args.layer.clone();
        return Err(crate::explain::ExplainError::Input { layer }.into());
    }
    let seen = args.look.look(&network)?;
    let explanation = explain(&network, &seen.loaded.weights, &seen.trace, index, unit)?;
    let report = Report::of(&network, &explanation);
    Ok(args.output.write(&report, || table::text(&network, &explanation))?)
}
