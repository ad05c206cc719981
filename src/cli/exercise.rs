//! `convscope exercise`: the arithmetic of one unit on paper, to be worked out by hand.

use std::path::PathBuf;

use super::args::Look;
use super::look::LookArgs;
use super::network_source::{layer, unit};
use super::out_file::OutFile;
use super::values::UnitValue;
use crate::explain::{ExplainError, explain};
use crate::network::Layer;
use crate::paper::Exercise;

/// Makes the arithmetic of one unit an exercise on paper (A4): page 1 to hand out, page 2 the answers.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope exercise lenet5 digit:7 --layer C3 --unit 7,4,6 -o c3.pdf
  convscope exercise lenet5 digit:7 --layer OUTPUT --unit 2,0,0 --lang zh -o output.pdf
  for n in $(seq 1 30); do                                    another sheet for every student
      convscope exercise lenet5 digit:7 --layer C3 --unit 7,4,6 --seed $n -o c3-$n.pdf
  done")]
pub struct ExerciseArgs {
    #[command(flatten)]
    look: LookArgs,
    /// The layer of the unit.
    #[arg(long, value_name = "L")]
    layer: String,
    /// Map, row and column of the unit, counted from 0.
    #[arg(long, value_name = "C,Y,X", allow_hyphen_values = true)]
    unit: UnitValue,
    /// The student's number: it chooses the input map and the fields to fill in.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The PDF file to write.
    #[arg(short = 'o', long = "output", value_name = "F.pdf")]
    out: PathBuf,
}

pub fn run(args: &ExerciseArgs, look: Look) -> anyhow::Result<()> {
    let network = args.look.net.open()?;
    let index = layer(&network, &args.layer)?;
    let unit = unit(&network, index, args.unit)?;
    if let Layer::Input { .. } = network.nodes()[index].layer {
        return Err(ExplainError::Input { layer: args.layer.clone() }.into());
    }
    let out = OutFile::new(&args.out)?;
    let seen = args.look.look(&network)?;
    let explanation = explain(&network, &seen.loaded.weights, &seen.trace, index, unit)?;
    let exercise = Exercise::of(&network, &explanation, args.seed, look.spoken())?;
    Ok(out.write(&exercise.pdf()?)?)
}
