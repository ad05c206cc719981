//! What a person does with a training.

use std::sync::Arc;

use super::TrainRun;
use crate::array::Weights;
use crate::data::{LabelledImages, digits};
use crate::network::{Layer, Network, Node};
use crate::ui::action::{Direction, TrainAction};
use crate::ui::scene::{
    Document, InputRef, NetworkRef, Pasted, TrainPage, TrainPlan, Trained, View, WeightRef,
};
use crate::ui::studio::{Notice, Studio, StudioError};
use crate::worker::training::{DataRef, Pace, Remarks, RunState, TrainingOrder, source};
use crate::worker::{Command, RunId};

impl Studio {
    pub(in crate::ui::studio) fn train(&mut self, action: TrainAction) {
        if begins_anew(&action) {
            self.trainings.left_at = None;
            // What went wrong before is over.
            self.notice.take_if(|notice| matches!(notice, Notice::Failed(_)));
        }
        let train = &mut self.scene.train;
        match action {
            TrainAction::Plan(plan) | TrainAction::Open(plan) => self.set_plan(plan),
            TrainAction::Toggle => self.toggle_training(),
            TrainAction::OneStep => self.one_step(),
            TrainAction::Again => self.train_again(),
            TrainAction::Pace(pace) => self.set_pace(pace),
            TrainAction::Show(step) => self.show_moment(step),
            TrainAction::Move(by) => self.move_in_history(by),
            TrainAction::Page(page) => train.page = page,
            TrainAction::Quantity(quantity) => train.quantity = quantity,
            TrainAction::LookInside(image) => self.look_inside(image),
            TrainAction::Cell(cell) => train.cell = cell,
            TrainAction::Probe(image) => self.probe_with(image),
            TrainAction::Layer(layer) => {
                let own = train.weight.as_ref().is_some_and(|weight| {
                    weight.tensor.rsplit_once('.').map(|(node, _)| node) == Some(&layer)
                });
                if !own {
                    train.weight = None;
                }
                train.layer = Some(layer);
            }
            TrainAction::Weight(weight) => train.weight = Some(weight),
            TrainAction::Image(image) => train.image = image,
            TrainAction::Data(data) => self.learn_from(data),
            TrainAction::ChooseFolder => self.loading.choose_folder(),
            TrainAction::Shift(shift) => train.shift = shift,
            TrainAction::StopLoading => {
                if let Some(run) = self.present_run() {
                    let order = TrainingOrder::StopLoading;
                    self.worker.send(Command::Train { run, order });
                }
            }
            TrainAction::Series(series) => self.start_series(series),
            TrainAction::SeriesGoes(true) => self.go_on_with_series(),
            TrainAction::SeriesGoes(false) => self.pause_series(),
            TrainAction::Remove(plan) => {
                train.beside.retain(|other| *other != plan);
                let found = self.trainings.runs.iter().find(|run| run.plan == plan);
                if let Some(run) = found.map(|run| run.id).filter(|_| plan != self.scene.train.plan)
                {
                    self.forget_training(run);
                }
            }
            TrainAction::Beside(plan, on) => {
                train.beside.retain(|other| *other != plan);
                if on {
                    train.beside.push(plan);
                }
            }
        }
    }

    fn set_plan(&mut self, mut plan: TrainPlan) {
        plan.thaw_others(&self.scene.train.plan);
        if plan == self.scene.train.plan {
            return;
        }
        // What is going goes on no longer than somebody looks at it.
        self.pause_training();
        let known = self.trainings.runs.iter().find(|run| run.plan == plan);
        let train = &mut self.scene.train;
        train.steps = known.map_or(0, |run| run.steps_done);
        (train.shown, train.cell, train.image) = (None, None, 0);
        train.plan = plan;
    }

    /// The same training on other images.
    pub(in crate::ui::studio) fn learn_from(&mut self, data: DataRef) {
        let plan = TrainPlan { data, images: None, ..self.scene.train.plan.clone() };
        self.set_plan(plan);
    }

    fn present_run(&self) -> Option<RunId> {
        self.training().map(|run| run.id)
    }

    fn toggle_training(&mut self) {
        self.scene.view = View::Train;
        self.prepare_present();
        let Some(run) = self.training() else { return };
        if run.is_going() {
            return self.pause_training();
        }
        if matches!(run.state, RunState::Done | RunState::Failed(_)) {
            self.train_again();
        }
        self.show_moment(None);
        let pace = self.scene.train.pace;
        if let Some(id) = self.present_run() {
            self.order_to_go(id, u64::MAX, pace);
        }
    }

    /// It may be asked to go before the view was ever looked at.
    fn prepare_present(&mut self) {
        if self.training().is_none() && self.worker_is_there() {
            let plan = self.scene.train.plan.clone();
            self.begin_training(&plan);
        }
    }

    pub(in crate::ui::studio) fn pause_training(&mut self) {
        let Some(run) = self.training() else { return };
        let (id, done) = (run.id, run.steps_done);
        // Nor is it brought to where an opened scene was.
        self.scene.train.steps = self.scene.train.steps.min(done);
        self.pause_run(id);
    }

    /// After a step back or forth in what was done: what has been learned since then stays.
    pub(in crate::ui::studio) fn keep_what_was_learned(&mut self) {
        if let Some(done) = self.training().map(|run| run.steps_done) {
            let steps = &mut self.scene.train.steps;
            *steps = done.max(*steps);
        }
    }

    pub(super) fn pause_run(&mut self, run: RunId) {
        if let Some(known) = self.trainings.runs.iter_mut().find(|known| known.id == run) {
            known.until = known.steps_done;
        }
        self.worker.send(Command::Train { run, order: TrainingOrder::Pause });
        self.listen();
    }

    fn one_step(&mut self) {
        self.prepare_present();
        self.show_moment(None);
        let Some(run) = self.training() else { return };
        if run.is_running() {
            return self.pause_training();
        }
        // One step after the other, where the key is held.
        if run.can_go_on() && !run.is_going() {
            let (id, until) = (run.id, run.steps_done + 1);
            self.order_to_go(id, until, Pace::Full);
        }
    }

    fn train_again(&mut self) {
        if let Some(run) = self.present_run() {
            self.forget_training(run);
        }
        let train = &mut self.scene.train;
        (train.steps, train.shown, train.cell) = (0, None, None);
        let plan = train.plan.clone();
        self.begin_training(&plan);
    }

    fn set_pace(&mut self, pace: Pace) {
        self.scene.train.pace = pace;
        let going = self.training().filter(|run| run.is_going());
        if let Some((id, until)) = going.map(|run| (run.id, run.until)) {
            self.order_to_go(id, until, pace);
        }
    }

    /// The last moment is the present one, if the training stands there.
    fn show_moment(&mut self, step: Option<u64>) {
        let Some(run) = self.training() else { return };
        let done = run.steps_done;
        let past = step.filter(|&step| step < done);
        // One that is kept: between two of them nothing is known.
        let shown = past.and_then(|step| run.history.at(step)).map(|mark| mark.snapshot.step);
        self.scene.train.shown = shown;
        self.scene.train.steps = done.max(self.scene.train.steps);
    }

    fn move_in_history(&mut self, by: i32) {
        let Some(run) = self.training() else { return };
        let marks = run.history.marks();
        // The present comes after those that lie before it.
        let past: Vec<u64> = marks.iter().map(|mark| mark.snapshot.step).collect();
        let past = &past[..past.partition_point(|&step| step < run.steps_done)];
        let present = match self.train_shown() {
            Some(shown) => past.partition_point(|&step| step <= shown).saturating_sub(1),
            None => past.len(),
        };
        let wanted = past.get(present.saturating_add_signed(by as isize)).copied();
        self.show_moment(wanted);
    }

    fn probe_with(&mut self, image: usize) {
        self.scene.train.probe = image;
        if let Some(run) = self.present_run() {
            let order = TrainingOrder::Probe(image);
            self.worker.send(Command::Train { run, order });
            self.listen();
        }
    }

    /// Left and right walk through the history, up and down through the layers.
    pub(in crate::ui::studio) fn step_in_training(&mut self, direction: Direction) {
        match direction {
            Direction::PreviousLayer | Direction::Left => self.move_in_history(-1),
            Direction::NextLayer | Direction::Right => self.move_in_history(1),
            Direction::FirstLayer => self.show_moment(Some(0)),
            Direction::LastLayer => self.show_moment(None),
            Direction::PreviousMap | Direction::Up => self.move_by_layers(-1),
            Direction::NextMap | Direction::Down => self.move_by_layers(1),
        }
    }

    fn move_by_layers(&mut self, by: isize) {
        let Some(layer) = self.train_layer() else { return };
        let Some(run) = self.training() else { return };
        let layers: Vec<usize> = layers_with_maps(&run.network).collect();
        let place = layers.iter().position(|&known| known == layer).unwrap_or(0);
        let at = place.saturating_add_signed(by).min(layers.len().saturating_sub(1));
        if let Some(&layer) = layers.get(at) {
            self.scene.train.layer = Some(run.network.nodes()[layer].name.clone());
        }
    }

    pub(in crate::ui::studio) fn next_train_page(&mut self) {
        let pages = TrainPage::ALL;
        let place = pages.iter().position(|&page| page == self.scene.train.page).unwrap_or(0);
        self.scene.train.page = pages[(place + 1) % pages.len()];
    }

    /// Out of the digits that are looked at, then out of the history.
    pub(in crate::ui::studio) fn out_of_training(&mut self) {
        let train = &mut self.scene.train;
        if train.cell.take().is_none() {
            train.shown = None;
        }
    }

    /// The layer whose numbers are shown: the chosen one, or the first that learns.
    #[must_use]
    pub fn train_layer(&self) -> Option<usize> {
        let network = &self.training()?.network;
        let chosen = self.scene.train.layer.as_ref().and_then(|name| network.index_of(name));
        let chosen = chosen.filter(|&node| layers_with_maps(network).any(|known| known == node));
        chosen.or_else(|| layers_with_maps(network).next())
    }

    /// The number whose gradient is taken apart: the chosen one, or one in the middle of the first kernel.
    #[must_use]
    pub fn train_weight(&self) -> Option<WeightRef> {
        let weights = &self.training()?.now.as_ref()?.weights;
        let chosen = self.scene.train.weight.as_ref();
        let exists = |weight: &&WeightRef| {
            weights.tensors.get(&weight.tensor).is_some_and(|array| weight.index < array.len())
        };
        if let Some(weight) = chosen.filter(exists) {
            return Some(weight.clone());
        }
        let run = self.training()?;
        let has_weight = |node: &&Node| weights.get(&node.name, "weight").is_some();
        let layer = self.train_layer().map(|layer| &run.network.nodes()[layer]);
        let node =
            layer.filter(has_weight).or_else(|| run.network.nodes().iter().find(has_weight))?;
        let tensor = format!("{}.weight", node.name);
        let kernel: usize = weights.tensors.get(&tensor)?.shape().iter().rev().take(2).product();
        Some(WeightRef { tensor, index: kernel / 2 })
    }

    /// Opens the network of the moment that is shown in the Step view, on a test image.
    fn look_inside(&mut self, image: Option<usize>) {
        let (Some(run), Some(moment)) = (self.training(), self.train_moment()) else { return };
        let network = Arc::clone(&run.network);
        let Some(weights) = self.trained() else { return };
        let Some(trained) = Trained::new(network, &weights, moment.step) else {
            return self.fail(Arc::new(StudioError::TooManyWeights));
        };
        if run.plan.scrambled {
            return self.fail(Arc::new(StudioError::Scrambled));
        }
        let image = image.unwrap_or(moment.probe.0);
        let is_digit = run.plan.data == DataRef::Digits;
        let picture = run.sets.as_ref().and_then(|sets| picture_of(&sets.test, image));
        let id = self.documents.keep(Document::Trained(trained));
        self.set_network(NetworkRef::Trained(id));
        if is_digit {
            self.set_input(InputRef::Digit(digits::TRAIN_COUNT + image));
        } else if let Some(picture) = picture {
            let picture = self.documents.keep(Document::Picture(picture));
            self.set_input(InputRef::Pasted { picture, anyway: true });
        }
        self.scene.view = View::Step;
    }

    /// The weights of the moment that is shown, with what they were trained on and what makes a picture ready
    /// for them.
    #[must_use]
    pub fn trained(&self) -> Option<Weights> {
        let (run, moment) = (self.training()?, self.train_moment()?);
        let sets = run.sets.as_ref()?;
        let mark = self.train_mark().filter(|mark| mark.snapshot.step == moment.step);
        let score = mark.map(|mark| {
            let (accuracy, loss) = (mark.test.accuracy, mark.test.loss);
            format!("accuracy {accuracy:.4}, loss {loss:.4} on {} test images", mark.test.images)
        });
        let learned = run.plan.images.unwrap_or(usize::MAX).min(sets.train.len());
        let trained = source(&sets.title, learned, &run.plan.settings);
        let remarks = Remarks {
            preprocessing: serde_json::to_string(&sets.stages).ok()?,
            source: format!("{trained}; after step {}", moment.step),
            score: score.unwrap_or_default(),
        };
        let tensors = moment.weights.tensors.clone();
        Some(Weights { tensors, metadata: remarks.metadata(&run.network) })
    }

    /// Steps that the network of the Step view was trained for, where it was trained here.
    #[must_use]
    pub fn trained_steps(&self) -> Option<u64> {
        let NetworkRef::Trained(id) = &self.scene.network else { return None };
        self.documents.trained(id).map(|trained| trained.step)
    }

    /// The layers of the present training.
    #[must_use]
    pub fn train_layers(&self) -> Vec<usize> {
        self.training().map(|run| layers_with_maps(&run.network).collect()).unwrap_or_default()
    }

    /// Trainings whose curves are drawn beside the present one.
    pub fn trainings_beside(&self) -> impl Iterator<Item = &TrainRun> {
        let train = &self.scene.train;
        self.trainings
            .runs
            .iter()
            .filter(|run| run.plan != train.plan && train.beside.contains(&run.plan))
    }
}

/// Whether something else is trained, or goes on, from now on.
const fn begins_anew(action: &TrainAction) -> bool {
    use TrainAction as A;
    match action {
        A::Plan(_) | A::Open(_) | A::Toggle | A::OneStep | A::Again | A::Data(_) | A::Series(_) => {
            true
        }
        A::Pace(_)
        | A::Show(_)
        | A::Move(_)
        | A::Page(_)
        | A::Quantity(_)
        | A::LookInside(_)
        | A::Cell(_)
        | A::Probe(_)
        | A::Layer(_)
        | A::Weight(_)
        | A::Image(_)
        | A::ChooseFolder
        | A::Shift(_)
        | A::StopLoading
        | A::SeriesGoes(_)
        | A::Remove(_)
        | A::Beside(..) => false,
    }
}

/// An image of a set, as a picture of its own.
fn picture_of(images: &LabelledImages, number: usize) -> Option<Pasted> {
    let [channels, height, width] = images.shape();
    let pixels = (number < images.len()).then(|| images.image(number))?;
    let plane = height * width;
    let of_pixel = |place: usize| {
        let channel = |channel: usize| pixels[(channel % channels) * plane + place];
        [channel(0), channel(1), channel(2), u8::MAX]
    };
    let rgba: Vec<u8> = (0..plane).flat_map(of_pixel).collect();
    Pasted::from_rgba(width, height, &rgba)
}

/// Nodes between the image and the scores.
pub fn layers_with_maps(network: &Network) -> impl Iterator<Item = usize> {
    let scores = network.scores();
    let nodes = network.nodes().iter().enumerate();
    nodes
        .filter(move |(index, node)| *index <= scores && !matches!(node.layer, Layer::Input { .. }))
        .map(|(index, _)| index)
}
