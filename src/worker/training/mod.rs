//! Trainings: each takes steps in turn, in pieces so short that whatever else is asked for is answered
//! between two of them.
//!
//! A [`Plan`] says everything that decides a training, so the same plan gives the same weights after the
//! same number of steps, however fast or slow it went and however often it was paused. What happened is
//! kept for the window in one [`Report`] per run, which grows until it is taken.

mod apart;
mod data;
mod judging;
mod own;
mod pace;
mod plan;
mod report;
mod run;
mod shifts;

pub use crate::data::DataRef;
pub use apart::{Apart, ApartRequest, Moment};
pub use data::Sets;
pub use pace::Pace;
pub use plan::{Plan, TrainingOrder};
pub use report::{
    Mark, Read, Report, Reports, RunState, Score, Snapshot, Spread, StepNote, Verdicts,
};

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
use crate::network::Shape;
use run::Run;

/// All trainings of the worker.
#[derive(Default)]
pub struct Trainings {
    runs: Vec<Run>,
    /// Whose turn it is.
    turn: usize,
    /// Sets that were loaded lately.
    sets: Vec<(DataRef, Shape, Arc<Sets>)>,
    /// The training whose set is not wanted any more.
    stop_loading: Slot<RunId>,
    reports: Slot<Reports>,
    apart_requests: Slot<ApartRequest>,
    apart: Slot<Apart>,
}

/// How often a set that is being loaded tells how far it is.
const LOADING: Duration = Duration::from_millis(100);
/// Sets that are kept in memory: another run on the same data begins at once.
const MOST_SETS: usize = 2;

impl Trainings {
    #[must_use]
    pub fn reports(&self) -> Slot<Reports> {
        self.reports.clone()
    }

    /// Whose set is not wanted any more is put here; it holds for one that is loaded later, too.
    #[must_use]
    pub fn stop_loading(&self) -> Slot<RunId> {
        self.stop_loading.clone()
    }

    /// What is asked about single steps, and the answers.
    #[must_use]
    pub fn apart(&self) -> (Slot<ApartRequest>, Slot<Apart>) {
        (self.apart_requests.clone(), self.apart.clone())
    }

    /// Carries out an order.
    pub fn carry_out(&mut self, run: RunId, order: TrainingOrder, tell: &mut dyn FnMut(Event)) {
        match order {
            TrainingOrder::Begin { plan, probe } => match self.begin(run, &plan, probe, tell) {
                Ok(begun) => self.runs.push(begun),
                Err(error) => self.tell(Report::failed(run, error)),
            },
            TrainingOrder::Go { until, pace } => {
                if let Some(run) = self.find(run) {
                    run.go(until, pace);
                }
            }
            TrainingOrder::Pause => {
                if let Some(report) = self.find(run).map(Run::pause) {
                    self.tell(report);
                }
            }
            TrainingOrder::Probe(image) => {
                if let Some(report) = self.find(run).map(|run| run.look_at(image)) {
                    self.tell(report);
                }
            }
            TrainingOrder::MeasureShifts(most) => {
                if let Some(run) = self.find(run) {
                    run.measure_shifts(most);
                }
            }
            TrainingOrder::Read { image, shift } => {
                let read = self.find(run).map(|run| run.read(image, shift));
                match read {
                    Some(Ok(report)) => self.tell(report),
                    Some(Err(error)) => self.tell(Report::failed(run, error.into())),
                    None => {}
                }
            }
            TrainingOrder::Forget => self.runs.retain(|known| known.id() != run),
        }
    }

    /// Whether a training has something to do, now or later.
    #[must_use]
    pub fn want_to_go_on(&self) -> bool {
        self.apart_requests.is_full() || self.runs.iter().any(Run::wants_to_go_on)
    }

    /// How long until a training wants to go on: at once, later, or (`None`) not before an order.
    #[must_use]
    pub fn due_in(&self, now: Instant) -> Option<Duration> {
        if self.apart_requests.is_full() {
            return Some(Duration::ZERO);
        }
        self.runs.iter().filter_map(|run| run.due_in(now)).min()
    }

    /// One piece of work of the training whose turn it is; without a clock none waits. Tells whether there
    /// is anything new to show.
    pub fn go_on(&mut self, now: Option<Instant>) -> bool {
        if let Some(request) = self.apart_requests.take() {
            let answer = self.find(request.run).map(|run| run.take_apart(&request));
            match answer {
                Some(Ok(Some(apart))) => drop(self.apart.put(apart)),
                Some(Err(error)) => self.tell(Report::failed(request.run, error.into())),
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

    fn find(&mut self, run: RunId) -> Option<&mut Run> {
        self.runs.iter_mut().find(|known| known.id() == run)
    }

    fn begin(
        &mut self,
        id: RunId,
        plan: &Plan,
        probe: usize,
        tell: &mut dyn FnMut(Event),
    ) -> Result<Run, WorkerError> {
        self.runs.retain(|known| known.id() != id);
        let shape = plan.network.input();
        let known = self.sets.iter().find(|(data, of, _)| *data == plan.data && *of == shape);
        let sets = match known {
            Some((.., sets)) => Arc::clone(sets),
            None => self.load(id, &plan.data, shape, tell)?,
        };
        // Told also where the network does not fit them: a design can be changed until it does.
        self.tell(Report { sets: Some(Arc::clone(&sets)), ..Report::of(id) });
        Run::new(id, plan, sets, probe)
    }

    fn load(
        &mut self,
        run: RunId,
        data: &DataRef,
        shape: Shape,
        tell: &mut dyn FnMut(Event),
    ) -> Result<Arc<Sets>, WorkerError> {
        let stop = self.stop_loading.clone();
        let mut told: Option<Instant> = None;
        let sets = Sets::load(data, shape, &mut |done, of| {
            if told.is_none_or(|told| told.elapsed() >= LOADING) {
                told = Some(Instant::now());
                tell(Event::Loading { run, done, of });
            }
            stop.take() != Some(run)
        })?;
        let sets = Arc::new(sets);
        self.sets.truncate(MOST_SETS - 1);
        self.sets.insert(0, (data.clone(), shape, Arc::clone(&sets)));
        Ok(sets)
    }

    fn tell(&self, report: Report) {
        self.reports.update(|reports| reports.unwrap_or_default().with(report));
    }
}
