//! The trainings as the window knows them: what the worker has told, run by run.

mod act;
mod begin;
mod curve;
mod hear;
mod history;
mod replay;
mod run;
mod series;

use std::sync::Arc;

pub use curve::Curve;
pub use hear::KernelGradient;
pub use history::History;
use replay::Replay;
pub use run::TrainRun;
use series::Members;
pub use series::WAYS_SHIFT;

use super::Studio;
use crate::explain::backward::WeightGradient;
use crate::ui::scene::{TrainPlan, View};
use crate::worker::RunId;
use crate::worker::training::{Apart, ApartRequest, Mark, Snapshot};

/// All trainings, the oldest first.
#[derive(Clone, Debug, Default)]
pub struct Trainings {
    runs: Vec<TrainRun>,
    /// The next step, taken apart, and what was asked.
    apart: Option<Arc<Apart>>,
    /// The weight's gradient by the image that is looked at.
    terms: Option<WeightGradient>,
    /// The same image's gradient by every weight of its kernel; `None` where it is no kernel.
    kernel: Option<KernelGradient>,
    /// With the steps after which it was asked.
    asked_apart: Option<(ApartRequest, u64)>,
    /// The training as it was, where a step of the past is taken apart.
    replay: Option<Replay>,
    generation: u64,
    /// Whether the trainings of the series follow each other.
    series_goes: bool,
    /// Its members: working them out builds a network each.
    members: Members,
    /// The last plan that could be prepared.
    good: Option<TrainPlan>,
    /// The step at which it was when the window was closed, until something is done.
    left_at: Option<u64>,
    /// The view in which a folder was opened that is to be learned from.
    pub(super) came_from: Option<View>,
}

/// What all histories may take in memory.
const MOST_BYTES: usize = 512 << 20;

impl Trainings {
    /// The latest of them.
    pub(in crate::ui::studio) fn last(&self) -> RunId {
        self.runs.iter().map(|run| run.id).max().unwrap_or_default()
    }

    /// Whether it is one of these.
    pub(in crate::ui::studio) fn knows(&self, run: RunId) -> bool {
        let replay = self.replay.as_ref().map(|replay| replay.id);
        replay == Some(run) || self.runs.iter().any(|known| known.id == run)
    }

    /// Whether nothing more is to come of this one by itself.
    fn has_ended(&self, plan: &TrainPlan) -> bool {
        let run = self.runs.iter().find(|run| run.plan == *plan);
        run.is_some_and(|run| run.is_finished() || !run.in_passing)
    }

    /// Many trainings together stay within bounds, too: the longest history is thinned until they do.
    fn stay_within_bounds(&mut self) {
        while self.runs.iter().map(|run| run.history.bytes()).sum::<usize>() > MOST_BYTES {
            let longest = self.runs.iter_mut().max_by_key(|run| run.history.bytes());
            if !longest.is_some_and(|run| run.history.halve()) {
                return;
            }
        }
    }
}

impl Studio {
    /// The training of the scene's plan.
    #[must_use]
    pub fn training(&self) -> Option<&TrainRun> {
        self.trainings.runs.iter().find(|run| run.plan == self.scene.train.plan)
    }

    /// All that is known of trainings, for another window.
    #[must_use]
    pub fn trainings_so_far(&self) -> Trainings {
        self.trainings.clone()
    }

    /// All trainings that have taken a step, and the present one.
    #[must_use]
    pub fn trainings(&self) -> &[TrainRun] {
        &self.trainings.runs
    }

    /// The steps of the moment of the past that is shown; `None`: the present. A scene that stands where the
    /// training has been already shows that moment.
    #[must_use]
    pub fn train_shown(&self) -> Option<u64> {
        let run = self.training()?;
        let steps = self.scene.train.steps;
        let shown = self.scene.train.shown.or_else(|| (steps < run.steps_done).then_some(steps))?;
        run.history.at(shown).map(|mark| mark.snapshot.step)
    }

    /// The moment that is shown: one of the history, or the present one.
    #[must_use]
    pub fn train_moment(&self) -> Option<&Arc<Snapshot>> {
        let run = self.training()?;
        match self.train_shown() {
            Some(step) => run.history.at(step).map(|mark| &mark.snapshot),
            None => run.now.as_ref(),
        }
    }

    /// The last judgement up to the moment that is shown.
    #[must_use]
    pub fn train_mark(&self) -> Option<&Arc<Mark>> {
        let history = &self.training()?.history;
        match self.train_shown() {
            Some(step) => history.at(step),
            None => history.last(),
        }
    }

    /// The step that was taken apart last; none while steps follow each other.
    #[must_use]
    pub fn apart(&self) -> Option<&Arc<Apart>> {
        let run = self.training().filter(|run| !run.is_running())?;
        self.trainings.apart.as_ref().filter(|apart| self.trainings.repeats(apart.run, run.id))
    }

    /// What every use of the weight adds to its gradient, for the image that is looked at.
    #[must_use]
    pub fn apart_terms(&self) -> Option<&WeightGradient> {
        self.apart()?;
        self.trainings.terms.as_ref()
    }

    /// The gradient by the whole kernel that the weight belongs to, for the image that is looked at.
    #[must_use]
    pub fn apart_kernel(&self) -> Option<&KernelGradient> {
        self.apart()?;
        self.trainings.kernel.as_ref()
    }

    /// The step at which a training that is not over would be closed.
    #[must_use]
    pub fn interrupted_training(&self) -> Option<u64> {
        let run = self.training()?;
        (run.steps_done > 0 && run.can_go_on()).then_some(run.steps_done)
    }

    /// The step to which the training of an opened scene is being brought again.
    #[must_use]
    pub fn taking_up(&self) -> Option<u64> {
        let run = self.training()?;
        let step = self.scene.train.steps;
        (run.can_go_on() && run.steps_done < step && run.until == step).then_some(step)
    }

    /// The step at which the window was closed in the middle of this training, until it goes on.
    #[must_use]
    pub fn left_at(&self) -> Option<u64> {
        self.trainings.left_at
    }

    /// Says where the training was when the window was closed.
    pub fn note_where_it_was_left(&mut self) {
        self.trainings.left_at = Some(self.scene.train.steps).filter(|&steps| steps > 0);
    }

    /// Whether the training of the scene is still to be brought to the scene's moment.
    pub(in crate::ui::studio) fn train_is_awaited(&self) -> bool {
        let unprepared = || self.training().is_none_or(|run| !run.is_prepared());
        let beside = || self.scene.train.beside.iter().any(|plan| !self.trainings.has_ended(plan));
        let awaited = || unprepared() || self.series_is_awaited() || beside();
        self.scene.view == View::Train && self.worker_is_there() && awaited()
    }
}
