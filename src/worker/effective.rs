//! The effective field that is being worked on, a piece at a time.

use super::desk::Runner;
use super::protocol::{EffectiveAnswer, EffectiveRequest, WorkerError};
use crate::array::Array;
use crate::engine::EngineError;
use crate::engine::effective::{BATCH, HeatSum};

/// A request and how far it has come.
pub struct Job {
    pub request: EffectiveRequest,
    here: Option<Array>,
    sum: HeatSum,
}

/// What a piece of work led to.
pub enum Step {
    /// Nothing to show yet.
    GoOn,
    /// Something to show; more is to come.
    First(EffectiveAnswer),
    /// The last that comes.
    Last(EffectiveAnswer),
}

impl Job {
    pub fn new(request: EffectiveRequest) -> Self {
        let sum = HeatSum::new(request.pass.input.chw());
        Self { request, here: None, sum }
    }

    /// Works on one image, the pass's own, or on the next batch of those to average over. A piece that
    /// was cancelled is done again by the next call.
    ///
    /// # Errors
    /// As [`Runner::heats`].
    pub fn step(
        &mut self,
        runner: &mut impl Runner,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Step, WorkerError> {
        let EffectiveRequest { pass, node, unit, average, .. } = &self.request;
        let (node, unit) = (*node, *unit);
        let Some(here) = self.here.clone() else {
            let own = std::slice::from_ref(&pass.input);
            let mut heats = runner.heats(pass, own, node, unit, cancelled)?;
            let here = heats.pop().ok_or(EngineError::NoImages)?;
            self.here = Some(here.clone());
            let answer = self.answer(&here, None);
            return Ok(if average.is_some() { Step::First(answer) } else { Step::Last(answer) });
        };
        let images = average.as_deref().map_or(&[][..], |images| images.as_slice());
        let batch = images.iter().skip(self.sum.images()).take(BATCH).cloned();
        let batch: Vec<Array> = batch.collect();
        let heats = runner.heats(pass, &batch, node, unit, cancelled)?;
        for heat in &heats {
            self.sum.add(heat);
        }
        if self.sum.images() < images.len() && !heats.is_empty() {
            return Ok(Step::GoOn);
        }
        let mean = self.sum.mean().ok_or(EngineError::NoImages)?;
        Ok(Step::Last(self.answer(&here, Some((flat(&mean.heat), mean.live)))))
    }

    fn answer(&self, here: &Array, average: Option<(Array, usize)>) -> EffectiveAnswer {
        let EffectiveRequest { run, generation, .. } = self.request;
        EffectiveAnswer { run, generation, here: flat(here), average }
    }
}

/// `[1, h, w]` as `[h, w]`.
fn flat(heat: &Array) -> Array {
    let [_, h, w] = heat.chw();
    heat.reshaped(&[h, w]).unwrap_or_else(|_| heat.clone())
}
