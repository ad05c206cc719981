//! What the scene says of trainings is asked of the worker.

use std::sync::Arc;

use super::TrainRun;
use crate::network::Network;
use crate::ui::scene::{TrainNetwork, TrainPlan, View};
use crate::ui::studio::{Notice, Studio, StudioError};
use crate::worker::training::{Pace, Plan, TrainingOrder};
use crate::worker::{Command, RunId};

impl Studio {
    /// The scene's training is there and has come as far as the scene says.
    pub(in crate::ui::studio) fn reconcile_training(&mut self) {
        if !self.worker_is_there() {
            return;
        }
        if self.trainings.members.follow(self.scene.train.series.as_ref()) {
            // It was another one that was going.
            self.trainings.series_goes = false;
        }
        self.pause_what_was_left();
        if self.scene.view != View::Train {
            return;
        }
        let wanted = self.scene.train.plan.clone();
        if self.training().is_none() {
            self.begin_training(&wanted);
        }
        if let Some(run) = self.trainings.runs.iter_mut().find(|run| run.plan == wanted) {
            run.in_passing = false;
            if run.steps_in_all > 0 {
                // A scene may say anything, and a set may have become smaller.
                self.scene.train.steps = self.scene.train.steps.min(run.steps_in_all);
            }
        }
        let steps = self.scene.train.steps;
        let behind = self.training().filter(|run| {
            run.is_prepared() && run.can_go_on() && run.until < steps && run.steps_done < steps
        });
        if let Some(id) = behind.map(|run| run.id) {
            self.order_to_go(id, steps, Pace::Full);
        }
        self.reconcile_beside();
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
            let train = &self.scene.train;
            let wanted =
                run.plan == train.plan || is_member(run) || train.beside.contains(&run.plan);
            run.steps_done == 0 && !run.is_going() && !wanted
        };
        let forgotten: Vec<RunId> =
            self.trainings.runs.iter().filter(|run| idle(run)).map(|run| run.id).collect();
        for run in forgotten {
            self.forget_training(run);
        }
        let Some(network) = plan.network.network().map(Arc::new) else {
            let error = match &plan.network {
                TrainNetwork::Zoo(name) => StudioError::UnknownNetwork { name: name.clone() },
                TrainNetwork::Design(_) => StudioError::IllegalDesign,
            };
            self.fail(Arc::new(error));
            self.drop_plan(plan);
            return;
        };
        let run = self.order_to_begin(plan, Arc::clone(&network));
        self.trainings.runs.push(TrainRun::new(run, plan.clone(), network));
        self.listen();
    }

    /// The worker prepares a training of this plan, which is called by a new name.
    pub(super) fn order_to_begin(&mut self, plan: &TrainPlan, network: Arc<Network>) -> RunId {
        self.last_run.0 += 1;
        let run = self.last_run;
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
        run
    }

    /// A plan that cannot be: the scene goes on without it.
    fn drop_plan(&mut self, plan: &TrainPlan) {
        let train = &mut self.scene.train;
        train.beside.retain(|other| other != plan);
        if train.plan == *plan {
            train.plan = TrainPlan::default();
            (train.steps, train.shown, train.cell) = (0, None, None);
        }
    }

    /// Whatever goes on is on the screen, or belongs to what is: after a step back, or with another scene,
    /// it rests.
    fn pause_what_was_left(&mut self) {
        let train = &self.scene.train;
        let wanted = self.wanted_members();
        let is_left = |run: &&TrainRun| {
            run.is_going()
                && run.plan != train.plan
                && !train.beside.contains(&run.plan)
                && !wanted.iter().any(|member| member.plan == run.plan)
        };
        let left: Vec<RunId> =
            self.trainings.runs.iter().filter(is_left).map(|run| run.id).collect();
        for run in left {
            self.pause_run(run);
        }
    }

    /// Trainings that a scene compares with its own are taken up, too.
    fn reconcile_beside(&mut self) {
        let train = &self.scene.train;
        let unknown = |plan: &&TrainPlan| !self.trainings.runs.iter().any(|r| r.plan == **plan);
        let missing: Vec<TrainPlan> = train.beside.iter().filter(unknown).cloned().collect();
        for plan in missing {
            self.begin_training(&plan);
            if let Some(run) = self.trainings.runs.iter_mut().find(|run| run.plan == plan) {
                run.in_passing = true;
            }
        }
        let beside = |run: &&TrainRun| {
            self.scene.train.beside.contains(&run.plan) && run.in_passing && run.is_prepared()
        };
        let rests = |run: &&TrainRun| run.can_go_on() && !run.is_going();
        let resting: Vec<RunId> =
            self.trainings.runs.iter().filter(beside).filter(rests).map(|run| run.id).collect();
        for run in resting {
            self.order_to_go(run, u64::MAX, Pace::Full);
        }
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
}
