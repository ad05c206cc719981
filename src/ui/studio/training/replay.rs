//! A step that is over can be taken apart, too: a plan decides its training, so the same training is taken up
//! beside itself to that step.

use super::Trainings;
use crate::ui::scene::TrainPage;
use crate::ui::studio::Studio;
use crate::worker::training::{ApartRequest, Pace, Report, TrainingOrder};
use crate::worker::{Command, RunId};

/// A training as it was.
#[derive(Clone, Debug)]
pub struct Replay {
    pub(super) id: RunId,
    /// The one that it repeats.
    of: RunId,
    /// Steps that it has been told to take, and those that it has taken.
    until: u64,
    steps_done: u64,
}

impl Replay {
    pub(super) fn hear(&mut self, report: &Report) {
        if report.steps_in_all > 0 {
            self.steps_done = report.steps_done;
        }
    }
}

impl Trainings {
    /// Whether what was taken apart belongs to this training.
    pub(super) fn repeats(&self, id: RunId, of: RunId) -> bool {
        id == of || self.replay.as_ref().is_some_and(|replay| (replay.id, replay.of) == (id, of))
    }
}

impl Studio {
    /// The steps after which the next one is taken apart: those of the moment that is shown; after the last
    /// step, that one. `None` while steps follow each other.
    #[must_use]
    pub fn apart_step(&self) -> Option<u64> {
        let run = self.training().filter(|run| run.is_prepared() && !run.is_running())?;
        let last = run.steps_in_all.checked_sub(1)?;
        Some(self.train_shown().unwrap_or(run.steps_done).min(last))
    }

    /// How far the training has been repeated towards the step that is to be taken apart, and that step.
    #[must_use]
    pub fn repeating(&self) -> Option<(u64, u64)> {
        let replay = self.trainings.replay.as_ref()?;
        (replay.steps_done < replay.until).then_some((replay.steps_done, replay.until))
    }

    /// Asks for the step where it is looked at.
    pub(super) fn reconcile_apart(&mut self) {
        if self.scene.train.page != TrainPage::Apart {
            return self.let_replay_go();
        }
        let Some(step) = self.apart_step() else { return };
        let Some(run) = self.training() else { return };
        let id = if run.steps_done == step && run.can_go_on() {
            run.id
        } else {
            let of = run.id;
            match self.replayed(of, step) {
                Some(id) => id,
                None => return,
            }
        };
        let Some(weight) = self.train_weight() else { return };
        let wanted = ApartRequest {
            run: id,
            generation: 0,
            image: self.scene.train.image,
            weight: (weight.tensor, weight.index),
        };
        let asked = Some((wanted, step));
        if self.trainings.asked_apart == asked {
            return;
        }
        self.trainings.asked_apart.clone_from(&asked);
        let Some((wanted, _)) = asked else { return };
        self.trainings.generation += 1;
        let generation = self.trainings.generation;
        self.worker.request_apart(ApartRequest { generation, ..wanted });
        self.listen();
    }

    /// The training `of`, taken up again, if it stands at `step`; else it is told to go there.
    fn replayed(&mut self, of: RunId, step: u64) -> Option<RunId> {
        let fits = |replay: &Replay| replay.of == of && replay.steps_done <= step;
        if !self.trainings.replay.as_ref().is_some_and(fits) {
            self.let_replay_go();
            let run = self.training()?;
            let id = self.order_to_begin(&run.plan.clone(), run.network.clone());
            self.trainings.replay = Some(Replay { id, of, until: 0, steps_done: 0 });
            self.listen();
        }
        let replay = self.trainings.replay.as_mut()?;
        if replay.until != step {
            replay.until = step;
            let order = TrainingOrder::Go { until: step, pace: Pace::Full };
            self.worker.send(Command::Train { run: replay.id, order });
            self.listen();
        }
        let replay = self.trainings.replay.as_ref()?;
        (replay.steps_done == step).then_some(replay.id)
    }

    fn let_replay_go(&mut self) {
        if let Some(Replay { id, .. }) = self.trainings.replay.take() {
            self.release(id);
        }
    }
}
