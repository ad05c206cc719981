//! Training: the same settings, seed and examples give the same weights, bit for bit.

mod apart;
mod average;
mod checkpoint;
mod folder;
mod settings;

use std::ops::ControlFlow;

use candle_nn::Optimizer as _;

use super::examples::{Batch, Examples, batch};
use super::in_range::are_in_range;
use super::model::{Learned, Parameter};
use super::ops::batch_norm::Moments;
use super::optim::Stepper;
use super::rng::{Purpose, Rng};
use super::{Counted, EngineError, Model, Setting, metrics};
use crate::array::Weights;
use average::Average;
pub use folder::{CheckpointFolder, Options};
pub use settings::{MOST_BATCH, MOST_EPOCHS, Settings};

/// What happened in one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// The epoch, from 0.
    pub epoch: usize,
    /// Images of this epoch that are done, of how many.
    pub images: usize,
    pub of: usize,
    /// Mean loss of this batch, and of the epoch so far.
    pub loss: f64,
    pub epoch_loss: f64,
    pub learning_rate: f64,
}

impl Progress {
    /// Whether this was the last step of its epoch.
    #[must_use]
    pub const fn epoch_is_done(&self) -> bool {
        self.images == self.of
    }
}

/// A training on its way. It moves one batch at a time, so that several can take turns.
pub struct Trainer {
    model: Model,
    settings: Settings,
    optimizer: Stepper,
    average: Option<Average>,
    /// How many examples there are.
    examples: usize,
    epoch: usize,
    /// Images of this epoch that are done, and the sum of their losses.
    images: usize,
    loss_sum: f64,
    /// Mean loss of the last epoch that is done.
    last_epoch_loss: f64,
    /// The order of this epoch; empty before its first step.
    order: Vec<usize>,
    /// Of the last step, by every parameter end to end; empty before the first.
    gradient: Vec<f32>,
}

/// A step before it is taken.
#[derive(Clone, Debug)]
pub struct Next {
    /// The numbers of its examples.
    pub numbers: Vec<usize>,
    /// The examples as they are seen in this epoch: distorted, where the settings say so.
    pub batch: Batch,
    /// Decides what is dropped.
    pub seed: u64,
    pub learning_rate: f64,
}

impl Trainer {
    /// A training of `model` on as many `examples`.
    ///
    /// # Errors
    /// No examples, a setting out of its range, or more classes than can be judged
    /// ([`metrics::MOST_CLASSES`]).
    pub fn new(model: Model, settings: Settings, examples: usize) -> Result<Self, EngineError> {
        settings.check()?;
        metrics::check_classes(&model)?;
        if examples == 0 {
            return Err(EngineError::NoImages);
        }
        if let Some(unknown) =
            settings.frozen.iter().find(|name| model.network().index_of(name).is_none())
        {
            let (name, value) = (Setting::Frozen, unknown.clone());
            return Err(EngineError::Setting { name, value });
        }
        let vars = model.parameters().iter().map(|parameter| parameter.var.clone()).collect();
        let optimizer = Stepper::new(vars, settings.method, settings.learning_rate);
        let average = settings.averaging.map(|decay| Average::new(&model, decay)).transpose()?;
        Ok(Self {
            model,
            settings,
            optimizer,
            average,
            examples,
            epoch: 0,
            images: 0,
            loss_sum: 0.0,
            last_epoch_loss: f64::NAN,
            order: Vec::new(),
            gradient: Vec::new(),
        })
    }

    /// The model as it is now.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Epochs that are complete.
    #[must_use]
    pub fn epochs_done(&self) -> usize {
        self.epoch
    }

    /// The mean loss of the last epoch that is complete; not a number before the first.
    #[must_use]
    pub fn last_epoch_loss(&self) -> f64 {
        self.last_epoch_loss
    }

    /// Whether all epochs are done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.epoch >= self.settings.epochs
    }

    /// Steps that are done.
    #[must_use]
    pub fn steps_done(&self) -> u64 {
        let of_this_epoch = self.images.div_ceil(self.settings.batch);
        (self.epoch as u64)
            .saturating_mul(self.steps_per_epoch() as u64)
            .saturating_add(of_this_epoch as u64)
    }

    /// Steps of the whole training.
    #[must_use]
    pub fn steps_in_all(&self) -> u64 {
        (self.settings.epochs as u64).saturating_mul(self.steps_per_epoch() as u64)
    }

    /// Steps of one epoch; the last of them may have fewer images.
    #[must_use]
    pub fn steps_per_epoch(&self) -> usize {
        self.examples.div_ceil(self.settings.batch)
    }

    /// Epochs that are done, with the part of the present one.
    #[must_use]
    pub fn epochs(&self) -> f64 {
        self.epoch as f64 + self.images as f64 / self.examples as f64
    }

    /// The gradient of the last step by each parameter, with its name; none before the first step.
    pub fn gradients(&self) -> impl Iterator<Item = (&str, &[f32])> {
        let mut rest = self.gradient.as_slice();
        self.model.parameters().iter().map_while(move |parameter| {
            let (own, others) = rest.split_at_checked(parameter.var.elem_count())?;
            rest = others;
            Some((parameter.name.as_str(), own))
        })
    }

    /// What the optimizer remembers, by moment and then by parameter.
    ///
    /// # Errors
    /// Only if the shapes of candle's tensors are not those of the numbers.
    pub fn moments(&self) -> Result<Vec<(&'static str, Weights)>, EngineError> {
        let (_, moments) = self.optimizer.state();
        let names = self.settings.method.moments().iter().enumerate();
        let of = |(place, &name): (usize, &&'static str)| {
            let all = self.model.parameters().iter().zip(moments);
            let all = all.map(|(parameter, moments)| parameter.with(moments[place].as_slice()));
            let tensors = all.collect::<Result<_, _>>()?;
            Ok((name, Weights { tensors, ..Weights::default() }))
        };
        names.map(of).collect()
    }

    /// The weights that the training has to show: their moving average where the settings ask for
    /// one, else those of the model.
    ///
    /// # Errors
    /// Only if candle refuses to hand them out.
    pub fn weights(&self) -> Result<Weights, EngineError> {
        match &self.average {
            Some(average) => average.weights(&self.model),
            None => self.model.weights(),
        }
    }

    /// One step: the next batch of this epoch. `None` when all epochs are done. `examples` must be the
    /// same in every call.
    ///
    /// # Errors
    /// [`EngineError::Diverged`] if the loss, the gradient, or a number that the step changes would leave the
    /// range of single precision: everything is then as it was before the step. Another number of examples,
    /// more of them at once than memory holds, or as [`Model::loss`].
    pub fn step(&mut self, examples: &dyn Examples) -> Result<Option<Progress>, EngineError> {
        if self.is_done() {
            return Ok(None);
        }
        if examples.len() != self.examples {
            let (expected, found) = (self.examples, examples.len());
            return Err(EngineError::Count { what: Counted::Examples, expected, found });
        }
        let next = self.next_of(examples)?;
        let Next { numbers, batch, seed, learning_rate } = next;
        let Learned { loss, mut gradient, statistics } =
            self.model.learn(&batch.images, &batch.labels, seed)?;
        if !loss.is_finite() || !are_in_range(&gradient) {
            return Err(self.diverged(loss));
        }
        let statistics = self.without_frozen(&mut gradient, statistics);
        let sound =
            |(_, of): &(usize, Moments)| are_in_range(&of.mean) && are_in_range(&of.variance);
        if !statistics.iter().all(sound) {
            return Err(self.diverged(loss));
        }
        self.optimizer.set_learning_rate(learning_rate);
        let frozen: Vec<bool> = self.model.parameters().iter().map(|p| self.is_frozen(p)).collect();
        if !self.optimizer.descend(&gradient, &|index| !frozen[index])? {
            return Err(self.diverged(loss));
        }
        self.gradient = gradient;
        let end = self.images + numbers.len();
        self.model.follow(&statistics, numbers.len())?;
        if let Some(average) = &mut self.average {
            average.follow(&self.model)?;
        }
        self.loss_sum += loss * (end - self.images) as f64;
        self.images = end;
        let progress = Progress {
            epoch: self.epoch,
            images: self.images,
            of: self.examples,
            loss,
            epoch_loss: self.loss_sum / self.images as f64,
            learning_rate,
        };
        if progress.epoch_is_done() {
            (self.epoch, self.images, self.loss_sum) = (self.epoch + 1, 0, 0.0);
            self.last_epoch_loss = progress.epoch_loss;
            self.order.clear();
        }
        Ok(Some(progress))
    }

    /// The step that would come next; `None` when all epochs are done.
    ///
    /// # Errors
    /// Another number of examples, or images that do not fit.
    pub fn next(&mut self, examples: &dyn Examples) -> Result<Option<Next>, EngineError> {
        if self.is_done() { Ok(None) } else { self.next_of(examples).map(Some) }
    }

    fn next_of(&mut self, examples: &dyn Examples) -> Result<Next, EngineError> {
        if examples.len() != self.examples {
            let (expected, found) = (self.examples, examples.len());
            return Err(EngineError::Count { what: Counted::Examples, expected, found });
        }
        if self.order.is_empty() {
            self.order = order(self.examples, self.settings.seed, self.epoch);
        }
        let end = self.images.saturating_add(self.settings.batch).min(self.examples);
        self.model.check_memory(end - self.images)?;
        let numbers = self.order[self.images..end].to_vec();
        let seed = self.settings.seed;
        let distorted = self.settings.augment.as_ref().map(|augment| (augment, seed, self.epoch));
        let batch = batch(examples, &numbers, distorted)?;
        let step = [self.epoch as u64, self.images as u64];
        let seed = Rng::of(seed, Purpose::Dropping, &step).next_u64();
        let learning_rate =
            self.settings.learning_rate * self.settings.schedule.factor(self.done());
        Ok(Next { numbers, batch, seed, learning_rate })
    }

    /// Leaves out what belongs to frozen nodes: their gradient is zero, and their running statistics stay.
    fn without_frozen(
        &self,
        gradient: &mut [f32],
        statistics: Vec<(usize, Moments)>,
    ) -> Vec<(usize, Moments)> {
        let mut first = 0;
        for parameter in self.model.parameters() {
            let range = first..first + parameter.var.elem_count();
            first = range.end;
            if self.is_frozen(parameter) {
                gradient[range].fill(0.0);
            }
        }
        let name = |node: usize| &self.model.network().nodes()[node].name;
        let moves = |(node, _): &(usize, Moments)| !self.settings.frozen.contains(name(*node));
        statistics.into_iter().filter(moves).collect()
    }

    fn is_frozen(&self, parameter: &Parameter) -> bool {
        let node = parameter.name.rsplit_once('.').map_or("", |(node, _)| node);
        self.settings.frozen.iter().any(|frozen| frozen == node)
    }

    /// Steps until all epochs are done, or until `report` breaks it off; true if all are done.
    ///
    /// # Errors
    /// As [`Trainer::step`].
    pub fn run(
        &mut self,
        examples: &dyn Examples,
        report: &mut dyn FnMut(&Self, Progress) -> ControlFlow<()>,
    ) -> Result<bool, EngineError> {
        while let Some(progress) = self.step(examples)? {
            if report(self, progress).is_break() {
                break;
            }
        }
        Ok(self.is_done())
    }

    /// How much of the whole training is done, 0 to 1.
    fn done(&self) -> f64 {
        let images = self.epoch as f64 * self.examples as f64 + self.images as f64;
        images / (self.settings.epochs as f64 * self.examples as f64)
    }

    /// What is said of a step that is not taken.
    fn diverged(&self, loss: f64) -> EngineError {
        let before = (self.epoch as u64).saturating_mul(self.examples as u64);
        let images = before.saturating_add(self.images as u64);
        EngineError::Diverged { epoch: self.epoch + 1, images, loss }
    }
}

/// The order in which an epoch goes through its examples.
fn order(examples: usize, seed: u64, epoch: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..examples).collect();
    Rng::of(seed, Purpose::Order, &[epoch as u64]).shuffle(&mut order);
    order
}
