//! What the scene says of trainings is asked of the worker.

use std::sync::Arc;

use super::TrainRun;
use crate::ui::scene::{TrainPage, TrainPlan, View};
use crate::ui::studio::{Notice, Studio, StudioError};
use crate::worker::training::{ApartRequest, Pace, Plan, TrainingOrder};
use crate::worker::{Command, RunId};

impl Studio {
    /// The scene's training is there and has come as far as the scene says.
    pub(in crate::ui::studio) fn reconcile_training(&mut self) {
        if self.scene.view != View::Train || !self.worker_is_there() {
            return;
        }
        self.trainings.members.follow(self.scene.train.series.as_ref());
        let wanted = self.scene.train.plan.clone();
        if self.training().is_none() {
            self.begin_training(&wanted);
        }
        let steps = self.scene.train.steps;
        let behind = self.training().filter(|run| {
            run.is_prepared() && run.can_go_on() && run.until < steps && run.steps_done < steps
        });
        if let Some(id) = behind.map(|run| run.id) {
            self.order_to_go(id, steps, Pace::Full);
        }
        self.reconcile_series();
        self.reconcile_reading();
        self.reconcile_apart();
    }

    pub(super) fn worker_is_there(&self) -> bool {
        !matches!(self.notice, Some(Notice::WorkerEnded { .. }))
    }

    pub(super) fn begin_training(&mut self, plan: &TrainPlan) {
        // A training that has taken no step is of no interest any more.
        let is_member = |run: &TrainRun| self.series().iter().any(|(m, _)| m.plan == run.plan);
        let idle = |run: &TrainRun| {
            let wanted = run.plan == self.scene.train.plan || is_member(run);
            run.steps_done == 0 && !run.is_going() && !wanted
        };
        let forgotten: Vec<RunId> =
            self.trainings.runs.iter().filter(|run| idle(run)).map(|run| run.id).collect();
        for run in forgotten {
            self.forget_training(run);
        }
        let Some(network) = plan.network.network().map(Arc::new) else {
            let name = plan.network.name();
            self.fail(Arc::new(StudioError::UnknownNetwork { name }));
            self.scene.train.plan = TrainPlan::default();
            return;
        };
        self.last_run.0 += 1;
        let run = self.last_run;
        let begun = TrainRun::new(run, plan.clone(), Arc::clone(&network));
        self.trainings.runs.push(begun);
        let plan = Plan {
            network,
            start: None,
            own: None,
            data: plan.data.clone(),
            images: plan.images,
            scrambled: plan.scrambled,
            settings: plan.settings.clone(),
        };
        let order = TrainingOrder::Begin { plan: Arc::new(plan), probe: self.scene.train.probe };
        self.worker.send(Command::Train { run, order });
        self.listen();
    }

    pub(super) fn forget_training(&mut self, run: RunId) {
        self.trainings.runs.retain(|known| known.id != run);
        self.release(run);
    }

    /// The worker keeps it no more.
    pub(super) fn release(&mut self, run: RunId) {
        self.worker.send(Command::Train { run, order: TrainingOrder::Forget });
    }

    pub(super) fn order_to_go(&mut self, id: RunId, until: u64, pace: Pace) {
        if let Some(run) = self.trainings.runs.iter_mut().find(|run| run.id == id) {
            run.until = until;
        }
        let order = TrainingOrder::Go { until, pace };
        self.worker.send(Command::Train { run: id, order });
        self.listen();
    }

    /// Asks for the next step where it is looked at.
    fn reconcile_apart(&mut self) {
        if self.scene.train.page != TrainPage::Apart {
            return;
        }
        let Some(run) = self.training() else { return };
        let Some(weight) = self.train_weight() else { return };
        let wanted = ApartRequest {
            run: run.id,
            generation: 0,
            image: self.scene.train.image,
            weight: (weight.tensor, weight.index),
        };
        let asked = Some((wanted, run.steps_done));
        if run.now.is_none() || run.is_going() || self.trainings.asked_apart == asked {
            return;
        }
        self.trainings.asked_apart.clone_from(&asked);
        let Some((wanted, _)) = asked else { return };
        self.trainings.generation += 1;
        let generation = self.trainings.generation;
        self.worker.request_apart(ApartRequest { generation, ..wanted });
        self.listen();
    }
}
