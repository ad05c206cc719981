//! `convscope train`: weights from labelled images.

mod options;
mod progress;
mod report;

use std::ops::ControlFlow;
use std::path::PathBuf;

use super::data_source::DataArg;
use super::image_source::full_stages;
use super::network_source::NetArg;
use super::out_file::OutFile;
use super::output::Output;
use super::{CliError, Interrupt};
use crate::data::{LabelledImages, digits};
use crate::engine::examples::{GreyImages, Subset, digit_value, hold_out};
use crate::engine::weight_file::{self, Remarks};
use crate::engine::{EngineError, Evaluation, Model, Settings, Trainer, evaluate, seeded};
use crate::network::Network;
use options::SettingsArgs;
use progress::Reporter;
use report::Report;

/// Trains a network and writes its weights.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope train lenet5-modern --data digits --epochs 5 -o mine.safetensors
  convscope train lenet5 --data ./mnist --hold-out 5000 --exclude-bundled-test -o lenet5.safetensors
  convscope eval lenet5-modern --data digits --weights mine.safetensors     how well it does")]
pub struct TrainArgs {
    #[command(flatten)]
    net: NetArg,
    #[command(flatten)]
    data: DataArg,
    /// The weight file (.safetensors) to write.
    #[arg(short = 'o', long = "output", value_name = "F")]
    out: PathBuf,
    /// Replaces the file if it exists.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    settings: SettingsArgs,
    /// Keeps N images aside, chosen by the seed, and judges the result on them.
    #[arg(long, value_name = "N", default_value_t = 0)]
    hold_out: usize,
    /// Leaves out the 1,000 digits of the bundled test split, which larger sets contain.
    #[arg(long)]
    exclude_bundled_test: bool,
    #[command(flatten)]
    output: Output,
}

pub fn run(args: &TrainArgs, interrupt: &Interrupt) -> anyhow::Result<()> {
    let network = args.net.open()?;
    let settings = args.settings.over_recipe(&network.name);
    settings.check()?;
    let out = OutFile::new(&args.out)?;
    if out.exists() && !args.force {
        return Err(CliError::OutExists { path: args.out.clone() }.into());
    }
    let images = args.data.training()?;
    let (learned, kept) = parts(args, &images, settings.seed)?;

    let job = Job { network: &network, settings, images: &images, interrupt };
    let (trainer, last_loss) = job.train(&learned)?;
    let held_out = job.judge(&trainer, &kept)?;

    let report = Report {
        network: network.name.clone(),
        data: args.data.name(),
        images: learned.len(),
        epochs: settings.epochs,
        loss: last_loss,
        hold_out: held_out.map(Into::into),
        output: args.out.display().to_string(),
    };
    let mut weights = trainer.weights()?;
    weights.metadata = Remarks {
        preprocessing: serde_json::to_string(&full_stages(&network))?,
        source: report.source(&settings, &args.data.short_name()),
        score: report.score(),
    }
    .metadata(&network);
    weight_file::write(out.path(), &weights)?;
    Ok(args.output.write(&report, || report.text(&network))?)
}

/// The numbers of the images to learn from, and of those kept aside.
fn parts(
    args: &TrainArgs,
    images: &LabelledImages,
    seed: u64,
) -> Result<(Vec<usize>, Vec<usize>), CliError> {
    let is_test = |index: &usize| digits::same_pixels_as_test_split(images.image(*index));
    let usable: Vec<usize> =
        (0..images.len()).filter(|i| !(args.exclude_bundled_test && is_test(i))).collect();
    let all = usable.len();
    if args.hold_out >= all {
        return Err(CliError::HoldOut { hold_out: args.hold_out, images: all });
    }
    Ok(hold_out(usable, args.hold_out, seed))
}

/// What stays the same while a network is trained and judged.
struct Job<'a> {
    network: &'a Network,
    settings: Settings,
    images: &'a LabelledImages,
    interrupt: &'a Interrupt,
}

impl Job<'_> {
    /// The images as the network gets them, made ready batch by batch.
    fn examples(&self) -> Result<GreyImages<'_>, EngineError> {
        let sides = [self.images.height(), self.images.width()];
        let (pixels, labels) = (self.images.pixels(), self.images.labels());
        GreyImages::new(sides, pixels, labels, self.network.input(), digit_value)
    }

    /// Trains on the images with these numbers; gives the trainer and the last epoch's loss.
    fn train(&self, numbers: &[usize]) -> anyhow::Result<(Trainer, f64)> {
        let all = self.examples()?;
        let examples = Subset { all: &all, numbers: numbers.to_vec() };
        let weights = seeded::weights(self.network, self.settings.seed)?;
        let model = Model::new(self.network, &weights)?;
        let mut trainer = Trainer::new(model, self.settings, numbers.len())?;
        let reporter = Reporter::new(self.settings.epochs, numbers.len());
        let mut last_loss = f64::NAN;
        let done = trainer.run(&examples, &mut |_, progress| {
            reporter.step(&progress);
            last_loss = progress.epoch_loss;
            if self.interrupt.pressed() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        });
        reporter.finish();
        if !done? {
            return Err(CliError::Interrupted.into());
        }
        Ok((trainer, last_loss))
    }

    /// How well the trained weights do on the images with these numbers.
    fn judge(&self, trainer: &Trainer, numbers: &[usize]) -> anyhow::Result<Option<Evaluation>> {
        if numbers.is_empty() {
            return Ok(None);
        }
        let all = self.examples()?;
        let examples = Subset { all: &all, numbers: numbers.to_vec() };
        let model = Model::new(self.network, &trainer.weights()?)?;
        match evaluate(&model, &examples, &mut |_| !self.interrupt.pressed()) {
            Err(EngineError::Cancelled) => Err(CliError::Interrupted.into()),
            judged => Ok(Some(judged?)),
        }
    }
}
