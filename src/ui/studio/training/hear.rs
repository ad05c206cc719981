//! What the worker tells of trainings.

use std::sync::Arc;

use super::TrainRun;
use crate::explain::backward::{Pass, WeightGradient};
use crate::network::{Layer, Network};
use crate::ui::scene::TrainPlan;
use crate::ui::studio::Studio;
use crate::worker::RunId;
use crate::worker::training::{Apart, Report, RunState};

impl TrainRun {
    /// Before the first step: the same training with the network made for the images that were loaded, where
    /// it is a design that is made for others.
    fn fitted_plan(&self) -> Option<TrainPlan> {
        let sets = self.sets.as_ref().filter(|_| self.steps_done == 0)?;
        self.plan.fitted_to(sets).filter(|fitted| *fitted != self.plan)
    }
}

impl Studio {
    pub(in crate::ui::studio) fn hear_training(&mut self, report: Report) {
        if let Some(replay) = self.trainings.replay.as_mut().filter(|r| r.id == report.run) {
            return replay.hear(&report);
        }
        let present = self.scene.train.plan.clone();
        let Some(run) = self.trainings.runs.iter_mut().find(|run| run.id == report.run) else {
            return;
        };
        let failed = match &report.state {
            RunState::Failed(error) if run.can_go_on() => Some(Arc::clone(error)),
            _ => None,
        };
        // A scene that shows an earlier moment goes on showing it.
        let follows = self.scene.train.steps >= run.steps_done;
        run.hear(report);
        if run.plan == present
            && let Some(fitted) = run.fitted_plan()
        {
            let id = run.id;
            self.forget_training(id);
            self.scene.train.plan = fitted;
            return;
        }
        let good = run.steps_in_all > 0 && run.plan == present;
        if run.plan == present && follows {
            // Where it stands belongs to the scene; that it goes on by itself is no change that a person
            // would take back.
            self.scene.train.steps = self.scene.train.steps.max(run.steps_done);
        }
        if good {
            self.trainings.came_from = None;
            self.trainings.good = Some(present);
        }
        self.trainings.stay_within_bounds();
        if let Some(error) = failed {
            self.training_failed();
            self.fail(error);
        }
    }

    pub(in crate::ui::studio) fn hear_loading(&mut self, run: RunId, done: usize, of: usize) {
        if let Some(run) = self.trainings.runs.iter_mut().find(|known| known.id == run) {
            run.loading = Some((done, of));
        }
    }

    /// A training that cannot even begin: what was there before is there again.
    fn training_failed(&mut self) {
        let plan = self.scene.train.plan.clone();
        let Some(run) = self.training().filter(|run| run.steps_in_all == 0) else { return };
        let id = run.id;
        self.forget_training(id);
        let good = self.trainings.good.clone().filter(|good| *good != plan);
        self.scene.train.plan = good.unwrap_or_default();
        self.scene.train.steps = self.training().map_or(0, |run| run.steps_done);
        if let Some(view) = self.trainings.came_from.take() {
            self.scene.view = view;
        }
    }

    pub(in crate::ui::studio) fn hear_apart(&mut self, apart: Apart) {
        let of = |run: &&TrainRun| self.trainings.repeats(apart.run, run.id);
        let run = self.trainings.runs.iter().find(of);
        let Some(run) = run.filter(|_| apart.generation == self.trainings.generation) else {
            return;
        };
        self.trainings.terms = terms_of(&run.network, &apart);
        self.trainings.kernel = kernel_of(&run.network, &apart);
        self.trainings.apart = Some(Arc::new(apart));
    }
}

/// The gradient of one image by the weights of one kernel `[rows, columns]`.
#[derive(Clone, Debug)]
pub struct KernelGradient {
    pub values: Vec<f64>,
    pub columns: usize,
    /// The place of its first weight in the tensor.
    pub first: usize,
}

/// Kernels with more weights are not worked out weight by weight.
const MOST_OF_KERNEL: usize = 121;

fn kernel_of(network: &Network, apart: &Apart) -> Option<KernelGradient> {
    let (tensor, index) = &apart.weight;
    let (node, part) = tensor.rsplit_once('.')?;
    let node = network.index_of(node)?;
    let (Layer::Conv(_), &[_, _, rows, columns]) =
        (&network.nodes()[node].layer, apart.weights.tensors.get(tensor)?.shape())
    else {
        return None;
    };
    let area = rows * columns;
    let first = index / area * area;
    let pass = pass_of(network, apart);
    let of = |place: usize| Some(pass.weight_gradient(node, part, first + place).ok()?.sum);
    if area > MOST_OF_KERNEL {
        return None;
    }
    let values = (0..area).map(of).collect::<Option<_>>()?;
    Some(KernelGradient { values, columns, first })
}

fn pass_of<'a>(network: &'a Network, apart: &'a Apart) -> Pass<'a> {
    let (weights, trace, gradients) = (&*apart.weights, &*apart.trace, &*apart.gradients);
    Pass { network, weights, trace, gradients }
}

fn terms_of(network: &Network, apart: &Apart) -> Option<WeightGradient> {
    let (tensor, index) = &apart.weight;
    let (node, part) = tensor.rsplit_once('.')?;
    pass_of(network, apart).weight_gradient(network.index_of(node)?, part, *index).ok()
}
