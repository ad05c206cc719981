//! Trainings one after the other.

use std::sync::Arc;

use super::TrainRun;
use crate::ui::scene::{Member, Series, TrainPage, TrainPlan, Varied};
use crate::ui::studio::Studio;
use crate::worker::training::{Pace, RunState, TrainingOrder};
use crate::worker::{Command, RunId};

/// The three ways are measured up to a shift of so many pixels.
pub const WAYS_SHIFT: usize = 4;
/// The least batch of the three ways: a fully connected layer changes millions of weights in every step.
const WAYS_BATCH: usize = 32;

/// The members of the scene's series.
#[derive(Clone, Debug, Default)]
pub struct Members {
    /// Whose they are.
    of: Option<(Varied, TrainPlan)>,
    all: Arc<[Member]>,
}

impl Members {
    /// Worked out anew when the series is another one; tells whether it is.
    pub fn follow(&mut self, series: Option<&Series>) -> bool {
        let same = match (&self.of, series) {
            (Some((what, base)), Some(series)) => (*what, base) == (series.what, &series.base),
            (None, None) => true,
            _ => false,
        };
        if !same {
            self.of = series.map(|series| (series.what, series.base.clone()));
            self.all = series.map(Series::members).unwrap_or_default().into();
        }
        !same
    }
}

impl Studio {
    /// The trainings of the series, with what is known of each.
    #[must_use]
    pub fn series(&self) -> Vec<(&Member, Option<&TrainRun>)> {
        let run = |plan: &TrainPlan| self.trainings.runs.iter().find(|run| run.plan == *plan);
        self.trainings.members.all.iter().map(|member| (member, run(&member.plan))).collect()
    }

    /// Whether the trainings of the series follow each other.
    #[must_use]
    pub fn series_is_going(&self) -> bool {
        self.trainings.series_goes
    }

    /// How many trainings of the series are finished, of how many.
    #[must_use]
    pub fn series_progress(&self) -> (usize, usize) {
        let all = self.series();
        let done = all.iter().filter(|(_, run)| run.is_some_and(TrainRun::is_finished));
        (done.count(), all.len())
    }

    /// While the trainings of an opened scene are done again: how many of them are, of how many.
    #[must_use]
    pub fn series_taking_up(&self) -> Option<(usize, usize)> {
        let series = self.scene.train.series.as_ref()?;
        let awaited = !self.trainings.series_goes && self.series_is_awaited();
        awaited.then(|| (self.series_progress().0, series.done))
    }

    pub(super) fn start_series(&mut self, series: Option<Series>) {
        self.trainings.members.follow(series.as_ref());
        self.trainings.series_goes = series.is_some();
        self.scene.train.series = series;
    }

    /// The members that are to be trained: all of a series that goes, else those that had been finished.
    pub(super) fn wanted_members(&self) -> &[Member] {
        let Some(series) = &self.scene.train.series else { return &[] };
        let all = &self.trainings.members.all;
        let wanted = if self.trainings.series_goes { all.len() } else { series.done };
        &all[..wanted.min(all.len())]
    }

    pub(super) fn pause_series(&mut self) {
        self.trainings.series_goes = false;
        let going: Vec<_> = self
            .series()
            .iter()
            .filter_map(|(_, run)| run.filter(|run| run.is_going()).map(|run| run.id))
            .collect();
        for run in going {
            self.pause_run(run);
        }
    }

    pub(super) fn go_on_with_series(&mut self) {
        self.trainings.series_goes = self.scene.train.series.is_some();
    }

    /// Whether what the scene says has been finished is not yet.
    pub(super) fn series_is_awaited(&self) -> bool {
        let Some(series) = &self.scene.train.series else { return false };
        self.series()
            .iter()
            .take(series.done)
            .any(|(_, run)| !run.is_some_and(TrainRun::is_finished))
    }

    /// The next training of the series goes on when the one before is finished.
    pub(super) fn reconcile_series(&mut self) {
        let Some(series) = self.scene.train.series.clone() else { return };
        let members = Arc::clone(&self.trainings.members.all);
        let wanted = self.wanted_members().len();
        // Of the three ways it is measured who still reads what moved.
        let ways = series.what == Varied::Ways;
        let mut done = 0;
        for Member { plan, .. } in members.iter().take(wanted) {
            let measured = ways && !plan.scrambled;
            let known = self.trainings.runs.iter().find(|run| run.plan == *plan);
            let Some(run) = known else {
                self.begin_training(plan);
                if let Some(run) = self.trainings.runs.iter_mut().find(|run| run.plan == *plan) {
                    run.in_passing = true;
                }
                break;
            };
            let (id, prepared) = (run.id, run.is_prepared());
            if run.is_finished() {
                if measured && run.shifts.is_none() && run.can_be_measured() {
                    self.measure_shifts(id);
                    break;
                }
                done += 1;
                self.let_trainer_go(id, plan, measured);
                continue;
            }
            if prepared && !run.is_going() {
                self.order_to_go(id, u64::MAX, Pace::Full);
            }
            break;
        }
        if let Some(series) = &mut self.scene.train.series {
            series.done = series.done.max(done);
        }
        if self.trainings.series_goes && done == wanted {
            self.trainings.series_goes = false;
        }
    }

    /// What it has learned is known here: the worker need not keep it, nor its history.
    fn let_trainer_go(&mut self, id: RunId, plan: &TrainPlan, of_ways: bool) {
        // The first of each way reads the digit that is dragged.
        let first = self.scene.train.series.as_ref().map(|series| series.base.settings.seed);
        let reads = of_ways && first == Some(plan.settings.seed);
        if *plan == self.scene.train.plan || reads {
            return;
        }
        let Some(run) = self.trainings.runs.iter_mut().find(|run| run.id == id) else { return };
        if run.in_passing && !run.let_go {
            run.let_go = true;
            run.history.keep_last();
            self.release(id);
        }
    }
}

impl Studio {
    /// What the three ways have in common: the present training, with batches that a fully connected layer can
    /// be trained with in reasonable time.
    #[must_use]
    pub fn ways_base(&self) -> TrainPlan {
        let mut base = self.scene.train.plan.clone();
        base.settings.batch = base.settings.batch.max(WAYS_BATCH);
        base.settings.augment = None;
        base
    }

    fn measure_shifts(&mut self, run: RunId) {
        if let Some(known) = self.trainings.runs.iter_mut().find(|known| known.id == run)
            && !known.measuring
        {
            known.measuring = true;
            let order = TrainingOrder::MeasureShifts(WAYS_SHIFT);
            self.worker.send(Command::Train { run, order });
            self.listen();
        }
    }

    /// The dragged digit is read by the first training of each way.
    pub(super) fn reconcile_reading(&mut self) {
        if self.scene.train.page != TrainPage::Ways {
            return;
        }
        let (image, shift) = (self.scene.train.probe, self.scene.train.shift);
        let asks = |run: &TrainRun| {
            run.can_be_measured() && run.is_finished() && run.asked_read != Some((image, shift))
        };
        let members: Vec<RunId> = self
            .series()
            .into_iter()
            .filter(|(member, _)| !member.plan.scrambled)
            .filter_map(|(_, run)| run.filter(|run| asks(run)).map(|run| run.id))
            .collect();
        for run in members {
            if let Some(known) = self.trainings.runs.iter_mut().find(|known| known.id == run) {
                known.asked_read = Some((image, shift));
            }
            let order = TrainingOrder::Read { image, shift };
            self.worker.send(Command::Train { run, order });
        }
        self.listen();
    }
}

impl TrainRun {
    /// Whether the worker still has it.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        !self.let_go && self.is_prepared()
    }

    /// Whether there is something that could read images.
    fn can_be_measured(&self) -> bool {
        self.is_kept() && matches!(self.state, RunState::Done)
    }

    /// Whether no step is left, and the last one has been judged.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        match self.state {
            RunState::Failed(_) => true,
            RunState::Done => {
                let last = self.history.last().map(|mark| mark.snapshot.step);
                last == Some(self.steps_done)
            }
            RunState::Paused | RunState::Going => false,
        }
    }
}
