//! Trainings: each takes steps in turn, in pieces so short that whatever else is asked for is answered
//! between two of them.
//!
//! A [`Plan`] says everything that decides a training, so the same plan gives the same weights after the
//! same number of steps, however fast or slow it went and however often it was paused. What happened is
//! kept for the window in one [`Report`] per run, which grows until it is taken.

mod apart;
mod data;
mod judging;
mod loading;
mod own;
mod pace;
mod plan;
mod report;
mod run;
mod shifts;
mod speed;
mod thin;

pub use crate::data::DataRef;
pub use apart::{Apart, ApartRequest, Moment};
pub use data::Sets;
pub use pace::Pace;
pub use plan::{Plan, TrainingOrder};
pub use report::{
    Mark, Read, Report, Reports, RunState, Score, Snapshot, Spread, StepNote, Verdicts,
};
pub use thin::{bytes_of, thin, thin_to};

pub use crate::engine::Settings as TrainingSettings;
pub use crate::engine::augment::{Affine, Augment, Elastic};
pub use crate::engine::examples::{digit_byte, scramble};
pub use crate::engine::optim::{AdamSettings, Method, SgdSettings};
pub use crate::engine::schedule::Schedule;
pub use crate::engine::weight_file::{Remarks, source};

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::protocol::{Event, RunId, WorkerError};
use super::slot::Slot;
use crate::data::DataError;
use crate::engine::EngineError;
use loading::{Found, LOOKS, Loader, Waiting};
use run::Run;

/// All trainings of the worker.
#[derive(Default)]
pub struct Trainings {
    runs: Vec<Run>,
    /// Whose turn it is.
    turn: usize,
    loader: Loader,
    reports: Slot<Reports>,
    apart_requests: Slot<ApartRequest>,
    apart: Slot<Apart>,
}

impl Trainings {
    #[must_use]
    pub fn reports(&self) -> Slot<Reports> {
        self.reports.clone()
    }

    /// What is asked about single steps, and the answers.
    #[must_use]
    pub fn apart(&self) -> (Slot<ApartRequest>, Slot<Apart>) {
        (self.apart_requests.clone(), self.apart.clone())
    }

    /// Carries out an order; a training whose set is still being loaded keeps it for later.
    pub fn carry_out(&mut self, run: RunId, order: TrainingOrder, tell: &mut dyn FnMut(Event)) {
        match order {
            TrainingOrder::Begin { plan, probe } => {
                self.forget(run);
                self.loader.wait(Waiting { run, plan, probe, orders: Vec::new() });
            }
            TrainingOrder::Forget => self.forget(run),
            TrainingOrder::StopLoading => {
                if self.loader.forget(run) {
                    self.tell(Report::failed(run, DataError::Stopped.into()));
                }
            }
            order => match self.loader.waiting(run) {
                Some(waiting) => waiting.orders.push(order),
                None => self.order(run, order, tell),
            },
        }
    }

    /// An order for a training that has begun; one for any other is dropped.
    fn order(&mut self, id: RunId, order: TrainingOrder, tell: &mut dyn FnMut(Event)) {
        let Some(run) = self.runs.iter_mut().find(|run| run.id() == id) else { return };
        let report = match order {
            TrainingOrder::Go { until, pace } => return run.go(until, pace),
            TrainingOrder::MeasureShifts(most) => return run.measure_shifts(most),
            TrainingOrder::Pause => run.pause(),
            TrainingOrder::Probe(image) => run.look_at(image),
            TrainingOrder::Read { image, shift } => match run.read(image, shift) {
                Ok(report) => report,
                Err(error) => return tell(refused(id, error)),
            },
            TrainingOrder::Begin { .. } | TrainingOrder::StopLoading | TrainingOrder::Forget => {
                return;
            }
        };
        self.tell(report);
    }

    fn forget(&mut self, run: RunId) {
        self.loader.forget(run);
        self.runs.retain(|known| known.id() != run);
    }

    /// Whether a training has something to do, now or later.
    #[must_use]
    pub fn want_to_go_on(&self) -> bool {
        self.apart_requests.is_full()
            || self.loader.is_busy()
            || self.runs.iter().any(Run::wants_to_go_on)
    }

    /// How long until a training wants to go on: at once, later, or (`None`) not before an order.
    #[must_use]
    pub fn due_in(&self, now: Instant) -> Option<Duration> {
        if self.apart_requests.is_full() || self.loader.is_ready() {
            return Some(Duration::ZERO);
        }
        let loading = self.loader.is_busy().then_some(LOOKS);
        self.runs.iter().filter_map(|run| run.due_in(now)).chain(loading).min()
    }

    /// One piece of work of the training whose turn it is; without a clock none waits. Tells whether there
    /// is anything new to show.
    pub fn go_on(&mut self, now: Option<Instant>, tell: &mut dyn FnMut(Event)) -> bool {
        if let Some(found) = self.loader.look(now.is_none()) {
            self.hear(found, tell);
            return true;
        }
        if let Some(request) = self.apart_requests.take() {
            let run = self.runs.iter_mut().find(|run| run.id() == request.run);
            match run.map(|run| run.take_apart(&request)) {
                Some(Ok(Some(apart))) => drop(self.apart.put(apart)),
                Some(Err(error)) => tell(refused(request.run, error)),
                // There is no next step, or no such training any more.
                Some(Ok(None)) | None => {}
            }
            return true;
        }
        let count = self.runs.len();
        let ready = |run: &Run| match now {
            Some(now) => run.due_in(now).is_some_and(|wait| wait.is_zero()),
            None => run.wants_to_go_on(),
        };
        let found = (0..count).map(|i| (self.turn + i) % count).find(|&i| ready(&self.runs[i]));
        let Some(place) = found else { return false };
        self.turn = place + 1;
        match self.runs[place].go_on(now) {
            Some(report) => {
                self.tell(report);
                true
            }
            None => false,
        }
    }

    /// Trainings begin when their set is there, and do what they were told meanwhile.
    fn hear(&mut self, found: Found, tell: &mut dyn FnMut(Event)) {
        let (sets, waiting) = match found {
            Found::Progress(runs, done, of) => {
                return runs.into_iter().for_each(|run| tell(Event::Loading { run, done, of }));
            }
            Found::Sets(sets, waiting) => (sets, waiting),
        };
        for Waiting { run, plan, probe, orders } in waiting {
            let begun = match &sets {
                Ok(sets) => {
                    // Told also where the network does not fit them: a design can be changed until it does.
                    self.tell(Report { sets: Some(Arc::clone(sets)), ..Report::of(run) });
                    Run::new(run, &plan, Arc::clone(sets), probe)
                }
                Err(error) => Err(error.clone().into()),
            };
            match begun {
                Ok(begun) => self.runs.push(begun),
                Err(error) => self.tell(Report::failed(run, error)),
            }
            for order in orders {
                self.order(run, order, tell);
            }
        }
    }

    fn tell(&self, report: Report) {
        self.reports.update(|reports| reports.unwrap_or_default().with(report));
    }
}

/// A question that has no answer; the training goes on.
fn refused(run: RunId, error: EngineError) -> Event {
    Event::Refused { run, error: Arc::new(WorkerError::Engine(error)) }
}
