//! The command line as clap sees it. Each command's own options stand in its file.

use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use super::{
    describe, eval, exercise, explain, export, field, forward, parameters, render, train, zoo,
};
use crate::locale;

/// Look inside a convolutional neural network while it works and while it learns.
///
/// Without a command the window opens, on an image, weights, a network or a scene.
#[derive(Debug, Parser)]
#[command(name = "convscope", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Cli {
    #[command(flatten)]
    pub look: Look,
    /// An image, weights (.safetensors) or scenes (.json) to open the window on; a file that is called
    /// like a command is written ./NAME.
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXAMPLES: &str = "\
Examples:
  convscope                                     the window, on a trained LeNet-5
  convscope photo.jpg                           the window, looking at a photo
  convscope ./zoo                               a file whose name is also a command's
  convscope describe lenet5                     shapes, counts and fields, layer by layer
  convscope explain lenet5 digit:7 --layer C3 --unit 7,4,6
  convscope --lang zh describe lenet5           errors in Chinese

NET is a name from `convscope zoo` or a .json file with a network; IMAGE is a file or digit:N.
Exit codes: 0 done, 1 bad input or failed work, 2 a command line that cannot be read, 130 interrupted.";

/// What goes with every command and with the window.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub struct Look {
    /// The language of the window and of what is said on the command line (there: English by default).
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Lang>,
    /// The colours of the window.
    #[arg(long, global = true, value_enum)]
    pub theme: Option<Theme>,
}

/// [`locale::Lang`], as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English.
    En,
    /// 简体中文.
    Zh,
}

impl Look {
    /// The language of what is said on the command line.
    #[must_use]
    pub fn spoken(self) -> locale::Lang {
        self.lang.map_or(locale::Lang::En, Into::into)
    }
}

impl From<Lang> for locale::Lang {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Zh => Self::Zh,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    Light,
    Dark,
}

/// A command that needs no window.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Lists the networks.
    Zoo(zoo::ZooArgs),
    /// Describes a network: a row per node, and totals.
    Describe(describe::DescribeArgs),
    /// Runs a network on one image: the scores, and every activation on request.
    Forward(forward::ForwardArgs),
    /// Shows the arithmetic of one unit.
    Explain(explain::ExplainArgs),
    /// Makes the arithmetic of one unit an exercise on paper, with its answer key.
    Exercise(exercise::ExerciseArgs),
    /// Shows what one unit can see, back to the image.
    Field(field::FieldArgs),
    /// Counts one layer three ways: fully connected, locally connected, convolutional.
    Parameters(parameters::ParametersArgs),
    /// Draws the picture that the window would draw.
    Render(render::RenderArgs),
    /// Trains a network and writes its weights.
    Train(Box<train::TrainArgs>),
    /// Judges a network on labelled images.
    Eval(eval::EvalArgs),
    /// Writes a network and its weights for another framework.
    Export(export::ExportArgs),
}

/// The commands' names.
#[must_use]
pub fn command_names() -> Vec<String> {
    <Cli as CommandFactory>::command()
        .get_subcommands()
        .map(|command| command.get_name().to_owned())
        .collect()
}

impl Cli {
    /// Reads the process's arguments; what cannot be read ends the process with exit code 2, as
    /// `--help` does with 0.
    #[must_use]
    pub fn read() -> Self {
        let cli = Self::parse();
        if cli.command.is_some() && !cli.files.is_empty() {
            let text = "a FILE opens the window and does not go together with a command";
            let mut command = <Self as CommandFactory>::command();
            command.error(clap::error::ErrorKind::ArgumentConflict, text).exit();
        }
        cli
    }
}
