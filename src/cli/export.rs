//! `convscope export`: a network for whoever outgrows this program.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::CliError;
use super::network_source::NetArg;
use super::out_file::OutFile;
use super::output::say;
use super::weights_source::WeightsArg;
use crate::array::TensorFile;
use crate::paper::pytorch;

/// Writes a network and its weights for another framework.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope export lenet5 --to pytorch -o lenet5-torch       a folder, made where there is none
  convscope export mine.json --weights mine.safetensors --to pytorch -o .
  python lenet5-torch/model.py                               loads the weights and runs the network")]
pub struct ExportArgs {
    #[command(flatten)]
    net: NetArg,
    #[command(flatten)]
    weights: WeightsArg,
    /// The framework.
    #[arg(long, value_enum)]
    to: Framework,
    /// The folder for model.py and weights.safetensors.
    #[arg(short = 'o', long = "output", value_name = "DIR")]
    out: PathBuf,
    /// Replaces the files if they exist.
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Framework {
    Pytorch,
}

pub fn run(args: &ExportArgs) -> anyhow::Result<()> {
    let network = args.net.open()?;
    make_folder(&args.out)?;
    let paths = [pytorch::SCRIPT, pytorch::WEIGHTS].map(|name| args.out.join(name));
    if let Some(there) = paths.iter().find(|path| path.exists() && !args.force) {
        return Err(CliError::OutExists { path: there.clone() }.into());
    }
    let weights = args.weights.open(&network)?.weights;
    let [script, tensors] = &paths;
    let Framework::Pytorch = args.to;
    OutFile::new(script)?.write(pytorch::script(&network).as_bytes())?;
    let file = TensorFile { tensors: weights.tensors, metadata: weights.metadata };
    OutFile::new(tensors)?.write(&file.to_bytes())?;
    say(format_args!("written: {} and {}", script.display(), tensors.display()));
    Ok(())
}

/// The folder is there, or is made in the one that is.
fn make_folder(path: &Path) -> Result<(), CliError> {
    if path.is_dir() {
        return Ok(());
    }
    if path.exists() {
        return Err(CliError::OutNoFolder { path: path.into() });
    }
    std::fs::create_dir(path).map_err(|_| CliError::NoOutFolder { path: path.into() })
}
