//! `convscope train`: weights from labelled images.

mod log;
mod made;
mod options;
mod progress;
mod report;

use std::ops::ControlFlow;
use std::path::PathBuf;

use super::data_source::{DataArg, Training};
use super::image_source::full_stages;
use super::network_source::{self, NetArg};
use super::out_file::OutFile;
use super::output::{Output, say, warn};
use super::values::whole;
use super::{CliError, Interrupt};
use crate::data::{LabelledImages, digits};
use crate::engine::examples::{ByteImages, Subset, hold_out};
use crate::engine::train::Options;
use crate::engine::weight_file::{self, Remarks};
use crate::engine::{
    CheckpointFolder, EngineError, Evaluation, Model, Progress, Settings, Threads, Trainer,
    evaluate, seeded,
};
use crate::network::Network;
use log::{Earlier, Log};
use made::{MADE_WITH, Made};
use options::SettingsArgs;
use progress::Reporter;
use report::Report;

/// Trains a network and writes its weights.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  convscope train lenet5-modern --data digits --epochs 5 -o mine.safetensors
  convscope train lenet5 --data ./mnist --hold-out 5000 --exclude-bundled-test -o lenet5.safetensors
  convscope train lenet5-modern --data fashion -o fashion.safetensors
  convscope train ./mine.json --data ./photos -o mine.safetensors     photos/cat/1.png, photos/dog/1.png, …
  convscope eval lenet5-modern --data digits --weights mine.safetensors     how well it does")]
pub struct TrainArgs {
    #[command(flatten)]
    net: NetArg,
    #[command(flatten)]
    data: DataArg,
    /// The weight file (.safetensors) to write.
    #[arg(short = 'o', long = "output", value_name = "F")]
    out: PathBuf,
    /// Replaces the file if it exists, and a checkpoint of another training.
    #[arg(long)]
    force: bool,
    /// Goes on from the checkpoint that an interrupted training left in F.checkpoint; the other options
    /// must be the same.
    #[arg(long)]
    resume: bool,
    /// Writes a line per epoch to this file: loss, learning rate, seconds. --resume goes on with that of the
    /// interrupted training, --force replaces an existing one.
    #[arg(long, value_name = "F.csv")]
    log: Option<PathBuf>,
    /// How many threads compute; the result is the same for any number [default: one per core].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    #[command(flatten)]
    settings: SettingsArgs,
    /// Keeps N images aside, chosen by the seed, and judges the result on them.
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = whole::<usize>)]
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
    for name in &settings.frozen {
        network_source::layer(&network, name)?;
    }
    settings.check()?;
    let out = OutFile::new(&args.out)?;
    let folder = CheckpointFolder::beside(out.path());
    if out.exists() && !args.force && !args.resume {
        return Err(CliError::OutExists { path: args.out.clone() }.into());
    }
    if folder.holds_one() && !args.force && !args.resume {
        return Err(CliError::CheckpointExists { path: folder.path().into() }.into());
    }
    if let Some(log) = &args.log {
        let log = OutFile::new(log)?;
        if log.is(&out) {
            return Err(CliError::LogIsOut { path: log.path().into() }.into());
        }
        if log.exists() && !args.force && !args.resume {
            return Err(CliError::OutExists { path: log.path().into() }.into());
        }
    }
    let Training { images, preparation } = args.data.training(&network, interrupt)?;
    let (learned, kept) = parts(args, &images, settings.seed)?;
    let made = Made { network: &network, settings: &settings, args, learned: learned.len() };
    let options = made.options(&images);
    if args.resume && out.exists() {
        match weight_file::read(out.path(), &network) {
            Ok(found) if made.has_made(&found, &options) => {
                say(format_args!(
                    "complete already, made with the same options: {}",
                    args.out.display()
                ));
                tidy(&folder);
                return Ok(());
            }
            _ if args.force => {}
            _ => return Err(CliError::OutDiffers { path: args.out.clone() }.into()),
        }
    }
    let job = Job {
        network: &network,
        settings: &settings,
        images: &images,
        folder,
        options,
        args,
        interrupt,
    };
    let threads = Threads::new(args.threads.unwrap_or(0).into())?;
    let (trainer, last_loss, held_out) = threads.run(|| {
        let (trainer, last_loss) = job.train(&learned)?;
        let held_out = job.judge(&trainer, &kept)?;
        anyhow::Ok((trainer, last_loss, held_out))
    })?;

    let guessing = (trainer.model().classes() as f64).ln();
    if last_loss > guessing {
        warn(format_args!(
            "the loss of the last epoch, {last_loss:.2}, is above that of guessing, {guessing:.2}: take more \
             --epochs or a lower --lr"
        ));
    }
    let report = Report {
        network: network.name.clone(),
        data: args.data.name(),
        images: learned.len(),
        epochs: settings.epochs,
        loss: last_loss,
        hold_out: held_out.map(Into::into),
        output: args.out.display().to_string(),
    };
    let stages = preparation.map_or_else(|| full_stages(&network), |how| how.stages());
    let mut weights = trainer.weights()?;
    weights.metadata = Remarks {
        preprocessing: serde_json::to_string(&stages)?,
        source: made.source(),
        score: report.score(),
    }
    .metadata(&network);
    weights.metadata.insert(MADE_WITH.to_owned(), made.made_with(&job.options));
    weight_file::write(out.path(), &weights)?;
    tidy(&job.folder);
    Ok(args.output.write(&report, || report.text(&network))?)
}

/// Takes the checkpoint away when it is of no more use. That the weights are there counts more than a folder
/// that cannot be removed.
fn tidy(folder: &CheckpointFolder) {
    if let Err(error) = folder.remove() {
        say(error);
    }
}

/// The numbers of the images to learn from, and of those kept aside.
fn parts(
    args: &TrainArgs,
    images: &LabelledImages,
    seed: u64,
) -> Result<(Vec<usize>, Vec<usize>), CliError> {
    let is_test = |index: &usize| digits::is_of_test_split(images, *index);
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
    settings: &'a Settings,
    images: &'a LabelledImages,
    folder: CheckpointFolder,
    options: Options,
    args: &'a TrainArgs,
    interrupt: &'a Interrupt,
}

impl Job<'_> {
    /// The images as the network gets them, made ready batch by batch.
    fn examples(&self) -> Result<ByteImages<'_>, EngineError> {
        ByteImages::of(self.images, self.network.input())
    }

    /// Trains on the images with these numbers; gives the trainer and the last epoch's loss.
    fn train(&self, numbers: &[usize]) -> anyhow::Result<(Trainer, f64)> {
        let all = self.examples()?;
        let examples = Subset { all: &all, numbers: numbers.to_vec() };
        let weights = seeded::weights(self.network, self.settings.seed)?;
        let model = Model::new(self.network, &weights)?;
        let mut trainer = Trainer::new(model, self.settings.clone(), numbers.len())?;
        let taken_up = self.take_up(&mut trainer)?;
        let mut log = self.open_log(taken_up.unwrap_or(0))?;
        self.tell(taken_up);
        if taken_up.is_none() {
            self.folder.remove()?;
        }
        let reporter = Reporter::new(self.settings.epochs, numbers.len());
        let mut step = |trainer: &Trainer, progress: Progress| -> anyhow::Result<()> {
            reporter.step(&progress);
            if progress.epoch_is_done() {
                // First the line: what a checkpoint does not know is written again.
                log.as_mut().map_or(Ok(()), |log| log.epoch(&progress))?;
                self.folder.save(trainer, &self.options)?;
            }
            if self.interrupt.pressed() && !trainer.is_done() {
                self.folder.save(trainer, &self.options)?;
                return Err(self.interrupted());
            }
            Ok(())
        };
        let mut stopped = None;
        let done = trainer.run(&examples, &mut |trainer, progress| match step(trainer, progress) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                stopped = Some(error);
                ControlFlow::Break(())
            }
        });
        reporter.finish();
        done?;
        // Not that of this process: after an interruption nothing may have been left to do.
        let last_loss = trainer.last_epoch_loss();
        stopped.map_or(Ok((trainer, last_loss)), Err)
    }

    /// Goes on from a checkpoint where that was asked for and there is one; gives after how many epochs.
    fn take_up(&self, trainer: &mut Trainer) -> Result<Option<usize>, CliError> {
        if !self.args.resume || !self.folder.holds_one() {
            return Ok(None);
        }
        self.folder
            .restore(trainer, &self.options)
            .map_err(|source| CliError::Checkpoint { source, path: self.folder.path().into() })?;
        Ok(Some(trainer.epochs_done()))
    }

    /// Opens the log behind the epochs that are done. A file that was there is gone on with by --resume if it
    /// is a log of this training, else replaced, which takes --force.
    fn open_log(&self, epochs_done: usize) -> Result<Option<Log>, CliError> {
        let TrainArgs { log: Some(path), resume, force, .. } = self.args else { return Ok(None) };
        let earlier = if *resume && OutFile::new(path)?.exists() {
            match Earlier::read(path, epochs_done) {
                Err(_) if *force => Earlier::default(),
                read => read?,
            }
        } else {
            Earlier::default()
        };
        Log::open(path, &earlier).map(Some)
    }

    /// Says where a training that was to go on begins.
    fn tell(&self, taken_up: Option<usize>) {
        let path = self.folder.path().display();
        match taken_up {
            Some(epochs) => {
                say(format_args!(
                    "going on after {epochs} of {} epochs: {path}",
                    self.settings.epochs
                ));
            }
            None if self.args.resume => {
                say(format_args!(
                    "no checkpoint to go on from, so the training begins anew: {path}"
                ));
            }
            None => {}
        }
    }

    fn interrupted(&self) -> anyhow::Error {
        CliError::TrainingInterrupted { path: self.folder.path().into() }.into()
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
            Err(EngineError::Cancelled) => Err(self.interrupted()),
            judged => Ok(Some(judged?)),
        }
    }
}
