//! The trainings as the window knows them: what the worker has told, run by run.

mod act;
mod curve;
mod history;
mod series;

use std::sync::Arc;

pub use curve::Curve;
pub use history::History;
pub use series::WAYS_SHIFT;

use super::{Notice, Studio};
use crate::explain::backward::{Pass, WeightGradient};
use crate::network::Network;
use crate::ui::scene::{TrainPage, TrainPlan, View};
use crate::worker::training::{
    Apart, ApartRequest, Mark, Pace, Plan, Read, Report, RunState, Sets, Snapshot, TrainingOrder,
};
use crate::worker::{Command, RunId, WorkerError};

/// All trainings, the oldest first.
#[derive(Default)]
pub struct Trainings {
    runs: Vec<TrainRun>,
    /// The next step, taken apart, and what was asked.
    apart: Option<Arc<Apart>>,
    /// The weight's gradient by the image that is looked at.
    terms: Option<WeightGradient>,
    /// With the step after which it was asked.
    asked_apart: Option<(ApartRequest, u64)>,
    generation: u64,
    /// Whether the trainings of the series follow each other.
    series_goes: bool,
    /// The last plan that could be prepared.
    good: Option<TrainPlan>,
    /// The view in which a folder was opened that is to be learned from.
    pub(super) came_from: Option<View>,
}

/// One training.
pub struct TrainRun {
    id: RunId,
    pub plan: TrainPlan,
    pub network: Arc<Network>,
    pub state: RunState,
    pub steps_done: u64,
    pub steps_in_all: u64,
    pub steps_per_epoch: u64,
    pub curve: Curve,
    pub history: History,
    /// As it is now; `None` until the worker has prepared it.
    pub now: Option<Arc<Snapshot>>,
    pub images_per_second: Option<f64>,
    /// What is learned from, and what it is judged on.
    pub sets: Option<Arc<Sets>>,
    /// Images of the set that are loaded, of how many.
    pub loading: Option<(usize, usize)>,
    /// The part of the test images that are read right, by how many pixels they are shifted.
    pub shifts: Option<Vec<f64>>,
    /// The moved image that was read last.
    pub read: Option<Read>,
    /// The last order to go on: until which step.
    until: u64,
    /// Whether its number of steps has been asked for by the scene.
    prepared: bool,
    /// Whether the worker keeps it no more.
    let_go: bool,
    /// Whether it has been asked how well it reads what moved.
    measuring: bool,
    /// The moved image that it was asked to read last.
    asked_read: Option<(usize, [i32; 2])>,
    /// Seconds that its steps took.
    pub seconds: f64,
}

impl TrainRun {
    /// Whether the worker has prepared it, or said why it cannot.
    #[must_use]
    pub fn is_prepared(&self) -> bool {
        self.prepared
    }

    #[must_use]
    pub fn is_going(&self) -> bool {
        matches!(self.state, RunState::Going) || (self.until > self.steps_done && self.can_go_on())
    }

    /// Whether there are steps left.
    #[must_use]
    pub fn can_go_on(&self) -> bool {
        !matches!(self.state, RunState::Done | RunState::Failed(_))
    }

    /// Epochs at a step.
    #[must_use]
    pub fn epoch_of(&self, step: u64) -> f64 {
        step as f64 / self.steps_per_epoch.max(1) as f64
    }

    /// Seconds until the last step at this speed.
    #[must_use]
    pub fn seconds_left(&self) -> Option<f64> {
        let images = (self.steps_in_all - self.steps_done) * self.plan.settings.batch as u64;
        Some(images as f64 / self.images_per_second?)
    }

    /// What a class is called.
    #[must_use]
    pub fn class_name(&self, class: usize) -> String {
        let known = self.sets.as_ref().and_then(|sets| sets.classes.get(class));
        known.cloned().unwrap_or_else(|| self.network.label(class))
    }

    fn hear(&mut self, report: Report) {
        let failed = matches!(report.state, RunState::Failed(_));
        self.prepared |= report.now.is_some() || failed;
        if report.steps_in_all > 0 {
            self.steps_done = report.steps_done;
            self.steps_in_all = report.steps_in_all;
            self.steps_per_epoch = report.steps_per_epoch;
        }
        self.seconds = self.seconds.max(report.seconds);
        self.curve.extend(report.steps);
        for mark in report.marks {
            self.history.keep(mark);
        }
        if report.now.is_some() {
            self.now = report.now;
        }
        if report.sets.is_some() {
            self.sets = report.sets;
            self.loading = None;
        }
        if report.shifts.is_some() {
            self.shifts = report.shifts;
        }
        if report.read.is_some() {
            self.read = report.read;
        }
        if report.images_per_second.is_some() {
            self.images_per_second = report.images_per_second;
        }
        self.state = report.state;
    }
}

impl Studio {
    /// The training of the scene's plan.
    #[must_use]
    pub fn training(&self) -> Option<&TrainRun> {
        self.trainings.runs.iter().find(|run| run.plan == self.scene.train.plan)
    }

    /// All trainings that have taken a step, and the present one.
    #[must_use]
    pub fn trainings(&self) -> &[TrainRun] {
        &self.trainings.runs
    }

    /// The moment that is shown: one of the history, or the present one.
    #[must_use]
    pub fn train_moment(&self) -> Option<&Arc<Snapshot>> {
        let run = self.training()?;
        match self.scene.train.shown {
            Some(step) => run.history.at(step).map(|mark| &mark.snapshot),
            None => run.now.as_ref(),
        }
    }

    /// The last judgement up to the moment that is shown.
    #[must_use]
    pub fn train_mark(&self) -> Option<&Arc<Mark>> {
        let history = &self.training()?.history;
        match self.scene.train.shown {
            Some(step) => history.at(step),
            None => history.last(),
        }
    }

    /// The next step, taken apart.
    #[must_use]
    pub fn apart(&self) -> Option<&Arc<Apart>> {
        let run = self.training()?;
        self.trainings.apart.as_ref().filter(|apart| apart.run == run.id)
    }

    /// What every use of the weight adds to its gradient, for the image that is looked at.
    #[must_use]
    pub fn apart_terms(&self) -> Option<&WeightGradient> {
        self.apart()?;
        self.trainings.terms.as_ref()
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
        (run.steps_done < step && run.until == step).then_some(step)
    }

    /// Whether a training goes on.
    #[must_use]
    pub fn is_training(&self) -> bool {
        self.trainings.runs.iter().any(TrainRun::is_going)
    }

    /// Whether the training of the scene is still to be brought to the scene's moment.
    pub(super) fn train_is_awaited(&self) -> bool {
        let unprepared = || self.training().is_none_or(|run| !run.prepared);
        let awaited = || unprepared() || self.series_is_awaited();
        self.scene.view == View::Train && self.worker_is_there() && awaited()
    }

    pub(super) fn hear_training(&mut self, report: Report) {
        let present = self.scene.train.plan.clone();
        let Some(run) = self.trainings.runs.iter_mut().find(|run| run.id == report.run) else {
            return;
        };
        let failed = match &report.state {
            RunState::Failed(error) if run.can_go_on() => Some(Arc::clone(error)),
            _ => None,
        };
        run.hear(report);
        let good = run.steps_in_all > 0 && run.plan == present;
        if run.plan == present {
            // Where it stands belongs to the scene; that it goes on by itself is no change that a person
            // would take back.
            self.scene.train.steps = self.scene.train.steps.max(run.steps_done);
        }
        if good {
            self.trainings.came_from = None;
            self.trainings.good = Some(present);
        }
        if let Some(error) = failed {
            self.training_failed(&error);
            self.fail(error);
        }
    }

    pub(super) fn hear_loading(&mut self, run: RunId, done: usize, of: usize) {
        if let Some(run) = self.trainings.runs.iter_mut().find(|known| known.id == run) {
            run.loading = Some((done, of));
        }
    }

    /// A training that cannot even begin: where only the shape of the network is in the way, a design is given
    /// another one; else what was there before is there again.
    fn training_failed(&mut self, error: &WorkerError) {
        let plan = self.scene.train.plan.clone();
        let Some(run) = self.training().filter(|run| run.steps_in_all == 0) else { return };
        let (id, sets) = (run.id, run.sets.clone());
        self.forget_training(id);
        let fitted = sets.and_then(|sets| plan.fitted_to(&sets)).filter(|fitted| *fitted != plan);
        let stopped = matches!(error, WorkerError::Data(_));
        self.scene.train.plan = match fitted.filter(|_| !stopped) {
            Some(fitted) => fitted,
            None => self.trainings.good.clone().filter(|good| *good != plan).unwrap_or_default(),
        };
        self.scene.train.steps = 0;
        if let Some(view) = self.trainings.came_from.take() {
            self.scene.view = view;
        }
    }

    pub(super) fn hear_apart(&mut self, apart: Apart) {
        let run = self.trainings.runs.iter().find(|run| run.id == apart.run);
        let Some(run) = run.filter(|_| apart.generation == self.trainings.generation) else {
            return;
        };
        self.trainings.terms = terms_of(&run.network, &apart);
        self.trainings.apart = Some(Arc::new(apart));
    }

    /// The scene's training is there and has come as far as the scene says.
    pub(super) fn reconcile_training(&mut self) {
        if self.scene.view != View::Train || !self.worker_is_there() {
            return;
        }
        let wanted = self.scene.train.plan.clone();
        if self.training().is_none() {
            self.begin_training(&wanted);
        }
        let steps = self.scene.train.steps;
        let behind = self.training().filter(|run| {
            run.prepared && run.can_go_on() && run.until < steps && run.steps_done < steps
        });
        if let Some(id) = behind.map(|run| run.id) {
            self.order_to_go(id, steps, Pace::Full);
        }
        self.reconcile_series();
        self.reconcile_reading();
        self.reconcile_apart();
    }

    fn worker_is_there(&self) -> bool {
        !matches!(self.notice, Some(Notice::WorkerEnded { .. }))
    }

    fn begin_training(&mut self, plan: &TrainPlan) {
        // A training that has taken no step is of no interest any more.
        let members: Vec<TrainPlan> =
            self.series().into_iter().map(|(member, _)| member.plan).collect();
        let idle = |run: &TrainRun| {
            let wanted = run.plan == self.scene.train.plan || members.contains(&run.plan);
            run.steps_done == 0 && !run.is_going() && !wanted
        };
        let forgotten: Vec<RunId> =
            self.trainings.runs.iter().filter(|run| idle(run)).map(|run| run.id).collect();
        for run in forgotten {
            self.forget_training(run);
        }
        let Some(network) = plan.network.network().map(Arc::new) else {
            let name = plan.network.name();
            self.fail(Arc::new(super::StudioError::UnknownNetwork { name }));
            self.scene.train.plan = TrainPlan::default();
            return;
        };
        self.last_run.0 += 1;
        let run = self.last_run;
        self.trainings.runs.push(TrainRun {
            id: run,
            plan: plan.clone(),
            network: Arc::clone(&network),
            state: RunState::Paused,
            steps_done: 0,
            steps_in_all: 0,
            steps_per_epoch: 0,
            curve: Curve::default(),
            history: History::default(),
            now: None,
            images_per_second: None,
            sets: None,
            loading: None,
            shifts: None,
            read: None,
            until: 0,
            prepared: false,
            let_go: false,
            measuring: false,
            asked_read: None,
            seconds: 0.0,
        });
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

    fn forget_training(&mut self, run: RunId) {
        self.trainings.runs.retain(|known| known.id != run);
        self.release(run);
    }

    /// The worker keeps it no more.
    fn release(&mut self, run: RunId) {
        self.worker.send(Command::Train { run, order: TrainingOrder::Forget });
    }

    fn order_to_go(&mut self, id: RunId, until: u64, pace: Pace) {
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

fn terms_of(network: &Network, apart: &Apart) -> Option<WeightGradient> {
    let (tensor, index) = &apart.weight;
    let (node, part) = tensor.rsplit_once('.')?;
    let node = network.index_of(node)?;
    let (weights, trace, gradients) = (&*apart.weights, &*apart.trace, &*apart.gradients);
    Pass { network, weights, trace, gradients }.weight_gradient(node, part, *index).ok()
}
