//! `convscope describe`: shapes, counts and fields of every node, and totals.

mod report;
mod table;

use super::network_source::NetArg;
use super::output::Output;
use super::{CliError, values};
use crate::network::Shape;
use report::Report;

/// Describes a network: a row per node, and totals.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope describe lenet5
  convscope describe lenet5-modern --input 1x48x48   what changes with a larger image
  convscope describe ./my-network.json --format json")]
pub struct DescribeArgs {
    #[command(flatten)]
    net: NetArg,
    /// Derives every shape anew for an image of this size. Kernels keep their size; a fully connected
    /// layer gets as many inputs as arrive.
    #[arg(long, value_name = "CxHxW", value_parser = values::shape)]
    input: Option<Shape>,
    #[command(flatten)]
    output: Output,
}

pub fn run(args: &DescribeArgs) -> anyhow::Result<()> {
    let own = args.net.open()?;
    let network = match args.input {
        Some(input) => own.with_input(input).map_err(|source| CliError::Input {
            network: own.name.clone(),
            input,
            source: source.into(),
        })?,
        None => own.clone(),
    };
    let report = Report::of(&network, &own)?;
    Ok(args.output.write(&report, || table::text(&report, &network))?)
}
