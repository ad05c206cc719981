//! One training, as far as the worker has told of it.

use std::sync::Arc;

use super::{Curve, History};
use crate::network::Network;
use crate::ui::scene::TrainPlan;
use crate::worker::RunId;
use crate::worker::training::{Pace, Read, Report, RunState, Sets, Snapshot};

/// One training.
#[derive(Clone, Debug)]
pub struct TrainRun {
    pub(super) id: RunId,
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
    pub(super) until: u64,
    /// Whether a series, or a scene that compares it, has begun it: nobody has looked at it by itself.
    pub(super) in_passing: bool,
    /// Whether the worker keeps it no more.
    pub(super) let_go: bool,
    /// Whether it has been asked how well it reads what moved.
    pub(super) measuring: bool,
    /// The moved image that it was asked to read last.
    pub(super) asked_read: Option<(usize, [i32; 2])>,
    /// Seconds that its steps took.
    pub seconds: f64,
}

impl TrainRun {
    /// A training of which nothing has been told yet.
    pub(super) fn new(id: RunId, plan: TrainPlan, network: Arc<Network>) -> Self {
        Self {
            id,
            plan,
            network,
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
            in_passing: false,
            let_go: false,
            measuring: false,
            asked_read: None,
            seconds: 0.0,
        }
    }

    /// Whether the worker has prepared it, or said why it cannot.
    #[must_use]
    pub fn is_prepared(&self) -> bool {
        self.now.is_some() || matches!(self.state, RunState::Failed(_))
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

    /// Whether more than a single step is ordered.
    pub(super) fn is_running(&self) -> bool {
        self.is_going() && self.until > self.steps_done + 1
    }

    /// Seconds until the last step at this pace.
    #[must_use]
    pub fn seconds_left(&self, pace: Pace) -> Option<f64> {
        let each = self.plan.settings.batch as f64 / self.images_per_second?;
        // What accelerates waits no longer at the end.
        let wait = pace.wait(u64::MAX).unwrap_or_default().as_secs_f64();
        Some((self.steps_in_all - self.steps_done) as f64 * each.max(wait))
    }

    /// What a class is called.
    #[must_use]
    pub fn class_name(&self, class: usize) -> String {
        let known = self.sets.as_ref().and_then(|sets| sets.classes.get(class));
        known.cloned().unwrap_or_else(|| self.network.label(class))
    }

    /// Takes over what the worker has told.
    pub(super) fn hear(&mut self, report: Report) {
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
        self.history.thinned |= report.thinned;
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
